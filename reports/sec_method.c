/* Method: how the survey protects people, thresholds, definition and range of every figure, quality of the scales, and
 * what is needed to compute the report again. */
#include <stdio.h>

#include "reports/tell.h"

static void survey(const struct tell *tell)
{
    const struct language *language = tell->language;
    const char *const items[] = {
        tr(language, "Taking part was voluntary. Every question could be skipped."),
        tr(language, "Each person received a code. The part of the software that knows the codes does not see any "
                     "answer; the part that receives the answers does not know the codes."),
        tr(language, "The answers are stored without name, time and order. Whoever prepares the report sees tables, "
                     "not single answers."),
        tell_format(tell, tr(language, "Results of the survey are shown from %u answers, counts of the personnel "
                                       "statistics from %u persons. Where a hidden number could be calculated from "
                                       "others, a second one is hidden as well."),
                    tell->release->answers_min, tell->release->heads_min),
        tr(language, "These rules make it very unlikely that a person can be recognised. No technique can exclude it "
                     "completely."),
    };
    doc_heading(tell->doc, 2, "method-survey", tr(language, "How the survey protects people"));
    doc_list(tell->doc, items, COUNT(items));
}

static void scales(const struct tell *tell)
{
    const struct language *language = tell->language;
    if (!tell_delivered(tell, "dq5"))
        return;
    doc_heading(tell->doc, 2, "method-scales", tr(language, "How well do the scales measure?"));
    doc_paragraph(tell->doc, tr(language, "Cronbach's alpha says how well the statements of a scale belong together "
                                          "(0 to 1). Short scales have lower values: four statements that correlate "
                                          "with 0.3 give 0.63. No answers were deleted."));
    tell_table(tell, &(struct tell_table){ .id = "dq5", .head = tr(language, "Scale") });
    tell_note(tell, "dq5");
}

static void items(const struct tell *tell)
{
    const struct language *language = tell->language;
    if (!tell_delivered(tell, "dq1.items"))
        return;
    doc_heading(tell->doc, 3, "method-items", tr(language, "Questions left open"));
    doc_paragraph(tell->doc, tr(language, "The table names the questions that at least 5 per cent left open or did not "
                                          "want to or could not answer."));
    tell_table(tell, &(struct tell_table){ .id = "dq1.items", .head = tr(language, "Question"), .least = 5 });
}

/* Every indicator in one entry: definition and range; source and misreading stand with its table (tell_note). */
static void figures(const struct tell *tell)
{
    const struct language *language = tell->language;
    const char *lines[100];
    size_t count = 0;
    for (size_t i = 0; indicators[i] != NULL && count < COUNT(lines); i++) {
        const struct indicator *found = indicators[i];
        if (found->title == NULL || found->definition == NULL || found->method == NULL)
            continue;
        lines[count++] = tell_format(tell, tr(language, "**%s.** %s **Range:** %s"), tr(language, found->title),
                                     tr(language, found->definition), tr(language, found->method));
    }
    if (count == 0)
        return;
    doc_heading(tell->doc, 2, "method-figures", tr(language, "The figures and how they are made"));
    doc_paragraph(tell->doc, tr(language, "Source and frequent misreading of each figure stand below its table."));
    doc_small_list(tell->doc, lines, count);
}

static void reproduce(const struct tell *tell)
{
    const struct language *language = tell->language;
    const struct release *release = tell->release;
    char seed[32];
    snprintf(seed, sizeof seed, "%llu", (unsigned long long)release->seed);
    const char *lines[4];
    size_t count = 0;
    doc_heading(tell->doc, 2, "method-again", tr(language, "How to compute this report again"));
    lines[count++] = tell_format(tell, tr(language, "Survey: %s; questionnaire: version %s"),
                                 release->wave == NULL ? "…" : release->wave,
                                 release->form == NULL || release->form->version == NULL ? "…"
                                                                                         : release->form->version);
    lines[count++] = tell_format(tell, tr(language, "Fingerprint of all published cells (SHA-256): %s"),
                                 release->fingerprint[0] == '\0' ? "…" : release->fingerprint);
    lines[count++] = tell_format(tell, tr(language, "Seed of the random numbers: %s"), seed);
    lines[count++] = tell_format(tell, tr(language, "Thresholds: %u answers, %u persons"), release->answers_min,
                                 release->heads_min);
    doc_list(tell->doc, lines, count);
    doc_paragraph(tell->doc, tr(language, "The same data give the same report to the last byte. The program is free "
                                          "software under the GNU General Public License, version 3 or later."));
}

static void build(const struct release *release, struct doc *doc)
{
    struct tell tell = tell_open(release, doc);
    const struct language *language = doc->language;
    doc_annex(doc, "method", tr(language, N_("Method")));
    survey(&tell);
    scales(&tell);
    items(&tell);
    figures(&tell);
    reproduce(&tell);
}

const struct section section_method = {
    .id = "method",
    .title = N_("Method"),
    .build = build,
};
