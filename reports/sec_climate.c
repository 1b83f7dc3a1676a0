/* Living together: inclusion, the gap between groups, worse treatment with refusals, the way to complain. */
#include <math.h>

#include "reports/tell.h"

static void inclusion(const struct tell *tell)
{
    const struct language *language = tell->language;
    const struct released *score = tell_cell(tell, "c1", "total", 0);
    if (!tell_delivered(tell, "c1")) {
        tell_missing(tell, tr(language, "results on working together"),
                     tr(language, "Needed is a closed survey with the questions on working together."));
        return;
    }
    if (score->sign == SIGN_SHOWN) {
        doc_heading(tell->doc, 2, "climate-inclusion",
                    tell_format(tell, tr(language, "Belonging and fairness: %s of 100 points"),
                                tell_value(tell, score, RELEASE_SCORE)));
        const char *text = tell_format(tell, tr(language, "Mean of six statements on belonging, openness and fair "
                                                          "treatment (%s)."),
                                       tell_evidence(tell, score, RELEASE_SCORE));
        const struct released *change = tell_cell(tell, "c1.change", "total", 2);
        if (change->sign == SIGN_SHOWN)
            text = tell_format(tell, tr(language, "%s Compared with the previous survey: %s."), text,
                               tell_difference(tell, change, false));
        doc_paragraph(tell->doc, text);
    } else {
        doc_heading(tell->doc, 2, "climate-inclusion", tr(language, "Belonging and fairness"));
    }
    tell_items(tell, "c1.items", tr(language, "Working together: answers to the single statements, per cent"));
    tell_table(tell, &(struct tell_table){ .id = "c1.items", .head = tr(language, "Statement"), .column_first = 5,
                                           .column_count = 1, .base = true,
                                           .caption = tr(language, "Working together: favourable answers") });
    tell_units(tell, &(struct tell_table){ .id = "c1.unit", .head = tr(language, "Department"), .base = true,
                                           .shown_only = true });
    tell_note(tell, "c1");
}

static void gap(const struct tell *tell)
{
    const struct language *language = tell->language;
    const struct released *raw = tell_cell(tell, "c2.gap", "history", 0);
    const struct released *adjusted = tell_cell(tell, "c2.gap", "history", 1);
    if (!tell_delivered(tell, "c2.gap"))
        return;
    if (raw->sign == SIGN_SHOWN && raw->word != WORD_NONE)
        doc_heading(tell->doc, 2, "climate-gap",
                    tell_format(tell, tr(language, "Belonging of staff without immigration history, "
                                               "compared with the others: %s"),
                                release_word(raw->word, language)));
    else
        doc_heading(tell->doc, 2, "climate-gap", tr(language, "Does everyone belong in the same way?"));
    if (raw->sign == SIGN_SHOWN)
        doc_paragraph(tell->doc, tell_format(tell, tr(language, "Difference of the groups: %s."),
                                             tell_difference(tell, raw, false)));
    if (adjusted->sign == SIGN_SHOWN)
        doc_paragraph(tell->doc, tell_format(tell, tr(language, "Between people of the same pay band and with the "
                                                                "same amount of client contact: %s."),
                                             tell_difference(tell, adjusted, false)));
    tell_chart(tell, &(struct tell_chart){ .id = "c2", .form = CHART_DOTS, .value = 0, .reference = TELL_NO_COLUMN,
                                           .caption = tr(language, "Belonging and fairness by immigration history"),
                                           .key_value = tr(language, "mean, with range"),
                                           .axis = tr(language, "points, 0 to 100"), .lowest = 0, .highest = 100,
                                           .accent = "with" });
    tell_table(tell, &(struct tell_table){ .id = "c2", .head = tr(language, "Group"), .base = true });
    tell_table(tell, &(struct tell_table){ .id = "c2.gap", .head = tr(language, "Compared are") });
    tell_note(tell, "c2");
}

static void treatment(const struct tell *tell)
{
    const struct language *language = tell->language;
    const struct released *cell = tell_cell(tell, "c3", "experienced", 0);
    const struct released *change = tell_cell(tell, "c3.change", "experienced", 2);
    if (!tell_delivered(tell, "c3"))
        return;
    if (cell->sign == SIGN_SHOWN) {
        doc_heading(tell->doc, 2, "climate-treatment",
                    tell_format(tell, tr(language, "%s report worse treatment because of origin"),
                                tell_value(tell, cell, RELEASE_PERCENT)));
        doc_paragraph(tell->doc, tell_format(tell, tr(language, "At least once in twelve months; base are those who "
                                                                "answered yes or no (%s). The tables show how many "
                                                                "preferred not to say. These are experiences as "
                                                                "people report them, not legal findings; a rising "
                                                                "figure can also mean more trust."),
                                             tell_evidence(tell, cell, RELEASE_PERCENT)));
    } else {
        doc_heading(tell->doc, 2, "climate-treatment", tr(language, "Worse treatment because of origin"));
    }
    if (change->sign == SIGN_SHOWN)
        doc_paragraph(tell->doc, tell_format(tell, tr(language, "Compared with the previous survey: %s."),
                                             tell_difference(tell, change, true)));
    tell_table(tell, &(struct tell_table){ .id = "c3", .head = tr(language, "Worse treatment"), .base = true });
    tell_table(tell, &(struct tell_table){ .id = "c3.experienced", .head = tr(language, "Answer"), .base = true });
    tell_table(tell, &(struct tell_table){ .id = "c3.observed", .head = tr(language, "Answer"), .base = true });
    tell_chart(tell, &(struct tell_chart){ .id = "c3.source", .form = CHART_BARS, .value = 0,
                                           .reference = TELL_NO_COLUMN,
                                           .caption = tr(language, "From whom the worse treatment came (several "
                                                                   "answers possible)"),
                                           .lowest = 0, .highest = (double)NAN });
    tell_table(tell, &(struct tell_table){ .id = "c3.source", .head = tr(language, "Answer"), .base = true });
    tell_note(tell, "c3");
}

static void complaint(const struct tell *tell)
{
    const struct language *language = tell->language;
    const struct released *cell = tell_cell(tell, "c4", "total", 0);
    if (cell->sign == SIGN_SHOWN) {
        doc_heading(tell->doc, 2, "climate-complaint",
                    tell_format(tell, tr(language, "%s know where to complain"),
                                tell_value(tell, cell, RELEASE_PERCENT)));
        doc_paragraph(tell->doc, tell_format(tell, tr(language, "Base: %s."),
                                             tell_evidence(tell, cell, RELEASE_PERCENT)));
        tell_table(tell, &(struct tell_table){ .id = "c4", .head = tr(language, "Group"), .base = true });
        if (tell_delivered(tell, "c4.complaints"))
            tell_table(tell, &(struct tell_table){ .id = "c4.complaints", .head = tr(language, "Year") });
        tell_note(tell, "c4");
    }
    doc_paragraph(tell->doc, tr(language, "Everyone who is treated worse at work because of origin may turn to the "
                                          "complaints office under section 13 of the General Equal Treatment Act, to "
                                          "the staff council or to the equality officer. Few complaints are no good "
                                          "news if few people know this way."));
}

static void build(const struct release *release, struct doc *doc)
{
    struct tell tell = tell_open(release, doc);
    doc_heading(doc, 1, "climate", tr(doc->language, N_("How do we work together?")));
    inclusion(&tell);
    gap(&tell);
    treatment(&tell);
    complaint(&tell);
}

const struct section section_climate = {
    .id = "climate",
    .title = N_("How do we work together?"),
    .build = build,
};
