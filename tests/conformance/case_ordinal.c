/* Proportional odds model. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/stat_ordinal.h"
#include "conformance.h"
#include "model.h"

/* Categories in the order of the case; those nobody chose are no categories. */
static size_t *categories_of(const struct problem *problem, const struct model *model, const char **levels,
                             size_t level_count, const char **used, size_t *used_count)
{
    size_t column = column_of(problem, variable(problem, "y"));
    size_t *category = ARENA_NEW(problem->arena, size_t, model->rows + 1);
    for (size_t level = 0; level < level_count; level++) {
        bool found = false;
        for (size_t i = 0; i < model->rows; i++)
            if (same_text(text_at(problem, model->row[i], column), levels[level])) {
                category[i] = *used_count;
                found = true;
            }
        if (found)
            used[(*used_count)++] = levels[level];
    }
    return category;
}

static void put_fit(const struct problem *problem, const struct model *model, const struct ordinal *fit,
                    const char **used, size_t cuts, json_t *values)
{
    json_t *list = put_object(values, "coefficients");
    json_t *matrix = put_object(values, "vcov_beta");
    for (size_t k = 1; k < fit->columns; k++) {
        const struct coefficient *one = &fit->coefficients[k];
        json_t *object = put_object(list, model_column(problem, model, k));
        put(object, "estimate", one->estimate);
        put(object, "se", one->se);
        put(object, "z", one->statistic);
        put(object, "p", one->p);
        put(object, "odds_ratio", exp(one->estimate));
        put_pair(object, "or_ci95_wald", exp(one->low), exp(one->high));
        json_t *row = put_object(matrix, model_column(problem, model, k));
        for (size_t l = 1; l < fit->columns; l++)
            put(row, model_column(problem, model, l), fit->covariance[k * fit->columns + l]);
    }
    json_t *thresholds = put_object(values, "thresholds");
    json_t *errors = put_object(values, "threshold_se");
    for (size_t c = 0; c < cuts; c++) {
        const char *name = arena_format(problem->arena, "%s|%s", used[c], used[c + 1]);
        put(thresholds, name, fit->threshold[c]);
        put(errors, name, fit->threshold_se[c]);
    }
    put(values, "n", fit->n);
    put(values, "loglik", fit->log_likelihood);
    put(values, "deviance", fit->deviance);
    put(values, "aic", fit->aic);
    put(values, "lr_chisq", fit->chi_square);
    put(values, "lr_df", fit->degrees);
    put(values, "max_gradient", fit->gradient);
}

bool case_proportional_odds(const struct problem *problem, json_t *values)
{
    struct model model;
    struct ordinal fit;
    struct fail fail = { 0 };
    size_t level_count = 0;
    const char *weight = variable(problem, "weight");
    const char **levels = option_list(problem, "y_levels", &level_count);
    const char **used = ARENA_NEW(problem->arena, const char *, level_count + 1);
    size_t used_count = 0;
    if (levels == NULL || !model_read_outcome(problem, variable(problem, "y"), levels, level_count, NULL, &model))
        return false;
    struct ordinal_data data = { .design = &model.design,
                                 .weight = weight == NULL ? NULL : model_numbers(problem, &model, weight) };
    data.category = categories_of(problem, &model, levels, level_count, used, &used_count);
    data.category_count = used_count;
    if (ordinal_fit(problem->arena, &data, 0.95, &fit, &fail) != STATUS_OK) {
        fprintf(stderr, "%s: %s\n", problem->id, fail.what);
        return false;
    }
    put_fit(problem, &model, &fit, used, used_count - 1, values);
    json_t *tests = put_object(values, "proportional_odds_lr_tests");
    for (size_t term = 0; term < model.main_count; term++) {
        struct ordinal_test test;
        if (ordinal_test_term(problem->arena, &data, &fit, term, &test, NULL) != STATUS_OK)
            continue; /* no maximum: there is no test */
        json_t *object = put_object(tests, model.names[term]);
        put(object, "lrt", test.statistic);
        put(object, "df", test.degrees);
        put(object, "p", test.p);
    }
    return true;
}
