/* Rows of a table as UTF-8 strings, whatever kind of file they come from, and the one way to gather them.
 * Bounded in rows, columns and bytes of a cell. Not responsible for what the cells mean. */
#ifndef BASE_SHEET_H
#define BASE_SHEET_H

#include <stdint.h>

#include "base/buf.h"

enum {
    SHEET_MAX = 64, /* sheets of a file */
    SHEET_COLUMN_MAX = 1024,
    SHEET_ROW_MAX = 1048576,
    SHEET_CELL_MAX = 64 * 1024, /* bytes */
};

struct sheet_row {
    uint32_t number;          /* from 1, as the spreadsheet program shows it */
    const char *const *cells; /* never NULL; "" for an empty one; valid during the call */
    size_t cell_count;        /* the last cell is not empty; never 0: empty rows are left out */
};

/* Called for every row that is not empty, from the top. A status other than STATUS_OK ends the reading. */
typedef enum status sheet_row_read(void *context, const struct sheet_row *row, struct fail *fail);

/* The row that is being gathered. */
struct sheet_cells {
    const char *name; /* of the file */
    uint32_t row;     /* 0 before the first */
    size_t count;     /* columns up to the last one that is not empty */
    struct buf text;  /* all cells, each with its NUL; the first byte is the empty string */
    uint32_t starts[SHEET_COLUMN_MAX];
    const char *cells[SHEET_COLUMN_MAX];
};

void sheet_cells_init(struct sheet_cells *cells, const char *name);
void sheet_cells_free(struct sheet_cells *cells);

/* Rows come in order: STATUS_INPUT when one does not, STATUS_LIMIT above SHEET_ROW_MAX. */
MUST_USE enum status sheet_cells_begin(struct sheet_cells *cells, uint64_t row, struct fail *fail);
/* column from 0, in order; nothing is kept of an empty text. STATUS_INPUT, STATUS_LIMIT likewise. */
MUST_USE enum status sheet_cells_add(struct sheet_cells *cells, uint64_t column, const char *text, size_t length,
                                     struct fail *fail);
/* Hands the row over unless it is empty. */
MUST_USE enum status sheet_cells_end(struct sheet_cells *cells, sheet_row_read *read, void *context, struct fail *fail);

#endif
