/* Margins and expected counts. */
#include "analysis/stat_table.h"

#include <math.h>

enum status counts_make(struct arena *arena, const double cells[], size_t rows, size_t columns, struct counts *counts,
                        struct fail *fail)
{
    if (rows < 2 || columns < 2 || rows > COUNTS_SIDE_MAX || columns > COUNTS_SIDE_MAX)
        return FAIL(fail, STATUS_INPUT, "a table of counts needs at least two rows and two columns");
    for (size_t i = 0; i < rows * columns; i++)
        if (!(cells[i] >= 0) || !isfinite(cells[i]))
            return FAIL(fail, STATUS_INPUT, "a count is negative or no number");
    struct counts made = { .rows = rows,
                           .columns = columns,
                           .cells = cells,
                           .row_totals = ARENA_NEW(arena, double, rows),
                           .column_totals = ARENA_NEW(arena, double, columns),
                           .expected = ARENA_NEW(arena, double, rows *columns) };
    if (made.row_totals == NULL || made.column_totals == NULL || made.expected == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < columns; j++) {
            made.row_totals[i] += cells[i * columns + j];
            made.column_totals[j] += cells[i * columns + j];
        }
    for (size_t i = 0; i < rows; i++) {
        made.total += made.row_totals[i];
        made.empty_margin = made.empty_margin || !(made.row_totals[i] > 0);
    }
    for (size_t j = 0; j < columns; j++)
        made.empty_margin = made.empty_margin || !(made.column_totals[j] > 0);
    if (!(made.total > 0))
        return FAIL(fail, STATUS_DENIED, "too few answers for a reliable figure");
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < columns; j++)
            made.expected[i * columns + j] = made.row_totals[i] * made.column_totals[j] / made.total;
    *counts = made;
    return STATUS_OK;
}
