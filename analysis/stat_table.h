/* Tables of counts: margins and what independence would expect. Pure; memory from the arena.
 * Not responsible for tests: stat_chi_square.h, stat_fisher.h, stat_trend.h. */
#ifndef ANALYSIS_STAT_TABLE_H
#define ANALYSIS_STAT_TABLE_H

#include <stdbool.h>

#include "base/arena.h"

enum { COUNTS_SIDE_MAX = 4096 };

/* All arrays live in the arena; matrices are row-major, [i * columns + j]. */
struct counts {
    size_t rows, columns;
    const double *cells;
    double *row_totals, *column_totals;
    double *expected; /* row total × column total / total */
    double total;
    bool empty_margin; /* a row or a column without anybody */
};

/* cells: rows × columns, not negative, finite (weights need not be whole); borrowed as long as counts is used.
 * rows, columns in 2..COUNTS_SIDE_MAX.
 *
 * STATUS_INPUT   sides out of range, a negative or not finite count
 * STATUS_DENIED  nobody in the table */
MUST_USE enum status counts_make(struct arena *arena, const double cells[], size_t rows, size_t columns,
                                 struct counts *counts, struct fail *fail);

#endif
