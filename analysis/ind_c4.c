/* C4: share who know where to complain about worse treatment. */
#include "analysis/answered.h"
#include "analysis/counted.h"
#include "analysis/inputs.h"

enum { LEAST = 10 };

static const struct answered known = { "DI4", NULL, ANSWERED_CODE(1), ANSWERED_CODE(1) | ANSWERED_CODE(2), 0 };

/* What the office under section 13 AGG counted: few complaints where the way is not known are no good news. */
static void complaints(struct result *result, const struct inputs *inputs)
{
    struct raw_table *table = result_table(result, "c4.complaints", N_("Complaints received, by year"), inputs->wave_count, 1);
    table_column(table, 0, N_("Complaints"), RELEASE_COUNT, FOLLOWS_NONE);
    for (size_t w = 0; w < inputs->wave_count; w++) {
        const char *name = inputs->waves[w].name;
        size_t row = shared_row_format(result, table, "wave.", name, LABEL_NAME(name));
        for (size_t i = 0; i < inputs->registers.complaint_count; i++)
            if (inputs->registers.complaints[i].year == inputs->waves[w].year)
                counted_people(table_cell(table, row, 0), inputs->registers.complaints[i].count);
    }
}

static enum status compute(const struct inputs *inputs, struct result *result, struct fail *fail)
{
    struct sample sample, before;
    enum status status = shared_sample(result, 0, &sample, fail);
    if (status != STATUS_OK)
        return status;
    static const char *const head = N_("Complaint route known");
    struct answered_count now = answered_count(&sample, &known, ANSWERED_ALL, WEIGHTS_NONE);
    struct raw_table *table = result_table(result, "c4", head, 1, 1);
    table_column(table, 0, head, RELEASE_PERCENT, FOLLOWS_NONE);
    answered_cell(table_cell(table, table_total(result, table), 0), &now, LEAST);
    answered_units(result, &sample, "c4.unit", N_("Complaint route known, by department"), &known, &head, 1, LEAST);
    complaints(result, inputs);
    if (inputs->wave_count < 2)
        return STATUS_OK;
    status = shared_sample(result, 1, &before, fail);
    if (status != STATUS_OK)
        return status;
    struct answered_count then = answered_count(&before, &known, ANSWERED_ALL, WEIGHTS_NONE);
    table = result_change(result, "c4.change", N_("Change since the previous survey"), RELEASE_PERCENT, 1);
    change_row(result, table, "total", LABEL_KEY(head), range_times(then.range, 100), then.base, range_times(now.range, 100),
               now.base, 3, LEAST);
    return STATUS_OK;
}

const struct indicator ind_c4 = {
    .id = "c4",
    .title = N_("Complaint route known"),
    .definition = N_("Share who know where they can complain about being treated worse."),
    .misreading = N_("No complaints are not good news where few know the way to complain."),
    .method = N_("Wilson range with finite population."),
    .source = N_("Survey; section 13 of the General Equal Treatment Act"),
    .unit = RELEASE_PERCENT,
    .lowest = 0,
    .highest = 100,
    .answers_min = LEAST,
    .compute = compute,
};
