/* The cells around a target that are worth a try in a first, small program. Private to suppress_*.c. */
#ifndef ANALYSIS_SUPPRESS_NEAR_H
#define ANALYSIS_SUPPRESS_NEAR_H

#include "analysis/suppress_plan.h"

struct near;

/* How far to look: relations away; per relation how many candidates (SIZE_MAX: all); of all these the cheapest so many
 * (0: all). */
struct reach {
    size_t steps, per_relation, cheapest;
};

/* Memory of the plan's arena; NULL without. */
struct near *near_open(struct plan *plan);
/* Everything hidden within reach, and the candidates, the target first; near_cells until the next call (it may be
 * reordered). work: grows by what it cost. */
void near_choose(struct near *near, const struct target *target, const struct reach *reach, uint64_t *work);
uint32_t *near_cells(struct near *near, size_t *count);

#endif
