/* Matrices and item analysis where they have an exact answer or none: a model of parallel items, too few persons,
 * constant and repeated columns, values far from zero. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <gsl/gsl_errno.h>

#include "analysis/stat_consistency.h"
#include "analysis/stat_matrix.h"

enum { PERSONS = 6, ITEMS = 3 };

static const double answers[PERSONS * ITEMS] = { 1, 2, 1, 2, 2, 3, 3, 3, 3, 4, 5, 4, 5, 4, 5, 2, 1, 2 };

static void close_to(double found, double expected, double tolerance)
{
    assert_true(fabs(found - expected) <= tolerance);
}

static void far_from_zero_changes_nothing(void **state)
{
    (void)state;
    double moved[PERSONS * ITEMS], near[ITEMS * ITEMS], far[ITEMS * ITEMS];
    for (size_t i = 0; i < PERSONS * ITEMS; i++)
        moved[i] = answers[i] + 1e9;
    covariance_of(answers, PERSONS, ITEMS, near);
    covariance_of(moved, PERSONS, ITEMS, far);
    for (size_t i = 0; i < ITEMS * ITEMS; i++)
        close_to(far[i], near[i], 1e-14);
    covariance_of(answers, 1, ITEMS, near);
    assert_true(isnan(near[0]));
}

static void pairs_are_counted_by_themselves(void **state)
{
    (void)state;
    const double gaps[] = { 1, 2, (double)NAN, 3, 2, 1, 5, (double)NAN, 4, 4 };
    double covariance[4], correlation[4], count[4];
    pairwise_of(gaps, 5, 2, covariance, correlation, count);
    assert_true(count[0] == 4 && count[1] == 3 && count[3] == 4);
    close_to(covariance[0], 10 / 3.0, 1e-15); /* 1 2 5 4 */
    close_to(correlation[1], correlation[2], 0);
    pairwise_of(gaps, 1, 2, covariance, correlation, count);
    assert_true(isnan(covariance[0]) && isnan(correlation[3]));
}

static void singular_is_refused(void **state)
{
    (void)state;
    struct arena arena;
    struct eigen eigen;
    static const double same[] = { 1, 1, 1, 1 }, indefinite[] = { 1, 2, 2, 1 };
    double inverse[4], lower[4], log_determinant = 0;
    int sign = 0;
    arena_init(&arena, 1 << 16);
    assert_int_equal(matrix_inverse(&arena, same, 2, inverse, NULL, NULL, NULL), STATUS_DENIED);
    assert_false(cholesky_factor(same, 2, lower));
    assert_false(cholesky_factor(indefinite, 2, lower));
    assert_int_equal(matrix_inverse(&arena, indefinite, 2, inverse, &log_determinant, &sign, NULL), STATUS_OK);
    assert_int_equal(sign, -1);
    close_to(log_determinant, log(3), 1e-15);
    close_to(inverse[1], 2 / 3.0, 1e-15);
    assert_int_equal(eigen_prepare(&arena, 2, &eigen, NULL), STATUS_OK);
    assert_int_equal(eigen_compute(&eigen, indefinite, NULL), STATUS_OK);
    close_to(eigen.values[0], 3, 1e-15);
    close_to(eigen.values[1], -1, 1e-15);
    assert_int_equal(eigen_compute(&eigen, (const double[]){ 1, (double)NAN, (double)NAN, 1 }, NULL), STATUS_INPUT);
    arena_free(&arena);
}

/* Items with equal covariances r and variance 1: every alpha is the Spearman–Brown value. */
static void parallel_items_agree(void **state)
{
    (void)state;
    struct arena arena;
    struct guttman bounds;
    struct split_half split;
    static const bool halves[] = { true, false, true, false };
    double matrix[16];
    const double r = 0.4, expected = 4 * r / (1 + 3 * r);
    for (size_t i = 0; i < 16; i++)
        matrix[i] = i % 5 == 0 ? 1 : r;
    arena_init(&arena, 1 << 16);
    close_to(alpha_of(matrix, 4, 4), expected, 1e-15);
    close_to(alpha_standardised(matrix, 4, 4), expected, 1e-15);
    assert_int_equal(guttman_lambda(&arena, matrix, 4, &bounds, NULL), STATUS_OK);
    close_to(bounds.lambda2, expected, 1e-15);
    close_to(bounds.lambda3, expected, 1e-15);
    assert_int_equal(split_half(&arena, matrix, 4, halves, &split, NULL), STATUS_OK);
    close_to(split.spearman_brown, expected, 1e-15);
    close_to(split.horst, expected, 1e-15);
    close_to(split.guttman, expected, 1e-15);
    arena_free(&arena);
}

static void refuses_what_has_no_answer(void **state)
{
    (void)state;
    struct arena arena;
    struct consistency scale;
    struct split_half split;
    static const bool all[] = { true, true, true };
    double level[PERSONS * ITEMS], matrix[9];
    arena_init(&arena, 1 << 20);
    for (size_t i = 0; i < PERSONS * ITEMS; i++)
        level[i] = 0.1;
    assert_int_equal(consistency_compute(&arena, level, PERSONS, ITEMS, &scale, NULL), STATUS_DENIED);
    for (size_t persons = 0; persons < 2; persons++)
        assert_int_equal(consistency_compute(&arena, answers, persons, ITEMS, &scale, NULL), STATUS_INPUT);
    assert_int_equal(consistency_compute(&arena, answers, PERSONS, 1, &scale, NULL), STATUS_INPUT);
    assert_int_equal(consistency_compute(&arena, answers, 2, ITEMS, &scale, NULL), STATUS_OK);
    assert_true(isnan(alpha_feldt(0.8, 1, 3, 0.95).low) && isnan(alpha_feldt(0.8, 9, 3, 1).low));
    for (size_t i = 0; i < PERSONS; i++) {
        level[i * ITEMS] = answers[i * ITEMS];
        level[i * ITEMS + 1] = answers[i * ITEMS + 1];
    }
    /* One constant statement: the raw alpha stands, its own correlations do not. */
    assert_int_equal(consistency_compute(&arena, level, PERSONS, ITEMS, &scale, NULL), STATUS_OK);
    assert_true(scale.alpha > 0 && isnan(scale.standardised) && isnan(scale.item[2].rest_r));
    covariance_of(level, PERSONS, ITEMS, matrix);
    assert_int_equal(split_half(&arena, matrix, ITEMS, all, &split, NULL), STATUS_INPUT);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(far_from_zero_changes_nothing), cmocka_unit_test(pairs_are_counted_by_themselves),
        cmocka_unit_test(singular_is_refused),           cmocka_unit_test(parallel_items_agree),
        cmocka_unit_test(refuses_what_has_no_answer),
    };
    gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
