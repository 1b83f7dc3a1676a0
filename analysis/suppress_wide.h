/* Finds a vector for one target in a large lattice: first among few cells around it, with GLPK, whose factorisation is at home
 * with the long programs of lattices in which nearly everything small is hidden. Not the cheapest vector, but soon.
 * Private to suppress_*.c. */
#ifndef ANALYSIS_SUPPRESS_WIDE_H
#define ANALYSIS_SUPPRESS_WIDE_H

#include "analysis/suppress_near.h"

struct wide;

/* Scratch of the plan's arena. */
MUST_USE enum status wide_open(struct wide **wide, struct plan *plan, struct near *near, struct fail *fail);

/* A vector that covers the target, linked. true and *vector, or false: there is none. */
MUST_USE bool wide_certify(struct wide *wide, uint32_t target, uint32_t *vector);
uint64_t wide_work(const struct wide *wide);
size_t wide_programs(const struct wide *wide);

#endif
