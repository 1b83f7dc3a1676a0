/* R12: what the share of staff becomes in five and ten years, when exits stay as they are and hires are … */
#include "analysis/cube.h"
#include "analysis/movement.h"
#include "analysis/stat_proportion.h"

enum { LEAST = 50, AGES = 5, STEP = 5, STEPS = 2, CARDS_LEAST = 30 };

/* s' = (s·N − x·E + h·H)/(N − E + H) year by year is linear in s and h: s_T = own·s + hires·h + other. */
struct projection {
    double own, hires, other;
};

static struct projection project(double staff, double exits, double hires, double leaving, int years)
{
    struct projection result = { 1, 0, 0 };
    for (int year = 0; year < years; year++) {
        double next = staff - exits + hires;
        result.own *= staff / next;
        result.hires = (result.hires * staff + hires) / next;
        result.other = (result.other * staff - leaving * exits) / next;
        staff = next;
    }
    return result;
}

/* Two independent ranges joined (Zou and Donner 2008), as in stat_diff.h. */
static struct range joined(const struct projection *by, struct range share, struct range hires)
{
    double value = by->own * share.value + by->hires * hires.value + by->other;
    double below = hypot(by->own * (share.value - share.low), by->hires * (hires.value - hires.low));
    double above = hypot(by->own * (share.high - share.value), by->hires * (hires.high - hires.value));
    return (struct range){ fmin(fmax(value, 0), 1), fmin(fmax(value - below, 0), 1), fmin(fmax(value + above, 0), 1) };
}

/* Share with immigration history among those who leave: the share of their age among staff, by age of the exits. */
static double among_leavers(const struct inputs *inputs, const struct sample *sample, double everybody)
{
    double exits = 0;
    double with = 0;
    for (uint8_t age = 1; age <= AGES; age++) {
        double number = movement_sum(inputs, &(struct movement_query){ counted_year(inputs), 1, FLOW_EXIT, MOVEMENT_ANY, CUBE_ALL, age },
                                     NULL);
        struct share share = sample_share(sample, sample->history[DEFINITION_TINTG_2021], sample->age, age, 0);
        exits += number;
        with += number * (share.base >= LEAST ? share.range.value : everybody);
    }
    return exits > 0 ? with / exits : everybody;
}

static struct range hired(const struct inputs *inputs)
{
    double with = 0;
    double all = 0;
    for (size_t i = 0; i < inputs->registers.entry_card_count; i++) {
        const struct entry_card *card = &inputs->registers.entry_cards[i];
        if (card->year != counted_year(inputs) || card->definition != DEFINITION_TINTG_2021 || card->group > 1)
            continue;
        with += card->group == 1 ? card->count : 0;
        all += card->count;
    }
    return all < CARDS_LEAST ? RANGE_NONE : proportion_wilson(with / all, all, all, 0);
}

static void fill(struct raw_table *table, size_t row, const struct share *share, const struct projection by[STEPS], struct range hires)
{
    uint32_t outside = smaller(share->yes, share->base - share->yes);
    cell_answers(table_cell(table, row, 0), range_times(share->range, 100), share->base, outside, LEAST);
    for (size_t step = 0; step < STEPS && !isnan(hires.value); step++)
        cell_answers(table_cell(table, row, 1 + step), range_times(joined(&by[step], share->range, hires), 100), share->base,
                     outside, LEAST);
}

static enum status compute(const struct inputs *inputs, struct result *result, struct fail *fail)
{
    struct sample sample;
    enum status status = shared_sample(result, 0, &sample, fail);
    if (status != STATUS_OK)
        return status;
    struct movement_query query = { counted_year(inputs), 1, FLOW_EXIT, MOVEMENT_ANY, CUBE_ALL, CUBE_ALL };
    struct share share = sample_r1(&sample, DEFINITION_TINTG_2021);
    struct projection by[STEPS];
    bool left = false;
    bool came = false;
    double exits = movement_sum(inputs, &query, &left);
    query.kind = FLOW_ENTRY;
    double hires = movement_sum(inputs, &query, &came);
    double leaving = among_leavers(inputs, &sample, share.range.value);
    struct raw_table *table = result_table(result, "r12", N_("How the share moves if nothing else changes"), 3, 1 + STEPS);
    table_column(table, 0, N_("Today"), RELEASE_PERCENT, FOLLOWS_NONE);
    table_column(table, 1, N_("in five years"), RELEASE_PERCENT, FOLLOWS_NONE);
    table_column(table, 2, N_("in ten years"), RELEASE_PERCENT, FOLLOWS_NONE);
    struct projection apart[STEPS];
    for (size_t step = 0; step < STEPS; step++) {
        apart[step] = project(sample.population, exits, hires, leaving, STEP * (int)(step + 1));
        by[step] = (struct projection){ apart[step].own + apart[step].hires, 0, apart[step].other };
    }
    const struct range now = hired(inputs);
    const struct range half = { 0.5, 0.5, 0.5 };
    const struct {
        const char *id, *name;
        struct range hires;
    } rows[] = { { "staff", N_("hires like today's staff"), share.range },
                 { "hires", N_("hires like those of this year"), now },
                 { "half", N_("every second hire with immigration history"), half } };
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (i == 1) /* until here hires had the share of staff itself: one uncertain number, not two */
            for (size_t step = 0; step < STEPS; step++)
                by[step] = apart[step];
        size_t row = table_row(result, table, rows[i].id, LABEL_KEY(rows[i].name));
        if (left && came && sample.population > exits)
            fill(table, row, &share, by, rows[i].hires);
    }
    return STATUS_OK;
}

const struct indicator ind_r12 = {
    .id = "r12",
    .title = N_("Stock-flow projection"),
    .definition = N_("Share of staff with immigration history in five and ten years if exits and number of hires stay as in the reported "
                     "year, for three shares among hires."),
    .misreading = N_("A projection is arithmetic, not a promise: it shows why a share moves slowly."),
    .method = N_("Year by year: share times staff, less leavers, plus hires. Leavers by the share of their age; ranges of staff and hires "
                 "joined, nothing else is uncertain in it."),
    .source = N_("Survey; personnel department; voluntary entry cards"),
    .unit = RELEASE_PERCENT,
    .lowest = 0,
    .highest = 100,
    .answers_min = LEAST,
    .compute = compute,
};
