/* The staff council's package of a survey, read from what is in force: for the office's page and as a PDF. Nothing in it is
 * written by hand, and it needs no answer: it is there from the freezing on. What stands in it: reports/package.h. */
#ifndef SURVEY_PACKAGE_H
#define SURVEY_PACKAGE_H

#include "base/i18n.h"
#include "reports/doc.h"
#include "survey/wave.h"
#include "survey/wave_tables.h"

/* The survey of that name; NULL: the newest that is frozen and no rehearsal. STATUS_MISSING: there is none. */
MUST_USE enum status package_wave(struct store *store, struct arena *arena, const char *name, const struct wave **wave,
                                  struct fail *fail);
/* Title and chapters of the package into an empty document, in its language and arena. */
MUST_USE enum status package_add(struct store *store, const char *dir, const struct wave *wave, struct doc *doc,
                                 struct fail *fail);
/* As PDF, appended to out. The same settings give the same bytes. */
MUST_USE enum status package_pdf(struct store *store, const char *dir, const char *name, const struct language *language,
                                 struct buf *out, struct fail *fail);
/* Paragraph on tables this version could make but are not on the list of that survey; NULL: there are none. */
MUST_USE enum status package_beyond(struct arena *arena, const struct wave_tables *tables, const struct form *form,
                                    const struct language *language, const char **text, struct fail *fail);

#endif
