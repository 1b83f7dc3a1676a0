/* Certified values of the NIST Statistical Reference Datasets: univariate, analysis of variance, linear regression. */
#include <stdio.h>
#include <string.h>

#include "analysis/stat_groups.h"
#include "analysis/stat_regression.h"
#include "conformance.h"
#include "model.h"

static bool univariate(const struct problem *problem, json_t *values)
{
    const char *name = variable(problem, "y");
    size_t n = 0;
    double *y = complete_values(problem, &name, 1, &n);
    struct moments moments = moments_of(y, n);
    put(values, "n", moments.n);
    put(values, "mean", moments.mean);
    put(values, "sd", moments.sd);
    put(values, "autocorr_lag1", moments.neighbours);
    return true;
}

static bool anova(const struct problem *problem, json_t *values)
{
    const char *names[] = { variable(problem, "y"), variable(problem, "group") };
    size_t n = 0;
    size_t groups = 0;
    struct grouped grouped;
    struct fail fail = { 0 };
    size_t *rows = complete_rows(problem, names, 2, &n);
    const char **levels = levels_of(problem, names[1], rows, n, &groups);
    double *y = ARENA_NEW(problem->arena, double, n + 1);
    size_t *group = ARENA_NEW(problem->arena, size_t, n + 1);
    for (size_t i = 0; i < n; i++) {
        y[i] = number_at(problem, rows[i], column_of(problem, names[0]));
        group[i] = position_of(levels, groups, text_at(problem, rows[i], column_of(problem, names[1])));
    }
    if (groups_make(problem->arena, y, group, n, groups, &grouped, &fail) != STATUS_OK) {
        fprintf(stderr, "%s: %s\n", problem->id, fail.what);
        return false;
    }
    struct spread spread = spread_of(&grouped);
    put(values, "df_between", spread.between_degrees);
    put(values, "ss_between", grouped.between);
    put(values, "ms_between", spread.between_mean);
    put(values, "F", spread.f);
    put(values, "df_within", spread.within_degrees);
    put(values, "ss_within", grouped.within);
    put(values, "ms_within", spread.within_mean);
    put(values, "r_squared", spread.r_squared);
    put(values, "residual_sd", spread.residual_sd);
    return true;
}

static void put_fit(const struct problem *problem, const struct model *model, const struct regression *fit,
                    json_t *values)
{
    json_t *list = put_object(values, "coefficients");
    for (size_t k = 0; k < fit->columns; k++) {
        json_t *object = put_object(list, model_column(problem, model, k));
        put(object, "estimate", fit->coefficients[k].estimate);
        put(object, "se", fit->coefficients[k].se);
    }
    put(values, "n", (double)fit->n);
    put(values, "residual_sd", fit->sigma);
    put(values, "r_squared", fit->r_squared);
    put(values, "df_regression", fit->f_degrees);
    put(values, "df_residual", fit->degrees);
    put(values, "ss_regression", fit->squares_model);
    put(values, "ss_residual", fit->squares_residual);
    put(values, "ms_regression", fit->squares_model / fit->f_degrees);
    put(values, "ms_residual", fit->squares_residual / fit->degrees);
    put(values, "F", fit->f);
}

static bool regression(const struct problem *problem, json_t *values)
{
    struct model model;
    struct regression fit;
    struct fail fail = { 0 };
    if (!model_read(problem, variable(problem, "y"), &model))
        return false;
    double *y = model_numbers(problem, &model, variable(problem, "y"));
    if (regression_fit(problem->arena, &model.design, y, 0.95, &fit, &fail) != STATUS_OK) {
        fprintf(stderr, "%s: %s\n", problem->id, fail.what);
        return false;
    }
    put_fit(problem, &model, &fit, values);
    return true;
}

bool case_nist_certified(const struct problem *problem, json_t *values)
{
    const char *kind = json_string_value(json_object_get(problem->options, "kind"));
    if (kind != NULL && strcmp(kind, "anova") == 0)
        return anova(problem, values);
    if (kind != NULL && strcmp(kind, "regression") == 0)
        return regression(problem, values);
    return univariate(problem, values);
}
