/* One search: a first pattern, cleaned up, then improved until its work is used up. Private to suppress_*.c. */
#ifndef ANALYSIS_SUPPRESS_SEARCH_H
#define ANALYSIS_SUPPRESS_SEARCH_H

#include "analysis/lattice_index.h"
#include "base/arena.h"

struct search_order {
    uint64_t seed;
    uint64_t work; /* units; 0: first pattern only */
    bool proofs;   /* wanted */
    double heat;   /* how much dearer a step may be at the start, in mean costs of a hidden group */
    bool (*go)(void *context, double share); /* share done, 0..1; false: stop. May be NULL */
    void *context;
};

struct search_result {
    bool *hidden; /* per group, given by the caller; written on STATUS_OK only */
    double cost;
    size_t targets, programs;
    struct lattice_proofs proofs; /* memory of the arena */
};

struct search;

/* Memory of the arena; search_close also after a failure (accepts NULL). order must outlive it. STATUS_MEMORY. */
MUST_USE enum status search_open(struct search **search, struct arena *arena, const struct lattice *lattice,
                                 const struct lattice_index *index, const struct search_order *order, struct fail *fail);
void search_close(struct search *search);

/* Goes on until that share of the work is done. STATUS_DENIED when some cell cannot be protected, STATUS_LIMIT when go said
 * stop, STATUS_MEMORY. Different searches may run at the same time. */
MUST_USE enum status search_go(struct search *search, double until, struct fail *fail);
/* Of the cheapest pattern so far. */
double search_cost(const struct search *search);
/* Fewer steps so far than there are hidden groups. */
bool search_is_slow(const struct search *search);
/* Goes on from where another search of the same lattice stands. */
MUST_USE enum status search_follow(struct search *search, const struct search *other, struct fail *fail);
/* Ends the search. proofs: memory of the arena. */
MUST_USE enum status search_answer(struct search *search, struct arena *arena, struct search_result *result,
                                   struct fail *fail);

#endif
