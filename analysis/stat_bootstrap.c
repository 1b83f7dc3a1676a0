/* Resamples persons as counts: one pass over the data gives a draw's covariances, no row is copied. */
#include "analysis/stat_bootstrap.h"

#include <gsl/gsl_sort_double.h>
#include <gsl/gsl_statistics_double.h>
#include <string.h>

#include "analysis/stat_consistency.h"
#include "analysis/stat_omega.h"
#include "base/env.h"

enum { REFUSED_MAX = BOOTSTRAP_SAMPLES / 20, ARENA_MAX = 1 << 20 };

struct draws {
    const double *values;
    size_t persons, items;
    uint32_t *counts;   /* how often each person was drawn */
    double *mean, *covariance;
    double alpha[BOOTSTRAP_SAMPLES], omega[BOOTSTRAP_SAMPLES];
    size_t alpha_count, omega_count, refused;
};

/* Weighted covariances with divisor persons − 1; the weights sum to persons. */
static void weigh(struct draws *draws)
{
    const size_t items = draws->items;
    memset(draws->mean, 0, items * sizeof *draws->mean);
    memset(draws->covariance, 0, items * items * sizeof *draws->covariance);
    for (size_t i = 0; i < draws->persons; i++)
        for (size_t a = 0; a < items && draws->counts[i] > 0; a++)
            draws->mean[a] += draws->counts[i] * draws->values[i * items + a] / (double)draws->persons;
    for (size_t i = 0; i < draws->persons; i++)
        for (size_t a = 0; a < items && draws->counts[i] > 0; a++) {
            double from_mean = draws->counts[i] * (draws->values[i * items + a] - draws->mean[a]);
            for (size_t b = a; b < items; b++)
                draws->covariance[a * items + b] += from_mean * (draws->values[i * items + b] - draws->mean[b]);
        }
    for (size_t a = 0; a < items; a++)
        for (size_t b = a; b < items; b++) {
            draws->covariance[a * items + b] /= (double)(draws->persons - 1);
            draws->covariance[b * items + a] = draws->covariance[a * items + b];
        }
}

/* NaN where one factor does not describe the draw; only a lack of memory is a failure. */
static enum status omega_of(const double covariance[], size_t items, double *omega, struct fail *fail)
{
    struct arena arena;
    arena_init(&arena, ARENA_MAX);
    *omega = NOT_A_NUMBER;
    enum status status = omega_total(&arena, covariance, items, omega, NULL);
    arena_free(&arena);
    return status == STATUS_MEMORY ? FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis") : STATUS_OK;
}

static void limits(double sorted[], size_t count, struct range *range)
{
    gsl_sort(sorted, 1, count);
    range->low = gsl_stats_quantile_from_sorted_data(sorted, 1, count, 0.025);
    range->high = gsl_stats_quantile_from_sorted_data(sorted, 1, count, 0.975);
}

static enum status draw(struct draws *draws, struct seeded *seeded, bool with_omega, struct fail *fail)
{
    memset(draws->counts, 0, draws->persons * sizeof *draws->counts);
    for (size_t i = 0; i < draws->persons; i++)
        draws->counts[seeded_below(seeded, (uint32_t)draws->persons)]++;
    weigh(draws);
    double alpha = alpha_of(draws->covariance, draws->items, draws->items);
    if (!isnan(alpha))
        draws->alpha[draws->alpha_count++] = alpha;
    if (!with_omega || draws->refused > REFUSED_MAX)
        return STATUS_OK;
    double omega = NOT_A_NUMBER;
    enum status status = omega_of(draws->covariance, draws->items, &omega, fail);
    if (status == STATUS_OK && isnan(omega))
        draws->refused++;
    else if (status == STATUS_OK)
        draws->omega[draws->omega_count++] = omega;
    return status;
}

enum status reliability_bootstrap(struct arena *arena, const double values[], size_t persons, size_t items,
                                  uint64_t seed, struct range *alpha, struct range *omega, struct fail *fail)
{
    if (persons < 3 || persons > UINT32_MAX || items < 2)
        return FAIL(fail, STATUS_INPUT, "too few answers for a reliability");
    struct draws *draws = ARENA_NEW(arena, struct draws, 1);
    if (draws == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    *draws = (struct draws){ .values = values, .persons = persons, .items = items };
    draws->counts = ARENA_NEW(arena, uint32_t, persons);
    draws->mean = ARENA_NEW(arena, double, items);
    draws->covariance = ARENA_NEW(arena, double, items * items);
    if (draws->counts == NULL || draws->mean == NULL || draws->covariance == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    for (size_t i = 0; i < persons; i++)
        draws->counts[i] = 1;
    weigh(draws);
    struct range of_alpha = RANGE_NONE, of_omega = RANGE_NONE;
    of_alpha.value = alpha_of(draws->covariance, items, items);
    if (isnan(of_alpha.value))
        return FAIL(fail, STATUS_DENIED, "the scale does not vary");
    enum status status = omega_of(draws->covariance, items, &of_omega.value, fail);
    bool with_omega = !isnan(of_omega.value);
    struct seeded seeded;
    seeded_init(&seeded, seed);
    for (int i = 0; i < BOOTSTRAP_SAMPLES && status == STATUS_OK; i++)
        status = draw(draws, &seeded, with_omega, fail);
    if (status != STATUS_OK)
        return status;
    if (draws->alpha_count > 0)
        limits(draws->alpha, draws->alpha_count, &of_alpha);
    if (draws->omega_count > 0 && draws->refused <= REFUSED_MAX)
        limits(draws->omega, draws->omega_count, &of_omega);
    *alpha = of_alpha;
    *omega = of_omega;
    return STATUS_OK;
}
