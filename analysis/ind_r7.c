/* R7: immigration history among leaders, and the ratio of leadership rates, also within age and tenure. */
#include "analysis/indicator.h"
#include "analysis/shared.h"
#include "analysis/stat_diff.h"
#include "analysis/stat_proportion.h"

enum { LEADERS_LEAST = 30, COMPLEMENT_LEAST = 10 };
static const double relevant_factor = 1.1;

struct rates {
    uint32_t leaders[2], all[2]; /* by immigration history 0, 1 */
};

static bool inside(const struct sample *sample, size_t i, int part)
{
    if (part == 1)
        return sample->age[i] == 3 || sample->age[i] == 4;
    return part == 0 || (sample->tenure[i] >= 3 && sample->tenure[i] <= 4);
}

static struct rates rates_of(const struct sample *sample, int part)
{
    struct rates rates = { 0 };
    const uint8_t *history = sample->history[DEFINITION_TINTG_2021];
    for (size_t i = 0; i < sample->count; i++) {
        if (history[i] > 1 || sample->leader[i] > 1 || !inside(sample, i, part))
            continue;
        rates.all[history[i]]++;
        rates.leaders[history[i]] += sample->leader[i];
    }
    return rates;
}

static void shares(struct result *result, const struct sample *sample, struct raw_table **made)
{
    struct raw_table *table = result_table(result, "r7", N_("Share with immigration history among leaders"), 3, 1);
    table_column(table, 0, N_("Share with immigration history"), RELEASE_PERCENT, FOLLOWS_NONE);
    const uint8_t *history = sample->history[DEFINITION_TINTG_2021];
    struct share all = sample_r1(sample, DEFINITION_TINTG_2021);
    struct share leaders = sample_share(sample, history, sample->leader, 1, 0);
    struct share others = sample_share(sample, history, sample->leader, 0, 0);
    /* Few leaders: the exact range of the unweighted share, around the weighted value it must hold. */
    struct range exact = proportion_exact(leaders.yes, leaders.base);
    leaders.range.low = fmin(exact.low, leaders.range.value);
    leaders.range.high = fmax(exact.high, leaders.range.value);
    shared_share(table_cell(table, table_total(result, table), 0), &all, 50);
    shared_share(table_cell(table, table_row(result, table, "leaders", LABEL_KEY(N_("leaders"))), 0), &leaders,
                 LEADERS_LEAST);
    shared_share(table_cell(table, table_row(result, table, "others", LABEL_KEY(N_("others"))), 0), &others,
                 LEADERS_LEAST);
    uint32_t rest = all.base - leaders.base - others.base, yes = all.yes - leaders.yes - others.yes;
    table_partition(table, 0, rest, smaller(yes, rest - yes));
    *made = table;
}

static void ratio_row(struct result *result, struct raw_table *table, const struct raw_table *groups, const char *id,
                      const char *name, const struct rates *rates, const struct rates *everyone)
{
    uint32_t leaders = rates->leaders[0] + rates->leaders[1];
    uint32_t others = everyone->leaders[0] + everyone->leaders[1] - leaders;
    bool near = others > 0 && others < COMPLEMENT_LEAST; /* the rest of the leaders could be computed */
    size_t row = table_row(result, table, id, LABEL_KEY(name));
    for (int side = 0; side < 2; side++) {
        uint32_t hits = rates->leaders[1 - side], n = rates->all[1 - side];
        struct raw_cell *cell = table_cell(table, row, (size_t)side);
        cell_answers_value(cell, n > 0 ? 100.0 * hits / n : NOT_A_NUMBER, n, smaller(hits, n - hits), 20);
        cell_needs(cell, groups);
        if (cell != NULL) {
            cell->secret = near;
            if (leaders < LEADERS_LEAST)
                cell_sign(cell, SIGN_UNSAFE);
        }
    }
    struct range range = ratio_counts(rates->leaders[1], rates->all[1], rates->leaders[0], rates->all[0]);
    struct raw_cell *cell = table_cell(table, row, 2);
    cell_answers(cell, range, leaders, smaller(rates->leaders[1], rates->leaders[0]), LEADERS_LEAST);
    cell_needs(cell, groups);
    if (cell != NULL) {
        cell->secret = near;
        cell->word = leaders < LEADERS_LEAST ? WORD_TOO_FEW : ratio_word(range, relevant_factor);
    }
}

static enum status compute(const struct inputs *inputs, struct result *result, struct fail *fail)
{
    struct sample sample;
    (void)inputs;
    struct raw_table *groups = NULL;
    enum status status = shared_sample(result, 0, &sample, fail);
    if (status != STATUS_OK)
        return status;
    shares(result, &sample, &groups);
    struct raw_table *table = result_table(result, "r7.ratio", N_("Leadership rates"), 3, 3);
    table_column(table, 0, N_("with immigration history"), RELEASE_PERCENT, 1);
    table_column(table, 1, N_("without immigration history"), RELEASE_PERCENT, 0);
    table_column(table, 2, N_("Ratio"), RELEASE_RATIO, 0); /* with one rate it gives the other */
    struct rates everyone = rates_of(&sample, 0), age = rates_of(&sample, 1), tenure = rates_of(&sample, 2);
    ratio_row(result, table, groups, "all", N_("all staff"), &everyone, &everyone);
    ratio_row(result, table, groups, "age", N_("aged 40 to 59"), &age, &everyone);
    ratio_row(result, table, groups, "tenure", N_("10 years or longer with the city"), &tenure, &everyone);
    return STATUS_OK;
}

const struct indicator ind_r7 = {
    .id = "r7",
    .title = N_("Share in leadership"),
    .definition = N_("Share with immigration history among staff who lead others, and leadership rate of staff "
                     "with divided by that of staff without immigration history."),
    .misreading = N_("Age and length of service differ between the groups: read the ratio within 40 to 59 years "
                     "and within ten years or longer too."),
    .method = N_("Exact range of the share; log-normal range of the ratio of the unweighted rates. City level "
                 "only."),
    .source = N_("Survey"),
    .unit = RELEASE_PERCENT,
    .lowest = 0,
    .highest = 100,
    .answers_min = LEADERS_LEAST,
    .compute = compute,
};
