/* What the report rests on: sources with their dates, and what each definition of immigration history counts here. */
#include <string.h>

#include "reports/tell.h"

enum { SOURCES_MAX = 24 };

static const char *date_text(const struct tell *tell)
{
    const struct release *release = tell->release;
    struct buf date;
    if (release->cube_year == 0)
        return release_sign(SIGN_PENDING);
    buf_init(&date, 200);
    buf_date(&date, tell->language, release->cube_year, release->cube_month, release->cube_day);
    const char *text = tell_format(tell, "%s", date.bytes == NULL ? "?" : date.bytes);
    if (date.failed)
        tell->doc->status = STATUS_MEMORY;
    buf_free(&date);
    return text;
}

static void add_source(struct doc_cell cells[], size_t *rows, const char *source, const char *size)
{
    for (size_t row = 0; row < *rows; row++)
        if (strcmp(cells[2 * row].text, source) == 0)
            return;
    if (*rows == SOURCES_MAX)
        return;
    cells[2 * *rows] = (struct doc_cell){ source, NULL };
    cells[2 * *rows + 1] = (struct doc_cell){ size, NULL };
    (*rows)++;
}

/* Of all comparisons, each delivery once. */
static void add_references(const struct tell *tell, struct doc_cell cells[], size_t *rows)
{
    for (size_t t = 0; t < tell->release->table_count; t++) {
        const struct release_table *table = &tell->release->tables[t];
        for (size_t row = 0; tell_is_reference(table) && row < table->row_count; row++)
            add_source(cells, rows, tell_label(tell, &table->rows[row]),
                       tell_value(tell, &table->cells[row * table->column_count + 2], RELEASE_COUNT));
    }
}

static void sources(const struct tell *tell)
{
    const struct language *language = tell->language;
    const char *heads[] = { tr(language, "Source"), tr(language, "Persons") };
    const bool numeric[] = { false, true };
    struct doc_cell cells[2 * SOURCES_MAX];
    bool total[SOURCES_MAX] = { false };
    size_t rows = 0;
    doc_heading(tell->doc, 2, "basis-sources", tr(language, "Where the figures come from"));
    doc_paragraph(tell->doc, tr(language, "The report joins what staff say, what the personnel office counts and what "
                                          "is known of the residents. A figure is compared only with a figure of the "
                                          "same definition. Measured are structures and groups, never single people."));
    add_source(cells, &rows,
               tell_format(tell, tr(language, "Survey of staff, voluntary and anonymous, %s"),
                           tell->release->wave == NULL ? release_sign(SIGN_PENDING) : tell->release->wave),
               tell_value(tell, tell_cell(tell, "dq1.unit", "total", 1), RELEASE_COUNT));
    add_source(cells, &rows,
               tell_format(tell, tr(language, "Personnel statistics, counts rounded to 5, %s"), date_text(tell)),
               tell_value(tell, tell_cell(tell, "dq1.unit", "total", 0), RELEASE_COUNT));
    add_references(tell, cells, &rows);
    doc_table(tell->doc, &(struct doc_table){ .caption = tr(language, "Sources of the report"), .heads = heads,
                                              .numeric = numeric, .column_count = 2, .cells = cells, .total = total,
                                              .row_count = rows });
}

static void definitions(const struct tell *tell)
{
    const struct language *language = tell->language;
    const struct released *cell = tell_cell(tell, "r1", "total", 0);
    if (!tell_delivered(tell, "r1.definition"))
        return;
    doc_heading(tell->doc, 2, "basis-definitions", tr(language, "Whom the definitions count"));
    doc_paragraph(tell->doc, tr(language, "Laws and statistics count different people. The chart shows how large the "
                                          "share of the same staff is under each definition. The report uses the "
                                          "Participation and Integration Act NRW of 2021, unless it says otherwise."));
    if (cell->sign == SIGN_SHOWN)
        tell_shares(tell, "r1.definition", 0, tr(language, "The same staff under each definition"), "TINTG_2021");
    tell_table(tell, &(struct tell_table){ .id = "r1.definition", .head = tr(language, "Definition"), .base = true });
    tell_note(tell, "r1");
}

static void build(const struct release *release, struct doc *doc)
{
    struct tell tell = tell_open(release, doc);
    doc_heading(doc, 1, "basis", tr(doc->language, N_("Terms and sources")));
    sources(&tell);
    definitions(&tell);
}

const struct section section_basis = {
    .id = "basis",
    .title = N_("Terms and sources"),
    .build = build,
};
