/* Expressions of XLSForm and of LimeSurvey as expressions of ours.
 *
 * What cannot be said with the very same meaning is refused with STATUS_INPUT and a sentence that says why; the caller
 * reports it as a loss and leaves the expression away. Dates, free texts and functions that draw, look up or search are
 * refused. Not responsible for names: the caller says which question a foreign name means.
 *
 * Both programs tell "hidden" from "not answered" no better than we do. Two things are read a little more strictly than
 * they are run: XLSForm rounds halves of negative numbers upwards, we away from zero; division by zero is missing here,
 * infinite there. */
#ifndef FORMS_EXPRESSION_FOREIGN_H
#define FORMS_EXPRESSION_FOREIGN_H

#include "forms/expression.h"

struct foreign_name {
    const struct item *item; /* id, type and options; borrowed */
    const char *code;        /* LimeSurvey: the option whose box it is; NULL: the whole answer */
};

struct foreign {
    struct arena *arena;    /* for the result */
    const struct item *own; /* what “.”, “self” and “this” stand for; NULL: they are refused */
    /* Finds the question of that name (without ${} and without .NAOK); false: there is none yet. */
    bool (*find)(void *context, const char *name, struct foreign_name *found);
    /* Our code of an option by theirs; NULL: there is no such option. The function may be NULL: the same codes. */
    const char *(*code)(void *context, const struct item *item, const char *theirs);
    void *context;
};

/* *native is written on STATUS_OK: source of forms/expression.h that parses. STATUS_INPUT: cannot be translated. */
MUST_USE enum status expression_from_xlsform(const struct foreign *foreign, const char *source, const char **native,
                                             struct fail *fail);
MUST_USE enum status expression_from_limesurvey(const struct foreign *foreign, const char *source, const char **native,
                                                struct fail *fail);

#endif
