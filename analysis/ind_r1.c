/* R1: share of staff with immigration history, by definition, over the waves, by department. */
#include "analysis/indicator.h"
#include "analysis/shared.h"

enum { LEAST = 50, SIDES = 10 };
static const double relevant = 3; /* percentage points, DOMAIN 4.3 */

static void one_row(struct result *result, const char *id, const char *title, const struct share *share)
{
    struct raw_table *table = result_table(result, id, title, 1, 1);
    table_column(table, 0, N_("Share with immigration history"), RELEASE_PERCENT, FOLLOWS_NONE);
    size_t row = table_total(result, table);
    shared_share(table_cell(table, row, 0), share, LEAST);
}

static void by_definition(struct result *result, const struct sample *sample)
{
    struct raw_table *table = result_table(result, "r1.definition", N_("Share by definition"), DEFINITION_COUNT, 1);
    table_column(table, 0, N_("Share of staff"), RELEASE_PERCENT, FOLLOWS_NONE);
    for (enum definition d = DEFINITION_STAATSANG; d < DEFINITION_COUNT; d++) {
        struct share share = sample_r1(sample, d);
        size_t row = table_row(result, table, definition_code(d), LABEL_KEY(definition_name(d)));
        shared_share(table_cell(table, row, 0), &share, LEAST);
    }
}

static void by_department(struct result *result, const struct sample *sample)
{
    struct raw_table *table = result_table(result, "r1.unit", N_("Share with immigration history by department"),
                                           sample->department_count + 1, 1);
    table_column(table, 0, N_("Share with immigration history"), RELEASE_PERCENT, FOLLOWS_NONE);
    const uint8_t *history = sample->history[DEFINITION_TINTG_2021];
    struct share all = sample_r1(sample, DEFINITION_TINTG_2021), rest = all;
    shared_share(table_cell(table, table_total(result, table), 0), &all, LEAST);
    for (size_t d = 0; d < sample->department_count; d++) {
        struct share share = sample_share_in(sample, history, d);
        size_t row = shared_unit_row(result, table, sample, d);
        shared_share(table_cell(table, row, 0), &share, LEAST);
        rest.base -= share.base;
        rest.yes -= share.yes;
    }
    table_partition(table, 0, rest.base, smaller(rest.yes, rest.base - rest.yes));
    table_sides(table, SIDES);
}

static enum status over_waves(struct result *result, const struct share *now, struct fail *fail)
{
    const struct inputs *inputs = result->inputs;
    struct raw_table *table = result_table(result, "r1.wave", N_("Share with immigration history over the surveys"),
                                           inputs->wave_count, 1);
    struct share before = *now;
    table_column(table, 0, N_("Share with immigration history"), RELEASE_PERCENT, FOLLOWS_NONE);
    for (size_t w = 0; w < inputs->wave_count; w++) {
        struct share share = *now;
        if (w + 1 < inputs->wave_count) {
            struct sample sample;
            enum status status = sample_build(result->arena, inputs, w, &sample, fail);
            if (status != STATUS_OK)
                return status;
            share = before = sample_r1(&sample, DEFINITION_TINTG_2021);
        }
        const char *name = inputs->waves[w].name;
        size_t row = shared_row_format(result, table, "wave.", name, LABEL_NAME(name));
        shared_share(table_cell(table, row, 0), &share, LEAST);
    }
    if (inputs->wave_count < 2)
        return STATUS_OK;
    table = result_change(result, "r1.change", N_("Change since the previous survey"), RELEASE_PERCENT, 1);
    change_row(result, table, "total", LABEL_KEY(N_("Share with immigration history")),
               range_times(before.range, 100), before.base, range_times(now->range, 100), now->base, relevant, LEAST);
    return STATUS_OK;
}

static enum status compute(const struct inputs *inputs, struct result *result, struct fail *fail)
{
    struct sample sample;
    (void)inputs;
    enum status status = shared_sample(result, 0, &sample, fail);
    if (status != STATUS_OK)
        return status;
    struct share now = sample_r1(&sample, DEFINITION_TINTG_2021);
    one_row(result, "r1", N_("Share of staff with immigration history"), &now);
    by_definition(result, &sample);
    by_department(result, &sample);
    return over_waves(result, &now, fail);
}

const struct indicator ind_r1 = {
    .id = "r1",
    .title = N_("Share of staff with immigration history"),
    .definition = N_("Staff who are not German, were born abroad, or have a parent who came to Germany from 1956 "
                     "on (Participation Act NRW, 2021 wording); of those whose answers decide it."),
    .misreading = N_("The figure rests on voluntary answers: who takes part matters more than the range of "
                     "chance. Figures under different definitions cannot be compared."),
    .method = N_("Answers weighted to the staff by department, band, sex and age; Wilson range with effective "
                 "number and finite population."),
    .source = N_("Survey, questions on origin; section 4 of the Participation and Integration Act NRW"),
    .unit = RELEASE_PERCENT,
    .lowest = 0,
    .highest = 100,
    .answers_min = LEAST,
    .compute = compute,
};
