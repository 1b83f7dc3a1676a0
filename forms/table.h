/* The sheets of a questionnaire that is a spreadsheet: .xlsx, .xls, the .csv in which all sheets stand one below the
 * other, and the tables in Markdown (.md) of its test suite. All cells in one arena.
 *
 *   survey,,            | survey |
 *   ,type,name          | | type | name |
 *   ,text,A             | | text | A    |
 *
 * Empty rows at the end do not count; after TABLE_GAP_MAX empty rows nothing more is read (a stray cell far down).
 * Not responsible for what the columns mean. */
#ifndef FORMS_TABLE_H
#define FORMS_TABLE_H

#include "base/arena.h"
#include "base/sheet.h"

enum {
    TABLE_ROW_MAX = 20000,
    TABLE_GAP_MAX = 60,
    TABLE_UNPACKED_MAX = 64 << 20,
    TABLE_FILE_MAX = 16 << 20,
};

struct table_row {
    uint32_t number;          /* as the spreadsheet program shows it; in .csv and .md the line of the file */
    const char *const *cells; /* one per column of the header; never NULL; blanks around them are gone */
    bool beyond;              /* stands below the gap: not part of the table */
};

struct table {
    const char *name; /* as written */
    size_t column_count;
    const char *const *header; /* "" where it is empty */
    struct table_row *rows;
    size_t row_count, row_room;
};

struct tables {
    struct table *tables;
    size_t count;
};

/* name: of the file; tells .csv and .md, all else must be a spreadsheet. STATUS_INPUT, STATUS_LIMIT, STATUS_MEMORY. */
MUST_USE enum status tables_read(struct arena *arena, const char *name, const char *bytes, size_t length,
                                 struct tables *tables, struct fail *fail);

/* By name, letters of any size; NULL when there is none. */
const struct table *tables_find(const struct tables *tables, const char *name);

#endif
