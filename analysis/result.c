/* Builder of raw tables. */
#include "analysis/result.h"

#include <string.h>

#include "analysis/inputs.h"
#include "analysis/stat_diff.h"

void result_init(struct result *result, struct arena *arena, const struct inputs *inputs)
{
    *result = (struct result){ .arena = arena, .inputs = inputs };
}

static struct raw_table *broken(struct result *result)
{
    result->status = STATUS_MEMORY;
    return NULL;
}

const struct raw_table *basis_table(const struct basis *basis, const char *id)
{
    for (size_t t = 0; t < basis->count; t++)
        if (strcmp(basis->tables[t]->id, id) == 0)
            return basis->tables[t];
    return NULL;
}

struct raw_table *result_table(struct result *result, const char *id, const char *title, size_t rows, size_t columns)
{
    if (result->table_count == RESULT_TABLES || result->status != STATUS_OK)
        return broken(result);
    struct raw_table *table = ARENA_NEW(result->arena, struct raw_table, 1);
    if (table == NULL)
        return broken(result);
    table->id = arena_string(result->arena, id);
    table->title = LABEL_KEY(title);
    table->wave = result->inputs->wave_count == 0 ? "" : result->inputs->waves[result->inputs->wave_count - 1].name;
    table->sides_min = 2;
    table->row_room = rows;
    table->column_count = columns;
    table->rows = ARENA_NEW(result->arena, struct release_row, rows + 1);
    table->columns = ARENA_NEW(result->arena, struct raw_column, columns);
    table->cells = ARENA_NEW(result->arena, struct raw_cell, (rows + 1) * columns);
    if (table->id == NULL || table->rows == NULL || table->columns == NULL || table->cells == NULL)
        return broken(result);
    for (size_t c = 0; c < columns; c++)
        table->columns[c].follows = FOLLOWS_NONE;
    for (size_t c = 0; c < (rows + 1) * columns; c++)
        cell_sign(&table->cells[c], SIGN_PENDING);
    result->tables[result->table_count++] = table;
    return table;
}

void table_column(struct raw_table *table, size_t column, const char *key, enum release_unit unit, int follows)
{
    if (table == NULL || column >= table->column_count)
        return;
    table->columns[column].head = (struct release_column){ LABEL_KEY(key), unit };
    table->columns[column].follows = follows;
}

size_t table_row(struct result *result, struct raw_table *table, const char *id, struct release_label label)
{
    if (table == NULL)
        return 0;
    if (table->row_count >= table->row_room) {
        result->status = STATUS_LIMIT; /* the indicator announced fewer rows: the spare row takes the cells */
        return table->row_room;
    }
    struct release_row *row = &table->rows[table->row_count];
    row->id = arena_string(result->arena, id);
    row->label = label;
    if (row->id == NULL)
        result->status = STATUS_MEMORY;
    return table->row_count++;
}

size_t table_total(struct result *result, struct raw_table *table)
{
    size_t row = table_row(result, table, "total", LABEL_KEY(N_("City administration as a whole")));
    if (table != NULL)
        table->rows[row].total = true;
    return row;
}

static struct raw_cell nowhere(void)
{
    return (struct raw_cell){ .sign = SIGN_PENDING, .value = NOT_A_NUMBER, .low = NOT_A_NUMBER, .high = NOT_A_NUMBER,
                              .outside = OUTSIDE_NONE };
}

struct raw_cell *table_cell(struct raw_table *table, size_t row, size_t column)
{
    return table == NULL ? NULL : &table->cells[row * table->column_count + column];
}

void cell_answers(struct raw_cell *cell, struct range range, uint32_t base, uint32_t outside, uint32_t answers_min)
{
    if (cell == NULL)
        return;
    *cell = nowhere();
    cell->kind = RAW_ANSWERS;
    cell->value = range.value;
    cell->low = range.low;
    cell->high = range.high;
    cell->ranged = !isnan(range.low) && !isnan(range.high);
    cell->base = base;
    cell->outside = outside;
    cell->answers_min = answers_min;
}

void cell_answers_value(struct raw_cell *cell, double value, uint32_t base, uint32_t outside, uint32_t answers_min)
{
    cell_answers(cell, (struct range){ value, NOT_A_NUMBER, NOT_A_NUMBER }, base, outside, answers_min);
}

void cell_heads(struct raw_cell *cell, double heads, bool hidden)
{
    if (cell == NULL)
        return;
    *cell = nowhere();
    cell->kind = RAW_HEADS;
    cell->value = heads;
    cell->secret = hidden;
    cell->base = heads > 0 ? (uint32_t)heads : 0;
}

void table_partition(struct raw_table *table, size_t column, uint32_t rest, uint32_t rest_outside)
{
    if (table == NULL || column >= table->column_count)
        return;
    table->additive = true;
    table->columns[column].sums = true;
    table->columns[column].rest = rest;
    table->columns[column].rest_outside = rest_outside < rest ? rest_outside : rest;
}

void table_sides(struct raw_table *table, uint32_t least)
{
    if (table != NULL)
        table->sides_min = least;
}

void cell_needs(struct raw_cell *cell, const struct raw_table *table)
{
    if (cell != NULL)
        cell->needs = table;
}

void cell_open(struct raw_cell *cell, double value)
{
    if (cell == NULL)
        return;
    *cell = nowhere();
    cell->kind = isnan(value) ? RAW_EMPTY : RAW_OPEN;
    cell->value = value;
}

void cell_sign(struct raw_cell *cell, enum release_sign sign)
{
    if (cell == NULL)
        return;
    *cell = nowhere();
    cell->sign = sign;
}

void cell_unreliable(struct raw_cell *cell)
{
    if (cell != NULL)
        cell->answers_min = UINT32_MAX;
}

struct range range_times(struct range range, double factor)
{
    return (struct range){ range.value * factor, range.low * factor, range.high * factor };
}

struct raw_table *result_change(struct result *result, const char *id, const char *title, enum release_unit unit,
                                size_t rows)
{
    struct raw_table *table = result_table(result, id, title, rows, 3);
    table_column(table, 0, N_("Previous survey"), unit, FOLLOWS_NONE);
    if (table != NULL && result->inputs->wave_count > 1)
        table->columns[0].wave = result->inputs->waves[result->inputs->wave_count - 2].name;
    table_column(table, 1, N_("This survey"), unit, FOLLOWS_NONE);
    table_column(table, 2, N_("Difference in points"), RELEASE_POINTS, FOLLOWS_NONE);
    return table;
}

void change_row(struct result *result, struct raw_table *table, const char *id, struct release_label label,
                struct range before, uint32_t base_before, struct range now, uint32_t base_now, double delta,
                uint32_t answers_min)
{
    size_t row = table_row(result, table, id, label);
    uint32_t both = base_before < base_now ? base_before : base_now;
    struct range change = difference(now, before);
    cell_answers_value(table_cell(table, row, 0), before.value, base_before, OUTSIDE_NONE, answers_min);
    cell_answers_value(table_cell(table, row, 1), now.value, base_now, OUTSIDE_NONE, answers_min);
    struct raw_cell *cell = table_cell(table, row, 2);
    cell_answers(cell, change, both, OUTSIDE_NONE, answers_min);
    if (cell != NULL)
        cell->word = both < answers_min ? WORD_TOO_FEW : difference_word(change, delta);
}

enum status result_status(const struct result *result, struct fail *fail)
{
    if (result->status == STATUS_OK)
        return STATUS_OK;
    if (result->status == STATUS_LIMIT)
        return FAIL(fail, STATUS_LIMIT, "an indicator has more rows than it announced");
    return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
}
