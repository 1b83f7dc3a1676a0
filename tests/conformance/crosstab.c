/* Counting rows of a data set into cells. */
#include "crosstab.h"

#include <stdio.h>
#include <stdlib.h>

static const char **levels(const struct problem *problem, const char *option, const char *name, size_t *count)
{
    const char **given = option_list(problem, option, count);
    return given != NULL ? given : levels_of(problem, name, problem->rows, problem->row_count, count);
}

struct crosstab *crosstab_cells(const struct problem *problem, const char *stratum)
{
    struct crosstab *table = ARENA_NEW(problem->arena, struct crosstab, 1);
    const size_t row = column_of(problem, variable(problem, "row"));
    const size_t column = column_of(problem, variable(problem, "col"));
    const char *count = variable(problem, "count");
    table->row_names = levels(problem, "row_levels", variable(problem, "row"), &table->rows);
    table->column_names = levels(problem, "col_levels", variable(problem, "col"), &table->columns);
    table->cells = ARENA_NEW(problem->arena, double, table->rows *table->columns + 1);
    for (size_t k = 0; k < problem->row_count; k++) {
        const size_t at = problem->rows[k];
        const size_t i = position_of(table->row_names, table->rows, text_at(problem, at, row));
        const size_t j = position_of(table->column_names, table->columns, text_at(problem, at, column));
        const double weight = count == NULL ? 1 : number_at(problem, at, column_of(problem, count));
        if (i == table->rows || j == table->columns || isnan(weight))
            continue;
        if (stratum != NULL) {
            const size_t own = column_of(problem, variable(problem, "stratum"));
            if (position_of(&stratum, 1, text_at(problem, at, own)) == 1)
                continue;
        }
        table->cells[i * table->columns + j] += weight;
    }
    return table;
}

void put_range(json_t *object, const char *key, struct range range)
{
    put_pair(object, key, range.low, range.high);
}

bool refused(const struct problem *problem, const struct fail *fail)
{
    fprintf(stderr, "%s: %s\n", problem->id, fail->what);
    return false;
}

const struct crosstab *crosstab_read(const struct problem *problem)
{
    struct crosstab *table = crosstab_cells(problem, NULL);
    struct fail fail = { 0 };
    if (counts_make(problem->arena, table->cells, table->rows, table->columns, &table->counts, &fail) == STATUS_OK)
        return table;
    refused(problem, &fail);
    return NULL;
}

void put_matrix(json_t *object, const char *key, const struct crosstab *table, const double cells[])
{
    json_t *matrix = put_object(object, key);
    for (size_t i = 0; i < table->rows; i++) {
        json_t *line = put_object(matrix, table->row_names[i]);
        for (size_t j = 0; j < table->columns; j++)
            put(line, table->column_names[j], cells[i * table->columns + j]);
    }
}

struct samples samples_read(const struct problem *problem)
{
    const char *names[] = { variable(problem, "y"), variable(problem, "group") };
    size_t count = 0;
    size_t level_count = 0;
    const size_t *rows = complete_rows(problem, names, 2, &count);
    const char **y_levels = option_list(problem, "y_levels", &level_count);
    struct samples samples = { .names = option_list(problem, "group_order", &samples.group_count) };
    if (samples.names == NULL)
        samples.names = levels_of(problem, names[1], rows, count, &samples.group_count);
    samples.values = ARENA_NEW(problem->arena, double, count + 1);
    samples.group = ARENA_NEW(problem->arena, size_t, count + 1);
    for (size_t i = 0; i < count; i++) {
        const char *text = text_at(problem, rows[i], column_of(problem, names[0]));
        const size_t group = position_of(samples.names, samples.group_count,
                                         text_at(problem, rows[i], column_of(problem, names[1])));
        double value = number_at(problem, rows[i], column_of(problem, names[0]));
        if (y_levels != NULL) {
            const size_t place = position_of(y_levels, level_count, text);
            value = place == level_count ? (double)NAN : (double)place + 1;
        }
        if (group == samples.group_count || isnan(value))
            continue;
        samples.values[samples.n] = value;
        samples.group[samples.n++] = group;
    }
    return samples;
}
