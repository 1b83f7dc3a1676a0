/* DQ3: the only sensitive figure known on both sides, citizenship, tells how much less people with it answered; and R1
 * corrected by it. Assumes that all people with immigration history answer like those without German citizenship. */
#include "analysis/indicator.h"
#include "analysis/shared.h"
#include "analysis/stat_diff.h"
#include "analysis/stat_proportion.h"

enum { LEAST = 30, R1_LEAST = 50, HEADS_LEAST = 5 };
static const double relevant_factor = 1.1;

struct anchor {
    struct range survey, r1; /* 0..1 */
    double hr;               /* 0..1, NaN unknown */
    double hr_foreign, hr_all;
    uint32_t base, foreign, r1_base, r1_yes;
};

static double odds(double share)
{
    return share / (1 - share);
}

static struct range response_ratio(const struct anchor *anchor)
{
    double truth = odds(anchor->hr);
    return (struct range){ odds(anchor->survey.value) / truth, odds(anchor->survey.low) / truth,
                           odds(anchor->survey.high) / truth };
}

/* Odds of R1 divided by r̂. Both ranges add as squares on the log-odds scale; they rest on the same people and move
 * together, so the true range is a little narrower. */
static struct range anchored(struct range r1, struct range r)
{
    struct range odds_r1 = { odds(r1.value), odds(r1.low), odds(r1.high) };
    struct range result = ratio(odds_r1, r);
    return (struct range){ result.value / (1 + result.value), result.low / (1 + result.low),
                           result.high / (1 + result.high) };
}

static enum status anchor_of(struct result *result, size_t first, size_t last, struct anchor *anchor,
                             struct fail *fail)
{
    *anchor = (struct anchor){ .survey = RANGE_NONE, .r1 = RANGE_NONE, .hr = NOT_A_NUMBER };
    double all[2] = { 0 }, yes[2] = { 0 }, squares[2] = { 0 }, people = 0;
    bool known = true;
    for (size_t w = first; w <= last; w++) {
        struct sample sample;
        enum status status = sample_build(result->arena, result->inputs, w, &sample, fail);
        if (status != STATUS_OK)
            return status;
        struct cube_query query = CUBE_CITY;
        query.german = 0;
        struct cube_sum foreign = cube_sum(result->inputs, &sample.wave->cube, &query);
        query.german = 1;
        struct cube_sum german = cube_sum(result->inputs, &sample.wave->cube, &query);
        known = known && foreign.found && !foreign.hidden && german.heads > 0;
        /* Weighted by the answers of the wave: each wave counts as much as it counts in the survey's share. */
        double part = (double)sample.count / fmax(1, foreign.heads + german.heads);
        anchor->hr_foreign += foreign.heads * part;
        anchor->hr_all += (foreign.heads + german.heads) * part;
        people += sample.population;
        const uint8_t *history = sample.history[DEFINITION_TINTG_2021];
        for (size_t i = 0; i < sample.count; i++) {
            double weight = sample.weights.weight[i];
            bool told[2] = { sample.citizenship[i] != NOT_KNOWN, history[i] <= 1 };
            bool is[2] = { sample.citizenship[i] == 3, history[i] == 1 };
            for (size_t k = 0; k < 2; k++) {
                all[k] += told[k] ? weight : 0;
                yes[k] += told[k] && is[k] ? weight : 0;
                squares[k] += told[k] ? weight * weight : 0;
            }
            anchor->base += told[0];
            anchor->foreign += told[0] && is[0];
            anchor->r1_base += told[1];
            anchor->r1_yes += told[1] && is[1];
        }
        if (w == last)
            anchor->hr = known && foreign.heads >= HEADS_LEAST ? anchor->hr_foreign / anchor->hr_all : NOT_A_NUMBER;
    }
    if (all[0] > 0)
        anchor->survey = proportion_wilson(fmin(1, yes[0] / all[0]), all[0] * all[0] / squares[0], anchor->base,
                                           people);
    if (all[1] > 0)
        anchor->r1 = proportion_wilson(fmin(1, yes[1] / all[1]), all[1] * all[1] / squares[1], anchor->r1_base, people);
    return STATUS_OK;
}

static void rows(struct result *result, struct raw_table *check, struct raw_table *corrected, const char *id,
                 const char *name, const struct anchor *anchor)
{
    uint32_t outside = smaller(anchor->foreign, anchor->base - anchor->foreign);
    uint32_t r1_outside = smaller(anchor->r1_yes, anchor->r1_base - anchor->r1_yes);
    size_t row = table_row(result, check, id, LABEL_KEY(name));
    size_t below = table_row(result, corrected, id, LABEL_KEY(name));
    cell_answers(table_cell(corrected, below, 0), range_times(anchor->r1, 100), anchor->r1_base, r1_outside, R1_LEAST);
    cell_answers(table_cell(check, row, 1), range_times(anchor->survey, 100), anchor->base, outside, LEAST);
    if (isnan(anchor->hr) || isnan(anchor->survey.value))
        return;
    struct range r = response_ratio(anchor);
    struct raw_cell *cell = table_cell(check, row, 0);
    cell_heads(cell, 100 * anchor->hr, false);
    if (cell != NULL)
        cell->base = (uint32_t)anchor->hr_all;
    cell = table_cell(check, row, 2);
    cell_answers(cell, r, anchor->base, outside, LEAST);
    if (cell != NULL)
        cell->word = anchor->base < LEAST ? WORD_TOO_FEW : ratio_word(r, relevant_factor);
    cell_answers(table_cell(corrected, below, 1), range_times(anchored(anchor->r1, r), 100), anchor->r1_base,
                 smaller(outside, r1_outside), R1_LEAST);
}

static enum status compute(const struct inputs *inputs, struct result *result, struct fail *fail)
{
    struct anchor wave, pooled;
    size_t last = inputs->wave_count - 1;
    enum status status = anchor_of(result, last, last, &wave, fail);
    if (status == STATUS_OK)
        status = anchor_of(result, 0, last, &pooled, fail);
    if (status != STATUS_OK)
        return status;
    struct raw_table *check = result_table(result, "dq3", N_("Anchor check on citizenship"), 2, 3);
    table_column(check, 0, N_("Staff (personnel department)"), RELEASE_PERCENT, FOLLOWS_NONE);
    table_column(check, 1, N_("Survey"), RELEASE_PERCENT, FOLLOWS_NONE);
    table_column(check, 2, N_("Response ratio"), RELEASE_RATIO, FOLLOWS_NONE);
    struct raw_table *corrected = result_table(result, "dq3.anchored", N_("Share corrected by the anchor check"), 2, 2);
    table_column(corrected, 0, N_("as answered"), RELEASE_PERCENT, FOLLOWS_NONE);
    table_column(corrected, 1, N_("anchored"), RELEASE_PERCENT, FOLLOWS_NONE);
    rows(result, check, corrected, "wave", N_("this survey"), &wave);
    if (last > 0)
        rows(result, check, corrected, "pooled", N_("all surveys together"), &pooled);
    return STATUS_OK;
}

const struct indicator ind_dq3 = {
    .id = "dq3",
    .title = N_("Anchor check on citizenship"),
    .definition = N_("Odds of having no German citizenship in the survey divided by the odds in the personnel "
                     "records: how often these people answered compared with others."),
    .misreading = N_("The correction assumes that naturalised people and descendants answered like people "
                     "without German citizenship. That is not known."),
    .method = N_("Range of the odds from the Wilson range of the weighted share; corrected share: odds divided "
                 "by the ratio, both ranges joined on the log scale."),
    .source = N_("Survey and personnel department; own method"),
    .unit = RELEASE_RATIO,
    .lowest = 0,
    .highest = 100,
    .answers_min = LEAST,
    .compute = compute,
};
