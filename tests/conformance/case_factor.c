/* Factor analysis: adequacy, components, parallel analysis, extraction and rotation, omega. */
#include <gsl/gsl_cdf.h>
#include <stdio.h>
#include <string.h>

#include "analysis/stat_adequacy.h"
#include "analysis/stat_factor.h"
#include "analysis/stat_hierarchy.h"
#include "analysis/stat_matrix.h"
#include "analysis/stat_omega.h"
#include "analysis/stat_rotation.h"
#include "conformance.h"

struct sample {
    const char **names;
    size_t items, persons;
    double *answers, *covariance, *correlation;
};

static struct sample sample_of(const struct problem *problem)
{
    struct sample sample = { 0 };
    sample.names = variable_list(problem, "items", &sample.items);
    sample.answers = complete_values(problem, sample.names, sample.items, &sample.persons);
    sample.covariance = ARENA_NEW(problem->arena, double, sample.items * sample.items);
    sample.correlation = ARENA_NEW(problem->arena, double, sample.items * sample.items);
    covariance_of(sample.answers, sample.persons, sample.items, sample.covariance);
    correlation_from(sample.covariance, sample.items, sample.correlation);
    return sample;
}

static void put_named(json_t *values, const char *key, const struct sample *sample, const double list[])
{
    json_t *object = put_object(values, key);
    for (size_t i = 0; i < sample->items; i++)
        put(object, sample->names[i], list[i]);
}

/* Columns "F1", "F2" … (format) of each item. */
static void put_loadings(json_t *values, const char *key, const struct sample *sample, const double loading[],
                         size_t factors, const char *before, const char *after)
{
    char name[32];
    json_t *object = put_object(values, key);
    for (size_t i = 0; i < sample->items; i++) {
        json_t *row = put_object(object, sample->names[i]);
        for (size_t k = 0; k < factors; k++) {
            snprintf(name, sizeof name, "%s%zu%s", before, k + 1, after);
            put(row, name, loading[i * factors + k]);
        }
    }
}

bool case_kmo_bartlett(const struct problem *problem, json_t *values)
{
    struct sample sample = sample_of(problem);
    struct adequacy adequacy;
    double *msa = ARENA_NEW(problem->arena, double, sample.items);
    if (adequacy_compute(problem->arena, sample.correlation, sample.items, (double)sample.persons, msa, &adequacy,
                         NULL) != STATUS_OK)
        return false;
    put(values, "n", (double)sample.persons);
    put(values, "kmo_overall", adequacy.kmo);
    put_named(values, "msa", &sample, msa);
    put(values, "bartlett_chisq", adequacy.chi_square);
    put(values, "df", adequacy.degrees);
    put(values, "p", adequacy.p);
    put(values, "log10_p", adequacy.log10_p);
    put(values, "det", adequacy.determinant);
    return true;
}

bool case_pca_correlation(const struct problem *problem, json_t *values)
{
    struct sample sample = sample_of(problem);
    size_t k = (size_t)option_number(problem, "components", 1), p = sample.items;
    double *eigenvalues = ARENA_NEW(problem->arena, double, p);
    double *share = ARENA_NEW(problem->arena, double, p);
    double *loading = ARENA_NEW(problem->arena, double, p * k);
    double *communality = ARENA_NEW(problem->arena, double, p);
    if (principal_components(problem->arena, sample.correlation, p, k, eigenvalues, loading, NULL) != STATUS_OK)
        return false;
    for (size_t i = 0; i < p; i++) {
        share[i] = eigenvalues[i] / (double)p;
        for (size_t j = 0; j < k; j++)
            communality[i] += loading[i * k + j] * loading[i * k + j];
    }
    put(values, "n", (double)sample.persons);
    put_list(values, "eigenvalues", eigenvalues, p);
    put_list(values, "proportion", share, p);
    put_loadings(values, "loadings", &sample, loading, k, "PC", "");
    put_named(values, "communality", &sample, communality);
    return true;
}

static bool put_parallel(const struct problem *problem, const struct sample *sample, const double observed[],
                         enum parallel_kind kind, json_t *object)
{
    struct parallel parallel;
    if (parallel_analysis(problem->arena, sample->answers, sample->persons, sample->items, observed, kind,
                          (size_t)option_number(problem, "replications", 1000),
                          (uint64_t)option_number(problem, "seed", 1), &parallel, NULL) != STATUS_OK)
        return false;
    put_list(object, "mean", parallel.mean, sample->items);
    put_list(object, "mean_mc_se", parallel.mean_error, sample->items);
    put_list(object, "q50", parallel.q50, sample->items);
    put_list(object, "q95", parallel.q95, sample->items);
    put_list(object, "q95_mc_se", parallel.q95_error, sample->items);
    put_list(object, "q99", parallel.q99, sample->items);
    put(object, "retain_mean", (double)parallel.retain_mean);
    put(object, "retain_q95", (double)parallel.retain_q95);
    return true;
}

bool case_parallel_analysis(const struct problem *problem, json_t *values)
{
    struct sample sample = sample_of(problem);
    struct eigen eigen;
    if (eigen_prepare(problem->arena, sample.items, &eigen, NULL) != STATUS_OK ||
        eigen_compute(&eigen, sample.correlation, NULL) != STATUS_OK)
        return false;
    put(values, "n", (double)sample.persons);
    put(values, "p", (double)sample.items);
    put_list(values, "observed", eigen.values, sample.items);
    return put_parallel(problem, &sample, eigen.values, PARALLEL_NORMAL, put_object(values, "random_normal")) &&
           put_parallel(problem, &sample, eigen.values, PARALLEL_PERMUTED, put_object(values, "permutation"));
}

bool case_omega_total_1factor_ml(const struct problem *problem, json_t *values)
{
    struct sample sample = sample_of(problem);
    struct omega omega;
    double n = (double)sample.persons;
    for (size_t i = 0; i < sample.items * sample.items; i++)
        sample.covariance[i] *= (n - 1) / n; /* maximum likelihood: divisor n */
    if (omega_one_factor(problem->arena, sample.covariance, sample.items, &omega, NULL) != STATUS_OK)
        return false;
    put(values, "n", n);
    put_named(values, "loadings_std", &sample, omega.factor.loading);
    put_named(values, "uniqueness_std", &sample, omega.factor.uniqueness);
    put_named(values, "loadings_raw", &sample, omega.loading);
    put_named(values, "error_variance_raw", &sample, omega.error);
    put(values, "omega_total_raw", omega.raw);
    put(values, "omega_total_std", omega.standardised);
    put(values, "omega_total_raw_observed_variance", omega.raw_observed);
    put(values, "omega_total_std_observed_variance", omega.standardised_observed);
    put(values, "F_ml", omega.factor.criterion);
    put(values, "chisq_bartlett_corrected", factor_chi_square(&omega.factor, n));
    put(values, "chisq_n_times_F", n * omega.factor.criterion);
    put(values, "df", omega.factor.degrees);
    put(values, "max_gradient", omega.factor.gradient);
    return true;
}

static void put_oblique(json_t *object, const struct sample *sample, double loading[], double phi[], size_t k)
{
    factor_order(loading, phi, sample->items, k);
    put_loadings(object, "pattern", sample, loading, k, "F", "");
    json_t *rows = json_array();
    for (size_t i = 0; i < k; i++) {
        json_t *holder = json_object();
        put_list(holder, "row", phi + i * k, k);
        json_array_append(rows, json_object_get(holder, "row"));
        json_decref(holder);
    }
    json_object_set_new(object, "Phi", rows);
}

static bool put_rotations(const struct problem *problem, const struct sample *sample,
                          const struct factor_solution *solution, json_t *object)
{
    size_t p = sample->items, k = solution->factors;
    double *loading = ARENA_NEW(problem->arena, double, p * k);
    double *phi = ARENA_NEW(problem->arena, double, k * k);
    double *squares = ARENA_NEW(problem->arena, double, k);
    double criterion = 0;
    memcpy(loading, solution->loading, p * k * sizeof *loading);
    if (rotate_varimax(problem->arena, loading, p, k, true, NULL) != STATUS_OK)
        return false;
    double *varimax = ARENA_NEW(problem->arena, double, p * k);
    memcpy(varimax, loading, p * k * sizeof *loading);
    factor_order(varimax, NULL, p, k);
    put_loadings(object, "varimax_kaiser", sample, varimax, k, "F", "");
    json_t *sums = put_object(object, "varimax_ss_loadings");
    for (size_t i = 0; i < p * k; i++)
        squares[i % k] += varimax[i] * varimax[i];
    for (size_t i = 0; i < k; i++) {
        char name[32];
        snprintf(name, sizeof name, "F%zu", i + 1);
        put(sums, name, squares[i]);
    }
    if (rotate_promax(problem->arena, loading, p, k, 4, phi, NULL) != STATUS_OK)
        return false;
    put_oblique(put_object(object, "promax_m4"), sample, loading, phi, k);
    for (int kaiser = 0; kaiser < 2; kaiser++) {
        json_t *oblimin = put_object(object, kaiser ? "oblimin_kaiser" : "oblimin");
        memcpy(loading, solution->loading, p * k * sizeof *loading);
        if (rotate_oblimin(problem->arena, loading, p, k, kaiser, phi, &criterion, NULL) != STATUS_OK)
            return false;
        put_oblique(oblimin, sample, loading, phi, k);
        put(oblimin, "criterion", criterion);
    }
    return true;
}

bool case_efa(const struct problem *problem, json_t *values)
{
    struct sample sample = sample_of(problem);
    size_t k = (size_t)option_number(problem, "nfactors", 1), p = sample.items;
    double *communality = ARENA_NEW(problem->arena, double, p);
    put(values, "n", (double)sample.persons);
    for (enum factor_method method = FACTOR_ML; method <= FACTOR_MINRES; method++) {
        struct factor_solution solution;
        json_t *object = put_object(values, method == FACTOR_ML ? "ml" : "minres");
        if (factor_extract(problem->arena, sample.correlation, p, k, method, &solution, NULL) != STATUS_OK)
            return false;
        double chi_square = factor_chi_square(&solution, (double)sample.persons);
        for (size_t i = 0; i < p; i++)
            communality[i] = 1 - solution.uniqueness[i];
        put_named(object, "communality", &sample, communality);
        put_named(object, "uniqueness", &sample, solution.uniqueness);
        put(object, "criterion", solution.criterion);
        put(object, "max_gradient", solution.gradient);
        put(object, "chisq_bartlett", chi_square);
        put(object, "df", solution.degrees);
        put(object, "p", gsl_cdf_chisq_Q(chi_square, solution.degrees));
        put(object, "rmsr", solution.rmsr);
        double *unrotated = ARENA_NEW(problem->arena, double, p * k);
        memcpy(unrotated, solution.loading, p * k * sizeof *unrotated);
        factor_order(unrotated, NULL, p, k);
        put_loadings(object, "unrotated", &sample, unrotated, k, "F", "");
        if (k > 1 && !put_rotations(problem, &sample, &solution, object))
            return false;
    }
    return true;
}

bool case_omega_hierarchical(const struct problem *problem, json_t *values)
{
    struct sample sample = sample_of(problem);
    size_t k = (size_t)option_number(problem, "nfactors", 3);
    struct hierarchy hierarchy;
    if (omega_hierarchy(problem->arena, sample.correlation, sample.items, k, &hierarchy, NULL) != STATUS_OK)
        return false;
    put(values, "n", (double)sample.persons);
    put(values, "nfactors", (double)k);
    put(values, "omega_hierarchical", hierarchy.omega);
    put(values, "omega_total", hierarchy.omega_total);
    put(values, "omega_group_total", hierarchy.omega_groups);
    put_named(values, "general_loadings", &sample, hierarchy.general);
    put_loadings(values, "group_loadings", &sample, hierarchy.group, k, "F", "*");
    put_named(values, "uniqueness", &sample, hierarchy.uniqueness);
    put_list(values, "second_order_loadings", hierarchy.second_order, k);
    put(values, "explained_common_variance_general", hierarchy.general_share);
    put(values, "quartimin_criterion", hierarchy.criterion);
    return true;
}
