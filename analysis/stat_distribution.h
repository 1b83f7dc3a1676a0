/* Distribution functions GSL lacks or computes badly: quantiles of beta and F, noncentral t, chi-square and F with the
 * confidence limits of their noncentrality. Pure; no memory.
 * Why own ones: gsl_cdf_beta_Pinv and gsl_cdf_fdist_Pinv of GSL 2.7.1 fail (NaN) for common parameters. */
#ifndef ANALYSIS_STAT_DISTRIBUTION_H
#define ANALYSIS_STAT_DISTRIBUTION_H

/* Relative accuracy about 1e-13. a, b > 0, 0 < p < 1; NaN otherwise. */
double beta_quantile(double p, double a, double b);
/* d1, d2 > 0 (not necessarily whole). */
double f_quantile(double p, double d1, double d2);
double t_quantile(double p, double degrees);
double normal_quantile(double p);
double normal_two_sided(double confidence); /* z of a two-sided range: 1.96 for 0.95 */
double chi_square_quantile(double p, double degrees);
/* Natural logarithm of the upper tail, also where the tail itself is below the smallest double. x ≥ 0, degrees > 0.
 * Source: Press et al. (2007), Numerical Recipes, 3rd ed., 6.2 (continued fraction of the incomplete gamma function). */
double chi_square_log_above(double x, double degrees);

/* Both tails of Student's t beyond ±t, upper tails of F and of the normal: relative accuracy about 1e-12 far out too, where
 * gsl_cdf_tdist_Q loses digits. NaN for NaN. */
double t_both_tails(double t, double degrees);
double f_above(double f, double d1, double d2);
double normal_both_tails(double z);
double chi_square_above(double x, double degrees);

/* Inverse of the logit, 1/(1 + exp(−eta)), and its logarithm; both ends keep their digits. */
double expit(double eta);
double log_expit(double eta);

/* Lower tails. Poisson mixtures summed from their mode; absolute accuracy about 1e-13.
 * Sources: Johnson, Kotz and Balakrishnan (1995), Continuous Univariate Distributions 2, ch. 29–31. */
double noncentral_t_below(double t, double degrees, double noncentrality);
double noncentral_chi_square_below(double x, double degrees, double noncentrality);
double noncentral_f_below(double x, double d1, double d2, double noncentrality);

/* Noncentrality for which the observed value lies at the lower-tail probability p (0 < p < 1). For F and chi-square 0 when
 * even no noncentrality leaves the value that far out. NaN when the value is not finite.
 * Source: Steiger and Fouladi (1997), in: What if there were no significance tests? */
double noncentral_t_limit(double t, double degrees, double p);
double noncentral_chi_square_limit(double x, double degrees, double p);
double noncentral_f_limit(double x, double d1, double d2, double p);

#endif
