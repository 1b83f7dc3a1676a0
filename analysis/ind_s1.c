/* S1: contacts in which German was not enough, by department and by language. */
#include "analysis/inputs.h"
#include "analysis/need.h"

enum { LEAST = 200 };

/* Contacts are things that happen, not persons; few of them are not reliable. */
static void fill(struct raw_table *table, size_t row, const struct need *need)
{
    if (!need->found)
        return;
    cell_open(table_cell(table, row, 0), need->contacts);
    if (need->contacts < LEAST)
        cell_sign(table_cell(table, row, 1), SIGN_UNSAFE);
    else
        counted_rate(table_cell(table, row, 1), (uint32_t)need->in_need, (uint32_t)need->contacts, LEAST);
}

static enum status compute(const struct inputs *inputs, struct result *result, struct fail *fail)
{
    const char *tongues[NEED_TONGUES];
    struct sample sample;
    struct needs needs;
    enum status status = needs_open(result, &sample, &needs, fail);
    if (status != STATUS_OK)
        return status;
    (void)inputs;
    struct raw_table *table = result_table(result, "s1", N_("Contacts in which German was not enough"),
                                           sample.department_count + 1, 2);
    table_column(table, 0, N_("Contacts counted"), RELEASE_COUNT, FOLLOWS_NONE);
    table_column(table, 1, N_("with a language need"), RELEASE_PERCENT, FOLLOWS_NONE);
    struct need all = need_of(&needs, -1, "*");
    fill(table, table_total(result, table), &all);
    for (size_t d = 0; d < sample.department_count; d++) {
        struct need need = need_of(&needs, (int)d, "*");
        if (need.found)
            fill(table, shared_unit_row(result, table, &sample, d), &need);
    }
    size_t count = need_tongues(&needs, tongues, NEED_TONGUES);
    table = result_table(result, "s1.tongue", N_("Language needs by language"), count, 2);
    table_column(table, 0, N_("Contacts with this need"), RELEASE_COUNT, FOLLOWS_NONE);
    table_column(table, 1, N_("of all needs"), RELEASE_PERCENT, FOLLOWS_NONE);
    for (size_t t = 0; t < count; t++) {
        struct need need = need_of(&needs, -1, tongues[t]);
        size_t row = shared_row_format(result, table, "tongue.", tongues[t], need_tongue_label(&sample, tongues[t]));
        cell_heads(table_cell(table, row, 0), need.in_need, false); /* people of one language: as personnel counts */
        if (all.in_need >= LEAST)
            counted_rate(table_cell(table, row, 1), (uint32_t)need.in_need, (uint32_t)all.in_need, LEAST);
    }
    return STATUS_OK;
}

const struct indicator ind_s1 = {
    .id = "s1",
    .title = N_("Language need in client contact"),
    .definition = N_("Share of contacts of the count weeks in which German was not enough, by department and language."),
    .misreading = N_("Count weeks are two weeks of a year. Staff estimates in the survey differ from counts: do not mix them."),
    .method = N_("Counts of the departments; Wilson's range, from 200 contacts. Days and people that come again make the true range "
                 "wider."),
    .source = N_("Count weeks of the departments"),
    .unit = RELEASE_PERCENT,
    .lowest = 0,
    .highest = 100,
    .answers_min = LEAST,
    .compute = compute,
};
