/* Linear regression. */
#include <stdio.h>

#include "analysis/stat_regression.h"
#include "conformance.h"
#include "model.h"

static void put_coefficients(const struct problem *problem, const struct model *model, const struct regression *fit,
                             json_t *values)
{
    json_t *list = put_object(values, "coefficients");
    for (size_t k = 0; k < fit->columns; k++) {
        const struct coefficient *one = &fit->coefficients[k];
        json_t *object = put_object(list, model_column(problem, model, k));
        put(object, "estimate", one->estimate);
        put(object, "se", one->se);
        put(object, "t", one->statistic);
        put(object, "p", one->p);
        put_pair(object, "ci95", one->low, one->high);
        put(object, "se_hc3", one->robust);
        put(object, "se_hc1", one->robust_hc1);
    }
}

bool case_linear_regression(const struct problem *problem, json_t *values)
{
    struct model model;
    struct regression fit;
    struct fail fail = { 0 };
    if (!model_read(problem, variable(problem, "y"), &model))
        return false;
    double *y = model_numbers(problem, &model, variable(problem, "y"));
    if (json_is_true(json_object_get(problem->options, "log_y")))
        for (size_t i = 0; i < model.rows; i++)
            y[i] = log(y[i]);
    if (regression_fit(problem->arena, &model.design, y, 0.95, &fit, &fail) != STATUS_OK) {
        fprintf(stderr, "%s: %s\n", problem->id, fail.what);
        return false;
    }
    put(values, "n", (double)fit.n);
    put_coefficients(problem, &model, &fit, values);
    put(values, "df_residual", fit.degrees);
    put(values, "sigma", fit.sigma);
    put(values, "r2", fit.r_squared);
    put(values, "adj_r2", fit.adjusted);
    put(values, "F", fit.f);
    put(values, "F_p", fit.f_p);
    put(values, "aic", fit.aic);
    return true;
}
