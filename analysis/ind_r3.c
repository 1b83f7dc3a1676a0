/* R3: staff beside residents under the same definition (rule V-REF). A reference of another one is never used. */
#include "analysis/indicator.h"
#include "analysis/shared.h"
#include "analysis/stat_diff.h"

#include <string.h>

enum { LEAST = 50 };
static const double relevant = 3;

/* Working age before all residents, then the latest. */
static bool better(const struct reference *a, const struct reference *b)
{
    bool age_a = strcmp(a->scope, "ERWERBSFAEHIG_15_64") == 0, age_b = strcmp(b->scope, "ERWERBSFAEHIG_15_64") == 0;
    if (age_a != age_b)
        return age_a;
    return a->year * 400 + a->month * 31 + a->day > b->year * 400 + b->month * 31 + b->day;
}

static const struct reference *reference_of(const struct inputs *inputs, enum definition definition)
{
    const struct reference *best = NULL;
    for (size_t i = 0; i < inputs->reference_count; i++) {
        const struct reference *one = &inputs->references[i];
        bool ages = (one->age_low == -1 && one->age_high == -1) || (one->age_low == 15 && one->age_high == 64);
        if (one->definition == definition && ages && shared_residents(one) && (best == NULL || better(one, best)))
            best = one;
    }
    return best;
}

static void row(struct result *result, struct raw_table *table, struct raw_table *sources, const struct share *staff,
                const struct reference *reference)
{
    enum definition definition = reference->definition;
    struct range residents = shared_reference(reference), gap = difference(staff->range, residents);
    uint32_t outside = smaller(staff->yes, staff->base - staff->yes);
    size_t at = table_row(result, table, definition_code(definition), LABEL_KEY(definition_name(definition)));
    shared_share(table_cell(table, at, 0), staff, LEAST);
    cell_open(table_cell(table, at, 1), 100 * residents.value);
    struct raw_cell *cell = table_cell(table, at, 2);
    cell_answers(cell, range_times(gap, 100), staff->base, outside, LEAST);
    if (cell != NULL)
        cell->word = staff->base < LEAST ? WORD_TOO_FEW : difference_word(range_times(gap, 100), relevant);
    cell_answers(table_cell(table, at, 3), ratio(staff->range, residents), staff->base, outside, LEAST);

    const char *label = arena_format(result->arena, "%s, %s, %s, %04d-%02d-%02d", reference->place, reference->source,
                                     reference->scope, reference->year, reference->month, reference->day);
    if (label == NULL)
        result->status = STATUS_MEMORY;
    at = table_row(result, sources, definition_code(definition), LABEL_NAME(label));
    cell_open(table_cell(sources, at, 0), 100 * residents.value);
    cell_open(table_cell(sources, at, 1), reference->group);
    cell_open(table_cell(sources, at, 2), reference->total);
}

static enum status compute(const struct inputs *inputs, struct result *result, struct fail *fail)
{
    struct sample sample;
    enum status status = shared_sample(result, 0, &sample, fail);
    if (status != STATUS_OK)
        return status;
    struct raw_table *table = result_table(result, "r3", N_("Staff and residents under the same definition"),
                                           DEFINITION_COUNT, 4);
    table_column(table, 0, N_("Share of staff"), RELEASE_PERCENT, FOLLOWS_NONE);
    table_column(table, 1, N_("Share of residents"), RELEASE_PERCENT, FOLLOWS_NONE);
    table_column(table, 2, N_("Gap in points"), RELEASE_POINTS, FOLLOWS_NONE);
    table_column(table, 3, N_("Ratio"), RELEASE_RATIO, FOLLOWS_NONE);
    struct raw_table *sources = result_table(result, "r3.reference", N_("Sources of the comparison"),
                                             DEFINITION_COUNT, 3);
    table_column(sources, 0, N_("Share of residents"), RELEASE_PERCENT, FOLLOWS_NONE);
    table_column(sources, 1, N_("Persons in the group"), RELEASE_COUNT, FOLLOWS_NONE);
    table_column(sources, 2, N_("Persons"), RELEASE_COUNT, FOLLOWS_NONE);
    for (enum definition d = DEFINITION_STAATSANG; d < DEFINITION_COUNT; d++) {
        const struct reference *reference = reference_of(inputs, d);
        if (reference == NULL)
            continue;
        struct share staff = sample_r1(&sample, d);
        row(result, table, sources, &staff, reference);
    }
    return STATUS_OK;
}

const struct indicator ind_r3 = {
    .id = "r3",
    .title = N_("Representation gap and ratio"),
    .definition = N_("Share of staff minus, and divided by, the share of residents of working age; both under "
                     "the same definition."),
    .misreading = N_("A gap describes, it does not prove discrimination. Shares under different definitions "
                     "differ by ten points for the same city and are never compared."),
    .method = N_("Newcombe range of the difference, log-normal range of the ratio; the error of a sample source "
                 "is included."),
    .source = N_("Survey; population figures named in the table"),
    .unit = RELEASE_POINTS,
    .lowest = -100,
    .highest = 100,
    .answers_min = LEAST,
    .compute = compute,
};
