/* Annex: the tables of departments that are too long for the chapters (tell_units), and those no chapter shows. A city of
 * few departments has none, and then no annex. */
#include <string.h>

#include "reports/tell.h"

static bool by_department(const struct release_table *table)
{
    return table->row_count > 1 && table->column_count > 0 &&
           strncmp(table->rows[table->row_count - 1].id, "unit.", 5) == 0;
}

static void build(const struct release *release, struct doc *doc)
{
    struct tell tell = tell_open(release, doc);
    const struct language *language = doc->language;
    bool begun = false;
    for (size_t i = 0; i < release->table_count; i++) {
        const struct release_table *table = &release->tables[i];
        if (!by_department(table) || !tell_long(&tell, table->id) || !tell_delivered(&tell, table->id))
            continue;
        if (!begun)
            doc_heading(doc, 1, "annex", tr(language, N_("Annex: tables by department")));
        begun = true;
        bool counted = table->columns[0].unit == RELEASE_COUNT;
        tell_table(&tell, &(struct tell_table){ .id = table->id, .head = tr(language, "Department"),
                                                .base = !counted, .shown_only = !counted });
    }
}

const struct section section_annex = {
    .id = "annex",
    .title = N_("Annex: tables by department"),
    .build = build,
};
