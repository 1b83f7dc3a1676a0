/* Relations that say something the others do not: the sums of a table with several margins follow from one another. The
 * fewer relations a program has, the less each of its steps costs; but each one less also hides from it what is missing.
 * Private to suppress_*.c. */
#ifndef ANALYSIS_SUPPRESS_INDEPENDENT_H
#define ANALYSIS_SUPPRESS_INDEPENDENT_H

#include "analysis/lattice_index.h"

/* kept, per relation: whether the shorter ones do not give it, counting cells with usable only. Elimination ends when it
 * fills up or takes long, as few tables make it; the relations it did not reach are kept. Scratch of the arena. */
MUST_USE enum status independent_relations(struct arena *arena, const struct lattice *lattice,
                                           const struct lattice_index *index, const bool usable[], bool kept[],
                                           struct fail *fail);

#endif
