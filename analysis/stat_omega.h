/* McDonald's omega (total) of a scale with one common factor. Pure. */
#ifndef ANALYSIS_STAT_OMEGA_H
#define ANALYSIS_STAT_OMEGA_H

#include "analysis/stat_factor.h"
#include "base/arena.h"

struct omega {
    struct factor_solution factor; /* one factor of the correlations, loadings with a positive sum */
    double *loading, *error;       /* in the units of the items: loading · sd, uniqueness · variance */
    double raw;          /* of the sum of the items: (Σλ)² / ((Σλ)² + Σψ) in their units. The one to publish */
    double standardised; /* the same of the sum of standardised items */
    double raw_observed, standardised_observed; /* the observed variance of the sum in the denominator */
};

/* covariance: items × items, symmetric. Maximum likelihood does not depend on the units of the items, so the correlations
 * are factored. A Heywood case is reported in factor.heywood, not refused.
 *
 * STATUS_INPUT   fewer than 3 items (one factor is not determined) or an item without variance
 * STATUS_DENIED  items that determine each other, or not converged
 * Source: McDonald (1999), Test Theory, ch. 6. */
MUST_USE enum status omega_one_factor(struct arena *arena, const double covariance[], size_t items,
                                      struct omega *omega, struct fail *fail);

/* The raw omega alone, for publication: STATUS_DENIED also for a Heywood case. */
MUST_USE enum status omega_total(struct arena *arena, const double covariance[], size_t items, double *omega,
                                 struct fail *fail);

#endif
