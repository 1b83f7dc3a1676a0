/* A plan: proofs (vectors), the targets they cover, and the groups that are hidden because a proof moves them.
 * Private to suppress_*.c. */
#ifndef ANALYSIS_SUPPRESS_PLAN_H
#define ANALYSIS_SUPPRESS_PLAN_H

#include "analysis/lattice_index.h"
#include "base/env.h"

/* Growing list of positions. */
struct ids {
    uint32_t *items;
    size_t count, room;
};

/* A vector that needs a group, and where the group stands in vector->groups. */
struct use {
    uint32_t vector, at;
};
struct uses {
    struct use *items;
    size_t count, room;
};

/* One cell and direction that must be able to move: by need, signed, never 0. */
struct target {
    uint32_t cell;
    double need;
};

/* Deviations that satisfy all relations and bounds. Covers every target it moves far enough: scaled down it stays one. */
struct vector {
    bool alive;
    uint64_t born; /* step of the search */
    uint32_t cell_count, group_count, target_count;
    double *moves;
    uint32_t *cells;
    uint32_t *groups;  /* that must be hidden for it, primary ones left out */
    uint32_t *places;  /* where it stands in uses[groups[k]] */
    uint32_t *targets;
    uint32_t *moved;   /* positions in cells of those that have targets */
    uint32_t *moved_places;
    uint32_t moved_count;
};

enum { NUMBERS_A_UNIT = 110 }; /* touched, for one unit of work (suppress.h) */

struct plan {
    const struct lattice *lattice;
    const struct lattice_index *index;
    struct arena *arena;
    struct target *targets;
    size_t target_count;
    uint32_t *first_target; /* per cell, cell_count + 1 entries */
    double *low, *high;           /* per cell, deviation while its group is hidden: low ≤ 0 ≤ high */
    double *open_low, *open_high; /* while it is shown */
    double *weight;               /* per group, for the local programs: cost over the geometric mean of all costs */
    double mean;                  /* the geometric mean of all costs */
    bool *primary, *hidden, *tabu; /* per group */
    uint32_t *covers;              /* per target: living vectors that cover it */
    double cost;                   /* of the hidden groups that are not primary */
    struct vector **vectors;
    size_t vector_count, vector_room;
    struct ids spare;     /* free places in vectors */
    struct ids uncovered; /* targets that lost their last vector, since somebody emptied the list */
    struct uses *uses;    /* per group: living vectors that need it */
    struct uses *movers;  /* per cell with targets: living vectors that move it */
    struct ids secondary; /* hidden groups with a cost that are not primary, in no order */
    uint32_t *secondary_place;
    uint64_t step;
    bool failed; /* memory; nothing that follows counts */
};

void ids_add(struct plan *plan, struct ids *ids, uint32_t item);

MUST_USE enum status plan_open(struct plan *plan, struct arena *arena, const struct lattice *lattice,
                               const struct lattice_index *index, struct fail *fail);
void plan_close(struct plan *plan);

/* A new vector, not yet alive; copies. */
uint32_t plan_vector(struct plan *plan, const uint32_t cells[], const double moves[], size_t count);
void plan_drop(struct plan *plan, uint32_t vector); /* not alive */
void plan_link(struct plan *plan, uint32_t vector);
void plan_unlink(struct plan *plan, uint32_t vector);
/* Whether every target of it is covered by another one as well. */
bool plan_spare(const struct plan *plan, uint32_t vector);
/* Unlinks, and adds to removed, every vector that needs the group. */
void plan_release(struct plan *plan, uint32_t group, struct ids *removed);

static inline bool plan_may_hide(const struct plan *plan, uint32_t group)
{
    return plan->lattice->groups[group].movable && !plan->hidden[group] && !plan->tabu[group];
}

#endif
