/* What an intruder sees of some tables: numbers, which of them are hidden, and the sums that connect them.
 * Shared shape of the protecting side (suppress.h) and the auditor (attack.h); holds data, no code. */
#ifndef ANALYSIS_PUZZLE_H
#define ANALYSIS_PUZZLE_H

#include <stdbool.h>
#include <stddef.h>

enum { PUZZLE_FIXED = -1 };

struct puzzle_cell {
    double value;
    double slack;     /* a published value is known to ± slack (rounding to 5: 2) */
    double least, most; /* what an intruder knows of a hidden value */
    bool protect;     /* its interval, while hidden, must reach … */
    double reach_low;  /* … at least down to this */
    double reach_high; /* … at least up to this */
    int group;        /* cells of a group are shown or hidden together; PUZZLE_FIXED: always shown */
};

struct puzzle_group {
    bool hidden;
    bool movable;  /* may be hidden as a partner */
    bool free;     /* hidden already for another reason (too few for a reliable figure): costs nothing as a partner */
    double cost;   /* price of hiding it: the number of people in it */
};

/* Σ sign · cell = 0; members[first .. first + count) of the puzzle. */
struct puzzle_relation {
    size_t first, count;
};
struct puzzle_member {
    size_t cell;
    double sign;
};

struct puzzle {
    struct puzzle_cell *cells;
    size_t cell_count;
    struct puzzle_group *groups;
    size_t group_count;
    struct puzzle_relation *relations;
    size_t relation_count;
    struct puzzle_member *members;
};

#endif
