/* The linear program behind every proof: one cell of a lattice moves by a given amount, all relations still add up, and
 * the sum of the prices of all other moves is least. Each cell is a column whose price grows piece by piece (what is free,
 * what must be hidden); prices are positive, so standing still is the cheapest start and the dual simplex begins at once.
 * Everything is sparse: a program costs what it touches, not what the lattice has. Private to suppress_*.c; the auditor
 * does not use it. Sources: Koberstein (2005), The Dual Simplex Method, Techniques for a fast and stable implementation
 * (long steps); Forrest & Goldfarb (1992), Mathematical Programming 57 (steepest edge). */
#ifndef ANALYSIS_SUPPRESS_SIMPLEX_H
#define ANALYSIS_SUPPRESS_SIMPLEX_H

#include "analysis/lattice_index.h"

enum { SIMPLEX_PIECES = 4 };

/* Between knot[p] and knot[p + 1] a move of one more costs slope[p]; slopes rise from negative (below 0) to positive.
 * knot[zero] is 0. No pieces: the cell stands still. A knot may be ±HUGE_VAL. */
struct simplex_column {
    double knot[SIMPLEX_PIECES + 1], slope[SIMPLEX_PIECES];
    uint8_t pieces, zero;
};

/* What is asked: cell moves by move (its own column is not described). describe is called at most once a column. */
struct simplex_task {
    uint32_t cell;
    double move;
    void (*describe)(void *context, uint32_t cell, struct simplex_column *column);
    void *context;
    size_t steps_most;
    double price_most; /* HUGE_VAL: no limit */
};

struct simplex_move {
    uint32_t cell;
    double by;
};

/* SIMPLEX_NONE: nothing satisfies the relations. SIMPLEX_DEAR: everything costs more than price_most. SIMPLEX_LOST: gave
 * up (steps, numbers, memory). */
enum simplex_state { SIMPLEX_BEST, SIMPLEX_NONE, SIMPLEX_DEAR, SIMPLEX_LOST };

struct simplex;

/* Scratch of the arena; NULL without memory. usable, per cell: whether it may ever be described with pieces; kept, per
 * relation: whether it is in the program, NULL: all (both read once). What is not kept must follow from what is.
 * simplex_close accepts NULL. One thread at a time. */
struct simplex *simplex_open(struct arena *arena, const struct lattice *lattice, const struct lattice_index *index,
                             const bool usable[], const bool kept[]);
void simplex_close(struct simplex *simplex);

/* On SIMPLEX_BEST the moves other than the task's own, checked against every relation; valid until the next call. */
enum simplex_state simplex_solve(struct simplex *simplex, const struct simplex_task *task);
const struct simplex_move *simplex_moves(const struct simplex *simplex, size_t *count);

/* Numbers touched since simplex_open: the same on every machine. */
uint64_t simplex_work(const struct simplex *simplex);

#endif
