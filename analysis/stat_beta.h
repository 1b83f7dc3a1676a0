/* Lower tail of the beta distribution, for a and b of any size. Pure; no memory.
 * Why an own one: gsl_cdf_beta_P of GSL 2.7.1 gives its continued fraction 512 terms and answers NaN near the centre from about
 * a + b = 5,000,000 on; before that it loses digits to the logarithm of the beta function. */
#ifndef ANALYSIS_STAT_BETA_H
#define ANALYSIS_STAT_BETA_H

/* x in 0..1 and rest = 1 − x, both given so that neither end loses digits; a, b > 0. NaN otherwise. Relative accuracy about
 * 1e-12 up to a + b = 1e10.
 * Source: Press et al. (2007), Numerical Recipes, 3rd ed., 6.4 (continued fraction); the factor before it by Stirling's
 * series: Loader (2000), Fast and accurate computation of binomial probabilities. */
double beta_below(double x, double rest, double a, double b);

#endif
