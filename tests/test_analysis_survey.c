/* Designed samples, calibration and the pay gap at the edges. Expected numbers are worked out by hand beside each test. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <gsl/gsl_errno.h>

#include "analysis/stat_calibrate.h"
#include "analysis/stat_pay.h"
#include "analysis/stat_survey.h"

static void close_to(double found, double wanted, double tolerance)
{
    if (!(fabs(found - wanted) <= tolerance * fmax(1e-6, fabs(wanted))))
        fail_msg("found %.17g, expected %.17g", found, wanted);
}

static const double weights[8] = { 5, 5, 5, 5, 5, 5, 5, 5 };

/* Two of N = 10 clusters with 2 of M = 4 rows each; y = 1, 3 and 6, 8; weight 10. Totals of clusters 40 and 140.
 * Stage 1: (1 − 2/10) · 2 · s² of the totals = 0.8 · 2 · 5000 = 8000.
 * Stage 2: each (1 − 2/4) · 2 · s² of (10, 30) and (60, 80) = 0.5 · 2 · 200 = 200; times 2/10, two of them: 80. */
static void check_two_stages(void **state)
{
    (void)state;
    static const double weight[4] = { 10, 10, 10, 10 };
    static const double y[4] = { 6, 1, 8, 3 };
    static const size_t cluster[4] = { 1, 0, 1, 0 };
    static const double clusters[4] = { 10, 10, 10, 10 };
    static const double rows[4] = { 4, 4, 4, 4 };
    struct arena arena;
    struct survey_estimate estimate;
    struct survey_design design = { .rows = 4, .stage_count = 2, .weight = weight,
                                    .stages = { { cluster, clusters }, { NULL, rows } } };
    arena_init(&arena, 1 << 20);
    assert_int_equal(survey_prepare(&arena, &design, NULL), STATUS_OK);
    assert_int_equal(survey_estimate(&arena, &design, y, NULL, 0.95, &estimate, NULL), STATUS_OK);
    close_to(estimate.total, 180, 1e-14);
    close_to(estimate.total_se, sqrt(8080), 1e-13);
    assert_true(design.degrees == 1);
    design.stages[0].population = NULL; /* infinite: the first stage alone */
    assert_int_equal(survey_prepare(&arena, &design, NULL), STATUS_OK);
    assert_int_equal(survey_estimate(&arena, &design, y, NULL, 0.95, &estimate, NULL), STATUS_OK);
    close_to(estimate.total_se, 100, 1e-13);
    arena_free(&arena);
}

/* The same data with 10⁹ added have the same errors of the mean; a domain without rows and one row; missing values. */
static void check_domains(void **state)
{
    (void)state;
    static const double near[8] = { 1, 4, 2, 8, 5, 7, (double)NAN, 3 };
    double far[8];
    bool none[8] = { false };
    bool one[8] = { false, false, true };
    struct arena arena;
    struct survey_estimate a;
    struct survey_estimate b;
    struct survey_design design = { .rows = 8, .stage_count = 1, .weight = weights };
    arena_init(&arena, 1 << 20);
    for (size_t i = 0; i < 8; i++)
        far[i] = near[i] + 1e9;
    assert_int_equal(survey_prepare(&arena, &design, NULL), STATUS_OK);
    assert_int_equal(survey_estimate(&arena, &design, near, NULL, 0.95, &a, NULL), STATUS_OK);
    assert_int_equal(survey_estimate(&arena, &design, far, NULL, 0.95, &b, NULL), STATUS_OK);
    close_to(b.mean.value - 1e9, a.mean.value, 1e-6);
    close_to(b.mean_se, a.mean_se, 1e-14);
    close_to(b.variance, a.variance, 1e-14);
    assert_true(a.n == 7 && design.degrees == 7);
    close_to(a.variance, 276.0 / 49 * 8 / 7, 1e-14); /* R survey 4.1 svyvar: 6.43731778, 8 rows sampled and 7 answered */
    assert_int_equal(survey_estimate(&arena, &design, near, none, 0.95, &a, NULL), STATUS_OK);
    assert_true(isnan(a.mean.value) && isnan(a.mean_se) && isnan(a.variance) && a.n == 0);
    assert_int_equal(survey_estimate(&arena, &design, near, one, 0.95, &a, NULL), STATUS_OK);
    assert_true(a.mean.value == 2 && a.mean_se == 0 && isnan(a.variance));
    arena_free(&arena);
}

static void check_refused(void **state)
{
    (void)state;
    static const size_t stratum[8] = { 0, 0, 0, 0, 0, 0, 0, 1 };
    static const size_t wild[8] = { 0, 0, 0, 0, 0, 0, 0, 99 };
    static const double small[8] = { 3, 3, 3, 3, 3, 3, 3, 3 };
    static const double all[8] = { 70, 70, 70, 70, 70, 70, 70, 1 };
    struct arena arena;
    struct fail fail = { 0 };
    struct survey_design design = { .rows = 8, .stage_count = 1, .weight = weights, .stratum = stratum };
    arena_init(&arena, 1 << 20);
    assert_int_equal(survey_prepare(&arena, &design, &fail), STATUS_DENIED);
    assert_non_null(strstr(fail.what, "row 8 has a single unit"));
    design.stages[0].population = all; /* the single unit is all there is */
    assert_int_equal(survey_prepare(&arena, &design, NULL), STATUS_OK);
    design.stages[0].population = small;
    assert_int_equal(survey_prepare(&arena, &design, NULL), STATUS_INPUT);
    design.stages[0].population = NULL;
    design.stratum = wild;
    assert_int_equal(survey_prepare(&arena, &design, NULL), STATUS_INPUT);
    design.rows = 0;
    assert_int_equal(survey_prepare(&arena, &design, NULL), STATUS_INPUT);
    arena_free(&arena);
}

/* Nobody and everybody said yes: no range on the logit scale. */
static void check_shares(void **state)
{
    (void)state;
    static const double no[8] = { 0 };
    struct arena arena;
    struct survey_share share;
    double quantile = 0;
    struct survey_design design = { .rows = 8, .stage_count = 1, .weight = weights };
    arena_init(&arena, 1 << 20);
    assert_int_equal(survey_prepare(&arena, &design, NULL), STATUS_OK);
    assert_int_equal(survey_share(&arena, &design, no, 0.95, &share, NULL), STATUS_OK);
    assert_true(share.logit.value == 0 && isnan(share.logit.low) && isnan(share.beta.high));
    static const double y[4] = { 4, 1, 3, 2 };
    static const double weight[4] = { 1, 1, 1, 1 };
    assert_int_equal(survey_quantile(&arena, y, weight, 4, 0.25, &quantile, NULL), STATUS_OK);
    assert_true(quantile == 1);
    assert_int_equal(survey_quantile(&arena, y, weight, 4, 0.26, &quantile, NULL), STATUS_OK);
    assert_true(quantile == 2);
    assert_int_equal(survey_quantile(&arena, y, weight, 0, 0.5, &quantile, NULL), STATUS_OK);
    assert_true(isnan(quantile));
    arena_free(&arena);
}

/* Post-stratification of 8 rows in cells of 3 and 5 to 30 and 20; totals nobody can reach. */
static void check_calibration(void **state)
{
    (void)state;
    static const size_t cell[8] = { 0, 0, 0, 1, 1, 1, 1, 1 };
    const struct design_term term = { .level = cell, .level_count = 3 };
    struct arena arena;
    struct design design;
    struct calibration calibration;
    double weight[8];
    arena_init(&arena, 1 << 20);
    assert_int_equal(design_build(&arena, 8, true, &term, 1, &design, NULL), STATUS_OK);
    assert_int_equal(calibration_make(&arena, &design, weights, &calibration, NULL), STATUS_OK);
    assert_int_equal(calibrate_linear(&calibration, (double[]){ 50, 20, 0 }, weight, NULL), STATUS_OK);
    close_to(weight[0], 10, 1e-14);
    close_to(weight[7], 4, 1e-14);
    double values[8] = { 1, 2, 3, 7, 7, 7, 7, 7 };
    calibration.survey.residuals(calibration.survey.state, values);
    close_to(values[0], -1, 1e-14);
    assert_true(fabs(values[7]) < 1e-14);
    struct fail fail = { 0 };
    assert_int_equal(calibrate_linear(&calibration, (double[]){ 50, 20, 5 }, weight, &fail), STATUS_DENIED);
    assert_non_null(strstr(fail.what, "column 3"));
    arena_free(&arena);
}

/* Two groups with the same pay by rank but other ranks: all of the gap is explained. Then the same ranks, 10 % less. */
static void check_pay(void **state)
{
    (void)state;
    struct arena arena;
    struct pay_gap gap;
    struct design design;
    size_t rank[24];
    bool in_b[24];
    double pay[24];
    arena_init(&arena, 4 << 20);
    for (int equal = 0; equal < 2; equal++) {
        for (size_t i = 0; i < 24; i++) {
            in_b[i] = i >= 12;
            rank[i] = equal ? i % 2 : (in_b[i] ? i % 4 == 0 : i % 4 != 0);
            pay[i] = (rank[i] == 1 ? 30 : 20) * exp((i / 2) % 2 == 0 ? 0.01 : -0.01) * (equal && in_b[i] ? 0.9 : 1);
        }
        const struct design_term term = { .level = rank, .level_count = 2 };
        assert_int_equal(design_build(&arena, 24, true, &term, 1, &design, NULL), STATUS_OK);
        assert_int_equal(pay_gap_compute(&arena, &design, pay, in_b, 0.95, &gap, NULL), STATUS_OK);
        close_to(gap.explained + gap.unexplained, gap.log_total, 1e-12);
        close_to(gap.endowments + gap.coefficients + gap.interaction, gap.log_total, 1e-12);
        close_to(gap.pooled_explained + gap.pooled_unexplained, gap.log_total, 1e-12);
        if (equal)
            assert_true(fabs(gap.explained) < 1e-12 && fabs(gap.unexplained + log(0.9)) < 1e-12 &&
                        fabs(gap.gap.value - 0.1) < 1e-12 && fabs(gap.gap_median - 0.1) < 1e-12);
        else
            assert_true(fabs(gap.unexplained) < 0.01 && gap.explained > 0.1);
    }
    pay[3] = 0;
    assert_int_equal(pay_gap_compute(&arena, &design, pay, in_b, 0.95, &gap, NULL), STATUS_INPUT);
    pay[3] = 20;
    for (size_t i = 0; i < 24; i++)
        in_b[i] = i == 23;
    assert_int_equal(pay_gap_compute(&arena, &design, pay, in_b, 0.95, &gap, NULL), STATUS_DENIED);
    for (size_t i = 0; i < 24; i++) { /* nobody of B has the higher rank: its coefficient is not known */
        in_b[i] = i >= 12;
        rank[i] = in_b[i] ? 0 : i % 2;
        pay[i] = 20 + (double)(i % 5);
    }
    const struct design_term term = { .level = rank, .level_count = 2 };
    assert_int_equal(design_build(&arena, 24, true, &term, 1, &design, NULL), STATUS_OK);
    assert_int_equal(pay_gap_compute(&arena, &design, pay, in_b, 0.95, &gap, NULL), STATUS_OK);
    assert_true(!isnan(gap.explained) && isnan(gap.unexplained) && isnan(gap.endowments));
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        { "two stages add up by hand", check_two_stages, NULL, NULL, NULL },
        { "offsets, missing values, empty domains", check_domains, NULL, NULL, NULL },
        { "single units, small populations, wild codes are refused", check_refused, NULL, NULL, NULL },
        { "shares of 0 and quantiles at a step", check_shares, NULL, NULL, NULL },
        { "calibration meets totals or says that it cannot", check_calibration, NULL, NULL, NULL },
        { "pay gap: all explained, nothing explained, unknown parts", check_pay, NULL, NULL, NULL },
    };
    gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
