/* Finds a vector for one target by a linear program over its neighbourhood. Private to suppress_*.c. */
#ifndef ANALYSIS_SUPPRESS_LOCAL_H
#define ANALYSIS_SUPPRESS_LOCAL_H

#include "analysis/suppress_plan.h"

struct local;

/* How groups are priced in this step: weight × (1 + amplitude × (hash(key, group) − ½)). */
struct noise {
    double amplitude;
    uint64_t key;
};

/* Scratch of the arena, and a program of the solver freed by local_close (accepts NULL). */
MUST_USE enum status local_open(struct local **local, struct plan *plan, struct fail *fail);
void local_close(struct local *local);

/* A vector that covers the target, linked; hides whatever is cheapest. true and *vector, or false: there is none. */
MUST_USE bool local_certify(struct local *local, uint32_t target, const struct noise *noise, uint32_t *vector);
/* The same with hidden groups only; steps: how far around (1..3). false: none found near enough. */
MUST_USE bool local_recertify(struct local *local, uint32_t target, unsigned steps, uint32_t *vector);

double local_weight(const struct plan *plan, uint32_t group, const struct noise *noise);
uint64_t local_work(const struct local *local);
size_t local_programs(const struct local *local);

#endif
