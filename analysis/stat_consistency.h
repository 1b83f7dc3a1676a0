/* Item analysis of a scale: alpha in its forms, Guttman's bounds, split halves. Pure; scratch memory from the arena.
 * Not responsible for omega (stat_omega.h) and for ranges by resampling (stat_bootstrap.h). */
#ifndef ANALYSIS_STAT_CONSISTENCY_H
#define ANALYSIS_STAT_CONSISTENCY_H

#include <stdbool.h>

#include "analysis/range.h"
#include "base/arena.h"

/* Alpha from covariances, items × items; item number without is left out (without = items: none). NaN when fewer than two
 * items stay or their sum does not vary. Source: Cronbach (1951), Psychometrika 16. */
double alpha_of(const double covariance[], size_t items, size_t without);
/* The same for standardised items: k·r̄ / (1 + (k−1)·r̄) with the mean correlation r̄. */
double alpha_standardised(const double correlation[], size_t items, size_t without);
/* Mean of the correlations below the diagonal; NaN for one item. */
double correlation_mean(const double correlation[], size_t items, size_t without);
/* Range of alpha from the F distribution with persons − 1 and (persons − 1)(items − 1) degrees. persons ≥ 2, items ≥ 2,
 * 0 < confidence < 1, else RANGE_NONE. Source: Feldt (1965), Psychometrika 30. */
struct range alpha_feldt(double alpha, double persons, size_t items, double confidence);

struct item {
    double mean, sd;
    double total_r, rest_r; /* correlation with the sum of all items; with the sum of the others */
    double smc;             /* squared multiple correlation with the others; NaN when they determine each other */
    double alpha_without, standardised_without; /* NaN for two items */
    double rest_mean, rest_variance;            /* of the sum of the others */
};
struct consistency {
    double alpha, standardised, mean_r;
    double error_sd; /* standard error of measurement, sd·√(1 − alpha); NaN when alpha > 1 */
    double mean, sd; /* of the sum */
    struct item *item;
};
/* values: complete cases, values[person * items + item], already reversed. An item without variance has NaN in its
 * correlations and in everything standardised.
 *
 * STATUS_INPUT   fewer than 2 persons or items
 * STATUS_DENIED  the sum does not vary */
MUST_USE enum status consistency_compute(struct arena *arena, const double values[], size_t persons, size_t items,
                                         struct consistency *consistency, struct fail *fail);

/* The same from the items' covariances and means, for data that were added up elsewhere (stat_steps.h). */
MUST_USE enum status consistency_of(struct arena *arena, const double covariance[], const double mean[], double persons,
                                    size_t items, struct consistency *consistency, struct fail *fail);

struct guttman {
    double lambda1, lambda2, lambda3, lambda5, lambda6; /* lambda 4 is a split half: see below */
};
/* Lower bounds of reliability from covariances (SPSS) or correlations (psych). lambda6 is NaN when the matrix is singular.
 *
 * STATUS_INPUT   fewer than 2 items
 * STATUS_DENIED  the sum does not vary
 * Source: Guttman (1945), Psychometrika 10. */
MUST_USE enum status guttman_lambda(struct arena *arena, const double matrix[], size_t items, struct guttman *guttman,
                                    struct fail *fail);

struct split_half {
    double r;                     /* between the sums of the halves */
    double spearman_brown;        /* 2r / (1 + r): halves of equal length; NaN for r = −1 */
    double horst;                 /* for halves of different length; equal to the former for equal ones; 1 for r = 1 */
    double guttman;               /* 2 (1 − (variances of the halves) / (variance of the sum)) */
    double alpha_first, alpha_second; /* NaN for a half of one item */
};
/* first[i]: item i belongs to the first half.
 *
 * STATUS_INPUT   a half is empty
 * STATUS_DENIED  a half does not vary
 * Sources: Spearman (1910) and Brown (1910), British Journal of Psychology 3; Horst (1951), Psychometrika 16; Guttman
 * (1945). */
MUST_USE enum status split_half(struct arena *arena, const double covariance[], size_t items, const bool first[],
                                struct split_half *split, struct fail *fail);

#endif
