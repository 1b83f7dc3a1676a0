/* Tables of counts: known values, and what has no answer. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analysis/stat_chi_square.h"
#include "analysis/stat_fisher.h"
#include "analysis/stat_impact.h"
#include "analysis/stat_paired.h"
#include "analysis/stat_stratified.h"
#include "analysis/stat_trend.h"

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

static struct counts table(const double cells[], size_t rows, size_t columns)
{
    struct counts counts;
    assert_int_equal(counts_make(&arena, cells, rows, columns, &counts, NULL), STATUS_OK);
    return counts;
}

static void counts_are_checked(void **state)
{
    struct counts counts;
    const double nobody[4] = { 0 }, negative[] = { 1, 2, -1, 3 }, infinite[] = { 1, (double)INFINITY, 1, 1 };
    (void)state;
    assert_int_equal(counts_make(&arena, nobody, 2, 2, &counts, NULL), STATUS_DENIED);
    assert_int_equal(counts_make(&arena, negative, 2, 2, &counts, NULL), STATUS_INPUT);
    assert_int_equal(counts_make(&arena, infinite, 2, 2, &counts, NULL), STATUS_INPUT);
    assert_int_equal(counts_make(&arena, negative, 1, 2, &counts, NULL), STATUS_INPUT);
}

static void chi_square_refuses_empty_margins(void **state)
{
    const double cells[] = { 1, 0, 2, 0 };
    struct chi_square result;
    const struct counts counts = table(cells, 2, 2);
    (void)state;
    assert_int_equal(chi_square_test(&arena, &counts, 0.95, &result, NULL), STATUS_DENIED);
    assert_int_equal(chi_square_test(&arena, &counts, 1, &result, NULL), STATUS_INPUT);
}

static void independent_table_has_no_association(void **state)
{
    const double cells[] = { 1e9, 2e9, 2e9, 4e9 };
    const struct counts counts = table(cells, 2, 2);
    struct chi_square result;
    (void)state;
    assert_int_equal(chi_square_test(&arena, &counts, 0.9, &result, NULL), STATUS_OK);
    assert_true(result.statistic < 1e-9 && result.p > 0.9999 && result.cramers_v.low < 1e-12);
    assert_true(fabs(result.yates) < 1e-9 && fabs(result.phi) < 1e-9);
}

/* Fisher's lady: 3 of 4 cups right on each side. P = 34/70 two-sided, 17/70 one-sided; 16/70 the observed table. */
static void ladys_tea(void **state)
{
    const double cells[] = { 3, 1, 1, 3 };
    struct counts counts = table(cells, 2, 2);
    struct exact exact;
    double p = 0;
    (void)state;
    assert_int_equal(fisher_test(&arena, &counts, 0.95, &exact, NULL), STATUS_OK);
    assert_true(near(exact.p_two_sided, 34.0 / 70, 1e-14) && near(exact.p_greater, 17.0 / 70, 1e-14));
    assert_true(near(exact.p_observed, 16.0 / 70, 1e-14) && near(exact.mid_p, 26.0 / 70, 1e-14));
    assert_int_equal(fisher_freeman_halton(&arena, &counts, &p, NULL), STATUS_OK);
    assert_true(near(p, 34.0 / 70, 1e-12));
}

/* Odds ratio and ratio of rates by mid-p: R 4.2, uniroot over P(S > s) + P(S = s)/2 of the tilted dhyper. */
static void mid_p_ranges(void **state)
{
    static const struct {
        double counts[4], odds_low, odds_high, low, high;
    } rows[] = {
        { { 36, 400, 140, 1100 }, 0.456372482966, 0.990434612525, 0.492514200487, 0.991544375818 },
        { { 16, 160, 48, 340 }, 0.362107054028, 1.218179087718, 0.402124107884, 1.187319579251 },
        { { 12, 20, 30, 45 }, 0.249744373982, 2.320995927330, 0.560372361946, 1.307924977792 },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const double *c = rows[i].counts;
        struct impact found;
        assert_int_equal(impact_test(&arena, c[0], c[1], c[2], c[3], 0.95, &found, NULL), STATUS_OK);
        assert_true(near(found.exact.odds_mid.low, rows[i].odds_low, 1e-10));
        assert_true(near(found.exact.odds_mid.high, rows[i].odds_high, 1e-10));
        assert_true(near(found.mid_p.low, rows[i].low, 1e-10) && near(found.mid_p.high, rows[i].high, 1e-10));
        assert_true(found.exact.odds.low < found.exact.odds_mid.low && found.exact.odds_mid.high < found.exact.odds.high);
    }
    struct impact open; /* nobody of the group was taken */
    assert_int_equal(impact_test(&arena, 0, 20, 9, 20, 0.95, &open, NULL), STATUS_OK);
    assert_true(open.mid_p.low <= 0 && open.mid_p.high > 0 && open.mid_p.high < 1);
}

static void empty_cells_give_open_ranges(void **state)
{
    const double cells[] = { 5, 0, 0, 5 }, one_way[] = { 0, 3, 0, 4 }, half[] = { 0.5, 1, 1, 1 };
    struct counts counts = table(cells, 2, 2);
    struct exact exact;
    (void)state;
    assert_int_equal(fisher_test(&arena, &counts, 0.95, &exact, NULL), STATUS_OK);
    assert_true(isinf(exact.odds.value) && isinf(exact.odds.high) && exact.odds.low > 1);
    counts = table(one_way, 2, 2); /* the margins leave one table only */
    assert_int_equal(fisher_test(&arena, &counts, 0.95, &exact, NULL), STATUS_OK);
    assert_true(isnan(exact.odds.value) && near(exact.p_two_sided, 1, 1e-15));
    counts = table(half, 2, 2);
    assert_int_equal(fisher_test(&arena, &counts, 0.95, &exact, NULL), STATUS_INPUT);
}

/* A diagonal of twos in 3 × 3, a wide one, and one that is too large. */
static void freeman_halton_by_hand(void **state)
{
    const double diagonal[] = { 2, 0, 0, 0, 2, 0, 0, 0, 2 };
    const double wide[] = { 300, 0, 200, 100, 50, 0, 20, 5, 0 };
    double p = 0;
    struct counts counts = table(diagonal, 3, 3);
    (void)state;
    /* 6!/(2!2!2!) = 90 ways to deal six people to three places of two; 6 of them keep all pairs together: 6/90. */
    assert_int_equal(fisher_freeman_halton(&arena, &counts, &p, NULL), STATUS_OK);
    assert_true(near(p, 6.0 / 90, 1e-12));
    counts = table(wide, 3, 3);
    assert_int_equal(fisher_freeman_halton(&arena, &counts, &p, NULL), STATUS_OK);
    assert_true(p > 0 && p < 1e-3);
    const double huge[] = { 1e9, 1e9, 1e9, 1e9, 1e9, 1e9, 1e9, 1e9, 1e9 };
    counts = table(huge, 3, 3);
    assert_int_equal(fisher_freeman_halton(&arena, &counts, &p, NULL), STATUS_LIMIT);
}

/* Admissions to Berkeley by department; the lower limit of the exact range makes the upper tail 0.025: summed with whole
 * numbers (big integers), the tail at 0.76973035852583 is 0.025 to 13 digits. */
static void exact_odds_over_strata(void **state)
{
    const double cells[] = { 512, 313, 89, 19,  353, 207, 17, 8,   120, 205, 202, 391,
                             138, 279, 131, 244, 53,  138, 94, 299, 22,  351, 24,  317 };
    struct stratified result;
    (void)state;
    assert_int_equal(stratified_test(&arena, cells, 6, 0.95, &result, NULL), STATUS_OK);
    assert_true(near(result.exact.odds.low, 0.76973035852583027, 1e-11));
    assert_int_equal(stratified_test(&arena, cells, 0, 0.95, &result, NULL), STATUS_INPUT);
    const double empty[] = { 0, 3, 0, 4 };
    assert_int_equal(stratified_test(&arena, empty, 1, 0.95, &result, NULL), STATUS_DENIED);
}

static void same_odds_are_homogeneous(void **state)
{
    const double cells[] = { 4, 2, 2, 1, 8, 4, 4, 2, 1, 0, 0, 0 }; /* the last stratum is one person: no information */
    struct stratified result;
    (void)state;
    assert_int_equal(stratified_test(&arena, cells, 3, 0.95, &result, NULL), STATUS_OK);
    assert_true(near(result.odds.value, 1, 1e-14) && fabs(result.breslow_day.statistic) < 1e-12);
    assert_true(near(result.breslow_day.degrees, 1, 0));
}

static void trend_needs_variation(void **state)
{
    const double nobody[] = { 0, 3, 0, 4, 0, 5 }, some[] = { 1, 9, 5, 5, 9, 1 };
    const double same[] = { 2, 2, 2 };
    struct share_trend trend;
    struct counts counts = table(nobody, 3, 2);
    (void)state;
    assert_int_equal(share_trend_test(&counts, NULL, &trend, NULL), STATUS_DENIED);
    counts = table(some, 3, 2);
    assert_int_equal(share_trend_test(&counts, same, &trend, NULL), STATUS_DENIED);
    assert_int_equal(share_trend_test(&counts, NULL, &trend, NULL), STATUS_OK);
    assert_true(near(trend.slope, 0.4, 1e-14) && fabs(trend.departure) < 1e-12);
}

static void ordered_groups(void **state)
{
    const double values[] = { 1, 2, 3, 4, 5, 6 }, equal[] = { 7, 7, 7, 7, 7, 7 };
    const size_t group[] = { 0, 0, 1, 1, 2, 2 };
    struct rank_trend trend;
    (void)state;
    assert_int_equal(rank_trend_test(&arena, values, group, 6, 3, &trend, NULL), STATUS_OK);
    assert_true(near(trend.statistic, 12, 0) && near(trend.mean, 6, 0));
    assert_int_equal(rank_trend_test(&arena, equal, group, 6, 3, &trend, NULL), STATUS_DENIED);
    assert_int_equal(rank_trend_test(&arena, values, group, 2, 3, &trend, NULL), STATUS_DENIED);
    assert_int_equal(rank_trend_test(&arena, values, group, 6, 2, &trend, NULL), STATUS_INPUT);
}

static void selection_without_hits(void **state)
{
    struct impact impact;
    (void)state;
    assert_int_equal(impact_test(&arena, 0, 10, 5, 10, 0.95, &impact, NULL), STATUS_OK);
    assert_true(impact.four_fifths_violated && near(impact.koopman.low + 1, 1, 0) && impact.koopman.high < 1);
    assert_int_equal(impact_test(&arena, 5, 10, 0, 10, 0.95, &impact, NULL), STATUS_OK);
    assert_true(isinf(impact.koopman.high) && impact.koopman.low > 1);
    assert_int_equal(impact_test(&arena, 0, 10, 0, 10, 0.95, &impact, NULL), STATUS_DENIED);
    assert_int_equal(impact_test(&arena, 0, 0, 1, 10, 0.95, &impact, NULL), STATUS_DENIED);
    assert_int_equal(impact_test(&arena, 11, 10, 1, 10, 0.95, &impact, NULL), STATUS_INPUT);
}

static void representation_at_parity(void **state)
{
    struct representation result;
    (void)state;
    assert_int_equal(representation_test(&arena, 1000, 300, 100, 30, 0.95, &result, NULL), STATUS_OK);
    assert_true(near(result.ratio, 1, 1e-15) && near(result.odds_ratio, 1, 1e-15) && result.hypergeometric_p > 0.9);
    assert_int_equal(representation_test(&arena, 1000, 300, 0, 0, 0.95, &result, NULL), STATUS_DENIED);
    assert_int_equal(representation_test(&arena, 100, 30, 80, 5, 0.95, &result, NULL), STATUS_INPUT);
}

static void mcnemar_without_changes(void **state)
{
    const double same[] = { 5, 0, 0, 5 }, nobody[4] = { 0 }, changed[] = { 1, 6, 2, 1 };
    struct mcnemar result;
    (void)state;
    assert_int_equal(mcnemar_test(same, &result, NULL), STATUS_OK);
    assert_true(isnan(result.statistic) && near(result.p_exact, 1, 0) && near(result.kappa, 1, 1e-15));
    assert_int_equal(mcnemar_test(nobody, &result, NULL), STATUS_DENIED);
    assert_int_equal(mcnemar_test(changed, &result, NULL), STATUS_OK);
    assert_true(near(result.p_exact, 74.0 / 256, 1e-12)); /* 2 (1 + 8 + 28) / 2⁸ */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_are_checked),       cmocka_unit_test(chi_square_refuses_empty_margins),
        cmocka_unit_test(independent_table_has_no_association),
        cmocka_unit_test(ladys_tea), cmocka_unit_test(mid_p_ranges), cmocka_unit_test(empty_cells_give_open_ranges),
        cmocka_unit_test(mid_p_ranges),                cmocka_unit_test(empty_cells_give_open_ranges),
        cmocka_unit_test(freeman_halton_by_hand),   cmocka_unit_test(exact_odds_over_strata),
        cmocka_unit_test(same_odds_are_homogeneous), cmocka_unit_test(trend_needs_variation),
        cmocka_unit_test(ordered_groups),           cmocka_unit_test(selection_without_hits),
        cmocka_unit_test(representation_at_parity), cmocka_unit_test(mcnemar_without_changes),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
