/* One-factor maximum likelihood by EM: each step has a closed form, needs no library, and never leaves the possible
 * range. */
#include "analysis/stat_omega.h"

#include <math.h>
#include <stdbool.h>

enum { STEPS_MAX = 100000 };
static const double tolerance = 1e-12; /* of the largest change of a loading, in standard deviations */
static const double heywood = 1e-6;    /* own variance below this share of the item's variance */

struct factor {
    size_t items;
    const double *covariance;
    double *loading, *unique, *weight, *cross; /* weight: regression of the factor on the items; cross: S · weight */
};

/* One EM step; returns the largest change of a loading relative to the item's standard deviation. */
static double step(struct factor *factor)
{
    const size_t items = factor->items;
    double fit = 1, change = 0;
    for (size_t i = 0; i < items; i++)
        fit += factor->loading[i] * factor->loading[i] / factor->unique[i];
    for (size_t i = 0; i < items; i++)
        factor->weight[i] = factor->loading[i] / factor->unique[i] / fit;
    double second = 1 / fit; /* expected square of the factor: 1 − w'λ + w'Sw, and 1 − w'λ = 1 / fit */
    for (size_t i = 0; i < items; i++) {
        factor->cross[i] = 0;
        for (size_t k = 0; k < items; k++)
            factor->cross[i] += factor->covariance[i * items + k] * factor->weight[k];
        second += factor->weight[i] * factor->cross[i];
    }
    for (size_t i = 0; i < items; i++) {
        double variance = factor->covariance[i * items + i];
        double loading = factor->cross[i] / second;
        change = fmax(change, fabs(loading - factor->loading[i]) / sqrt(variance));
        factor->loading[i] = loading;
        factor->unique[i] = fmax(variance - loading * factor->cross[i], variance * heywood / 10);
    }
    return change;
}

enum status omega_total(struct arena *arena, const double covariance[], size_t items, double *omega, struct fail *fail)
{
    if (items < 3)
        return FAIL(fail, STATUS_INPUT, "omega needs at least three statements");
    struct factor factor = { .items = items,
                             .covariance = covariance,
                             .loading = ARENA_NEW(arena, double, items),
                             .unique = ARENA_NEW(arena, double, items),
                             .weight = ARENA_NEW(arena, double, items),
                             .cross = ARENA_NEW(arena, double, items) };
    if (factor.loading == NULL || factor.unique == NULL || factor.weight == NULL || factor.cross == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    for (size_t i = 0; i < items; i++) {
        double variance = covariance[i * items + i];
        if (!(variance > 0))
            return FAIL(fail, STATUS_INPUT, "a statement has no variance");
        factor.loading[i] = sqrt(variance / 2);
        factor.unique[i] = variance / 2;
    }
    bool settled = false;
    for (int i = 0; i < STEPS_MAX && !settled; i++)
        settled = step(&factor) < tolerance;
    double common = 0, own = 0;
    for (size_t i = 0; i < items; i++) {
        common += factor.loading[i];
        own += factor.unique[i];
        if (factor.unique[i] < covariance[i * items + i] * heywood)
            settled = false;
    }
    if (!settled)
        return FAIL(fail, STATUS_DENIED, "one common factor does not describe these statements");
    *omega = common * common / (common * common + own);
    return STATUS_OK;
}
