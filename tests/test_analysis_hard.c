/* Every family of the statistics on data that have no answer: nobody, one or two people, no answer at all, everybody
 * the same; and on values around 10^9, which must give what the same values around 0 give. A row names the outcome per
 * data set: o  done, every figure is a number              v  done, figures without an answer are NaN (as the header
 * says) i  STATUS_INPUT, d  STATUS_DENIED, both with a sentence. Nothing else is allowed, above all not "done" with
 * infinities. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <gsl/gsl_errno.h>

#include "analysis/stat_correlation.h"
#include "analysis/stat_descriptive.h"
#include "analysis/stat_finite.h"
#include "analysis/stat_funnel.h"
#include "analysis/stat_logistic.h"
#include "analysis/stat_matrix.h"
#include "analysis/stat_mean.h"
#include "analysis/stat_means.h"
#include "analysis/stat_missing.h"
#include "analysis/stat_omega.h"
#include "analysis/stat_paired.h"
#include "analysis/stat_polychoric.h"
#include "analysis/stat_rank_tests.h"
#include "analysis/stat_regression.h"
#include "analysis/stat_reliability.h"
#include "analysis/stat_trend.h"
#include "analysis/stat_units.h"

enum { PEOPLE = 12, ITEMS = 3, FIGURES = 12 };

struct people {
    const char *name;
    size_t n;
    double x[PEOPLE], y[PEOPLE], z[PEOPLE];
    size_t group[PEOPLE]; /* two groups, one after the other in the first people */
    bool event[PEOPLE];
};

enum { NOBODY, ONE, TWO, ALL_MISSING, CONSTANT, SEPARATED, USUAL, FAR, SETS };
static struct people sets[SETS];

static void make_sets(void)
{
    static const double x[PEOPLE] = { 1, 2, 2, 3, 3, 3, 4, 4, 5, 5, 1, 4 };
    static const double y[PEOPLE] = { 2, 1, 2, 2, 4, 3, 3, 5, 4, 5, 2, 3 };
    static const double z[PEOPLE] = { 1, 1, 3, 2, 3, 4, 4, 4, 5, 4, 1, 5 };
    static const char *const names[SETS] = { "nobody",    "one",   "two",        "all missing", "everybody the same",
                                             "separated", "usual", "around 10^9" };
    for (size_t s = 0; s < SETS; s++) {
        sets[s].name = names[s];
        sets[s].n = s == NOBODY ? 0 : s == ONE ? 1 : s == TWO ? 2 : PEOPLE;
        for (size_t i = 0; i < PEOPLE; i++) {
            double far = s == FAR ? 1e9 : 0;
            sets[s].x[i] = s == ALL_MISSING ? (double)NAN : s == CONSTANT ? 3 : x[i] + far;
            sets[s].y[i] = s == ALL_MISSING ? (double)NAN : s == CONSTANT ? 3 : y[i] + far;
            sets[s].z[i] = s == ALL_MISSING ? (double)NAN : s == CONSTANT ? 3 : z[i] + far;
            sets[s].group[i] = s == SEPARATED ? x[i] >= 3 : i % 2;
            sets[s].event[i] = s == CONSTANT ? true : s == SEPARATED ? x[i] >= 3 : (z[i] + y[i] > 6) != (i == 1);
        }
    }
}

typedef enum status entry(struct arena *arena, const struct people *people, double figure[FIGURES], struct fail *fail);

static enum status of_moments(struct arena *arena, const struct people *people, double figure[], struct fail *fail)
{
    (void)arena;
    (void)fail;
    struct moments moments = moments_of(people->x, people->n);
    figure[0] = moments.sd;
    figure[1] = moments.squares;
    figure[2] = moments.neighbours;
    return STATUS_OK;
}

static enum status of_describe(struct arena *arena, const struct people *people, double figure[], struct fail *fail)
{
    struct description description;
    enum status status = describe(arena, people->x, people->n, &description, fail);
    if (status == STATUS_OK) {
        figure[0] = description.sd;
        figure[1] = description.mad;
        figure[2] = description.skewness;
        figure[3] = description.kurtosis;
        figure[4] = description.most - description.median;
    }
    return status;
}

static enum status of_mean(struct arena *arena, const struct people *people, double figure[], struct fail *fail)
{
    (void)arena;
    (void)fail;
    struct range range = mean_range(people->x, people->n, 40);
    figure[0] = range.value - range.low;
    figure[1] = range.high - range.value;
    return STATUS_OK;
}

static enum status of_finite(struct arena *arena, const struct people *people, double figure[], struct fail *fail)
{
    (void)arena;
    struct finite_mean mean;
    enum status status = finite_mean_range(people->x, people->n, 40, 0.95, &mean, fail);
    if (status == STATUS_OK) {
        figure[0] = mean.error;
        figure[1] = mean.t.high - mean.t.low;
    }
    return status;
}

static enum status of_correlation(struct arena *arena, const struct people *people, double figure[], struct fail *fail)
{
    struct correlation c;
    enum status status = correlation_compute(arena, people->x, people->y, people->n, 0.95, &c, fail);
    const double all[] = {
        c.pearson.value, c.pearson.low, c.pearson_p, c.spearman, c.spearman_p, c.tau_b, c.kendall_p
    };
    if (status == STATUS_OK)
        memcpy(figure, all, sizeof all);
    return status;
}

static enum status of_polychoric(struct arena *arena, const struct people *people, double figure[], struct fail *fail)
{
    struct polychoric made;
    enum status status = polychoric_compute(arena, people->x, people->y, people->n, &made, fail);
    if (status == STATUS_OK)
        figure[0] = made.r;
    return status;
}

static void items_of(const struct people *people, double values[PEOPLE * ITEMS])
{
    for (size_t i = 0; i < people->n; i++) {
        values[i * ITEMS] = people->x[i];
        values[i * ITEMS + 1] = people->y[i];
        values[i * ITEMS + 2] = people->z[i];
    }
}

static enum status of_covariance(struct arena *arena, const struct people *people, double figure[], struct fail *fail)
{
    (void)arena;
    (void)fail;
    double values[PEOPLE * ITEMS], matrix[ITEMS * ITEMS];
    items_of(people, values);
    covariance_of(values, people->n, ITEMS, matrix);
    figure[0] = matrix[1];
    correlation_from(matrix, ITEMS, matrix);
    figure[1] = matrix[1];
    pairwise_of(values, people->n, ITEMS, NULL, matrix, NULL);
    figure[2] = matrix[5];
    return STATUS_OK;
}

static enum status of_reliability(struct arena *arena, const struct people *people, double figure[], struct fail *fail)
{
    struct reliability made;
    double values[PEOPLE * ITEMS];
    items_of(people, values);
    enum status status = reliability_compute(arena, values, people->n, ITEMS, &made, fail);
    if (status == STATUS_OK) {
        figure[0] = made.alpha.value;
        figure[1] = made.alpha.low;
        figure[2] = made.item_rest[1];
        figure[3] = made.alpha_without[2];
    }
    return status;
}

static enum status of_omega(struct arena *arena, const struct people *people, double figure[], struct fail *fail)
{
    double values[PEOPLE * ITEMS], matrix[ITEMS * ITEMS];
    items_of(people, values);
    covariance_of(values, people->n, ITEMS, matrix);
    return omega_total(arena, matrix, ITEMS, &figure[0], fail);
}

static enum status of_missing(struct arena *arena, const struct people *people, double figure[], struct fail *fail)
{
    struct missing made;
    double values[PEOPLE * ITEMS];
    items_of(people, values);
    if (people->n == PEOPLE)
        values[4] = values[9] = (double)NAN;
    enum status status = missing_compute(arena, values, people->n, ITEMS, &made, fail);
    if (status == STATUS_OK) {
        figure[0] = made.covariance[1];
        figure[1] = made.little_p;
    }
    return status;
}

static enum status of_two_means(struct arena *arena, const struct people *people, double figure[], struct fail *fail)
{
    struct grouped grouped;
    struct two_means made;
    enum status status = groups_make(arena, people->y, people->group, people->n, 2, &grouped, fail);
    if (status == STATUS_OK)
        status = two_means_test(arena, &grouped, 0.95, &made, fail);
    const double all[] = { made.welch.t, made.welch.p, made.student.p, made.d.value,
                           made.d.low,   made.g.value, made.levene.p };
    if (status == STATUS_OK)
        memcpy(figure, all, sizeof all);
    return status;
}

static enum status of_anova(struct arena *arena, const struct people *people, double figure[], struct fail *fail)
{
    struct grouped grouped;
    struct anova made;
    enum status status = groups_make(arena, people->y, people->group, people->n, 2, &grouped, fail);
    if (status == STATUS_OK)
        status = anova_test(arena, &grouped, 0.95, &made, fail);
    const double all[] = { made.f.f, made.f.p, made.welch.p, made.eta2.value, made.eta2.high, made.omega2 };
    if (status == STATUS_OK)
        memcpy(figure, all, sizeof all);
    return status;
}

static enum status of_kruskal(struct arena *arena, const struct people *people, double figure[], struct fail *fail)
{
    struct grouped grouped;
    struct kruskal_wallis made;
    enum status status = groups_make(arena, people->y, people->group, people->n, 2, &grouped, fail);
    if (status == STATUS_OK)
        status = kruskal_wallis_test(arena, &grouped, &made, fail);
    if (status == STATUS_OK) {
        figure[0] = made.statistic;
        figure[1] = made.p;
    }
    return status;
}

static enum status of_mann_whitney(struct arena *arena, const struct people *people, double figure[], struct fail *fail)
{
    struct grouped grouped;
    struct mann_whitney made;
    enum status status = groups_make(arena, people->y, people->group, people->n, 2, &grouped, fail);
    if (status == STATUS_OK)
        status = mann_whitney_test(arena, &grouped, 0.95, &made, fail);
    const double all[] = { made.z_corrected, made.p_corrected, made.superiority, made.delta.value, made.shift };
    if (status == STATUS_OK)
        memcpy(figure, all, sizeof all);
    return status;
}

static enum status of_funnel(struct arena *arena, const struct people *people, double figure[], struct fail *fail)
{
    struct grouped grouped;
    struct funnel made;
    enum status status = groups_make(arena, people->y, people->group, people->n, 2, &grouped, fail);
    if (status == STATUS_OK)
        status = funnel_means(arena, &grouped, &made, fail);
    if (status == STATUS_OK) {
        figure[0] = made.units[0].z;
        figure[1] = made.deviation;
    }
    return status;
}

static enum status of_icc(struct arena *arena, const struct people *people, double figure[], struct fail *fail)
{
    struct grouped grouped;
    struct unit_icc made;
    enum status status = groups_make(arena, people->y, people->group, people->n, 2, &grouped, fail);
    if (status == STATUS_OK)
        status = icc_compute(&grouped, 0.95, &made, fail);
    const double all[] = { made.f, made.p, made.icc1.value, made.icc1.high, made.eta2 };
    if (status == STATUS_OK)
        memcpy(figure, all, sizeof all);
    return status;
}

static enum status of_random(struct arena *arena, const struct people *people, double figure[], struct fail *fail)
{
    struct grouped grouped;
    struct random_units made;
    enum status status = groups_make(arena, people->y, people->group, people->n, 2, &grouped, fail);
    if (status == STATUS_OK)
        status = random_units_fit(arena, &grouped, false, &made, fail);
    if (status == STATUS_OK) {
        figure[0] = made.tau2;
        figure[1] = made.sigma2;
        figure[2] = made.shrunk[0] - made.mu;
    }
    return status;
}

static enum status of_moment_units(struct arena *arena, const struct people *people, double figure[], struct fail *fail)
{
    struct grouped grouped;
    struct moment_units made;
    enum status status = groups_make(arena, people->y, people->group, people->n, 2, &grouped, fail);
    if (status == STATUS_OK)
        status = moment_units_fit(arena, &grouped, &made, fail);
    if (status == STATUS_OK) {
        figure[0] = made.q;
        figure[1] = made.laird_tau2;
        figure[2] = made.laird_error;
    }
    return status;
}

static enum status of_rank_trend(struct arena *arena, const struct people *people, double figure[], struct fail *fail)
{
    struct rank_trend made;
    enum status status = rank_trend_test(arena, people->y, people->group, people->n, 2, &made, fail);
    if (status == STATUS_OK) {
        figure[0] = made.z;
        figure[1] = made.p;
    }
    return status;
}

static enum status of_paired(struct arena *arena, const struct people *people, double figure[], struct fail *fail)
{
    struct paired made;
    enum status status = paired_test(arena, people->x, people->y, people->n, 0.95, &made, fail);
    const double all[] = { made.t, made.p, made.d_z.value, made.d_z.low, made.correlation, made.ranks.p_corrected };
    if (status == STATUS_OK)
        memcpy(figure, all, sizeof all);
    return status;
}

static enum status design_of(struct arena *arena, const struct people *people, struct design *design, struct fail *fail)
{
    const struct design_term terms[] = { { .values = people->x } };
    return design_build(arena, people->n, true, terms, 1, design, fail);
}

static enum status of_regression(struct arena *arena, const struct people *people, double figure[], struct fail *fail)
{
    struct design design;
    struct regression made;
    enum status status = design_of(arena, people, &design, fail);
    if (status == STATUS_OK)
        status = regression_fit(arena, &design, people->y, 0.95, &made, fail);
    if (status == STATUS_OK) {
        figure[0] = made.coefficients[1].estimate;
        figure[1] = made.coefficients[1].se;
        figure[2] = made.coefficients[1].p;
        figure[3] = made.r_squared;
        figure[4] = made.sigma;
    }
    return status;
}

static enum status of_logistic(struct arena *arena, const struct people *people, double figure[], struct fail *fail)
{
    struct design design;
    struct logistic made;
    enum status status = design_of(arena, people, &design, fail);
    if (status == STATUS_OK)
        status = logistic_fit(arena, &design, people->event, NULL, 0.95, &made, fail);
    if (status == STATUS_OK) {
        figure[0] = made.coefficients[1].estimate;
        figure[1] = made.coefficients[1].se;
        figure[2] = made.p;
        figure[3] = made.auc;
    }
    return status;
}

static struct hard {
    const char *name;
    entry *run;
    const char *outcome; /* in the order of the sets */
    double tolerance;    /* around 10^9 against around 0, relative */
} hard[] = {
    { "moments_of", of_moments, "vvovvooo", 1e-12 },
    { "describe", of_describe, "ivvivooo", 1e-9 },
    { "mean_range", of_mean, "vvovoooo", 1e-6 },
    { "finite_mean_range", of_finite, "ddoioooo", 1e-6 },
    { "correlation_compute", of_correlation, "iiiidooo", 1e-9 },
    { "polychoric_compute", of_polychoric, "iiiidooo", 1e-9 },
    { "covariance_of, pairwise_of", of_covariance, "vvvvvooo", 1e-12 },
    { "reliability_compute", of_reliability, "iiiddooo", 1e-12 },
    { "omega_total", of_omega, "iiiiiooo", 1e-9 },
    { "missing_compute", of_missing, "iidddooo", 1e-12 },
    { "two_means_test", of_two_means, "dddidooo", 1e-12 },
    { "anova_test", of_anova, "dddidooo", 1e-12 },
    { "kruskal_wallis_test", of_kruskal, "dddidooo", 1e-12 },
    { "mann_whitney_test", of_mann_whitney, "ddoidooo", 1e-12 },
    { "funnel_means", of_funnel, "dddidooo", 1e-12 },
    { "icc_compute", of_icc, "dddidooo", 1e-12 },
    { "random_units_fit", of_random, "dddidooo", 1e-12 },
    { "moment_units_fit", of_moment_units, "dddidooo", 1e-12 },
    { "rank_trend_test", of_rank_trend, "dddidooo", 1e-12 },
    { "paired_test", of_paired, "ddoidooo", 1e-12 },
    { "regression_fit", of_regression, "idvivooo", 1e-12 },
    { "logistic_fit", of_logistic, "iddiddoo", 1e-5 },
};

static char outcome_of(enum status status, const double figure[FIGURES], const struct fail *fail)
{
    bool numbers = true;
    if (status != STATUS_OK)
        return fail->what[0] == '\0' ? '0' : status == STATUS_INPUT ? 'i' : status == STATUS_DENIED ? 'd' : 's';
    for (size_t k = 0; k < FIGURES; k++) {
        if (isinf(figure[k]))
            return '8';
        numbers = numbers && !isnan(figure[k]);
    }
    return numbers ? 'o' : 'v';
}

static void check(void **state)
{
    const struct hard *row = *state;
    double figures[SETS][FIGURES] = { 0 };
    char found[SETS + 1] = { 0 };
    for (size_t s = 0; s < SETS; s++) {
        struct arena arena;
        struct fail fail = { 0 };
        arena_init(&arena, 16 << 20);
        found[s] = outcome_of(row->run(&arena, &sets[s], figures[s], &fail), figures[s], &fail);
        arena_free(&arena);
    }
    assert_string_equal(found, row->outcome);
    for (size_t k = 0; k < FIGURES && found[FAR] == 'o'; k++)
        if (!(fabs(figures[FAR][k] - figures[USUAL][k]) <= row->tolerance * fmax(fabs(figures[USUAL][k]), 1e-3)))
            fail_msg("figure %zu is %.17g around 10^9 and %.17g around 0", k, figures[FAR][k], figures[USUAL][k]);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(hard)];
    gsl_set_error_handler_off();
    make_sets();
    for (size_t i = 0; i < COUNT(hard); i++)
        tests[i] = (struct CMUnitTest){ hard[i].name, check, NULL, NULL, &hard[i] };
    return _cmocka_run_group_tests("hard", tests, COUNT(hard), NULL, NULL);
}
