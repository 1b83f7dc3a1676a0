/* Recommendations of the council and what became of them: measures by state and year. Texts of the city stand in the
 * chapters "You said – we did" and "Recommendations to the council". */
#include "reports/tell.h"

static const struct tell_part parts[] = {
    { "o6", N_("Measures and their state") },
};

static void build(const struct release *release, struct doc *doc)
{
    struct tell tell = tell_open(release, doc);
    doc_heading(doc, 1, "measures", tr(doc->language, N_("The recommendations: state and history")));
    (void)tell_chapter(&tell, &(struct tell_chapter){
                                  .id = "measures", .parts = parts, .count = COUNT(parts),
                                  .how = N_("Needed are the tables of recommendations, of measures and of their state "
                                            "(import).") });
}

const struct section section_measures = {
    .id = "measures",
    .title = N_("The recommendations: state and history"),
    .build = build,
};
