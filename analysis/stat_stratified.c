/* Sums over the strata, each from its own margins. */
#include "analysis/stat_stratified.h"

#include <stdbool.h>

#include "analysis/stat_distribution.h"

struct margin { /* of one stratum */
    double n, row, column; /* people, of the first row, of the first column */
};

static struct margin margin_of(const double x[4])
{
    return (struct margin){ x[0] + x[1] + x[2] + x[3], x[0] + x[1], x[0] + x[2] };
}

static double odds_of(const double x[4])
{
    return x[0] * x[3] / (x[1] * x[2]);
}

static struct range common_odds(const double cells[], size_t strata, double z)
{
    double r = 0, s = 0, pr = 0, mixed = 0, qs = 0;
    for (size_t k = 0; k < strata; k++) {
        const double *x = cells + 4 * k;
        const double n = margin_of(x).n;
        if (n < 2)
            continue;
        const double p = (x[0] + x[3]) / n, q = (x[1] + x[2]) / n;
        const double rk = x[0] * x[3] / n, sk = x[1] * x[2] / n;
        r += rk;
        s += sk;
        pr += p * rk;
        mixed += p * sk + q * rk;
        qs += q * sk;
    }
    const double error = sqrt(pr / (2 * r * r) + mixed / (2 * r * s) + qs / (2 * s * s));
    return (struct range){ r / s, exp(log(r / s) - z * error), exp(log(r / s) + z * error) };
}

static struct heterogeneity judged(double statistic, double degrees)
{
    return (struct heterogeneity){ statistic, degrees, chi_square_above(statistic, degrees) };
}

/* Weighted spread of the logarithms of the odds ratios. */
static struct heterogeneity woolf(const double cells[], size_t strata)
{
    double weights = 0, mean = 0, statistic = 0, shift = 0;
    for (size_t i = 0; i < 4 * strata; i++)
        if (!(cells[i] > 0))
            shift = 0.5;
    for (int pass = 0; pass < 2; pass++)
        for (size_t k = 0; k < strata; k++) {
            double x[4];
            double variance = 0;
            for (size_t i = 0; i < 4; i++) {
                x[i] = cells[4 * k + i] + shift;
                variance += 1 / x[i];
            }
            const double logarithm = log(odds_of(x));
            if (pass == 0) {
                weights += 1 / variance;
                mean += (logarithm - mean) / variance / weights;
            } else {
                statistic += (logarithm - mean) * (logarithm - mean) / variance;
            }
        }
    return judged(statistic, (double)strata - 1);
}

/* The first cell that has the margins and exactly the given odds ratio: the root of a quadratic that is possible. */
static double fitted(struct margin margin, double odds)
{
    const double low = fmax(0, margin.row + margin.column - margin.n);
    const double high = fmin(margin.row, margin.column);
    const double a = 1 - odds;
    const double b = margin.n - margin.row - margin.column + odds * (margin.row + margin.column);
    const double c = -odds * margin.row * margin.column;
    const double root = sqrt(fmax(0, b * b - 4 * a * c));
    const double half = -(b + (b >= 0 ? root : -root)) / 2; /* the two roots are half/a and c/half: no cancellation */
    const double first = c / half;
    const double slack = 1e-9 * margin.n;
    if (first >= low - slack && first <= high + slack)
        return fmin(high, fmax(low, first));
    return fmin(high, fmax(low, half / a));
}

static void breslow_day(const double cells[], size_t strata, struct stratified *result)
{
    double sum = 0, distances = 0, variances = 0, used = 0;
    const double odds = result->odds.value;
    for (size_t k = 0; k < strata; k++) {
        const double *x = cells + 4 * k;
        const struct margin margin = margin_of(x);
        const bool varies = margin.row > 0 && margin.column > 0 && margin.row < margin.n && margin.column < margin.n;
        if (!varies)
            continue; /* such a table fits every odds ratio */
        const double e = fitted(margin, odds);
        const double variance = 1 / (1 / e + 1 / (margin.row - e) + 1 / (margin.column - e) +
                                     1 / (margin.n - margin.row - margin.column + e));
        sum += (x[0] - e) * (x[0] - e) / variance;
        distances += x[0] - e;
        variances += variance;
        used++;
    }
    if (!isfinite(odds) || !(odds > 0))
        sum = NOT_A_NUMBER;
    result->breslow_day = judged(sum, used - 1);
    result->tarone = judged(sum - distances * distances / variances, used - 1);
}

static enum status exact_test(struct arena *arena, const double cells[], size_t strata, double confidence,
                              struct exact *exact, struct fail *fail)
{
    struct conditional all = { 0 };
    double observed = 0;
    for (size_t k = 0; k < strata; k++) {
        const double *x = cells + 4 * k;
        struct conditional one;
        enum status status = conditional_make(arena, x[0] + x[1], x[2] + x[3], x[0] + x[2], &one, fail);
        if (status == STATUS_OK && k > 0) {
            struct conditional before = all;
            status = conditional_add(arena, &before, &one, &all, fail);
        } else if (status == STATUS_OK) {
            all = one;
        }
        if (status != STATUS_OK)
            return status;
        observed += x[0];
    }
    return conditional_exact(&all, observed, confidence, exact, fail);
}

enum status stratified_test(struct arena *arena, const double cells[], size_t strata, double confidence,
                            struct stratified *result, struct fail *fail)
{
    struct stratified made = { .odds_ratios = ARENA_NEW(arena, double, strata + 1) };
    double distance = 0, variance = 0;
    double added[4] = { 0 };
    if (strata == 0)
        return FAIL(fail, STATUS_INPUT, "a comparison needs at least two groups");
    if (!(confidence > 0) || !(confidence < 1))
        return FAIL(fail, STATUS_INPUT, "the confidence must lie between 0 and 1");
    if (made.odds_ratios == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    for (size_t i = 0; i < 4 * strata; i++) {
        if (!(cells[i] >= 0) || !isfinite(cells[i]))
            return FAIL(fail, STATUS_INPUT, "a count is negative or no number");
        added[i % 4] += cells[i];
    }
    for (size_t k = 0; k < strata; k++) {
        const double *x = cells + 4 * k;
        const struct margin margin = margin_of(x);
        made.odds_ratios[k] = odds_of(x);
        if (margin.n < 2)
            continue;
        distance += x[0] - margin.row * margin.column / margin.n;
        variance += margin.row * (margin.n - margin.row) * margin.column / (margin.n * margin.n) *
                    (margin.n - margin.column) / (margin.n - 1);
    }
    if (!(variance > 0))
        return FAIL(fail, STATUS_DENIED, "a row or a column of the table is empty");
    made.crude = odds_of(added);
    made.statistic = distance * distance / variance;
    made.p = chi_square_above(made.statistic, 1);
    const double corrected = fabs(distance) >= 0.5 ? fabs(distance) - 0.5 : fabs(distance);
    made.corrected = corrected * corrected / variance;
    made.corrected_p = chi_square_above(made.corrected, 1);
    made.odds = common_odds(cells, strata, normal_two_sided(confidence));
    made.woolf = woolf(cells, strata);
    breslow_day(cells, strata, &made);
    enum status status = exact_test(arena, cells, strata, confidence, &made.exact, NULL);
    if (status != STATUS_OK)
        made.exact = EXACT_NONE;
    *result = made;
    return STATUS_OK;
}
