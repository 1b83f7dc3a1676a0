/* Values in groups: sizes, means, variances. The common ground of comparisons of groups. Pure; memory from the arena. */
#ifndef ANALYSIS_STAT_GROUPS_H
#define ANALYSIS_STAT_GROUPS_H

#include "analysis/stat_moments.h"
#include "base/arena.h"

/* values[i] belongs to group[i] < group_count. groups[g].values is a copy in the arena, in the order of the input. */
struct group {
    double *values;
    size_t n;
    struct moments moments;
    double distance; /* own mean − mean of all, accurate whatever the offset */
};
struct grouped {
    size_t n, group_count;
    struct group *groups;
    double mean;            /* of all */
    double between, within; /* sums of squares, accurate whatever the offset */
};

/* The table of the one-way analysis of variance. p and f: NaN without any variance; +Inf and 0 if only the groups vary. */
struct spread {
    double between_degrees, within_degrees; /* groups − 1; n − groups */
    double between_mean, within_mean;       /* squares over degrees; NaN for 0 degrees */
    double f, p;
    double r_squared, residual_sd;          /* NaN without any variance; for 0 degrees */
};
struct spread spread_of(const struct grouped *grouped);

/* STATUS_INPUT   fewer than two groups, a group number out of range, a value that is no finite number
 * STATUS_DENIED  an empty group */
MUST_USE enum status groups_make(struct arena *arena, const double values[], const size_t group[], size_t n,
                                 size_t group_count, struct grouped *grouped, struct fail *fail);

#endif
