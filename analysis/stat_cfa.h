/* Confirmatory factor analysis by maximum likelihood in one or several groups. Pure; everything lives in the arena.
 * Σ = ΛΦΛ' + Θ, μ = ν + Λα; every path belongs to one factor, errors do not correlate. */
#ifndef ANALYSIS_STAT_CFA_H
#define ANALYSIS_STAT_CFA_H

#include <stdbool.h>

#include "base/arena.h"

enum cfa_equal { /* each level keeps the restrictions before it */
    CFA_CONFIGURAL, /* the same form */
    CFA_METRIC,     /* the same loadings */
    CFA_SCALAR,     /* the same intercepts; factor means free from the second group on */
    CFA_STRICT,     /* the same error variances */
};

struct cfa_sample {
    double persons;
    const double *mean, *covariance; /* divisor n; items, items × items */
};

struct cfa_model {
    size_t items, factors, groups;
    size_t path_count;
    const size_t *path_item, *path_factor; /* paths of a factor stand together */
    bool means;  /* model the means too */
    bool marker; /* first loading of a factor is 1; else factor variances are 1 and the first loading positive */
    enum cfa_equal equal;
};

struct cfa_group {
    double *loading;     /* items × factors */
    double *phi;         /* factors × factors */
    double *error, *intercept, *factor_mean; /* items, items, factors */
    double *implied, *implied_mean;          /* items × items, items */
};
struct cfa_index {
    double chi_square, degrees, p, baseline_chi_square, baseline_degrees;
    double cfi, tli, nfi, rmsea, rmsea_low, rmsea_high, rmsea_p; /* 90 % range; p of RMSEA ≤ 0.05 */
    double srmr, srmr_nomean, srmr_mplus, crmr, gfi;
};
struct cfa_fit {
    size_t parameters;
    double persons, discrepancy, log_likelihood, saturated, aic, bic, gradient;
    struct cfa_group *group;
    double *path_error, *standard, *standard_error; /* of the first group's paths: SE; fully standardised loading and SE */
    double *factor_mean_error;                      /* groups × factors; 0 where fixed */
    struct cfa_index index;   /* chi-square = n · discrepancy (lavaan) */
    struct cfa_index wishart; /* (n − 1) · discrepancy (LISREL, AMOS); one group only */
};
/* STATUS_INPUT   no group, factor or path, an index out of range, more parameters than moments
 * STATUS_DENIED  singular covariances, not converged
 * Sources: Jöreskog (1969), Psychometrika 34; Meredith (1993), Psychometrika 58; Bentler (1990), Psychological Bulletin 107;
 * Tucker and Lewis (1973), Psychometrika 38; Steiger (1998), Structural Equation Modeling 5 (RMSEA of several groups). */
MUST_USE enum status cfa_compute(struct arena *arena, const struct cfa_model *model, const struct cfa_sample samples[],
                                 struct cfa_fit *fit, struct fail *fail);

struct cfa_factor {
    double omega, omega_observed; /* of the sum of the factor's items: implied, observed variance in the denominator */
    double extracted;             /* average variance extracted: Σλ²φ / (Σλ²φ + Σθ) */
};
/* Of one factor of a fitted group. Sources: McDonald (1999), Test Theory, ch. 6; Fornell and Larcker (1981), Journal of
 * Marketing Research 18. */
struct cfa_factor cfa_factor_of(const struct cfa_model *model, const struct cfa_sample *sample,
                                const struct cfa_group *group, size_t factor);

#endif
