/* Gathers the cells of one row in one piece of memory that is used again for the next. */
#include "base/sheet.h"

#include <string.h>

void sheet_cells_init(struct sheet_cells *cells, const char *name)
{
    memset(cells, 0, sizeof *cells);
    cells->name = name;
    buf_init(&cells->text, (size_t)SHEET_CELL_MAX * 64);
}

void sheet_cells_free(struct sheet_cells *cells)
{
    buf_free(&cells->text);
}

enum status sheet_cells_begin(struct sheet_cells *cells, uint64_t row, struct fail *fail)
{
    if (row > SHEET_ROW_MAX)
        return FAIL(fail, STATUS_LIMIT, "%s: more than %d rows", cells->name, (int)SHEET_ROW_MAX);
    if (row <= cells->row)
        return FAIL(fail, STATUS_INPUT, "%s: the file is damaged: row %u comes after row %u", cells->name,
                    (unsigned)row, (unsigned)cells->row);
    cells->row = (uint32_t)row;
    cells->count = 0;
    buf_clear(&cells->text);
    buf_add(&cells->text, "", 1);
    return STATUS_OK;
}

enum status sheet_cells_add(struct sheet_cells *cells, uint64_t column, const char *text, size_t length,
                            struct fail *fail)
{
    if (length == 0)
        return STATUS_OK;
    if (column >= SHEET_COLUMN_MAX)
        return FAIL(fail, STATUS_LIMIT, "%s: row %u has more than %d columns", cells->name, (unsigned)cells->row,
                    (int)SHEET_COLUMN_MAX);
    if (column < cells->count)
        return FAIL(fail, STATUS_INPUT, "%s: the file is damaged: the cells of row %u are out of order", cells->name,
                    (unsigned)cells->row);
    while (cells->count < column)
        cells->starts[cells->count++] = 0;
    cells->starts[cells->count++] = (uint32_t)cells->text.length;
    buf_add(&cells->text, text, length);
    buf_add(&cells->text, "", 1);
    if (length > SHEET_CELL_MAX || cells->text.failed)
        return FAIL(fail, STATUS_LIMIT, "%s: row %u holds a cell longer than %d bytes", cells->name,
                    (unsigned)cells->row, (int)SHEET_CELL_MAX);
    return STATUS_OK;
}

enum status sheet_cells_end(struct sheet_cells *cells, sheet_row_read *read, void *context, struct fail *fail)
{
    if (cells->count == 0)
        return STATUS_OK;
    for (size_t i = 0; i < cells->count; i++)
        cells->cells[i] = cells->text.bytes + cells->starts[i];
    struct sheet_row row = { cells->row, cells->cells, cells->count };
    return read(context, &row, fail);
}
