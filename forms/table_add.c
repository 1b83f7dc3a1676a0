/* Puts rows into tables, whatever file they come from. */
#include <string.h>

#include "forms/table_private.h"

struct table *tables_add(struct arena *arena, struct tables *tables, const char *name, size_t length)
{
    if (tables->tables == NULL)
        tables->tables = ARENA_NEW(arena, struct table, SHEET_MAX);
    if (tables->tables == NULL || tables->count == SHEET_MAX)
        return NULL;
    struct table *table = &tables->tables[tables->count];
    table->name = arena_copy(arena, name, length);
    if (table->name == NULL)
        return NULL;
    tables->count++;
    return table;
}

static enum status full(const char *file, struct fail *fail)
{
    return FAIL(fail, STATUS_LIMIT, "%s: the spreadsheet holds more than a questionnaire can", file);
}

/* Bytes of the blank, line end or U+00A0 at text; 0 for anything else. */
static size_t blank_length(const char *text)
{
    if (*text != '\0' && strchr(" \t\r\n", *text) != NULL)
        return 1;
    return strncmp(text, "\xC2\xA0", 2) == 0 ? 2 : 0;
}

static const char *copy_trimmed(struct arena *arena, const char *cell)
{
    for (size_t step = blank_length(cell); step > 0; step = blank_length(cell))
        cell += step;
    size_t length = 0;
    for (size_t i = 0; cell[i] != '\0';) {
        size_t step = blank_length(cell + i);
        i += step > 0 ? step : 1;
        length = step > 0 ? length : i;
    }
    return length > 0 ? arena_copy(arena, cell, length) : "";
}

static bool make_room(struct arena *arena, struct table *table)
{
    if (table->row_count < table->row_room)
        return true;
    size_t room = table->row_room == 0 ? 64 : table->row_room * 2;
    struct table_row *rows = ARENA_NEW(arena, struct table_row, room);
    if (rows == NULL)
        return false;
    if (table->row_count > 0)
        memcpy(rows, table->rows, table->row_count * sizeof *rows);
    table->rows = rows;
    table->row_room = room;
    return true;
}

enum status table_add(struct arena *arena, const char *file, struct table *table, const struct sheet_row *row,
                      struct fail *fail)
{
    size_t count = table->header == NULL ? row->cell_count : table->column_count;
    const char **cells = ARENA_NEW(arena, const char *, count + 1);
    if (cells == NULL)
        return full(file, fail);
    bool filled = false;
    for (size_t i = 0; i < count; i++) {
        cells[i] = i < row->cell_count ? copy_trimmed(arena, row->cells[i]) : "";
        if (cells[i] == NULL)
            return full(file, fail);
        filled = filled || cells[i][0] != '\0';
    }
    if (!filled)
        return STATUS_OK;
    if (table->header == NULL) {
        table->header = cells;
        table->column_count = count;
        return STATUS_OK;
    }
    if (table->row_count == TABLE_ROW_MAX || !make_room(arena, table))
        return full(file, fail);
    const struct table_row *last = table->row_count > 0 ? &table->rows[table->row_count - 1] : NULL;
    bool beyond = last != NULL && (last->beyond || row->number - last->number > TABLE_GAP_MAX);
    table->rows[table->row_count++] = (struct table_row){ row->number, cells, beyond };
    return STATUS_OK;
}
