/* Exact covariances of a known model are fitted exactly; groups that differ in a factor mean show it; refusals. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <gsl/gsl_errno.h>

#include "analysis/stat_cfa.h"

enum { ITEMS = 6, FACTORS = 2 };

static const size_t path_item[] = { 0, 1, 2, 3, 4, 5 }, path_factor[] = { 0, 0, 0, 1, 1, 1 };
static const double load[] = { 0.8, -0.7, 0.6, 1.2, 0.9, 0.5 };

static void covariance_of_model(double covariance[], double phi)
{
    for (size_t i = 0; i < ITEMS; i++)
        for (size_t k = 0; k < ITEMS; k++)
            covariance[i * ITEMS + k] = load[i] * load[k] * (i / 3 == k / 3 ? 1 : phi) + (i == k ? 0.5 : 0);
}

static void finds_an_exact_model(void **state)
{
    (void)state;
    struct arena arena;
    double covariance[ITEMS * ITEMS], mean[ITEMS] = { 0 };
    struct cfa_model model = { .items = ITEMS, .factors = FACTORS, .groups = 1, .path_count = ITEMS,
                               .path_item = path_item, .path_factor = path_factor };
    struct cfa_sample sample = { 500, mean, covariance };
    struct cfa_fit fit;
    arena_init(&arena, 16 << 20);
    covariance_of_model(covariance, 0.3);
    assert_int_equal(cfa_compute(&arena, &model, &sample, &fit, NULL), STATUS_OK);
    for (size_t e = 0; e < ITEMS; e++)
        assert_true(fabs(fit.group[0].loading[path_item[e] * FACTORS + path_factor[e]] - load[e]) < 1e-8);
    assert_true(fabs(fit.group[0].phi[1] - 0.3) < 1e-8 && fit.index.chi_square < 1e-8 && fit.index.cfi == 1);
    assert_true(fit.index.degrees == 8 && fit.parameters == 13 && fit.index.rmsea == 0);
    arena_free(&arena);
}

/* The second group's first factor stands 0.5 higher (in the units of the marker). */
static void finds_a_factor_mean(void **state)
{
    (void)state;
    struct arena arena;
    double covariance[ITEMS * ITEMS], mean[2][ITEMS];
    struct cfa_model model = { .items = ITEMS, .factors = FACTORS, .groups = 2, .path_count = ITEMS,
                               .path_item = path_item, .path_factor = path_factor, .means = true, .marker = true,
                               .equal = CFA_STRICT };
    struct cfa_fit fit;
    arena_init(&arena, 16 << 20);
    covariance_of_model(covariance, 0.3);
    for (size_t i = 0; i < ITEMS; i++) {
        mean[0][i] = 3;
        mean[1][i] = 3 + (i < 3 ? 0.5 * load[i] / load[0] : 0);
    }
    struct cfa_sample samples[] = { { 300, mean[0], covariance }, { 200, mean[1], covariance } };
    assert_int_equal(cfa_compute(&arena, &model, samples, &fit, NULL), STATUS_OK);
    assert_true(fabs(fit.group[1].factor_mean[0] - 0.5) < 1e-8 && fabs(fit.group[1].factor_mean[1]) < 1e-8);
    assert_true(fit.index.chi_square < 1e-7 && fit.factor_mean_error[0] == 0 && fit.factor_mean_error[FACTORS] > 0);
    arena_free(&arena);
}

static void refuses_what_has_no_answer(void **state)
{
    (void)state;
    struct arena arena;
    double covariance[ITEMS * ITEMS], mean[ITEMS] = { 0 };
    struct cfa_model model = { .items = ITEMS, .factors = FACTORS, .groups = 1, .path_count = ITEMS,
                               .path_item = path_item, .path_factor = path_factor };
    struct cfa_sample sample = { 500, mean, covariance };
    struct cfa_fit fit;
    arena_init(&arena, 16 << 20);
    covariance_of_model(covariance, 0.3);
    for (size_t i = 0; i < ITEMS; i++) /* item 5 never varies */
        covariance[5 * ITEMS + i] = covariance[i * ITEMS + 5] = 0;
    assert_int_equal(cfa_compute(&arena, &model, &sample, &fit, NULL), STATUS_DENIED);
    model.factors = 3; /* one without a path */
    assert_int_equal(cfa_compute(&arena, &model, &sample, &fit, NULL), STATUS_INPUT);
    model.factors = 1; /* a path to a factor that is not there */
    assert_int_equal(cfa_compute(&arena, &model, &sample, &fit, NULL), STATUS_INPUT);
    model.items = 2; /* two statements do not determine a factor */
    model.path_count = 2;
    assert_int_equal(cfa_compute(&arena, &model, &sample, &fit, NULL), STATUS_INPUT);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_an_exact_model),
        cmocka_unit_test(finds_a_factor_mean),
        cmocka_unit_test(refuses_what_has_no_answer),
    };
    gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
