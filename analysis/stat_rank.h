/* Order, mid-ranks and what ties do to the variances of rank statistics. Pure; memory from the arena. */
#ifndef ANALYSIS_STAT_RANK_H
#define ANALYSIS_STAT_RANK_H

#include "base/arena.h"

/* Sums over the groups of t equal values; doubles, because n³ does not fit 64 bits for large n. All 0 without ties. */
struct ties {
    size_t distinct;  /* number of different values */
    double pairs;     /* Σ t(t−1) */
    double triples;   /* Σ t(t−1)(t−2) */
    double cubes;     /* Σ t³−t */
    double with_five; /* Σ t(t−1)(2t+5) */
};

/* ranks[i] of values[i], 1..n; equal values share the mean of their places (Kendall 1945, Biometrika 33). order, when not
 * NULL, receives the positions in ascending order of the values. ties may be NULL. n = 0 is allowed.
 *
 * STATUS_INPUT  a value that is no number (infinities are allowed) */
MUST_USE enum status ranks_make(struct arena *arena, const double values[], size_t n, double ranks[], size_t order[],
                                struct ties *ties, struct fail *fail);

/* Median (mean of the middle two); reorders values. NaN for n = 0. */
double median_take(double values[], size_t n);
/* Ascending. */
void sort_numbers(double values[], size_t n);
/* Quantile by linear interpolation at (n − 1)·p ("type 7" of Hyndman and Fan 1996, American Statistician 50); sorted
 * ascending, 0 ≤ p ≤ 1; NaN for n = 0. */
double quantile_sorted(const double sorted[], size_t n, double p);

#endif
