/* Limits by size of the unit. */
#include "analysis/stat_funnel.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <stdbool.h>
#include <stdint.h>

#include "analysis/stat_distribution.h"
#include "analysis/stat_rank.h"

static const double levels[] = { 0.025, 0.001 }; /* one-sided */

/* The binomial quantile made continuous: r is the least count whose lower tail reaches p; the part of its probability
 * beyond p is given back (Spiegelhalter 2005, A.1.1). */
static double binomial_limit(double p, double n, double target)
{
    unsigned low = 0;
    unsigned high = (unsigned)n;
    while (low < high) {
        const unsigned middle = low + (high - low) / 2;
        if (gsl_cdf_binomial_P(middle, target, (unsigned)n) >= p)
            high = middle;
        else
            low = middle + 1;
    }
    const double beyond = gsl_cdf_binomial_P(low, target, (unsigned)n) - p;
    return ((double)low - beyond / gsl_ran_binomial_pdf(low, target, (unsigned)n)) / n;
}

static struct range around(double target, double error, double level)
{
    const double z = -normal_quantile(level);
    return (struct range){ target, target - z * error, target + z * error };
}

static bool outside(double value, struct range limits)
{
    return value < limits.low || value > limits.high;
}

static enum status dispersion(struct arena *arena, struct funnel *funnel, struct fail *fail)
{
    double *sorted = ARENA_NEW(arena, double, funnel->unit_count + 1);
    if (sorted == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    for (size_t i = 0; i < funnel->unit_count; i++) {
        sorted[i] = funnel->units[i].z;
        funnel->z_squares += sorted[i] * sorted[i];
    }
    sort_numbers(sorted, funnel->unit_count);
    const double low = quantile_sorted(sorted, funnel->unit_count, 0.1);
    const double high = quantile_sorted(sorted, funnel->unit_count, 0.9);
    for (size_t i = 0; i < funnel->unit_count; i++) {
        const double cut = fmin(high, fmax(low, sorted[i]));
        funnel->phi += cut * cut / (double)funnel->unit_count;
    }
    return STATUS_OK;
}

/* Moment estimator from the dispersion; the weights are the units' information. */
static double between_units(const struct funnel *funnel, double variance)
{
    const double units = (double)funnel->unit_count;
    double weights = 0, squares = 0;
    for (size_t i = 0; i < funnel->unit_count; i++) {
        const double weight = funnel->units[i].n / variance;
        weights += weight;
        squares += weight * weight;
    }
    if (units * funnel->phi < units - 1 || funnel->unit_count < 2)
        return 0;
    return (units * funnel->phi - (units - 1)) / (weights - squares / weights);
}

enum status funnel_shares(struct arena *arena, const double hits[], const double n[], size_t units, double target,
                          struct funnel *funnel, struct fail *fail)
{
    struct funnel made = { .unit_count = units, .deviation = NOT_A_NUMBER };
    double all = 0, people = 0;
    for (size_t i = 0; i < units; i++) {
        if (!(hits[i] >= 0) || !(hits[i] <= n[i]) || !(n[i] >= 1) || n[i] > (double)UINT32_MAX ||
            floor(n[i]) < n[i] || floor(hits[i]) < hits[i])
            return FAIL(fail, STATUS_INPUT, "a count is negative or no number");
        all += hits[i];
        people += n[i];
    }
    if (units == 0 || target <= 0 || target >= 1)
        return FAIL(fail, STATUS_INPUT, "a funnel needs units and a target between 0 and 1");
    made.target = isnan(target) ? all / people : target;
    if (!(made.target > 0) || !(made.target < 1))
        return FAIL(fail, STATUS_DENIED, "the values do not vary");
    made.units = ARENA_NEW(arena, struct funnel_unit, units);
    if (made.units == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    const double variance = made.target * (1 - made.target);
    for (size_t i = 0; i < units; i++) {
        struct funnel_unit *unit = &made.units[i];
        const double error = sqrt(variance / n[i]);
        *unit = (struct funnel_unit){ .n = n[i], .value = hits[i] / n[i] };
        unit->z = (unit->value - made.target) / error;
        unit->normal_95 = around(made.target, error, levels[0]);
        unit->normal_998 = around(made.target, error, levels[1]);
        unit->exact_95 = (struct range){ made.target, binomial_limit(levels[0], n[i], made.target),
                                         binomial_limit(1 - levels[0], n[i], made.target) };
        unit->exact_998 = (struct range){ made.target, binomial_limit(levels[1], n[i], made.target),
                                          binomial_limit(1 - levels[1], n[i], made.target) };
        made.outside_95 += outside(unit->value, unit->exact_95);
        made.outside_998 += outside(unit->value, unit->exact_998);
    }
    enum status status = dispersion(arena, &made, fail);
    if (status != STATUS_OK)
        return status;
    made.tau2 = between_units(&made, variance);
    for (size_t i = 0; i < units; i++) {
        struct funnel_unit *unit = &made.units[i];
        unit->overdispersed_95 = around(made.target, sqrt(fmax(made.phi, 1) * variance / n[i]), levels[0]);
        unit->random_95 = around(made.target, sqrt(variance / n[i] + made.tau2), levels[0]);
    }
    *funnel = made;
    return STATUS_OK;
}

enum status funnel_means(struct arena *arena, const struct grouped *grouped, struct funnel *funnel, struct fail *fail)
{
    struct funnel made = { .unit_count = grouped->group_count, .target = grouped->mean, .tau2 = NOT_A_NUMBER };
    if (grouped->n <= grouped->group_count)
        return FAIL(fail, STATUS_DENIED, "too few answers for a reliable figure");
    if (!(grouped->within > 0))
        return FAIL(fail, STATUS_DENIED, "the values do not vary");
    made.units = ARENA_NEW(arena, struct funnel_unit, made.unit_count);
    if (made.units == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    made.deviation = sqrt(grouped->within / (double)(grouped->n - grouped->group_count));
    for (size_t i = 0; i < made.unit_count; i++) {
        struct funnel_unit *unit = &made.units[i];
        const struct moments of = grouped->groups[i].moments;
        const double error = made.deviation / sqrt(of.n);
        *unit = (struct funnel_unit){ .n = of.n, .value = of.mean, .z = grouped->groups[i].distance / error };
        unit->normal_95 = around(made.target, error, levels[0]);
        unit->normal_998 = around(made.target, error, levels[1]);
        unit->exact_95 = unit->exact_998 = unit->random_95 = RANGE_NONE;
        made.outside_95 += fabs(unit->z) > -normal_quantile(levels[0]);
        made.outside_998 += fabs(unit->z) > -normal_quantile(levels[1]);
    }
    enum status status = dispersion(arena, &made, fail);
    for (size_t i = 0; i < made.unit_count && status == STATUS_OK; i++)
        made.units[i].overdispersed_95 = around(
            made.target, made.deviation / sqrt(made.units[i].n) * sqrt(fmax(1, made.phi)), levels[0]);
    if (status == STATUS_OK)
        *funnel = made;
    return status;
}
