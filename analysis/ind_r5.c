/* R5: staff of a pay band beside the labour force of the region that has the qualification the band asks for. */
#include <string.h>

#include "analysis/indicator.h"
#include "analysis/shared.h"
#include "analysis/stat_diff.h"

enum { LEAST = 50, BANDS = 5 };

/* Codes of bildung by band; the lowest band asks for none, row 0 is all staff. */
static const char *const required[BANDS] = { "*", "*", "AUSBILDUNG", "BACHELOR", "MASTER" };

/* The region people come to work from before the city's own labour force, then the latest. */
static bool better(const struct reference *a, const struct reference *b)
{
    bool region_a = strcmp(a->scope, "EINPENDELREGION") == 0, region_b = strcmp(b->scope, "EINPENDELREGION") == 0;
    if (region_a != region_b)
        return region_a;
    return shared_reference_day(a) > shared_reference_day(b);
}

static const struct reference *labour_force(const struct inputs *inputs, enum definition definition,
                                            const char *education)
{
    const struct reference *best = NULL;
    for (size_t i = 0; i < inputs->reference_count; i++) {
        const struct reference *one = &inputs->references[i];
        bool scope = strcmp(one->scope, "EINPENDELREGION") == 0 || strcmp(one->scope, "ERWERBSPERSONEN") == 0;
        bool everybody =
            shared_both_sexes(one) && one->age_low <= 15 && (one->age_high == -1 || one->age_high >= 64);
        bool qualified = strcmp(shared_education(one), education) == 0;
        if (one->definition == definition && scope && everybody && qualified && one->total > 0 &&
            (best == NULL || better(one, best)))
            best = one;
    }
    return best;
}

static void fill(struct raw_table *table, size_t row, const struct share *staff, const struct reference *force,
                 const struct reference *residents)
{
    shared_share(table_cell(table, row, 0), staff, LEAST);
    if (force != NULL) {
        struct range labour = shared_reference(force);
        cell_open(table_cell(table, row, 1), 100 * labour.value);
        shared_gap(table_cell(table, row, 2), staff, labour, LEAST);
    }
    if (residents != NULL)
        cell_answers(table_cell(table, row, 3), range_times(difference(staff->range, shared_reference(residents)), 100),
                     staff->base, smaller(staff->yes, staff->base - staff->yes), LEAST);
}

/* delivered: without figures of the labour force the tables stay empty; they are there, for the list that is fixed before the
 * survey (plan.h). */
static void compare(struct result *result, const struct sample *sample, enum definition definition, const char *id,
                    const char *title, bool delivered)
{
    const struct inputs *inputs = result->inputs;
    const struct reference *residents = shared_working_age(inputs, definition);
    struct raw_table *table = result_table(result, id, title, BANDS, 4);
    struct raw_table *sources = shared_sources(result, arena_format(result->arena, "%s.reference", id), BANDS);
    table_column(table, 0, N_("Share of staff"), RELEASE_PERCENT, FOLLOWS_NONE);
    table_column(table, 1, N_("Share of the labour force"), RELEASE_PERCENT, FOLLOWS_NONE);
    table_column(table, 2, N_("Gap in points"), RELEASE_POINTS, 0);
    table_column(table, 3, N_("Gap to all residents in points"), RELEASE_POINTS, 0);
    if (!delivered)
        return;
    struct share all = sample_r1(sample, definition), rest = all;
    for (uint8_t band = 0; band < BANDS; band++) {
        const struct reference *force = labour_force(inputs, definition, required[band]);
        struct share share = band == 0 ? all : shared_band_share(sample, sample->history[definition], band);
        size_t row = band == 0 ? table_total(result, table) : shared_band_row(result, table, band);
        fill(table, row, &share, force, residents);
        if (force != NULL)
            shared_source_row(result, sources, table == NULL ? "" : table->rows[row].id, force);
        rest.base -= band == 0 ? 0 : share.base;
        rest.yes -= band == 0 ? 0 : share.yes;
    }
    table_partition(table, 0, rest.base, smaller(rest.yes, rest.base - rest.yes));
}

static enum status compute(const struct inputs *inputs, struct result *result, struct fail *fail)
{
    struct sample sample;
    enum status status = shared_sample(result, 0, &sample, fail);
    if (status != STATUS_OK)
        return status;
    compare(result, &sample, DEFINITION_TINTG_2021, "r5",
            N_("Staff and the labour force with the qualification asked for"), true);
    /* All that the employment statistics of the region tell. */
    compare(result, &sample, DEFINITION_STAATSANG, "r5.citizenship",
            N_("Without German citizenship: staff and the labour force with the qualification asked for"),
            labour_force(inputs, DEFINITION_STAATSANG, "*") != NULL);
    return STATUS_OK;
}

const struct indicator ind_r5 = {
    .id = "r5",
    .title = N_("Representation in the labour market"),
    .definition = N_(
        "Share of staff of a pay band minus the share of the region's labour force that has the qualification the band "
        "asks for; both under the same definition."),
    .misreading = N_(
        "It hides barriers that lie before the labour market, in school and training. It never replaces the gap to all "
        "residents beside it."),
    .method = N_("Newcombe range of the difference. Qualification: none for band 1, vocational training for band 2, "
                 "Bachelor for band 3, "
                 "Master for band 4."),
    .source = N_("Survey; figures of the labour force named in the table"),
    .unit = RELEASE_POINTS,
    .lowest = -100,
    .highest = 100,
    .answers_min = LEAST,
    .compute = compute,
};
