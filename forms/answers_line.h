/* Lines of canonical answers read in bulk: what count wrote, read back for the analysis, a million of them a second.
 * Knows single choices and scales, which nearly all answers are; every other line is left to answers_parse, which
 * decides alone what is valid: a line is taken here only when answers_parse would give the same. */
#ifndef FORMS_ANSWERS_LINE_H
#define FORMS_ANSWERS_LINE_H

#include "forms/answers.h"

struct answers_plan; /* read-only after it is made; may be used by several threads */

/* STATUS_MEMORY */
MUST_USE enum status answers_plan_make(struct arena *arena, const struct form *form, const struct answers_plan **plan,
                                       struct fail *fail);

/* line: length bytes, then NUL. answers comes from answers_create for the plan's form and may be used again for the next line;
 * its contents are undefined after false. False: ask answers_parse. */
MUST_USE bool answers_line(const struct answers_plan *plan, const char *line, size_t length,
                          struct answers *answers);

#endif
