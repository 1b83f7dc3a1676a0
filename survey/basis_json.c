/* Keeps what the lattice is built of: people behind every cell, rows that are a partition, signs. No texts, no ranges. */
#include "survey/basis_json.h"

#include <math.h>

#include "survey/document_json.h"

enum { BASIS_FORMAT = 1, CELLS_MAX = 1 << 24 };

static json_t *cell_json(const struct raw_cell *cell, enum release_sign sign)
{
    return json_pack("[i,i,i,o,I,I,I]", (int)sign, (int)cell->kind, (int)cell->sign,
                     isfinite(cell->value) ? json_real(cell->value) : json_null(), (json_int_t)cell->base,
                     (json_int_t)cell->outside, (json_int_t)cell->answers_min);
}

static json_t *table_json(const struct raw_table *table)
{
    json_t *rows = json_array();
    json_t *columns = json_array();
    json_t *cells = json_array();
    for (size_t r = 0; r < table->row_count; r++)
        rows = document_add(rows, json_pack("[s,b]", table->rows[r].id, (int)table->rows[r].total));
    for (size_t c = 0; c < table->column_count; c++) {
        const struct raw_column *column = &table->columns[c];
        columns = document_add(columns, json_pack("[i,i,I,I,b,b,s?]", (int)column->head.unit, column->follows,
                                                 (json_int_t)column->rest, (json_int_t)column->rest_outside,
                                                 (int)column->sums, (int)column->ballots, column->wave));
    }
    for (size_t i = 0; i < table->row_count * table->column_count; i++)
        cells = document_add(cells, cell_json(&table->cells[i], table->signs[i]));
    return json_pack("{s:s,s:s,s:b,s:I,s:o,s:o,s:o}", "id", table->id, "wave", table->wave, "additive",
                     (int)table->additive, "sides_min", (json_int_t)table->sides_min, "rows", rows, "columns", columns,
                     "cells", cells);
}

enum status basis_json_write(const struct basis *basis, struct buf *out, struct fail *fail)
{
    json_t *tables = json_array();
    for (size_t t = 0; t < basis->count; t++)
        tables = document_add(tables, table_json(basis->tables[t]));
    return document_write(json_pack("{s:i,s:o}", "format", (int)BASIS_FORMAT, "tables", tables), out, fail);
}

static void read_columns(struct document_reader *reader, const json_t *list, struct raw_table *table)
{
    for (size_t c = 0; c < table->column_count; c++) {
        const json_t *column = json_array_get(list, c);
        const json_t *wave = json_array_get(column, 6);
        table->columns[c] = (struct raw_column){
            .head.unit = (enum release_unit)document_whole(reader, json_array_get(column, 0), RELEASE_COUNT,
                                                           RELEASE_INDEX),
            .follows = (int)document_whole(reader, json_array_get(column, 1), FOLLOWS_NONE,
                                           (json_int_t)table->column_count - 1),
            .rest = (uint32_t)document_whole(reader, json_array_get(column, 2), 0, UINT32_MAX),
            .rest_outside = (uint32_t)document_whole(reader, json_array_get(column, 3), 0, UINT32_MAX),
            .sums = json_is_true(json_array_get(column, 4)),
            .ballots = json_is_true(json_array_get(column, 5)),
            .wave = json_is_null(wave) ? NULL : document_text(reader, wave),
        };
    }
}

static void read_cells(struct document_reader *reader, const json_t *list, struct raw_table *table,
                       enum release_sign *signs)
{
    for (size_t i = 0; i < table->row_count * table->column_count; i++) {
        const json_t *cell = json_array_get(list, i);
        const json_t *value = json_array_get(cell, 3);
        signs[i] = (enum release_sign)document_whole(reader, json_array_get(cell, 0), SIGN_SHOWN, SIGN_PENDING);
        table->cells[i] = (struct raw_cell){
            .kind = (enum raw_kind)document_whole(reader, json_array_get(cell, 1), RAW_EMPTY, RAW_OPEN),
            .sign = (enum release_sign)document_whole(reader, json_array_get(cell, 2), SIGN_SHOWN, SIGN_PENDING),
            .value = json_is_number(value) ? json_number_value(value) : (double)NAN,
            .low = (double)NAN,
            .high = (double)NAN,
            .base = (uint32_t)document_whole(reader, json_array_get(cell, 4), 0, UINT32_MAX),
            .outside = (uint32_t)document_whole(reader, json_array_get(cell, 5), 0, UINT32_MAX),
            .answers_min = (uint32_t)document_whole(reader, json_array_get(cell, 6), 0, UINT32_MAX),
        };
    }
    table->signs = signs;
}

static struct raw_table *read_table(struct document_reader *reader, const json_t *value)
{
    const json_t *rows = json_object_get(value, "rows");
    const json_t *columns = json_object_get(value, "columns");
    const size_t row_count = json_array_size(rows), column_count = json_array_size(columns);
    struct raw_table *table = ARENA_NEW(reader->arena, struct raw_table, 1);
    reader->wrong = reader->wrong || row_count > CELLS_MAX || column_count > CELLS_MAX ||
                    row_count * column_count > CELLS_MAX ||
                    json_array_size(json_object_get(value, "cells")) != row_count * column_count;
    if (table == NULL || reader->wrong) {
        reader->wrong = true;
        return NULL;
    }
    *table = (struct raw_table){ .id = document_text(reader, json_object_get(value, "id")),
                                 .wave = document_text(reader, json_object_get(value, "wave")),
                                 .additive = json_is_true(json_object_get(value, "additive")),
                                 .sides_min = (uint32_t)document_whole(reader, json_object_get(value, "sides_min"), 0,
                                                                       UINT32_MAX),
                                 .rows = ARENA_NEW(reader->arena, struct release_row, row_count + 1),
                                 .row_count = row_count,
                                 .columns = ARENA_NEW(reader->arena, struct raw_column, column_count + 1),
                                 .column_count = column_count,
                                 .cells = ARENA_NEW(reader->arena, struct raw_cell, row_count * column_count + 1) };
    enum release_sign *signs = ARENA_NEW(reader->arena, enum release_sign, row_count * column_count + 1);
    if (table->rows == NULL || table->columns == NULL || table->cells == NULL || signs == NULL) {
        reader->wrong = true;
        return NULL;
    }
    for (size_t r = 0; r < row_count; r++)
        table->rows[r] = (struct release_row){ .id = document_text(reader, json_array_get(json_array_get(rows, r), 0)),
                                               .total = json_is_true(json_array_get(json_array_get(rows, r), 1)) };
    read_columns(reader, columns, table);
    read_cells(reader, json_object_get(value, "cells"), table, signs);
    return table;
}

enum status basis_json_read(struct arena *arena, const char *bytes, struct raw_table *tables[], size_t most,
                            size_t *count, struct fail *fail)
{
    struct document_reader reader = { .arena = arena };
    json_t *root = json_loads(bytes, JSON_REJECT_DUPLICATES, NULL);
    const json_t *list = json_object_get(root, "tables");
    size_t used = *count;
    document_whole(&reader, json_object_get(root, "format"), BASIS_FORMAT, BASIS_FORMAT);
    reader.wrong = reader.wrong || json_array_size(list) > most - used;
    for (size_t t = 0; t < json_array_size(list) && !reader.wrong; t++)
        tables[used++] = read_table(&reader, json_array_get(list, t));
    json_decref(root);
    if (!reader.wrong)
        *count = used;
    return document_status(&reader, fail);
}
