/* Columns one by one, in pairs, and with gaps. */
#include <string.h>

#include "analysis/stat_correlation.h"
#include "analysis/stat_descriptive.h"
#include "analysis/stat_matrix.h"
#include "analysis/stat_missing.h"
#include "analysis/stat_rank.h"
#include "conformance.h"

static const struct {
    double p;
    const char *key;
} quantiles[] = { { 0.05, "0.05" }, { 0.1, "0.1" }, { 0.25, "0.25" }, { 0.5, "0.5" },
                  { 0.75, "0.75" }, { 0.9, "0.9" }, { 0.95, "0.95" } };

static void put_description(json_t *object, const struct description *it)
{
    const struct {
        const char *key;
        double value;
    } rows[] = {
        { "n", it->n },
        { "missing", it->missing },
        { "sum", it->sum },
        { "mean", it->mean },
        { "sd", it->sd },
        { "variance", it->variance },
        { "se_mean", it->mean_error },
        { "median", it->median },
        { "min", it->least },
        { "max", it->most },
        { "iqr", it->quartile_gap },
        { "mad_raw", it->mad },
        { "skewness_G1", it->skewness },
        { "kurtosis_excess_G2", it->kurtosis },
        { "skewness_g1", it->skewness_moment },
        { "kurtosis_excess_g2", it->kurtosis_moment },
        { "skewness_b1", it->skewness_b },
        { "kurtosis_excess_b2", it->kurtosis_b },
        { "se_skewness", it->skewness_error },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        put(object, rows[i].key, rows[i].value);
    struct range mean = description_mean(it, 0.95);
    put_pair(object, "ci95_mean_t", mean.low, mean.high);
}

bool case_descriptive(const struct problem *problem, json_t *values)
{
    size_t count = 0;
    const char **names = variable_list(problem, "vars", &count);
    for (size_t k = 0; k < count; k++) {
        struct description description;
        size_t present = 0;
        double *column = gapped_values(problem, names + k, 1);
        if (describe(problem->arena, column, problem->row_count, &description, NULL) != STATUS_OK)
            return false;
        double *sorted = sorted_present(problem->arena, column, problem->row_count, &present);
        json_t *object = put_object(values, names[k]);
        put_description(object, &description);
        json_t *seven = put_object(object, "quantile_type7"), *six = put_object(object, "quantile_type6_spss_haverage");
        for (size_t i = 0; i < COUNT(quantiles); i++) {
            put(seven, quantiles[i].key, quantile_sorted(sorted, present, quantiles[i].p));
            put(six, quantiles[i].key, quantile_spss(sorted, present, quantiles[i].p));
        }
    }
    return true;
}

static void put_correlation(json_t *object, const struct correlation *it)
{
    put(object, "n", it->n);
    put(object, "covariance", it->covariance);
    json_t *pearson = put_object(object, "pearson");
    put(pearson, "r", it->pearson.value);
    put(pearson, "t", it->pearson_t);
    put(pearson, "df", it->n - 2);
    put(pearson, "p", it->pearson_p);
    put_pair(pearson, "ci95_fisher", it->pearson.low, it->pearson.high);
    json_t *spearman = put_object(object, "spearman");
    put(spearman, "rho", it->spearman);
    put(spearman, "t", it->spearman_t);
    put(spearman, "p_t_approx", it->spearman_p);
    json_t *kendall = put_object(object, "kendall");
    put(kendall, "tau_b", it->tau_b);
    put(kendall, "z", it->kendall_z);
    put(kendall, "p_normal", it->kendall_p);
    put(kendall, "tau_c", it->tau_c);
    put(kendall, "concordant", it->concordant);
    put(kendall, "discordant", it->discordant);
    put(object, "goodman_kruskal_gamma", it->gamma);
    put(object, "somers_d_y_given_x", it->somers);
}

bool case_correlation(const struct problem *problem, json_t *values)
{
    size_t count = 0;
    const char **names = variable_list(problem, "vars", &count);
    const char *missing = json_string_value(json_object_get(problem->options, "missing"));
    bool listwise = missing != NULL && strcmp(missing, "listwise") == 0;
    size_t rows = problem->row_count;
    double *answers = listwise ? complete_values(problem, names, count, &rows) : gapped_values(problem, names, count);
    for (size_t a = 0; a < count; a++)
        for (size_t b = a + 1; b < count; b++) {
            struct correlation correlation;
            double *x = ARENA_NEW(problem->arena, double, 2 * rows + 1), *y = x + rows;
            size_t n = 0;
            for (size_t i = 0; i < rows; i++) {
                x[n] = answers[i * count + a];
                y[n] = answers[i * count + b];
                n += !isnan(x[n]) && !isnan(y[n]);
            }
            if (correlation_compute(problem->arena, x, y, n, 0.95, &correlation, NULL) != STATUS_OK)
                return false;
            put_correlation(put_object(values, arena_format(problem->arena, "%s~%s", names[a], names[b])),
                            &correlation);
        }
    return true;
}

static void put_matrix(json_t *values, const char *key, const char *const names[], size_t items, const double matrix[])
{
    json_t *rows = put_object(values, key);
    for (size_t i = 0; i < items; i++) {
        json_t *row = put_object(rows, names[i]);
        for (size_t k = 0; k < items; k++)
            put(row, names[k], matrix[i * items + k]);
    }
}

static void put_named(json_t *values, const char *key, const char *const names[], size_t items, const double list[])
{
    json_t *object = put_object(values, key);
    for (size_t i = 0; i < items; i++)
        put(object, names[i], list[i]);
}

/* Means of each item over the answers that are there. */
static bool put_means(const struct problem *problem, json_t *values, const char *key, const char *const names[],
                      size_t items, const double answers[], size_t rows)
{
    double *column = ARENA_NEW(problem->arena, double, rows + 1);
    json_t *object = put_object(values, key);
    for (size_t k = 0; k < items; k++) {
        struct description description;
        for (size_t i = 0; i < rows; i++)
            column[i] = answers[i * items + k];
        if (describe(problem->arena, column, rows, &description, NULL) != STATUS_OK)
            return false;
        put(object, names[k], description.mean);
    }
    return true;
}

static bool put_scores(const struct problem *problem, json_t *values, size_t items, const double answers[])
{
    struct description description;
    double *scores = ARENA_NEW(problem->arena, double, problem->row_count + 1);
    size_t least = available_means(answers, problem->row_count, items,
                                option_number(problem, "min_share_answered", 0.5), scores);
    if (describe(problem->arena, scores, problem->row_count, &description, NULL) != STATUS_OK)
        return false;
    json_t *rule = put_object(values, "scale_mean_rule");
    put(rule, "min_items_answered", (double)least);
    put(rule, "n_scored", description.n);
    put(rule, "mean", description.mean);
    put(rule, "sd", description.sd);
    return true;
}

bool case_missing_data(const struct problem *problem, json_t *values)
{
    size_t items = 0, complete = 0, rows = problem->row_count;
    const char **names = variable_list(problem, "items", &items);
    double *answers = gapped_values(problem, names, items);
    double *whole = complete_values(problem, names, items, &complete);
    double *correlation = ARENA_NEW(problem->arena, double, items * items);
    double *count = ARENA_NEW(problem->arena, double, items * items);
    struct missing missing;
    struct eigen eigen;
    if (missing_compute(problem->arena, answers, rows, items, &missing, NULL) != STATUS_OK ||
        eigen_prepare(problem->arena, items, &eigen, NULL) != STATUS_OK)
        return false;
    put(values, "n_rows", (double)rows);
    put(values, "n_complete", (double)missing.complete);
    put(values, "n_all_missing", (double)missing.empty);
    put_named(values, "item_nonresponse", names, items, missing.nonresponse);
    pairwise_of(answers, rows, items, NULL, correlation, count);
    put_matrix(values, "pairwise_n", names, items, count);
    put_matrix(values, "pairwise_correlation", names, items, correlation);
    if (eigen_compute(&eigen, correlation, NULL) != STATUS_OK)
        return false;
    put(values, "pairwise_min_eigenvalue", eigen.values[items - 1]);
    covariance_of(whole, complete, items, correlation);
    correlation_from(correlation, items, correlation);
    put_matrix(values, "listwise_correlation", names, items, correlation);
    json_t *em = put_object(values, "em");
    put(em, "n_used", (double)missing.used);
    put_named(em, "mean", names, items, missing.mean);
    put_matrix(em, "covariance_ml", names, items, missing.covariance);
    put(em, "loglik", missing.log_likelihood);
    put(em, "patterns", (double)missing.patterns);
    json_t *little = put_object(values, "little_mcar");
    put(little, "chisq", missing.little);
    put(little, "df", missing.little_degrees);
    put(little, "p", missing.little_p);
    return put_means(problem, values, "listwise_means", names, items, whole, complete) &&
           put_means(problem, values, "available_means", names, items, answers, rows) &&
           put_scores(problem, values, items, answers);
}
