/* Tables of counts: chi-square, exact tests, strata, trend, rates. */
#include "crosstab.h"

#include <stdlib.h>

#include "analysis/stat_chi_square.h"
#include "analysis/stat_fisher.h"
#include "analysis/stat_impact.h"
#include "analysis/stat_paired.h"
#include "analysis/stat_stratified.h"
#include "analysis/stat_trend.h"

static void put_exact(json_t *object, struct exact exact)
{
    put(object, "or_conditional_mle", exact.odds.value);
    put_range(object, "or_ci95", exact.odds);
    put(object, "p_two_sided", exact.p_two_sided);
    put(object, "p_less", exact.p_less);
    put(object, "p_greater", exact.p_greater);
    put(object, "mid_p_two_sided", exact.mid_p);
    put(object, "prob_observed", exact.p_observed);
}

bool case_chi_square(const struct problem *problem, json_t *values)
{
    struct chi_square result;
    struct fail fail = { 0 };
    const struct crosstab *table = crosstab_read(problem);
    if (table == NULL)
        return false;
    if (chi_square_test(problem->arena, &table->counts, 0.95, &result, &fail) != STATUS_OK)
        return refused(problem, &fail);
    put(values, "n", table->counts.total);
    put_matrix(values, "table", table, table->cells);
    put_matrix(values, "expected", table, table->counts.expected);
    put(values, "min_expected", result.min_expected);
    put(values, "share_expected_below_5", result.small_share);
    put(values, "chisq", result.statistic);
    put(values, "df", result.degrees);
    put(values, "p", result.p);
    put(values, "g2_likelihood_ratio", result.likelihood_ratio);
    put(values, "g2_p", result.likelihood_p);
    put_matrix(values, "std_residuals_adjusted", table, result.adjusted);
    put_matrix(values, "pearson_residuals", table, result.pearson);
    put(values, "cramers_v", result.cramers_v.value);
    put(values, "cramers_v_bias_corrected", result.cramers_v_corrected);
    put_range(values, "cramers_v_ci95_noncentral", result.cramers_v);
    put(values, "contingency_coefficient", result.contingency);
    put(values, "tschuprow_t", result.tschuprow);
    put(values, "linear_by_linear_M2", result.linear);
    put(values, "linear_by_linear_p", result.linear_p);
    json_t *yates = put_object(values, "yates");
    put(yates, "chisq", result.yates);
    put(yates, "p", result.yates_p);
    put(values, "phi_signed", result.phi);
    return true;
}

bool case_fisher_exact_2x2(const struct problem *problem, json_t *values)
{
    struct exact exact;
    struct fail fail = { 0 };
    const struct crosstab *table = crosstab_read(problem);
    if (table == NULL)
        return false;
    if (fisher_test(problem->arena, &table->counts, 0.95, &exact, &fail) != STATUS_OK)
        return refused(problem, &fail);
    const struct odds_ratio odds = odds_ratio_of(table->cells, 0.95);
    put_matrix(values, "table", table, table->cells);
    put_exact(put_object(values, "fisher"), exact);
    put(values, "odds_ratio_sample", odds.sample.value);
    put_range(values, "odds_ratio_wald_ci95", odds.sample);
    put(values, "log_or_se", odds.log_error);
    put(values, "odds_ratio_haldane_anscombe", odds.haldane.value);
    put_range(values, "odds_ratio_haldane_ci95", odds.haldane);
    put(values, "yule_q", odds.yule_q);
    return true;
}

bool case_fisher_exact_rxc(const struct problem *problem, json_t *values)
{
    double p = 0;
    struct fail fail = { 0 };
    const struct crosstab *table = crosstab_read(problem);
    if (table == NULL)
        return false;
    if (fisher_freeman_halton(problem->arena, &table->counts, &p, &fail) != STATUS_OK)
        return refused(problem, &fail);
    put_matrix(values, "table", table, table->cells);
    put(values, "p", p);
    return true;
}

static void put_heterogeneity(json_t *object, const char *key, struct heterogeneity found)
{
    json_t *part = put_object(object, key);
    put(part, "chisq", found.statistic);
    put(part, "df", found.degrees);
    put(part, "p", found.p);
}

bool case_cmh(const struct problem *problem, json_t *values)
{
    size_t strata = 0;
    struct stratified result;
    struct fail fail = { 0 };
    const char **names = option_list(problem, "stratum_levels", &strata);
    if (names == NULL)
        names = levels_of(problem, variable(problem, "stratum"), problem->rows, problem->row_count, &strata);
    double *cells = ARENA_NEW(problem->arena, double, 4 * strata + 1);
    for (size_t k = 0; k < strata; k++) {
        const struct crosstab *table = crosstab_cells(problem, names[k]);
        for (size_t i = 0; i < 4 && table->rows == 2 && table->columns == 2; i++)
            cells[4 * k + i] = table->cells[i];
    }
    if (stratified_test(problem->arena, cells, strata, 0.95, &result, &fail) != STATUS_OK)
        return refused(problem, &fail);
    put(values, "chisq_no_cc", result.statistic);
    put(values, "p_no_cc", result.p);
    put(values, "chisq_cc", result.corrected);
    put(values, "p_cc", result.corrected_p);
    put(values, "common_or_mantel_haenszel", result.odds.value);
    put_range(values, "common_or_ci95_rbg", result.odds);
    put(values, "exact_p", result.exact.p_two_sided);
    put(values, "exact_conditional_or", result.exact.odds.value);
    put_range(values, "exact_or_ci95", result.exact.odds);
    json_t *each = put_object(values, "stratum_or");
    for (size_t k = 0; k < strata; k++)
        put(each, names[k], result.odds_ratios[k]);
    put_heterogeneity(values, "woolf_homogeneity", result.woolf);
    put_heterogeneity(values, "breslow_day", result.breslow_day);
    put_heterogeneity(values, "breslow_day_tarone", result.tarone);
    put(values, "crude_or", result.crude);
    return true;
}

bool case_cochran_armitage(const struct problem *problem, json_t *values)
{
    struct share_trend trend;
    struct fail fail = { 0 };
    const struct crosstab *table = crosstab_read(problem);
    const json_t *given = json_object_get(problem->options, "scores");
    if (table == NULL)
        return false;
    double *scores = ARENA_NEW(problem->arena, double, table->rows + 1);
    for (size_t i = 0; i < table->rows; i++)
        scores[i] = json_number_value(json_array_get(given, i));
    if (share_trend_test(&table->counts, given == NULL ? NULL : scores, &trend, &fail) != STATUS_OK)
        return refused(problem, &fail);
    put_matrix(values, "table", table, table->cells);
    put(values, "z", trend.z);
    put(values, "chisq", trend.statistic);
    put(values, "p_two_sided", trend.p);
    put(values, "mantel_haenszel_z_N_minus_1", trend.z_less_one);
    put(values, "mh_chisq", trend.mantel);
    put(values, "slope_linear_probability", trend.slope);
    put(values, "departure_chisq", trend.departure);
    put(values, "departure_df", trend.departure_degrees);
    return true;
}

bool case_mcnemar(const struct problem *problem, json_t *values)
{
    struct mcnemar result;
    struct fail fail = { 0 };
    const char *names[] = { variable(problem, "x"), variable(problem, "y") };
    const double cut = option_number(problem, "cut", 0);
    double table[4] = { 0 };
    size_t n = 0;
    const double *pairs = complete_values(problem, names, 2, &n);
    for (size_t i = 0; i < n; i++)
        table[(pairs[2 * i] >= cut ? 0 : 2) + (pairs[2 * i + 1] >= cut ? 0 : 1)]++;
    if (mcnemar_test(table, &result, &fail) != STATUS_OK)
        return refused(problem, &fail);
    json_t *lines = json_array();
    for (size_t i = 0; i < 4; i += 2)
        json_array_append_new(lines, json_pack("[f, f]", result.table[i], result.table[i + 1]));
    json_object_set_new(values, "table", lines);
    put(values, "chisq", result.statistic);
    put(values, "p", result.p);
    put(values, "chisq_cc", result.corrected);
    put(values, "p_cc", result.corrected_p);
    put(values, "p_exact", result.p_exact);
    put(values, "p_mid", result.p_mid);
    put(values, "difference", result.difference);
    put(values, "or_conditional", result.odds_ratio);
    put(values, "kappa", result.kappa);
    return true;
}
