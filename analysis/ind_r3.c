/* R3: staff beside residents under the same definition (rule V-REF). A reference of another one is never used. */
#include "analysis/indicator.h"
#include "analysis/shared.h"

enum { LEAST = 50 };

static void row(struct result *result, struct raw_table *table, struct raw_table *sources, const struct share *staff,
                const struct reference *reference)
{
    enum definition definition = reference->definition;
    struct range residents = shared_reference(reference);
    size_t at = table_row(result, table, definition_code(definition), LABEL_KEY(definition_name(definition)));
    shared_share(table_cell(table, at, 0), staff, LEAST);
    cell_open(table_cell(table, at, 1), 100 * residents.value);
    shared_gap(table_cell(table, at, 2), staff, residents, LEAST);
    shared_ratio(table_cell(table, at, 3), staff, residents, LEAST);
    shared_source_row(result, sources, definition_code(definition), reference);
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
    struct raw_table *sources = shared_sources(result, "r3.reference", DEFINITION_COUNT);
    for (enum definition d = DEFINITION_STAATSANG; d < DEFINITION_COUNT; d++) {
        const struct reference *reference = shared_working_age(inputs, d);
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
