/* Imports of HR's files: validate everything, report every fault, then store in one transaction or nothing. */
#ifndef SURVEY_IMPORT_H
#define SURVEY_IMPORT_H

#include "base/csv.h"
#include "survey/import_map.h"
#include "survey/steps.h"
#include "survey/store.h"

enum severity { SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_INFO };

/* Never contains a value that could be personal: rule, place, what is expected. */
struct finding {
    enum severity severity;
    const char *rule;    /* "V05" */
    uint32_t line;       /* in the file, 0 for the whole file */
    const char *column;  /* name, NULL for the whole row */
    const char *message; /* sentence with the way to mend it, in the reader's language */
    size_t more;         /* others of this rule and column that are not listed */
};

enum { FINDING_MAX = 1000, FINDING_KINDS = 200 /* behind them one of every rule and column */, IMPORT_SAMPLE_ROWS = 3 };

/* Names of the columns and the first rows as they were read; what may be about a person is masked. */
struct import_sample {
    size_t columns, rows; /* without the names */
    const char *const *cells; /* row-major, names first */
};
/* What divides the columns: "semicolons", for the reader (N_). */
const char *import_delimiter(char delimiter);

struct import_report {
    const char *kind;
    enum encoding encoding;
    char delimiter;       /* 0 for a spreadsheet, a blank for fixed widths */
    uint32_t header_line; /* where the header was found, 0 for none */
    size_t rows;
    size_t errors, warnings;
    bool persons;  /* something looked like personal data (V03) */
    char mode;       /* 'A' counts; 'B' and 'C' records (schema.md 2) */
    const char *map; /* version of the column map, "-" for none */
    struct import_sample sample;
    struct finding *findings; /* by line; those of the whole file first */
    size_t finding_count;
    char sha256[65]; /* of the file, hex */
    bool unaccepted; /* only the warnings keep it from being stored */
    bool stored;
    bool stopped; /* by file->steps */
};

struct import_file {
    const char *kind; /* or the name of the file in the schema */
    const char *bytes;
    size_t length;
    struct buf *own; /* the same bytes, if they may be cut and replaced; NULL: they are copied */
    const char *user;
    char mode;       /* 'B' or 'C' for records, 0 for 'B' (schema.md 2); kinds with counts are always 'A' */
    bool dry_run;
    const struct import_map *map; /* of the columns; NULL: they have the names of the kind */
    bool accept_warnings; /* user has read them; without it a file with warnings is not stored */
    const struct language *language;
    const struct steps *steps; /* NULL: nobody looks on and nobody stops it */
};

struct wanted {
    const char *name;
    bool optional;
    const char *what; /* codes, or English text to translate */
};

struct table;
struct importer {
    const char *kind; /* "workforce" */
    const char *file; /* name of the file in the schema, accepted as well: "workforce_cube" */
    const char *title; /* N_() */
    const struct wanted *columns;
    size_t column_count;
    bool persons; /* rows are about single persons: wiped from memory when they are counted */
    enum status (*run)(struct store *store, struct arena *arena, const struct csv *csv, const struct import_file *file,
                       struct import_report *report, struct fail *fail);
};

/* What can be imported: units, workforce and population first, then the tables of tables.def. */
struct import_kind {
    const char *kind, *file, *title;
    const struct importer *importer; /* or table */
    const struct table *table;
};
bool import_kind_at(size_t i, struct import_kind *kind); /* false past the end */
/* By kind or name of the file. STATUS_MISSING names those there are. */
MUST_USE enum status import_kind_find(const char *name, struct import_kind *kind, struct fail *fail);

struct import_column {
    const char *name; /* in the file */
    bool optional;    /* the column may be missing */
    char what[256];   /* what belongs there, in the reader's language */
};
/* The header line of the file and the lines to fill in, if there are any; the lines end in CR LF. */
void import_template(const struct import_kind *kind, struct buf *out);
bool import_column_at(const struct import_kind *kind, size_t i, const struct language *language,
                      struct import_column *column); /* false past the end */

/* STATUS_INPUT when there was an error finding or a warning nobody accepted: nothing was stored, everything is as it was;
 * so it is with STATUS_DENIED, when file->steps stopped it. */
MUST_USE enum status import_bytes(struct store *store, struct arena *arena, const struct import_file *file,
                                  struct import_report *report, struct fail *fail);

/* The last file that was stored and not undone. */
struct delivery {
    int64_t id;
    char kind[24];
    char day[11];  /* ISO date on which it was stored */
    char scope[16]; /* day of reference of a cube */
    size_t rows;
    bool locked; /* a finished report rests on it */
};
/* STATUS_MISSING when there is none. */
MUST_USE enum status import_last(struct store *store, struct delivery *delivery, struct fail *fail);
/* Takes that file back: what was there before it is there again, to the last digit. Written to the audit log. *delivery tells
 * what was undone. STATUS_MISSING when there is none, STATUS_CONFLICT when a finished report rests on it. */
MUST_USE enum status import_undo(struct store *store, const char *user, struct delivery *delivery, struct fail *fail);

#endif
