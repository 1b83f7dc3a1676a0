/* Checks a form as a whole, whatever file it came from, and counts what is in it.
 *
 * Faults make a form unusable; warnings (a missing translation, an item nobody can see) do not. Conditions are checked
 * where they are resolved (expression.h). */
#ifndef FORMS_FORM_CHECK_H
#define FORMS_FORM_CHECK_H

#include "base/buf.h"
#include "base/i18n.h"
#include "forms/form.h"

enum finding_kind { FINDING_FAULT, FINDING_WARNING };

struct form_finding {
    enum finding_kind kind;
    const char *where;     /* "KP1", "scale HM", "page A": what it is about; never NULL */
    uint32_t line, column; /* in the file; 0 when it was not read from lines */
    const char *message;
};

typedef void form_found(void *context, const struct form_finding *finding);

enum { FORM_TYPE_MAX = 32 };

struct form_counts {
    size_t pages;
    size_t questions; /* items, also those that are switched off */
    size_t answers;   /* options of all items */
    size_t faults, warnings;
    size_t by_type[FORM_TYPE_MAX]; /* by position in qtypes */
    size_t texts;                        /* in the base language */
    size_t missing[FORM_LANGUAGE_MAX];   /* of them, not translated: what falls back to another language */
    const struct form *form;
};

/* found and counts may be NULL. */
void form_check(const struct form *form, form_found *found, void *context, const struct language *ui,
                struct form_counts *counts);

/* One error or warning of the JSON document below. */
struct form_message {
    const char *where, *message;
};

/* One thing that was not taken over. instead: what stands in its place, or NULL. */
struct form_loss {
    const char *where, *what, *instead;
};

struct form_report {
    const char *format;      /* id of the file's format */
    const struct form *form; /* NULL when the file could not be read at all: counts are 0 then */
    struct form_counts counts;
    const struct form_message *errors, *warnings;
    size_t error_count, warning_count;
    const struct form_loss *losses;
    size_t loss_count;
};

/* The document of `form check --json`:
 *   {"ok":true,"format":"yaml","title":"…","languages":["de","en"],"drafts":["tr"],"pages":3,"questions":46,
 *    "answers":210,"types":{"single":6,"scale":40},"texts":300,"untranslated":{"en":2},
 *    "lost":[{"where":"…","what":"…","kept_as":"…"}],"warnings":[{"where":"…","message":"…"}],"errors":[…]} */
void form_check_json(const struct form_report *report, struct buf *out);

#endif
