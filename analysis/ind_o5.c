/* O5: ways to future applicants: people reached, applications that name the way, cost; the last three years together. */
#include "analysis/counted.h"
#include "analysis/inputs.h"

enum { LEAST = 20, YEARS = 3 };

struct channel {
    uint32_t reached, told, applications; /* told: reached by activities whose applications are known */
    double cost;
    bool priced; /* the cost of everything with known applications is known */
};

static struct channel channel_of(const struct inputs *inputs, int kind)
{
    struct channel channel = { .priced = true };
    int last = counted_year(inputs);
    for (size_t i = 0; i < inputs->registers.outreach_count; i++) {
        const struct outreach *row = &inputs->registers.outreaches[i];
        int year = row->day / 10000;
        if (year > last || year <= last - YEARS || (int)row->kind != kind)
            continue;
        channel.reached += row->reached;
        if (row->applications < 0)
            continue;
        channel.told += row->reached;
        channel.applications += (uint32_t)row->applications;
        channel.priced = channel.priced && !isnan(row->cost);
        channel.cost += channel.priced ? row->cost : 0;
    }
    return channel;
}

static void fill(struct raw_table *table, size_t row, const struct channel *channel)
{
    if (channel->reached == 0)
        return;
    counted_people(table_cell(table, row, 0), channel->reached);
    if (channel->told == 0)
        return;
    uint32_t named = smaller(channel->applications, channel->told);
    counted_people(table_cell(table, row, 1), channel->applications);
    counted_rate(table_cell(table, row, 2), named, channel->told, LEAST);
    if (!channel->priced || channel->applications == 0)
        return;
    struct raw_cell *cell = table_cell(table, row, 3);
    cell_heads(cell, channel->cost / channel->applications, false); /* in steps of 5 euro: no exact number of people */
    if (cell != NULL)
        cell->base = channel->applications;
}

static enum status compute(const struct inputs *inputs, struct result *result, struct fail *fail)
{
    static const char *const names[OUTREACH_KINDS] = { N_("Fairs"),     N_("Schools"), N_("Migrant organisations"),
                                                       N_("Campaigns"), N_("Advice"),  N_("Information evenings") };
    static const char *const ids[OUTREACH_KINDS] = { "fair", "school", "organisation", "campaign", "advice", "evening" };
    struct raw_table *table = result_table(result, "o5", N_("Ways to future applicants, last three years"), OUTREACH_KINDS, 4);
    (void)fail; /* no total: it would give a hidden way away */
    table_column(table, 0, N_("People reached"), RELEASE_COUNT, FOLLOWS_NONE);
    table_column(table, 1, N_("Applications that name it"), RELEASE_COUNT, FOLLOWS_NONE);
    table_column(table, 2, N_("Applications per 100 people"), RELEASE_PERCENT, 1);
    table_column(table, 3, N_("Euro per application"), RELEASE_COUNT, 1);
    for (int kind = 0; kind < OUTREACH_KINDS; kind++) {
        struct channel channel = channel_of(inputs, kind);
        fill(table, table_row(result, table, ids[kind], LABEL_KEY(names[kind])), &channel);
    }
    return STATUS_OK;
}

const struct indicator ind_o5 = {
    .id = "o5",
    .title = N_("Access paths and outreach"),
    .definition = N_("People reached by each way, applications that name it, and cost per application, three years together."),
    .misreading = N_("A campaign reaches many people for a moment, a talk at school few for an hour: compare applications, not "
                     "people reached."),
    .method = N_("Counts rounded to 5, euro too; Wilson's range of the share."),
    .source = N_("Register of outreach; cards of applicants"),
    .unit = RELEASE_COUNT,
    .lowest = 0,
    .highest = 1e9,
    .answers_min = LEAST,
    .compute = compute,
};
