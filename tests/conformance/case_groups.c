/* Comparisons of groups: means, ranks, pairs, several tests. */
#include "crosstab.h"

#include "analysis/stat_adjust.h"
#include "analysis/stat_means.h"
#include "analysis/stat_paired.h"
#include "analysis/stat_rank_tests.h"
#include "analysis/stat_trend.h"

static bool grouped_of(const struct problem *problem, struct samples *samples, struct grouped *grouped)
{
    struct fail fail = { 0 };
    *samples = samples_read(problem);
    return groups_make(problem->arena, samples->values, samples->group, samples->n, samples->group_count, grouped,
                       &fail) == STATUS_OK ||
           refused(problem, &fail);
}

static void put_t(json_t *object, const char *key, struct t_test test)
{
    json_t *part = put_object(object, key);
    put(part, "t", test.t);
    put(part, "df", test.degrees);
    put(part, "p", test.p);
    put_range(part, "ci95", test.difference);
    put(part, "se", test.error);
}

static void put_f(json_t *object, const char *key, struct f_test test)
{
    json_t *part = put_object(object, key);
    put(part, "F", test.f);
    put(part, "df1", test.d1);
    put(part, "df2", test.d2);
    put(part, "p", test.p);
}

bool case_t_test_two_groups(const struct problem *problem, json_t *values)
{
    struct samples samples;
    struct grouped grouped;
    struct two_means result;
    struct fail fail = { 0 };
    if (!grouped_of(problem, &samples, &grouped))
        return false;
    if (two_means_test(problem->arena, &grouped, 0.95, &result, &fail) != STATUS_OK)
        return refused(problem, &fail);
    put(values, "n1", result.first.n);
    put(values, "n2", result.second.n);
    put(values, "mean1", result.first.mean);
    put(values, "mean2", result.second.mean);
    put(values, "sd1", sqrt(result.first.variance));
    put(values, "sd2", sqrt(result.second.variance));
    put(values, "difference", result.welch.difference.value);
    put_t(values, "welch", result.welch);
    put_t(values, "student", result.student);
    put(values, "cohens_d_pooled", result.d.value);
    put_range(values, "d_ci95_noncentral_t", result.d);
    put(values, "hedges_g_exact_J", result.g.value);
    put_range(values, "g_ci95_noncentral_t", result.g);
    put(values, "J_exact", result.exact_factor);
    put(values, "J_approx", result.usual_factor);
    put(values, "hedges_g_approx_J", result.g_usual);
    put(values, "glass_delta_sd2", result.glass_delta);
    put(values, "d_se_hedges_olkin", result.d_error);
    put(values, "common_language_normal", result.common_language);
    put_f(values, "levene_mean", result.levene);
    put_f(values, "brown_forsythe_median", result.brown_forsythe);
    return true;
}

bool case_anova_oneway(const struct problem *problem, json_t *values)
{
    struct samples samples;
    struct grouped grouped;
    struct anova result, narrower;
    struct fail fail = { 0 };
    if (!grouped_of(problem, &samples, &grouped))
        return false;
    if (anova_test(problem->arena, &grouped, 0.95, &result, &fail) != STATUS_OK ||
        anova_test(problem->arena, &grouped, 0.90, &narrower, &fail) != STATUS_OK)
        return refused(problem, &fail);
    put(values, "n", (double)grouped.n);
    json_t *groups = put_object(values, "groups");
    for (size_t g = 0; g < samples.group_count; g++) {
        json_t *own = put_object(groups, samples.names[g]);
        put(own, "n", grouped.groups[g].moments.n);
        put(own, "mean", grouped.groups[g].moments.mean);
        put(own, "sd", sqrt(grouped.groups[g].moments.variance));
    }
    put(values, "ss_between", result.between);
    put(values, "ss_within", result.within);
    put(values, "df1", result.f.d1);
    put(values, "df2", result.f.d2);
    put(values, "F", result.f.f);
    put(values, "p", result.f.p);
    put(values, "eta2", result.eta2.value);
    put_range(values, "eta2_ci95_noncentral_F", result.eta2);
    put_range(values, "eta2_ci90_noncentral_F", narrower.eta2);
    put_range(values, "ncp_ci95", result.noncentrality);
    put(values, "omega2", result.omega2);
    put(values, "epsilon2", result.epsilon2);
    put(values, "cohens_f", result.cohens_f);
    put_f(values, "welch", result.welch);
    put_f(values, "levene_mean", result.levene);
    put_f(values, "brown_forsythe", result.brown_forsythe);
    return true;
}

bool case_kruskal_wallis(const struct problem *problem, json_t *values)
{
    struct samples samples;
    struct grouped grouped;
    struct kruskal_wallis result;
    struct fail fail = { 0 };
    if (!grouped_of(problem, &samples, &grouped))
        return false;
    if (kruskal_wallis_test(problem->arena, &grouped, &result, &fail) != STATUS_OK)
        return refused(problem, &fail);
    put(values, "n", (double)grouped.n);
    json_t *groups = put_object(values, "groups");
    for (size_t g = 0; g < samples.group_count; g++) {
        json_t *own = put_object(groups, samples.names[g]);
        put(own, "n", grouped.groups[g].moments.n);
        put(own, "mean_rank", result.mean_ranks[g]);
        put(own, "median", result.medians[g]);
    }
    put(values, "H", result.statistic);
    put(values, "H_uncorrected", result.uncorrected);
    put(values, "tie_factor", result.tie_factor);
    put(values, "df", result.degrees);
    put(values, "p", result.p);
    put(values, "epsilon2_rank", result.epsilon2);
    put(values, "eta2_H", result.eta2);
    return true;
}

bool case_mann_whitney(const struct problem *problem, json_t *values)
{
    struct samples samples;
    struct grouped grouped;
    struct mann_whitney result;
    struct fail fail = { 0 };
    if (!grouped_of(problem, &samples, &grouped))
        return false;
    if (mann_whitney_test(problem->arena, &grouped, 0.95, &result, &fail) != STATUS_OK)
        return refused(problem, &fail);
    put(values, "n1", grouped.groups[0].moments.n);
    put(values, "n2", grouped.groups[1].moments.n);
    put(values, "W_R", result.u_first);
    put(values, "U_min", result.u_least);
    put(values, "z_no_cc", result.z);
    put(values, "p_no_cc", result.p);
    put(values, "z_cc", result.z_corrected);
    put(values, "p_cc", result.p_corrected);
    put(values, "p_exact_no_ties", result.p_exact);
    put(values, "cliffs_delta", result.delta.value);
    put_range(values, "cliffs_delta_ci95_feng_cliff", result.delta);
    put(values, "cliffs_delta_variance", result.delta_variance);
    put(values, "prob_superiority_A", result.superiority);
    put(values, "r_z_over_sqrtN", result.r);
    put(values, "hodges_lehmann", result.shift);
    return true;
}

bool case_jonckheere_terpstra(const struct problem *problem, json_t *values)
{
    struct rank_trend trend;
    struct fail fail = { 0 };
    const struct samples samples = samples_read(problem);
    if (rank_trend_test(problem->arena, samples.values, samples.group, samples.n, samples.group_count, &trend, &fail) !=
        STATUS_OK)
        return refused(problem, &fail);
    put(values, "n", trend.n);
    put_list(values, "group_n", trend.group_n, samples.group_count);
    put(values, "J", trend.statistic);
    put(values, "mean", trend.mean);
    put(values, "variance", trend.variance);
    put(values, "z", trend.z);
    put(values, "p_two_sided", trend.p);
    put(values, "p_increasing", trend.p_increasing);
    return true;
}

bool case_paired_tests(const struct problem *problem, json_t *values)
{
    const char *names[] = { variable(problem, "x"), variable(problem, "y") };
    struct paired result;
    struct fail fail = { 0 };
    size_t n = 0;
    const double *pairs = complete_values(problem, names, 2, &n);
    double *x = ARENA_NEW(problem->arena, double, 2 * n + 1);
    double *y = x + n;
    for (size_t i = 0; i < n; i++) {
        x[i] = pairs[2 * i];
        y[i] = pairs[2 * i + 1];
    }
    if (paired_test(problem->arena, x, y, n, 0.95, &result, &fail) != STATUS_OK)
        return refused(problem, &fail);
    put(values, "n", result.n);
    put(values, "mean_diff", result.mean);
    put(values, "sd_diff", result.deviation);
    put(values, "t", result.t);
    put(values, "df", result.degrees);
    put(values, "p", result.p);
    put_range(values, "ci95", result.difference);
    put(values, "d_z", result.d_z.value);
    put_range(values, "d_z_ci95_noncentral_t", result.d_z);
    put(values, "d_av", result.d_av);
    put(values, "r_xy", result.correlation);
    json_t *ranks = put_object(values, "wilcoxon");
    put(ranks, "V", result.ranks.statistic);
    put(ranks, "n_nonzero", result.ranks.nonzero);
    put(ranks, "z_no_cc", result.ranks.z);
    put(ranks, "p_no_cc", result.ranks.p);
    put(ranks, "z_cc", result.ranks.z_corrected);
    put(ranks, "p_cc", result.ranks.p_corrected);
    put(ranks, "matched_rank_biserial", result.ranks.rank_biserial);
    return true;
}

bool case_p_adjust(const struct problem *problem, json_t *values)
{
    static const struct {
        const char *key;
        enum adjustment adjustment;
    } rows[] = { { "holm", ADJUST_HOLM },
                 { "bh", ADJUST_BH },
                 { "bonferroni", ADJUST_BONFERRONI },
                 { "hochberg", ADJUST_HOCHBERG },
                 { "by", ADJUST_BY } };
    const json_t *given = json_object_get(problem->options, "p");
    const size_t n = json_is_array(given) ? json_array_size(given) : 1;
    struct fail fail = { 0 };
    double *p = ARENA_NEW(problem->arena, double, 2 * n + 1);
    double *adjusted = p + n;
    for (size_t i = 0; i < n; i++)
        p[i] = json_number_value(json_is_array(given) ? json_array_get(given, i) : given);
    for (size_t row = 0; row < COUNT(rows); row++) {
        if (p_adjust(problem->arena, p, n, rows[row].adjustment, adjusted, &fail) != STATUS_OK)
            return refused(problem, &fail);
        if (json_is_array(given))
            put_list(values, rows[row].key, adjusted, n);
        else
            put(values, rows[row].key, adjusted[0]);
    }
    return true;
}
