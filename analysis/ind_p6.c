/* P6: job advertisements that name intercultural competence, and of these the ones that assess it. */

#include "analysis/counted.h"
#include "analysis/inputs.h"

enum { LEAST = 20 };

struct adverts {
    double count, named, assessed;
};

/* department -1: the whole city. */
static struct adverts adverts_of(const struct sample *sample, int year, bool contact, int department)
{
    struct adverts sum = { 0 };
    const struct registers *registers = &sample->inputs->registers;
    for (size_t i = 0; i < registers->advert_count; i++) {
        const struct advert *advert = &registers->adverts[i];
        if (advert->year != year || advert->contact != contact ||
            (department >= 0 && counted_department(sample, advert->unit) != department))
            continue;
        sum.count += advert->count;
        sum.named += advert->named;
        sum.assessed += advert->assessed;
    }
    return sum;
}

static void columns(struct raw_table *table)
{
    table_column(table, 0, N_("Advertisements"), RELEASE_COUNT, FOLLOWS_NONE);
    table_column(table, 1, N_("name the competence"), RELEASE_PERCENT, FOLLOWS_NONE);
    table_column(table, 2, N_("of these assess it"), RELEASE_PERCENT, FOLLOWS_NONE);
}

static void fill(struct raw_table *table, size_t row, const struct adverts *adverts)
{
    if (adverts->count == 0)
        return;
    cell_open(table_cell(table, row, 0), adverts->count);
    counted_share(table_cell(table, row, 1), adverts->named, adverts->count, LEAST);
    if (adverts->named > 0)
        counted_share(table_cell(table, row, 2), adverts->count < LEAST ? 0 : adverts->assessed,
                      adverts->count < LEAST ? 0 : adverts->named, 1);
    else
        cell_sign(table_cell(table, row, 2), SIGN_VOID);
}

static enum status compute(const struct inputs *inputs, struct result *result, struct fail *fail)
{
    struct sample sample;
    enum status status = shared_sample(result, 0, &sample, fail);
    if (status != STATUS_OK)
        return status;
    int year = counted_year(inputs);
    struct raw_table *table = result_table(result, "p6", N_("Job advertisements for posts with client contact"),
                                           sample.department_count + 2, 3);
    columns(table);
    struct adverts all = adverts_of(&sample, year, true, -1);
    struct adverts others = adverts_of(&sample, year, false, -1);
    fill(table, table_total(result, table), &all);
    for (size_t d = 0; d < sample.department_count; d++) {
        struct adverts adverts = adverts_of(&sample, year, true, (int)d);
        if (adverts.count > 0)
            fill(table, shared_unit_row(result, table, &sample, d), &adverts);
    }
    fill(table, table_row(result, table, "others", LABEL_KEY(N_("for comparison: posts without client contact"))), &others);
    table = result_table(result, "p6.wave", N_("Job advertisements over the years"), inputs->wave_count, 3);
    columns(table);
    for (size_t w = 0; w < inputs->wave_count; w++) {
        const char *name = inputs->waves[w].name;
        struct adverts adverts = adverts_of(&sample, inputs->waves[w].year, true, -1);
        fill(table, shared_row_format(result, table, "wave.", name, LABEL_NAME(name)), &adverts);
    }
    return STATUS_OK;
}

const struct indicator ind_p6 = {
    .id = "p6",
    .title = N_("Job advertisements that name intercultural competence"),
    .definition = N_("Share of the advertisements for posts with client contact that name intercultural competence as a "
                     "criterion, and share of these whose procedure assesses it."),
    .misreading = N_("Naming a criterion without assessing it is decoration: always read both numbers."),
    .method = N_("Full count of advertisements; from 20 of them."),
    .source = N_("Register of advertisements"),
    .unit = RELEASE_PERCENT,
    .lowest = 0,
    .highest = 100,
    .answers_min = LEAST,
    .compute = compute,
};
