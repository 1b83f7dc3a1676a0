/* Columns, pairs of columns and columns with gaps: small cases worked out by hand, and those without an answer. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <gsl/gsl_errno.h>

#include "analysis/stat_correlation.h"
#include "analysis/stat_descriptive.h"
#include "analysis/stat_missing.h"

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

static void close_to(double found, double expected, double tolerance)
{
    assert_true(fabs(found - expected) <= tolerance);
}

static void describes_small_columns(void **state)
{
    (void)state;
    const double values[] = { 2, (double)NAN, 4, 9, 1 };
    double far[4] = { 1e9 + 2, 1e9 + 4, 1e9 + 9, 1e9 + 1 };
    struct description one, two;
    assert_int_equal(describe(&arena, values, 5, &one, NULL), STATUS_OK);
    assert_true(one.n == 4 && one.missing == 1 && one.sum == 16 && one.median == 3 && one.mad == 1.5);
    close_to(one.variance, 38 / 3.0, 1e-14);
    assert_int_equal(describe(&arena, far, 4, &two, NULL), STATUS_OK);
    close_to(two.variance, one.variance, 1e-13);
    close_to(two.skewness, one.skewness, 1e-13);
    assert_int_equal(describe(&arena, values, 0, &one, NULL), STATUS_INPUT);
    assert_int_equal(describe(&arena, values + 1, 1, &one, NULL), STATUS_INPUT);
    assert_int_equal(describe(&arena, values, 1, &one, NULL), STATUS_OK);
    assert_true(one.mean == 2 && isnan(one.variance) && isnan(description_mean(&one, 0.95).low));
    far[0] = far[1] = far[2] = far[3] = 0.1;
    assert_int_equal(describe(&arena, far, 4, &one, NULL), STATUS_OK);
    assert_true(one.variance == 0 && isnan(one.skewness) && isnan(one.kurtosis_moment));
    assert_true(quantile_spss((const double[]){ 1, 2, 3, 4 }, 4, 0.25) == 1.25 && isnan(quantile_spss(NULL, 0, 0.5)));
}

static void counts_pairs(void **state)
{
    (void)state;
    const double x[] = { 1, 2, 2, 3, 5 }, y[] = { 2, 1, 3, 3, 9 };
    struct correlation found;
    assert_int_equal(correlation_compute(&arena, x, y, 5, 0.95, &found, NULL), STATUS_OK);
    assert_true(found.concordant == 7 && found.discordant == 1); /* tied: 2–3 by x, 3–4 by y */
    close_to(found.tau_b, 6 / 9.0, 1e-15);
    close_to(found.gamma, 6 / 8.0, 1e-15);
    close_to(found.somers, 6 / 9.0, 1e-15);
    assert_int_equal(correlation_compute(&arena, x, x, 5, 0.95, &found, NULL), STATUS_OK);
    assert_true(found.pearson.value == 1 && found.pearson_p == 0 && found.tau_b == 1 && found.discordant == 0);
    assert_int_equal(correlation_compute(&arena, x, y, 2, 0.95, &found, NULL), STATUS_INPUT);
    assert_int_equal(correlation_compute(&arena, x, (const double[]){ 4, 4, 4, 4, 4 }, 5, 0.95, &found, NULL),
                     STATUS_DENIED);
    assert_int_equal(correlation_compute(&arena, x, (const double[]){ 4, 4, (double)NAN, 4, 4 }, 5, 0.95, &found, NULL),
                     STATUS_INPUT);
}

/* One column complete, the other with gaps: the estimate is the regression on the complete one (Anderson 1957, JASA
 * 52). */
static void fills_by_regression(void **state)
{
    (void)state;
    const double values[] = { 1, 2, 2, 3, 3, 7, 4, (double)NAN, 6, (double)NAN, (double)NAN, (double)NAN };
    struct missing found;
    double scores[6];
    assert_int_equal(missing_compute(&arena, values, 6, 2, &found, NULL), STATUS_OK);
    assert_true(found.complete == 3 && found.empty == 1 && found.used == 5 && found.patterns == 2);
    close_to(found.mean[0], 3.2, 1e-12);
    close_to(found.mean[1], 4 + 2.5 * (3.2 - 2), 1e-9); /* slope 2.5 among the complete */
    close_to(found.covariance[0], 2.96, 1e-12);
    close_to(found.covariance[1], 2.5 * 2.96, 1e-8);
    assert_true(available_means(values, 6, 2, 1, scores) == 2 && isnan(scores[3]) && scores[0] == 1.5);
    assert_true(available_means(values, 6, 2, 0, scores) == 1 && scores[3] == 4 && isnan(scores[5]));
}

static void refuses_gaps_without_an_answer(void **state)
{
    (void)state;
    const double never[] = { 1, (double)NAN, 2, (double)NAN, 3, (double)NAN }, same[] = { 1, 1, 2, 2, 4, 4 },
                 none[] = { (double)NAN, (double)NAN, (double)NAN, (double)NAN };
    struct missing found;
    assert_int_equal(missing_compute(&arena, never, 3, 2, &found, NULL), STATUS_DENIED);
    assert_int_equal(missing_compute(&arena, same, 3, 2, &found, NULL), STATUS_DENIED);
    assert_int_equal(missing_compute(&arena, none, 2, 2, &found, NULL), STATUS_DENIED);
    assert_int_equal(missing_compute(&arena, same, 1, 2, &found, NULL), STATUS_INPUT);
    assert_int_equal(missing_compute(&arena, same, 3, 65, &found, NULL), STATUS_INPUT);
    assert_int_equal(missing_compute(&arena, (const double[]){ 1, 2, 5, 9 }, 4, 1, &found, NULL), STATUS_OK);
    assert_true(found.patterns == 1 && !(found.little_degrees > 0) && found.little_p >= 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(describes_small_columns, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(counts_pairs, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(fills_by_regression, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(refuses_gaps_without_an_answer, open_arena, close_arena),
    };
    gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
