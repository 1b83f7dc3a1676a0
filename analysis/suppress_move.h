/* What a step of the search takes out: one dear group, some of its neighbours, or all of a relation. Private to suppress_*.c.
 * Source: Shaw (1998), Constraint Programming 98, for neighbourhoods of related parts. */
#ifndef ANALYSIS_SUPPRESS_MOVE_H
#define ANALYSIS_SUPPRESS_MOVE_H

#include "analysis/suppress_local.h"

enum { MOVE_TAKEN_MAX = 3, MOVE_USES_MAX = 60 /* a group that more vectors need stays */ };

/* How this step is played: what is taken out, how much prices are shaken. */
struct move {
    uint32_t taken[MOVE_TAKEN_MAX];
    size_t taken_count;
    bool wide; /* a whole relation, or two, at once */
    struct noise noise;
};

/* Chooses, makes the groups taken forbidden (plan->tabu) and adds the vectors that need them to removed. */
void move_take_out(struct plan *plan, struct seeded *seeded, struct ids *removed, struct move *move);

/* Group of the k-th member of a relation if it is a hidden partner with a cost; else false. */
bool move_partner(const struct plan *plan, size_t relation, size_t k, uint32_t *group);

#endif
