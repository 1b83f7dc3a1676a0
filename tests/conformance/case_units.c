/* Units and their people; polychoric correlations. */
#include <string.h>

#include "analysis/stat_consistency.h"
#include "analysis/stat_descriptive.h"
#include "analysis/stat_matrix.h"
#include "analysis/stat_polychoric.h"
#include "analysis/stat_units.h"
#include "conformance.h"

/* Which level of the grouping column each of the rows has. */
static size_t *units_of(const struct problem *problem, const char *name, const size_t rows[], size_t count,
                        const char ***levels, size_t *level_count)
{
    size_t column = column_of(problem, name);
    size_t *unit = ARENA_NEW(problem->arena, size_t, count + 1);
    *levels = levels_of(problem, name, rows, count, level_count);
    for (size_t i = 0; i < count; i++)
        unit[i] = position_of(*levels, *level_count, text_at(problem, rows[i], column));
    return unit;
}

static bool read_units(const struct problem *problem, struct grouped *units, const char ***levels)
{
    const char *names[] = { variable(problem, "y"), variable(problem, "group") };
    size_t count = 0, level_count = 0;
    size_t *rows = complete_rows(problem, names, 2, &count);
    double *y = ARENA_NEW(problem->arena, double, count + 1);
    for (size_t i = 0; i < count; i++)
        y[i] = number_at(problem, rows[i], column_of(problem, names[0]));
    size_t *unit = units_of(problem, names[1], rows, count, levels, &level_count);
    return groups_make(problem->arena, y, unit, count, level_count, units, NULL) == STATUS_OK;
}

bool case_icc_unit_level(const struct problem *problem, json_t *values)
{
    struct grouped units;
    struct unit_icc icc;
    struct random_units fit;
    const char **levels = NULL;
    if (!read_units(problem, &units, &levels) || icc_compute(&units, 0.95, &icc, NULL) != STATUS_OK ||
        random_units_fit(problem->arena, &units, false, &fit, NULL) != STATUS_OK)
        return false;
    put(values, "n", (double)units.n);
    put(values, "groups", (double)units.group_count);
    put(values, "mean_group_size", icc.mean_size);
    put(values, "n0_searle", icc.searle_size);
    put(values, "harmonic_n", icc.harmonic_size);
    put(values, "ms_between", icc.between);
    put(values, "ms_within", icc.within);
    put(values, "F", icc.f);
    put(values, "p", icc.p);
    put(values, "icc1_mean_n", icc.icc1_mean);
    put(values, "icc1_n0", icc.icc1.value);
    put(values, "icc2", icc.icc2.value);
    put(values, "icc2_spearman_brown_from_icc1_n0", icc.icc2_stepped);
    put_pair(values, "icc1_ci95_searle_n0", icc.icc1.low, icc.icc1.high);
    put_pair(values, "icc2_ci95", icc.icc2.low, icc.icc2.high);
    put(values, "eta2", icc.eta2);
    json_t *reml = put_object(values, "reml");
    put(reml, "tau2", fit.tau2);
    put(reml, "sigma2", fit.sigma2);
    put(reml, "mu", fit.mu);
    put(reml, "icc1", fit.tau2 / (fit.tau2 + fit.sigma2));
    return true;
}

static bool put_fit(const struct problem *problem, json_t *object, const struct grouped *units,
                    const char *const levels[], bool ml)
{
    struct random_units fit;
    if (random_units_fit(problem->arena, units, ml, &fit, NULL) != STATUS_OK)
        return false;
    put(object, "mu", fit.mu);
    put(object, "se_mu", fit.mu_error);
    put(object, "tau2", fit.tau2);
    put(object, "sigma2", fit.sigma2);
    put(object, "loglik", fit.log_likelihood);
    put(object, "sum_abs_blup", fit.moved);
    json_t *groups = put_object(object, "groups");
    for (size_t g = 0; g < units->group_count; g++) {
        json_t *group = put_object(groups, levels[g]);
        put(group, "n", units->groups[g].moments.n);
        put(group, "raw_mean", units->groups[g].moments.mean);
        put(group, "reliability", fit.reliability[g]);
        put(group, "eb_mean", fit.shrunk[g]);
        put(group, "cond_sd", fit.sd[g]);
    }
    return true;
}

bool case_eb_shrinkage_means(const struct problem *problem, json_t *values)
{
    struct grouped units;
    struct moment_units moment;
    const char **levels = NULL;
    if (!read_units(problem, &units, &levels) ||
        !put_fit(problem, put_object(values, "reml"), &units, levels, false) ||
        !put_fit(problem, put_object(values, "ml"), &units, levels, true) ||
        moment_units_fit(problem->arena, &units, &moment, NULL) != STATUS_OK)
        return false;
    put(values, "n", (double)units.n);
    put(values, "groups", (double)units.group_count);
    json_t *laird = put_object(values, "moment_DerSimonian_Laird");
    put(laird, "groups_used", (double)moment.used);
    put(laird, "tau2", moment.laird_tau2);
    put(laird, "mu", moment.laird_mu);
    put(laird, "se_mu", moment.laird_error);
    put(laird, "Q", moment.q);
    put(laird, "I2", moment.i2);
    json_t *paule = put_object(values, "moment_Paule_Mandel");
    put(paule, "tau2", moment.paule_tau2);
    put(paule, "mu", moment.paule_mu);
    return true;
}

/* Mean, median, sd and the numbers of the units. */
static json_t *put_units(const struct problem *problem, json_t *values, const char *key, const char *const levels[],
                         const double list[], size_t count)
{
    struct description description = { 0 };
    json_t *object = put_object(values, key), *groups = put_object(object, "groups");
    if (describe(problem->arena, list, count, &description, NULL) != STATUS_OK)
        return object;
    put(object, "mean", description.mean);
    put(object, "median", description.median);
    put(object, "sd", description.sd);
    for (size_t i = 0; i < count; i++)
        put(groups, levels[i], list[i]);
    return object;
}

/* Share of the units whose number fulfils "at least bound". */
static double count_from(const double list[], size_t count, double bound, double *valid)
{
    double from = 0;
    *valid = 0;
    for (size_t i = 0; i < count; i++) {
        from += list[i] >= bound;
        *valid += !isnan(list[i]);
    }
    return from;
}

bool case_rwg(const struct problem *problem, json_t *values)
{
    size_t items = 0, count = 0, level_count = 0;
    const char **items_names = variable_list(problem, "items", &items), **levels = NULL;
    const char **names = ARENA_NEW(problem->arena, const char *, items + 1);
    struct agreement_units found;
    memcpy(names, items_names, items * sizeof *names);
    names[items] = variable(problem, "group");
    size_t *rows = complete_rows(problem, names, items + 1, &count);
    size_t *unit = units_of(problem, names[items], rows, count, &levels, &level_count);
    double *answers = ARENA_NEW(problem->arena, double, count * items + 1);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < items; k++)
            answers[i * items + k] = number_at(problem, rows[i], column_of(problem, names[k]));
    if (agreement_compute(problem->arena, answers, count, items, unit, level_count,
                          option_number(problem, "options", 5), option_number(problem, "min", 1), &found,
                          NULL) != STATUS_OK)
        return false;
    double valid = 0;
    put(values, "n", (double)count);
    put(values, "groups", (double)level_count);
    put(values, "uniform_null_variance", found.null_variance);
    json_t *single = put_units(problem, values, "rwg_single_item", levels, found.single, level_count);
    json_t *item = json_array();
    json_array_append_new(item, json_string(names[0]));
    json_object_set_new(single, "item", item);
    json_t *unbound = put_units(problem, values, "rwg_single_item_unbounded", levels, found.single_free, level_count);
    double from = count_from(found.single_free, level_count, 0, &valid);
    put(unbound, "n_negative", valid - from);
    json_t *scale = put_units(problem, values, "rwg_j", levels, found.scale, level_count);
    from = count_from(found.scale, level_count, 0.7, &valid);
    put(scale, "share_ge_070", from / valid);
    put_units(problem, values, "rwg_j_lindell", levels, found.lindell, level_count);
    put_units(problem, values, "ad_mean", levels, found.deviation, level_count);
    put_units(problem, values, "awg", levels, found.awg, level_count);
    return true;
}

bool case_polychoric(const struct problem *problem, json_t *values)
{
    size_t items = 0, persons = 0;
    const char **names = variable_list(problem, "items", &items);
    double *answers = complete_values(problem, names, items, &persons);
    double *matrix = ARENA_NEW(problem->arena, double, items * items);
    double *x = ARENA_NEW(problem->arena, double, 2 * persons + 1), *y = x + persons;
    json_t *pairs = put_object(values, "pairs"), *rows = put_object(values, "matrix");
    struct eigen eigen;
    for (size_t a = 0; a < items; a++)
        for (size_t b = a + 1; b < items; b++) {
            struct polychoric found;
            for (size_t i = 0; i < persons; i++) {
                x[i] = answers[i * items + a];
                y[i] = answers[i * items + b];
            }
            if (polychoric_compute(problem->arena, x, y, persons, &found, NULL) != STATUS_OK)
                return false;
            json_t *pair = put_object(pairs, arena_format(problem->arena, "%s~%s", names[a], names[b]));
            put(pair, "rho", found.r);
            put_list(pair, "row_thresholds", found.row_thresholds, found.rows - 1);
            put_list(pair, "col_thresholds", found.column_thresholds, found.columns - 1);
            put(pair, "loglik", found.log_likelihood);
            put(pair, "zero_cells", (double)found.empty_cells);
            put(pair, "n", (double)persons);
            matrix[a * items + b] = matrix[b * items + a] = found.r;
        }
    for (size_t a = 0; a < items; a++) {
        json_t *row = put_object(rows, names[a]);
        matrix[a * items + a] = 1;
        for (size_t b = 0; b < items; b++)
            put(row, names[b], matrix[a * items + b]);
    }
    put(values, "n", (double)persons);
    put(values, "ordinal_alpha", alpha_standardised(matrix, items, items));
    if (eigen_prepare(problem->arena, items, &eigen, NULL) != STATUS_OK ||
        eigen_compute(&eigen, matrix, NULL) != STATUS_OK)
        return false;
    put_list(values, "eigenvalues", eigen.values, items);
    return true;
}
