/* Pay gap and its decomposition. */
#include <stdio.h>

#include "analysis/stat_pay.h"
#include "conformance.h"
#include "model.h"

static void put_groups(json_t *values, const char *key, const char **groups, const double numbers[2])
{
    json_t *object = put_object(values, key);
    put(object, groups[0], numbers[0]);
    put(object, groups[1], numbers[1]);
}

static void put_gap(const struct problem *problem, const struct model *model, const struct pay_gap *gap,
                    const char **groups, json_t *values)
{
    put_groups(values, "n", groups, gap->n);
    put_groups(values, "mean", groups, gap->mean);
    put_groups(values, "median", groups, gap->median);
    put(values, "gap_mean_unadjusted", gap->gap.value);
    put(values, "gap_se_delta", gap->gap_se);
    put_pair(values, "gap_ci95", gap->gap.low, gap->gap.high);
    put(values, "gap_median_unadjusted", gap->gap_median);
    put(values, "log_gap_total", gap->log_total);
    json_t *twofold = put_object(values, "oaxaca_twofold_reference_A");
    put(twofold, "explained", gap->explained);
    put(twofold, "unexplained", gap->unexplained);
    put(twofold, "explained_se", gap->explained_se);
    put(twofold, "unexplained_se", gap->unexplained_se);
    json_t *terms = put_object(twofold, "explained_by_term");
    for (size_t k = 0; k < model->design.columns; k++)
        put(terms, model_column(problem, model, k), gap->explained_by[k]);
    json_t *threefold = put_object(values, "oaxaca_threefold");
    put(threefold, "endowments", gap->endowments);
    put(threefold, "coefficients", gap->coefficients);
    put(threefold, "interaction", gap->interaction);
    json_t *pooled = put_object(values, "oaxaca_pooled_neumark");
    put(pooled, "explained", gap->pooled_explained);
    put(pooled, "unexplained", gap->pooled_unexplained);
}

bool case_pay_gap_oaxaca(const struct problem *problem, json_t *values)
{
    struct model model;
    struct pay_gap gap;
    struct fail fail = { 0 };
    size_t group_count = 0;
    const char **groups = option_list(problem, "group_order", &group_count);
    const char *group = variable(problem, "group");
    if (groups == NULL || group_count != 2 ||
        !model_read_outcome(problem, group, groups, group_count, variable(problem, "y"), &model))
        return false;
    double *pay = model_numbers(problem, &model, variable(problem, "y"));
    bool *in_b = ARENA_NEW(problem->arena, bool, model.rows);
    for (size_t i = 0; i < model.rows; i++)
        in_b[i] = same_text(text_at(problem, model.row[i], column_of(problem, group)), groups[1]);
    if (pay_gap_compute(problem->arena, &model.design, pay, in_b, 0.95, &gap, &fail) != STATUS_OK) {
        fprintf(stderr, "%s: %s\n", problem->id, fail.what);
        return false;
    }
    put_gap(problem, &model, &gap, groups, values);
    return true;
}
