/* Values in groups: sizes, means, variances. The common ground of comparisons of groups. Pure; memory from the arena. */
#ifndef ANALYSIS_STAT_GROUPS_H
#define ANALYSIS_STAT_GROUPS_H

#include "base/arena.h"

struct moments {
    double n, mean, variance; /* divisor n − 1; NaN where there is none: mean of nobody, variance of one */
};

/* Two passes from the first value, so that a large common part of the values costs no digits. */
struct moments moments_of(const double values[], size_t n);

/* values[i] belongs to group[i] < group_count. groups[g].values is a copy in the arena, in the order of the input. */
struct group {
    double *values;
    size_t n;
    struct moments moments;
};
struct grouped {
    size_t n, group_count;
    struct group *groups;
    double mean;            /* of all */
    double between, within; /* sums of squares */
};

/* STATUS_INPUT   fewer than two groups, a group number out of range, a value that is no finite number
 * STATUS_DENIED  an empty group */
MUST_USE enum status groups_make(struct arena *arena, const double values[], const size_t group[], size_t n,
                                 size_t group_count, struct grouped *grouped, struct fail *fail);

#endif
