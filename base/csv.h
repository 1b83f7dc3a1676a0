/* CSV reader for whole files in memory: delimiter ; , or tab found on the header line, quotes doubled, CRLF or LF.
 * Only shape is checked here (V01 of schema.md); meaning belongs to the importers. */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include <stdint.h>

#include "base/arena.h"
#include "base/utf8.h"

enum { CSV_COLUMN_MAX = 256, CSV_FIELD_MAX = 64 * 1024 };

/* The fields of the row asked for last. */
struct csv_cursor {
    bool open, failed; /* failed: no memory for a row that was made; what was read since is worth nothing */
    size_t row;
    const char *fields[CSV_COLUMN_MAX];
};

struct csv;
/* Fills in the fields of a row that is not in the text as it is asked for (a column map). They may be gone when another row is
 * opened. */
typedef void csv_make(void *context, const struct csv *csv, size_t row, const char *fields[]);

struct csv {
    enum encoding encoding;
    char delimiter;
    uint32_t header_line; /* from 1; 0 without a header */
    char *text;           /* what header and rows point into, for wiping; text_length bytes */
    size_t text_length;
    size_t column_count;
    const char **header;  /* trimmed; header[column] */
    size_t row_count;     /* without the header and without blank lines */
    uint32_t *begins;     /* where in text the fields of a row stand, one behind the other, each with its NUL; or NULL … */
    const char **fields;  /* … or all fields, row-major … */
    csv_make *make;       /* … or who makes them */
    void *make_context;
    struct csv_cursor *cursor; /* of begins or make; a csv is read by one thread */
    uint32_t *lines;      /* line in the file of each row, from 1 */
};

void csv_open_row(const struct csv *csv, size_t row); /* for csv_field */
/* The field, trimmed of blanks and NBSP. Quick for the row asked for last. */
static inline const char *csv_field(const struct csv *csv, size_t row, size_t column)
{
    if (csv->fields != NULL)
        return csv->fields[row * csv->column_count + column];
    if (!csv->cursor->open || csv->cursor->row != row)
        csv_open_row(csv, row);
    return csv->cursor->fields[column];
}
/* Makes row `from` row `to` as well. */
void csv_move_row(struct csv *csv, size_t to, size_t from);

/* Called for every fault; the reader goes on, so that all are reported. */
typedef void csv_fault(void *context, uint32_t line, const char *message);

/* bytes may be in any encoding of utf8.h. Everything of *csv lives in the arena.
 * STATUS_INPUT when there is no header or a row has another number of columns (each reported to fault); *csv then holds
 * the good rows, so that the importers can report their faults too (column_count is 0 without a header).
 * Title lines above the header, repeated headers, blank lines and trailing delimiters are left out.
 * STATUS_LIMIT for 4 GB, more than CSV_COLUMN_MAX columns, a field over CSV_FIELD_MAX bytes, or the arena's limit. */
MUST_USE enum status csv_read(struct arena *arena, const char *bytes, size_t length, struct csv *csv,
                              csv_fault *fault, void *context, struct fail *fail);

/* The same for bytes that nobody else needs: they are cut where they stand, after they were replaced by their UTF-8 where they
 * were something else. Saves two copies of a large file; *csv borrows *own. */
MUST_USE enum status csv_read_own(struct arena *arena, struct buf *own, struct csv *csv, csv_fault *fault, void *context,
                                  struct fail *fail);

/* Index of the column of that name (case-insensitive ASCII), or -1. */
int csv_column(const struct csv *csv, const char *name);

#endif
