/* Fit indices from the chi-squares of the model and of independence, and from the residuals. */
#include "analysis/stat_cfa_index.h"

#include <gsl/gsl_math.h>
#include <math.h>

#include "analysis/range.h"
#include "analysis/stat_distribution.h"
#include "analysis/stat_matrix.h"

struct residuals { /* of one group: sums of squares */
    double bentler, bentler_mean, correlation, mplus, mplus_mean;
};

static struct residuals residuals_of(const struct cfa_model *model, const struct cfa_sample *sample,
                                     const struct cfa_group *group)
{
    struct residuals sums = { 0 };
    const size_t p = model->items;
    for (size_t i = 0; i < p; i++) {
        double s = sample->covariance[i * p + i], implied = group->implied[i * p + i];
        for (size_t j = 0; j <= i; j++) {
            double observed = sample->covariance[i * p + j], model_ij = group->implied[i * p + j];
            double scale = sqrt(s * sample->covariance[j * p + j]);
            double rest = (observed - model_ij) / scale;
            double between = observed / scale - model_ij / sqrt(implied * group->implied[j * p + j]);
            sums.bentler += rest * rest;
            sums.correlation += i == j ? 0 : between * between;
            sums.mplus += i == j ? rest * rest : between * between;
        }
        double gap = model->means ? (sample->mean[i] - group->implied_mean[i]) / sqrt(s) : 0;
        double both = model->means ? sample->mean[i] / sqrt(s) - group->implied_mean[i] / sqrt(implied) : 0;
        sums.bentler_mean += gap * gap;
        sums.mplus_mean += both * both;
    }
    return sums;
}

/* Weighted sums of squares left and in all, for the goodness of fit. */
static enum status weighted(struct arena *arena, const struct cfa_model *model, const struct cfa_sample *sample,
                            const struct cfa_group *group, double *left, double *all, struct fail *fail)
{
    const size_t p = model->items;
    double *inverse = ARENA_NEW(arena, double, 3 * p * p);
    if (inverse == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    double *a = inverse + p * p, *b = inverse + 2 * p * p;
    enum status status = matrix_inverse(arena, group->implied, p, inverse, NULL, NULL, fail);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < p; i++)
        for (size_t j = 0; j < p; j++) {
            for (size_t m = 0; m < p; m++) {
                double s = sample->covariance[m * p + j];
                a[i * p + j] += inverse[i * p + m] * (s - group->implied[m * p + j]);
                b[i * p + j] += inverse[i * p + m] * s;
            }
            if (model->means) {
                double one = sample->mean[i] - group->implied_mean[i], two = sample->mean[j] - group->implied_mean[j];
                *left += one * inverse[i * p + j] * two;
                *all += sample->mean[i] * inverse[i * p + j] * sample->mean[j];
            }
        }
    for (size_t i = 0; i < p; i++)
        for (size_t j = 0; j < p; j++) {
            *left += a[i * p + j] * a[j * p + i] / 2;
            *all += b[i * p + j] * b[j * p + i] / 2;
        }
    return STATUS_OK;
}

/* Everything that follows from the two chi-squares; persons as the chi-square counts them. */
static void relative(struct cfa_index *index, double persons, double groups)
{
    double chi = index->chi_square, df = index->degrees, null = index->baseline_chi_square;
    double null_df = index->baseline_degrees, excess = fmax(chi - df, 0);
    double worst = fmax(excess, null - null_df);
    index->p = df > 0 ? chi_square_above(chi, df) : NOT_A_NUMBER;
    index->cfi = worst > 0 ? 1 - excess / worst : 1;
    index->tli = df > 0 ? (null / null_df - chi / df) / (null / null_df - 1) : 1;
    index->nfi = (null - chi) / null;
    double scale = df > 0 ? sqrt(groups / (persons * df)) : 0;
    index->rmsea = sqrt(excess) * scale;
    index->rmsea_low = df > 0 ? sqrt(noncentral_chi_square_limit(chi, df, 0.95)) * scale : 0;
    index->rmsea_high = df > 0 ? sqrt(noncentral_chi_square_limit(chi, df, 0.05)) * scale : 0;
    index->rmsea_p = df > 0 ? 1 - noncentral_chi_square_below(chi, df, persons * df * 0.0025 / groups) : NOT_A_NUMBER;
}

enum status cfa_indices(struct arena *arena, const struct cfa_model *model, const struct cfa_sample samples[],
                        double value, struct cfa_fit *fit, struct fail *fail)
{
    const size_t p = model->items;
    const double items = (double)p, groups = (double)model->groups, n = fit->persons;
    double saturated = 0, null = 0;
    struct cfa_index index = { 0 };
    const double cells = items * (items + 1) / 2, pairs = items * (items - 1) / 2, means = model->means ? items : 0;
    for (size_t g = 0; g < model->groups; g++) {
        double log_determinant = 0, left = 0, all = 0, share = samples[g].persons / n;
        enum status status = matrix_inverse(arena, samples[g].covariance, p, NULL, &log_determinant, NULL, fail);
        if (status == STATUS_OK)
            status = weighted(arena, model, &samples[g], &fit->group[g], &left, &all, fail);
        if (status != STATUS_OK)
            return status;
        index.gfi += share * (1 - left / all);
        saturated += share * (log_determinant + items);
        for (size_t i = 0; i < p; i++)
            null += share * log(samples[g].covariance[i * p + i]);
        null -= share * log_determinant;
        struct residuals sums = residuals_of(model, &samples[g], &fit->group[g]);
        index.srmr += share * sqrt((sums.bentler + sums.bentler_mean) / (cells + means));
        index.srmr_nomean += share * sqrt(sums.bentler / cells);
        index.srmr_mplus += share * sqrt((sums.mplus + sums.mplus_mean) / (cells + means));
        index.crmr += pairs + means > 0 ? share * sqrt((sums.correlation + sums.bentler_mean) / (pairs + means)) : 0;
    }
    fit->discrepancy = fmax(0, value - saturated);
    fit->log_likelihood = -n / 2 * (items * log(2 * M_PI) + value);
    fit->saturated = -n / 2 * (items * log(2 * M_PI) + saturated);
    fit->aic = -2 * fit->log_likelihood + 2 * (double)fit->parameters;
    fit->bic = -2 * fit->log_likelihood + log(n) * (double)fit->parameters;
    index.degrees = groups * (cells + means) - (double)fit->parameters;
    index.baseline_degrees = groups * pairs;
    index.chi_square = n * fit->discrepancy;
    index.baseline_chi_square = n * null;
    fit->index = fit->wishart = index;
    relative(&fit->index, n, groups);
    fit->wishart.chi_square = (n - 1) * fit->discrepancy;
    fit->wishart.baseline_chi_square = (n - 1) * null;
    relative(&fit->wishart, n - 1, groups);
    return STATUS_OK;
}

struct cfa_factor cfa_factor_of(const struct cfa_model *model, const struct cfa_sample *sample,
                                const struct cfa_group *group, size_t factor)
{
    const size_t p = model->items, k = model->factors;
    double sum = 0, squares = 0, errors = 0, total = 0, phi = group->phi[factor * k + factor];
    for (size_t e = 0; e < model->path_count; e++) {
        if (model->path_factor[e] != factor)
            continue;
        size_t item = model->path_item[e];
        double loading = group->loading[item * k + factor];
        sum += loading;
        squares += loading * loading * phi;
        errors += group->error[item];
        for (size_t f = 0; f < model->path_count; f++)
            if (model->path_factor[f] == factor)
                total += sample->covariance[item * p + model->path_item[f]];
    }
    double common = sum * sum * phi;
    return (struct cfa_factor){ common / (common + errors), common / total, squares / (squares + errors) };
}
