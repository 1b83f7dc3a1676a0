/* The one place where a release is made: a process of its own protects the tables, this one stores what comes back. */
#ifndef SURVEY_RELEASE_MAKE_H
#define SURVEY_RELEASE_MAKE_H

#include "survey/store.h"

/* reader: a STORE_ANALYSE connection to dir. after: the version it is to take the place of, 0 for the first. What went wrong in
 * the other process stands in fail; then nothing is stored. */
MUST_USE enum status release_make(struct store *reader, const char *dir, const char *wave, int64_t after,
                                  const char *user, struct fail *fail);

/* Protects again as a whole, after data came in. STATUS_CONFLICT: the report is finished, so its figures have been given out, or
 * nothing has changed since. */
MUST_USE enum status release_renew(const char *dir, const char *wave, const char *user, struct fail *fail);

#endif
