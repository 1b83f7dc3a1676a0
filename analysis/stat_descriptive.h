/* Description of one column: moments, quantiles, range of the mean. Pure; scratch memory from the arena. */
#ifndef ANALYSIS_STAT_DESCRIPTIVE_H
#define ANALYSIS_STAT_DESCRIPTIVE_H

#include "analysis/range.h"
#include "base/arena.h"

struct description {
    double n, missing, sum, mean, variance, sd, mean_error; /* divisor n − 1; NaN for n = 1 */
    double least, most, median, mad; /* mad: median distance from the median, not scaled */
    double quartile_gap;             /* type 7 */
    /* Skewness and excess kurtosis in three forms: capitals are the ones to publish (SAS, SPSS); the moments of the
     * sample; those over the variance with n − 1 (psych, GSL). NaN without variance, or for n < 3 (skewness) and n < 4. */
    double skewness, skewness_moment, skewness_b;
    double kurtosis, kurtosis_moment, kurtosis_b;
    double skewness_error;
};
/* values: n of them; NaN counts as missing. Sources: Joanes and Gill (1998), The Statistician 47; Chan, Golub and LeVeque
 * (1983), The American Statistician 37.
 * STATUS_INPUT  no value at all */
MUST_USE enum status describe(struct arena *arena, const double values[], size_t n, struct description *description,
                              struct fail *fail);

/* Sorted copy of the values that are there; *count of them. NULL: no memory. */
MUST_USE double *sorted_present(struct arena *arena, const double values[], size_t n, size_t *count);

/* Quantile at (n + 1)·p, "type 6" of Hyndman and Fan (1996), The American Statistician 50, HAVERAGE of SPSS. Type 7 is
 * quantile_sorted() of stat_rank.h. sorted ascending, 0 ≤ p ≤ 1; NaN for n = 0. */
double quantile_spss(const double sorted[], size_t n, double p);

/* Range of the mean with Student's t; NaN limits for n < 2. 0 < confidence < 1. */
struct range description_mean(const struct description *description, double confidence);

#endif
