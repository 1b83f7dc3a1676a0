/* Ranges when a known population is sampled without putting back: shares and means. Pure; memory from the arena.
 * The full sample has no error: every range has width zero then. */
#ifndef ANALYSIS_STAT_FINITE_H
#define ANALYSIS_STAT_FINITE_H

#include "analysis/range.h"
#include "base/arena.h"

struct finite_share {
    double error;              /* √((1 − n/N) p(1 − p)/(n − 1)); NaN for n = 1 */
    double effective;          /* n(N − 1)/(N − n); infinite for n = N */
    struct range wald, wilson; /* Wilson's with the effective number */
    struct range exact_count;  /* people in the population, by the hypergeometric distribution; value is p·N */
    struct range exact;        /* the same as a share */
};

/* hits of n answers from a population of N people; whole numbers, 0 ≤ hits ≤ n ≤ N, n ≥ 1; confidence in (0, 1).
 *
 * STATUS_INPUT  impossible numbers
 * STATUS_LIMIT  so many that the exact range would take too long (SUPPORT_MAX of stat_hypergeometric.h)
 * Sources: Cochran (1977), Sampling Techniques, 3.2; Korn and Graubard (1998), Survey Methodology 24; Buonaccorsi (1987),
 * American Statistician 41: all counts for which both one-sided tails exceed half of 1 − confidence. */
MUST_USE enum status finite_share_range(struct arena *arena, double hits, double n, double population,
                                        double confidence, struct finite_share *result, struct fail *fail);

struct finite_mean {
    double n, fraction, deviation;
    double error_infinite, error; /* s/√n, and times √(1 − n/N) */
    struct range t, z;            /* t with n − 1 degrees is the one to publish */
    struct range total;           /* N times the mean, with t */
    double total_error;
};

/* n ≥ 2 finite values, n ≤ population. STATUS_INPUT impossible numbers; STATUS_DENIED fewer than two values.
 * Source: Cochran (1977), Sampling Techniques, ch. 2. */
MUST_USE enum status finite_mean_range(const double values[], size_t n, double population, double confidence,
                                       struct finite_mean *result, struct fail *fail);

#endif
