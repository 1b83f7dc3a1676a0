/* Imports of HR's files: validate everything, report every fault, then store in one transaction or nothing. */
#ifndef SURVEY_IMPORT_H
#define SURVEY_IMPORT_H

#include "base/csv.h"
#include "survey/store.h"

enum severity { SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_INFO };

/* Never contains a value that could be personal: rule, place, what is expected. */
struct finding {
    enum severity severity;
    const char *rule;    /* "V05" */
    uint32_t line;       /* in the file, 0 for the whole file */
    const char *column;  /* name, NULL for the whole row */
    const char *message; /* sentence with the way to mend it, in the reader's language */
};

enum { FINDING_MAX = 1000 }; /* more are counted, not kept */

struct import_report {
    const char *kind;
    enum encoding encoding;
    char delimiter;
    size_t rows;
    size_t errors, warnings;
    struct finding *findings; /* by line; those of the whole file first */
    size_t finding_count;
    bool stored;
};

struct importer {
    const char *kind; /* "workforce" */
    const char *file; /* name of the file in the schema, accepted as well: "workforce_cube" */
    const char *title; /* N_() */
    enum status (*run)(struct store *store, struct arena *arena, const struct csv *csv, struct import_report *report,
                       bool dry_run, const struct language *language, struct fail *fail);
};

/* What can be imported: units, workforce and population first, then the tables of tables.def. */
struct import_kind {
    const char *kind, *file, *title;
};
bool import_kind_at(size_t i, struct import_kind *kind); /* false past the end */

/* STATUS_INPUT when there was an error finding: nothing was stored. */
MUST_USE enum status import_bytes(struct store *store, struct arena *arena, const char *kind, const char *bytes,
                                  size_t length, bool dry_run, const char *user, const struct language *language,
                                  struct import_report *report, struct fail *fail);

#endif
