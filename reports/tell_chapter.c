/* A chapter from a list of indicators: each that has data gets its heading, its definition, its tables with a chart where
 * one helps; those without data are named together in one line instead of empty pages. For indicators of which the
 * report has nothing more to say than their numbers; sections with sentences of their own do not use it. */
#include <math.h>
#include <string.h>

#include "reports/tell.h"

enum { CHART_ROWS_MAX = 16, PLACE_MAX = 64 };

static bool belongs(const char *table, const char *indicator)
{
    size_t length = strlen(indicator);
    return strncmp(table, indicator, length) == 0 && (table[length] == '\0' || table[length] == '.');
}

static bool has_data(const struct tell *tell, const char *indicator)
{
    for (size_t i = 0; i < tell->release->table_count; i++)
        if (belongs(tell->release->tables[i].id, indicator) && tell_delivered(tell, tell->release->tables[i].id))
            return true;
    return false;
}

/* Shares with ranges are seen better than read. */
static void add_chart(const struct tell *tell, const struct release_table *table)
{
    size_t ranged = 0;
    for (size_t row = 0; row < table->row_count; row++)
        ranged += table->cells[row * table->column_count].ranged ? 1 : 0;
    if (table->columns[0].unit != RELEASE_PERCENT || ranged < 2 || table->row_count > CHART_ROWS_MAX)
        return;
    /* Two shares side by side are a pair: of one group and of the other. */
    const bool pair = table->column_count > 1 && table->columns[1].unit == RELEASE_PERCENT;
    const char *caption = release_label(tell->release, &table->title, tell->language);
    if (!pair) {
        tell_shares(tell, table->id, 0, caption, "total");
        return;
    }
    tell_chart(tell, &(struct tell_chart){
                         .id = table->id, .form = CHART_DOTS, .value = 0, .reference = 1, .caption = caption,
                         .key_value = release_label(tell->release, &table->columns[0].label, tell->language),
                         .key_reference = release_label(tell->release, &table->columns[1].label, tell->language),
                         .axis = tr(tell->language, "per cent"), .lowest = 0, .highest = (double)NAN,
                         .accent = "total" });
}

static void add_indicator(const struct tell *tell, const struct tell_chapter *chapter, const struct tell_part *part)
{
    const char *id = part->id;
    const struct indicator *found = indicator_find(id);
    doc_heading(tell->doc, 2, tell_format(tell, "%s-%s", chapter->id, id), tr(tell->language, part->name));
    if (found != NULL && found->definition != NULL)
        doc_paragraph(tell->doc, tr(tell->language, found->definition));
    if (part->figure != NULL)
        part->figure(tell);
    for (size_t i = 0; i < tell->release->table_count; i++) {
        const struct release_table *table = &tell->release->tables[i];
        if (!belongs(table->id, id) || !tell_delivered(tell, table->id) || table->row_count == 0 ||
            tell_is_reference(table))
            continue;
        if (part->figure == NULL)
            add_chart(tell, table);
        struct tell_table wanted = { .id = table->id, .head = tr(tell->language, "Group"),
                                     .shown_only = tell_departments(table) };
        if (tell_long(tell, table->id)) /* the city's figures belong into the chapter */
            tell_table(tell, &(struct tell_table){ .id = table->id, .head = wanted.head, .total_only = true });
        tell_units(tell, &wanted);
    }
    tell_references(tell, id);
    tell_note(tell, id);
}

size_t tell_chapter(const struct tell *tell, const struct tell_chapter *chapter)
{
    const char *missing = "";
    size_t told = 0;
    for (size_t i = 0; i < chapter->count; i++) {
        const struct tell_part *part = &chapter->parts[i];
        const char *name = tr(tell->language, part->name);
        if (has_data(tell, part->id)) {
            add_indicator(tell, chapter, part);
            told++;
        } else if (part->how != NULL) {
            tell_missing(tell, name, tr(tell->language, part->how));
        } else {
            missing = tell_format(tell, "%s%s%s", missing, *missing == '\0' ? "" : ", ", name);
        }
    }
    if (*missing != '\0' && chapter->how != NULL)
        tell_missing(tell, missing, tr(tell->language, chapter->how));
    return told;
}
