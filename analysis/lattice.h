/* Numbers of some tables, which of them may be hidden, what an outsider knows of each, and the sums that connect them.
 * Shape shared by the protecting side (suppress.h) and the auditor (attack.h). The same number in two tables is one cell;
 * cells of a group are shown or hidden together (the count, the side and the complement of one row).
 * Not responsible for deciding what must be hidden: the caller marks these groups. */
#ifndef ANALYSIS_LATTICE_H
#define ANALYSIS_LATTICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

enum { LATTICE_FIXED = -1 };
#define LATTICE_NUMBER_MAX 1e15 /* of any number from outside: beyond, sums are no longer exact */

struct lattice_cell {
    double value;
    double open_low, open_high; /* what is known while the group is shown: value twice, or the range of its rounding */
    double least, most;         /* what is known while it is hidden; HUGE_VAL: no bound */
    bool protect;               /* its interval, while hidden, must reach … */
    double reach_low;           /* … at least down to this; value: nothing asked downward */
    double reach_high;          /* … at least up to this */
    int group;                  /* or LATTICE_FIXED: always shown */
};

struct lattice_group {
    bool hidden;  /* as input: primary. Suppress adds to it */
    bool movable; /* may be hidden as a partner */
    double cost;  /* price of hiding it, not negative: people in it, or any weight */
};

/* Σ factor · cell = sum; members[first .. first + count) of the lattice. */
struct lattice_relation {
    size_t first, count;
    double sum;
};
struct lattice_member {
    uint32_t cell;
    double factor;
};

struct lattice {
    struct lattice_cell *cells;
    size_t cell_count;
    struct lattice_group *groups;
    size_t group_count;
    struct lattice_relation *relations;
    size_t relation_count;
    struct lattice_member *members;
};

/* Other tables that agree with everything shown, as deviations from the true values: the k-th one moves
 * moves[first[k]].cell by moves[first[k]].factor, and so on before first[k + 1]. A claim, until somebody has checked it. */
struct lattice_proofs {
    size_t count;
    const size_t *first;
    const struct lattice_member *moves;
};

/* Places where this is broken, in the order of the arrays; names instead of numbers are the caller's affair. */
struct lattice_fault {
    enum { LATTICE_SOUND, LATTICE_BOUNDS, LATTICE_SUM } kind;
    size_t at;       /* cell (LATTICE_BOUNDS) or relation (LATTICE_SUM) */
    double off_by;   /* by how much the sum misses */
};

/* First contradiction: a value outside its bounds, or a relation that does not add up (1e-6 of its largest number).
 * STATUS_OK, or STATUS_CONFLICT with *fault and a sentence naming the positions. fault may be NULL. */
MUST_USE enum status lattice_check(const struct lattice *lattice, struct lattice_fault *fault, struct fail *fail);

/* Position of the protected cells that ask for nothing (reach equals value both ways): nobody defends them. */
size_t lattice_unasked(const struct lattice *lattice);

#endif
