/* B3: promotions and upgradings, by citizenship, three years together. */
#include "analysis/cube.h"
#include "analysis/movement.h"
#include "analysis/stat_diff.h"
#include "analysis/stat_proportion.h"

enum { LEAST = 10, YEARS = 3 };
static const double relevant_factor = 1.1;

static double events(const struct inputs *inputs, uint8_t german, bool *found)
{
    static const enum flow_kind kinds[] = { FLOW_PROMOTION, FLOW_UPGRADE };
    double sum = 0;
    for (size_t k = 0; k < COUNT(kinds); k++) {
        bool here = false;
        sum += movement_sum(inputs, &(struct movement_query){ counted_year(inputs), YEARS, (int)kinds[k], MOVEMENT_ANY, german,
                                                              CUBE_ALL }, &here);
        *found = *found || here;
    }
    return sum;
}

static enum status compute(const struct inputs *inputs, struct result *result, struct fail *fail)
{
    struct raw_table *table = result_table(result, "b3", N_("Promotions and upgradings, last three years"), 1, 3);
    bool found = false;
    double rose[2];
    double staff[2];
    (void)fail;
    table_sides(table, COUNTED_FLOW);
    table_column(table, 0, N_("without German citizenship, per 100 and year"), RELEASE_PERCENT, 1);
    table_column(table, 1, N_("with German citizenship, per 100 and year"), RELEASE_PERCENT, 0);
    table_column(table, 2, N_("Ratio"), RELEASE_RATIO, 0); /* with one rate it gives the other */
    size_t row = table_row(result, table, "all", LABEL_KEY(N_("all staff")));
    for (uint8_t german = 0; german < 2; german++) {
        rose[german] = events(inputs, german, &found);
        staff[german] = YEARS * movement_staff(inputs, german);
    }
    if (!found || !(staff[0] > 0) || !(staff[1] > 0) || rose[0] > staff[0] || rose[1] > staff[1])
        return STATUS_OK;
    bool few = rose[0] < LEAST || rose[1] < LEAST;
    for (size_t side = 0; side < 2; side++) {
        counted_rate(table_cell(table, row, side), (uint32_t)rose[side], (uint32_t)staff[side], LEAST);
        if (few)
            cell_unreliable(table_cell(table, row, side));
    }
    struct range range = ratio_counts((unsigned)rose[0], (unsigned)staff[0], (unsigned)rose[1], (unsigned)staff[1]);
    struct raw_cell *cell = table_cell(table, row, 2);
    cell_answers(cell, range, (uint32_t)staff[0], smaller((uint32_t)rose[0], (uint32_t)rose[1]), LEAST);
    if (cell != NULL)
        cell->no_base = true;
    if (few)
        cell_unreliable(cell);
    else if (cell != NULL)
        cell->word = ratio_word(range, relevant_factor);
    return STATUS_OK;
}

const struct indicator ind_b3 = {
    .id = "b3",
    .title = N_("Promotion and upgrading rate"),
    .definition = N_("Promotions and upgradings of three years per 100 staff and year, by citizenship, and their ratio."),
    .misreading = N_("Length of service and part-time work differ between the groups and change the rate."),
    .method = N_("Log-normal range of the ratio (Katz), from ten events a group."),
    .source = N_("Personnel department"),
    .unit = RELEASE_RATIO,
    .lowest = 0,
    .highest = 100,
    .answers_min = LEAST,
    .compute = compute,
};
