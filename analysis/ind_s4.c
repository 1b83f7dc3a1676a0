/* S4: uses of interpreters per 1,000 contacts, and days waited for one. */
#include "analysis/inputs.h"
#include "analysis/need.h"
#include "analysis/stat_proportion.h"
#include "analysis/stat_rank.h"

enum { LEAST = 30, DAYS_MAX = 4000 };

/* Median over the deliveries of a department, each counted as often as interpreters came: the deliveries give medians, so this
 * is a median of medians. NaN without any. */
static double waited(const struct sample *sample, int department, double days[DAYS_MAX])
{
    const struct registers *registers = &sample->inputs->registers;
    size_t count = 0;
    for (size_t i = 0; i < registers->demand_count; i++) {
        const struct demand *row = &registers->demands[i];
        if (row->from / 10000 != counted_year(sample->inputs) || isnan(row->wait_days) ||
            (department >= 0 && counted_department(sample, row->unit) != department) ||
            !(row->tongue[0] == '*' || row->solved_interpreter > 0))
            continue;
        if (count < DAYS_MAX)
            days[count++] = row->wait_days;
    }
    if (count == 0)
        return NOT_A_NUMBER;
    return median_take(days, count);
}

static void fill(struct raw_table *table, size_t row, const struct need *need, double days)
{
    if (!need->found || !(need->contacts > 0))
        return;
    cell_heads(table_cell(table, row, 0), need->interpreter, false);
    struct range range = proportion_wilson(need->interpreter / need->contacts, need->contacts, need->contacts, 0);
    struct raw_cell *cell = table_cell(table, row, 1);
    cell_answers(cell, range_times(range, 1000), (uint32_t)need->contacts,
                 smaller((uint32_t)need->interpreter, (uint32_t)(need->contacts - need->interpreter)), LEAST);
    if (cell != NULL)
        cell->no_base = true;
    if (need->interpreter < LEAST) {
        cell_sign(cell, SIGN_UNSAFE);
        cell_sign(table_cell(table, row, 2), SIGN_UNSAFE);
    } else if (!isnan(days)) {
        cell_open(table_cell(table, row, 2), days);
    }
}

static enum status compute(const struct inputs *inputs, struct result *result, struct fail *fail)
{
    struct sample sample;
    struct needs needs;
    enum status status = needs_open(result, &sample, &needs, fail);
    double *days = ARENA_NEW(result->arena, double, DAYS_MAX);
    if (status == STATUS_OK && days == NULL)
        status = FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    if (status != STATUS_OK)
        return status;
    (void)inputs;
    struct raw_table *table = result_table(result, "s4", N_("Uses of interpreters and waiting time"), sample.department_count + 1, 3);
    table_column(table, 0, N_("Uses counted"), RELEASE_COUNT, FOLLOWS_NONE);
    table_column(table, 1, N_("per 1,000 contacts"), RELEASE_RATIO, 0);
    table_column(table, 2, N_("Days waited (median)"), RELEASE_SCORE, FOLLOWS_NONE);
    struct need all = need_of(&needs, -1, "*");
    double rest = all.interpreter;
    fill(table, table_total(result, table), &all, waited(&sample, -1, days));
    for (size_t d = 0; d < sample.department_count; d++) {
        struct need need = need_of(&needs, (int)d, "*");
        rest -= need.interpreter;
        if (need.found)
            fill(table, shared_unit_row(result, table, &sample, d), &need, waited(&sample, (int)d, days));
    }
    table_partition(table, 0, rest > 0 ? (uint32_t)rest : 0, 0);
    return STATUS_OK;
}

const struct indicator ind_s4 = {
    .id = "s4",
    .title = N_("Interpreting: uses and waiting time"),
    .definition = N_("Uses of interpreters in the count weeks, per 1,000 contacts, and days waited for one."),
    .misreading = N_("More uses can be a success: read them with the unmet contacts."),
    .method = N_("Wilson's range, from 30 uses; median of the medians that the departments delivered."),
    .source = N_("Count weeks of the departments"),
    .unit = RELEASE_RATIO,
    .lowest = 0,
    .highest = 1000,
    .answers_min = LEAST,
    .compute = compute,
};
