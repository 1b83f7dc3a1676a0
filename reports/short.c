/* Short version in plain language: short sentences, no statistics by name, and still each figure of the survey with its
 * range, its base and the response rate. One chart a chapter at most; what is not delivered is left out. */
#include "reports/short.h"

#include <math.h>
#include <string.h>

#include "reports/tell.h"

#define MAIN_DEFINITION "TINTG_2021"

/* --- what it is about --- */

static void say(const struct tell *tell, const char *text)
{
    doc_paragraph(tell->doc, tr(tell->language, text));
}

static void took_part(const struct tell *tell)
{
    const struct language *language = tell->language;
    const struct released *answers = tell_cell(tell, "dq1.unit", "total", 1);
    const struct released *rate = tell_cell(tell, "dq1.unit", "total", 2);
    if (answers->sign != SIGN_SHOWN || rate->sign != SIGN_SHOWN)
        return;
    doc_statement(tell->doc, tell_value(tell, rate, RELEASE_PERCENT),
                  tell_format(tell,
                              tr(language, "of all staff answered: %s people. The others did not answer. Nobody knows "
                                           "what they think."),
                              tell_value(tell, answers, RELEASE_COUNT)));
}

/* What a range is, said with the first figure of the report. */
static void explain_range(const struct tell *tell)
{
    const struct language *language = tell->language;
    const struct released *cell = tell_cell(tell, "r1", "total", 0);
    const char *range = cell->sign == SIGN_SHOWN ? tell_range(tell, cell, RELEASE_PERCENT) : NULL;
    if (range != NULL)
        doc_paragraph(
            tell->doc,
            tell_format(tell,
                        tr(language, "Because not everybody answered, no figure is exact. So a **range** stands "
                                     "behind it. An example: %s (range %s). If chance alone decided who "
                                     "answered, the true value would lie in such a range in 19 of 20 surveys."),
                        tell_value(tell, cell, RELEASE_PERCENT), range));
}

static void about(const struct tell *tell)
{
    static const char *const words[] = {
        N_("**Immigration history:** somebody came to Germany, or a parent did, or has no German passport."),
        N_("**Staff:** everybody who works for the city."),
        N_("**Decided by rule:** words such as “lower” or “practically equal” are chosen by the program, by a fixed "
           "rule."),
        N_("**Kept secret:** a figure is not shown because it would say too much about few people."),
    };
    const struct language *language = tell->language;
    const char *items[COUNT(words)];
    doc_heading(tell->doc, 1, "short-about", tr(language, N_("What is this about?")));
    say(tell, N_("A city has many different people. Its administration is there for all of them. That is why we ask: "
                 "Who works for the city? How do staff get on with each other? What do residents need?"));
    say(tell,
        N_("Staff answered a questionnaire. It was voluntary. The personnel office added numbers, but no names."));
    took_part(tell);
    explain_range(tell);
    say(tell, N_("Nobody should be recognised. That is why figures about small groups are not shown."));
    for (size_t i = 0; i < COUNT(words); i++)
        items[i] = tr(language, words[i]);
    doc_heading(tell->doc, 2, "short-words", tr(language, N_("Words in this paper")));
    doc_list(tell->doc, items, COUNT(items));
}

/* --- figures --- */

/* "16.6 %": the sentence gets the evidence in brackets. Nothing when the figure is not shown. */
static bool tell_figure(const struct tell *tell, const char *table, const char *row, size_t column,
                        enum release_unit unit, const char *sentence, const char *more)
{
    const struct released *cell = tell_cell(tell, table, row, column);
    if (cell->sign != SIGN_SHOWN)
        return false;
    doc_statement(tell->doc, tell_value(tell, cell, unit),
                  tell_format(tell, "%s (%s).%s", tr(tell->language, sentence), tell_evidence(tell, cell, unit), more));
    return true;
}

static const char *compared(const struct tell *tell, const char *table, const char *row, size_t column, bool percentage,
                            const char *sentence)
{
    const struct released *cell = tell_cell(tell, table, row, column);
    if (cell->sign != SIGN_SHOWN)
        return "";
    return tell_format(tell, " %s %s.", tr(tell->language, sentence), tell_difference(tell, cell, percentage));
}

/* A share that offices counted. */
static bool counted_figure(const struct tell *tell, const char *table, size_t column, const char *sentence)
{
    const struct released *cell = tell_cell(tell, table, "total", column);
    if (cell->sign != SIGN_SHOWN)
        return false;
    const char *range = tell_range(tell, cell, RELEASE_PERCENT);
    doc_statement(tell->doc, tell_value(tell, cell, RELEASE_PERCENT),
                  range == NULL ? tell_format(tell, "%s.", tr(tell->language, sentence))
                                : tell_format(tell, tr(tell->language, N_("%s (range %s).")),
                                              tr(tell->language, sentence), range));
    return true;
}

static void nothing(const struct tell *tell, bool told)
{
    if (!told)
        say(tell, N_("There are no figures about this yet."));
}

static void workforce(const struct tell *tell)
{
    const struct language *language = tell->language;
    const struct released *residents = tell_cell(tell, "r3", MAIN_DEFINITION, 1);
    const struct released *foreign = tell_cell(tell, "r2", "total", 2);
    doc_heading(tell->doc, 1, "short-workforce", tr(language, N_("Who works for the city?")));
    bool told =
        tell_figure(tell, "r1", "total", 0, RELEASE_PERCENT, N_("of those who answered have an immigration history"),
                    compared(tell, "r1.change", "total", 2, true, N_("Compared with the survey before:")));
    if (residents->sign == SIGN_SHOWN)
        doc_statement(
            tell->doc, tell_value(tell, residents, RELEASE_PERCENT),
            tell_format(
                tell, "%s%s",
                tr(language, N_("of the residents of working age have an immigration history, counted the same way.")),
                compared(tell, "r3", MAIN_DEFINITION, 2, true, N_("The share of staff is"))));
    if (foreign->sign == SIGN_SHOWN)
        doc_statement(tell->doc, tell_value(tell, foreign, RELEASE_PERCENT),
                      tr(language, N_("of staff have no German passport. The personnel office counted this.")));
    told = tell_figure(tell, "r7", "leaders", 0, RELEASE_PERCENT,
                       N_("of those who lead others have an immigration history"), "") ||
           told;
    nothing(tell, told);
    tell_shares(tell, "r6", 0, tr(language, N_("Immigration history by pay: from helpers to top posts")), "total");
    say(tell, N_("A difference is not yet unfair. It shows where it is worth looking more closely: who applies, who is "
                 "chosen, who "
                 "stays?"));
}

static void together(const struct tell *tell)
{
    const struct language *language = tell->language;
    doc_heading(tell->doc, 1, "short-together", tr(language, N_("How do staff get on with each other?")));
    bool told = tell_figure(tell, "c1", "total", 0, RELEASE_SCORE,
                            N_("of 100 points: so much do staff feel that they belong and are treated fairly"),
                            compared(tell, "c2.gap", "history", 0, false,
                                     N_("Staff without an immigration history, compared with those who have one:")));
    told = tell_figure(tell, "c3", "experienced", 0, RELEASE_PERCENT,
                       N_("say: I was treated worse because of my origin, at least once in the last twelve months"),
                       compared(tell, "c3.change", "experienced", 2, true, N_("Compared with the survey before:"))) ||
           told;
    told = tell_figure(tell, "c4", "total", 0, RELEASE_PERCENT, N_("know where they can complain"), "") || told;
    nothing(tell, told);
    tell_chart(tell, &(struct tell_chart){
                         .id = "c3.source",
                         .form = CHART_BARS,
                         .value = 0,
                         .reference = TELL_NO_COLUMN,
                         .caption = tr(language, N_("Who treated people worse (several answers possible), per cent")),
                         .lowest = 0,
                         .highest = (double)NAN });
    say(tell, N_("Does somebody treat you worse because of your origin? You can go to the complaints office, to the "
                 "staff council or to "
                 "the equality office. That is your right."));
}

static void needs(const struct tell *tell)
{
    const struct language *language = tell->language;
    doc_heading(tell->doc, 1, "short-needs", tr(language, N_("What do residents need?")));
    bool told = counted_figure(tell, "s1", 1,
                               N_("of the visits and calls needed another language than German, in the weeks when "
                                  "offices counted"));
    told = counted_figure(tell, "s3", 1, N_("of these had to be broken off or put off")) || told;
    told = counted_figure(tell, "s3", 3, N_("of these had a child as interpreter")) || told;
    nothing(tell, told);
    tell_chart(tell, &(struct tell_chart){
                         .id = "s2.tongue",
                         .form = CHART_NEED,
                         .value = 0,
                         .reference = 1,
                         .caption = tr(language, N_("Hours a month: what is needed, and what staff could give")),
                         .key_value = tr(language, N_("staff who would help")),
                         .key_reference = tr(language, N_("needed")),
                         .lowest = 0,
                         .highest = (double)NAN });
}

/* --- what follows --- */

static void next(const struct tell *tell)
{
    static const struct {
        size_t column;
        const char *text;
    } states[] = { { 2, N_("done") },   { 3, N_("done, and kept for good") },
                   { 1, N_("begun") },  { 0, N_("planned") },
                   { 4, N_("paused") }, { 5, N_("given up") } };
    const struct language *language = tell->language;
    const char *items[COUNT(states)];
    size_t count = 0;
    doc_heading(tell->doc, 1, "short-next", tr(language, N_("What happens next?")));
    for (size_t i = 0; i < COUNT(states); i++) {
        const struct released *cell = tell_cell(tell, "o6", "total", states[i].column);
        if (cell->sign == SIGN_SHOWN && cell->value > 0)
            items[count++] =
                tell_format(tell, "%s: %s", tell_value(tell, cell, RELEASE_COUNT), tr(language, states[i].text));
    }
    if (count > 0) {
        say(tell, N_("The council decided recommendations. The administration makes measures of them. So far:"));
        doc_list(tell->doc, items, count);
    } else {
        say(tell, N_("The measures of the city are not entered yet."));
    }
    doc_heading(tell->doc, 2, "short-unknown", tr(language, N_("What we do not know")));
    say(tell, N_("We do not know what people think who did not answer. We do not know why a difference is there. And "
                 "we do not show what "
                 "happens in very small teams."));
    doc_heading(tell->doc, 2, "short-more", tr(language, N_("Where more can be read")));
    doc_paragraph(
        tell->doc,
        tell_format(tell,
                    tr(language, "All figures stand in the report “%s”, with sources and method. It can be read "
                                 "aloud by a screen reader, too."),
                    tell_format(tell, tr(language, "Diversity report %d"), tell->release->year)));
}

void short_build(const struct release *release, const struct remarks *remarks, struct doc *doc)
{
    struct tell tell = tell_open(release, doc);
    report_front(release, doc);
    doc->title = tell_format(&tell, tr(doc->language, "Diversity report %d in short"), release->year);
    doc->subtitle = tr(doc->language, N_("Four pages in plain language"));
    doc->footer = tell_format(&tell, "%s · %s", release->city, doc->title);
    report_mark_draft(&tell, remarks);
    about(&tell);
    workforce(&tell);
    together(&tell);
    needs(&tell);
    next(&tell);
}
