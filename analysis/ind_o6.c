/* O6: what became of the recommendations: measures by their newest state, with evidence, and overdue ones. */
#include "analysis/counted.h"
#include "analysis/inputs.h"

enum { STATES = MEASURE_DROPPED + 1, ALL = STATES, PROVEN, OVERDUE, COLUMNS };

struct stand {
    double states[STATES], all, proven, overdue;
};

static void put(struct stand *stand, const struct measure *measure, const struct measure_status *status, int year)
{
    bool over = status != NULL && (status->state == MEASURE_DONE || status->state == MEASURE_KEPT ||
                                   status->state == MEASURE_DROPPED);
    stand->all++;
    stand->overdue += !over && measure->ends != 0 && measure->ends / 10000 <= year;
    if (status == NULL)
        return;
    stand->states[status->state]++;
    stand->proven += status->evidence[0] != '\0';
}

static void fill(struct raw_table *table, size_t row, const struct stand *stand)
{
    for (size_t state = 0; state < STATES; state++)
        cell_open(table_cell(table, row, state), stand->states[state]);
    cell_open(table_cell(table, row, ALL), stand->all);
    cell_open(table_cell(table, row, PROVEN), stand->proven);
    cell_open(table_cell(table, row, OVERDUE), stand->overdue);
}

static enum status compute(const struct inputs *inputs, struct result *result, struct fail *fail)
{
    static const char *const heads[COLUMNS] = { N_("planned"),         N_("begun"),    N_("done"),
                                                N_("kept for good"),   N_("paused"),   N_("ended without result"),
                                                N_("Measures"),        N_("with evidence"), N_("overdue") };
    const struct registers *registers = &inputs->registers;
    int year = counted_year(inputs);
    struct stand all = { 0 };
    (void)fail;
    struct raw_table *table = result_table(result, "o6", N_("State of the recommendations"), registers->recommendation_count + 1,
                                           COLUMNS);
    for (size_t c = 0; c < COLUMNS; c++)
        table_column(table, c, heads[c], RELEASE_COUNT, FOLLOWS_NONE);
    size_t total = table_total(result, table);
    for (size_t r = 0; r < registers->recommendation_count; r++) {
        const struct recommendation *recommendation = &registers->recommendations[r];
        struct stand stand = { 0 };
        for (size_t m = 0; m < registers->measure_count; m++) {
            if (registers->measures[m].recommendation != (int)r)
                continue;
            const struct measure_status *status = measure_newest(registers->statuses, registers->status_count, m, year);
            put(&stand, &registers->measures[m], status, year);
            put(&all, &registers->measures[m], status, year);
        }
        fill(table, shared_row_format(result, table, "recommendation.", recommendation->id, LABEL_NAME(recommendation->title)),
             &stand);
    }
    if (all.all > 0)
        fill(table, total, &all);
    return STATUS_OK;
}

const struct indicator ind_o6 = {
    .id = "o6",
    .title = N_("State of the recommendations"),
    .definition = N_("Measures of each recommendation by their newest reported state, those whose state has evidence, and "
                     "measures whose planned end has passed without an end."),
    .misreading = N_("A count of measures is no degree of fulfilment. Paused and dropped measures stay visible with their reason."),
    .method = N_("Register of measures, no sample."),
    .source = N_("Register of recommendations and measures"),
    .unit = RELEASE_COUNT,
    .lowest = 0,
    .highest = 1e6,
    .answers_min = 10,
    .compute = compute,
};
