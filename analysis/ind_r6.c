/* R6: R1 within the pay bands. */
#include "analysis/indicator.h"
#include "analysis/shared.h"

enum { LEAST = 50 };

static enum status compute(const struct inputs *inputs, struct result *result, struct fail *fail)
{
    struct sample sample;
    (void)inputs;
    enum status status = shared_sample(result, 0, &sample, fail);
    if (status != STATUS_OK)
        return status;
    struct raw_table *table = result_table(result, "r6", N_("Share with immigration history by pay band"), 6, 1);
    table_column(table, 0, N_("Share with immigration history"), RELEASE_PERCENT, FOLLOWS_NONE);
    const uint8_t *history = sample.history[DEFINITION_TINTG_2021];
    struct share all = sample_r1(&sample, DEFINITION_TINTG_2021), rest = all;
    shared_share(table_cell(table, table_total(result, table), 0), &all, LEAST);
    for (uint8_t band = 0; band < 5; band++) {
        struct share share = shared_band_share(&sample, history, band);
        shared_share(table_cell(table, shared_band_row(result, table, band), 0), &share, LEAST);
        rest.base -= share.base;
        rest.yes -= share.yes;
    }
    table_partition(table, 0, rest.base, smaller(rest.yes, rest.base - rest.yes));
    return STATUS_OK;
}

const struct indicator ind_r6 = {
    .id = "r6",
    .title = N_("Share by pay band"),
    .definition = N_("Share of staff with immigration history within each pay band."),
    .misreading = N_("The gradient is the message, not a single band. A 9 and A 13 stand in two bands."),
    .method = N_("As the share of all staff; finite population by the staff of the band."),
    .source = N_("Survey; staff by band from the personnel department"),
    .unit = RELEASE_PERCENT,
    .lowest = 0,
    .highest = 100,
    .answers_min = LEAST,
    .compute = compute,
};
