/* CSV tables that hold nothing but small whole numbers (answers in steps), read into columns of bytes: far faster than
 * csv.h and with a byte a cell. Chunks of the file are read by several threads; memory is the columns and two megabytes
 * a thread. Not responsible for tables with text, nor for what the numbers mean. */
#ifndef BASE_CSV_DIGITS_H
#define BASE_CSV_DIGITS_H

#include "base/csv.h"

enum { DIGITS_MAX = 250, DIGITS_NONE = 255, DIGITS_LINE_MAX = 64 * 1024 };

struct digits {
    char delimiter; /* ; , or tab */
    size_t column_count;
    const char **header;
    size_t row_count;
    uint8_t **column; /* column[c][row]: 0..DIGITS_MAX; DIGITS_NONE for an empty cell and NA */
};

/* The first line is the header (as csv_read reads it). Cells may stand in quotation marks and between blanks; lines end
 * with LF or CRLF; blank lines are left out. Everything lives in the arena. The same result for any number of threads
 * (1..16).
 *
 * STATUS_MISSING, STATUS_IO  the file
 * STATUS_INPUT  no header line, or a row with another number of columns or something else in a cell: each such row is
 *               given to fault (may be NULL) with its line, in the order of the file. Cells themselves are never
 * quoted. STATUS_LIMIT  a line over DIGITS_LINE_MAX bytes, or the arena's limit */
MUST_USE enum status digits_read(struct arena *arena, const char *path, unsigned threads, struct digits *digits,
                                 csv_fault *fault, void *context, struct fail *fail);

#endif
