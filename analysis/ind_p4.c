/* P4: the same standards for all, in both directions: hired among those who met every requirement, and met every requirement
 * among those hired. */
#include "analysis/funnel.h"
#include "analysis/inputs.h"
#include "analysis/stat_diff.h"
#include "analysis/stat_proportion.h"

enum { LEAST = 10, POOL_YEARS = 3 };
static const double relevant = 3;

static uint32_t side(double part, double whole)
{
    return smaller((uint32_t)part, (uint32_t)fmax(0, whole - part));
}

static struct range exact(struct raw_cell *cell, double part, double whole)
{
    if (!(whole > 0) || part > whole) {
        cell_sign(cell, SIGN_PENDING);
        return RANGE_NONE;
    }
    struct range range = range_times(proportion_exact((unsigned)part, (unsigned)whole), 100);
    cell_answers(cell, range, (uint32_t)whole, side(part, whole), LEAST);
    if (cell != NULL)
        cell->no_base = true;
    return range;
}

static enum status compute(const struct inputs *inputs, struct result *result, struct fail *fail)
{
    struct funnel_sum sum = funnel_sum(inputs, counted_year(inputs), POOL_YEARS, FUNNEL_ANY, FUNNEL_ANY);
    struct raw_table *table = result_table(result, "p4", N_("The same standards for all, last three years"), 2, 3);
    (void)fail;
    table_sides(table, COUNTED_SIDES);
    table_column(table, 0, N_("with immigration history"), RELEASE_PERCENT, 1);
    table_column(table, 1, N_("without immigration history"), RELEASE_PERCENT, 0);
    table_column(table, 2, N_("Difference in points"), RELEASE_POINTS, 0); /* with one rate it gives the other */
    const struct {
        const char *id, *name;
        const double *part, *whole;
        bool known;
    } rows[] = {
        { "hired", N_("hired, of those who met all requirements"), sum.qualified[FUNNEL_HIRED], sum.qualified[FUNNEL_APPLIED],
          sum.delivered[FUNNEL_HIRED] && sum.rated[FUNNEL_HIRED] && sum.rated[FUNNEL_APPLIED] },
        { "met", N_("met all requirements, of those hired"), sum.qualified[FUNNEL_HIRED], sum.people[FUNNEL_HIRED],
          sum.delivered[FUNNEL_HIRED] && sum.rated[FUNNEL_HIRED] },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        size_t row = table_row(result, table, rows[i].id, LABEL_KEY(rows[i].name));
        if (!rows[i].known)
            continue;
        struct range with = exact(table_cell(table, row, 0), rows[i].part[1], rows[i].whole[1]);
        struct range without = exact(table_cell(table, row, 1), rows[i].part[0], rows[i].whole[0]);
        struct range gap = difference(with, without);
        uint32_t least = smaller((uint32_t)rows[i].whole[0], (uint32_t)rows[i].whole[1]);
        struct raw_cell *cell = table_cell(table, row, 2);
        cell_answers(cell, gap, least, smaller(side(rows[i].part[0], rows[i].whole[0]), side(rows[i].part[1], rows[i].whole[1])),
                     LEAST); /* with the other share it gives one away */
        if (cell != NULL) {
            cell->no_base = true;
            cell->word = least < LEAST ? WORD_TOO_FEW : difference_word(gap, relevant);
        }
    }
    return STATUS_OK;
}

const struct indicator ind_p4 = {
    .id = "p4",
    .title = N_("Same standards check"),
    .definition = N_("Hire rate among applicants who met all scored requirements, and share of those hired who met them, by "
                     "immigration history; three years together."),
    .misreading = N_("It can be read only where requirements are scored and kept. Equal shares in both lines mean: the bar is neither "
                     "lower nor higher for anybody."),
    .method = N_("Exact ranges (Clopper and Pearson), difference by Newcombe's way of joining two ranges."),
    .source = N_("Personnel department; voluntary cards"),
    .unit = RELEASE_PERCENT,
    .lowest = 0,
    .highest = 100,
    .answers_min = LEAST,
    .compute = compute,
};
