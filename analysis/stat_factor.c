/* Both methods are functions of the uniquenesses alone once the best loadings for them are put in: the small eigenvalues
 * of a matrix that depends on them. Gradient and Hessian follow from the perturbation of eigenvalues and -vectors; pairs of
 * small eigenvalues drop out of the Hessian's denominators, so that it stays regular when they coincide. */
#include "analysis/stat_factor.h"

#include <math.h>
#include <string.h>

#include "analysis/stat_matrix.h"
#include "analysis/stat_rotation.h"

enum { STEPS_MAX = 500, RETRIES_MAX = 40 };

struct search {
    size_t items, factors;
    enum factor_method method;
    const double *correlation;
    struct eigen eigen;
    double *matrix, *hessian, *lower, *step;
    bool *active;
};

struct point {
    double *x; /* minres: the uniqueness; ML: its logarithm */
    double *gradient;
    double value, worst; /* worst: largest derivative among those free to move */
};

static double lowest(const struct search *search)
{
    return search->method == FACTOR_ML ? log(UNIQUENESS_LOWEST) : UNIQUENESS_LOWEST;
}

static double highest(const struct search *search)
{
    return search->method == FACTOR_ML ? 0 : 1;
}

static bool held(const struct search *search, const struct point *point, size_t i)
{
    return (point->x[i] <= lowest(search) && point->gradient[i] > 0) ||
           (point->x[i] >= highest(search) && point->gradient[i] < 0);
}

/* Value and gradient at point->x; leaves the eigenvectors of that point in search->eigen. */
static enum status evaluate(struct search *search, struct point *point, struct fail *fail)
{
    const size_t p = search->items;
    for (size_t i = 0; i < p; i++)
        for (size_t j = 0; j < p; j++) {
            double r = search->correlation[i * p + j];
            search->matrix[i * p + j] = search->method == FACTOR_ML ? r * exp(-(point->x[i] + point->x[j]) / 2)
                                        : i == j                    ? r - point->x[i]
                                                                    : r;
        }
    enum status status = eigen_compute(&search->eigen, search->matrix, fail);
    if (status != STATUS_OK)
        return status;
    const double *theta = search->eigen.values;
    point->value = point->worst = 0;
    for (size_t i = 0; i < p; i++)
        point->gradient[i] = 0;
    for (size_t m = search->factors; m < p; m++) {
        if (search->method == FACTOR_ML && !(theta[m] > 1e-12))
            return FAIL(fail, STATUS_DENIED, "a statement follows exactly from the others");
        point->value += search->method == FACTOR_ML ? theta[m] - log(theta[m]) - 1 : theta[m] * theta[m] / 2;
        for (size_t i = 0; i < p; i++) {
            double omega = search->eigen.vectors[i * p + m];
            point->gradient[i] += (search->method == FACTOR_ML ? 1 - theta[m] : -theta[m]) * omega * omega;
        }
    }
    for (size_t i = 0; i < p; i++)
        if (!held(search, point, i))
            point->worst = fmax(point->worst, fabs(point->gradient[i]));
    return STATUS_OK;
}

/* Second derivatives at the point last evaluated. */
static void second_derivatives(struct search *search)
{
    const size_t p = search->items, k = search->factors;
    const double *theta = search->eigen.values, *omega = search->eigen.vectors;
    const bool ml = search->method == FACTOR_ML;
    for (size_t i = 0; i < p; i++)
        for (size_t j = 0; j <= i; j++) {
            double plain = 0, weighted = 0, mixed = 0;
            for (size_t m = k; m < p; m++) {
                double both = omega[i * p + m] * omega[j * p + m];
                plain += both;
                weighted += theta[m] * both;
                for (size_t n = 0; n < k; n++) {
                    double gap = fmax(theta[n] - theta[m], 1e-10);
                    double factor = ml ? (1 - theta[m]) * (theta[m] + theta[n]) : -2 * theta[m];
                    mixed += factor / gap * both * omega[i * p + n] * omega[j * p + n];
                }
            }
            double second = plain * (ml ? weighted : plain) + mixed;
            search->hessian[i * p + j] = search->hessian[j * p + i] = second;
        }
}

/* Damped Newton step of the free uniquenesses; false when the damped matrix is not positive definite. */
static bool solve_step(struct search *search, const struct point *point, double damping)
{
    const size_t p = search->items;
    for (size_t i = 0; i < p; i++)
        search->active[i] = held(search, point, i);
    for (size_t i = 0; i < p; i++)
        for (size_t j = 0; j < p; j++) {
            bool fixed = search->active[i] || search->active[j];
            search->matrix[i * p + j] =
                fixed ? (i == j ? 1 : 0) : search->hessian[i * p + j] + (i == j ? damping : 0);
        }
    if (!cholesky_factor(search->matrix, p, search->lower))
        return false;
    for (size_t i = 0; i < p; i++)
        search->step[i] = search->active[i] ? 0 : -point->gradient[i];
    cholesky_solve(search->lower, p, search->step, search->step);
    return true;
}

static enum status minimise(struct search *search, struct point *here, struct point *trial, struct fail *fail)
{
    const size_t p = search->items;
    double damping = 0;
    enum status status = evaluate(search, here, fail);
    for (int step = 0; step < STEPS_MAX && status == STATUS_OK && here->worst > 1e-15; step++) {
        bool better = false;
        second_derivatives(search);
        for (int retry = 0; retry < RETRIES_MAX && !better; retry++) {
            if (solve_step(search, here, damping)) {
                for (size_t i = 0; i < p; i++)
                    trial->x[i] = fmin(highest(search), fmax(lowest(search), here->x[i] + search->step[i]));
                status = evaluate(search, trial, fail);
                if (status != STATUS_OK)
                    return status;
                double noise = 1e-13 * (1 + fabs(here->value));
                better = trial->value < here->value - noise ||
                         (trial->value <= here->value + noise && trial->worst < here->worst);
            }
            damping = better ? (damping > 1e-6 ? damping / 10 : 0) : fmax(10 * damping, 1e-5);
        }
        if (!better) { /* rounding is all that is left, or nothing helps: settled() tells */
            status = evaluate(search, here, fail);
            break;
        }
        struct point swap = *here;
        *here = *trial;
        *trial = swap;
    }
    return status;
}

/* Loadings from the eigenvectors at the best uniquenesses. */
static void loadings(const struct search *search, struct factor_solution *solution)
{
    const size_t p = search->items, k = search->factors;
    for (size_t i = 0; i < p; i++)
        for (size_t m = 0; m < k; m++) {
            double theta = search->eigen.values[m], omega = search->eigen.vectors[i * p + m];
            solution->loading[i * k + m] = search->method == FACTOR_ML
                                               ? omega * sqrt(fmax(theta - 1, 0) * solution->uniqueness[i])
                                               : omega * sqrt(fmax(theta, 0));
        }
}

/* Residual correlations and the discrepancy of the model ΛΛ' + Ψ. */
static enum status fit(struct arena *arena, const struct search *search, struct factor_solution *solution,
                       struct fail *fail)
{
    const size_t p = search->items, k = search->factors;
    double log_model = 0, log_sample = 0, trace = 0, squares = 0;
    int sign = 1;
    for (size_t i = 0; i < p; i++)
        for (size_t j = 0; j < p; j++) {
            double model = i == j ? solution->uniqueness[i] : 0;
            for (size_t m = 0; m < k; m++)
                model += solution->loading[i * k + m] * solution->loading[j * k + m];
            search->matrix[i * p + j] = model;
            double rest = search->correlation[i * p + j] - model;
            squares += j < i ? rest * rest : 0;
        }
    enum status status = matrix_inverse(arena, search->matrix, p, search->hessian, &log_model, NULL, fail);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < p * p; i++)
        trace += search->hessian[i] * search->correlation[i];
    bool regular = matrix_inverse(arena, search->correlation, p, NULL, &log_sample, &sign, NULL) == STATUS_OK;
    solution->discrepancy = regular && sign > 0 ? trace + log_model - log_sample - (double)p : (double)NAN;
    solution->rmsr = p > 1 ? sqrt(squares / (double)(p * (p - 1) / 2)) : 0;
    return STATUS_OK;
}

static enum status prepare(struct arena *arena, struct search *search, struct point *here, struct point *trial,
                           struct factor_solution *solution, struct fail *fail)
{
    const size_t p = search->items;
    double *memory = ARENA_NEW(arena, double, 3 * p * p + 6 * p + p * search->factors);
    search->active = ARENA_NEW(arena, bool, p);
    if (memory == NULL || search->active == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    search->matrix = memory;
    search->hessian = memory + p * p;
    search->lower = memory + 2 * p * p;
    double *rest = memory + 3 * p * p;
    search->step = rest;
    *here = (struct point){ .x = rest + p, .gradient = rest + 2 * p };
    *trial = (struct point){ .x = rest + 3 * p, .gradient = rest + 4 * p };
    solution->uniqueness = rest + 5 * p;
    solution->loading = rest + 6 * p;
    enum status status = eigen_prepare(arena, p, &search->eigen, fail);
    if (status == STATUS_OK)
        status = matrix_inverse(arena, search->correlation, p, search->hessian, NULL, NULL, fail);
    for (size_t i = 0; i < p && status == STATUS_OK; i++) {
        double residual = 1 / search->hessian[i * p + i]; /* variance of the item given the others */
        bool ml = search->method == FACTOR_ML;
        double start = ml ? (1 - 0.5 * (double)search->factors / (double)p) * residual : residual;
        start = fmin(1, fmax(UNIQUENESS_LOWEST, start));
        here->x[i] = ml ? log(start) : start;
    }
    return status;
}

enum status factor_extract(struct arena *arena, const double correlation[], size_t items, size_t factors,
                           enum factor_method method, struct factor_solution *solution, struct fail *fail)
{
    double p = (double)items, k = (double)factors;
    struct factor_solution result = { .items = items,
                                      .factors = factors,
                                      .degrees = ((p - k) * (p - k) - p - k) / 2 };
    if (factors == 0 || factors >= items || result.degrees < 0)
        return FAIL(fail, STATUS_INPUT, "these statements cannot determine so many factors");
    struct search search = { .items = items, .factors = factors, .method = method, .correlation = correlation };
    struct point here, trial;
    enum status status = prepare(arena, &search, &here, &trial, &result, fail);
    if (status == STATUS_OK)
        status = minimise(&search, &here, &trial, fail);
    if (status != STATUS_OK)
        return status;
    if (!(here.worst < 1e-7))
        return FAIL(fail, STATUS_DENIED, "the factors did not converge");
    /* The last evaluation may have been of the trial point. */
    status = evaluate(&search, &here, fail);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < items; i++) {
        bool ml = method == FACTOR_ML;
        result.uniqueness[i] = ml ? exp(here.x[i]) : here.x[i];
        result.heywood = result.heywood || here.x[i] <= lowest(&search);
        result.gradient = fmax(result.gradient, fabs(here.gradient[i] / (ml ? result.uniqueness[i] : 1)));
    }
    result.criterion = method == FACTOR_ML ? here.value : 2 * here.value;
    loadings(&search, &result);
    status = fit(arena, &search, &result, fail);
    if (status == STATUS_OK)
        *solution = result;
    return status;
}

double factor_chi_square(const struct factor_solution *solution, double persons)
{
    double p = (double)solution->items, k = (double)solution->factors;
    return (persons - 1 - (2 * p + 5) / 6 - 2 * k / 3) * solution->discrepancy;
}

enum status principal_components(struct arena *arena, const double correlation[], size_t items, size_t components,
                                 double eigenvalues[], double loading[], struct fail *fail)
{
    struct eigen eigen;
    if (components == 0 || components > items)
        return FAIL(fail, STATUS_INPUT, "these statements cannot determine so many factors");
    enum status status = eigen_prepare(arena, items, &eigen, fail);
    if (status == STATUS_OK)
        status = eigen_compute(&eigen, correlation, fail);
    if (status != STATUS_OK)
        return status;
    memcpy(eigenvalues, eigen.values, items * sizeof *eigenvalues);
    for (size_t i = 0; i < items; i++)
        for (size_t k = 0; k < components; k++)
            loading[i * components + k] = eigen.vectors[i * items + k] * sqrt(fmax(eigen.values[k], 0));
    factor_order(loading, NULL, items, components);
    return STATUS_OK;
}
