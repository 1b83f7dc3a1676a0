/* Factors of exact models are found again; data that allow none are refused; chance eigenvalues repeat with their seed. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>

#include "analysis/stat_adequacy.h"
#include "analysis/stat_distribution.h"
#include "analysis/stat_factor.h"
#include "analysis/stat_hierarchy.h"
#include "analysis/stat_matrix.h"
#include "analysis/stat_rotation.h"

enum { ITEMS = 9, FACTORS = 3 };

static struct arena arena;

static int open_arena(void **state)
{
    (void)state;
    arena_init(&arena, 64 << 20);
    return 0;
}

static int close_arena(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

/* Items 0–2, 3–5, 6–8 load 0.8, 0.7, 0.6 on their own factor; factors correlate by phi. */
static void model(double correlation[], double phi)
{
    static const double load[] = { 0.8, 0.7, 0.6 };
    for (size_t i = 0; i < ITEMS; i++)
        for (size_t k = 0; k < ITEMS; k++)
            correlation[i * ITEMS + k] = i == k ? 1 : load[i % 3] * load[k % 3] * (i / 3 == k / 3 ? 1 : phi);
}

static void finds_an_exact_model(void **state)
{
    (void)state;
    double correlation[ITEMS * ITEMS], phi[FACTORS * FACTORS], criterion = 1;
    model(correlation, 0.36);
    for (enum factor_method method = FACTOR_ML; method <= FACTOR_MINRES; method++) {
        struct factor_solution found;
        assert_int_equal(factor_extract(&arena, correlation, ITEMS, FACTORS, method, &found, NULL), STATUS_OK);
        assert_true(found.criterion < 1e-12 && found.rmsr < 1e-7 && !found.heywood);
        assert_true(fabs(found.uniqueness[0] - 0.36) < 1e-6 && fabs(found.uniqueness[8] - 0.64) < 1e-6);
        assert_int_equal(
            rotate_oblimin(&arena, found.loading, ITEMS, FACTORS, false, phi, &criterion, NULL), STATUS_OK);
        assert_true(criterion < 1e-10); /* perfect simple structure */
        factor_order(found.loading, phi, ITEMS, FACTORS);
        assert_true(fabs(phi[1] - 0.36) < 1e-5 && fabs(phi[5] - 0.36) < 1e-5);
    }
}

/* A general factor of 0.6 above each of the three: loadings 0.6 · λ. */
static void finds_the_general_factor(void **state)
{
    (void)state;
    double correlation[ITEMS * ITEMS];
    struct hierarchy found;
    model(correlation, 0.36);
    assert_int_equal(omega_hierarchy(&arena, correlation, ITEMS, FACTORS, &found, NULL), STATUS_OK);
    assert_true(fabs(found.second_order[1] - 0.6) < 1e-6 && fabs(found.general[0] - 0.48) < 1e-6);
    double total = matrix_sum(correlation, ITEMS, ITEMS);
    assert_true(fabs(found.omega - 0.36 * 6.3 * 6.3 / total) < 1e-6);
    assert_int_equal(omega_hierarchy(&arena, correlation, ITEMS, 2, &found, NULL), STATUS_INPUT);
}

static void refuses_what_has_no_answer(void **state)
{
    (void)state;
    struct factor_solution found;
    struct adequacy adequacy;
    double correlation[ITEMS * ITEMS], msa[ITEMS];
    model(correlation, 0);
    assert_int_equal(factor_extract(&arena, correlation, ITEMS, 0, FACTOR_ML, &found, NULL), STATUS_INPUT);
    assert_int_equal(factor_extract(&arena, correlation, ITEMS, 6, FACTOR_ML, &found, NULL), STATUS_INPUT);
    assert_int_equal(factor_extract(&arena, correlation, 2, 1, FACTOR_ML, &found, NULL), STATUS_INPUT);
    assert_int_equal(adequacy_compute(&arena, correlation, ITEMS, ITEMS, msa, &adequacy, NULL), STATUS_INPUT);
    for (size_t i = 0; i < ITEMS; i++) /* item 8 repeats item 7 */
        correlation[8 * ITEMS + i] = correlation[i * ITEMS + 8] = correlation[7 * ITEMS + i];
    correlation[8 * ITEMS + 8] = correlation[8 * ITEMS + 7] = correlation[7 * ITEMS + 8] = 1;
    assert_int_equal(factor_extract(&arena, correlation, ITEMS, 2, FACTOR_ML, &found, NULL), STATUS_DENIED);
    assert_int_equal(adequacy_compute(&arena, correlation, ITEMS, 100, msa, &adequacy, NULL), STATUS_DENIED);
    correlation[1] = (double)NAN;
    assert_int_equal(factor_extract(&arena, correlation, ITEMS, 2, FACTOR_ML, &found, NULL), STATUS_DENIED);
}

/* One loading above 1 in the exact solution: r12·r13/r23 > 1. */
static void reports_a_heywood_case(void **state)
{
    (void)state;
    static const double heywood[] = { 1, 0.8, 0.8, 0.8, 1, 0.5, 0.8, 0.5, 1 };
    struct factor_solution found;
    assert_int_equal(factor_extract(&arena, heywood, 3, 1, FACTOR_ML, &found, NULL), STATUS_OK);
    assert_true(found.heywood && fabs(found.uniqueness[0] - UNIQUENESS_LOWEST) < 1e-12);
}

static void rotation_keeps_communalities(void **state)
{
    (void)state;
    double loading[] = { 0.7, 0.3, 0.6, 0.4, 0.5, -0.5, 0.6, -0.4, 0, 0 }, before[5];
    for (size_t i = 0; i < 5; i++)
        before[i] = loading[2 * i] * loading[2 * i] + loading[2 * i + 1] * loading[2 * i + 1];
    assert_int_equal(rotate_varimax(&arena, loading, 5, 2, true, NULL), STATUS_OK);
    for (size_t i = 0; i < 5; i++)
        assert_true(fabs(loading[2 * i] * loading[2 * i] + loading[2 * i + 1] * loading[2 * i + 1] - before[i]) < 1e-14);
    assert_int_equal(rotate_varimax(&arena, loading, 1, 2, true, NULL), STATUS_INPUT);
}

static void chance_repeats_with_its_seed(void **state)
{
    (void)state;
    double values[60], observed[3] = { 1.4, 1, 0.6 };
    struct parallel one, two;
    for (size_t i = 0; i < 60; i++)
        values[i] = (double)((i * 7919) % 31) + 1e9;
    for (enum parallel_kind kind = PARALLEL_NORMAL; kind <= PARALLEL_PERMUTED; kind++) {
        assert_int_equal(parallel_analysis(&arena, values, 20, 3, observed, kind, 50, 7, &one, NULL), STATUS_OK);
        assert_int_equal(parallel_analysis(&arena, values, 20, 3, observed, kind, 50, 7, &two, NULL), STATUS_OK);
        assert_true(one.mean[0] == two.mean[0] && one.q95[2] == two.q95[2]);
        assert_true(fabs(one.mean[0] + one.mean[1] + one.mean[2] - 3) < 1e-12);
        assert_true(one.q50[0] < one.q95[0] && one.q95[0] <= one.q99[0]);
    }
    assert_int_equal(parallel_analysis(&arena, values, 20, 3, observed, PARALLEL_NORMAL, 5, 7, &one, NULL),
                     STATUS_INPUT);
    for (size_t i = 0; i < 20; i++)
        values[i * 3] = 4;
    assert_int_equal(parallel_analysis(&arena, values, 20, 3, observed, PARALLEL_NORMAL, 50, 7, &one, NULL),
                     STATUS_INPUT);
}

static void logarithm_of_the_tail_continues(void **state)
{
    (void)state;
    assert_true(fabs(chi_square_log_above(3, 2) + 1.5) < 1e-14); /* e^−x/2 */
    assert_true(fabs(chi_square_log_above(4000, 2) + 2000) < 1e-9);
    double near = log(gsl_cdf_chisq_Q(1000, 10)); /* both ways are good here */
    assert_true(fabs(chi_square_log_above(1000, 10) / near - 1) < 1e-12);
    assert_true(isnan(chi_square_log_above(-1, 2)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(finds_an_exact_model, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(finds_the_general_factor, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(refuses_what_has_no_answer, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(reports_a_heywood_case, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(rotation_keeps_communalities, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(chance_repeats_with_its_seed, open_arena, close_arena),
        cmocka_unit_test(logarithm_of_the_tail_continues),
    };
    gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
