/* Finds a vector for one target by a linear program. Private to suppress_*.c. */
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

/* When to give a program up: steps of the simplex, sum of weights. */
struct limits {
    size_t steps;
    double price;
};

/* A vector that covers the target, linked; hides whatever is cheapest. true and *vector, or false: there is none
 * within the limits. */
MUST_USE bool local_certify(struct local *local, uint32_t target, const struct noise *noise, const struct limits *limits,
                            uint32_t *vector);
/* The same for large lattices, among the cells near by: quick where the cheapest one would be a long way round. */
MUST_USE bool local_certify_near(struct local *local, uint32_t target, uint32_t *vector);
/* The same with hidden groups only; steps: how many the program may take. false: none found within these. */
MUST_USE bool local_recertify(struct local *local, uint32_t target, size_t steps, uint32_t *vector);

double local_weight(const struct plan *plan, uint32_t group, const struct noise *noise);
uint64_t local_work(const struct local *local);
size_t local_programs(const struct local *local);

#endif
