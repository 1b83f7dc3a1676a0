/* The tables of a LimeSurvey file: .lss, .lsg and .lsq are rows of its database as XML,
 *     <document><DBVersion>640</DBVersion><questions><rows><row><qid>7</qid>…</row>…</rows></questions>…</document>
 *
 * Bounded in bytes, rows and the arena; XML itself is checked by base/xml.h. Not responsible for what the columns mean
 * (limesurvey_survey.c). */
#ifndef FORMS_LIMESURVEY_TABLE_H
#define FORMS_LIMESURVEY_TABLE_H

#include <stddef.h>

#include "base/arena.h"

enum { LIME_LENGTH_MAX = 32 << 20, LIME_ROW_MAX = 200000, LIME_FIELD_MAX = 256 * 1024 };

struct lime_field {
    const char *name, *value;
    const struct lime_field *next;
};

struct lime_row {
    const struct lime_field *fields;
    struct lime_row *next;
};

struct lime_table {
    const char *name;
    struct lime_row *first, *last;
    size_t count;
    struct lime_table *next;
};

struct lime_document {
    const char *kind;    /* "Survey", "Group", "Question"; "" when it is not said */
    const char *version; /* of the database: "155" to "640" and above; "" */
    const char *const *languages;
    size_t language_count;
    const struct lime_table *tables;
};

/* STATUS_INPUT not XML, or not of LimeSurvey; STATUS_LIMIT, STATUS_MEMORY. Everything lives in the arena. */
MUST_USE enum status lime_document_read(struct arena *arena, const char *name, const char *bytes, size_t length,
                                        struct lime_document *document, struct fail *fail);

/* Never NULL: a field that is missing is "". */
const char *lime_value(const struct lime_row *row, const char *name);
/* A whole number, else otherwise. */
long lime_number(const struct lime_row *row, const char *name, long otherwise);

/* NULL when the file has no such table. */
const struct lime_table *lime_table(const struct lime_document *document, const char *name);

/* The rows of a table sorted by the text of one column, rows with the same text in the order of the file. */
struct lime_sorted {
    const struct lime_row **rows;
    const char **keys;
    size_t count;
};
MUST_USE enum status lime_sort(struct arena *arena, const struct lime_document *document, const char *table,
                               const char *column, struct lime_sorted *sorted, struct fail *fail);
/* rows[first] … rows[first + count - 1] have that key. */
size_t lime_rows(const struct lime_sorted *sorted, const char *key, size_t *first);

#endif
