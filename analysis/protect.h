/* Secrecy of all tables of a release together: primary rules per cell, then partners over the sums of all tables. */
#ifndef ANALYSIS_PROTECT_H
#define ANALYSIS_PROTECT_H

#include "analysis/attack.h"
#include "analysis/disclose.h"
#include "analysis/result.h"

/* Sign of a cell by the primary rules alone. */
enum release_sign protect_primary(const struct raw_table *table, size_t row, size_t column,
                                  const struct policy *policy);

/* Sets tables[]->signs, in the arena. known: tables that have been given out, the releases of other waves; NULL for none. partners: whether further cells
 * are hidden; switched off only by the negative control of the tests. STATUS_DENIED when the auditor finds a leak in the end
 * (fail closed). */
MUST_USE enum status protect_tables_beside(struct arena *arena, struct raw_table *const tables[], size_t count,
                                           const struct basis *known, const struct policy *policy, bool partners,
                                           struct fail *fail);
/* The same beside nothing. */
MUST_USE enum status protect_tables(struct arena *arena, struct raw_table *const tables[], size_t count,
                                    const struct policy *policy, bool partners, struct fail *fail);

/* What an intruder finds out who has all tables with the signs they carry. STATUS_CONFLICT: the figures contradict each
 * other. Columns whose total is hidden have no known sum. */
MUST_USE enum status protect_audit(struct arena *arena, struct raw_table *const tables[], size_t count,
                                   const struct policy *policy, struct attack_result *result, struct fail *fail);

#endif
