/* Reads all sheets of a file, whatever its kind. */
#include "forms/table.h"

#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "base/spreadsheet.h"
#include "forms/table_private.h"

struct sheet {
    struct arena *arena;
    const char *file;
    struct table *table;
};

static enum status on_row(void *context, const struct sheet_row *row, struct fail *fail)
{
    struct sheet *sheet = context;
    return table_add(sheet->arena, sheet->file, sheet->table, row, fail);
}

static enum status read_spreadsheet(struct arena *arena, const char *name, const char *bytes, size_t length,
                                 struct tables *tables, struct fail *fail)
{
    struct spreadsheet *spreadsheet = NULL;
    enum status status = spreadsheet_open(name, bytes, length, TABLE_UNPACKED_MAX, &spreadsheet, fail);
    for (size_t i = 0; status == STATUS_OK && i < spreadsheet_sheet_count(spreadsheet); i++) {
        const char *title = spreadsheet_sheet_name(spreadsheet, i);
        struct sheet sheet = { arena, name, tables_add(arena, tables, title, strlen(title)) };
        status = sheet.table != NULL ? spreadsheet_rows(spreadsheet, i, on_row, &sheet, fail)
                                     : FAIL(fail, STATUS_MEMORY, "%s: out of memory", name);
    }
    spreadsheet_close(spreadsheet);
    return status;
}

static bool ends_with(const char *name, const char *end)
{
    size_t length = strlen(name);
    size_t tail = strlen(end);
    return length >= tail && strcasecmp(name + length - tail, end) == 0;
}

static enum status read_text(struct arena *arena, const char *name, const char *bytes, size_t length,
                             struct tables *tables, struct fail *fail)
{
    struct buf text;
    enum encoding encoding;
    buf_init(&text, (size_t)TABLE_FILE_MAX * 2);
    enum status status = utf8_import(bytes, length, &text, &encoding, fail);
    buf_add(&text, "", 0);
    if (status == STATUS_OK && text.failed)
        status = FAIL(fail, STATUS_LIMIT, "%s: the spreadsheet holds more than a questionnaire can", name);
    if (status == STATUS_OK)
        status = ends_with(name, ".md") ? tables_read_md(arena, name, text.bytes, tables, fail)
                                        : tables_read_csv(arena, name, text.bytes, tables, fail);
    buf_free(&text);
    return status;
}

enum status tables_read(struct arena *arena, const char *name, const char *bytes, size_t length, struct tables *tables,
                        struct fail *fail)
{
    *tables = (struct tables){ 0 };
    if (length > TABLE_FILE_MAX)
        return FAIL(fail, STATUS_LIMIT, "%s: the spreadsheet holds more than a questionnaire can", name);
    return ends_with(name, ".md") || ends_with(name, ".csv") ? read_text(arena, name, bytes, length, tables, fail)
                                                             : read_spreadsheet(arena, name, bytes, length, tables, fail);
}

const struct table *tables_find(const struct tables *tables, const char *name)
{
    for (size_t i = 0; i < tables->count; i++) {
        const char *own = tables->tables[i].name;
        size_t length = strlen(name);
        own += strspn(own, " ");
        if (strncasecmp(own, name, length) == 0 && own[length + strspn(own + length, " ")] == '\0')
            return &tables->tables[i];
    }
    return NULL;
}
