/* P2: who comes from one stage of the selection to the next, by group; missing stages are skipped and said so. */
#include "analysis/funnel.h"
#include "analysis/inputs.h"

enum { LEAST = 20, SHARE_LEAST = 10 };

static const char *const stages[FUNNEL_STAGES] = {
    [FUNNEL_APPLIED] = N_("from application to"), [FUNNEL_SUITABLE] = N_("meets the formal requirements"),
    [FUNNEL_TEST] = N_("passes the test"),         [FUNNEL_INTERVIEW] = N_("invited to an interview"),
    [FUNNEL_OFFER] = N_("gets an offer"),          [FUNNEL_HIRED] = N_("hired"),
};

/* Least people on a side of the stage's shares; OUTSIDE_NONE where it was not delivered. */
static uint32_t least_side(struct raw_table *table, size_t row)
{
    uint32_t least = OUTSIDE_NONE;
    for (size_t side = 0; side < FUNNEL_GROUPS; side++) {
        const struct raw_cell *cell = table_cell(table, row, side);
        if (cell != NULL && cell->kind == RAW_ANSWERS)
            least = smaller(least, cell->base < SHARE_LEAST ? 0 : cell->outside);
    }
    return least;
}

/* The stages multiply to the rate of hires, which P3 prints: where one is hidden alone, the smallest other one goes with it. */
static void hide_second(struct raw_table *table)
{
    size_t hidden = 0;
    size_t second = SIZE_MAX;
    for (size_t row = 0; table != NULL && row < table->row_count; row++) {
        const uint32_t least = least_side(table, row);
        if (least < COUNTED_SIDES)
            hidden++;
        else if (least < OUTSIDE_NONE && (second == SIZE_MAX || least < least_side(table, second)))
            second = row;
    }
    for (size_t side = 0; hidden == 1 && second != SIZE_MAX && side < FUNNEL_GROUPS; side++)
        table_cell(table, second, side)->secret = true;
}

static enum status compute(const struct inputs *inputs, struct result *result, struct fail *fail)
{
    static const char *const ids[FUNNEL_STAGES] = { "", "applied", "suitable", "test", "interview", "offer", "hired" };
    struct funnel_sum sum = funnel_sum(inputs, counted_year(inputs), 1, FUNNEL_ANY, FUNNEL_ANY);
    struct raw_table *table = result_table(result, "p2", N_("From stage to stage of the selection"), FUNNEL_STAGES, 2);
    size_t before = FUNNEL_APPLIED;
    (void)fail;
    table_sides(table, COUNTED_SIDES);
    table_column(table, 0, N_("with immigration history"), RELEASE_PERCENT, 1);
    table_column(table, 1, N_("without immigration history"), RELEASE_PERCENT, 0);
    for (size_t stage = FUNNEL_SUITABLE; stage < FUNNEL_STAGES && sum.delivered[FUNNEL_APPLIED]; stage++) {
        size_t row = table_row(result, table, ids[stage], LABEL_KEY(stages[stage]));
        if (!sum.delivered[stage]) /* pending: not 100 % */
            continue;
        for (size_t side = 0; side < FUNNEL_GROUPS; side++) {
            size_t group = 1 - side;
            counted_rate(table_cell(table, row, side), (uint32_t)sum.people[stage][group], (uint32_t)sum.people[before][group],
                         LEAST);
        }
        before = stage;
    }
    hide_second(table);
    return STATUS_OK;
}

const struct indicator ind_p2 = {
    .id = "p2",
    .title = N_("Stage pass rates"),
    .definition = N_("Of the people who reached the stage before, the share who reached this one, by immigration history."),
    .misreading = N_("It shows where people are lost, not why. A stage that was not delivered is missing, not passed by all."),
    .method = N_("Wilson's range, from 20 people a group and stage; all procedures of the year together."),
    .source = N_("Personnel department; voluntary cards"),
    .unit = RELEASE_PERCENT,
    .lowest = 0,
    .highest = 100,
    .answers_min = LEAST,
    .compute = compute,
};
