/* One program, two ways to write it: with all relations, and with those alone that say something new (suppress_independent.h).
 * Which costs less depends on the table, up to twenty times; it is found out by counting. Private to suppress_*.c. */
#ifndef ANALYSIS_SUPPRESS_TWIN_H
#define ANALYSIS_SUPPRESS_TWIN_H

#include "analysis/suppress_simplex.h"

struct twin;

/* As simplex_open, simplex_close, simplex_solve, simplex_moves and simplex_work. */
MUST_USE enum status twin_open(struct twin **made, struct arena *arena, const struct lattice *lattice,
                               const struct lattice_index *index, const bool usable[], struct fail *fail);
void twin_close(struct twin *twin);
enum simplex_state twin_solve(struct twin *twin, const struct simplex_task *task);
const struct simplex_move *twin_moves(const struct twin *twin, size_t *count);
uint64_t twin_work(const struct twin *twin);

#endif
