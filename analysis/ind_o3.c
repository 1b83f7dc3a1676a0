/* O3: reach of services: a group's share among users beside its share among those the service is for. */
#include <string.h>

#include "analysis/counted.h"
#include "analysis/inputs.h"
#include "analysis/stat_diff.h"

enum { LEAST = 100 };
static const double relevant_factor = 1.1;

struct reach {
    double users[2], eligible[2]; /* of the others, of the group */
};

static struct reach reach_of(const struct inputs *inputs, const char *service, enum trait trait)
{
    struct reach reach = { 0 };
    for (size_t i = 0; i < inputs->registers.service_use_count; i++) {
        const struct service_use *use = &inputs->registers.service_uses[i];
        if (use->year != counted_year(inputs) || use->trait != trait || use->group > 1 || strcmp(use->service, service) != 0)
            continue;
        reach.users[use->group] += use->users;
        reach.eligible[use->group] += use->eligible;
    }
    return reach;
}

static void fill(struct raw_table *table, size_t row, const struct reach *reach)
{
    double users = reach->users[0] + reach->users[1];
    double eligible = reach->eligible[0] + reach->eligible[1];
    if (!(users > 0) || !(reach->eligible[1] > 0) || !(reach->eligible[0] > 0))
        return;
    counted_people(table_cell(table, row, 0), (uint32_t)users);
    counted_rate(table_cell(table, row, 1), (uint32_t)reach->users[1], (uint32_t)users, LEAST);
    cell_open(table_cell(table, row, 2), 100 * reach->eligible[1] / eligible);
    struct range range = ratio_counts((unsigned)reach->users[1], (unsigned)users, (unsigned)reach->eligible[1], (unsigned)eligible);
    struct raw_cell *cell = table_cell(table, row, 3);
    cell_answers(cell, range, (uint32_t)users, smaller((uint32_t)reach->users[0], (uint32_t)reach->users[1]), LEAST);
    if (cell == NULL)
        return;
    cell->no_base = true;
    cell->word = users < LEAST ? WORD_TOO_FEW : ratio_word(range, relevant_factor);
}

static void add(struct result *result, const struct inputs *inputs, enum trait trait, const char *id, const char *title)
{
    const struct registers *registers = &inputs->registers;
    struct raw_table *table = result_table(result, id, title, registers->service_use_count, 4);
    table_column(table, 0, N_("Users"), RELEASE_COUNT, FOLLOWS_NONE);
    table_column(table, 1, N_("Share of the group among users"), RELEASE_PERCENT, 0);
    table_column(table, 2, N_("among those it is for"), RELEASE_PERCENT, FOLLOWS_NONE);
    table_column(table, 3, N_("Ratio"), RELEASE_RATIO, 1);
    for (size_t i = 0; i < registers->service_use_count; i++) {
        const struct service_use *use = &registers->service_uses[i];
        bool first = use->trait == trait && use->year == counted_year(inputs);
        for (size_t k = 0; k < i && first; k++)
            first = registers->service_uses[k].trait != trait || registers->service_uses[k].year != use->year ||
                    strcmp(registers->service_uses[k].service, use->service) != 0;
        if (!first)
            continue;
        struct reach reach = reach_of(inputs, use->service, trait);
        fill(table, shared_row_format(result, table, "service.", use->service, LABEL_NAME(use->service)), &reach);
    }
}

static enum status compute(const struct inputs *inputs, struct result *result, struct fail *fail)
{
    (void)fail;
    add(result, inputs, TRAIT_CITIZENSHIP, "o3", N_("Reach of services: people without German citizenship"));
    add(result, inputs, TRAIT_SELF, "o3.self", N_("Reach of services: people with immigration history"));
    return STATUS_OK;
}

const struct indicator ind_o3 = {
    .id = "o3",
    .title = N_("Reach of services"),
    .definition = N_("Share of a group among the users of a service, divided by its share among the people the service is for; both counted "
                     "under one definition."),
    .misreading = N_("Low use can mean low need. A ratio of one means equal reach, not good service."),
    .method = N_("Log-normal range of the ratio (Katz), from 100 users; users rounded to 5."),
    .source = N_("Statistics of the services"),
    .unit = RELEASE_RATIO,
    .lowest = 0,
    .highest = 100,
    .answers_min = LEAST,
    .compute = compute,
};
