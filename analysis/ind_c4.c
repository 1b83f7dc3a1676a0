/* C4: share who know where to complain about worse treatment. */
#include "analysis/counted.h"
#include "analysis/inputs.h"
#include "analysis/stat_proportion.h"

enum { LEAST = 10 };

struct known {
    uint32_t yes, base;
};

static struct range range_of(const struct known *known, double population)
{
    if (known->base == 0)
        return RANGE_NONE;
    return proportion_wilson((double)known->yes / known->base, known->base, known->base,
                             population >= known->base ? population : 0);
}

static void fill(struct raw_cell *cell, const struct known *known, double population)
{
    cell_answers(cell, range_times(range_of(known, population), 100), known->base,
                 smaller(known->yes, known->base - known->yes), LEAST);
}

/* department WEIGHTS_NONE: everybody. */
static struct known count(const struct sample *sample, size_t department)
{
    struct known known = { 0 };
    struct column column;
    column_open(&column, &sample->wave->frame, "DI4");
    for (size_t i = 0; i < sample->count; i++) {
        uint8_t code = column_code(&column, i);
        if (code < 1 || code > 2 || (department != WEIGHTS_NONE && sample->department[i] != department))
            continue;
        known.base++;
        known.yes += code == 1;
    }
    return known;
}

static void by_department(struct result *result, const struct sample *sample, const struct known *all)
{
    struct raw_table *table = result_table(result, "c4.unit", N_("Complaint route known, by department"),
                                           sample->department_count + 1, 1);
    struct known rest = *all;
    table_column(table, 0, N_("Complaint route known"), RELEASE_PERCENT, FOLLOWS_NONE);
    fill(table_cell(table, table_total(result, table), 0), all, sample->population);
    for (size_t d = 0; d < sample->department_count; d++) {
        struct known known = count(sample, d);
        fill(table_cell(table, shared_unit_row(result, table, sample, d), 0), &known,
             shared_heads(sample, sample->departments[d], CUBE_ANY));
        rest.base -= known.base;
        rest.yes -= known.yes;
    }
    table_partition(table, 0, rest.base, smaller(rest.yes, rest.base - rest.yes));
}

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
    struct known now = count(&sample, WEIGHTS_NONE);
    struct raw_table *table = result_table(result, "c4", N_("Complaint route known"), 1, 1);
    table_column(table, 0, N_("Complaint route known"), RELEASE_PERCENT, FOLLOWS_NONE);
    fill(table_cell(table, table_total(result, table), 0), &now, sample.population);
    by_department(result, &sample, &now);
    complaints(result, inputs);
    if (inputs->wave_count < 2)
        return STATUS_OK;
    status = shared_sample(result, 1, &before, fail);
    if (status != STATUS_OK)
        return status;
    struct known then = count(&before, WEIGHTS_NONE);
    table = result_change(result, "c4.change", N_("Change since the previous survey"), RELEASE_PERCENT, 1);
    change_row(result, table, "total", LABEL_KEY(N_("Complaint route known")),
               range_times(range_of(&then, before.population), 100), then.base,
               range_times(range_of(&now, sample.population), 100), now.base, 3, LEAST);
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
