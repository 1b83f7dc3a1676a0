/* Omega against R (one-factor maximum likelihood), an exact one-factor matrix, and cases that have no answer. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analysis/stat_matrix.h"
#include "analysis/stat_omega.h"

enum { ITEMS = 5 };

/* Covariances of the five agreeableness items of the public data set bfi (R package psychTools), A1 reversed, 2,709
 * complete cases. Expected: factanal of R, omega from unstandardised loadings. */
static const double agreeableness[ITEMS * ITEMS] = {
    1.9728316847447,   0.564487159983706, 0.491584346287036, 0.309817022202375, 0.323710341315367,
    0.564487159983706, 1.38395157451524,  0.747013892637547, 0.586230290955303, 0.575542136747521,
    0.491584346287036, 0.747013892637547, 1.70186036696975,  0.702303253065845, 0.831433789550994,
    0.309817022202375, 0.586230290955303, 0.702303253065845, 2.20950843323826,  0.575154867003308,
    0.323710341315367, 0.575542136747521, 0.831433789550994, 0.575154867003308, 1.59164293429693,
};

static enum status omega_of(const double covariance[], size_t items, double *omega)
{
    struct arena arena;
    arena_init(&arena, 1 << 16);
    enum status status = omega_total(&arena, covariance, items, omega, NULL);
    arena_free(&arena);
    return status;
}

static void agrees_with_r(void **state)
{
    (void)state;
    double omega = 0;
    assert_int_equal(omega_of(agreeableness, ITEMS, &omega), STATUS_OK);
    assert_true(fabs(omega / 0.7121292908248065 - 1) < 1e-6);
}

/* λ = 1, 0.5, 0.8, 2 and ψ = 1, 2, 0.5, 1: omega = 4.3² / (4.3² + 4.5). */
static void recovers_an_exact_factor(void **state)
{
    (void)state;
    static const double loading[] = { 1, 0.5, 0.8, 2 };
    static const double own[] = { 1, 2, 0.5, 1 };
    double covariance[16];
    double omega = 0;
    for (size_t i = 0; i < 4; i++)
        for (size_t k = 0; k < 4; k++)
            covariance[i * 4 + k] = loading[i] * loading[k] + (i == k ? own[i] : 0);
    assert_int_equal(omega_of(covariance, 4, &omega), STATUS_OK);
    assert_true(fabs(omega - 18.49 / 22.99) < 1e-8);
}

static void refuses_what_has_no_answer(void **state)
{
    (void)state;
    static const double constant[9] = { 1, 0, 0.5, 0, 0, 0, 0.5, 0, 1 };
    static const double same[9] = { 1, 1, 1, 1, 1, 1, 1, 1, 1 };
    double omega = -1;
    assert_int_equal(omega_of(agreeableness, 2, &omega), STATUS_INPUT);
    assert_int_equal(omega_of(constant, 3, &omega), STATUS_INPUT);
    assert_int_equal(omega_of(same, 3, &omega), STATUS_DENIED);
    assert_true(omega < 0);
}

static void covariance_has_n_minus_one(void **state)
{
    (void)state;
    static const double values[] = { 1, 2, 2, 4, 3, 9 };
    double covariance[4];
    covariance_of(values, 3, 2, covariance);
    assert_true(fabs(covariance[0] - 1) < 1e-15 && fabs(covariance[1] - 3.5) < 1e-15);
    assert_true(fabs(covariance[3] - 13) < 1e-14);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_r),
        cmocka_unit_test(recovers_an_exact_factor),
        cmocka_unit_test(refuses_what_has_no_answer),
        cmocka_unit_test(covariance_has_n_minus_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
