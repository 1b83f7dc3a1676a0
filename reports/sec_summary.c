/* One page: four statements by the grammar of DOMAIN 4.3 – figure, range, base, comparison, open question – one chart,
 * and what is not known. */
#include <math.h>

#include "reports/summary.h"

#define MAIN_DEFINITION "TINTG_2021"

/* The share if people with immigration history answered as rarely as people without German citizenship did. */
static const char *anchored(const struct tell *tell)
{
    const char *row = tell_shown(tell, "dq3.anchored", "pooled", 1) ? "pooled" : "wave";
    const struct released *cell = tell_cell(tell, "dq3.anchored", row, 1);
    if (cell->sign != SIGN_SHOWN)
        return "";
    const char *range = tell_range(tell, cell, RELEASE_PERCENT);
    const char *value = tell_value(tell, cell, RELEASE_PERCENT);
    if (range == NULL)
        return tell_format(tell, tr(tell->language, " If they answered as often or as rarely as people without German "
                                                    "citizenship did, the share is more likely %s."), value);
    return tell_format(tell, tr(tell->language, " If they answered as often or as rarely as people without German "
                                                "citizenship did, the share is more likely %s (range %s)."),
                       value, range);
}

static void share(const struct tell *tell)
{
    const struct released *cell = tell_cell(tell, "r1", "total", 0);
    const char *change = "";
    if (cell->sign != SIGN_SHOWN)
        return;
    const struct released *difference = tell_cell(tell, "r1.change", "total", 2);
    if (difference->sign == SIGN_SHOWN)
        change = tell_format(tell, tr(tell->language, " Compared with the previous survey: %s."),
                             tell_difference(tell, difference, true));
    doc_statement(tell->doc, tell_value(tell, cell, RELEASE_PERCENT),
                  tell_format(tell, tr(tell->language, "of those who answered have an immigration history (%s).%s%s"),
                              tell_evidence(tell, cell, RELEASE_PERCENT), anchored(tell), change));
}

static void gap(const struct tell *tell)
{
    const struct released *residents = tell_cell(tell, "r3", MAIN_DEFINITION, 1);
    const struct released *difference = tell_cell(tell, "r3", MAIN_DEFINITION, 2);
    if (residents->sign != SIGN_SHOWN || difference->sign != SIGN_SHOWN)
        return;
    doc_statement(tell->doc, tell_value(tell, residents, RELEASE_PERCENT),
                  tell_format(tell, tr(tell->language, "of the residents of working age have an immigration history "
                                                       "under the same definition. Staff compared with residents: "
                                                       "%s. The distance describes; it proves no discrimination."),
                              tell_difference(tell, difference, true)));
}

static void climate(const struct tell *tell)
{
    const struct released *score = tell_cell(tell, "c1", "total", 0);
    const struct released *difference = tell_cell(tell, "c2.gap", "history", 0);
    if (score->sign != SIGN_SHOWN)
        return;
    const char *more = "";
    if (difference->sign == SIGN_SHOWN)
        more = tell_format(tell, tr(tell->language, " Staff without compared with staff with immigration history: %s."),
                           tell_difference(tell, difference, false));
    doc_statement(tell->doc, tell_value(tell, score, RELEASE_SCORE),
                  tell_format(tell, tr(tell->language, "of 100 points for belonging and fair treatment, as staff see "
                                                       "it (%s).%s"),
                              tell_evidence(tell, score, RELEASE_SCORE), more));
}

static void treatment(const struct tell *tell)
{
    const struct released *cell = tell_cell(tell, "c3", "experienced", 0);
    const struct released *difference = tell_cell(tell, "c3.change", "experienced", 2);
    if (cell->sign != SIGN_SHOWN)
        return;
    const char *change = "";
    if (difference->sign == SIGN_SHOWN)
        change = tell_format(tell, tr(tell->language, " Compared with the previous survey: %s."),
                             tell_difference(tell, difference, true));
    doc_statement(tell->doc, tell_value(tell, cell, RELEASE_PERCENT),
                  tell_format(tell, tr(tell->language, "of those who answered yes or no were treated worse because of "
                                                       "their origin at least once in twelve months (%s).%s This is "
                                                       "what people report, not a legal finding."),
                              tell_evidence(tell, cell, RELEASE_PERCENT), change));
}

static void unknown(const struct tell *tell)
{
    const struct language *language = tell->language;
    const char *items[3];
    size_t count = 0;
    const struct released *rate = tell_cell(tell, "dq1.unit", "total", 2);
    if (rate->sign == SIGN_SHOWN)
        items[count++] = tell_format(tell, tr(language, "Who did not answer: the response rate is %s. No range covers "
                                                        "this gap."), tell_value(tell, rate, RELEASE_PERCENT));
    const struct released *change = tell_cell(tell, "r1.change", "total", 2);
    if (change->sign == SIGN_SHOWN && change->word == WORD_UNDECIDED)
        items[count++] = tr(language, "Whether the share changed since the previous survey: the range allows both "
                                      "directions.");
    if (tell->release->planned > 0) {
        struct released part = { .sign = SIGN_SHOWN, .decimals = 1 };
        part.value = 100.0 * (double)tell->release->suppressed / (double)tell->release->planned;
        items[count++] = tell_format(tell, tr(language, "What happens in very small units: %s of the cells are kept "
                                                        "secret to protect people."),
                                     tell_value(tell, &part, RELEASE_PERCENT));
    }
    if (count == 0)
        return;
    doc_heading(tell->doc, 2, "summary-unknown", tr(language, "What we do not know"));
    doc_list(tell->doc, items, count);
}

bool summary_statements(const struct tell *tell)
{
    const struct doc_block *before = tell->doc->last;
    share(tell);
    gap(tell);
    climate(tell);
    treatment(tell);
    return tell->doc->last != before;
}

static void build(const struct release *release, struct doc *doc)
{
    struct tell tell = tell_open(release, doc);
    const struct language *language = doc->language;
    doc_heading(doc, 1, "summary", tr(language, N_("The essentials on one page")));
    if (!summary_statements(&tell))
        tell_missing(&tell, tr(language, "results of the survey"),
                     tr(language, "They appear here once a survey is closed, counted and released."));
    tell_chart(&tell, &(struct tell_chart){
                          .id = "r3", .form = CHART_DOTS, .value = 0, .reference = 1,
                          .caption = tr(language, "Share of staff and of residents, by definition"),
                          .key_value = tr(language, "staff, with range"),
                          .key_reference = tr(language, "residents, same definition"),
                          .axis = tr(language, "per cent"), .lowest = 0, .highest = (double)NAN,
                          .accent = MAIN_DEFINITION });
    unknown(&tell);
}

const struct section section_summary = {
    .id = "summary",
    .title = N_("The essentials on one page"),
    .build = build,
};
