/* S3: needs that were not met, and needs that relatives or children had to meet. */
#include "analysis/inputs.h"
#include "analysis/need.h"

enum { LEAST = 30 };

static void fill(struct raw_table *table, size_t row, const struct need *need)
{
    const double parts[] = { need->unsolved, need->relatives, need->children };
    if (!need->found || !(need->in_need > 0))
        return;
    cell_heads(table_cell(table, row, 0), need->in_need, false);
    for (size_t c = 0; c < COUNT(parts); c++)
        counted_rate(table_cell(table, row, 1 + c), (uint32_t)parts[c], (uint32_t)need->in_need, LEAST);
}

static enum status compute(const struct inputs *inputs, struct result *result, struct fail *fail)
{
    struct sample sample;
    struct needs needs;
    enum status status = needs_open(result, &sample, &needs, fail);
    if (status != STATUS_OK)
        return status;
    (void)inputs;
    struct raw_table *table = result_table(result, "s3", N_("Needs unmet and met by makeshift"), sample.department_count + 1, 4);
    table_column(table, 0, N_("Contacts with a need"), RELEASE_COUNT, FOLLOWS_NONE);
    table_column(table, 1, N_("broken off or postponed"), RELEASE_PERCENT, 0);
    table_column(table, 2, N_("relatives translated"), RELEASE_PERCENT, 0);
    table_column(table, 3, N_("of these, children"), RELEASE_PERCENT, 0);
    struct need all = need_of(&needs, -1, "*");
    struct need rest = all;
    fill(table, table_total(result, table), &all);
    for (size_t d = 0; d < sample.department_count; d++) {
        struct need need = need_of(&needs, (int)d, "*");
        rest.in_need -= need.in_need;
        if (need.found)
            fill(table, shared_unit_row(result, table, &sample, d), &need);
    }
    for (size_t c = 0; c < 4; c++)
        table_partition(table, c, rest.in_need > 0 ? (uint32_t)rest.in_need : 0, 0);
    return STATUS_OK;
}

const struct indicator ind_s3 = {
    .id = "s3",
    .title = N_("Unmet and makeshift contacts"),
    .definition = N_("Of the contacts with a language need: the share broken off or postponed, the share in which relatives translated, "
                     "and the share in which these were children."),
    .misreading = N_("A contact that relatives solved is not well served: children as interpreters should become none."),
    .method = N_("Counts of the departments; Wilson's range, from 30 contacts with a need."),
    .source = N_("Count weeks of the departments"),
    .unit = RELEASE_PERCENT,
    .lowest = 0,
    .highest = 100,
    .answers_min = LEAST,
    .compute = compute,
};
