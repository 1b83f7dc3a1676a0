/* DQ4: what the share would be if people with immigration history had answered r times as often as others. */
#include "analysis/indicator.h"
#include "analysis/shared.h"
#include "analysis/stat_proportion.h"

enum { LEAST = 50 };

static enum status compute(const struct inputs *inputs, struct result *result, struct fail *fail)
{
    static const struct {
        double r;
        const char *id, *name;
    } steps[] = {
        { 0.5, "r.0.50", N_("half as often") },       { 0.67, "r.0.67", N_("two thirds as often") },
        { 0.8, "r.0.80", N_("0.8 times as often") },  { 1, "r.1.00", N_("as often") },
        { 1.25, "r.1.25", N_("1.25 times as often") }, { 1.5, "r.1.50", N_("1.5 times as often") },
        { 2, "r.2.00", N_("twice as often") },
    };
    struct sample sample;
    (void)inputs;
    enum status status = shared_sample(result, 0, &sample, fail);
    if (status != STATUS_OK)
        return status;
    struct share share = sample_r1(&sample, DEFINITION_TINTG_2021);
    struct raw_table *table = result_table(result, "dq4", N_("Sensitivity to who answered"), COUNT(steps), 1);
    table_column(table, 0, N_("Share with immigration history"), RELEASE_PERCENT, FOLLOWS_NONE);
    for (size_t k = 0; k < COUNT(steps); k++) {
        size_t row = table_row(result, table, steps[k].id, LABEL_KEY(steps[k].name));
        cell_answers_value(table_cell(table, row, 0), 100 * proportion_band(share.range.value, steps[k].r), share.base,
                           smaller(share.yes, share.base - share.yes), LEAST);
    }
    return STATUS_OK;
}

const struct indicator ind_dq4 = {
    .id = "dq4",
    .title = N_("Sensitivity band"),
    .definition = N_("Share with immigration history if these people answered half as often to twice as often as "
                     "others."),
    .misreading = N_("Not a range of chance: an honest width for who took part, which such a range hides."),
    .method = N_("p / (p + r (1 − p)) for fixed r."),
    .source = N_("Own method"),
    .unit = RELEASE_PERCENT,
    .lowest = 0,
    .highest = 100,
    .answers_min = LEAST,
    .compute = compute,
};
