/* R9: immigration history among trainees, beside residents of their age. */
#include "analysis/indicator.h"
#include "analysis/inputs.h"
#include "analysis/shared.h"

enum { LEAST = 30, YOUNG_LOW = 15, YOUNG_HIGH = 24 };

/* Residents of 15 to 24 under the definition of the staff's share; NULL when none was delivered (V-REF). */
static const struct reference *young(const struct inputs *inputs)
{
    const struct reference *best = NULL;
    for (size_t i = 0; i < inputs->reference_count; i++) {
        const struct reference *one = &inputs->references[i];
        if (one->definition == DEFINITION_TINTG_2021 && one->age_low == YOUNG_LOW && one->age_high == YOUNG_HIGH &&
            shared_residents(one) && (best == NULL || one->year > best->year))
            best = one;
    }
    return best;
}

static enum status compute(const struct inputs *inputs, struct result *result, struct fail *fail)
{
    struct sample sample;
    enum status status = shared_sample(result, 0, &sample, fail);
    if (status != STATUS_OK)
        return status;
    struct share share = sample_share(&sample, sample.history[DEFINITION_TINTG_2021], sample.band, 0, sample_staff(&sample, -1, 0));
    const struct reference *reference = young(inputs);
    struct raw_table *table = result_table(result, "r9", N_("Share with immigration history among trainees"), 1, 3);
    table_column(table, 0, N_("Share of trainees"), RELEASE_PERCENT, FOLLOWS_NONE);
    table_column(table, 1, N_("Residents aged 15 to 24"), RELEASE_PERCENT, FOLLOWS_NONE);
    table_column(table, 2, N_("Gap in points"), RELEASE_POINTS, FOLLOWS_NONE);
    size_t row = table_row(result, table, "trainees", LABEL_KEY(N_("Trainees")));
    shared_share(table_cell(table, row, 0), &share, LEAST);
    struct raw_table *sources = shared_sources(result, "r9.reference", 1); /* without a reference, too: it is on the list (plan.h) */
    if (reference == NULL)
        return STATUS_OK;
    struct range residents = shared_reference(reference);
    cell_open(table_cell(table, row, 1), 100 * residents.value);
    shared_source_row(result, sources, "trainees", reference);
    shared_gap(table_cell(table, row, 2), &share, residents, LEAST);
    return STATUS_OK;
}

const struct indicator ind_r9 = {
    .id = "r9",
    .title = N_("Share among trainees"),
    .definition = N_("Share with immigration history among apprentices, dual students and candidates, beside residents aged 15 to 24 "
                     "under the same definition."),
    .misreading = N_("Compare with young residents, not with all residents: among them the share is higher."),
    .method = N_("As the share of staff, with the number of trainees as population; Newcombe range of the difference."),
    .source = N_("Survey; population figures by age"),
    .unit = RELEASE_PERCENT,
    .lowest = 0,
    .highest = 100,
    .answers_min = LEAST,
    .compute = compute,
};
