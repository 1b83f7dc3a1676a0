/* B4: training on dealing with diversity in the last three years, whether it helped, and why people did not go. */
#include "analysis/answered.h"
#include "analysis/indicator.h"

enum { LEAST = 10 };
#define CODE(code) ANSWERED_CODE(code)
#define EVERYBODY (CODE(1) | CODE(2) | CODE(3) | CODE(4) | CODE(5))

/* Pending when nobody in the city answered: then the question was not asked. */
static void fill(struct raw_cell *cell, const struct sample *sample, const struct answered *share, enum answered_part part)
{
    struct answered_count count = answered_count(sample, share, part, WEIGHTS_NONE);
    if (answered_count(sample, share, ANSWERED_ALL, WEIGHTS_NONE).base > 0)
        answered_cell(cell, &count, LEAST);
}

static enum status compute(const struct inputs *inputs, struct result *result, struct fail *fail)
{
    static const struct answered shares[] = {
        { "FB1", NULL, CODE(1) | CODE(2), EVERYBODY, 0 },
        { "FB1", NULL, CODE(1), CODE(1) | CODE(2), 0 },
    };
    static const char *const heads[] = { N_("took part in three years"), N_("of these it helped") };
    static const struct {
        const char *id, *name;
        uint32_t code;
    } reasons[] = { { "offer", N_("no suitable offer"), CODE(3) }, { "time", N_("no time"), CODE(4) }, { "need", N_("no need"), CODE(5) } };
    struct sample sample;
    enum status status = shared_sample(result, 0, &sample, fail);
    if (status != STATUS_OK)
        return status;
    (void)inputs;
    answered_units(result, &sample, "b4.unit", N_("Training on dealing with diversity"), shares, heads, COUNT(shares), LEAST);
    struct raw_table *table = result_table(result, "b4", N_("Training: leaders and staff with client contact"), 2, COUNT(shares));
    static const char *const ids[] = { "leaders", "contact" };
    static const char *const names[] = { N_("leaders"), N_("with client contact") };
    for (size_t c = 0; c < COUNT(shares); c++)
        table_column(table, c, heads[c], RELEASE_PERCENT, FOLLOWS_NONE);
    for (size_t i = 0; i < COUNT(ids); i++) {
        size_t row = table_row(result, table, ids[i], LABEL_KEY(names[i]));
        for (size_t c = 0; c < COUNT(shares); c++)
            fill(table_cell(table, row, c), &sample, &shares[c], i == 0 ? ANSWERED_LEADERS : ANSWERED_CONTACT);
    }
    table = result_table(result, "b4.reason", N_("Why not: of those who did not take part"), COUNT(reasons), 1);
    table_column(table, 0, N_("Share"), RELEASE_PERCENT, FOLLOWS_NONE);
    for (size_t i = 0; i < COUNT(reasons); i++) {
        struct answered share = { "FB1", NULL, reasons[i].code, CODE(3) | CODE(4) | CODE(5), 0 };
        fill(table_cell(table, table_row(result, table, reasons[i].id, LABEL_KEY(reasons[i].name)), 0), &sample, &share, ANSWERED_ALL);
    }
    return STATUS_OK;
}

const struct indicator ind_b4 = {
    .id = "b4",
    .title = N_("Training participation and usefulness"),
    .definition = N_("Share of staff with training on dealing with diversity in the last three years, share of these whom it helped at "
                     "work, and reasons of the others."),
    .misreading = N_("Taking part is effort, not effect. Whether it helped is what people say themselves."),
    .method = N_("Shares of the answers without weights, Wilson's range with the staff as population."),
    .source = N_("Survey"),
    .unit = RELEASE_PERCENT,
    .lowest = 0,
    .highest = 100,
    .answers_min = LEAST,
    .compute = compute,
};
