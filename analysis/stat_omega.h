/* McDonald's omega (total) of a scale with one common factor. Pure. */
#ifndef ANALYSIS_STAT_OMEGA_H
#define ANALYSIS_STAT_OMEGA_H

#include "base/arena.h"

/* covariance: items × items, row-major, symmetric. Maximum likelihood loadings by the EM algorithm; omega is the
 * variance of the common factor in the sum over the model's variance of the sum, (Σλ)² / ((Σλ)² + Σψ), in 0..1.
 *
 * STATUS_INPUT   fewer than 3 items (one factor is not determined) or an item without variance
 * STATUS_DENIED  not converged after the bound, or an item without any variance of its own (Heywood case)
 * Sources: McDonald (1999), Test Theory, ch. 6; Rubin and Thayer (1982), Psychometrika 47, EM for factor analysis. */
MUST_USE enum status omega_total(struct arena *arena, const double covariance[], size_t items, double *omega,
                                 struct fail *fail);

#endif
