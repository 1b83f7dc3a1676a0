/* The auditor: plays the intruder with linear programs and says what the published cells give away.
 * Shares no code with suppress.c. The only file that includes glpk.h. */
#ifndef ANALYSIS_ATTACK_H
#define ANALYSIS_ATTACK_H

#include "analysis/puzzle.h"
#include "base/status.h"

struct interval {
    double low, high;
};

/* Feasible interval of every hidden cell that is protected, by minimising and maximising it subject to all relations,
 * the published values (± slack) and the intruder's bounds. found[cell]; cells not asked about keep {value, value}.
 * *leak: first protected hidden cell whose interval is too short, or cell_count when there is none.
 * STATUS_CONFLICT when the published numbers contradict each other (then nothing may be released). STATUS_MEMORY.
 * Source: Fischetti & Salazar (1999), Mathematical Programming 84; Willenborg & de Waal (2001), ch. 4. */
MUST_USE enum status attack(const struct puzzle *puzzle, struct interval found[], size_t *leak, struct fail *fail);

/* A cell is safe when its interval reaches both bounds. */
int attack_safe(const struct puzzle_cell *cell, const struct interval *interval);

#endif
