/* Who comes, who stays, who moves up: applications, selection, new hires, trainees, exits, promotion, projection. */
#include "reports/tell.h"

static const struct tell_part parts[] = {
    { "p1", N_("Share among applicants") },
    { "p2", N_("From stage to stage of the selection") },
    { "p3", N_("Selection rates compared") },
    { "p4", N_("The same standards for all") },
    { "r8", N_("Share among new hires") },
    { "r9", N_("Share among trainees") },
    { "p5", N_("Training completed and taken over") },
    { "p6", N_("Advertisements that name intercultural competence") },
    { "b1", N_("Exits at own request") },
    { "b2", N_("Still here after 24 months") },
    { "b3", N_("Promotion and upgrading") },
    { "r12", N_("How the share will move: a projection") },
};

static void build(const struct release *release, struct doc *doc)
{
    struct tell tell = tell_open(release, doc);
    doc_heading(doc, 1, "recruitment", tr(doc->language, N_("Who comes, who stays, who moves up?")));
    (void)tell_chapter(&tell, &(struct tell_chapter){
                                  .id = "recruitment", .parts = parts, .count = COUNT(parts),
                                  .how = N_("Needed are the tables of applications, of entries and exits, of trainees "
                                            "and of advertisements (import).") });
}

const struct section section_recruitment = {
    .id = "recruitment",
    .title = N_("Who comes, who stays, who moves up?"),
    .build = build,
};
