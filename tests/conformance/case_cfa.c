/* Confirmatory factor analysis: one group, and the ladder of invariance. */
#include <string.h>

#include "analysis/stat_cfa.h"
#include "analysis/stat_distribution.h"
#include "analysis/stat_matrix.h"
#include "conformance.h"

enum { PATHS_MAX = 200, GROUPS_MAX = 64 };

struct design {
    struct cfa_model model;
    const char *items[PATHS_MAX], *factors[PATHS_MAX];
    size_t path_item[PATHS_MAX], path_factor[PATHS_MAX];
};

static void read_design(const struct problem *problem, struct design *design)
{
    json_t *lent = json_deep_copy(json_object_get(problem->variables, "model"));
    struct cfa_model *model = &design->model;
    for (void *at = json_object_iter(lent); at != NULL; at = json_object_iter_next(lent, at)) {
        const json_t *list = json_object_iter_value(at);
        for (size_t i = 0; i < json_array_size(list); i++) {
            const char *name = arena_string(problem->arena, json_string_value(json_array_get(list, i)));
            size_t item = position_of(design->items, model->items, name);
            if (item == model->items)
                design->items[model->items++] = name;
            design->path_item[model->path_count] = item;
            design->path_factor[model->path_count++] = model->factors;
        }
        design->factors[model->factors++] = arena_string(problem->arena, json_object_iter_key(at));
    }
    model->path_item = design->path_item;
    model->path_factor = design->path_factor;
    json_decref(lent);
}

/* Means and covariances with divisor n of the rows of one group (level NULL: all). */
static struct cfa_sample sample_of(const struct problem *problem, const struct design *design, const size_t rows[],
                                   size_t count, const char *group, const char *level)
{
    const size_t p = design->model.items;
    double *values = ARENA_NEW(problem->arena, double, count * p + 1), *covariance = ARENA_NEW(problem->arena, double, p * p);
    double *mean = ARENA_NEW(problem->arena, double, p);
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        if (level != NULL && strcmp(text_at(problem, rows[i], column_of(problem, group)), level) != 0)
            continue;
        for (size_t k = 0; k < p; k++) {
            values[n * p + k] = number_at(problem, rows[i], column_of(problem, design->items[k]));
            mean[k] += values[n * p + k];
        }
        n++;
    }
    covariance_of(values, n, p, covariance);
    for (size_t i = 0; i < p * p; i++)
        covariance[i] *= ((double)n - 1) / (double)n;
    for (size_t k = 0; k < p; k++)
        mean[k] /= (double)n;
    return (struct cfa_sample){ (double)n, mean, covariance };
}

static void put_fit(json_t *object, const struct cfa_fit *fit)
{
    const struct cfa_index *index = &fit->index;
    const struct {
        const char *key;
        double value;
    } rows[] = {
        { "npar", (double)fit->parameters }, { "fmin", fit->discrepancy / 2 },
        { "chisq", index->chi_square }, { "df", index->degrees }, { "pvalue", index->p },
        { "baseline.chisq", index->baseline_chi_square }, { "baseline.df", index->baseline_degrees },
        { "cfi", index->cfi }, { "tli", index->tli }, { "nnfi", index->tli }, { "nfi", index->nfi },
        { "rmsea", index->rmsea }, { "rmsea.ci.lower", index->rmsea_low }, { "rmsea.ci.upper", index->rmsea_high },
        { "rmsea.pvalue", index->rmsea_p }, { "srmr", index->srmr }, { "srmr_bentler", index->srmr },
        { "srmr_bentler_nomean", index->srmr_nomean }, { "srmr_mplus", index->srmr_mplus }, { "crmr", index->crmr },
        { "logl", fit->log_likelihood }, { "unrestricted.logl", fit->saturated }, { "aic", fit->aic },
        { "bic", fit->bic }, { "gfi", index->gfi },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        put(object, rows[i].key, rows[i].value);
}

static void put_factors(json_t *values, const struct design *design, const struct cfa_fit *fit,
                        const struct cfa_sample *sample)
{
    json_t *implied = put_object(values, "omega_by_factor_model_implied");
    json_t *observed = put_object(values, "omega_by_factor_observed"), *ave = put_object(values, "ave");
    for (size_t f = 0; f < design->model.factors; f++) {
        struct cfa_factor factor = cfa_factor_of(&design->model, sample, &fit->group[0], f);
        put(implied, design->factors[f], factor.omega);
        put(observed, design->factors[f], factor.omega_observed);
        put(ave, design->factors[f], factor.extracted);
    }
}

/* The sign of a factor is arbitrary: −1 where the reference has the other one at the factor's first item. */
static double *signs_of(const struct problem *problem, const struct design *design, const struct cfa_group *group)
{
    const json_t *loadings = json_object_get(problem->expected, "loadings");
    const size_t k = design->model.factors;
    double *sign = ARENA_NEW(problem->arena, double, k + 1);
    for (size_t e = design->model.path_count; e-- > 0;) {
        size_t item = design->path_item[e], factor = design->path_factor[e];
        const char *key = arena_format(problem->arena, "%s=~%s", design->factors[factor], design->items[item]);
        const json_t *wanted = json_object_get(loadings, key);
        sign[factor] = json_number_value(wanted) * group->loading[item * k + factor] < 0 ? -1 : 1;
    }
    return sign;
}

bool case_cfa_ml(const struct problem *problem, json_t *values)
{
    struct design *design = ARENA_NEW(problem->arena, struct design, 1);
    struct cfa_fit fit;
    size_t count = 0;
    read_design(problem, design);
    design->model.groups = 1;
    const size_t k = design->model.factors;
    size_t *rows = complete_rows(problem, design->items, design->model.items, &count);
    struct cfa_sample sample = sample_of(problem, design, rows, count, NULL, NULL);
    if (cfa_compute(problem->arena, &design->model, &sample, &fit, NULL) != STATUS_OK)
        return false;
    put(values, "n", fit.persons);
    put_fit(put_object(values, "fit"), &fit);
    put(values, "max_gradient", fit.gradient);
    json_t *wishart = put_object(values, "fit_wishart_N_minus_1");
    put(wishart, "chisq", fit.wishart.chi_square);
    put(wishart, "df", fit.wishart.degrees);
    put(wishart, "cfi", fit.wishart.cfi);
    put(wishart, "tli", fit.wishart.tli);
    put(wishart, "rmsea", fit.wishart.rmsea);
    put(wishart, "srmr", fit.wishart.srmr);
    const double *sign = signs_of(problem, design, &fit.group[0]);
    json_t *loadings = put_object(values, "loadings"), *errors = put_object(values, "loadings_se");
    json_t *standard = put_object(values, "std_all_loadings"), *standard_errors = put_object(values, "std_all_loadings_se");
    for (size_t e = 0; e < design->model.path_count; e++) {
        size_t item = design->path_item[e], factor = design->path_factor[e];
        const char *key = arena_format(problem->arena, "%s=~%s", design->factors[factor], design->items[item]);
        put(loadings, key, sign[factor] * fit.group[0].loading[item * k + factor]);
        put(errors, key, fit.path_error[e]);
        put(standard, key, sign[factor] * fit.standard[e]);
        put(standard_errors, key, fit.standard_error[e]);
    }
    json_t *residual = put_object(values, "residual_variances"), *phi = put_object(values, "factor_correlations");
    for (size_t i = 0; i < design->model.items; i++)
        put(residual, design->items[i], fit.group[0].error[i]);
    for (size_t a = 0; a < k; a++)
        for (size_t b = a + 1; b < k; b++)
            put(phi, arena_format(problem->arena, "%s~~%s", design->factors[a], design->factors[b]),
                sign[a] * sign[b] * fit.group[0].phi[a * k + b]);
    put_factors(values, design, &fit, &sample);
    return true;
}

static void put_step(json_t *object, const struct cfa_index *strict, const struct cfa_index *loose)
{
    double chi_square = strict->chi_square - loose->chi_square, degrees = strict->degrees - loose->degrees;
    put(object, "delta_chisq", chi_square);
    put(object, "delta_df", degrees);
    put(object, "p", chi_square_above(chi_square, degrees));
    put(object, "delta_cfi", strict->cfi - loose->cfi);
    put(object, "delta_rmsea", strict->rmsea - loose->rmsea);
    put(object, "delta_srmr", strict->srmr - loose->srmr);
}

bool case_cfa_invariance(const struct problem *problem, json_t *values)
{
    static const char *const names[] = { "configural", "metric", "scalar", "strict" };
    struct design *design = ARENA_NEW(problem->arena, struct design, 1);
    struct cfa_fit fits[4];
    struct cfa_sample samples[GROUPS_MAX];
    size_t count = 0, groups = 0;
    read_design(problem, design);
    const char *group = variable(problem, "group"), **levels = option_list(problem, "group_order", &groups);
    const char **needed = ARENA_NEW(problem->arena, const char *, design->model.items + 1);
    memcpy(needed, design->items, design->model.items * sizeof *needed);
    needed[design->model.items] = group;
    size_t *rows = complete_rows(problem, needed, design->model.items + 1, &count);
    json_t *sizes = put_object(values, "n_by_group"), *fit = put_object(values, "fit");
    for (size_t g = 0; g < groups && g < GROUPS_MAX; g++) {
        samples[g] = sample_of(problem, design, rows, count, group, levels[g]);
        put(sizes, levels[g], samples[g].persons);
    }
    design->model.groups = groups;
    design->model.means = design->model.marker = true;
    for (enum cfa_equal equal = CFA_CONFIGURAL; equal <= CFA_STRICT; equal++) {
        design->model.equal = equal;
        if (cfa_compute(problem->arena, &design->model, samples, &fits[equal], NULL) != STATUS_OK)
            return false;
        put_fit(put_object(fit, names[equal]), &fits[equal]);
    }
    json_t *comparison = put_object(values, "comparison");
    for (size_t i = 1; i < 4; i++)
        put_step(put_object(comparison, arena_format(problem->arena, "%s_vs_%s", names[i], names[i - 1])),
                 &fits[i].index, &fits[i - 1].index);
    json_t *loadings = put_object(values, "metric_loadings_marker");
    json_t *means = put_object(values, "scalar_latent_means"), *errors = put_object(values, "scalar_latent_mean_se");
    const size_t k = design->model.factors;
    for (size_t e = 0; e < design->model.path_count; e++) {
        size_t item = design->path_item[e], factor = design->path_factor[e];
        put(loadings, arena_format(problem->arena, "%s=~%s", design->factors[factor], design->items[item]),
            fits[CFA_METRIC].group[0].loading[item * k + factor]);
    }
    for (size_t g = 0; g < groups; g++)
        for (size_t f = 0; f < k; f++) {
            const char *key = arena_format(problem->arena, "%s@%s", design->factors[f], levels[g]);
            put(means, key, fits[CFA_SCALAR].group[g].factor_mean[f]);
            put(errors, key, fits[CFA_SCALAR].factor_mean_error[g * k + f]);
        }
    return true;
}
