/* Reader of .jj, the exchange format of programs for complementary suppression (CSPLib, tau-Argus, sdcTable):
 *
 *     0
 *     N
 *     id value cost status lb ub lpl upl spl        a line a cell; status s may be hidden, u primary, z always shown
 *     M
 *     sum K : id (factor) id (factor) …             a line a relation
 *
 * Every sum is checked. Hostile input is bounded by the limits below and by the arena. */
#ifndef ANALYSIS_LATTICE_JJ_H
#define ANALYSIS_LATTICE_JJ_H

#include "analysis/lattice.h"
#include "base/arena.h"

enum { JJ_CELLS_MAX = 2000000, JJ_RELATIONS_MAX = 2000000 };

/* bytes end with a NUL at bytes[length]. Cell i of the lattice has the id i and is group i. A sliding level (spl) above
 * lpl + upl is met by a higher upl. name stands in the sentences, with the line.
 * STATUS_INPUT not the format; STATUS_CONFLICT a value outside its bounds or a relation that does not add up (names the
 * cell or relation); STATUS_LIMIT; STATUS_MEMORY. */
MUST_USE enum status jj_read(struct arena *arena, const char *bytes, size_t length, const char *name,
                             struct lattice *lattice, struct fail *fail);

#endif
