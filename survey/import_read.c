/* Bytes to rows: CSV in any encoding, or the first sheet of an .xlsx or .xls file. A sheet is written out as CSV and
 * read again, so that title lines, repeated headers and totals are treated alike and a line is the sheet's row. Not
 * responsible for what the columns mean. */
#include <sodium.h>
#include <string.h>

#include "base/spreadsheet.h"
#include "base/xls.h"
#include "survey/import_private.h"

/* How much larger than the file its sheets and their text may be; real ones stay below 20 and 10. */
enum { SHEET_FACTOR = 40, TEXT_FACTOR = 20, SMALL_FILE = 16 << 20 };

struct written {
    struct buf text;
    uint32_t line; /* being written */
    size_t widest; /* row so far: a sheet forgets empty cells at the end of a row */
};

static void add_cell(struct buf *text, const char *cell)
{
    if (strpbrk(cell, ";\"\r\n") == NULL) {
        buf_add_string(text, cell);
        return;
    }
    buf_add_string(text, "\"");
    for (; *cell != '\0'; cell++) {
        if (*cell == '"')
            buf_add_string(text, "\"");
        /* A line break would move the numbers of all lines below. */
        buf_add(text, *cell == '\n' || *cell == '\r' ? " " : cell, 1);
    }
    buf_add_string(text, "\"");
}

static enum status add_row(void *context, const struct sheet_row *row, struct fail *fail)
{
    struct written *written = context;
    for (; written->line < row->number; written->line++)
        buf_add_string(&written->text, "\n");
    for (size_t i = 0; i < row->cell_count; i++) {
        if (i > 0)
            buf_add_string(&written->text, ";");
        add_cell(&written->text, row->cells[i]);
    }
    for (size_t i = row->cell_count; i < written->widest; i++)
        buf_add_string(&written->text, ";");
    written->widest = row->cell_count > written->widest ? row->cell_count : written->widest;
    return buf_status(&written->text, "the sheet", fail);
}

static bool is_sheet(const char *bytes, size_t length)
{
    return (length > 4 && memcmp(bytes, "PK\003\004", 4) == 0) || xls_fits(bytes, length);
}

/* Puts the line before the first one of *text, behind a BOM. */
static enum status put_before(struct buf *text, const struct buf *line, struct fail *fail)
{
    const size_t mark = text->length >= 3 && memcmp(text->bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    const size_t moved = text->length - mark;
    buf_add(text, line->bytes, line->length); /* makes room */
    if (!text->failed) {
        memmove(text->bytes + mark + line->length, text->bytes + mark, moved);
        memcpy(text->bytes + mark, line->bytes, line->length);
    }
    return buf_status(text, "the file", fail);
}

/* The line of numbers that was put before the rows is not the file's: lines count without it. */
static enum status read_headless(struct arena *arena, const struct import_file *file, struct csv *csv, csv_fault *fault,
                                 void *context, struct fail *fail)
{
    struct buf line, copy;
    buf_init(&line, 64 << 10);
    buf_init(&copy, file->length + SMALL_FILE);
    enum status status = import_map_names(file->bytes, file->length, &line, fail);
    if (file->own == NULL)
        buf_add(&copy, file->bytes, file->length);
    if (status == STATUS_OK)
        status = put_before(file->own == NULL ? &copy : file->own, &line, fail);
    if (status == STATUS_OK)
        status = file->own == NULL ? csv_read(arena, copy.bytes, copy.length, csv, fault, context, fail)
                                   : csv_read_own(arena, file->own, csv, fault, context, fail);
    for (size_t row = 0; row < csv->row_count; row++)
        csv->lines[row]--;
    csv->header_line = 0;
    if (copy.bytes != NULL)
        sodium_memzero(copy.bytes, copy.length); /* it may have been about persons */
    buf_free(&copy);
    buf_free(&line);
    return status;
}

enum status import_read(struct arena *arena, const struct import_file *file, struct csv *csv, csv_fault *fault,
                        void *context, struct fail *fail)
{
    struct spreadsheet *sheet = NULL;
    struct written written = { .line = 1 };
    bool headless = file->map != NULL && file->map->headless;
    *csv = (struct csv){ 0 };
    if (headless && is_sheet(file->bytes, file->length))
        return FAIL(fail, STATUS_INPUT, "the map is made for a file without names of columns; save the sheet as CSV first");
    if (headless && file->map->fixed)
        return import_fixed_read(arena, file, csv, fail);
    if (headless)
        return read_headless(arena, file, csv, fault, context, fail);
    if (!is_sheet(file->bytes, file->length) && file->own != NULL)
        return csv_read_own(arena, file->own, csv, fault, context, fail);
    if (!is_sheet(file->bytes, file->length))
        return csv_read(arena, file->bytes, file->length, csv, fault, context, fail);
    buf_init(&written.text, file->length * TEXT_FACTOR + SMALL_FILE);
    enum status status =
        spreadsheet_open("the file", file->bytes, file->length, file->length * SHEET_FACTOR + SMALL_FILE, &sheet, fail);
    if (status == STATUS_OK)
        status = spreadsheet_rows(sheet, 0, add_row, &written, fail);
    spreadsheet_close(sheet);
    if (status == STATUS_OK)
        status = csv_read(arena, written.text.bytes == NULL ? "" : written.text.bytes, written.text.length, csv, fault,
                          context, fail);
    csv->delimiter = '\0';
    if (written.text.bytes != NULL)
        sodium_memzero(written.text.bytes, written.text.length); /* it may have been about persons */
    buf_free(&written.text);
    return status;
}
