/* O2: letters, forms and pages that were checked for plain language, tested with users, translated. */
#include "analysis/counted.h"
#include "analysis/inputs.h"

enum { LEAST = 10 };

struct shelf {
    double documents, plain, tested, translated, copies, plain_copies;
};

static void put(struct shelf *shelf, const struct document *document)
{
    shelf->documents++;
    shelf->plain += document->plain;
    shelf->tested += document->tested;
    shelf->translated += document->translations[0] != '\0';
    shelf->copies += document->copies;
    shelf->plain_copies += document->plain ? document->copies : 0;
}

/* department -1: the whole city. */
static struct shelf shelf_of(const struct sample *sample, int department)
{
    struct shelf shelf = { 0 };
    const struct registers *registers = &sample->inputs->registers;
    for (size_t i = 0; i < registers->document_count; i++)
        if (department < 0 || counted_department(sample, registers->documents[i].unit) == department)
            put(&shelf, &registers->documents[i]);
    return shelf;
}

static void fill(struct raw_table *table, size_t row, const struct shelf *shelf)
{
    const double parts[] = { shelf->plain, shelf->tested, shelf->translated };
    if (shelf->documents > 0)
        cell_open(table_cell(table, row, 0), shelf->documents);
    for (size_t c = 0; c < COUNT(parts); c++)
        counted_share(table_cell(table, row, 1 + c), parts[c], shelf->documents, LEAST);
    if (shelf->documents > 0 && shelf->documents < LEAST)
        cell_sign(table_cell(table, row, 4), SIGN_UNSAFE);
    else if (shelf->copies > 0)
        cell_open(table_cell(table, row, 4), 100 * shelf->plain_copies / shelf->copies);
}

static enum status compute(const struct inputs *inputs, struct result *result, struct fail *fail)
{
    struct sample sample;
    (void)inputs;
    enum status status = shared_sample(result, 0, &sample, fail);
    if (status != STATUS_OK)
        return status;
    struct raw_table *table = result_table(result, "o2", N_("Documents in use"), sample.department_count + 1, 5);
    table_column(table, 0, N_("Documents"), RELEASE_COUNT, FOLLOWS_NONE);
    table_column(table, 1, N_("checked for plain language"), RELEASE_PERCENT, FOLLOWS_NONE);
    table_column(table, 2, N_("tested with users"), RELEASE_PERCENT, FOLLOWS_NONE);
    table_column(table, 3, N_("translated"), RELEASE_PERCENT, FOLLOWS_NONE);
    table_column(table, 4, N_("checked, by print run"), RELEASE_PERCENT, FOLLOWS_NONE);
    struct shelf all = shelf_of(&sample, -1);
    fill(table, table_total(result, table), &all);
    for (size_t d = 0; d < sample.department_count; d++) {
        struct shelf shelf = shelf_of(&sample, (int)d);
        if (shelf.documents > 0)
            fill(table, shared_unit_row(result, table, &sample, d), &shelf);
    }
    return STATUS_OK;
}

const struct indicator ind_o2 = {
    .id = "o2",
    .title = N_("Understandable documents"),
    .definition = N_("Share of letters, forms, web pages and notices in use that were checked for plain language, tested with "
                     "users, or translated; the first also weighted by the print run of a year."),
    .misreading = N_("A translated letter that nobody understands stays one: read translations beside the checks."),
    .method = N_("Register of documents, no sample; from ten documents."),
    .source = N_("Register of documents"),
    .unit = RELEASE_PERCENT,
    .lowest = 0,
    .highest = 100,
    .answers_min = LEAST,
    .compute = compute,
};
