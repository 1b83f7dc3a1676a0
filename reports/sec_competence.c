/* Intercultural competence as staff rate themselves: four scales, contact against no contact, the single items. */
#include <math.h>

#include "reports/tell.h"

static const struct scale_line {
    const char *id, *name;
} scales[] = {
    { "k1", N_("Attitude and motivation") },
    { "k2", N_("Knowledge") },
    { "k3", N_("Reflection") },
    { "k4", N_("Behaviour in client contact") },
};

static const char *with_range(const struct tell *tell, const struct released *cell)
{
    const char *range = tell_range(tell, cell, RELEASE_SCORE);
    const char *value = tell_value(tell, cell, RELEASE_SCORE);
    return range == NULL ? value : tell_format(tell, "%s (%s)", value, range);
}

/* The numbers of the chart: one row a scale, with the answers behind them. */
static void numbers(const struct tell *tell)
{
    const struct language *language = tell->language;
    const char *heads[] = { tr(language, "Scale"), tr(language, "with client contact"), tr(language, "Answers"),
                            tr(language, "without client contact"), tr(language, "Answers") };
    const bool numeric[] = { false, true, true, true, true };
    const bool total[COUNT(scales)] = { false };
    struct doc_cell cells[COUNT(scales) * COUNT(heads)];
    for (size_t i = 0; i < COUNT(scales); i++) {
        struct doc_cell *row = &cells[i * COUNT(heads)];
        const char *groups[] = { "contact", "no_contact" };
        row[0] = (struct doc_cell){ .text = tr(language, scales[i].name) };
        for (size_t g = 0; g < COUNT(groups); g++) {
            const struct released *cell = tell_cell(tell, tell_format(tell, "%s.contact", scales[i].id), groups[g], 0);
            struct released base = { .sign = SIGN_SHOWN, .value = cell->base };
            bool shown = cell->sign == SIGN_SHOWN;
            const char *spoken = shown ? NULL : release_sign_text(cell->sign, language);
            row[1 + 2 * g] = (struct doc_cell){ .text = with_range(tell, cell), .spoken = spoken };
            row[2 + 2 * g] = (struct doc_cell){ .text = shown ? tell_value(tell, &base, RELEASE_COUNT)
                                                              : release_sign(cell->sign),
                                                .spoken = spoken };
        }
    }
    doc_table(tell->doc, &(struct doc_table){ .caption = tr(language, "Self-ratings with and without client contact, "
                                                                      "points from 0 to 100"),
                                              .heads = heads, .numeric = numeric, .column_count = COUNT(heads),
                                              .cells = cells, .total = total, .row_count = COUNT(scales) });
}

/* Staff with contact against staff without, one line a scale. */
static void overview(const struct tell *tell)
{
    const struct language *language = tell->language;
    struct chart_datum data[COUNT(scales)];
    size_t shown = 0;
    for (size_t i = 0; i < COUNT(scales); i++) {
        const char *id = tell_format(tell, "%s.contact", scales[i].id);
        const struct released *with = tell_cell(tell, id, "contact", 0);
        const struct released *without = tell_cell(tell, id, "no_contact", 0);
        data[i] = tell_datum(tell, tr(language, scales[i].name), with, RELEASE_SCORE);
        data[i].reference = without->sign == SIGN_SHOWN ? without->value : (double)NAN;
        data[i].reference_text = tell_value(tell, without, RELEASE_SCORE);
        shown += with->sign == SIGN_SHOWN ? 1 : 0;
    }
    if (shown == 0)
        return;
    const struct chart chart = { .form = CHART_DOTS, .data = data, .count = COUNT(scales), .lowest = 0, .highest = 100,
                                 .key_value = tr(language, "staff with client contact, with range"),
                                 .key_reference = tr(language, "staff without client contact"),
                                 .axis = tr(language, "points, 0 to 100") };
    const char *caption = tr(language, "Self-ratings with and without client contact");
    doc_figure(tell->doc, caption, tell_alternative(tell, tr(language, "Dot chart"), caption, &chart), &chart, false);
    doc_figure_about(tell->doc, "competence", tell_bases(tell, "k1.contact", 0));
    numbers(tell);
}

static void scale(const struct tell *tell, const struct scale_line *line)
{
    const struct language *language = tell->language;
    const char *name = tr(language, line->name);
    const struct released *score = tell_cell(tell, line->id, "total", 0);
    const char *anchor = tell_format(tell, "competence-%s", line->id);
    if (!tell_delivered(tell, line->id))
        return;
    if (score->sign == SIGN_SHOWN) {
        doc_heading(tell->doc, 3, anchor, tell_format(tell, tr(language, "%s: %s of 100 points"), name,
                                                      tell_value(tell, score, RELEASE_SCORE)));
        const char *text = tell_format(tell, tr(language, "Self-rating of all who answered (%s)."),
                                       tell_evidence(tell, score, RELEASE_SCORE));
        const struct released *contact = tell_cell(tell, tell_format(tell, "%s.compare", line->id), "contact", 0);
        if (contact->sign == SIGN_SHOWN)
            text = tell_format(tell, tr(language, "%s Staff with compared with staff without client contact: %s."),
                               text, tell_difference(tell, contact, false));
        const struct released *change = tell_cell(tell, tell_format(tell, "%s.change", line->id), "total", 2);
        if (change->sign == SIGN_SHOWN)
            text = tell_format(tell, tr(language, "%s Compared with the previous survey: %s."), text,
                               tell_difference(tell, change, false));
        doc_paragraph(tell->doc, text);
    } else {
        doc_heading(tell->doc, 3, anchor, name);
    }
    const char *items = tell_format(tell, "%s.items", line->id);
    tell_items(tell, items, tell_format(tell, tr(language, "%s: answers to the single statements, per cent "
                                                           "(self-rating)"), name));
    tell_table(tell, &(struct tell_table){ .id = items, .head = tr(language, "Statement"), .column_first = 5,
                                           .column_count = 1, .base = true,
                                           .caption = tell_format(tell, tr(language, "%s: favourable answers "
                                                                                     "(self-rating)"), name) });
    tell_note(tell, line->id);
}

static const struct tell_part further[] = {
    { "k5", N_("Judgement in situations"), NULL,
      N_("Situations need a key that at least ten experts of the city made, each alone (key_raters in the questionnaire); a "
         "draft by one author would measure the author.") },
    { "b4", N_("Training: taken part, helped, missed"), NULL, N_("Training needs the questions on training.") },
};

static void build(const struct release *release, struct doc *doc)
{
    struct tell tell = tell_open(release, doc);
    const struct language *language = doc->language;
    bool any = false;
    doc_heading(doc, 1, "competence", tr(language, N_("How competent do staff feel?")));
    for (size_t i = 0; i < COUNT(scales); i++)
        any = any || tell_delivered(&tell, scales[i].id);
    if (!any) {
        tell_missing(&tell, tr(language, "results on intercultural competence"),
                     tr(language, "Needed is a closed survey with the questions on competence."));
        return;
    }
    doc_paragraph(doc, tr(language, "These are **self-ratings**. People tend to rate themselves kindly, and the "
                                    "questionnaire has not been validated yet: there are no norms and no comparison "
                                    "with other cities. The figures serve to see changes and differences within the "
                                    "city. They say nothing about a single person and must not be used for decisions "
                                    "about staff. For statements that are worded negatively, disagreement is "
                                    "favourable."));
    overview(&tell);
    doc_heading(doc, 2, "competence-scales", tr(language, "The four scales one by one"));
    for (size_t i = 0; i < COUNT(scales); i++)
        scale(&tell, &scales[i]);
    (void)tell_chapter(&tell, &(struct tell_chapter){ .id = "competence", .parts = further, .count = COUNT(further) });
}

const struct section section_competence = {
    .id = "competence",
    .title = N_("How competent do staff feel?"),
    .build = build,
};
