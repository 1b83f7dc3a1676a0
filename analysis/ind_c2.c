/* C2: differences of the inclusion index between groups; by immigration history also adjusted for band and contact. */
#include "analysis/indicator.h"
#include "analysis/scale_result.h"
#include "analysis/stat_diff.h"

#include <gsl/gsl_statistics_double.h>

enum { LEAST = 30, BANDS = 5 };
static const double relevant = 5;

/* Mean difference without − with over the strata band × contact, weighted by n₀n₁/(n₀+n₁).
 * Source: Cochran (1954), Biometrics 10 (weights); normal range from the variances within the strata. */
static enum status adjusted(struct arena *arena, const struct sample *sample, const double scores[],
                            struct range *range, uint32_t base[2], struct fail *fail)
{
    double *values[2] = { ARENA_NEW(arena, double, sample->count + 1), ARENA_NEW(arena, double, sample->count + 1) };
    if (values[0] == NULL || values[1] == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    double weights = 0, sum = 0, variance = 0;
    const uint8_t *history = sample->history[DEFINITION_TINTG_2021];
    base[0] = base[1] = 0;
    for (unsigned stratum = 0; stratum < BANDS * 2; stratum++) {
        size_t n[2] = { 0, 0 };
        for (size_t i = 0; i < sample->count; i++)
            if (!isnan(scores[i]) && history[i] <= 1 && sample->band[i] == stratum / 2 &&
                sample->contact[i] == stratum % 2)
                values[history[i]][n[history[i]]++] = scores[i];
        if (n[0] < 2 || n[1] < 2)
            continue;
        double size[2] = { (double)n[0], (double)n[1] }, weight = size[0] * size[1] / (size[0] + size[1]);
        sum += weight * (gsl_stats_mean(values[0], 1, n[0]) - gsl_stats_mean(values[1], 1, n[1]));
        variance += weight * weight * (gsl_stats_variance(values[0], 1, n[0]) / size[0] +
                                       gsl_stats_variance(values[1], 1, n[1]) / size[1]);
        weights += weight;
        base[0] += (uint32_t)n[0];
        base[1] += (uint32_t)n[1];
    }
    double half = 1.959963984540054 * sqrt(variance) / weights;
    *range = weights > 0 ? (struct range){ sum / weights, sum / weights - half, sum / weights + half } : RANGE_NONE;
    return STATUS_OK;
}

static void gap_cell(struct raw_cell *cell, const struct raw_table *groups, struct range range, uint32_t base)
{
    cell_answers(cell, range, base, OUTSIDE_NONE, LEAST);
    cell_needs(cell, groups);
    if (cell != NULL)
        cell->word = base < LEAST ? WORD_TOO_FEW : difference_word(range, relevant);
}

static enum status gaps(struct result *result, const struct sample *sample, const double scores[], struct fail *fail)
{
    static const struct two_groups names[3] = {
        { "c2", N_("Inclusion index by immigration history"), "with", N_("with immigration history"), "without",
          N_("without immigration history") },
        { "c2.sex", N_("Inclusion index by sex"), "women", N_("Women"), "men", N_("Men") },
        { "c2.lead", N_("Inclusion index by leadership"), "leaders", N_("leaders"), "others", N_("others") },
    };
    uint8_t *women = ARENA_NEW(result->arena, uint8_t, sample->count + 1);
    if (women == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    for (size_t i = 0; i < sample->count; i++)
        women[i] = sample->sex[i] == 1 ? 1 : sample->sex[i] == 2 ? 0 : (uint8_t)NOT_KNOWN;
    const uint8_t *by[3] = { sample->history[DEFINITION_TINTG_2021], women, sample->leader };
    struct raw_table *groups[3] = { NULL };
    struct range range[3];
    uint32_t base[3], strata[2] = { 0, 0 };
    enum status status = STATUS_OK;
    for (size_t k = 0; k < COUNT(names) && status == STATUS_OK; k++) {
        struct scored both[2];
        status = scale_two_groups(result, sample, scores, by[k], &names[k], LEAST, both, &groups[k], fail);
        if (status != STATUS_OK)
            return status;
        /* history and sex: group 0 minus group 1; leadership: leaders minus others, as in c1.compare */
        range[k] = k < 2 ? difference(both[0].range, both[1].range) : difference(both[1].range, both[0].range);
        base[k] = smaller(both[0].base, both[1].base);
    }
    struct range adjusted_range;
    status = adjusted(result->arena, sample, scores, &adjusted_range, strata, fail);
    if (status != STATUS_OK)
        return status;
    static const char *const ids[3] = { "history", "sex", "lead" };
    static const char *const labels[3] = { N_("without − with immigration history"), N_("men − women"),
                                           N_("leaders − others") };
    struct raw_table *table = result_table(result, "c2.gap", N_("Inclusion gap"), 3, 2);
    table_column(table, 0, N_("Difference in points"), RELEASE_POINTS, FOLLOWS_NONE);
    table_column(table, 1, N_("Difference within the same band and contact"), RELEASE_POINTS, FOLLOWS_NONE);
    for (size_t k = 0; k < COUNT(ids); k++) {
        size_t row = table_row(result, table, ids[k], LABEL_KEY(labels[k]));
        gap_cell(table_cell(table, row, 0), groups[k], range[k], base[k]);
        if (k == 0)
            gap_cell(table_cell(table, row, 1), groups[k], adjusted_range, smaller(strata[0], strata[1]));
        else
            cell_sign(table_cell(table, row, 1), SIGN_VOID);
    }
    return STATUS_OK;
}

static enum status compute(const struct inputs *inputs, struct result *result, struct fail *fail)
{
    struct sample sample;
    double *scores = NULL;
    (void)inputs;
    enum status status = shared_sample(result, 0, &sample, fail);
    if (status == STATUS_OK)
        status = scale_scores(result->arena, &sample.wave->frame, "IK", &scores, fail);
    return status == STATUS_OK ? gaps(result, &sample, scores, fail) : status;
}

const struct indicator ind_c2 = {
    .id = "c2",
    .title = N_("Inclusion gap"),
    .definition = N_("Inclusion index of staff without minus staff with immigration history; also men and women, "
                     "leaders and others."),
    .misreading = N_("More telling than the level, but only for the city as a whole: no figures by department "
                     "and origin."),
    .method = N_("Range of the difference from both t ranges; adjusted: mean difference within pay band and "
                 "contact."),
    .source = N_("Survey"),
    .unit = RELEASE_POINTS,
    .lowest = -100,
    .highest = 100,
    .answers_min = LEAST,
    .compute = compute,
};
