/* Linear regression by least squares with classical and heteroscedasticity-consistent standard errors. Pure; results live
 * in the arena.
 * Sources: MacKinnon and White (1985), Journal of Econometrics 29 (HC1, HC3); Long and Ervin (2000), The American
 * Statistician 54: HC3 below 250 cases. */
#ifndef ANALYSIS_STAT_REGRESSION_H
#define ANALYSIS_STAT_REGRESSION_H

#include "analysis/stat_design.h"
#include "analysis/stat_gram.h"

struct coefficient {
    double estimate, se;      /* estimate NaN: the column depends on those before it and was left out */
    double statistic, p;      /* estimate / se; two-sided */
    double low, high;         /* range at the confidence asked for */
    double robust, robust_hc1; /* standard errors: HC3 (regression) or HC0 (logistic); HC1 (regression) */
};

#define COEFFICIENT_NONE                                                                                              \
    ((struct coefficient){ (double)NAN, (double)NAN, (double)NAN, (double)NAN, (double)NAN, (double)NAN, (double)NAN, \
                           (double)NAN })

struct regression {
    size_t n, rank, columns;
    struct coefficient *coefficients; /* columns */
    double *covariance;               /* columns × columns; NaN for left-out columns */
    double *residual;                 /* per row */
    double degrees, sigma;            /* n − rank; residual standard deviation, NaN for 0 degrees */
    double squares_model, squares_residual;
    double r_squared, adjusted;       /* about the mean if there is a constant, else about 0; NaN if y does not vary */
    double f, f_p, f_degrees;         /* all terms but the constant; NaN when there are none or sigma is NaN */
    double aic, log_likelihood;       /* normal; +-Inf for a perfect fit */
};

/* y: design->rows numbers, finite. 0 < confidence < 1. HC3 is NaN when a case has a leverage of 1 (the only one in its
 * category). A constant column besides the design's own is left out like any dependent one.
 *
 * STATUS_INPUT   a value of y that is not finite, confidence out of range
 * STATUS_DENIED  fewer rows than independent columns would need: rows < columns */
MUST_USE enum status regression_fit(struct arena *arena, const struct design *design, const double y[],
                                    double confidence, struct regression *regression, struct fail *fail);

#endif
