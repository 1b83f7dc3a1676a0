/* Written in the office: what the administration proposes to the council. report_build adds the text. */
#include "reports/section.h"

static void build(const struct release *release, struct doc *doc)
{
    (void)release;
    doc_heading(doc, 1, "advice", tr(doc->language, N_("Recommendations to the council")));
}

const struct section section_advice = {
    .id = "advice",
    .title = N_("Recommendations to the council"),
    .hint = N_("What the administration proposes after this report. One line with \"- \" each."),
    .build = build,
};
