/* The exact finish for small lattices: proves a pattern the cheapest, or finds a cheaper one. Private to suppress_*.c. */
#ifndef ANALYSIS_SUPPRESS_EXACT_H
#define ANALYSIS_SUPPRESS_EXACT_H

#include "analysis/suppress_search.h"

/* result: a safe pattern; replaced when a cheaper safe one is found. *optimal: proven. Gives up quietly, leaving result as
 * it is, when the lattice is larger than it can handle or the work (units of suppress.h) is used up. STATUS_MEMORY. */
MUST_USE enum status exact_finish(struct arena *arena, const struct lattice *lattice, const struct lattice_index *index,
                                  uint64_t work, struct search_result *result, bool *optimal, struct fail *fail);

/* Whether the lattice is small enough for it to be tried. */
bool exact_fits(const struct lattice *lattice);

#endif
