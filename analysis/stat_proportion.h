/* Ranges of one proportion. Pure; no memory. */
#ifndef ANALYSIS_STAT_PROPORTION_H
#define ANALYSIS_STAT_PROPORTION_H

#include "analysis/range.h"

/* Wilson score range. n: answers or effective answers (> 0); population: 0 = infinite, else ≥ answers.
 * Finite population: n is replaced by n(N−1)/(N−answers).
 * Source: Wilson (1927), JASA 22; Cochran (1977), Sampling Techniques, 3.2; Korn & Graubard (1998), Survey Methodology 24. */
struct range proportion_wilson(double share, double n, double answers, double population);

/* Exact binomial range. 0 ≤ hits ≤ n, n ≥ 1. Source: Clopper & Pearson (1934), Biometrika 26. */
struct range proportion_exact(unsigned hits, unsigned n);

/* The usual ranges beside each other, at any confidence (0 < confidence < 1); 0 ≤ hits ≤ n, n ≥ 1, else RANGE_NONE.
 * Agresti-Coull is not cut to 0..1: that shows when it should not be used.
 * Sources: Brown, Cai and DasGupta (2001), Statistical Science 16; Newcombe (1998), Statistics in Medicine 17, 857–872
 * (continuity correction). */
struct proportion_ranges {
    struct range wilson, wilson_corrected, exact, jeffreys, agresti_coull;
};
struct proportion_ranges proportion_ranges(double hits, double n, double confidence);

/* Share of one class minus share of another of the same n answers (promoters minus detractors), with the Wald range of the
 * multinomial: variance (p + q − (p − q)²)/n. Source: Agresti (2013), Categorical Data Analysis, 1.5. */
struct range proportion_net(double hits, double misses, double n, double confidence);

/* Share if members of the group answered r times as often as others: p/(p + r(1−p)). */
double proportion_band(double share, double r);

#endif
