/* The questionnaires that come with the program: forms/library/NAME.yaml, and their translations NAME.CODE.yaml. */
#ifndef FORMS_LIBRARY_H
#define FORMS_LIBRARY_H

#include "forms/format.h"

/* Whether such a name means a shipped form; a path has a slash or a dot. */
bool library_has(const char *name);

/* Appends the native text of a shipped form in all languages: its own first, then those of the translations in the order of
 * base/languages.def. So one text, and one hash of it, holds everything anybody is shown. */
MUST_USE enum status library_text(struct arena *arena, const char *name, struct buf *text,
                                  const struct form_hooks *hooks, struct fail *fail);

#endif
