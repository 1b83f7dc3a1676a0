/* The auditor: plays the intruder with linear programs and says what the shown cells give away of the hidden ones.
 * The definition of safe. Shares no code with suppress_*.c but the solver (GLPK) and the shape of the lattice. */
#ifndef ANALYSIS_ATTACK_H
#define ANALYSIS_ATTACK_H

#include "analysis/lattice.h"

struct interval {
    double low, high;
};

/* exact: the intruder computes the value itself. inadequate: he does not reach both bounds the cell asks for (the exact
 * ones are not among them). unasked: cells that ask for nothing; of these unasked_exact can be computed. */
struct attack_result {
    size_t asked, unasked;
    size_t exact, inadequate, unasked_exact;
    size_t leak;     /* first exact or inadequate cell, cell_count when there is none */
    size_t programs; /* linear programs solved */
    size_t believed; /* proofs that held */
};

struct attack_options {
    bool full; /* every interval to its ends; else only as far as the verdict needs (then: "at least so wide") */
    bool (*step)(void *context, size_t done, size_t total); /* false: stop. May be NULL */
    void *context;
    const struct lattice_proofs *proofs; /* believed only after every relation and bound was added up. May be NULL */
};

/* Feasible interval of every hidden cell that is protected: smallest and largest value under all relations, what is
 * known of the shown cells and the intruder's bounds of the hidden ones. found[cell]; others keep {value, value}.
 * options NULL: full, no progress.
 * STATUS_CONFLICT when the numbers contradict each other (nothing may be released), or when the solver gives up;
 * STATUS_LIMIT when step said stop. STATUS_MEMORY. Cost: grows with the hidden cells of a connected component.
 * Source: Fischetti & Salazar (1999), Mathematical Programming 84; Willenborg & de Waal (2001), ch. 4. */
MUST_USE enum status attack(const struct lattice *lattice, const struct attack_options *options,
                            struct interval found[], struct attack_result *result, struct fail *fail);

/* A cell is safe when its interval reaches both bounds. */
bool attack_safe(const struct lattice_cell *cell, const struct interval *interval);

#endif
