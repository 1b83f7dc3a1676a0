/* P3: ratio of selection rates, with the 80 % mark as a screening line and the exact test beside it. */
#include "analysis/funnel.h"
#include "analysis/inputs.h"
#include "analysis/stat_diff.h"
#include "analysis/stat_impact.h"

enum { EXPECTED_LEAST = 10, POOL_YEARS = 3, POOL_BELOW = 30 };
static const double relevant_factor = 1.1;

/* Three years together when a year has few hires. */
static struct funnel_sum pooled(const struct inputs *inputs, int kind, int band)
{
    struct funnel_sum sum = funnel_sum(inputs, counted_year(inputs), 1, kind, band);
    if (sum.people[FUNNEL_HIRED][0] + sum.people[FUNNEL_HIRED][1] < POOL_BELOW)
        sum = funnel_sum(inputs, counted_year(inputs), POOL_YEARS, kind, band);
    return sum;
}

static void hide_few(struct raw_cell *cell, bool few)
{
    if (cell != NULL && few)
        cell_sign(cell, SIGN_UNSAFE);
}

/* Range and test decide together: where the test finds nothing, no difference is claimed. */
static enum release_word word(struct range range, double p)
{
    const enum release_word found = ratio_word(range, relevant_factor);
    return p >= 0.05 && found != WORD_EQUAL ? WORD_UNDECIDED : found;
}

static enum status fill(struct result *result, struct raw_table *table, size_t row, const struct funnel_sum *sum,
                        struct fail *fail)
{
    struct impact impact;
    const double *hired = sum->people[FUNNEL_HIRED];
    const double *applied = sum->people[FUNNEL_APPLIED];
    double rate = (hired[0] + hired[1]) / (applied[0] + applied[1]);
    bool few = rate * applied[0] < EXPECTED_LEAST || rate * applied[1] < EXPECTED_LEAST;
    for (size_t side = 0; side < FUNNEL_GROUPS; side++) {
        counted_rate(table_cell(table, row, side), (uint32_t)hired[1 - side], (uint32_t)applied[1 - side], EXPECTED_LEAST);
        hide_few(table_cell(table, row, side), few);
    }
    enum status status = impact_test(result->arena, hired[1], applied[1], hired[0], applied[0], 0.95, &impact, NULL);
    if (status == STATUS_MEMORY)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    if (status != STATUS_OK || few) {
        for (size_t c = 2; c < 4; c++)
            cell_sign(table_cell(table, row, c), SIGN_UNSAFE);
        return STATUS_OK;
    }
    struct range range = isnan(impact.mid_p.value) ? impact.katz : impact.mid_p; /* too many people for exact ranges */
    uint32_t least = smaller((uint32_t)hired[0], (uint32_t)hired[1]);
    struct raw_cell *cell = table_cell(table, row, 2);
    cell_answers(cell, range, (uint32_t)(applied[0] + applied[1]), least, EXPECTED_LEAST);
    if (cell != NULL) {
        cell->no_base = true;
        cell->word = word(range, impact.exact.p_two_sided);
    }
    cell = table_cell(table, row, 3);
    cell_answers_value(cell, impact.exact.p_two_sided, (uint32_t)(applied[0] + applied[1]), least, EXPECTED_LEAST);
    if (cell != NULL)
        cell->no_base = true;
    return STATUS_OK;
}

static enum status compute(const struct inputs *inputs, struct result *result, struct fail *fail)
{
    struct raw_table *table = result_table(result, "p3", N_("Selection rates compared"), FUNNEL_GROUP_COUNT + 1, 4);
    enum status status = STATUS_OK;
    table_column(table, 0, N_("hired, with immigration history"), RELEASE_PERCENT, 2);
    table_column(table, 1, N_("hired, without"), RELEASE_PERCENT, 2);
    table_column(table, 2, N_("Ratio"), RELEASE_RATIO, FOLLOWS_NONE);
    table_column(table, 3, N_("Exact test, p"), RELEASE_INDEX, 2);
    struct funnel_sum all = pooled(inputs, FUNNEL_ANY, FUNNEL_ANY);
    size_t total = table_total(result, table);
    if (all.delivered[FUNNEL_APPLIED] && all.delivered[FUNNEL_HIRED])
        status = fill(result, table, total, &all, fail);
    for (size_t g = 0; g < FUNNEL_GROUP_COUNT && status == STATUS_OK; g++) {
        const struct funnel_group *group = &funnel_groups[g];
        struct funnel_sum sum = pooled(inputs, group->kind, group->band);
        if (sum.delivered[FUNNEL_APPLIED] && sum.delivered[FUNNEL_HIRED])
            status = fill(result, table, table_row(result, table, group->id, LABEL_KEY(group->name)), &sum, fail);
    }
    return status;
}

const struct indicator ind_p3 = {
    .id = "p3",
    .title = N_("Selection-rate ratio"),
    .definition = N_("Hire rate of applicants with immigration history divided by that of applicants without, among those who "
                     "returned the card; three years together when a year has fewer than 30 hires."),
    .misreading = N_("0.8 is a screening mark of the United States, not German law: always read the range and the test beside it. "
                     "A ratio proves no discrimination."),
    .method = N_("Mid-p range of the ratio and Fisher's exact test, both for the given applicants and posts; where they disagree, nothing "
                 "is decided. From 10 expected hires a group, never for a single procedure."),
    .source = N_("Personnel department; voluntary cards"),
    .unit = RELEASE_RATIO,
    .lowest = 0,
    .highest = 100,
    .answers_min = EXPECTED_LEAST,
    .compute = compute,
};
