/* P3: ratio of selection rates, with the 80 % mark as a screening line and the exact test beside it. */
#include "analysis/funnel.h"
#include "analysis/inputs.h"
#include "analysis/stat_diff.h"
#include "analysis/stat_impact.h"

enum { EXPECTED_LEAST = 10, POOL_YEARS = 3, POOL_BELOW = 30 };
static const double relevant_factor = 1.1;

/* Three years together when a row has few hires: all rows of the same years, or nobody could protect what they add up to. */
static int years_of(const struct inputs *inputs)
{
    int years = 1;
    for (size_t g = 0; g <= FUNNEL_GROUP_COUNT; g++) {
        const bool all = g == FUNNEL_GROUP_COUNT;
        const struct funnel_sum sum = funnel_sum(inputs, counted_year(inputs), 1, all ? FUNNEL_ANY : funnel_groups[g].kind,
                                                 all ? FUNNEL_ANY : funnel_groups[g].band);
        if (sum.delivered[FUNNEL_APPLIED] && sum.people[FUNNEL_HIRED][0] + sum.people[FUNNEL_HIRED][1] < POOL_BELOW)
            years = POOL_YEARS;
    }
    return years;
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
        if (few)
            cell_unreliable(table_cell(table, row, side));
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
    const int year = counted_year(inputs);
    const int years = years_of(inputs);
    table_sides(table, COUNTED_SIDES);
    table_column(table, 0, N_("hired, with immigration history"), RELEASE_PERCENT, 1); /* one rate and the ratio give the other */
    table_column(table, 1, N_("hired, without"), RELEASE_PERCENT, 0);
    table_column(table, 2, N_("Ratio"), RELEASE_RATIO, 0);
    table_column(table, 3, N_("Exact test, p"), RELEASE_INDEX, 0);
    struct funnel_sum all = funnel_sum(inputs, year, years, FUNNEL_ANY, FUNNEL_ANY);
    struct funnel_sum rest = all;
    size_t total = table_total(result, table);
    if (all.delivered[FUNNEL_APPLIED] && all.delivered[FUNNEL_HIRED])
        status = fill(result, table, total, &all, fail);
    for (size_t g = 0; g < FUNNEL_GROUP_COUNT && status == STATUS_OK; g++) {
        const struct funnel_group *group = &funnel_groups[g];
        struct funnel_sum sum = funnel_sum(inputs, year, years, group->kind, group->band);
        if (!sum.delivered[FUNNEL_APPLIED] || !sum.delivered[FUNNEL_HIRED])
            continue;
        status = fill(result, table, table_row(result, table, group->id, LABEL_KEY(group->name)), &sum, fail);
        for (size_t side = 0; side < FUNNEL_GROUPS; side++) {
            rest.people[FUNNEL_APPLIED][side] -= sum.people[FUNNEL_APPLIED][side];
            rest.people[FUNNEL_HIRED][side] -= sum.people[FUNNEL_HIRED][side];
        }
    }
    for (size_t side = 0; side < FUNNEL_GROUPS; side++)
        table_partition(table, side, (uint32_t)fmax(0, rest.people[FUNNEL_APPLIED][1 - side]),
                        (uint32_t)fmax(0, rest.people[FUNNEL_HIRED][1 - side]));
    return status;
}

const struct indicator ind_p3 = {
    .id = "p3",
    .title = N_("Selection-rate ratio"),
    .definition = N_("Hire rate of applicants with immigration history divided by that of applicants without, among those who "
                     "returned the card; three years together when a row of one year has fewer than 30 hires."),
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
