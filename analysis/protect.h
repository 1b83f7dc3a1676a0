/* Secrecy of one raw table: primary rules per cell, then partners over its additive relations. */
#ifndef ANALYSIS_PROTECT_H
#define ANALYSIS_PROTECT_H

#include "analysis/disclose.h"
#include "analysis/result.h"

/* Sign of a cell by the primary rules alone. */
enum release_sign protect_primary(const struct raw_table *table, size_t row, size_t column,
                                  const struct policy *policy);

/* signs: row_count × column_count places, row-major. partners: whether further cells are hidden; switched off only by
 * the negative control of the tests. STATUS_DENIED when the auditor finds a leak in the end (fail closed). */
MUST_USE enum status protect_table(struct arena *arena, const struct raw_table *table, const struct policy *policy,
                                   bool partners, enum release_sign signs[], struct fail *fail);

#endif
