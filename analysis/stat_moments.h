/* Mean, standard deviation and sums of squares that keep their digits whatever the offset of the data. Pure; no memory
 * but the scratch of the groups. All sums run in doubled precision, so that the error is that of the data alone.
 * Source of the test data and of the definitions: NIST Statistical Reference Datasets (StRD), Univariate Summary
 * Statistics and Analysis of Variance. */
#ifndef ANALYSIS_STAT_MOMENTS_H
#define ANALYSIS_STAT_MOMENTS_H

#include "base/arena.h"

struct moments {
    double n, mean;
    double sd;         /* divisor n − 1; NaN for n < 2 */
    double squares;    /* Σ (x − mean)² */
    double neighbours; /* autocorrelation of lag 1: Σ (x_i − mean)(x_{i+1} − mean) / squares; NaN without variance */
};

/* n = 0: everything but n is NaN. */
struct moments moments_of(const double values[], size_t n);

struct spread { /* one-way analysis of variance */
    double between_squares, within_squares;
    double between_degrees, within_degrees; /* groups with cases − 1; n − groups with cases */
    double between_mean, within_mean;       /* squares over degrees; NaN for 0 degrees */
    double f, p;                            /* NaN without variance within; +Inf, 0 if only the groups vary */
    double r_squared;                       /* NaN without any variance */
    double residual_sd;
};

/* group[i] < group_count: group of values[i]. Groups without cases do not count.
 *
 * STATUS_INPUT  a group number out of range
 * STATUS_DENIED fewer than two groups with cases */
MUST_USE enum status spread_of_groups(struct arena *arena, const double values[], const size_t group[], size_t n,
                                      size_t group_count, struct spread *spread, struct fail *fail);

#endif
