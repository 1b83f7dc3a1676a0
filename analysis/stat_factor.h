/* Exploratory factor extraction from a correlation matrix: maximum likelihood and least squares ("minres"), principal
 * components. Pure; everything lives in the arena. Not responsible for rotation (stat_rotation.h) and for how many factors
 * there are (stat_adequacy.h). */
#ifndef ANALYSIS_STAT_FACTOR_H
#define ANALYSIS_STAT_FACTOR_H

#include <stdbool.h>

#include "base/arena.h"

enum factor_method { FACTOR_ML, FACTOR_MINRES };

#define UNIQUENESS_LOWEST 0.005 /* bound of a uniqueness, as in other programs */

struct factor_solution {
    size_t items, factors;
    double *loading;    /* loading[item * factors + factor], unrotated: columns orthogonal in the metric of the method */
    double *uniqueness; /* items, in 0.005..1 */
    double criterion;   /* ML: Lawley's discrepancy; minres: sum of the squared small eigenvalues */
    double gradient;    /* largest derivative by a uniqueness where it stopped */
    double discrepancy; /* Lawley's discrepancy of either method, for the chi-square */
    double rmsr;        /* root mean square of the residual correlations below the diagonal */
    double degrees;     /* ((p − k)² − p − k) / 2 */
    bool heywood;       /* a uniqueness stands at its lower bound: distrust the solution */
};

/* correlation: items × items, unit diagonal. Newton's method with exact second derivatives within the bounds.
 *
 * STATUS_INPUT   no factor, or more than the items can determine (degrees < 0), or an entry is not finite
 * STATUS_DENIED  singular matrix (ML), or not converged
 * Sources: Lawley and Maxwell (1971), Factor Analysis as a Statistical Method, ch. 4; Jöreskog (1967), Psychometrika 32;
 * Harman and Jones (1966), Psychometrika 31. */
MUST_USE enum status factor_extract(struct arena *arena, const double correlation[], size_t items, size_t factors,
                                    enum factor_method method, struct factor_solution *solution, struct fail *fail);

/* Bartlett's multiplier times the discrepancy; the upper tail at solution->degrees is its p. persons of the correlations.
 * Source: Bartlett (1951), Biometrika 38. */
double factor_chi_square(const struct factor_solution *solution, double persons);

/* Principal components: eigenvalues (all, falling) and loadings of the first ones, loading[item * components + component],
 * ordered and signed as factor_order() does. 1 ≤ components ≤ items.
 * STATUS_INPUT, STATUS_DENIED as eigen_compute(). Source: Jolliffe (2002), Principal Component Analysis, ch. 2. */
MUST_USE enum status principal_components(struct arena *arena, const double correlation[], size_t items,
                                          size_t components, double eigenvalues[], double loading[],
                                          struct fail *fail);

#endif
