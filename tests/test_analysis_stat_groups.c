/* Comparisons of groups, finite populations, funnels, diversity: known values, and what has no answer. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analysis/stat_adjust.h"
#include "analysis/stat_diversity.h"
#include "analysis/stat_finite.h"
#include "analysis/stat_funnel.h"
#include "analysis/stat_means.h"
#include "analysis/stat_paired.h"
#include "analysis/stat_rank.h"
#include "analysis/stat_rank_tests.h"

static struct arena arena;

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena, 200 << 20);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static bool near(double a, double b, double relative)
{
    return fabs(a - b) <= relative * fabs(b);
}

static const size_t two[] = { 0, 0, 0, 1, 1, 1 };

static struct grouped grouped_of(const double values[], const size_t group[], size_t n, size_t groups)
{
    struct grouped grouped;
    assert_int_equal(groups_make(&arena, values, group, n, groups, &grouped, NULL), STATUS_OK);
    return grouped;
}

static void ranks_share_places(void **state)
{
    const double values[] = { 3, 1, 3, 2, 3 }, broken[] = { 1, (double)NAN };
    double ranks[5];
    struct ties ties;
    (void)state;
    assert_int_equal(ranks_make(&arena, values, 5, ranks, NULL, &ties, NULL), STATUS_OK);
    assert_true(near(ranks[0], 4, 0) && near(ranks[1], 1, 0) && near(ranks[3], 2, 0));
    assert_true(ties.distinct == 3 && near(ties.cubes, 24, 0) && near(ties.triples, 6, 0));
    assert_int_equal(ranks_make(&arena, broken, 2, ranks, NULL, NULL, NULL), STATUS_INPUT);
    assert_int_equal(ranks_make(&arena, NULL, 0, ranks, NULL, &ties, NULL), STATUS_OK);
}

static void groups_are_checked(void **state)
{
    const double values[] = { 1, 2, 3, 4, 5, (double)INFINITY };
    struct grouped grouped;
    (void)state;
    assert_int_equal(groups_make(&arena, values, two, 6, 2, &grouped, NULL), STATUS_INPUT);
    assert_int_equal(groups_make(&arena, values, two, 5, 1, &grouped, NULL), STATUS_INPUT);
    assert_int_equal(groups_make(&arena, values, two, 5, 3, &grouped, NULL), STATUS_DENIED);
    assert_int_equal(groups_make(&arena, values, two, 3, 2, &grouped, NULL), STATUS_DENIED);
}

/* A common part of 10⁹ changes nothing. */
static void large_offset(void **state)
{
    const double small[] = { 1, 2, 3, 3, 4, 8 };
    double large[6];
    struct two_means a, b;
    (void)state;
    for (size_t i = 0; i < 6; i++)
        large[i] = 1e9 + small[i];
    const struct grouped first = grouped_of(small, two, 6, 2), second = grouped_of(large, two, 6, 2);
    assert_int_equal(two_means_test(&arena, &first, 0.95, &a, NULL), STATUS_OK);
    assert_int_equal(two_means_test(&arena, &second, 0.95, &b, NULL), STATUS_OK);
    assert_true(near(a.welch.t, b.welch.t, 1e-9) && near(a.levene.f, b.levene.f, 1e-6));
    assert_true(near(a.student.t, -3 / sqrt(4 * 2.0 / 3), 1e-12)); /* variances 1 and 7, mean 4 */
}

static void means_need_variance(void **state)
{
    const double flat[] = { 1, 1, 1, 2, 2, 2 };
    const size_t single[] = { 0, 1, 1, 1, 1, 1 };
    struct two_means result;
    struct anova anova;
    struct kruskal_wallis ranks;
    (void)state;
    struct grouped grouped = grouped_of(flat, two, 6, 2);
    assert_int_equal(two_means_test(&arena, &grouped, 0.95, &result, NULL), STATUS_DENIED);
    assert_int_equal(anova_test(&arena, &grouped, 0.95, &anova, NULL), STATUS_DENIED);
    assert_int_equal(kruskal_wallis_test(&arena, &grouped, &ranks, NULL), STATUS_OK);
    grouped = grouped_of(flat, single, 6, 2);
    assert_int_equal(two_means_test(&arena, &grouped, 0.95, &result, NULL), STATUS_DENIED);
    assert_int_equal(anova_test(&arena, &grouped, 0.95, &anova, NULL), STATUS_OK);
    assert_true(isnan(anova.welch.f) && isfinite(anova.f.f));
}

/* Completely separated: U = 9, P = 2/C(6,3). */
static void separated_groups(void **state)
{
    const double values[] = { 4, 5, 6, 1, 2, 3 }, equal[] = { 1, 1, 1, 1, 1, 1 };
    struct mann_whitney result;
    (void)state;
    struct grouped grouped = grouped_of(values, two, 6, 2);
    assert_int_equal(mann_whitney_test(&arena, &grouped, 0.95, &result, NULL), STATUS_OK);
    assert_true(near(result.u_first, 9, 0) && near(result.p_exact, 0.1, 1e-14) && near(result.shift, 3, 0));
    assert_true(near(result.delta.value, 1, 0) && isnan(result.delta.low));
    grouped = grouped_of(equal, two, 6, 2);
    assert_int_equal(mann_whitney_test(&arena, &grouped, 0.95, &result, NULL), STATUS_DENIED);
}

static void pairs_without_differences(void **state)
{
    const double x[] = { 1, 2, 3 }, y[] = { 2, 3, 4 }, z[] = { 1, 2, 5 };
    struct paired result;
    (void)state;
    assert_int_equal(paired_test(&arena, x, y, 3, 0.95, &result, NULL), STATUS_DENIED);
    assert_int_equal(paired_test(&arena, x, z, 1, 0.95, &result, NULL), STATUS_DENIED);
    assert_int_equal(paired_test(&arena, x, z, 3, 0.95, &result, NULL), STATUS_OK);
    assert_true(near(result.ranks.nonzero, 1, 0) && near(result.ranks.rank_biserial, -1, 0));
}

/* Differences of +1.515151515 three times, −1.515151515 and ±0.3: one tie of four and one of two, whatever the noise of the
 * subtractions. Ranks 1.5 and 4.5: V = 1.5 + 3 · 4.5, variance 6 · 7 · 13/24 − (4³ − 4 + 2³ − 2)/48 = 21.375. */
static void noise_breaks_no_ties(void **state)
{
    const double x[] = { 2.606060606, 3.515151515, 1.515151515, 2.96969697, 3.3, 3.0 };
    const double y[] = { 1.090909091, 2, 0, 4.484848485, 3.0, 3.3 };
    struct paired result;
    (void)state;
    assert_int_equal(paired_test(&arena, x, y, 6, 0.95, &result, NULL), STATUS_OK);
    assert_true(near(result.ranks.statistic, 15, 0));
    assert_true(near(result.ranks.z, (15 - 10.5) / sqrt(21.375), 1e-14));
}

static void adjusted_p(void **state)
{
    const double p[] = { 0.04, 0.01, 0.03 }, wrong[] = { 1.5 };
    double adjusted[3];
    (void)state;
    assert_int_equal(p_adjust(&arena, p, 3, ADJUST_HOLM, adjusted, NULL), STATUS_OK);
    assert_true(near(adjusted[0], 0.06, 1e-14) && near(adjusted[1], 0.03, 1e-14) && near(adjusted[2], 0.06, 1e-14));
    assert_int_equal(p_adjust(&arena, p, 3, ADJUST_BH, adjusted, NULL), STATUS_OK);
    assert_true(near(adjusted[0], 0.04, 1e-14) && near(adjusted[2], 0.04, 1e-14));
    assert_int_equal(p_adjust(&arena, wrong, 1, ADJUST_BH, adjusted, NULL), STATUS_INPUT);
    assert_int_equal(p_adjust(&arena, p, 0, ADJUST_BY, adjusted, NULL), STATUS_OK);
}

static void whole_population_has_no_error(void **state)
{
    const double values[] = { 1, 2, 6 };
    struct finite_share share;
    struct finite_mean mean;
    (void)state;
    assert_int_equal(finite_share_range(&arena, 3, 10, 10, 0.95, &share, NULL), STATUS_OK);
    assert_true(near(share.exact.low, 0.3, 0) && near(share.exact.high, 0.3, 0) && near(share.wilson.high, 0.3, 0));
    assert_int_equal(finite_share_range(&arena, 0, 5, 1000, 0.95, &share, NULL), STATUS_OK);
    assert_true(near(share.exact_count.low + 1, 1, 0) && share.exact.high > 0.4 && share.exact.high < 0.53);
    assert_int_equal(finite_share_range(&arena, 3, 10, 9, 0.95, &share, NULL), STATUS_INPUT);
    assert_int_equal(finite_mean_range(values, 3, 3, 0.95, &mean, NULL), STATUS_OK);
    assert_true(near(mean.t.low, 3, 1e-15) && near(mean.total.high, 9, 1e-15));
    assert_int_equal(finite_mean_range(values, 1, 3, 0.95, &mean, NULL), STATUS_DENIED);
    assert_int_equal(finite_mean_range(values, 3, 2, 0.95, &mean, NULL), STATUS_INPUT);
}

static void funnels(void **state)
{
    const double hits[] = { 5, 50, 0 }, n[] = { 10, 100, 1 }, none[] = { 0, 0, 0 };
    struct funnel funnel;
    (void)state;
    assert_int_equal(funnel_shares(&arena, hits, n, 3, 0.5, &funnel, NULL), STATUS_OK);
    assert_true(fabs(funnel.units[0].z) < 1e-15 && near(funnel.tau2 + 1, 1, 0) && near(funnel.units[2].z, -1, 1e-15));
    assert_true(near(funnel.units[0].exact_95.low + funnel.units[0].exact_95.high, 0.9, 0.2));
    assert_int_equal(funnel_shares(&arena, none, n, 3, (double)NAN, &funnel, NULL), STATUS_DENIED);
    assert_int_equal(funnel_shares(&arena, n, hits, 3, (double)NAN, &funnel, NULL), STATUS_INPUT);
    assert_int_equal(funnel_shares(&arena, hits, n, 0, (double)NAN, &funnel, NULL), STATUS_INPUT);
}

static void diversity_at_the_edges(void **state)
{
    const double even[] = { 5, 0, 5, 5, 5 }, one[] = { 1 }, nobody[] = { 0, 0 };
    struct diversity result;
    (void)state;
    assert_int_equal(diversity_of(even, 5, 0, &result, NULL), STATUS_OK);
    assert_true(near(result.hill_1, 4, 1e-14) && near(result.hill_half, 4, 1e-14) && near(result.evenness, 1, 1e-14));
    assert_true(near(result.blau_normalised, 1, 1e-14) && near(result.blau_error + 1, 1, 1e-14));
    assert_int_equal(diversity_of(one, 1, 3, &result, NULL), STATUS_OK);
    assert_true(isnan(result.blau_unbiased) && fabs(result.blau_normalised) < 1e-15);
    assert_int_equal(diversity_of(nobody, 2, 0, &result, NULL), STATUS_DENIED);
    assert_int_equal(diversity_of(even, 5, 2, &result, NULL), STATUS_INPUT);
}

static void segregation_at_the_edges(void **state)
{
    const double apart[] = { 5, 0, 0, 7, 0, 0 }, even[] = { 1, 2, 10, 20 }, empty[] = { 1, 0, 2, 0 };
    struct segregation result;
    (void)state;
    assert_int_equal(segregation_of(&arena, apart, 3, 2, &result, NULL), STATUS_OK);
    assert_true(result.units == 2 && near(result.dissimilarity, 1, 1e-14) && near(result.information, 1, 1e-14));
    assert_true(near(result.groups[0].gini, 1, 1e-14) && near(segregation_dissimilarity(apart, 3, 2, 0, 1), 1, 1e-14));
    assert_int_equal(segregation_of(&arena, even, 2, 2, &result, NULL), STATUS_OK);
    assert_true(fabs(result.dissimilarity) < 1e-14 && fabs(result.groups[1].gini) < 1e-14);
    assert_true(near(segregation_exposure(even, 2, 2, 0, 1), 2.0 / 3, 1e-14));
    assert_int_equal(segregation_of(&arena, empty, 2, 2, &result, NULL), STATUS_DENIED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranks_share_places),       cmocka_unit_test(groups_are_checked),
        cmocka_unit_test(large_offset),             cmocka_unit_test(means_need_variance),
        cmocka_unit_test(separated_groups),         cmocka_unit_test(pairs_without_differences),
        cmocka_unit_test(noise_breaks_no_ties),
        cmocka_unit_test(adjusted_p),               cmocka_unit_test(whole_population_has_no_error),
        cmocka_unit_test(funnels),                  cmocka_unit_test(diversity_at_the_edges),
        cmocka_unit_test(segregation_at_the_edges),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
