/* One page: up to eight statements by the grammar of DOMAIN 4.3 – figure, range, base, comparison, open question –
 * and what is not known; a chart where there is room. */
#include <math.h>

#include "reports/summary.h"

/* Beside more statements the page has no room for the chart, which stands in the chapter on staff too. */
enum { STATEMENTS_WITH_CHART = 5 };

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

/* A ratio of two rates of staff or applicants with and without immigration history: told only with its word. */
static bool told_ratio(const struct tell *tell, const char *table, const char *row, const struct released **ratio)
{
    *ratio = tell_cell(tell, table, row, 2);
    return (*ratio)->sign == SIGN_SHOWN && (*ratio)->word != WORD_NONE &&
           tell_range(tell, *ratio, RELEASE_RATIO) != NULL;
}

static void leaders(const struct tell *tell)
{
    const struct released *ratio;
    if (!told_ratio(tell, "r7.ratio", "all", &ratio))
        return;
    doc_statement(tell->doc, tell_value(tell, ratio, RELEASE_RATIO),
                  tell_format(tell, tr(tell->language, "is the ratio of the shares who lead others, among staff with "
                                                       "and without immigration history (%s): **%s**. Age and years of "
                                                       "service explain part of such a difference."),
                              tell_evidence(tell, ratio, RELEASE_RATIO), release_word(ratio->word, tell->language)));
}

/* Counts of applicants are no survey: their base is the applicants, not the answers. */
static void selection(const struct tell *tell)
{
    const struct released *ratio;
    const struct released *with = tell_cell(tell, "p3", "total", 0);
    const struct released *without = tell_cell(tell, "p3", "total", 1);
    const struct released *applicants = tell_cell(tell, "p1", "total", 0);
    if (!told_ratio(tell, "p3", "total", &ratio) || with->sign != SIGN_SHOWN || without->sign != SIGN_SHOWN ||
        applicants->sign != SIGN_SHOWN)
        return;
    doc_statement(tell->doc, tell_value(tell, ratio, RELEASE_RATIO),
                  tell_format(tell, tr(tell->language, "is the ratio of the shares hired among applicants with and "
                                                       "without immigration history (range %s; %s applicants; "
                                                       "%s against %s): **%s**. The reason is not in the figures: the "
                                                       "selection itself has to be looked at."),
                              tell_range(tell, ratio, RELEASE_RATIO), tell_value(tell, applicants, RELEASE_COUNT),
                              tell_value(tell, with, RELEASE_PERCENT),
                              tell_value(tell, without, RELEASE_PERCENT), release_word(ratio->word, tell->language)));
}

static void need(const struct tell *tell)
{
    const struct released *contacts = tell_cell(tell, "s1", "total", 0);
    const struct released *cell = tell_cell(tell, "s1", "total", 1);
    const char *range = tell_range(tell, cell, RELEASE_PERCENT);
    if (cell->sign != SIGN_SHOWN || contacts->sign != SIGN_SHOWN || range == NULL)
        return;
    doc_statement(tell->doc, tell_value(tell, cell, RELEASE_PERCENT),
                  tell_format(tell, tr(tell->language, "of the contacts in the counted weeks needed another language "
                                                       "than German (range %s; %s contacts). Other weeks of the year "
                                                       "may differ."),
                              range, tell_value(tell, contacts, RELEASE_COUNT)));
}

static void measures(const struct tell *tell)
{
    const struct released *count = tell_cell(tell, "o6", "total", 6);
    const struct released *proven = tell_cell(tell, "o6", "total", 7);
    const struct released *overdue = tell_cell(tell, "o6", "total", 8);
    if (count->sign != SIGN_SHOWN || proven->sign != SIGN_SHOWN || overdue->sign != SIGN_SHOWN)
        return;
    doc_statement(tell->doc, tell_value(tell, count, RELEASE_COUNT),
                  tell_format(tell, tr(tell->language, "measures are in the register. With evidence: %s; "
                                                       "overdue: %s. A number of measures does not say what they "
                                                       "changed."),
                              tell_value(tell, proven, RELEASE_COUNT), tell_value(tell, overdue, RELEASE_COUNT)));
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
    leaders(tell);
    selection(tell);
    need(tell);
    climate(tell);
    treatment(tell);
    measures(tell);
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
    size_t told = 0;
    for (const struct doc_block *block = doc->first; block != NULL; block = block->next)
        told += block->kind == DOC_STATEMENT ? 1 : 0;
    if (told > STATEMENTS_WITH_CHART)
        return; /* one page: the chart stands in its chapter, and what is not known has one of its own */
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
