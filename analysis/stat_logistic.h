/* Binary logistic regression by maximum likelihood. Pure; results live in the arena.
 * Sources: McCullagh and Nelder (1989), Generalized Linear Models, ch. 4; Nagelkerke (1991), Biometrika 78; Venzon and
 * Moolgavkar (1988), Applied Statistics 37 (ranges from the profile likelihood). */
#ifndef ANALYSIS_STAT_LOGISTIC_H
#define ANALYSIS_STAT_LOGISTIC_H

#include "analysis/range.h"
#include "analysis/stat_design.h"
#include "analysis/stat_regression.h"

struct logistic {
    double n, events;                  /* sums of weights */
    size_t columns, rank;
    struct coefficient *coefficients;  /* log odds; low, high: Wald; robust: sandwich HC0; robust_hc1 NaN; se from the
                                          information at the final estimates */
    struct range *profile;             /* per column: the range of the profile likelihood; ±Inf where it is open */
    double *effect;                    /* per column: average marginal effect, mean of b·p·(1 − p), for dummies too */
    double *covariance;                /* columns × columns; NaN for left-out columns */
    double log_likelihood, log_likelihood_null, deviance, deviance_null; /* null: constant alone */
    double aic, bic;
    double chi_square, degrees, p;     /* likelihood ratio against the constant */
    double mcfadden, cox_snell, nagelkerke;
    double auc, brier;                 /* area under the ROC curve, ties half */
};

/* event[i]: the outcome of row i; weight: frequencies ≥ 0 or NULL. The design has a constant. Columns that depend on those
 * before them are left out (NaN).
 *
 * STATUS_INPUT   no constant, a weight that is negative or not finite, confidence outside 0..1
 * STATUS_DENIED  the outcome does not vary; separation; no convergence */
MUST_USE enum status logistic_fit(struct arena *arena, const struct design *design, const bool event[],
                                  const double weight[], double confidence, struct logistic *logistic,
                                  struct fail *fail);

#endif
