/* Weights that meet known totals: post-stratification, raking, linear calibration. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "analysis/stat_calibrate.h"
#include "analysis/stat_groups.h"
#include "model.h"
#include "sample.h"

struct known { /* margins of a case, and the same as a model matrix with its totals */
    size_t count;
    const char *names[64];
    const char **levels[64];
    struct margin margins[64];
    struct design design;
    double *totals;
    double sum;
};

static bool read_margin(const struct problem *problem, const char *name, const json_t *targets, struct known *known,
                        struct design_term *term)
{
    size_t count = json_object_size(targets);
    const char **levels = ARENA_NEW(problem->arena, const char *, count + 1);
    double *heads = ARENA_NEW(problem->arena, double, count + 1);
    uint16_t *category = ARENA_NEW(problem->arena, uint16_t, problem->row_count + 1);
    size_t *level = ARENA_NEW(problem->arena, size_t, problem->row_count + 1);
    json_t *lent = json_deep_copy(targets);
    size_t k = 0;
    for (void *at = json_object_iter(lent); at != NULL; at = json_object_iter_next(lent, at), k++) {
        levels[k] = arena_string(problem->arena, json_object_iter_key(at));
        heads[k] = json_number_value(json_object_iter_value(at));
    }
    json_decref(lent);
    for (size_t i = 0; i < problem->row_count; i++) {
        const char *text = text_at(problem, problem->rows[i], column_of(problem, name));
        while (level[i] < count && !same_text(text, levels[level[i]]))
            level[i]++;
        category[i] = level[i] < count ? (uint16_t)level[i] : WEIGHTS_NONE;
    }
    known->names[known->count] = name;
    known->levels[known->count] = levels;
    known->margins[known->count++] = (struct margin){ category, heads, count };
    *term = (struct design_term){ .level = level, .level_count = count };
    return k > 0;
}

/* The first margin gives the constant its total. */
static bool finish(const struct problem *problem, const struct design_term terms[], struct known *known)
{
    struct fail fail = { 0 };
    if (design_build(problem->arena, problem->row_count, true, terms, known->count, &known->design, &fail) != STATUS_OK) {
        fprintf(stderr, "%s: %s\n", problem->id, fail.what);
        return false;
    }
    known->totals = ARENA_NEW(problem->arena, double, known->design.columns);
    for (size_t k = 0; k < known->margins[0].category_count; k++)
        known->sum += known->margins[0].target[k];
    known->totals[0] = known->sum;
    for (size_t k = 1; k < known->design.columns; k++)
        known->totals[k] = known->margins[known->design.term[k]].target[known->design.level[k]];
    return true;
}

static void put_weights(const double weight[], size_t rows, json_t *object)
{
    struct moments moments = moments_of(weight, rows);
    double low = weight[0];
    double high = weight[0];
    double squares = 0;
    for (size_t i = 0; i < rows; i++) {
        low = fmin(low, weight[i]);
        high = fmax(high, weight[i]);
        squares += weight[i] * weight[i];
    }
    put(object, "n", (double)rows);
    put(object, "sum", moments.mean * (double)rows);
    put(object, "min", low);
    put(object, "max", high);
    put(object, "cv", moments.sd / moments.mean);
    put(object, "kish_effective_n", weights_effective(weight, rows));
    put_list(object, "first10", weight, rows < 10 ? rows : 10);
    put(object, "sum_squares", squares);
}

static void put_cells(const struct problem *problem, const struct known *known, const double weight[],
                      const double base[], json_t *object)
{
    for (size_t i = 0; i < problem->row_count; i++) {
        const char *name = "";
        for (size_t m = 0; m < known->count; m++) {
            uint16_t category = known->margins[m].category[i];
            name = arena_format(problem->arena, "%s%s%s", name, m == 0 ? "" : "|",
                                category == WEIGHTS_NONE ? "" : known->levels[m][category]);
        }
        if (json_object_get(object, name) == NULL)
            put(object, name, weight[i] / base[i]);
    }
}

static bool refused(const struct problem *problem, enum status status, const struct fail *fail)
{
    if (status != STATUS_OK)
        fprintf(stderr, "%s: %s\n", problem->id, fail->what);
    return status != STATUS_OK;
}

bool case_poststratify(const struct problem *problem, json_t *values)
{
    struct known known = { 0 };
    struct survey_design sample;
    struct calibration calibration;
    struct design_term term;
    struct fail fail = { 0 };
    sample_read(problem, &sample);
    if (!read_margin(problem, variable(problem, "post"), json_object_get(problem->options, "targets"), &known, &term) ||
        !finish(problem, &term, &known))
        return false;
    const double *base = sample.weight;
    double *weight = ARENA_NEW(problem->arena, double, sample.rows + 1);
    enum status status = calibration_make(problem->arena, &known.design, base, &calibration, &fail);
    if (status == STATUS_OK)
        status = calibrate_linear(&calibration, known.totals, weight, &fail);
    sample.weight = weight;
    sample.calibration = &calibration.survey;
    if (status == STATUS_OK)
        status = survey_prepare(problem->arena, &sample, &fail);
    if (refused(problem, status, &fail))
        return false;
    put_weights(weight, sample.rows, put_object(values, "weights"));
    put_cells(problem, &known, weight, base, put_object(values, "weight_by_cell"));
    sample_put_all(problem, &sample, values);
    return true;
}

static void put_raking_errors(const struct problem *problem, const struct survey_design *sample, json_t *object)
{
    size_t count = 0;
    const char **names = variable_list(problem, "y", &count);
    for (size_t k = 0; k < count; k++) {
        struct survey_estimate estimate;
        double *y = sample_numbers(problem, names[k]);
        if (survey_estimate(problem->arena, sample, y, NULL, 0.95, &estimate, NULL) == STATUS_OK)
            put(object, names[k], estimate.mean_se);
    }
}

static bool rake(const struct problem *problem, const struct known *known, json_t *values)
{
    struct survey_design sample;
    struct weights raked;
    struct calibration calibration;
    struct raking raking;
    struct fail fail = { 0 };
    sample_read(problem, &sample);
    const double *base = sample.weight;
    double *linear = ARENA_NEW(problem->arena, double, sample.rows + 1);
    enum status status = weights_rake(problem->arena, sample.rows, base, known->margins, known->count, 0, &raked, &fail);
    if (status == STATUS_OK)
        status = calibration_make(problem->arena, &known->design, base, &calibration, &fail);
    if (status == STATUS_OK)
        status = calibrate_linear(&calibration, known->totals, linear, &fail);
    for (size_t i = 0; i < sample.rows && status == STATUS_OK; i++)
        raked.weight[i] *= known->sum / (double)sample.rows;
    if (status == STATUS_OK)
        status = raking_make(problem->arena, known->margins, known->count, sample.rows, &raking, &fail);
    sample.weight = raked.weight;
    sample.calibration = &calibration.survey;
    if (status == STATUS_OK)
        status = survey_prepare(problem->arena, &sample, &fail);
    if (refused(problem, status, &fail))
        return false;
    put_weights(raked.weight, sample.rows, put_object(values, "weights"));
    put_cells(problem, known, raked.weight, base, put_object(values, "cell_weights"));
    put(values, "max_margin_error", weights_error(sample.rows, raked.weight, known->margins, known->count));
    sample_put_all(problem, &sample, put_object(values, "estimates_raking_calibration_SE"));
    sample.calibration = &raking.survey;
    put_raking_errors(problem, &sample, put_object(values, "rake_object_SE"));
    json_t *object = put_object(values, "linear_calibration");
    sample.weight = linear;
    sample.calibration = &calibration.survey;
    put_weights(linear, sample.rows, put_object(object, "weights"));
    sample_put_all(problem, &sample, put_object(object, "estimates"));
    return true;
}

bool case_rake(const struct problem *problem, json_t *values)
{
    struct known known = { 0 };
    struct design_term terms[64];
    const json_t *targets = json_object_get(problem->options, "targets");
    json_t *lent = json_deep_copy(targets);
    bool read = json_object_size(lent) > 0 && json_object_size(lent) <= COUNT(terms);
    for (void *at = json_object_iter(lent); at != NULL && read; at = json_object_iter_next(lent, at)) {
        const char *name = arena_string(problem->arena, json_object_iter_key(at));
        read = read_margin(problem, name, json_object_get(targets, name), &known, &terms[known.count]);
    }
    json_decref(lent);
    return read && finish(problem, terms, &known) && rake(problem, &known, values);
}
