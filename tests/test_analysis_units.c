/* Units: balanced cases with a closed form, units that do not differ, units of one person. Polychoric: tables with a
 * known answer and without one. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <gsl/gsl_errno.h>

#include "analysis/stat_polychoric.h"
#include "analysis/stat_units.h"

static struct arena arena;

static int open_arena(void **state)
{
    (void)state;
    arena_init(&arena, 16 << 20);
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

static const size_t unit[] = { 0, 0, 1, 1, 2, 2 };

/* Balanced: REML is the ANOVA estimate, τ² = (MSB − MSW) / n. */
static void balanced_units_agree(void **state)
{
    (void)state;
    for (int far = 0; far < 2; far++) {
        double values[] = { 1, 2, 4, 5, 8, 9 };
        struct grouped units;
        struct unit_icc icc;
        struct random_units fit;
        for (size_t i = 0; i < 6; i++)
            values[i] += far * 1e9;
        assert_int_equal(groups_make(&arena, values, unit, 6, 3, &units, NULL), STATUS_OK);
        assert_int_equal(icc_compute(&units, 0.95, &icc, NULL), STATUS_OK);
        assert_int_equal(random_units_fit(&arena, &units, false, &fit, NULL), STATUS_OK);
        close_to(fit.sigma2, 0.5, 1e-9);
        close_to(fit.tau2, (icc.between - icc.within) / 2, 1e-7);
        close_to(fit.tau2 / (fit.tau2 + fit.sigma2), icc.icc1.value, 1e-9);
        close_to(icc.icc1_mean, icc.icc1.value, 1e-14);
        close_to(fit.shrunk[0], fit.mu + icc.icc2.value * (values[0] + 0.5 - fit.mu), 1e-6);
    }
}

static void equal_units_shrink_to_the_mean(void **state)
{
    (void)state;
    const double same[] = { 1, 3, 1, 3, 1, 3 }, level[] = { 1, 1, 2, 2, 3, 3 };
    struct grouped units;
    struct unit_icc icc;
    struct random_units fit;
    struct moment_units moment;
    assert_int_equal(groups_make(&arena, same, unit, 6, 3, &units, NULL), STATUS_OK);
    assert_int_equal(random_units_fit(&arena, &units, false, &fit, NULL), STATUS_OK);
    assert_true(fit.tau2 == 0 && fit.shrunk[1] == 2 && fit.moved == 0);
    assert_int_equal(icc_compute(&units, 0.95, &icc, NULL), STATUS_OK);
    close_to(icc.icc1.value, -1, 1e-15);
    assert_int_equal(moment_units_fit(&arena, &units, &moment, NULL), STATUS_OK);
    assert_true(moment.laird_tau2 == 0 && moment.paule_tau2 == 0);
    assert_int_equal(groups_make(&arena, level, unit, 6, 3, &units, NULL), STATUS_OK);
    assert_int_equal(icc_compute(&units, 0.95, &icc, NULL), STATUS_DENIED);
    assert_int_equal(random_units_fit(&arena, &units, true, &fit, NULL), STATUS_DENIED);
    assert_int_equal(moment_units_fit(&arena, &units, &moment, NULL), STATUS_DENIED);
}

static void agreement_of_small_units(void **state)
{
    (void)state;
    const double answers[] = { 3, 3, 1, 5, 4 };
    const size_t of[] = { 0, 0, 1, 1, 2 };
    struct agreement_units found;
    assert_int_equal(agreement_compute(&arena, answers, 5, 1, of, 4, 5, 1, &found, NULL), STATUS_OK);
    assert_true(found.null_variance == 2 && found.single[0] == 1 && found.scale[0] == 1 && found.awg[0] == 1);
    assert_true(found.single[1] == 0 && found.single_free[1] == -3 && found.deviation[1] == 2);
    assert_true(isnan(found.single[2]) && isnan(found.scale[3])); /* one person; nobody */
    assert_int_equal(agreement_compute(&arena, answers, 5, 1, of, 2, 5, 1, &found, NULL), STATUS_INPUT);
    assert_int_equal(agreement_compute(&arena, answers, 5, 1, of, 4, 1, 1, &found, NULL), STATUS_INPUT);
}

static void bivariate_normal_at_zero(void **state)
{
    (void)state;
    static const double correlations[] = { -0.99, -0.5, 0, 0.3, 0.9, 0.99 };
    for (size_t i = 0; i < 6; i++) /* Sheppard (1899) */
        close_to(bivariate_normal_below(0, 0, correlations[i]), 0.25 + asin(correlations[i]) / (2 * acos(-1)), 1e-14);
    assert_true(bivariate_normal_below(-(double)INFINITY, 1, 0.5) == 0);
    close_to(bivariate_normal_below((double)INFINITY, 0, 0.5), 0.5, 1e-15);
}

/* Median splits: share of agreement 3/4 means r = sin(π/2 · (2 · 3/4 − 1)) = sin(π/4). */
static void polychoric_of_a_median_split(void **state)
{
    (void)state;
    const double x[] = { 0, 0, 0, 0, 1, 1, 1, 1 }, y[] = { 0, 0, 0, 1, 1, 1, 1, 0 };
    struct polychoric found;
    assert_int_equal(polychoric_compute(&arena, x, y, 8, &found, NULL), STATUS_OK);
    close_to(found.r, sqrt(0.5), 1e-13);
    assert_int_equal(polychoric_compute(&arena, x, x, 8, &found, NULL), STATUS_OK);
    assert_true(found.boundary && found.r == POLYCHORIC_MOST && found.empty_cells == 2);
    assert_int_equal(polychoric_compute(&arena, x, x, 4, &found, NULL), STATUS_DENIED);
    assert_int_equal(polychoric_compute(&arena, x, y, 2, &found, NULL), STATUS_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(balanced_units_agree, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(equal_units_shrink_to_the_mean, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(agreement_of_small_units, open_arena, close_arena),
        cmocka_unit_test(bivariate_normal_at_zero),
        cmocka_unit_test_setup_teardown(polychoric_of_a_median_split, open_arena, close_arena),
    };
    gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
