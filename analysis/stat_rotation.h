/* Rotation of factor loadings to simple structure, and the order in which factors are shown. Pure; scratch memory from the
 * arena. Loadings are loading[item * factors + factor]; Phi (correlations of the factors) is factors × factors.
 * Criteria have several minima: each rotation starts from the unrotated axes and from fixed turned ones and keeps the
 * best, so the same loadings always give the same answer. */
#ifndef ANALYSIS_STAT_ROTATION_H
#define ANALYSIS_STAT_ROTATION_H

#include <stdbool.h>

#include "base/arena.h"

enum { FACTORS_MAX = 20 };

/* Largest sum of squared loadings first, each column with a positive sum. phi may be NULL; it is turned along. */
void factor_order(double loading[], double phi[], size_t items, size_t factors);

/* In place. kaiser: rows at unit length while rotating (R, SPSS, psych do). 1 ≤ factors ≤ FACTORS_MAX, else STATUS_INPUT;
 * one factor stays as it is. Source: Kaiser (1958), Psychometrika 23; (1959), Educational and Psychological Measurement
 * 19. */
MUST_USE enum status rotate_varimax(struct arena *arena, double loading[], size_t items, size_t factors, bool kaiser,
                                    struct fail *fail);

/* Direct quartimin (oblimin with gamma 0): loading becomes the pattern; criterion is its value, for the rows at unit
 * length when kaiser. psych rotates without Kaiser's weights, SPSS with them.
 * STATUS_DENIED not converged. Sources: Jennrich and Sampson (1966), Psychometrika 31; Jennrich (2002), Psychometrika
 * 67 (gradient projection). */
MUST_USE enum status rotate_oblimin(struct arena *arena, double loading[], size_t items, size_t factors, bool kaiser,
                                    double phi[], double *criterion, struct fail *fail);

/* From varimax loadings: target |λ|^power with the sign of λ, fitted by least squares, factors back to unit variance.
 * power > 1 (4 is usual). STATUS_DENIED loadings without rank. Source: Hendrickson and White (1964), British Journal of
 * Statistical Psychology 17. */
MUST_USE enum status rotate_promax(struct arena *arena, double loading[], size_t items, size_t factors, double power,
                                   double phi[], struct fail *fail);

#endif
