/* Proofs from proofs: a target that lost its proof often follows from the vectors at hand without a program. Deviations
 * that add up still do when they are scaled, turned round or added to each other; only bounds have to be looked at.
 * Private to suppress_*.c. */
#ifndef ANALYSIS_SUPPRESS_DERIVE_H
#define ANALYSIS_SUPPRESS_DERIVE_H

#include "analysis/suppress_plan.h"

/* Scratch of the arena; NULL without memory. One thread at a time. */
struct derive;
struct derive *derive_open(struct plan *plan);

/* A proof of the target that hides no further group: one of removed whose groups are all hidden again, or one that lives,
 * scaled or turned round, or one of removed without its forbidden group, which another proof of this step has shown how
 * to do without (old became new: derive_learn). It is alive then; *made: it is new, and in *vector. */
bool derive_proof(struct derive *derive, uint32_t target, const struct ids *removed, bool *made, uint32_t *vector);

/* The target was proven anew by vector in this step, in place of one of removed. */
void derive_learn(struct derive *derive, uint32_t target, const struct ids *removed, uint32_t vector);
void derive_forget(struct derive *derive); /* what was learnt: at the beginning of a step */

/* In the unit of local_work. */
uint64_t derive_work(const struct derive *derive);

#endif
