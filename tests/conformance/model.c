/* Terms: a variable is a set of categories if the case lists its levels or if one of its values is no number. */
#include "model.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char **levels_listed(const struct problem *problem, const char *name, size_t *count)
{
    const json_t *list = json_object_get(json_object_get(problem->options, "levels"), name);
    struct problem one = *problem;
    json_t *options = json_object();
    const char **levels = NULL;
    if (list != NULL) {
        json_object_set_new(options, "levels", json_deep_copy(list));
        one.options = options;
        levels = option_list(&one, "levels", count);
        for (size_t i = 0; i < *count; i++)
            levels[i] = arena_string(problem->arena, levels[i]);
    }
    json_decref(options);
    return levels;
}

bool same_text(const char *text, const char *level)
{
    char *end = NULL;
    char *other = NULL;
    double number = strtod(text, &end);
    double wanted = strtod(level, &other);
    return strcmp(text, level) == 0 ||
           (*text != '\0' && *end == '\0' && *level != '\0' && *other == '\0' && number == wanted);
}

static size_t level_at(const char *const levels[], size_t count, const char *text)
{
    size_t i = 0;
    while (i < count && !same_text(text, levels[i]))
        i++;
    return i;
}

static bool all_numbers(const struct problem *problem, const char *name, const size_t rows[], size_t count)
{
    size_t column = column_of(problem, name);
    for (size_t i = 0; i < count; i++)
        if (isnan(number_at(problem, rows[i], column)))
            return false;
    return true;
}

static void read_term(const struct problem *problem, struct model *model, size_t t, size_t level_count)
{
    size_t column = column_of(problem, model->names[t]);
    size_t *level = ARENA_NEW(problem->arena, size_t, model->rows + 1);
    double *values = ARENA_NEW(problem->arena, double, model->rows + 1);
    for (size_t i = 0; i < model->rows; i++)
        if (model->levels[t] != NULL)
            level[i] = level_at(model->levels[t], level_count, text_at(problem, model->row[i], column));
        else
            values[i] = number_at(problem, model->row[i], column);
    model->terms[t] = model->levels[t] != NULL ? (struct design_term){ .level = level, .level_count = level_count }
                                               : (struct design_term){ .values = values };
}

/* "a:b" (or "a*b") of two terms that are there. */
static void read_pair(const struct problem *problem, struct model *model, const char *text)
{
    char words[2][256] = { "", "" };
    size_t which = 0;
    size_t length = 0;
    for (; *text != '\0' && which < 2; text++) {
        if (*text == ':' || *text == '*') {
            which++;
            length = 0;
        } else if (*text != '`' && *text != ' ' && length + 1 < sizeof words[0]) {
            words[which][length++] = *text;
        }
    }
    size_t left = position_of(model->names, model->main_count, words[0]);
    size_t right = position_of(model->names, model->main_count, words[1]);
    if (left == model->main_count || right == model->main_count) {
        fprintf(stderr, "%s: no interaction of %s and %s\n", problem->id, words[0], words[1]);
        return;
    }
    model->names[model->term_count] = "";
    model->terms[model->term_count++] = (struct design_term){ .left = left, .right = right };
}

static void keep_known(const struct problem *problem, struct model *model, size_t *rows, const size_t level_count[])
{
    size_t kept = 0;
    for (size_t i = 0; i < model->rows; i++) {
        bool known = true;
        for (size_t t = 0; t < model->main_count; t++)
            known = known && (model->levels[t] == NULL ||
                              level_at(model->levels[t], level_count[t],
                                       text_at(problem, rows[i], column_of(problem, model->names[t]))) <
                                  level_count[t]);
        if (known)
            rows[kept++] = rows[i];
    }
    model->rows = kept;
    model->row = rows;
}

bool model_read(const struct problem *problem, const char *outcome, struct model *model)
{
    return model_read_outcome(problem, outcome, NULL, 0, NULL, model);
}

bool model_read_outcome(const struct problem *problem, const char *outcome, const char *const levels[],
                        size_t outcome_count, const char *also, struct model *model)
{
    struct fail fail = { 0 };
    size_t pair_count = 0;
    size_t level_count[256] = { 0 };
    const char **names = variable_list(problem, "x", &model->main_count);
    const char **pairs = option_list(problem, "interactions", &pair_count);
    pair_count = pairs == NULL ? 0 : pair_count;
    model->names = ARENA_NEW(problem->arena, const char *, model->main_count + pair_count + 1);
    model->levels = ARENA_NEW(problem->arena, const char **, model->main_count + pair_count + 1);
    model->terms = ARENA_NEW(problem->arena, struct design_term, model->main_count + pair_count + 1);
    for (size_t t = 0; t < model->main_count; t++)
        model->names[t] = names[t];
    model->term_count = model->main_count;
    model->names[model->main_count] = outcome;
    size_t *rows = complete_rows(problem, model->names, model->main_count + (outcome != NULL), &model->rows);
    size_t kept = 0;
    for (size_t i = 0; i < model->rows; i++)
        if (levels == NULL || level_at(levels, outcome_count, text_at(problem, rows[i], column_of(problem, outcome))) <
                                  outcome_count)
            if (also == NULL || *text_at(problem, rows[i], column_of(problem, also)) != '\0')
                rows[kept++] = rows[i];
    model->rows = kept;
    for (size_t t = 0; t < model->main_count; t++) {
        model->levels[t] = levels_listed(problem, names[t], &level_count[t]);
        if (model->levels[t] == NULL && !all_numbers(problem, names[t], rows, model->rows))
            model->levels[t] = levels_of(problem, names[t], rows, model->rows, &level_count[t]);
    }
    keep_known(problem, model, rows, level_count);
    for (size_t t = 0; t < model->main_count; t++)
        read_term(problem, model, t, level_count[t]);
    for (size_t k = 0; k < pair_count; k++)
        read_pair(problem, model, pairs[k]);
    enum status status = design_build(problem->arena, model->rows, true, model->terms, model->term_count,
                                      &model->design, &fail);
    if (status != STATUS_OK)
        fprintf(stderr, "%s: %s\n", problem->id, fail.what);
    return status == STATUS_OK;
}

double *model_numbers(const struct problem *problem, const struct model *model, const char *name)
{
    double *numbers = ARENA_NEW(problem->arena, double, model->rows + 1);
    for (size_t i = 0; i < model->rows; i++)
        numbers[i] = number_at(problem, model->row[i], column_of(problem, name));
    return numbers;
}

const char *model_column(const struct problem *problem, const struct model *model, size_t column)
{
    const struct design *design = &model->design;
    size_t term = design->term[column];
    if (term == SIZE_MAX)
        return "(Intercept)";
    if (term >= model->main_count)
        return arena_format(problem->arena, "%s:%s", model_column(problem, model, design->parts[2 * column]),
                            model_column(problem, model, design->parts[2 * column + 1]));
    return model->levels[term] == NULL ? model->names[term]
                                       : arena_format(problem->arena, "%s%s", model->names[term],
                                                      model->levels[term][design->level[column]]);
}
