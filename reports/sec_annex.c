/* Annex: the tables of departments that are too long for the chapters (tell_units), and those no chapter shows. Tables of
 * one column and one title, the means of the scales, are one table with a column each. A city of few departments has none,
 * and then no such annex. */
#include <string.h>

#include "reports/tell.h"

enum { ALIKE_MAX = 24, SCALES_MAX = 3 /* with their ranges and the department on one line */ };

static bool wanted(const struct tell *tell, const struct release_table *table)
{
    return tell_long(tell, table->id) && tell_delivered(tell, table->id);
}

static bool alike(const struct tell *tell, const struct release_table *one, const struct release_table *other)
{
    const struct language *language = tell->language;
    if (one->column_count != 1 || other->column_count != 1 || one->row_count != other->row_count ||
        strcmp(release_label(tell->release, &one->title, language),
               release_label(tell->release, &other->title, language)) != 0)
        return false;
    for (size_t row = 0; row < one->row_count; row++)
        if (strcmp(one->rows[row].id, other->rows[row].id) != 0)
            return false;
    return true;
}

/* Tables like the first one stand together, SCALES_MAX at a time; 0: one before it has taken it along. */
static size_t family(const struct tell *tell, size_t first, const struct release_table *found[SCALES_MAX])
{
    const struct release_table *tables = tell->release->tables;
    const struct release_table *all[ALIKE_MAX];
    size_t count = 0;
    size_t place = 0;
    for (size_t i = 0; i < tell->release->table_count && count < ALIKE_MAX; i++) {
        if (!wanted(tell, &tables[i]) || (i != first && !alike(tell, &tables[first], &tables[i])))
            continue;
        if (i == first)
            place = count;
        all[count++] = &tables[i];
    }
    if (place % SCALES_MAX != 0)
        return 0;
    size_t taken = 0;
    while (place < count && taken < SCALES_MAX)
        found[taken++] = all[place++];
    return taken;
}

static const char *scale_name(const struct tell *tell, const struct release_table *table)
{
    char id[32];
    size_t length = strcspn(table->id, ".");
    if (length >= sizeof id)
        return table->id;
    memcpy(id, table->id, length);
    id[length] = '\0';
    const struct indicator *indicator = indicator_find(id);
    return indicator == NULL ? table->id : tr(tell->language, indicator->title);
}

static struct doc_cell scale_cell(const struct tell *tell, const struct released *cell)
{
    const char *value = tell_number(tell, cell, RELEASE_SCORE);
    const char *range = cell->sign == SIGN_SHOWN ? tell_range(tell, cell, RELEASE_SCORE) : NULL;
    return (struct doc_cell){ .text = range == NULL ? value : tell_format(tell, "%s (%s)", value, range),
                              .spoken = cell->sign == SIGN_SHOWN ? NULL
                                                                 : release_sign_text(cell->sign, tell->language) };
}

/* The least number of answers behind a value of the row: the bases of the scales differ by the few who left one out. */
static struct released least_base(const struct release_table *const scales[], size_t count, size_t row)
{
    struct released least = { .sign = SIGN_SECRET };
    for (size_t i = 0; i < count; i++) {
        const struct released *cell = &scales[i]->cells[row];
        if (cell->sign != SIGN_SHOWN || cell->base == 0 || (least.sign == SIGN_SHOWN && least.value <= cell->base))
            continue;
        least = (struct released){ .sign = SIGN_SHOWN, .value = cell->base };
    }
    return least;
}

static void together(const struct tell *tell, const struct release_table *const scales[], size_t count)
{
    const size_t columns = count + 2;
    const size_t rows = scales[0]->row_count;
    const char *heads[SCALES_MAX + 2] = { tr(tell->language, "Department") };
    bool numeric[SCALES_MAX + 2] = { false };
    struct doc_cell *cells = tell_memory(tell, rows * columns, sizeof *cells);
    bool *total = tell_memory(tell, rows, sizeof *total);
    if (cells == NULL || total == NULL)
        return;
    const char *caption = release_label(tell->release, &scales[0]->title, tell->language);
    for (size_t i = 0; i < count; i++) {
        heads[i + 1] = scale_name(tell, scales[i]);
        caption = tell_format(tell, "%s%s %s", caption, i == 0 ? ":" : ",", heads[i + 1]);
    }
    heads[count + 1] = tr(tell->language, "Answers, at least");
    size_t kept = 0;
    for (size_t row = 0; row < rows; row++) {
        const struct released base = least_base(scales, count, row);
        struct doc_cell *line = &cells[kept * columns];
        if (base.sign != SIGN_SHOWN)
            continue;
        line[0].text = tell_label(tell, &scales[0]->rows[row]);
        total[kept++] = scales[0]->rows[row].total;
        for (size_t i = 0; i < count; i++)
            line[i + 1] = scale_cell(tell, &scales[i]->cells[row]);
        line[count + 1].text = tell_value(tell, &base, RELEASE_COUNT);
    }
    for (size_t i = 1; i < columns; i++)
        numeric[i] = true;
    if (kept == 0)
        return;
    doc_table(tell->doc, &(struct doc_table){ .caption = caption,
                                              .heads = heads, .numeric = numeric, .column_count = columns,
                                              .cells = cells, .total = total, .row_count = kept });
    tell_left_out(tell, rows - kept);
}

static void build(const struct release *release, struct doc *doc)
{
    struct tell tell = tell_open(release, doc);
    const struct language *language = doc->language;
    const struct release_table *found[SCALES_MAX];
    bool begun = false;
    for (size_t i = 0; i < release->table_count; i++) {
        const struct release_table *table = &release->tables[i];
        size_t count = wanted(&tell, table) ? family(&tell, i, found) : 0;
        if (count > 0 && !begun)
            doc_annex(doc, "annex", tr(language, N_("Tables by department")));
        begun = begun || count > 0;
        bool counted = table->column_count > 0 && table->columns[0].unit == RELEASE_COUNT;
        if (count > 1)
            together(&tell, found, count);
        else if (count == 1)
            tell_table(&tell, &(struct tell_table){ .id = table->id, .head = tr(language, "Department"),
                                                    .base = !counted, .shown_only = !counted });
    }
}

const struct section section_annex = {
    .id = "annex",
    .title = N_("Tables by department"),
    .build = build,
};
