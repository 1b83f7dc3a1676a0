/* Estimates from samples with strata, clusters, weights and finite populations. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model.h"
#include "sample.h"

double *sample_numbers(const struct problem *problem, const char *name)
{
    double *numbers = ARENA_NEW(problem->arena, double, problem->row_count + 1);
    for (size_t i = 0; i < problem->row_count; i++)
        numbers[i] = number_at(problem, problem->rows[i], column_of(problem, name));
    return numbers;
}

static int by_text(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

size_t *sample_codes(const struct problem *problem, const char *name, const char ***levels, size_t *count)
{
    const char **own = levels_of(problem, name, problem->rows, problem->row_count, count);
    size_t *codes = ARENA_NEW(problem->arena, size_t, problem->row_count + 1);
    qsort(own, *count, sizeof *own, by_text);
    for (size_t i = 0; i < problem->row_count; i++) {
        const char *text = text_at(problem, problem->rows[i], column_of(problem, name));
        const char **found = bsearch(&text, own, *count, sizeof *own, by_text);
        codes[i] = found == NULL ? *count : (size_t)(found - own);
    }
    if (levels != NULL)
        *levels = own;
    return codes;
}

void sample_read(const struct problem *problem, struct survey_design *design)
{
    size_t clusters = 0;
    size_t populations = 0;
    size_t count = 0;
    const char **cluster = variable_list(problem, "cluster", &clusters);
    const char **population = variable_list(problem, "fpc", &populations);
    const char *weight = variable(problem, "weight");
    const char *stratum = variable(problem, "strata");
    double *ones = ARENA_NEW(problem->arena, double, problem->row_count + 1);
    for (size_t i = 0; i < problem->row_count; i++)
        ones[i] = 1;
    *design = (struct survey_design){ .rows = problem->row_count,
                                      .stage_count = clusters == 0 ? 1 : clusters,
                                      .weight = weight == NULL ? ones : sample_numbers(problem, weight),
                                      .stratum = stratum == NULL ? NULL
                                                                 : sample_codes(problem, stratum, NULL, &count) };
    for (size_t s = 0; s < design->stage_count && s < SURVEY_STAGES; s++) {
        design->stages[s].cluster = s < clusters ? sample_codes(problem, cluster[s], NULL, &count) : NULL;
        design->stages[s].population = s < populations ? sample_numbers(problem, population[s]) : NULL;
    }
}

static void put_domains(const struct problem *problem, const struct survey_design *design, const double y[],
                        json_t *object)
{
    const char *name = variable(problem, "domain");
    const char **levels = NULL;
    size_t count = 0;
    if (name == NULL)
        return;
    size_t *code = sample_codes(problem, name, &levels, &count);
    bool *inside = ARENA_NEW(problem->arena, bool, design->rows + 1);
    json_t *domains = put_object(object, "domains");
    for (size_t level = 0; level < count; level++) {
        struct survey_estimate estimate;
        for (size_t i = 0; i < design->rows; i++)
            inside[i] = code[i] == level;
        if (survey_estimate(problem->arena, design, y, inside, 0.95, &estimate, NULL) != STATUS_OK)
            continue;
        json_t *domain = put_object(domains, levels[level]);
        put(domain, "mean", estimate.mean.value);
        put(domain, "se", estimate.mean_se);
    }
}

void sample_put(const struct problem *problem, const struct survey_design *design, const char *name, json_t *object)
{
    struct survey_estimate estimate;
    double *y = sample_numbers(problem, name);
    if (survey_estimate(problem->arena, design, y, NULL, 0.95, &estimate, NULL) != STATUS_OK)
        return;
    put(object, "mean", estimate.mean.value);
    put(object, "mean_se", estimate.mean_se);
    put_pair(object, "mean_ci95_t", estimate.mean.low, estimate.mean.high);
    put(object, "deff", estimate.design_effect);
    put(object, "total", estimate.total);
    put(object, "total_se", estimate.total_se);
    put(object, "df", design->degrees);
    put(object, "variance_population", estimate.variance);
    put_domains(problem, design, y, object);
}

void sample_put_all(const struct problem *problem, const struct survey_design *design, json_t *parent)
{
    size_t count = 0;
    const char **names = variable_list(problem, "y", &count);
    for (size_t k = 0; k < count; k++)
        sample_put(problem, design, names[k], put_object(parent, names[k]));
}

static void put_share(const struct problem *problem, const struct survey_design *design, json_t *values)
{
    const json_t *wanted = json_object_get(problem->options, "proportion");
    struct problem inner = *problem;
    size_t count = 0;
    struct survey_share share;
    if (wanted == NULL)
        return;
    inner.options = wanted;
    const char *level = option_list(&inner, "level", &count)[0];
    size_t column = column_of(problem, json_string_value(json_object_get(wanted, "var")));
    double *y = ARENA_NEW(problem->arena, double, design->rows + 1);
    for (size_t i = 0; i < design->rows; i++) {
        const char *text = text_at(problem, problem->rows[i], column);
        y[i] = *text == '\0' ? (double)NAN : same_text(text, level);
    }
    if (survey_share(problem->arena, design, y, 0.95, &share, NULL) != STATUS_OK)
        return;
    json_t *object = put_object(values, "proportion");
    json_object_set(object, "level", json_object_get(wanted, "level"));
    put(object, "p", share.logit.value);
    put(object, "se", share.se);
    put_pair(object, "ci95_logit", share.logit.low, share.logit.high);
    put_pair(object, "ci95_korn_graubard_beta", share.beta.low, share.beta.high);
}

bool case_survey_design_estimates(const struct problem *problem, json_t *values)
{
    struct survey_design design;
    struct fail fail = { 0 };
    size_t count = 0;
    double quantile = (double)NAN;
    double sum = 0;
    sample_read(problem, &design);
    if (survey_prepare(problem->arena, &design, &fail) != STATUS_OK) {
        fprintf(stderr, "%s: %s\n", problem->id, fail.what);
        return false;
    }
    for (size_t i = 0; i < design.rows; i++)
        sum += design.weight[i];
    put(values, "n", (double)design.rows);
    put(values, "sum_weights", sum);
    put(values, "kish_deff", survey_kish(design.weight, design.rows));
    put(values, "kish_effective_n", (double)design.rows / survey_kish(design.weight, design.rows));
    sample_put_all(problem, &design, put_object(values, "estimates"));
    put_share(problem, &design, values);
    double *y = sample_numbers(problem, variable_list(problem, "y", &count)[0]);
    if (survey_quantile(problem->arena, y, design.weight, design.rows, 0.25, &quantile, NULL) == STATUS_OK)
        put(values, "weighted_quantiles_math", quantile); /* the record keeps the lower quartile only */
    return true;
}
