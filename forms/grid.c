/* Rows of pointers; the columns that stay empty are left out at the end. */
#include "forms/grid.h"

#include <assert.h>
#include <string.h>

void grid_init(struct grid *grid, struct arena *arena)
{
    *grid = (struct grid){ .arena = arena };
}

void grid_column(struct grid *grid, const char *head, bool always)
{
    if (head == NULL || grid->column_count == GRID_COLUMN_MAX) {
        grid->full = true;
        return;
    }
    grid->used[grid->column_count] = always;
    grid->heads[grid->column_count++] = head;
}

void grid_row(struct grid *grid)
{
    if (grid->row_count == grid->row_room) {
        size_t room = grid->row_room == 0 ? 64 : grid->row_room * 2;
        const char ***rows = room <= GRID_ROW_MAX ? ARENA_NEW(grid->arena, const char **, room) : NULL;
        if (rows == NULL) {
            grid->full = true;
            return;
        }
        if (grid->row_count > 0)
            memcpy(rows, grid->rows, grid->row_count * sizeof *rows);
        grid->rows = rows;
        grid->row_room = room;
    }
    const char **cells = ARENA_NEW(grid->arena, const char *, grid->column_count);
    if (cells == NULL)
        grid->full = true;
    else
        grid->rows[grid->row_count++] = cells;
}

void grid_set(struct grid *grid, const char *head, const char *text)
{
    if (text == NULL || text[0] == '\0' || grid->full)
        return;
    size_t column = 0;
    while (column < grid->column_count && strcmp(grid->heads[column], head) != 0)
        column++;
    assert(column < grid->column_count && grid->row_count > 0);
    grid->rows[grid->row_count - 1][column] = text;
    grid->used[column] = true;
}

/* Wide enough for reading, narrow enough for a screen. */
static double width_of(const char *head)
{
    return strstr(head, "label") != NULL || strstr(head, "body") != NULL ? 48 : strlen(head) < 14 ? 16 : 24;
}

void grid_write(const struct grid *grid, struct xlsx_write *write, const char *sheet)
{
    xlsx_write_sheet(write, sheet);
    uint16_t place = 0;
    for (size_t column = 0; column < grid->column_count; column++) {
        if (!grid->used[column])
            continue;
        xlsx_write_width(write, place, width_of(grid->heads[column]));
        xlsx_write_text(write, 0, place, grid->heads[column]);
        for (size_t row = 0; row < grid->row_count; row++)
            if (grid->rows[row][column] != NULL)
                xlsx_write_text(write, (uint32_t)row + 1, place, grid->rows[row][column]);
        place++;
    }
}
