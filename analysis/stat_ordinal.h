/* Proportional odds model for an ordered outcome (cumulative logit) and the test of its assumption. Pure; results live in
 * the arena. logit P(Y ≤ k) = threshold_k − x'b: a positive coefficient means higher categories (as R's polr and clm;
 * SAS has the opposite sign).
 * Sources: McCullagh (1980), Journal of the Royal Statistical Society B 42; Peterson and Harrell (1990), Applied
 * Statistics 39 (partial proportional odds); Agresti (2010), Analysis of Ordinal Categorical Data, ch. 3. */
#ifndef ANALYSIS_STAT_ORDINAL_H
#define ANALYSIS_STAT_ORDINAL_H

#include "analysis/stat_design.h"
#include "analysis/stat_regression.h"

enum { ORDINAL_CATEGORIES = 64 };

struct ordinal_data {
    const struct design *design; /* with its constant, which stands for the thresholds */
    const size_t *category;      /* per row, < category_count, 0 the lowest */
    size_t category_count;       /* 2..ORDINAL_CATEGORIES, none of them without weight */
    const double *weight;        /* frequencies ≥ 0, or NULL for 1 */
};

struct ordinal {
    double n;                         /* sum of weights */
    size_t columns;                   /* of the design, the constant first */
    struct coefficient *coefficients; /* per column; NaN for the constant and for columns that depend on others. se from
                                         the observed information; robust ones NaN */
    double *covariance;               /* columns × columns; NaN where coefficients are */
    double *threshold, *threshold_se; /* category_count − 1 */
    double log_likelihood, log_likelihood_null, deviance, aic;
    double chi_square, degrees, p;    /* likelihood ratio against the thresholds alone */
    double gradient;                  /* largest absolute score at the maximum */
};

/* STATUS_INPUT   no constant, too few or too many categories, a category or weight out of range
 * STATUS_DENIED  a category without answers; separation; no convergence */
MUST_USE enum status ordinal_fit(struct arena *arena, const struct ordinal_data *data, double confidence,
                                 struct ordinal *ordinal, struct fail *fail);

struct ordinal_test {
    double statistic, degrees, p; /* 0 degrees (two categories, or the term was left out): p NaN */
};

/* Likelihood ratio test of proportional odds for one term: a model in which its coefficients differ between the thresholds
 * against fit, the result of ordinal_fit for the same data. Errors as above. */
MUST_USE enum status ordinal_test_term(struct arena *arena, const struct ordinal_data *data, const struct ordinal *fit,
                                       size_t term, struct ordinal_test *test, struct fail *fail);

#endif
