/* One factor by maximum likelihood and the shares of variance that follow from it. */
#include "analysis/stat_omega.h"

#include <math.h>

#include "analysis/stat_matrix.h"
#include "analysis/stat_rotation.h"

/* Sums of loadings and of errors. */
static void sums(const double loading[], const double error[], size_t items, double *common, double *own)
{
    *common = *own = 0;
    for (size_t i = 0; i < items; i++) {
        *common += loading[i];
        *own += error[i];
    }
    *common *= *common;
}

enum status omega_one_factor(struct arena *arena, const double covariance[], size_t items, struct omega *omega,
                             struct fail *fail)
{
    if (items < 3)
        return FAIL(fail, STATUS_INPUT, "omega needs at least three statements");
    double *correlation = ARENA_NEW(arena, double, items * items);
    double *loading = ARENA_NEW(arena, double, items);
    double *error = ARENA_NEW(arena, double, items);
    if (correlation == NULL || loading == NULL || error == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    for (size_t i = 0; i < items; i++)
        if (!(covariance[i * items + i] > 0))
            return FAIL(fail, STATUS_INPUT, "a statement has no variance");
    correlation_from(covariance, items, correlation);
    struct omega result = { .loading = loading, .error = error };
    enum status status = factor_extract(arena, correlation, items, 1, FACTOR_ML, &result.factor, fail);
    if (status != STATUS_OK)
        return status;
    factor_order(result.factor.loading, NULL, items, 1);
    for (size_t i = 0; i < items; i++) {
        loading[i] = result.factor.loading[i] * sqrt(covariance[i * items + i]);
        error[i] = result.factor.uniqueness[i] * covariance[i * items + i];
    }
    double common = 0, own = 0;
    sums(result.factor.loading, result.factor.uniqueness, items, &common, &own);
    result.standardised = common / (common + own);
    result.standardised_observed = common / matrix_sum(correlation, items, items);
    sums(loading, error, items, &common, &own);
    result.raw = common / (common + own);
    result.raw_observed = common / matrix_sum(covariance, items, items);
    *omega = result;
    return STATUS_OK;
}

enum status omega_total(struct arena *arena, const double covariance[], size_t items, double *omega, struct fail *fail)
{
    struct omega result;
    enum status status = omega_one_factor(arena, covariance, items, &result, fail);
    if (status == STATUS_OK && result.factor.heywood)
        status = FAIL(fail, STATUS_DENIED, "one common factor does not describe these statements");
    if (status == STATUS_OK)
        *omega = result.raw;
    return status;
}
