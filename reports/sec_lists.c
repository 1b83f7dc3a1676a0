/* Lists of figures and tables, at the end: the first pages belong to what the report says. */
#include "reports/tell.h"

static void build(const struct release *release, struct doc *doc)
{
    const struct language *language = doc->language;
    (void)release;
    if (doc->figure_count + doc->table_count == 0)
        return;
    doc_annex(doc, "lists", tr(language, N_("Figures and tables")));
    if (doc->figure_count > 0) {
        doc_heading(doc, 2, "lists-figures", tr(language, N_("List of figures")));
        doc_contents(doc, LISTED_FIGURES);
    }
    if (doc->table_count > 0) {
        doc_heading(doc, 2, "lists-tables", tr(language, N_("List of tables")));
        doc_contents(doc, LISTED_TABLES);
    }
}

const struct section section_lists = {
    .id = "lists",
    .title = N_("Figures and tables"),
    .listing = true,
    .build = build,
};
