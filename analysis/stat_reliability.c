/* Cronbach's alpha with Feldt's range, item-rest correlations, alpha without an item. From the covariance matrix. */
#include "analysis/stat_reliability.h"

#include <gsl/gsl_statistics_double.h>

#include "analysis/stat_distribution.h"

/* Sum of the block of covariances, without one item (items = none left out), and its trace. */
static void sums(const double *cov, size_t items, size_t without, double *all, double *trace)
{
    *all = 0;
    *trace = 0;
    for (size_t i = 0; i < items; i++)
        for (size_t k = 0; k < items; k++) {
            if (i == without || k == without)
                continue;
            *all += cov[i * items + k];
            *trace += i == k ? cov[i * items + k] : 0;
        }
}

static double alpha_of(const double *cov, size_t items, size_t without)
{
    double all = 0, trace = 0;
    double k = (double)(without < items ? items - 1 : items);
    sums(cov, items, without, &all, &trace);
    return k < 2 || !(all > 0) ? NOT_A_NUMBER : k / (k - 1) * (1 - trace / all);
}

enum status reliability_compute(struct arena *arena, const double values[], size_t persons, size_t items,
                                struct reliability *reliability, struct fail *fail)
{
    if (persons < 3 || items < 2)
        return FAIL(fail, STATUS_INPUT, "too few answers for a reliability");
    double *cov = ARENA_NEW(arena, double, items * items);
    double *rest = ARENA_NEW(arena, double, items);
    double *without = ARENA_NEW(arena, double, items);
    if (cov == NULL || rest == NULL || without == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    for (size_t i = 0; i < items; i++)
        for (size_t k = 0; k < items; k++)
            cov[i * items + k] = gsl_stats_covariance(values + i, items, values + k, items, persons);
    double alpha = alpha_of(cov, items, items);
    if (isnan(alpha))
        return FAIL(fail, STATUS_DENIED, "the scale does not vary");
    for (size_t i = 0; i < items; i++) {
        double others = 0, trace = 0, with = 0;
        sums(cov, items, i, &others, &trace);
        for (size_t k = 0; k < items; k++)
            with += k == i ? 0 : cov[i * items + k];
        double scale = sqrt(cov[i * items + i] * others);
        rest[i] = scale > 0 ? with / scale : NOT_A_NUMBER;
        without[i] = alpha_of(cov, items, i);
    }
    double d1 = (double)persons - 1, d2 = d1 * ((double)items - 1);
    reliability->alpha = (struct range){ alpha, 1 - (1 - alpha) * f_quantile(0.975, d1, d2),
                                         1 - (1 - alpha) * f_quantile(0.025, d1, d2) };
    reliability->item_rest = rest;
    reliability->alpha_without = without;
    return STATUS_OK;
}
