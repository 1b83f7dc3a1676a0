/* Where each cell of a lattice stands: its relations with their factors, and the cells of each group. */
#ifndef ANALYSIS_LATTICE_INDEX_H
#define ANALYSIS_LATTICE_INDEX_H

#include "analysis/lattice.h"
#include "base/arena.h"

struct lattice_place {
    uint32_t relation;
    double factor;
};

/* places[cell_first[c] .. cell_first[c + 1]), members[group_first[g] .. group_first[g + 1]) (cells, ascending). */
struct lattice_index {
    size_t *cell_first;
    struct lattice_place *places;
    size_t *group_first;
    uint32_t *members;
};

/* Memory of the arena. STATUS_MEMORY. */
MUST_USE enum status lattice_index(struct arena *arena, const struct lattice *lattice, struct lattice_index *index,
                                   struct fail *fail);

#endif
