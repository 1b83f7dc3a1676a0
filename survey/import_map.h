/* Column maps: how the columns of somebody else's export become the columns of a kind of import. JSON, docs/imports.md.
 */
#ifndef SURVEY_IMPORT_MAP_H
#define SURVEY_IMPORT_MAP_H

#include "base/csv.h"
#include "base/i18n.h"

enum { IMPORT_MAP_BYTES = 256 * 1024, IMPORT_MAP_COLUMNS = 64, IMPORT_MAP_CODES = 500 };

struct map_code {
    const char *from, *to;
};

/* One column of the kind: from another column, the same in every row, the number of the row, or asked for at the import. */
struct map_column {
    const char *to;
    const char *from;    /* its name, or NULL; of fixed widths "12-15" */
    unsigned position;   /* without names: from 1; 0 when from holds a name */
    unsigned first, last; /* of fixed widths: characters of the line, from 1 */
    bool asked;          /* the day that is given with the file */
    const char *value;   /* the same in every row, or NULL */
    unsigned row_digits; /* the row's number with so many digits; 0: not */
    bool percent;        /* divided by 100 */
    const struct map_code *codes;
    size_t code_count;
    const char *otherwise; /* for what codes does not list; NULL: it stays as it is */
};

struct import_map {
    const char *name, *version, *kind;
    bool headless; /* the file has no names of columns */
    bool fixed;    /* … and no delimiters either: each column has its place in the line */
    bool asks;     /* for a day */
    const char *date; /* import_map_date; NULL: none was given */
    const struct map_column *columns;
    size_t column_count;
};

/* Everything lives in the arena. STATUS_INPUT says which part of the map is wrong. */
MUST_USE enum status import_map_read(struct arena *arena, const char *bytes, size_t length, struct import_map *map,
                                     struct fail *fail);
/* A file of the file system, else a map shipped with the program ("personalstandstatistik"). */
MUST_USE enum status import_map_open(struct arena *arena, const char *path, struct import_map *map, struct fail *fail);
/* Names of the shipped maps; NULL past the end. */
const char *import_map_shipped(size_t i);

/* The day that came with the file, like 2026-06-30; NULL or "": none. map NULL: the file has none. STATUS_INPUT: no day, or nobody
 * asked for it. */
MUST_USE enum status import_map_date(struct import_map *map, const char *date, struct fail *fail);

/* Position in csv of the column that this one is made from; -1: csv lacks it; 0 when it is made from none. */
int import_map_place(const struct map_column *column, const struct csv *csv);

static inline bool import_map_takes(const struct map_column *column, const struct csv *csv, size_t place)
{
    return (column->from != NULL || column->position > 0) && import_map_place(column, csv) == (int)place;
}

/* For a file without names: a line that names its columns #1, #2, #3 …, to be put before its first one (behind a BOM). */
MUST_USE enum status import_map_names(const char *bytes, size_t length, struct buf *line, struct fail *fail);

/* csv as the kind wants it; strings are shared with csv. *missing: name of the first column that csv lacks, else NULL.
 */
MUST_USE enum status import_map_apply(struct arena *arena, const struct import_map *map, const struct csv *csv,
                                      struct csv *mapped, const char **missing, struct fail *fail);

#endif
