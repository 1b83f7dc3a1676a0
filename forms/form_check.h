/* Checks a form as a whole, whatever file it came from, and counts what is in it.
 *
 * Faults make a form unusable; warnings (a missing translation, an item nobody can see) do not. Conditions are checked
 * where they are resolved (condition.h). */
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
    const struct form *form;
};

/* found and counts may be NULL. */
void form_check(const struct form *form, form_found *found, void *context, const struct language *ui,
                struct form_counts *counts);

/* One error or loss of the JSON document below. */
struct form_message {
    const char *where, *message;
};

/* The document of `form check --json`:
 *   {"ok":true,"format":"yaml","title":"…","languages":["de","en"],"pages":3,"questions":46,"answers":210,
 *    "types":{"single":6,"scale":40},"lost":[],"warnings":[{"where":"…","message":"…"}],"errors":[…]}
 * form is NULL when the file could not be read at all: counts are 0 then. */
void form_check_json(const char *format, const struct form *form, const struct form_counts *counts,
                     const struct form_message errors[], size_t error_count, const struct form_message warnings[],
                     size_t warning_count, struct buf *out);

#endif
