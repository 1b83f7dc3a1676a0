/* Lower tail of the beta distribution: integrals of its density to 40 digits (mpmath), at sizes where GSL answers NaN. Limits
 * of the noncentrality of t where R's pt gives up (beyond 37): integrate() and uniroot() of R 4.2 on the definition. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "analysis/stat_beta.h"
#include "analysis/stat_distribution.h"
#include "analysis/stat_proportion.h"
#include "base/status.h"

static struct tail_case {
    const char *name;
    double x, a, b, below;
} cases[] = {
    { "a binomial sum of eleven", 0.5, 5, 6, 0.623046875 },
    { "a million, at the centre", 0.5, 500000, 500001, 0.50039894218066588 },
    { "ten million, beside the centre", 0.4999, 5000000, 5000001, 0.26364791983793911 },
    { "a hundred million, at the centre", 0.5, 50000000, 50000001, 0.50003989422794041 },
    { "unequal, below the mean", 0.001, 99.5, 100000, 0.5371945802466711 },
    { "far out", 1e-12, 20.5, 0.5, 1.2385121128380094e-247 },
    { "the lower end", 0, 2, 3, 0 },
    { "the upper end", 1, 2, 3, 1 },
};

static void check_tail(void **state)
{
    const struct tail_case *row = *state;
    double found = beta_below(row->x, 1 - row->x, row->a, row->b);
    assert_true(fabs(found - row->below) <= 1e-12 * row->below);
    if (row->below > 0 && row->below < 1) /* and the other side of it */
        assert_true(fabs(beta_below(1 - row->x, row->x, row->b, row->a) - (1 - row->below)) <= 1e-12);
}

static void refuses(void **state)
{
    (void)state;
    assert_true(isnan(beta_below((double)NAN, 0.5, 1, 1)));
    assert_true(isnan(beta_below(0.5, 0.5, 0, 1)));
    assert_true(isnan(beta_below(0.5, 0.5, 1, -1)));
}

/* R: qbeta(0.05, 5e7, 5e7 + 1). */
static void half_of_a_hundred_million(void **state)
{
    (void)state;
    struct proportion_ranges ranges = proportion_ranges(5e7, 1e8, 0.9);
    assert_true(fabs(ranges.exact.low - 0.49991775231941438) < 1e-13);
    assert_true(fabs(ranges.exact.high - (1 - 0.49991775231941438)) < 1e-13);
}

static void limits_of_far_t(void **state)
{
    static const struct {
        double t, degrees, low, high;
    } rows[] = {
        { 40, 5, 16.2121931893639, 64.1500456663789 },
        { 100, 50, 80.3423236656248, 119.609444552567 },
        { 1000, 50, 804.44430004135, 1195.16790600469 },
        { 1e4, 240, 9105.48724701337, 10893.4726951935 },
        { 1e6, 240, 910548.944415477, 1089347.05931154 },
        { 1e6, 5, 407728.246132352, 1602030.08673833 },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        double low = noncentral_t_limit(rows[i].t, rows[i].degrees, 0.975);
        double high = noncentral_t_limit(rows[i].t, rows[i].degrees, 0.025);
        if (!(fabs(low - rows[i].low) <= 1e-11 * low && fabs(high - rows[i].high) <= 1e-11 * high))
            fail_msg("t = %g: %.15g and %.15g", rows[i].t, low, high);
    }
}

int main(void)
{
    struct CMUnitTest tests[COUNT(cases) + 3];
    for (size_t i = 0; i < COUNT(cases); i++)
        tests[i] = (struct CMUnitTest){ cases[i].name, check_tail, NULL, NULL, &cases[i] };
    tests[COUNT(cases)] = (struct CMUnitTest)cmocka_unit_test(refuses);
    tests[COUNT(cases) + 1] = (struct CMUnitTest)cmocka_unit_test(half_of_a_hundred_million);
    tests[COUNT(cases) + 2] = (struct CMUnitTest)cmocka_unit_test(limits_of_far_t);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
