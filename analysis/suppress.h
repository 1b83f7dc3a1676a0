/* Complementary suppression: hides further groups until the auditor finds no way back to a hidden figure. */
#ifndef ANALYSIS_SUPPRESS_H
#define ANALYSIS_SUPPRESS_H

#include "analysis/puzzle.h"
#include "base/arena.h"

/* Groups with hidden set are the primary ones. Hides partners by least cost; never shows one again.
 * *added: groups hidden in addition. STATUS_DENIED when no set of partners protects a cell (publish nothing of it);
 * STATUS_CONFLICT from the auditor. Method: greedy by cost, each step audited by linear programs. */
MUST_USE enum status suppress(struct arena *arena, struct puzzle *puzzle, size_t *added, struct fail *fail);

#endif
