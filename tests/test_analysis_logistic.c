/* Logistic and proportional odds models at the edges: separation, rare outcomes, weights, dependent columns. Values of
 * 2 × 2 tables are exact: the log odds ratio and its standard error are closed forms. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <gsl/gsl_errno.h>

#include "analysis/stat_logistic.h"
#include "analysis/stat_ordinal.h"

static void close_to(double found, double wanted, double tolerance)
{
    if (!(fabs(found - wanted) <= tolerance * fmax(1e-3, fabs(wanted))))
        fail_msg("found %.17g, expected %.17g", found, wanted);
}

/* A row a cell: events and others of two groups as frequencies. */
static enum status fit_table(struct arena *arena, const double cells[4], struct logistic *fit, struct fail *fail)
{
    static const size_t group[4] = { 0, 0, 1, 1 };
    static const bool event[4] = { true, false, true, false };
    const struct design_term term = { .level = group, .level_count = 2 };
    struct design design;
    enum status status = design_build(arena, 4, true, &term, 1, &design, fail);
    return status != STATUS_OK ? status : logistic_fit(arena, &design, event, cells, 0.95, fit, fail);
}

static void check_table(void **state)
{
    (void)state;
    static const double tables[][4] = { { 10, 20, 15, 5 }, { 1, 199999, 1, 3 }, { 3, 1, 40000, 2 } };
    for (size_t i = 0; i < COUNT(tables); i++) {
        const double *n = tables[i];
        struct arena arena;
        struct logistic fit;
        arena_init(&arena, 1 << 20);
        assert_int_equal(fit_table(&arena, n, &fit, NULL), STATUS_OK);
        close_to(fit.coefficients[1].estimate, log(n[2] * n[1] / (n[3] * n[0])), 1e-12);
        close_to(fit.coefficients[1].se, sqrt(1 / n[0] + 1 / n[1] + 1 / n[2] + 1 / n[3]), 1e-12);
        close_to(fit.coefficients[0].estimate, log(n[0] / n[1]), 1e-12);
        close_to(fit.auc, (n[2] * n[1] + (n[0] * n[1] + n[2] * n[3]) / 2) / ((n[0] + n[2]) * (n[1] + n[3])), 1e-12);
        assert_true(fit.profile[1].low < fit.coefficients[1].estimate);
        assert_true(fit.profile[1].high > fit.coefficients[1].estimate);
        arena_free(&arena);
    }
}

static void check_separated(void **state)
{
    (void)state;
    static const double tables[][4] = { { 0, 20, 15, 5 }, { 10, 20, 15, 0 }, { 0, 20, 15, 0 }, { 0, 200000, 1, 1 } };
    for (size_t i = 0; i < COUNT(tables); i++) {
        struct arena arena;
        struct logistic fit;
        struct fail fail = { 0 };
        arena_init(&arena, 1 << 20);
        assert_int_equal(fit_table(&arena, tables[i], &fit, &fail), STATUS_DENIED);
        assert_non_null(strstr(fail.what, "separation"));
        arena_free(&arena);
    }
}

/* A number that orders the outcome completely, and one that does so but for a shared value (quasi-complete). */
static void check_ordered(void **state)
{
    (void)state;
    for (int shared = 0; shared < 3; shared++) {
        struct arena arena;
        struct logistic fit;
        struct fail fail = { 0 };
        struct design design;
        double x[20];
        bool event[20];
        for (size_t i = 0; i < 20; i++) {
            x[i] = (double)i + 1e6;
            event[i] = i >= 10;
        }
        if (shared > 0)
            x[9] = x[10];
        event[3] = shared == 2; /* now both overlap: there is a maximum */
        const struct design_term term = { .values = x };
        arena_init(&arena, 1 << 20);
        assert_int_equal(design_build(&arena, 20, true, &term, 1, &design, NULL), STATUS_OK);
        assert_int_equal(logistic_fit(&arena, &design, event, NULL, 0.95, &fit, &fail),
                         shared == 2 ? STATUS_OK : STATUS_DENIED);
        if (shared < 2)
            assert_non_null(strstr(fail.what, "separation"));
        arena_free(&arena);
    }
}

/* A number with an offset of 10⁹ has the slope of the number without it. */
static void check_offset(void **state)
{
    (void)state;
    struct arena arena;
    struct logistic fits[2];
    bool event[60];
    double x[2][60];
    arena_init(&arena, 4 << 20);
    for (size_t i = 0; i < 60; i++) {
        x[0][i] = (double)(i % 10);
        x[1][i] = 1e9 + x[0][i];
        event[i] = (i * 7 + i / 10) % 10 < i % 10;
    }
    for (size_t which = 0; which < 2; which++) {
        const struct design_term term = { .values = x[which] };
        struct design design;
        assert_int_equal(design_build(&arena, 60, true, &term, 1, &design, NULL), STATUS_OK);
        assert_int_equal(logistic_fit(&arena, &design, event, NULL, 0.95, &fits[which], NULL), STATUS_OK);
    }
    close_to(fits[1].coefficients[1].estimate, fits[0].coefficients[1].estimate, 1e-6);
    close_to(fits[1].coefficients[1].se, fits[0].coefficients[1].se, 1e-6);
    arena_free(&arena);
}

static void check_refused(void **state)
{
    (void)state;
    struct arena arena;
    struct logistic fit;
    struct fail fail = { 0 };
    static const double none[4] = { 5, 0, 7, 0 };
    static const double negative[4] = { 5, -1, 7, 1 };
    arena_init(&arena, 1 << 20);
    assert_int_equal(fit_table(&arena, none, &fit, &fail), STATUS_DENIED);
    assert_non_null(strstr(fail.what, "nothing to explain"));
    assert_int_equal(fit_table(&arena, negative, &fit, NULL), STATUS_INPUT);
    arena_free(&arena);
}

/* With two categories the ordinal model is the logistic one. An empty category, separation, a repeated column. */
static void check_ordinal(void **state)
{
    (void)state;
    struct arena arena;
    struct logistic logistic;
    struct ordinal ordinal;
    struct ordinal_test test;
    struct fail fail = { 0 };
    struct design design;
    static const double cells[4] = { 10, 20, 15, 5 };
    static const size_t group[4] = { 0, 0, 1, 1 };
    const double repeated[4] = { 0, 0, 3, 3 };
    const struct design_term terms[] = { { .level = group, .level_count = 2 }, { .values = repeated } };
    const size_t category[4] = { 1, 0, 1, 0 };
    arena_init(&arena, 1 << 20);
    assert_int_equal(fit_table(&arena, cells, &logistic, NULL), STATUS_OK);
    assert_int_equal(design_build(&arena, 4, true, terms, 2, &design, NULL), STATUS_OK);
    struct ordinal_data data = { &design, category, 2, cells };
    assert_int_equal(ordinal_fit(&arena, &data, 0.95, &ordinal, NULL), STATUS_OK);
    close_to(ordinal.coefficients[1].estimate, logistic.coefficients[1].estimate, 1e-12);
    close_to(ordinal.coefficients[1].se, logistic.coefficients[1].se, 1e-12);
    close_to(ordinal.threshold[0], -logistic.coefficients[0].estimate, 1e-12);
    close_to(ordinal.chi_square, logistic.chi_square, 1e-11);
    assert_true(isnan(ordinal.coefficients[2].estimate) && ordinal.degrees == 1);
    assert_int_equal(ordinal_test_term(&arena, &data, &ordinal, 0, &test, NULL), STATUS_OK);
    assert_true(test.degrees == 0 && isnan(test.p));
    data.category_count = 3;
    assert_int_equal(ordinal_fit(&arena, &data, 0.95, &ordinal, &fail), STATUS_DENIED);
    data.category_count = 1;
    assert_int_equal(ordinal_fit(&arena, &data, 0.95, &ordinal, NULL), STATUS_INPUT);
    arena_free(&arena);
}

static void check_ordinal_separated(void **state)
{
    (void)state;
    struct arena arena;
    struct ordinal ordinal;
    struct ordinal_test test;
    struct fail fail = { 0 };
    struct design design;
    size_t category[30];
    double x[30];
    const struct design_term term = { .values = x };
    for (size_t i = 0; i < 30; i++) {
        x[i] = (double)i;
        category[i] = i / 10;
    }
    arena_init(&arena, 1 << 20);
    assert_int_equal(design_build(&arena, 30, true, &term, 1, &design, NULL), STATUS_OK);
    struct ordinal_data data = { &design, category, 3, NULL };
    assert_int_equal(ordinal_fit(&arena, &data, 0.95, &ordinal, &fail), STATUS_DENIED);
    assert_non_null(strstr(fail.what, "separation"));
    category[0] = 2; /* two who do not fit */
    category[29] = 0;
    category[12] = 0;
    assert_int_equal(ordinal_fit(&arena, &data, 0.95, &ordinal, NULL), STATUS_OK);
    assert_true(ordinal.gradient < 1e-9);
    assert_true(ordinal.threshold[0] < ordinal.threshold[1]);
    assert_int_equal(ordinal_test_term(&arena, &data, &ordinal, 0, &test, NULL), STATUS_OK);
    assert_true(test.degrees == 1 && test.statistic >= 0 && test.p > 0 && test.p <= 1);
    arena_free(&arena);
}

/* In group b nobody is in the lowest category: with thresholds of their own the groups are separated there, but the test
 * has a limit. R 4.2.2, ordinal 2022.11-16: twice the difference of the log likelihoods of clm(y ~ x, nominal = ~g) and
 * clm(y ~ g + x), run until it stands still. */
static void check_ordinal_limit(void **state)
{
    (void)state;
    static const size_t category[20] = { 0, 0, 0, 1, 1, 1, 2, 2, 2, 0, 1, 2, 1, 2, 2, 2, 1, 0, 1, 2 };
    static const size_t group[20] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1 };
    static const double x[20] = { 1, 3, 2, 2, 5, 4, 4, 6, 5, 2, 3, 6, 4, 7, 5, 8, 3, 1, 2, 6 };
    const struct design_term terms[] = { { .level = group, .level_count = 2 }, { .values = x } };
    struct arena arena;
    struct ordinal ordinal;
    struct ordinal_test test;
    struct design design;
    arena_init(&arena, 1 << 20);
    assert_int_equal(design_build(&arena, 20, true, terms, 2, &design, NULL), STATUS_OK);
    struct ordinal_data data = { &design, category, 3, NULL };
    assert_int_equal(ordinal_fit(&arena, &data, 0.95, &ordinal, NULL), STATUS_OK);
    close_to(ordinal.log_likelihood, -8.65817363002896, 1e-11);
    assert_int_equal(ordinal_test_term(&arena, &data, &ordinal, 0, &test, NULL), STATUS_OK);
    close_to(test.statistic, 2.40091787689318, 1e-8);
    assert_int_equal(ordinal_test_term(&arena, &data, &ordinal, 1, &test, NULL), STATUS_OK);
    close_to(test.statistic, 0.358855131066278, 1e-8);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        { "2 x 2 tables have closed forms, rare events too", check_table, NULL, NULL, NULL },
        { "empty cells are separation", check_separated, NULL, NULL, NULL },
        { "complete and quasi-complete separation, and overlap", check_ordered, NULL, NULL, NULL },
        { "an offset of 1e9 keeps the slope", check_offset, NULL, NULL, NULL },
        { "outcomes and weights that are refused", check_refused, NULL, NULL, NULL },
        { "two ordered categories are a logistic model", check_ordinal, NULL, NULL, NULL },
        { "separation of ordered categories, and overlap", check_ordinal_separated, NULL, NULL, NULL },
        { "the test of proportional odds has a limit under separation", check_ordinal_limit, NULL, NULL, NULL },
    };
    gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
