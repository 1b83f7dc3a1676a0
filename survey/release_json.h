/* A release as canonical JSON, the same bytes for the same release, and back. Not responsible for where it is kept. */
#ifndef SURVEY_RELEASE_JSON_H
#define SURVEY_RELEASE_JSON_H

#include "analysis/release.h"
#include "base/buf.h"

/* Adds to out; all but the questionnaire, which the wave's folder holds. STATUS_MEMORY, STATUS_LIMIT. */
MUST_USE enum status release_json_write(const struct release *release, struct buf *out, struct fail *fail);

/* *release lives in the arena and borrows form. STATUS_INPUT: no document of release_json_write, or its fingerprint is not
 * that of its cells. */
MUST_USE enum status release_json_read(struct arena *arena, const char *bytes, const struct form *form,
                                       const struct release **release, struct fail *fail);

#endif
