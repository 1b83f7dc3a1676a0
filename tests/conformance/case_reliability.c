/* Item analysis: alpha, Guttman's bounds, split halves. */
#include <stdio.h>

#include "analysis/stat_consistency.h"
#include "analysis/stat_matrix.h"
#include "conformance.h"

bool case_cronbach_alpha(const struct problem *problem, json_t *values)
{
    size_t items = 0, persons = 0;
    const char **names = variable_list(problem, "items", &items);
    double *answers = complete_values(problem, names, items, &persons);
    struct consistency scale;
    if (consistency_compute(problem->arena, answers, persons, items, &scale, NULL) != STATUS_OK)
        return false;
    put(values, "n", (double)persons);
    put(values, "k", (double)items);
    put(values, "alpha", scale.alpha);
    put(values, "alpha_standardized", scale.standardised);
    put(values, "mean_inter_item_r", scale.mean_r);
    static const int confidences[] = { 80, 90, 95, 98, 99 };
    for (size_t i = 0; i < COUNT(confidences); i++) {
        char key[32];
        struct range range = alpha_feldt(scale.alpha, (double)persons, items, confidences[i] / 100.0);
        snprintf(key, sizeof key, "feldt_ci%d", confidences[i]);
        put_pair(values, key, range.low, range.high);
    }
    put(values, "sem", scale.error_sd);
    put(values, "scale_mean", scale.mean);
    put(values, "scale_sd", scale.sd);
    json_t *list = put_object(values, "items");
    for (size_t i = 0; i < items; i++) {
        json_t *item = put_object(list, names[i]);
        put(item, "mean", scale.item[i].mean);
        put(item, "sd", scale.item[i].sd);
        put(item, "item_total_r", scale.item[i].total_r);
        put(item, "item_rest_r_corrected", scale.item[i].rest_r);
        put(item, "smc", scale.item[i].smc);
        put(item, "alpha_if_deleted", scale.item[i].alpha_without);
        put(item, "alpha_std_if_deleted", scale.item[i].standardised_without);
        put(item, "scale_mean_if_deleted", scale.item[i].rest_mean);
        put(item, "scale_variance_if_deleted", scale.item[i].rest_variance);
    }
    return true;
}

bool case_cronbach_alpha_pairwise(const struct problem *problem, json_t *values)
{
    size_t items = 0;
    const char **names = variable_list(problem, "items", &items);
    double *answers = gapped_values(problem, names, items);
    double *covariance = ARENA_NEW(problem->arena, double, items *items);
    double *correlation = ARENA_NEW(problem->arena, double, items *items);
    double *count = ARENA_NEW(problem->arena, double, items *items);
    struct guttman bounds;
    pairwise_of(answers, problem->row_count, items, covariance, correlation, count);
    if (guttman_lambda(problem->arena, correlation, items, &bounds, NULL) != STATUS_OK)
        return false;
    double least = (double)INFINITY, most = 0;
    for (size_t i = 0; i < items * items; i++) {
        least = fmin(least, count[i]);
        most = fmax(most, count[i]);
    }
    put(values, "alpha", alpha_of(covariance, items, items));
    put(values, "alpha_standardized", alpha_standardised(correlation, items, items));
    put(values, "pairwise_n_min", least);
    put(values, "pairwise_n_max", most);
    put(values, "guttman_lambda6_std", bounds.lambda6);
    return true;
}

static bool put_bounds(const struct problem *problem, json_t *object, const double matrix[], size_t items)
{
    struct guttman bounds;
    if (guttman_lambda(problem->arena, matrix, items, &bounds, NULL) != STATUS_OK)
        return false;
    put(object, "lambda1", bounds.lambda1);
    put(object, "lambda2", bounds.lambda2);
    put(object, "lambda3", bounds.lambda3);
    put(object, "lambda5", bounds.lambda5);
    put(object, "lambda6", bounds.lambda6);
    return true;
}

bool case_guttman_lambda(const struct problem *problem, json_t *values)
{
    size_t items = 0, persons = 0;
    const char **names = variable_list(problem, "items", &items);
    double *answers = complete_values(problem, names, items, &persons);
    double *covariance = ARENA_NEW(problem->arena, double, items *items);
    double *correlation = ARENA_NEW(problem->arena, double, items *items);
    covariance_of(answers, persons, items, covariance);
    correlation_from(covariance, items, correlation);
    put(values, "n", (double)persons);
    return put_bounds(problem, put_object(values, "correlation_matrix"), correlation, items) &&
           put_bounds(problem, put_object(values, "covariance_matrix"), covariance, items);
}

static bool put_halves(const struct problem *problem, json_t *object, const double covariance[],
                       const char *const names[], size_t items, bool odd)
{
    struct split_half split;
    bool *first = ARENA_NEW(problem->arena, bool, items);
    json_t *lists[2] = { json_array(), json_array() };
    for (size_t i = 0; i < items; i++) {
        first[i] = odd ? i % 2 == 0 : i < (items + 1) / 2;
        json_array_append_new(lists[first[i] ? 0 : 1], json_string(names[i]));
    }
    json_object_set_new(object, "first", lists[0]);
    json_object_set_new(object, "second", lists[1]);
    if (split_half(problem->arena, covariance, items, first, &split, NULL) != STATUS_OK)
        return false;
    put(object, "r_between_halves", split.r);
    put(object, "spearman_brown_equal", split.spearman_brown);
    put(object, "spearman_brown_unequal_horst", split.horst);
    put(object, "guttman_split_half", split.guttman);
    put(object, "alpha_first", split.alpha_first);
    put(object, "alpha_second", split.alpha_second);
    return true;
}

bool case_split_half(const struct problem *problem, json_t *values)
{
    size_t items = 0, persons = 0;
    const char **names = variable_list(problem, "items", &items);
    double *answers = complete_values(problem, names, items, &persons);
    double *covariance = ARENA_NEW(problem->arena, double, items *items);
    covariance_of(answers, persons, items, covariance);
    put(values, "n", (double)persons);
    return put_halves(problem, put_object(values, "first_vs_second_half"), covariance, names, items, false) &&
           put_halves(problem, put_object(values, "odd_even"), covariance, names, items, true);
}
