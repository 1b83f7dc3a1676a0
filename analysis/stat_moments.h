/* Mean, variance and sum of squares that keep their digits whatever the offset of the data. Pure; no memory.
 * All sums run in doubled precision, so that the error is that of the data alone.
 * Source of the definitions: NIST Statistical Reference Datasets (StRD), Univariate Summary Statistics. */
#ifndef ANALYSIS_STAT_MOMENTS_H
#define ANALYSIS_STAT_MOMENTS_H

#include <stddef.h>

struct moments {
    double n, mean;
    double variance;   /* divisor n − 1; NaN for n < 2 */
    double sd;         /* its root, with its own last digits */
    double squares;    /* Σ (x − mean)² */
    double neighbours; /* autocorrelation of lag 1: Σ (x_i − mean)(x_{i+1} − mean) / squares; NaN without variance */
};

/* n = 0: everything but n is NaN. */
struct moments moments_of(const double values[], size_t n);

#endif
