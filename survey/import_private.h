/* What the importers share: findings with rule and place, columns, codes, numbers and dates of a row.
 * A finding never repeats a value: it could be personal. Included by import*.c only. */
#ifndef SURVEY_IMPORT_PRIVATE_H
#define SURVEY_IMPORT_PRIVATE_H

#include "base/i18n.h"
#include "survey/import.h"
#include "survey/personal.h"

struct import {
    struct store *store;
    struct arena *arena;
    const struct csv *csv;
    struct import_report *report;
    const struct language *language;
    const struct steps *steps;
    int columns[32]; /* position of each wanted column, -1 when an optional one is missing */
    const char *const *names;
    size_t row;      /* being read */
};

/* format is an English literal and the key of its translation. line 0: the whole file; column NULL: the whole row. A field
 * that looks like personal data (V03) is told once: what else is wrong with it does not matter. */
void import_finding(struct import_report *report, struct arena *arena, const struct language *language,
                    enum severity severity, const char *rule, uint32_t line, const char *column, const char *format,
                    ...) __attribute__((format(printf, 8, 9)));
#define IMPORT_ERROR(import, rule, wanted_column, ...) \
    import_finding((import)->report, (import)->arena, (import)->language, SEVERITY_ERROR, rule, \
                   (import)->csv->lines[(import)->row], (import)->names[wanted_column], __VA_ARGS__)
#define IMPORT_NOTE(import, severity, rule, line, ...) \
    import_finding((import)->report, (import)->arena, (import)->language, severity, rule, line, NULL, __VA_ARGS__)

/* A CSV file, or the first sheet of a spreadsheet file as if it were one; encoding and delimiter say which. As csv_read. */
MUST_USE enum status import_read(struct arena *arena, const struct import_file *file, struct csv *csv,
                                 csv_fault *fault, void *context, struct fail *fail);

/* A file of fixed widths as rows: a column for every place that file->map takes, named "12-15", and for what lies between and behind
 * them. Empty lines are left out. *csv lives in the arena and borrows file->own. Errors as csv_read. */
MUST_USE enum status import_fixed_read(struct arena *arena, const struct import_file *file, struct csv *csv, struct fail *fail);

/* The row by which this import can be undone; first thing in its transaction. */
MUST_USE enum status import_delivery(struct store *store, const struct import_report *report, struct fail *fail);
/* V24: hash of the file, mode, rows, warnings and who accepted them. */
MUST_USE enum status import_audit(struct store *store, const struct import_file *file, const struct import_report *report,
                                  struct fail *fail);

/* Fills report->sample. */
void import_sample(const struct csv *csv, const struct import_file *file, const struct import_kind *kind,
                   struct import_report *report, struct arena *arena);
/* The kind has a column of that name; with a map: the map takes the column. */
bool import_known_column(const struct csv *csv, size_t column, const struct import_file *file, const struct import_kind *kind);
/* A file without names, read as if it had some, has values for names: those that may be about a person become "column 3", so that
 * neither a finding nor the sample repeats one. */
void import_hide_names(struct csv *csv, const struct import_file *file, const struct import_kind *kind, struct arena *arena);
/* A column of that name is for personal data. */
bool import_personal_column(const char *name);
/* V03: an error finding for every column, and for every field of a row, that looks like personal data. places: what each
 * column is meant for. */
void import_personal_columns(const struct csv *csv, struct import_report *report, struct arena *arena,
                             const struct language *language, enum personal_place places[]);
void import_personal_row(const struct csv *csv, size_t row, const enum personal_place places[],
                         struct import_report *report, struct arena *arena, const struct language *language);

enum { IMPORT_STEP_ROWS = 4096 };
/* Before every row of total: tells how far the import is. false, and report->stopped, when it shall stop. label: N_(). */
static inline bool import_go(const struct steps *steps, struct import_report *report, const char *label, size_t row, size_t total)
{
    if (row % IMPORT_STEP_ROWS == 0 && !steps_go(steps, label, row, total))
        report->stopped = true;
    return !report->stopped;
}
#define IMPORT_ROWS_GO(import) \
    import_go((import)->steps, (import)->report, N_("Checking the rows"), (import)->row, (import)->csv->row_count)

/* Finds the columns; V02 for what is missing. false: nothing can be read. */
bool import_columns(struct import *import, const struct wanted wanted[], const char *names[], size_t count);
/* Field of the row being read; "" for an optional column that is not there. */
const char *import_cell(const struct import *import, int column);
/* Position of the field in codes (NULL at the end); an error finding and -1 for anything else. */
int import_code(struct import *import, int column, const char *const codes[]);
/* Whole number from 0 to highest; an error finding and false for anything else. */
bool import_whole(struct import *import, int column, uint32_t highest, uint32_t *number);
/* Decimal comma or point, 0..highest. */
bool import_decimal(struct import *import, int column, double highest, double *number);
/* dd.mm.yyyy or yyyy-mm-dd, an existing day. */
bool import_date(struct import *import, int column, int date[3]); /* year, month, day */
/* The day of reference: the same in every row (V04). day: that of the rows before, day[0] == 0 before the first; it keeps the
 * first one. A finding when another one stands there, when it lies in the future or more than 24 months ago. */
void import_one_day(struct import *import, int column, int day[3]);
void import_today(int date[3]);
int import_compare_dates(const int a[3], const int b[3]);

#endif
