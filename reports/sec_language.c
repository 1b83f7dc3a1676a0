/* Does our staff fit the need: languages asked for and spoken, contacts that failed, interpreting, load. */
#include "reports/tell.h"

static const struct tell_part parts[] = {
    { "s1", N_("Contacts in which German was not enough") },
    { "s2", N_("Languages: need and supply") },
    { "s3", N_("Contacts left unsolved or solved as a makeshift") },
    { "s4", N_("Interpreting: uses and waiting time") },
    { "s5", N_("Language skills that are there and used") },
    { "s6", N_("Load for each full-time post") },
};

static void build(const struct release *release, struct doc *doc)
{
    struct tell tell = tell_open(release, doc);
    doc_heading(doc, 1, "language", tr(doc->language, N_("Does our staff fit the need?")));
    (void)tell_chapter(&tell, &(struct tell_chapter){
                                  .id = "language", .parts = parts, .count = COUNT(parts),
                                  .how = N_("Needed are the count of contacts by language and the list of languages "
                                            "staff offer (import), and the survey's questions on languages.") });
}

const struct section section_language = {
    .id = "language",
    .title = N_("Does our staff fit the need?"),
    .build = build,
};
