/* A file of a table: every row read, rows that say the same found, the table's own rules, then stored as one delivery.
 */
#include <stdlib.h>
#include <string.h>

#include "survey/table_row.h"

struct keyed {
    const char *key;
    size_t row;
};

static int compare_keyed(const void *first, const void *second)
{
    const struct keyed *a = first;
    const struct keyed *b = second;
    int order = strcmp(a->key, b->key);
    return order != 0 ? order : a->row < b->row ? -1 : a->row > b->row;
}

/* The fields of a row that tell it from the others, joined. NULL: no memory. */
static const char *key_of(const struct import *import, const struct table *table, size_t row)
{
    struct buf key;
    buf_init(&key, 64 << 10);
    for (size_t i = 0; i < table->column_count; i++) {
        if ((table->columns[i].flags & COLUMN_KEY) == 0)
            continue;
        int at = import->columns[i];
        const char *text = at < 0 ? "" : csv_field(import->csv, row, (size_t)at);
        buf_add_string(&key, strcmp(text, "*") == 0 ? "" : text); /* both are all */
        buf_add_byte(&key, '\x1F');
    }
    const char *own = key.failed ? NULL : arena_copy(import->arena, key.bytes == NULL ? "" : key.bytes, key.length);
    buf_free(&key);
    return own;
}

static enum status make_keys(const struct import *import, const struct table *table, struct keyed **keys,
                             struct fail *fail)
{
    struct keyed *made = ARENA_NEW(import->arena, struct keyed, import->csv->row_count + 1);
    bool good = made != NULL;
    for (size_t i = 0; i < import->csv->row_count && good; i++) {
        made[i] = (struct keyed){ key_of(import, table, i), i };
        good = made[i].key != NULL;
    }
    if (!good)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for %zu rows", import->csv->row_count);
    qsort(made, import->csv->row_count, sizeof *made, compare_keyed);
    *keys = made;
    return STATUS_OK;
}

static void check_twins(struct import *import, const struct keyed *keys)
{
    for (size_t i = 1; i < import->csv->row_count; i++)
        if (strcmp(keys[i - 1].key, keys[i].key) == 0)
            TABLE_FINDING(import, SEVERITY_ERROR, "V19", keys[i].row, -1,
                          N_("this row says the same as line %u; every combination stands once"),
                          (unsigned)import->csv->lines[keys[i - 1].row]);
}

static bool same_fields(const struct import *import, size_t row, const struct csv *stored, size_t other)
{
    for (size_t i = 0; i < stored->column_count; i++) {
        int at = import->columns[i];
        const char *text = at < 0 ? "" : csv_field(import->csv, row, (size_t)at);
        if (strcmp(text, csv_field(stored, other, i)) != 0)
            return false;
    }
    return true;
}

/* Rows that are stored already are not added again; what was said once is not said differently afterwards. */
static enum status check_appended(struct import *import, const struct table *table, const struct keyed *keys,
                                  bool keep[], struct fail *fail)
{
    struct csv stored;
    struct keyed *old = NULL;
    enum status status = table_stored(import->store, import->arena, table, &stored, fail);
    struct import before = { .arena = import->arena, .csv = &stored };
    for (int i = 0; i < (int)table->column_count; i++)
        before.columns[i] = i;
    if (status == STATUS_OK)
        status = make_keys(&before, table, &old, fail);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < import->csv->row_count; i++) {
        const struct keyed wanted = { keys[i].key, 0 };
        size_t low = 0;
        for (size_t high = stored.row_count; low < high;) {
            size_t middle = low + (high - low) / 2;
            if (strcmp(old[middle].key, wanted.key) < 0)
                low = middle + 1;
            else
                high = middle;
        }
        bool known = low < stored.row_count && strcmp(old[low].key, wanted.key) == 0;
        keep[keys[i].row] = !known;
        if (known && same_fields(import, keys[i].row, &stored, old[low].row))
            TABLE_FINDING(import, SEVERITY_INFO, "V19", keys[i].row, -1,
                          N_("this row is stored already; it is not added again"));
        else if (known)
            TABLE_FINDING(import, SEVERITY_ERROR, "V19", keys[i].row, -1,
                          N_("this row was reported before with other words; what was reported stays: add a new row"));
    }
    return STATUS_OK;
}

static enum status find_columns(const struct table *table, struct import *import, bool *found)
{
    struct wanted wanted[TABLE_COLUMN_MAX];
    const char **names = ARENA_NEW(import->arena, const char *, TABLE_COLUMN_MAX);
    if (names == NULL)
        return STATUS_MEMORY;
    for (size_t i = 0; i < table->column_count; i++)
        wanted[i] = (struct wanted){ table->columns[i].name, (table->columns[i].flags & COLUMN_MAY_MISS) != 0, "" };
    *found = import_columns(import, wanted, names, table->column_count);
    return STATUS_OK;
}

enum status table_import(const struct table *table, struct store *store, struct arena *arena, const struct csv *csv,
                         const struct import_file *file, struct import_report *report, struct fail *fail)
{
    struct import import = { .store = store, .arena = arena, .csv = csv, .report = report,
                             .language = file->language, .steps = file->steps };
    struct registers before = { 0 };
    struct table_context context = { .registers = &before };
    struct keyed *keys = NULL;
    bool found = false;
    bool *keep = ARENA_NEW(arena, bool, csv->row_count + 1);
    char *rows = arena_get(arena, csv->row_count + 1, table->row_size);
    enum status status = find_columns(table, &import, &found);
    if (status != STATUS_OK || rows == NULL || keep == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for %zu rows", csv->row_count);
    if (!found)
        return STATUS_OK; /* the findings say it */
    status = store_unit_list(store, arena, &context.units, &context.unit_count, fail);
    if (status == STATUS_OK)
        status = store_span_list(store, arena, &context.spans, fail);
    if (status == STATUS_OK)
        status = table_load(store, arena, context.units, context.unit_count, &before, fail);
    for (import.row = 0; import.row < csv->row_count && status == STATUS_OK && IMPORT_ROWS_GO(&import); import.row++) {
        keep[import.row] = true;
        table_read_row(table, &import, &context, rows + import.row * table->row_size);
    }
    if (report->stopped)
        return STATUS_OK; /* import.c says it */
    if (status == STATUS_OK)
        status = make_keys(&import, table, &keys, fail);
    if (status == STATUS_OK)
        check_twins(&import, keys);
    if (status == STATUS_OK && report->errors == 0 && table->check != NULL)
        table->check(&import, &before, rows, csv->row_count);
    if (status == STATUS_OK && table->appends)
        status = check_appended(&import, table, keys, keep, fail);
    if (status != STATUS_OK || report->errors > 0 || file->dry_run)
        return status;
    return table_store(table, &import, keep, fail);
}
