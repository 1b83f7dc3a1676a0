/* Does our staff fit the need: languages asked for and spoken, contacts that failed, interpreting, load. */
#include <math.h>

#include "reports/tell.h"

/* What is needed beside what the pool offers: what further staff would offer stands in the table, because nobody has asked
 * them for it. */
static void need(const struct tell *tell)
{
    tell_chart(tell, &(struct tell_chart){ .id = "s2.tongue", .form = CHART_NEED, .value = 2, .reference = 1,
                                           .caption = tr(tell->language, "Languages: hours a month needed and offered by "
                                                                         "the language pool"),
                                           .key_value = tr(tell->language, "language pool"),
                                           .key_reference = tr(tell->language, "needed"),
                                           .lowest = 0, .highest = (double)NAN });
}

static void load(const struct tell *tell)
{
    tell_chart(tell, &(struct tell_chart){ .id = "s6", .form = CHART_DOTS, .value = 1, .reference = TELL_NO_COLUMN,
                                           .caption = tr(tell->language, "Hours at the counter a week for each "
                                                                         "full-time post"),
                                           .key_value = tr(tell->language, "hours, with range"),
                                           .axis = tr(tell->language, "hours a week"),
                                           .lowest = 0, .highest = (double)NAN, .accent = "median" });
}

static const struct tell_part parts[] = {
    { "s1", N_("Contacts in which German was not enough"), NULL, NULL },
    { "s2", N_("Languages: need and supply"), need, NULL },
    { "s3", N_("Contacts left unsolved or solved as a makeshift"), NULL, NULL },
    { "s4", N_("Interpreting: uses and waiting time"), NULL, NULL },
    { "s5", N_("Language skills that are there and used"), NULL, NULL },
    { "s6", N_("Load for each full-time post"), load, NULL },
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
