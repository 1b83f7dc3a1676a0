/* Everything about means of units needs their sizes, means and sums of squares only. */
#include "analysis/stat_units.h"

#include <gsl/gsl_math.h>
#include <math.h>

#include "analysis/stat_distribution.h"

enum { HALVINGS = 300 };

static bool usable(const struct grouped *units)
{
    return units->n > units->group_count && units->within > 0;
}

enum status icc_compute(const struct grouped *units, double confidence, struct unit_icc *icc, struct fail *fail)
{
    if (!usable(units))
        return FAIL(fail, STATUS_DENIED, "the people of the units do not differ");
    double n = (double)units->n, j = (double)units->group_count, squares = 0, inverse = 0;
    for (size_t g = 0; g < units->group_count; g++) {
        double size = (double)units->groups[g].n;
        squares += size * size;
        inverse += 1 / size;
    }
    struct unit_icc result = { .mean_size = n / j, .searle_size = (n - squares / n) / (j - 1) };
    result.harmonic_size = j / inverse;
    result.between = units->between / (j - 1);
    result.within = units->within / (n - j);
    result.f = result.between / result.within;
    result.p = f_above(result.f, j - 1, n - j);
    double gap = result.between - result.within, size = result.searle_size;
    result.icc1_mean = gap / (result.between + (result.mean_size - 1) * result.within);
    double low = result.f / f_quantile((1 + confidence) / 2, j - 1, n - j);
    double high = result.f / f_quantile((1 - confidence) / 2, j - 1, n - j);
    double icc1 = gap / (result.between + (size - 1) * result.within);
    result.icc1 = (struct range){ icc1, (low - 1) / (low + size - 1), (high - 1) / (high + size - 1) };
    result.icc2 = (struct range){ gap / result.between, 1 - 1 / low, 1 - 1 / high };
    result.icc2_stepped = result.mean_size * icc1 / (1 + (result.mean_size - 1) * icc1);
    result.eta2 = units->between / (units->between + units->within);
    *icc = result;
    return STATUS_OK;
}

struct profile { /* at one ratio of τ² to σ² */
    double weights, squares, rest;
    double centre; /* μ, as its distance from the mean of all: exact where the values stand far from 0 */
    double score;  /* falling sign: negative below the optimum */
};

static struct profile profile_at(const struct grouped *units, double lambda, bool ml)
{
    struct profile at = { .rest = units->within };
    double cross = 0;
    for (size_t g = 0; g < units->group_count; g++) {
        double n = units->groups[g].moments.n, weight = n / (1 + n * lambda);
        at.weights += weight;
        at.squares += weight * weight;
        at.centre += weight * units->groups[g].distance;
    }
    at.centre /= at.weights;
    for (size_t g = 0; g < units->group_count; g++) {
        double n = units->groups[g].moments.n, weight = n / (1 + n * lambda);
        double distance = units->groups[g].distance - at.centre;
        at.rest += weight * distance * distance;
        cross += weight * weight * distance * distance;
    }
    double degrees = (double)units->n - (ml ? 0 : 1);
    at.score = at.weights - (ml ? 0 : at.squares / at.weights) - degrees * cross / at.rest;
    return at;
}

static double best_lambda(const struct grouped *units, bool ml)
{
    double low = 0, high = 1;
    if (profile_at(units, 0, ml).score >= 0)
        return 0;
    while (profile_at(units, high, ml).score < 0 && high < 1e15)
        high *= 4;
    for (int i = 0; i < HALVINGS; i++) {
        double middle = low + (high - low) / 2;
        if (middle <= low || middle >= high)
            break;
        *(profile_at(units, middle, ml).score < 0 ? &low : &high) = middle;
    }
    return low + (high - low) / 2;
}

enum status random_units_fit(struct arena *arena, const struct grouped *units, bool ml, struct random_units *fit,
                             struct fail *fail)
{
    if (!usable(units))
        return FAIL(fail, STATUS_DENIED, "the people of the units do not differ");
    double *memory = ARENA_NEW(arena, double, 3 * units->group_count);
    if (memory == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    double lambda = best_lambda(units, ml), degrees = (double)units->n - (ml ? 0 : 1), logs = 0;
    struct profile at = profile_at(units, lambda, ml);
    struct random_units result = { .mu = units->mean + at.centre,
                                   .sigma2 = at.rest / degrees,
                                   .reliability = memory,
                                   .shrunk = memory + units->group_count,
                                   .sd = memory + 2 * units->group_count };
    result.tau2 = lambda * result.sigma2;
    result.mu_error = sqrt(result.sigma2 / at.weights);
    for (size_t g = 0; g < units->group_count; g++) {
        double n = units->groups[g].moments.n, share = n * lambda / (1 + n * lambda);
        double moved = share * (units->groups[g].distance - at.centre);
        result.reliability[g] = share;
        result.shrunk[g] = result.mu + moved;
        result.sd[g] = sqrt(result.tau2 * (1 - share));
        result.moved += fabs(moved);
        logs += log1p(n * lambda);
    }
    result.log_likelihood =
        -(degrees * log(2 * M_PI * result.sigma2) + degrees + logs + (ml ? 0 : log(at.weights))) / 2;
    *fit = result;
    return STATUS_OK;
}

/* Weighted mean with weights 1 / (variance + tau2), the sum of the weights and the weighted squares around it. */
static double heterogeneity(const double means[], const double variances[], size_t count, double tau2, double *mu,
                            double *weights)
{
    double sum = 0, q = 0;
    *weights = 0;
    for (size_t i = 0; i < count; i++) {
        *weights += 1 / (variances[i] + tau2);
        sum += (means[i] - means[0]) / (variances[i] + tau2);
    }
    *mu = means[0] + sum / *weights;
    for (size_t i = 0; i < count; i++)
        q += (means[i] - *mu) * (means[i] - *mu) / (variances[i] + tau2);
    return q;
}

enum status moment_units_fit(struct arena *arena, const struct grouped *units, struct moment_units *fit,
                             struct fail *fail)
{
    struct moment_units result = { 0 };
    double *means = ARENA_NEW(arena, double, 2 * units->group_count), squares = 0, weights = 0, mu = 0;
    if (means == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    double *variances = means + units->group_count;
    for (size_t g = 0; g < units->group_count; g++) {
        const struct moments *moments = &units->groups[g].moments;
        if (!(moments->n > 1) || !(moments->variance > 0))
            continue;
        means[result.used] = units->groups[g].distance;
        variances[result.used] = moments->variance / moments->n;
        squares += 1 / (variances[result.used] * variances[result.used]);
        result.used++;
    }
    if (result.used < 2)
        return FAIL(fail, STATUS_DENIED, "the people of the units do not differ");
    double free = (double)result.used - 1;
    result.q = heterogeneity(means, variances, result.used, 0, &mu, &weights);
    result.laird_tau2 = fmax(0, (result.q - free) / (weights - squares / weights));
    double typical = free * weights / (weights * weights - squares);
    result.i2 = 100 * result.laird_tau2 / (typical + result.laird_tau2);
    double low = 0, high = 1;
    while (heterogeneity(means, variances, result.used, high, &mu, &weights) > free && high < 1e100)
        high *= 4;
    for (int i = 0; i < HALVINGS && result.q > free; i++) {
        double middle = low + (high - low) / 2;
        *(heterogeneity(means, variances, result.used, middle, &mu, &weights) > free ? &low : &high) = middle;
    }
    result.paule_tau2 = result.q > free ? low + (high - low) / 2 : 0;
    heterogeneity(means, variances, result.used, result.paule_tau2, &result.paule_mu, &weights);
    heterogeneity(means, variances, result.used, result.laird_tau2, &result.laird_mu, &weights);
    result.laird_error = 1 / sqrt(weights);
    result.laird_mu += units->mean;
    result.paule_mu += units->mean;
    *fit = result;
    return STATUS_OK;
}

/* Agreement of one unit on all items; column is scratch for its persons. */
static void agree(const double values[], size_t items, const size_t members[], size_t n, double least, double most,
                  double column[], struct agreement_units *result, size_t unit)
{
    double variance_sum = 0, deviation = 0, awg = 0, judged = 0, first = 0, size = (double)n, k = (double)items;
    for (size_t item = 0; item < items; item++) {
        for (size_t i = 0; i < n; i++)
            column[i] = values[members[i] * items + item];
        struct moments moments = moments_of(column, n);
        double apart = 0;
        for (size_t i = 0; i < n; i++)
            apart += fabs(column[i] - moments.mean);
        double widest = (moments.mean - least) * (most - moments.mean) * size / (size - 1);
        first = item == 0 ? moments.variance : first;
        variance_sum += moments.variance;
        deviation += apart / size / k;
        /* Nearer to an end than one person at the other end leaves it, a mean says nothing about agreement – except at the
         * end itself, where all say the same. */
        double margin = (most - least) / size - 1e-12 * (most - least);
        bool end = !(moments.variance > 0) && !(widest > 0);
        if (end || (moments.mean - least >= margin && most - moments.mean >= margin)) {
            awg += end ? 1 : 1 - 2 * moments.variance / widest;
            judged++;
        }
    }
    double null = result->null_variance, mean = variance_sum / k;
    double kept = fmax(0, 1 - mean / null);
    result->single_free[unit] = 1 - first / null;
    result->single[unit] = fmax(0, 1 - first / null);
    result->lindell[unit] = 1 - mean / null;
    result->scale[unit] = k * kept / (k * kept + fmin(mean, null) / null);
    result->deviation[unit] = deviation;
    result->awg[unit] = judged > 0 ? awg / judged : NOT_A_NUMBER;
}

enum status agreement_compute(struct arena *arena, const double values[], size_t persons, size_t items,
                              const size_t unit[], size_t unit_count, double options, double least,
                              struct agreement_units *agreement, struct fail *fail)
{
    if (items == 0 || !(options >= 2) || unit_count == 0)
        return FAIL(fail, STATUS_INPUT, "too few statements for a reliability");
    for (size_t i = 0; i < persons; i++)
        if (unit[i] >= unit_count)
            return FAIL(fail, STATUS_INPUT, "a group number is out of range");
    double *memory = ARENA_NEW(arena, double, 6 * unit_count + persons + 1);
    size_t *members = ARENA_NEW(arena, size_t, persons + unit_count + 1);
    if (memory == NULL || members == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    struct agreement_units result = { (options * options - 1) / 12, memory, memory + unit_count,
                                      memory + 2 * unit_count, memory + 3 * unit_count, memory + 4 * unit_count,
                                      memory + 5 * unit_count };
    double *column = memory + 6 * unit_count;
    size_t *start = members + persons; /* first the sizes, then where each unit's members end */
    for (size_t i = 0; i < persons; i++)
        start[unit[i]]++;
    for (size_t g = 0, before = 0; g < unit_count; g++) {
        size_t size = start[g];
        start[g] = before;
        before += size;
    }
    for (size_t i = 0; i < persons; i++)
        members[start[unit[i]]++] = i;
    for (size_t g = 0; g < unit_count; g++) {
        size_t from = g == 0 ? 0 : start[g - 1], size = start[g] - from;
        for (size_t k = 0; k < 6; k++)
            memory[k * unit_count + g] = NOT_A_NUMBER;
        if (size > 1)
            agree(values, items, members + from, size, least, least + options - 1, column, &result, g);
    }
    *agreement = result;
    return STATUS_OK;
}
