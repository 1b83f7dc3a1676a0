/* DQ7: days from the last day for answers until staff and the council had the results. */
#include "analysis/indicator.h"
#include "analysis/inputs.h"
#include "analysis/shared.h"
#include "base/day.h"

static void fill(struct raw_cell *cell, int closed, int published)
{
    if (closed > 0 && published > 0)
        cell_open(cell, (double)(day_of(published) - day_of(closed)));
}

static enum status compute(const struct inputs *inputs, struct result *result, struct fail *fail)
{
    (void)fail;
    struct raw_table *table = result_table(result, "dq7", N_("Days from the end of the survey to publication"), inputs->wave_count, 2);
    table_column(table, 0, N_("to staff"), RELEASE_COUNT, FOLLOWS_NONE);
    table_column(table, 1, N_("to the council"), RELEASE_COUNT, FOLLOWS_NONE);
    for (size_t w = 0; w < inputs->wave_count; w++) {
        const struct wave_inputs *wave = &inputs->waves[w];
        size_t row = shared_row_format(result, table, "wave.", wave->name, LABEL_NAME(wave->name));
        fill(table_cell(table, row, 0), wave->closed, wave->to_staff);
        fill(table_cell(table, row, 1), wave->closed, wave->to_council);
    }
    return STATUS_OK;
}

const struct indicator ind_dq7 = {
    .id = "dq7",
    .title = N_("Time to publication"),
    .definition = N_("Days from the last day for answers until the results were given to staff, and until the session of the council."),
    .misreading = N_("Staff answered, so staff should know first: at most 60 days, and not after the council."),
    .method = N_("Difference of the days entered in the office."),
    .source = N_("Calendar of the survey"),
    .unit = RELEASE_COUNT,
    .lowest = 0,
    .highest = 10000,
    .answers_min = 10,
    .compute = compute,
};
