/* Written in the office: what staff said and what the administration did. report_build adds the text. */
#include "reports/section.h"

static void build(const struct release *release, struct doc *doc)
{
    (void)release;
    doc_heading(doc, 1, "said", tr(doc->language, N_("You said – we did")));
}

const struct section section_said = {
    .id = "said",
    .title = N_("You said – we did"),
    .hint = N_("One point a line: what came up in the survey, and what became of it. Measures that were dropped belong here, too."),
    .build = build,
};
