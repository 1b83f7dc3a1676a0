/* Deliveries of tables in the database. A delivery is never changed: a later one of the same period stands before it,
 * and when that one is undone, the earlier one is there again. Rows are kept as the texts of the file, by the names of
 * their columns. */
#include <jansson.h>
#include <string.h>

#include "survey/store_private.h"
#include "survey/table_row.h"

#define APPENDED "+" /* period of rows that nothing replaces */

static enum status no_memory(struct fail *fail)
{
    return FAIL(fail, STATUS_MEMORY, "not enough memory for the tables of the personnel office");
}

/* --- storing --- */

static const char *period_of(const struct import *import, const struct table *table)
{
    if (table->appends)
        return APPENDED;
    for (size_t i = 0; i < table->column_count; i++)
        if ((table->columns[i].flags & COLUMN_PERIOD) != 0)
            return import_cell(import, (int)i);
    return "";
}

static enum status add_row(const struct import *import, const struct table *table, int64_t delivery, struct fail *fail)
{
    struct query query;
    json_t *fields = json_object();
    for (size_t i = 0; i < table->column_count; i++) {
        const char *text = import_cell(import, (int)i);
        if (text[0] != '\0')
            json_object_set_new(fields, table->columns[i].name, json_string(text));
    }
    char *line = json_dumps(fields, JSON_COMPACT);
    json_decref(fields);
    if (line == NULL)
        return no_memory(fail);
    query_open(&query, import->store, SQL_register_add, fail);
    query_bind(&query, 1, delivery);
    query_bind(&query, 2, (int64_t)import->row);
    query_bind(&query, 3, period_of(import, table));
    query_bind(&query, 4, line);
    enum status status = query_run(&query);
    free(line);
    return status;
}

enum status table_store(const struct table *table, struct import *import, const bool keep[], struct fail *fail)
{
    struct delivery delivery;
    enum status status = store_begin(import->store, fail);
    if (status == STATUS_OK)
        status = import_last(import->store, &delivery, fail);
    for (import->row = 0; import->row < import->csv->row_count && status == STATUS_OK; import->row++)
        if (keep == NULL || keep[import->row])
            status = add_row(import, table, delivery.id, fail);
    return store_end(import->store, status, fail);
}

/* --- loading --- */

static enum status split_line(struct arena *arena, const struct table *table, const char *line, const char **fields,
                              struct fail *fail)
{
    json_t *object = json_loads(line, 0, NULL);
    enum status status =
        json_is_object(object) ? STATUS_OK : FAIL(fail, STATUS_INPUT, "a stored row of %s is damaged", table->kind);
    for (size_t i = 0; i < table->column_count && status == STATUS_OK; i++) {
        const char *text = json_string_value(json_object_get(object, table->columns[i].name));
        fields[i] = text == NULL ? "" : arena_string(arena, text);
        if (fields[i] == NULL)
            status = no_memory(fail);
    }
    json_decref(object);
    return status;
}

enum status table_stored(struct store *store, struct arena *arena, const struct table *table, struct csv *csv,
                         struct fail *fail)
{
    struct query query;
    int64_t number = 0;
    query_open(&query, store, SQL_register_number, fail);
    query_bind(&query, 1, table->kind);
    enum status status = query_single(&query, &number);
    if (status != STATUS_OK)
        return status;
    struct csv read = { .column_count = table->column_count,
                        .fields = ARENA_NEW(arena, const char *, (size_t)number * table->column_count + 1),
                        .lines = ARENA_NEW(arena, uint32_t, (size_t)number + 1) };
    if (read.fields == NULL || read.lines == NULL)
        return no_memory(fail);
    query_open(&query, store, SQL_register_lines, fail);
    query_bind(&query, 1, table->kind);
    while (read.row_count < (size_t)number && query_row(&query)) {
        query.status =
            split_line(arena, table, query_text(&query, 0), read.fields + read.row_count * table->column_count, fail);
        read.lines[read.row_count] = (uint32_t)read.row_count + 1;
        read.row_count++;
    }
    status = query_close(&query);
    if (status == STATUS_OK)
        *csv = read;
    return status;
}

/* What was good when it was delivered is read by the same rules; a unit or a row it refers to may be gone meanwhile. */
static enum status load_one(struct store *store, struct arena *arena, const struct table *table,
                            const struct table_context *context, struct registers *registers, struct fail *fail)
{
    struct csv csv;
    struct import_report report = { .kind = table->kind };
    const char *names[TABLE_COLUMN_MAX];
    struct import import = { .store = store, .arena = arena, .csv = &csv, .report = &report, .names = names };
    enum status status = table_stored(store, arena, table, &csv, fail);
    char *rows = status == STATUS_OK ? arena_get(arena, csv.row_count + 1, table->row_size) : NULL;
    if (rows == NULL)
        return status == STATUS_OK ? no_memory(fail) : status;
    for (size_t i = 0; i < table->column_count; i++) {
        names[i] = table->columns[i].name;
        import.columns[i] = (int)i;
    }
    for (import.row = 0; import.row < csv.row_count; import.row++)
        table_read_row(table, &import, context, rows + import.row * table->row_size);
    memcpy((char *)registers + table->rows, &rows, sizeof rows);
    memcpy((char *)registers + table->count, &csv.row_count, sizeof csv.row_count);
    return STATUS_OK;
}

enum status table_load(struct store *store, struct arena *arena, const struct unit units[], size_t unit_count,
                       struct registers *registers, struct fail *fail)
{
    struct table_context context = { .units = units, .unit_count = unit_count, .registers = registers };
    enum status status = store_span_list(store, arena, &context.spans, fail);
    *registers = (struct registers){ 0 };
    for (size_t i = 0; tables[i] != NULL && status == STATUS_OK; i++)
        status = load_one(store, arena, tables[i], &context, registers, fail);
    return status;
}
