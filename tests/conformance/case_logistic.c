/* Logistic regression. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/stat_logistic.h"
#include "conformance.h"
#include "model.h"

static void put_columns(const struct problem *problem, const struct model *model, const struct logistic *fit,
                        json_t *values)
{
    json_t *list = put_object(values, "coefficients");
    json_t *matrix = put_object(values, "vcov");
    for (size_t k = 0; k < fit->columns; k++) {
        const struct coefficient *one = &fit->coefficients[k];
        json_t *object = put_object(list, model_column(problem, model, k));
        put(object, "estimate", one->estimate);
        put(object, "se", one->se);
        put(object, "z", one->statistic);
        put(object, "p", one->p);
        put(object, "or", exp(one->estimate));
        put_pair(object, "or_ci95_wald", exp(one->low), exp(one->high));
        put_pair(object, "ci95_profile", fit->profile[k].low, fit->profile[k].high);
        put(object, "se_sandwich_hc0", one->robust);
        put(object, "average_marginal_effect", fit->effect[k]);
        json_t *row = put_object(matrix, model_column(problem, model, k));
        for (size_t l = 0; l < fit->columns; l++)
            put(row, model_column(problem, model, l), fit->covariance[k * fit->columns + l]);
    }
}

bool case_logistic_regression(const struct problem *problem, json_t *values)
{
    struct model model;
    struct logistic fit;
    struct fail fail = { 0 };
    const char *outcome = variable(problem, "y");
    size_t event_count = 0;
    const char **wanted = option_list(problem, "event", &event_count);
    if (!model_read(problem, outcome, &model) || wanted == NULL)
        return false;
    bool *event = ARENA_NEW(problem->arena, bool, model.rows);
    for (size_t i = 0; i < model.rows; i++)
        event[i] = same_text(text_at(problem, model.row[i], column_of(problem, outcome)), wanted[0]);
    if (logistic_fit(problem->arena, &model.design, event, NULL, 0.95, &fit, &fail) != STATUS_OK) {
        fprintf(stderr, "%s: %s\n", problem->id, fail.what);
        return false;
    }
    put(values, "n", fit.n);
    put(values, "events", fit.events);
    put_columns(problem, &model, &fit, values);
    put(values, "deviance", fit.deviance);
    put(values, "null_deviance", fit.deviance_null);
    put(values, "loglik", fit.log_likelihood);
    put(values, "loglik_null", fit.log_likelihood_null);
    put(values, "aic", fit.aic);
    put(values, "bic", fit.bic);
    put(values, "lr_chisq", fit.chi_square);
    put(values, "lr_df", fit.degrees);
    put(values, "lr_p", fit.p);
    put(values, "mcfadden_r2", fit.mcfadden);
    put(values, "cox_snell_r2", fit.cox_snell);
    put(values, "nagelkerke_r2", fit.nagelkerke);
    put(values, "auc", fit.auc);
    put(values, "brier", fit.brier);
    return true;
}
