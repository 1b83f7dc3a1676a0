/* Means, their differences, and the tests that variances are equal: an analysis of variance of absolute deviations. */
#include "analysis/stat_means.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sf_gamma.h>

#include "analysis/stat_distribution.h"
#include "analysis/stat_rank.h"

static struct f_test f_of(const struct grouped *grouped)
{
    struct f_test test = { .d1 = (double)grouped->group_count - 1, .d2 = (double)(grouped->n - grouped->group_count) };
    test.f = grouped->between / test.d1 / (grouped->within / test.d2);
    test.p = f_above(test.f, test.d1, test.d2);
    return test;
}

enum centre { MEANS, MEDIANS };

static enum status spread_test(struct arena *arena, const struct grouped *grouped, enum centre centre,
                               struct f_test *test, struct fail *fail)
{
    double *distances = ARENA_NEW(arena, double, grouped->n + 1);
    double *sorted = ARENA_NEW(arena, double, grouped->n + 1);
    size_t *group = ARENA_NEW(arena, size_t, grouped->n + 1);
    struct grouped spread;
    size_t at = 0;
    if (distances == NULL || sorted == NULL || group == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    for (size_t g = 0; g < grouped->group_count; g++) {
        const struct group *own = &grouped->groups[g];
        for (size_t i = 0; i < own->n; i++)
            sorted[i] = own->values[i] - own->values[0]; /* exact, however far from 0 the values are */
        const double middle = centre == MEANS ? moments_of(sorted, own->n).mean : median_take(sorted, own->n);
        for (size_t i = 0; i < own->n; i++) {
            group[at] = g;
            distances[at++] = fabs(own->values[i] - own->values[0] - middle);
        }
    }
    enum status status = groups_make(arena, distances, group, grouped->n, grouped->group_count, &spread, fail);
    if (status == STATUS_OK)
        *test = f_of(&spread);
    return status;
}

static struct t_test t_test_of(double difference, double error, double degrees, double tail)
{
    const double half = -t_quantile(tail, degrees) * error;
    const double t = difference / error;
    return (struct t_test){ t, degrees, t_both_tails(t, degrees), error,
                            { difference, difference - half, difference + half } };
}

static void effect_sizes(struct two_means *result, double difference, double tail)
{
    const double n1 = result->first.n, n2 = result->second.n;
    const double degrees = n1 + n2 - 2;
    const double sizes = sqrt(1 / n1 + 1 / n2);
    const double t = result->student.t;
    result->d = (struct range){ t * sizes, noncentral_t_limit(t, degrees, 1 - tail) * sizes,
                                noncentral_t_limit(t, degrees, tail) * sizes };
    result->exact_factor = exp(gsl_sf_lnpoch((degrees - 1) / 2, 0.5)) / sqrt(degrees / 2);
    result->usual_factor = 1 - 3 / (4 * degrees - 1);
    result->g = (struct range){ result->d.value * result->exact_factor, result->d.low * result->exact_factor,
                                result->d.high * result->exact_factor };
    result->g_usual = result->d.value * result->usual_factor;
    result->d_error = sqrt((n1 + n2) / (n1 * n2) + result->d.value * result->d.value / (2 * (n1 + n2)));
    result->glass_delta = difference / sqrt(result->second.variance);
    result->common_language = gsl_cdf_ugaussian_P(difference / sqrt(result->first.variance + result->second.variance));
}

enum status two_means_test(struct arena *arena, const struct grouped *grouped, double confidence,
                           struct two_means *result, struct fail *fail)
{
    if (grouped->group_count != 2)
        return FAIL(fail, STATUS_INPUT, "this comparison needs exactly two groups");
    if (!(confidence > 0) || !(confidence < 1))
        return FAIL(fail, STATUS_INPUT, "the confidence must lie between 0 and 1");
    struct two_means made = { .first = grouped->groups[0].moments, .second = grouped->groups[1].moments };
    if (grouped->groups[0].n < 2 || grouped->groups[1].n < 2)
        return FAIL(fail, STATUS_DENIED, "too few answers for a reliable figure");
    if (!(grouped->within > 0))
        return FAIL(fail, STATUS_DENIED, "the values do not vary");
    const double n1 = made.first.n, n2 = made.second.n;
    const double tail = (1 - confidence) / 2;
    const double difference = grouped->groups[0].distance - grouped->groups[1].distance;
    const double own1 = made.first.variance / n1, own2 = made.second.variance / n2;
    made.welch = t_test_of(difference, sqrt(own1 + own2),
                           (own1 + own2) * (own1 + own2) / (own1 * own1 / (n1 - 1) + own2 * own2 / (n2 - 1)), tail);
    made.student = t_test_of(difference, sqrt(grouped->within / (n1 + n2 - 2) * (1 / n1 + 1 / n2)), n1 + n2 - 2, tail);
    effect_sizes(&made, difference, tail);
    enum status status = spread_test(arena, grouped, MEANS, &made.levene, fail);
    if (status == STATUS_OK)
        status = spread_test(arena, grouped, MEDIANS, &made.brown_forsythe, fail);
    if (status == STATUS_OK)
        *result = made;
    return status;
}

/* Means weighted by n over the own variance; degrees of freedom from the data. */
static struct f_test welch_anova(const struct grouped *grouped)
{
    const double k = (double)grouped->group_count;
    double weights = 0, mean = 0, between = 0, correction = 0;
    for (size_t g = 0; g < grouped->group_count; g++) {
        const struct moments of = grouped->groups[g].moments;
        weights += of.n / of.variance;
        mean += of.n / of.variance * grouped->groups[g].distance;
    }
    mean /= weights;
    for (size_t g = 0; g < grouped->group_count; g++) {
        const struct moments of = grouped->groups[g].moments;
        const double weight = of.n / of.variance;
        const double distance = grouped->groups[g].distance - mean;
        between += weight * distance * distance / (k - 1);
        correction += (1 - weight / weights) * (1 - weight / weights) / (of.n - 1);
    }
    correction /= k * k - 1;
    struct f_test test = { .d1 = k - 1, .d2 = 1 / (3 * correction) };
    test.f = between / (1 + 2 * (k - 2) * correction);
    test.p = f_above(test.f, test.d1, test.d2);
    return test;
}

enum status anova_test(struct arena *arena, const struct grouped *grouped, double confidence, struct anova *result,
                       struct fail *fail)
{
    if (!(confidence > 0) || !(confidence < 1))
        return FAIL(fail, STATUS_INPUT, "the confidence must lie between 0 and 1");
    if (grouped->n <= grouped->group_count)
        return FAIL(fail, STATUS_DENIED, "too few answers for a reliable figure");
    if (!(grouped->within > 0))
        return FAIL(fail, STATUS_DENIED, "the values do not vary");
    struct anova made = { .between = grouped->between, .within = grouped->within, .f = f_of(grouped) };
    const double n = (double)grouped->n;
    const double all = made.between + made.within;
    const double tail = (1 - confidence) / 2;
    const double mean_within = made.within / made.f.d2;
    const double low = noncentral_f_limit(made.f.f, made.f.d1, made.f.d2, 1 - tail);
    const double high = noncentral_f_limit(made.f.f, made.f.d1, made.f.d2, tail);
    made.noncentrality = (struct range){ made.f.f * made.f.d1, low, high };
    made.eta2 = (struct range){ made.between / all, low / (low + n), high / (high + n) };
    made.omega2 = (made.between - made.f.d1 * mean_within) / (all + mean_within);
    made.epsilon2 = (made.between - made.f.d1 * mean_within) / all;
    made.cohens_f = sqrt(made.between / made.within);
    made.welch = welch_anova(grouped);
    enum status status = spread_test(arena, grouped, MEANS, &made.levene, fail);
    if (status == STATUS_OK)
        status = spread_test(arena, grouped, MEDIANS, &made.brown_forsythe, fail);
    if (status == STATUS_OK)
        *result = made;
    return status;
}
