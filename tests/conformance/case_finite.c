/* Finite populations, funnels, diversity, segregation. */
#include "crosstab.h"

#include "analysis/stat_diversity.h"
#include "analysis/stat_finite.h"
#include "analysis/stat_funnel.h"

bool case_proportion_ci_fpc(const struct problem *problem, json_t *values)
{
    size_t level_count = 0;
    const char **level = option_list(problem, "level", &level_count);
    const size_t column = column_of(problem, variable(problem, "y"));
    const double population = option_number(problem, "population", 0);
    double n = 0, hits = 0;
    struct finite_share result;
    struct fail fail = { 0 };
    for (size_t i = 0; i < problem->row_count; i++) {
        const char *text = text_at(problem, problem->rows[i], column);
        n += *text != '\0';
        hits += *text != '\0' && position_of(level, level_count, text) < level_count;
    }
    if (finite_share_range(problem->arena, hits, n, population, option_number(problem, "conf", 0.95), &result, &fail) !=
        STATUS_OK)
        return refused(problem, &fail);
    put(values, "n", n);
    put(values, "N", population);
    put(values, "x", hits);
    put(values, "p", result.wald.value);
    put(values, "se_fpc", result.error);
    put_range(values, "ci_wald_fpc", result.wald);
    put_range(values, "ci_wilson_fpc_effective_n", result.wilson);
    put(values, "effective_n", result.effective);
    put_range(values, "exact_hypergeometric_count", result.exact_count);
    put_range(values, "exact_hypergeometric_ci", result.exact);
    return true;
}

bool case_mean_ci_fpc(const struct problem *problem, json_t *values)
{
    const char *names[] = { variable(problem, "y") };
    const double population = option_number(problem, "population", 0);
    size_t n = 0;
    struct finite_mean result;
    struct fail fail = { 0 };
    const double *numbers = complete_values(problem, names, 1, &n);
    if (finite_mean_range(numbers, n, population, option_number(problem, "conf", 0.95), &result, &fail) != STATUS_OK)
        return refused(problem, &fail);
    put(values, "n", result.n);
    put(values, "N", population);
    put(values, "sampling_fraction", result.fraction);
    put(values, "mean", result.t.value);
    put(values, "sd", result.deviation);
    put(values, "se_without_fpc", result.error_infinite);
    put(values, "se_fpc", result.error);
    put_range(values, "ci_t", result.t);
    put_range(values, "ci_z", result.z);
    put(values, "total", result.total.value);
    put(values, "total_se", result.total_error);
    put_range(values, "total_ci_t", result.total);
    return true;
}

bool case_funnel_limits_proportion(const struct problem *problem, json_t *values)
{
    const char *names[] = { variable(problem, "y"), variable(problem, "group") };
    size_t event_count = 0, count = 0, units = 0;
    const char **events = option_list(problem, "event", &event_count);
    const size_t *rows = complete_rows(problem, names, 2, &count);
    const char **labels = levels_of(problem, names[1], rows, count, &units);
    double *hits = ARENA_NEW(problem->arena, double, 2 * units + 1);
    double *n = hits + units;
    struct funnel funnel;
    struct fail fail = { 0 };
    for (size_t i = 0; i < count; i++) {
        const size_t unit = position_of(labels, units, text_at(problem, rows[i], column_of(problem, names[1])));
        n[unit]++;
        hits[unit] += position_of(events, event_count, text_at(problem, rows[i], column_of(problem, names[0]))) <
                      event_count;
    }
    if (funnel_shares(problem->arena, hits, n, units, option_number(problem, "target", (double)NAN), &funnel, &fail) !=
        STATUS_OK)
        return refused(problem, &fail);
    put(values, "units", (double)units);
    put(values, "target", funnel.target);
    put(values, "phi_winsorised_10pct", funnel.phi);
    put(values, "tau2_random_effects", funnel.tau2);
    put(values, "z_all_sum_squares", funnel.z_squares);
    put(values, "n_outside_95_exact", funnel.outside_95);
    put(values, "n_outside_998_exact", funnel.outside_998);
    json_t *groups = put_object(values, "groups");
    for (size_t i = 0; i < units; i++) {
        const struct funnel_unit *unit = &funnel.units[i];
        json_t *own = put_object(groups, labels[i]);
        put(own, "n", unit->n);
        put(own, "x", hits[i]);
        put(own, "p", unit->value);
        put(own, "z", unit->z);
        put_range(own, "normal_95", unit->normal_95);
        put_range(own, "normal_998", unit->normal_998);
        put_range(own, "exact_95", unit->exact_95);
        put_range(own, "exact_998", unit->exact_998);
        put_range(own, "overdispersed_95", unit->overdispersed_95);
        put_range(own, "random_effects_95", unit->random_95);
    }
    return true;
}

bool case_funnel_limits_mean(const struct problem *problem, json_t *values)
{
    struct grouped grouped;
    struct funnel funnel;
    struct fail fail = { 0 };
    const struct samples samples = samples_read(problem);
    if (groups_make(problem->arena, samples.values, samples.group, samples.n, samples.group_count, &grouped, &fail) !=
            STATUS_OK ||
        funnel_means(problem->arena, &grouped, &funnel, &fail) != STATUS_OK)
        return refused(problem, &fail);
    put(values, "units", (double)funnel.unit_count);
    put(values, "target", funnel.target);
    put(values, "pooled_sd", funnel.deviation);
    put(values, "phi_winsorised_10pct", funnel.phi);
    put(values, "n_outside_95", funnel.outside_95);
    put(values, "n_outside_998", funnel.outside_998);
    json_t *groups = put_object(values, "groups");
    for (size_t i = 0; i < funnel.unit_count; i++) {
        const struct funnel_unit *unit = &funnel.units[i];
        json_t *own = put_object(groups, samples.names[i]);
        put(own, "n", unit->n);
        put(own, "mean", unit->value);
        put(own, "z", unit->z);
        put_range(own, "limits_95", unit->normal_95);
        put_range(own, "limits_998", unit->normal_998);
        put_range(own, "overdispersed_95", unit->overdispersed_95);
    }
    return true;
}

/* Categories and their counts: columns of one unit's row, or values of a column, each row counting one or "count". */
static const char **categories_of(const struct problem *problem, double **counts, size_t *count)
{
    const char **names = variable_list(problem, "counts", count);
    if (names != NULL) {
        size_t one = 0;
        const char **unit = option_list(problem, "unit", &one);
        const size_t key = column_of(problem, variable(problem, "unit"));
        *counts = ARENA_NEW(problem->arena, double, *count + 1);
        for (size_t i = 0; i < problem->row_count; i++)
            for (size_t k = 0; k < *count && position_of(unit, one, text_at(problem, problem->rows[i], key)) == 0; k++)
                (*counts)[k] = number_at(problem, problem->rows[i], column_of(problem, names[k]));
        return names;
    }
    const size_t column = column_of(problem, variable(problem, "category"));
    const char *weight = variable(problem, "count");
    names = levels_of(problem, variable(problem, "category"), problem->rows, problem->row_count, count);
    *counts = ARENA_NEW(problem->arena, double, *count + 1);
    for (size_t i = 0; i < problem->row_count; i++) {
        const size_t at = position_of(names, *count, text_at(problem, problem->rows[i], column));
        if (at < *count)
            (*counts)[at] += weight == NULL ? 1 : number_at(problem, problem->rows[i], column_of(problem, weight));
    }
    return names;
}

bool case_diversity_index(const struct problem *problem, json_t *values)
{
    double *counts = NULL;
    size_t count = 0;
    struct diversity result;
    struct fail fail = { 0 };
    const char **names = categories_of(problem, &counts, &count);
    if (diversity_of(counts, count, (size_t)option_number(problem, "categories_possible", 0), &result, &fail) !=
        STATUS_OK)
        return refused(problem, &fail);
    json_t *filled = put_object(values, "counts");
    for (size_t i = 0; i < count; i++)
        if (counts[i] > 0)
            put(filled, names[i], counts[i]);
    put(values, "n", result.n);
    put(values, "richness", result.richness);
    put(values, "blau_gini_simpson", result.blau);
    put(values, "blau_unbiased", result.blau_unbiased);
    put(values, "blau_normalised_iqv", result.blau_normalised);
    put(values, "blau_se_delta", result.blau_error);
    put(values, "shannon_nat", result.shannon);
    put(values, "shannon_bits", result.shannon / log(2));
    put(values, "pielou_evenness", result.evenness);
    put(values, "shannon_miller_madow", result.shannon_corrected);
    put(values, "shannon_se_delta", result.shannon_error);
    put(values, "hill_q0", result.hill_0);
    put(values, "hill_q1", result.hill_1);
    put(values, "hill_q2", result.hill_2);
    put(values, "hill_qinf", result.hill_infinite);
    put(values, "hill_q0.5", result.hill_half);
    put(values, "inverse_simpson_unbiased", result.simpson_unbiased);
    put(values, "berger_parker", result.largest_share);
    return true;
}

struct dealt {
    const char **names;
    double *counts; /* units × groups */
    size_t units, groups;
};

/* Columns with shares of a total, and the rest; each row is a unit. */
static struct dealt from_shares(const struct problem *problem)
{
    struct dealt spread = { .units = problem->row_count };
    const char **shares = variable_list(problem, "shares", &spread.groups);
    const size_t total = column_of(problem, variable(problem, "total"));
    spread.names = ARENA_NEW(problem->arena, const char *, spread.groups + 1);
    spread.counts = ARENA_NEW(problem->arena, double, spread.units *(spread.groups + 1) + 1);
    for (size_t g = 0; g < spread.groups; g++)
        spread.names[g] = shares[g];
    spread.names[spread.groups] = "rest";
    for (size_t u = 0; u < spread.units; u++) {
        double *own = spread.counts + u * (spread.groups + 1);
        const double people = number_at(problem, problem->rows[u], total);
        own[spread.groups] = people;
        for (size_t g = 0; g < spread.groups; g++) {
            own[g] = number_at(problem, problem->rows[u], column_of(problem, shares[g])) * people;
            own[spread.groups] -= own[g];
        }
    }
    spread.groups++;
    return spread;
}

static struct dealt from_rows(const struct problem *problem)
{
    struct dealt spread = { 0 };
    const char *names[] = { variable(problem, "unit"), variable(problem, "group") };
    const char *weight = variable(problem, "count");
    size_t count = 0;
    const size_t *rows = complete_rows(problem, names, 2, &count);
    const char **units = levels_of(problem, names[0], rows, count, &spread.units);
    spread.names = levels_of(problem, names[1], rows, count, &spread.groups);
    spread.counts = ARENA_NEW(problem->arena, double, spread.units *spread.groups + 1);
    for (size_t i = 0; i < count; i++) {
        const size_t u = position_of(units, spread.units, text_at(problem, rows[i], column_of(problem, names[0])));
        const size_t g = position_of(spread.names, spread.groups,
                                     text_at(problem, rows[i], column_of(problem, names[1])));
        spread.counts[u * spread.groups + g] +=
            weight == NULL ? 1 : number_at(problem, rows[i], column_of(problem, weight));
    }
    return spread;
}

static void put_pairs(const struct problem *problem, json_t *values, const struct dealt *spread)
{
    json_t *dissimilarity = put_object(values, "dissimilarity_pairs");
    json_t *exposure = put_object(values, "exposure_pairs");
    const json_t *pairs = json_object_get(problem->options, "pairs");
    for (size_t i = 0; i < json_array_size(pairs); i++) {
        const char *a = json_string_value(json_array_get(json_array_get(pairs, i), 0));
        const char *b = json_string_value(json_array_get(json_array_get(pairs, i), 1));
        const size_t first = position_of(spread->names, spread->groups, a);
        const size_t second = position_of(spread->names, spread->groups, b);
        if (first == spread->groups || second == spread->groups)
            continue;
        put(dissimilarity, arena_format(problem->arena, "%s~%s", a, b),
            segregation_dissimilarity(spread->counts, spread->units, spread->groups, first, second));
        put(exposure, arena_format(problem->arena, "%s->%s", a, b),
            segregation_exposure(spread->counts, spread->units, spread->groups, first, second));
    }
}

bool case_segregation(const struct problem *problem, json_t *values)
{
    struct segregation result;
    struct fail fail = { 0 };
    const struct dealt spread =
        json_object_get(problem->variables, "shares") != NULL ? from_shares(problem) : from_rows(problem);
    if (segregation_of(problem->arena, spread.counts, spread.units, spread.groups, &result, &fail) != STATUS_OK)
        return refused(problem, &fail);
    put(values, "units", (double)result.units);
    put(values, "groups", (double)result.group_count);
    put(values, "total", result.total);
    put(values, "multigroup_dissimilarity_D", result.dissimilarity);
    put(values, "theil_entropy_E", result.entropy);
    put(values, "theil_information_H", result.information);
    put(values, "mutual_information_M", result.mutual);
    put(values, "normalised_exposure_P", result.normalised_exposure);
    put(values, "relative_diversity_R", result.relative_diversity);
    put_pairs(problem, values, &spread);
    json_t *totals = put_object(values, "group_totals");
    json_t *binary = put_object(values, "binary");
    for (size_t g = 0; g < result.group_count; g++) {
        const struct segregated_group *group = &result.groups[g];
        json_t *own = put_object(binary, spread.names[g]);
        put(totals, spread.names[g], group->total);
        put(own, "share", group->share);
        put(own, "dissimilarity_vs_rest", group->dissimilarity);
        put(own, "isolation_xPx", group->isolation);
        put(own, "isolation_eta2", group->eta2);
        put(own, "exposure_to_rest", group->exposure);
        put(own, "theil_H_binary", group->information);
        put(own, "gini", group->gini);
    }
    return true;
}
