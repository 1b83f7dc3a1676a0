/* Symmetric matrices of a survey's size (up to some hundred items). LU and eigenvalues are GSL's on memory of the arena;
 * Cholesky is written out, because in place on an array it is shorter than the wrapping. */
#include "analysis/stat_matrix.h"

#include <gsl/gsl_linalg.h>
#include <math.h>
#include <string.h>

#include "analysis/range.h"

struct pair { /* running moments of one pair of columns */
    double n, a, b, aa, bb, ab;
};

/* Moments of columns a and b over persons who have both, around their means. Means are taken of the distances from the
 * first value, so that a constant column has exactly no variance. */
static struct pair moments(const double values[], size_t persons, size_t items, size_t a, size_t b)
{
    struct pair sums = { 0 };
    double first_a = 0, first_b = 0, mean_a = 0, mean_b = 0;
    for (size_t i = 0; i < persons; i++) {
        double x = values[i * items + a], y = values[i * items + b];
        if (isnan(x) || isnan(y))
            continue;
        first_a = sums.n > 0 ? first_a : x;
        first_b = sums.n > 0 ? first_b : y;
        sums.n++;
        mean_a += x - first_a;
        mean_b += y - first_b;
    }
    mean_a /= sums.n;
    mean_b /= sums.n;
    for (size_t i = 0; i < persons; i++) {
        double x = values[i * items + a] - first_a - mean_a, y = values[i * items + b] - first_b - mean_b;
        if (isnan(x) || isnan(y))
            continue;
        sums.a += x;
        sums.b += y;
        sums.aa += x * x;
        sums.bb += y * y;
        sums.ab += x * y;
    }
    sums.aa -= sums.a * sums.a / sums.n;
    sums.bb -= sums.b * sums.b / sums.n;
    sums.ab -= sums.a * sums.b / sums.n;
    return sums;
}

void covariance_of(const double values[], size_t persons, size_t items, double covariance[])
{
    for (size_t a = 0; a < items; a++)
        for (size_t b = a; b < items; b++) {
            double sum = persons < 2 ? NOT_A_NUMBER : moments(values, persons, items, a, b).ab;
            covariance[a * items + b] = covariance[b * items + a] = sum / ((double)persons - 1);
        }
}

void correlation_from(const double covariance[], size_t items, double correlation[])
{
    for (size_t a = 0; a < items; a++)
        for (size_t b = 0; b < a; b++) {
            double scale = sqrt(covariance[a * items + a]) * sqrt(covariance[b * items + b]);
            double r = scale > 0 ? covariance[a * items + b] / scale : NOT_A_NUMBER;
            correlation[a * items + b] = correlation[b * items + a] = isnan(r) ? r : fmax(-1, fmin(1, r));
        }
    for (size_t a = 0; a < items; a++)
        correlation[a * items + a] = covariance[a * items + a] > 0 ? 1 : NOT_A_NUMBER;
}

void pairwise_of(const double values[], size_t persons, size_t items, double covariance[], double correlation[],
                 double count[])
{
    for (size_t a = 0; a < items; a++)
        for (size_t b = a; b < items; b++) {
            struct pair sums = moments(values, persons, items, a, b);
            double scale = sqrt(sums.aa) * sqrt(sums.bb);
            size_t one = a * items + b, other = b * items + a;
            if (count != NULL)
                count[one] = count[other] = sums.n;
            if (covariance != NULL)
                covariance[one] = covariance[other] = sums.n < 2 ? NOT_A_NUMBER : sums.ab / (sums.n - 1);
            if (correlation != NULL)
                correlation[one] = correlation[other] =
                    sums.n < 2 || !(scale > 0) ? NOT_A_NUMBER : a == b ? 1 : fmax(-1, fmin(1, sums.ab / scale));
        }
}

static bool finite(const double matrix[], size_t size)
{
    for (size_t i = 0; i < size * size; i++)
        if (!isfinite(matrix[i]))
            return false;
    return true;
}

/* Whether the triangle shows no pivot that is nothing but rounding. */
static bool regular(const double lu[], const double matrix[], size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (!(fabs(lu[i * size + i]) > 1e-13 * fabs(matrix[i * size + i])))
            return false;
    return true;
}

enum status matrix_inverse(struct arena *arena, const double matrix[], size_t size, double inverse[],
                           double *log_determinant, int *sign, struct fail *fail)
{
    double *copy = ARENA_NEW(arena, double, size * size);
    size_t *order = ARENA_NEW(arena, size_t, size);
    if (copy == NULL || order == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    if (size == 0 || !finite(matrix, size))
        return FAIL(fail, STATUS_DENIED, "a statement has no variance");
    memcpy(copy, matrix, size * size * sizeof *copy);
    gsl_matrix_view view = gsl_matrix_view_array(copy, size, size);
    gsl_permutation permutation = { size, order };
    int swaps = 1;
    if (gsl_linalg_LU_decomp(&view.matrix, &permutation, &swaps) != 0 || !regular(copy, matrix, size))
        return FAIL(fail, STATUS_DENIED, "a statement follows exactly from the others");
    if (inverse != NULL) {
        gsl_matrix_view out = gsl_matrix_view_array(inverse, size, size);
        if (gsl_linalg_LU_invert(&view.matrix, &permutation, &out.matrix) != 0)
            return FAIL(fail, STATUS_DENIED, "a statement follows exactly from the others");
    }
    if (log_determinant != NULL)
        *log_determinant = gsl_linalg_LU_lndet(&view.matrix);
    if (sign != NULL)
        *sign = gsl_linalg_LU_sgndet(&view.matrix, swaps);
    return STATUS_OK;
}

bool cholesky_factor(const double matrix[], size_t size, double lower[])
{
    for (size_t i = 0; i < size; i++)
        for (size_t k = 0; k <= i; k++) {
            double rest = matrix[i * size + k];
            for (size_t j = 0; j < k; j++)
                rest -= lower[i * size + j] * lower[k * size + j];
            if (i == k && !(rest > 1e-13 * fabs(matrix[i * size + i])))
                return false;
            lower[i * size + k] = i == k ? sqrt(rest) : rest / lower[k * size + k];
        }
    for (size_t i = 0; i < size; i++)
        for (size_t k = i + 1; k < size; k++)
            lower[i * size + k] = 0;
    return true;
}

void cholesky_solve(const double lower[], size_t size, const double right[], double x[])
{
    for (size_t i = 0; i < size; i++) {
        double rest = right[i];
        for (size_t k = 0; k < i; k++)
            rest -= lower[i * size + k] * x[k];
        x[i] = rest / lower[i * size + i];
    }
    for (size_t i = size; i-- > 0;) {
        double rest = x[i];
        for (size_t k = i + 1; k < size; k++)
            rest -= lower[k * size + i] * x[k];
        x[i] = rest / lower[i * size + i];
    }
}

enum status eigen_prepare(struct arena *arena, size_t size, struct eigen *eigen, struct fail *fail)
{
    double *memory = ARENA_NEW(arena, double, 2 * size * size + 5 * size + 1);
    if (memory == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    *eigen = (struct eigen){ .size = size,
                             .vectors = memory,
                             .copy = memory + size * size,
                             .values = memory + 2 * size * size };
    double *rest = eigen->values + size;
    eigen->space = (gsl_eigen_symmv_workspace){ size, rest, rest + size, rest + 2 * size, rest + 3 * size };
    return STATUS_OK;
}

enum status eigen_compute(struct eigen *eigen, const double symmetric[], struct fail *fail)
{
    size_t size = eigen->size;
    if (size == 0 || !finite(symmetric, size))
        return FAIL(fail, STATUS_INPUT, "a statement has no variance");
    memcpy(eigen->copy, symmetric, size * size * sizeof *eigen->copy);
    gsl_matrix_view matrix = gsl_matrix_view_array(eigen->copy, size, size);
    gsl_matrix_view vectors = gsl_matrix_view_array(eigen->vectors, size, size);
    gsl_vector_view values = gsl_vector_view_array(eigen->values, size);
    if (gsl_eigen_symmv(&matrix.matrix, &values.vector, &vectors.matrix, &eigen->space) != 0 ||
        gsl_eigen_symmv_sort(&values.vector, &vectors.matrix, GSL_EIGEN_SORT_VAL_DESC) != 0)
        return FAIL(fail, STATUS_DENIED, "the eigenvalues did not converge");
    return STATUS_OK;
}

double matrix_sum(const double matrix[], size_t size, size_t without)
{
    double sum = 0;
    for (size_t i = 0; i < size; i++)
        for (size_t k = 0; k < size; k++)
            sum += i == without || k == without ? 0 : matrix[i * size + k];
    return sum;
}

double matrix_trace(const double matrix[], size_t size, size_t without)
{
    double sum = 0;
    for (size_t i = 0; i < size; i++)
        sum += i == without ? 0 : matrix[i * size + i];
    return sum;
}
