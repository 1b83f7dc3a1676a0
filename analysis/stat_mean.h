/* Range of one mean. Pure; no memory. */
#ifndef ANALYSIS_STAT_MEAN_H
#define ANALYSIS_STAT_MEAN_H

#include <stddef.h>

#include "analysis/range.h"

/* t range with finite population correction: s/√n · √(1−n/N), n−1 degrees of freedom. values: n ≥ 2 of them, else
 * RANGE_NONE; population 0 = infinite. Source: Cochran (1977), Sampling Techniques, ch. 2. */
struct range mean_range(const double values[], size_t n, double population);

/* The same from mean, sd and the quantile t_975(n − 1); n ≥ 2. */
struct range mean_range_of(double mean, double sd, double n, double population, double quantile);

/* Quantile 0.975 of Student's t; degrees ≥ 1. */
double t_975(double degrees);

#endif
