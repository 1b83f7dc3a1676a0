/* The one place where a release is made: a process of its own protects the tables, this one stores what comes back. */
#ifndef SURVEY_RELEASE_MAKE_H
#define SURVEY_RELEASE_MAKE_H

#include "analysis/release.h"
#include "survey/wave_tables.h"

/* reader: a STORE_ANALYSE connection to dir. after: the version it is to take the place of, 0 for the first. What went wrong in
 * the other process stands in fail; then nothing is stored. */
MUST_USE enum status release_make(struct store *reader, const char *dir, const char *wave, int64_t after,
                                  const char *user, struct fail *fail);

/* What a release of the wave would look like with another list of tables. Nothing is stored; *release lives in the arena, its
 * figures are for counting signs only: beside the stored release they would be a second version. */
MUST_USE enum status release_try(struct store *reader, struct arena *arena, const char *dir, const char *wave,
                                 const struct wave_tables *tables, const struct release **release, struct fail *fail);

/* Protects again as a whole, after data came in. STATUS_CONFLICT: the report is finished, so its figures have been given out, or
 * nothing has changed since. */
MUST_USE enum status release_renew(const char *dir, const char *wave, const char *user, struct fail *fail);

#endif
