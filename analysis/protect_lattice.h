/* All additive columns of a wave's tables as one lattice: the same people counted in two tables are one group, and what a
 * table shows of a group bounds its ballots. Not responsible for solving it or for signs (protect.c). */
#ifndef ANALYSIS_PROTECT_LATTICE_H
#define ANALYSIS_PROTECT_LATTICE_H

#include "analysis/disclose.h"
#include "analysis/lattice.h"
#include "analysis/result.h"

/* COLUMN_BARE: nothing of it is shown, not even its total, so nobody knows its sum. */
enum column_state { COLUMN_OUT, COLUMN_IN, COLUMN_BARE };

struct joint_column {
    size_t table, column;
    enum column_state state;
};

struct joint {
    struct raw_table *const *tables;
    size_t table_count;
    size_t own_count; /* the first ones are protected; those behind them have been given out already and stay as they are */
    size_t *first; /* position of a table's first cell among all cells; first[table_count]: how many there are */
    enum release_sign *signs; /* of all cells */
    struct joint_column *columns; /* those with sums: ballots first */
    size_t column_count;
};

struct joint_lattice {
    struct lattice lattice;
    int *group_of; /* of all cells; LATTICE_FIXED: in no group */
};

/* Two cells of the same people: same row, same kind, same figures, and the same wave or, for personnel counts that two releases
 * show, any. A false match only hides more: equal figures are primary in both or in none. */
bool joint_same(const struct joint *joint, size_t table_a, size_t cell_a, size_t table_b, size_t cell_b);

/* Every column with sums is COLUMN_OUT at first, every sign SIGN_SHOWN. STATUS_MEMORY. */
MUST_USE enum status joint_open(struct arena *arena, struct raw_table *const tables[], size_t count,
                                struct joint *joint, struct fail *fail);

/* The lattice under the present signs and states. STATUS_MEMORY. */
MUST_USE enum status joint_build(struct arena *arena, const struct joint *joint, const struct policy *policy,
                                 struct joint_lattice *made, struct fail *fail);

#endif
