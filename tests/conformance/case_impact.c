/* Rates of two groups: selection and representation. */
#include "crosstab.h"

#include "analysis/stat_impact.h"

bool case_adverse_impact(const struct problem *problem, json_t *values)
{
    struct impact result;
    struct fail fail = { 0 };
    const struct crosstab *table = crosstab_read(problem);
    if (table == NULL)
        return false;
    const double *first = table->cells;
    const double *second = table->cells + table->columns;
    const double *totals = table->counts.row_totals;
    if (impact_test(problem->arena, first[0], totals[0], second[0], totals[1], 0.95, &result, &fail) != STATUS_OK)
        return refused(problem, &fail);
    json_object_set_new(values, "focal", json_pack("[s]", table->row_names[0]));
    json_object_set_new(values, "reference", json_pack("[s]", table->row_names[1]));
    json_object_set_new(values, "favourable", json_pack("[s]", table->column_names[0]));
    put(values, "selected_focal", first[0]);
    put(values, "n_focal", totals[0]);
    put(values, "selected_reference", second[0]);
    put(values, "n_reference", totals[1]);
    put(values, "rate_focal", result.rate_focal);
    put(values, "rate_reference", result.rate_reference);
    put(values, "impact_ratio", result.ratio);
    put_bool(values, "four_fifths_violated", result.four_fifths_violated);
    put_range(values, "ratio_ci95_log_katz", result.katz);
    put_range(values, "ratio_ci95_score_koopman", result.koopman);
    put(values, "rate_difference", result.wald.value);
    put_range(values, "rate_difference_ci95_newcombe", result.newcombe);
    put_range(values, "rate_difference_ci95_wald", result.wald);
    put(values, "z_two_sd", result.z);
    put(values, "p_z_two_sided", result.z_p);
    put(values, "z_ir_morris_lobsenz", result.z_ratio);
    put(values, "p_z_ir", result.z_ratio_p);
    put(values, "fisher_exact_p_two_sided", result.exact.p_two_sided);
    put(values, "fisher_p_less", result.exact.p_less);
    put(values, "fisher_mid_p_two_sided", result.exact.mid_p);
    put(values, "cohens_h", result.cohens_h);
    put(values, "shortfall_to_parity", result.shortfall_parity);
    put(values, "shortfall_to_four_fifths", result.shortfall_four_fifths);
    /* With pooled columns the reference names the number after the focal group. */
    json_t *odds = table->columns > 2 ? put_object(values, "odds_ratio") : values;
    put(odds, table->columns > 2 ? table->row_names[0] : "odds_ratio", result.odds_ratio);
    return true;
}

bool case_representation_ratio(const struct problem *problem, json_t *values)
{
    const char *focal = json_string_value(json_object_get(problem->options, "focal"));
    size_t leader_count = 0;
    const char **leaders = option_list(problem, "leadership", &leader_count);
    const char *count = variable(problem, "count");
    const size_t group = column_of(problem, variable(problem, "group"));
    const size_t level = column_of(problem, variable(problem, "level"));
    double workforce = 0, workforce_focal = 0, leading = 0, leading_focal = 0;
    struct representation result;
    struct fail fail = { 0 };
    for (size_t i = 0; i < problem->row_count; i++) {
        const size_t row = problem->rows[i];
        const double weight = count == NULL ? 1 : number_at(problem, row, column_of(problem, count));
        const char *own = text_at(problem, row, group);
        const char *rank = text_at(problem, row, level);
        if (*own == '\0' || *rank == '\0' || isnan(weight))
            continue;
        const bool is_focal = position_of(&focal, 1, own) == 0;
        const bool leads = position_of(leaders, leader_count, rank) < leader_count;
        workforce += weight;
        workforce_focal += is_focal ? weight : 0;
        leading += leads ? weight : 0;
        leading_focal += leads && is_focal ? weight : 0;
    }
    if (representation_test(problem->arena, workforce, workforce_focal, leading, leading_focal, 0.95, &result, &fail) !=
        STATUS_OK)
        return refused(problem, &fail);
    put(values, "N_workforce", result.workforce);
    put(values, "K_focal_workforce", result.workforce_focal);
    put(values, "n_leadership", result.leaders);
    put(values, "k_focal_leadership", result.leaders_focal);
    put(values, "share_leadership", result.share_leaders);
    put(values, "share_workforce", result.share_workforce);
    put(values, "representation_ratio", result.ratio);
    put_range(values, "ci95_fixed_benchmark_wilson", result.wilson);
    put_range(values, "ci95_fixed_benchmark_clopper_pearson", result.clopper_pearson);
    put_range(values, "ci95_log_fpc", result.log_finite);
    put(values, "rate_ratio_leadership_vs_other", result.rate_ratio.value);
    put_range(values, "rate_ratio_ci95_katz", result.rate_ratio);
    put(values, "expected_count", result.expected);
    put(values, "shortfall", result.shortfall);
    put(values, "hypergeometric_p_two_sided", result.hypergeometric_p);
    put(values, "hypergeometric_p_lower", result.hypergeometric_p_lower);
    put(values, "log_disparity_index", result.log_ratio);
    put(values, "parity_odds_ratio", result.odds_ratio);
    return true;
}
