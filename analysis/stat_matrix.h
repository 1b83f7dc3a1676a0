/* Covariances, correlations and what is computed from symmetric matrices: inverse, determinant, eigenvalues. Pure.
 * Matrices are row-major, size × size; values of persons are values[person * items + item]. */
#ifndef ANALYSIS_STAT_MATRIX_H
#define ANALYSIS_STAT_MATRIX_H

#include <gsl/gsl_eigen.h>
#include <stdbool.h>

#include "base/arena.h"

/* Covariances (divisor persons − 1) of complete cases; persons ≥ 2, else every entry is NaN. Two passes with the
 * correction for the rounding of the means, so that values around 1e9 lose no digits.
 * Source: Chan, Golub and LeVeque (1983), The American Statistician 37. */
void covariance_of(const double values[], size_t persons, size_t items, double covariance[]);

/* Correlations of a covariance matrix; may be in place. NaN in the rows of an item without variance. */
void correlation_from(const double covariance[], size_t items, double correlation[]);

/* Each pair from the persons who answered both (NaN = no answer), with the means and variances of those persons.
 * count[a * items + b]: how many. Each output may be NULL. NaN for fewer than 2 persons or no variance. The matrix need
 * not be positive definite: look at its smallest eigenvalue. */
void pairwise_of(const double values[], size_t persons, size_t items, double covariance[], double correlation[],
                 double count[]);

/* Inverse and natural logarithm of the determinant's absolute value (either may be NULL); sign −1 or 1 may be NULL.
 *
 * STATUS_DENIED  singular to working precision, or an entry is not finite
 * STATUS_MEMORY */
MUST_USE enum status matrix_inverse(struct arena *arena, const double matrix[], size_t size, double inverse[],
                                    double *log_determinant, int *sign, struct fail *fail);

/* Lower triangle L with L·L' = matrix, zeros above; may be in place. False when it is not positive definite. */
bool cholesky_factor(const double matrix[], size_t size, double lower[]);
/* Solves L·L'·x = right; x may be right. Uses the factor above. */
void cholesky_solve(const double lower[], size_t size, const double right[], double x[]);

/* Eigenvalues, falling, and vectors: vectors[item * size + k] belongs to values[k]. Made once, computed often. */
struct eigen {
    size_t size;
    double *values, *vectors, *copy;
    gsl_eigen_symmv_workspace space;
};
MUST_USE enum status eigen_prepare(struct arena *arena, size_t size, struct eigen *eigen, struct fail *fail);
/* STATUS_INPUT an entry is not finite; STATUS_DENIED not converged. */
MUST_USE enum status eigen_compute(struct eigen *eigen, const double symmetric[], struct fail *fail);

/* Σ of everything, Σ of the diagonal; with without < size row and column without are left out. */
double matrix_sum(const double matrix[], size_t size, size_t without);
double matrix_trace(const double matrix[], size_t size, size_t without);

#endif
