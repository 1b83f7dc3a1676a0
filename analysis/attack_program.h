/* One linear program of the auditor: how far can a hidden cell move if some others move along? */
#ifndef ANALYSIS_ATTACK_PROGRAM_H
#define ANALYSIS_ATTACK_PROGRAM_H

#include "analysis/lattice_index.h"

struct attack_program;

/* What may move, in deviations from the true value: low[c] ≤ 0 ≤ high[c]; both 0 for a cell that stands still. */
struct attack_range {
    double *low, *high;
};

/* The program over `count` columns (cells that may move; everything else stands still). Every relation that one of the
 * columns stands in is a row. NULL when there is not enough memory. Freed by attack_program_free (accepts NULL). */
struct attack_program *attack_program_make(const struct lattice *lattice, const struct lattice_index *index,
                                           const struct attack_range *range, const uint32_t cells[], size_t count,
                                           uint32_t *row_of);
void attack_program_free(struct attack_program *program);

/* Moves column `column` up (direction 1) or down (-1), at most by `limit` (HUGE_VAL: as far as it goes).
 * moves[i]: deviation of cells[i]; HUGE_VAL or -HUGE_VAL in moves[column] when nothing holds it.
 * false: the solver gave up or its answer does not satisfy the relations. */
MUST_USE bool attack_program_solve(struct attack_program *program, size_t column, int direction, double limit,
                                   double moves[]);

#endif
