/* The tables before protection, as JSON and back: what the protection of another wave has to know of this one. Never leaves the
 * instance: hidden figures stand in it. */
#ifndef SURVEY_BASIS_JSON_H
#define SURVEY_BASIS_JSON_H

#include "analysis/disclose.h"
#include "base/buf.h"

MUST_USE enum status basis_json_write(const struct basis *basis, struct buf *out, struct fail *fail);
/* Adds the tables of one document behind those of *basis, whose array has room for most. STATUS_INPUT: no such document. */
MUST_USE enum status basis_json_read(struct arena *arena, const char *bytes, struct raw_table *tables[], size_t most,
                                     size_t *count, struct fail *fail);

#endif
