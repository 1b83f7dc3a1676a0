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

/* Quantile of the beta distribution by bisection: GSL's own inverse fails for large parameters. a, b > 0, 0 < p < 1. */
double beta_quantile(double p, double a, double b);

/* Share if members of the group answered r times as often as others: p/(p + r(1−p)). */
double proportion_band(double share, double r);

#endif
