/* Delivered tables as data: which columns they have, what may stand in them, and where each goes in a row of
 * analysis/registers.h. One description serves the import (every fault becomes a finding), the template to fill in, the help,
 * and the loading for the analysis.
 *
 * Adding a table: a line in tables.def, a file table_NAME.c, a struct in analysis/registers.h. Columns and codes follow domain
 * schema.md 3. Not responsible for units, workforce cube and population figures: they have importers of their own. */
#ifndef SURVEY_TABLE_H
#define SURVEY_TABLE_H

#include <stddef.h>

#include "analysis/registers.h"
#include "survey/import_private.h"

enum column_type {         /* what the row holds, and what an empty field becomes */
    COLUMN_YEAR,           /* int */
    COLUMN_DAY,            /* int, year * 10000 + month * 100 + day; 0 */
    COLUMN_UNIT,           /* int, position in the list of units; -1 for "*" and empty */
    COLUMN_CODE,           /* enum: first + position in codes */
    COLUMN_BYTE,           /* uint8_t: values[position in codes] */
    COLUMN_LETTER,         /* char: the first letter of one of codes; '*' */
    COLUMN_FLAG,           /* bool: 0 or 1 */
    COLUMN_WHOLE,          /* uint32_t; 0 */
    COLUMN_WHOLE_OR_NONE,  /* int; -1 */
    COLUMN_NUMBER,         /* double; NaN */
    COLUMN_TEXT,           /* const char *, at most highest bytes; "" */
    COLUMN_TONGUE,         /* const char *, ISO 639-3 in small letters, or "*" */
    COLUMN_LINK,           /* int: position of the row of table link whose first column has this text */
};

enum column_flags {
    COLUMN_MAY_MISS = 1 << 0,  /* the whole column; its fields are then empty */
    COLUMN_MAY_EMPTY = 1 << 1, /* a field */
    COLUMN_KEY = 1 << 2,       /* rows differ in at least one of these (V19) */
    COLUMN_PAST = 1 << 4,      /* a day that cannot lie in the future; a YEAR never can */
    COLUMN_PERIOD = 1 << 3,    /* a delivery replaces what was stored with the same text in this column */
};

struct table;

struct table_column {
    const char *name; /* in the file */
    enum column_type type;
    unsigned flags;
    size_t offset;            /* in the row */
    const char *const *codes; /* CODE, BYTE, LETTER; FLAG when it is not 0 and 1; NULL at the end */
    int first;                /* CODE: what the first code stands for */
    const uint8_t *values;    /* BYTE */
    double highest;           /* WHOLE, NUMBER; bytes of TEXT */
    const struct table *link;
};

enum { TABLE_COLUMN_MAX = 24, TABLE_HEADS_MAX = 10000000 };

struct table {
    const char *kind;  /* "flows" */
    const char *file;  /* name of the file in the schema, accepted as well: "personal_ereignis" */
    const char *title; /* English, N_() */
    const struct table_column *columns;
    size_t column_count;
    size_t row_size;
    size_t rows, count; /* offsets of the pointer and the number in struct registers */
    bool appends;       /* rows are added and never replaced */
    const char *const *slots; /* lines that a template brings along to be filled in; NULL at the end; NULL: none */
    /* Rules between columns and rows; rows[i] stands in line import->csv->lines[i]; before: what is stored. NULL: none. */
    void (*check)(struct import *import, const struct registers *before, const void *rows, size_t count);
};

/* Flags, and what else the type needs: TABLE_COLUMN(COLUMN_CODE, "art", flow, kind, COLUMN_KEY, .codes = kinds). */
#define TABLE_COLUMN(type_, name_, row_, member_, ...) \
    { .name = name_, .type = type_, .offset = offsetof(struct row_, member_), .flags = __VA_ARGS__ }
#define TABLE_ROWS(row_, rows_, count_) \
    .row_size = sizeof(struct row_), .rows = offsetof(struct registers, rows_), .count = offsetof(struct registers, count_)

extern const struct table *const tables[]; /* order of tables.def: a table stands behind those it links to; NULL at the end */
const struct table *table_find(const char *kind); /* by kind or file name; NULL */

/* Codes that several tables share. */
extern const char *const table_bands[], *const table_ages[], *const table_sexes[], *const table_germans[],
    *const table_groups[], *const table_traits[], *const table_reasons[]; /* reasons from FLOW_VOLUNTARY on */
extern const uint8_t table_band_values[], table_age_values[], table_german_values[], table_group_values[];

/* The importer of a table: everything checked, then stored as a delivery, or nothing. */
MUST_USE enum status table_import(const struct table *table, struct store *store, struct arena *arena,
                                  const struct csv *csv, const struct import_file *file, struct import_report *report,
                                  struct fail *fail);

/* Everything that was delivered and not undone. units: as store_unit_list gives them. */
MUST_USE enum status table_load(struct store *store, struct arena *arena, const struct unit units[], size_t unit_count,
                                struct registers *registers, struct fail *fail);

/* For checks: an error or a warning on row i. column: position, or -1 for the whole row. */
#define TABLE_FINDING(import, severity, rule, i, column, ...) \
    import_finding((import)->report, (import)->arena, (import)->language, severity, rule, (import)->csv->lines[i], \
                   (column) < 0 ? NULL : (import)->names[column], __VA_ARGS__)

#endif
