/* P1: immigration history among applicants who returned the voluntary card. */
#include "analysis/funnel.h"
#include "analysis/inputs.h"

enum { LEAST = 50 };

static void fill(struct raw_table *table, size_t row, const struct funnel_sum *sum)
{
    double with = sum->people[FUNNEL_APPLIED][1];
    double carded = with + sum->people[FUNNEL_APPLIED][0];
    double all = carded + sum->unknown;
    if (!(all > 0))
        return;
    counted_people(table_cell(table, row, 0), (uint32_t)all);
    counted_rate(table_cell(table, row, 1), (uint32_t)with, (uint32_t)carded, LEAST);
    counted_rate(table_cell(table, row, 2), (uint32_t)carded, (uint32_t)all, LEAST);
}

static enum status compute(const struct inputs *inputs, struct result *result, struct fail *fail)
{
    int year = counted_year(inputs);
    (void)fail;
    struct raw_table *table = result_table(result, "p1", N_("Share with immigration history among applicants"),
                                           FUNNEL_GROUP_COUNT + 1, 3);
    table_sides(table, COUNTED_SIDES);
    table_column(table, 0, N_("Applicants"), RELEASE_COUNT, FOLLOWS_NONE);
    table_column(table, 1, N_("with immigration history"), RELEASE_PERCENT, 0);
    table_column(table, 2, N_("Cards returned"), RELEASE_PERCENT, 0);
    struct funnel_sum all = funnel_sum(inputs, year, 1, FUNNEL_ANY, FUNNEL_ANY);
    double rest = all.unknown; /* in none of the rows: without a card, without and with immigration history */
    double rest_groups[FUNNEL_GROUPS] = { all.people[FUNNEL_APPLIED][0], all.people[FUNNEL_APPLIED][1] };
    fill(table, table_total(result, table), &all);
    for (size_t g = 0; g < FUNNEL_GROUP_COUNT; g++) {
        const struct funnel_group *group = &funnel_groups[g];
        struct funnel_sum sum = funnel_sum(inputs, year, 1, group->kind, group->band);
        double people = sum.unknown + sum.people[FUNNEL_APPLIED][0] + sum.people[FUNNEL_APPLIED][1];
        rest -= sum.unknown;
        for (size_t side = 0; side < FUNNEL_GROUPS; side++)
            rest_groups[side] -= sum.people[FUNNEL_APPLIED][side];
        if (people > 0)
            fill(table, table_row(result, table, group->id, LABEL_KEY(group->name)), &sum);
    }
    uint32_t without = (uint32_t)fmax(0, rest_groups[0]);
    uint32_t with = (uint32_t)fmax(0, rest_groups[1]);
    uint32_t cardless = (uint32_t)fmax(0, rest);
    table_partition(table, 0, cardless + without + with, 0);
    table_partition(table, 1, without + with, smaller(with, without));
    table_partition(table, 2, cardless + without + with, smaller(cardless, without + with));
    return STATUS_OK;
}

const struct indicator ind_p1 = {
    .id = "p1",
    .title = N_("Share among applicants"),
    .definition = N_("Share with immigration history among the applicants of the year who returned the voluntary card."),
    .misreading = N_("The card is voluntary: read the share of returned cards beside it. It says whom the city reaches, not whom it "
                     "chooses."),
    .method = N_("Wilson's range, from 50 cards; numbers rounded to 5."),
    .source = N_("Personnel department; voluntary cards"),
    .unit = RELEASE_PERCENT,
    .lowest = 0,
    .highest = 100,
    .answers_min = LEAST,
    .compute = compute,
};
