/* Who works here: share by definition, staff and residents, citizenship by department, bands, leadership, departments,
 * time. */
#include <math.h>
#include <string.h>

#include "reports/tell.h"

#define MAIN_DEFINITION "TINTG_2021"

static void share(const struct tell *tell)
{
    const struct language *language = tell->language;
    const struct released *cell = tell_cell(tell, "r1", "total", 0);
    if (!tell_delivered(tell, "r1.definition")) {
        tell_missing(tell, tr(language, "share of staff with immigration history"),
                     tr(language, "Needed is a closed survey with the questions on origin."));
        return;
    }
    if (cell->sign == SIGN_SHOWN) {
        doc_heading(tell->doc, 2, "workforce-share",
                    tell_format(tell, tr(language, "%s of those who answered have an immigration history"),
                                tell_value(tell, cell, RELEASE_PERCENT)));
        doc_paragraph(tell->doc, tell_format(tell, tr(language, "This holds for the definition of the Participation "
                                                                "and Integration Act NRW of 2021 (%s). Other "
                                                                "definitions give other shares; only shares of the "
                                                                "same definition may be compared."),
                                             tell_evidence(tell, cell, RELEASE_PERCENT)));
    } else {
        doc_heading(tell->doc, 2, "workforce-share", tr(language, "Share with immigration history, by definition"));
    }
}

static void residents(const struct tell *tell)
{
    const struct language *language = tell->language;
    const struct released *difference = tell_cell(tell, "r3", MAIN_DEFINITION, 2);
    if (!tell_delivered(tell, "r3")) {
        tell_missing(tell, tr(language, "comparison with the residents"),
                     tr(language, "Needed is a population table with the same definition (import of the reference "
                                  "table)."));
        return;
    }
    if (difference->sign == SIGN_SHOWN && difference->word != WORD_NONE)
        doc_heading(tell->doc, 2, "workforce-residents",
                    tell_format(tell, tr(language, "Share of staff compared with the residents: %s"),
                                release_word(difference->word, language)));
    else
        doc_heading(tell->doc, 2, "workforce-residents", tr(language, "Staff and residents"));
    if (difference->sign == SIGN_SHOWN)
        doc_paragraph(tell->doc, tell_format(tell, tr(language, "Distance between staff and residents of working age "
                                                                "under the same definition: %s."),
                                             tell_difference(tell, difference, true)));
    tell_chart(tell, &(struct tell_chart){ .id = "r3", .form = CHART_DOTS, .value = 0, .reference = 1,
                                           .caption = tr(language, "Staff and residents under the same definition"),
                                           .key_value = tr(language, "staff, with range"),
                                           .key_reference = tr(language, "residents, same definition"),
                                           .axis = tr(language, "per cent"), .lowest = 0, .highest = (double)NAN,
                                           .accent = MAIN_DEFINITION });
    tell_table(tell, &(struct tell_table){ .id = "r3", .head = tr(language, "Definition") });
    tell_references(tell, "r3");
    tell_note(tell, "r3");
}

static void citizenship(const struct tell *tell)
{
    const struct language *language = tell->language;
    const struct released *cell = tell_cell(tell, "r2", "total", 2);
    if (!tell_delivered(tell, "r2")) {
        tell_missing(tell, tr(language, "staff without German citizenship"),
                     tr(language, "Needed are the personnel statistics (import of the workforce table)."));
        return;
    }
    if (cell->sign == SIGN_SHOWN)
        doc_heading(tell->doc, 2, "workforce-citizenship",
                    tell_format(tell, tr(language, "%s of staff have no German citizenship"),
                                tell_value(tell, cell, RELEASE_PERCENT)));
    else
        doc_heading(tell->doc, 2, "workforce-citizenship", tr(language, "Staff without German citizenship"));
    tell_units(tell, &(struct tell_table){ .id = "r2", .head = tr(language, "Department") });
    tell_table(tell, &(struct tell_table){ .id = "r2.band", .head = tr(language, "Pay band") });
    tell_note(tell, "r2");
}

static void bands(const struct tell *tell)
{
    const struct language *language = tell->language;
    if (!tell_delivered(tell, "r6"))
        return;
    const struct released *low = tell_cell(tell, "r6", "band.1", 0);
    const struct released *high = tell_cell(tell, "r6", "band.4", 0);
    if (low->sign == SIGN_SHOWN && high->sign == SIGN_SHOWN)
        doc_heading(tell->doc, 2, "workforce-bands",
                    tell_format(tell, tr(language, "%s in the lowest pay band, %s in the highest"),
                                tell_value(tell, low, RELEASE_PERCENT), tell_value(tell, high, RELEASE_PERCENT)));
    else
        doc_heading(tell->doc, 2, "workforce-bands", tr(language, "Share by pay band"));
    tell_shares(tell, "r6", 0, tr(language, "Share with immigration history by pay band"), "total");
    tell_table(tell, &(struct tell_table){ .id = "r6", .head = tr(language, "Pay band"), .base = true });
    tell_note(tell, "r6");
}

static void leaders(const struct tell *tell)
{
    const struct language *language = tell->language;
    if (!tell_delivered(tell, "r7"))
        return;
    const struct released *ratio = tell_cell(tell, "r7.ratio", "all", 2);
    const struct released *share_of = tell_cell(tell, "r7", "leaders", 0);
    if (share_of->sign == SIGN_SHOWN)
        doc_heading(tell->doc, 2, "workforce-leaders",
                    tell_format(tell, tr(language, "%s of the leaders have an immigration history"),
                                tell_value(tell, share_of, RELEASE_PERCENT)));
    else
        doc_heading(tell->doc, 2, "workforce-leaders", tr(language, "Leadership"));
    if (ratio->sign == SIGN_SHOWN && ratio->word != WORD_NONE)
        doc_paragraph(tell->doc, tell_format(tell, tr(language, "Chance to lead, staff with compared with staff "
                                                                "without immigration history: **%s** (ratio %s, "
                                                                "range %s). Age and years of service explain part of "
                                                                "such a difference; the table therefore also compares "
                                                                "people of similar age and length of service."),
                                             release_word(ratio->word, language),
                                             tell_value(tell, ratio, RELEASE_RATIO),
                                             ratio->ranged ? tell_range(tell, ratio, RELEASE_RATIO) : "u"));
    tell_shares(tell, "r7", 0, tr(language, "Share with immigration history: leaders and others"), "total");
    tell_table(tell, &(struct tell_table){ .id = "r7", .head = tr(language, "Group"), .base = true });
    tell_table(tell, &(struct tell_table){ .id = "r7.ratio", .head = tr(language, "Compared are") });
    tell_note(tell, "r7");
}

/* Units by their answers against what chance gives: from five departments on. */
static void funnel(const struct tell *tell)
{
    const struct language *language = tell->language;
    const struct release_table *table = release_table(tell->release, "r1.unit");
    const struct released *all = tell_cell(tell, "r1.unit", "total", 0);
    struct chart_datum data[200];
    size_t count = 0;
    for (size_t row = 0; table != NULL && row < table->row_count && count < COUNT(data); row++) {
        const struct released *cell = &table->cells[row * table->column_count];
        if (table->rows[row].total || cell->sign != SIGN_SHOWN || cell->base == 0)
            continue;
        data[count++] = (struct chart_datum){ .label = tell_label(tell, &table->rows[row]), .value = cell->value,
                                              .low = (double)NAN, .high = (double)NAN, .reference = cell->base,
                                              .text = tell_value(tell, cell, RELEASE_PERCENT) };
    }
    if (all->sign != SIGN_SHOWN || count < 5)
        return;
    const struct chart chart = { .form = CHART_FUNNEL, .data = data, .count = count, .lowest = (double)NAN,
                                 .highest = (double)NAN, .axis = tr(language, "answers per department"),
                                 .centre = all->value / 100 };
    const char *caption = tr(language, "Share with immigration history by department, with the limits of chance");
    doc_figure(tell->doc, caption, tell_alternative(tell, tr(language, "Funnel chart"), caption, &chart), &chart,
               false);
    doc_figure_about(tell->doc, "r1.unit", tell_bases(tell, "r1.unit", 0));
    doc_note(tell->doc, tr(language, "Departments between the solid lines differ from the city by no more than chance "
                                     "allows in 95 of 100 cases (dashed: 998 of 1,000). Only departments outside the "
                                     "dashed lines are named. Limits: exact binomial (Spiegelhalter 2005)."));
}

static void departments(const struct tell *tell)
{
    const struct language *language = tell->language;
    const struct released *index = tell_cell(tell, "r11", "total", 0);
    const struct released *chance = tell_cell(tell, "r11", "total", 1);
    if (!tell_delivered(tell, "r1.unit") && !tell_delivered(tell, "r11"))
        return;
    doc_heading(tell->doc, 2, "workforce-departments", tr(language, "How evenly are staff spread over departments?"));
    if (index->sign == SIGN_SHOWN && chance->sign == SIGN_SHOWN && index->value <= chance->value)
        doc_paragraph(tell->doc, tr(language, "Staff with and without immigration history are spread over the "
                                              "departments about as evenly as chance would spread them."));
    else if (index->sign == SIGN_SHOWN && chance->sign == SIGN_SHOWN)
        doc_paragraph(tell->doc, tell_format(tell, tr(language, "The index of unevenness is %s of 100 after "
                                                                "subtracting what chance alone produces; values up "
                                                                "to %s are within chance. An uneven spread can be "
                                                                "wanted, for example where languages are needed."),
                                             tell_value(tell, index, RELEASE_SCORE),
                                             tell_value(tell, chance, RELEASE_SCORE)));
    funnel(tell);
    tell_units(tell, &(struct tell_table){ .id = "r1.unit", .head = tr(language, "Department"), .base = true,
                                           .shown_only = true });
    tell_note(tell, "r11");
}

/* First of the two ends: the wave before the last one. */
static size_t slope_datum(const struct tell *tell, const char *id, const char *label, bool accent,
                          struct chart_datum *datum)
{
    const struct release_table *table = release_table(tell->release, id);
    if (table == NULL || table->row_count < 2)
        return 0;
    const struct released *before = &table->cells[(table->row_count - 2) * table->column_count];
    const struct released *now = &table->cells[(table->row_count - 1) * table->column_count];
    if (now->sign != SIGN_SHOWN)
        return 0;
    *datum = (struct chart_datum){ .label = label, .value = now->value, .low = (double)NAN, .high = (double)NAN,
                                   .reference = before->sign == SIGN_SHOWN ? before->value : (double)NAN,
                                   .text = tell_value(tell, now, RELEASE_PERCENT),
                                   .reference_text = tell_value(tell, before, RELEASE_PERCENT), .accent = accent };
    return 1;
}

static size_t last_two(const struct tell *tell, const struct tell_line lines[2], struct chart_datum data[2])
{
    size_t count = slope_datum(tell, lines[0].id, lines[0].label, lines[0].accent, &data[0]);
    return count + slope_datum(tell, lines[1].id, lines[1].label, lines[1].accent, &data[count]);
}

static void waves(const struct tell *tell)
{
    const struct language *language = tell->language;
    const struct release_table *table = release_table(tell->release, "r1.wave");
    if (table == NULL || table->row_count < 2)
        return;
    const struct released *difference = tell_cell(tell, "r1.change", "total", 2);
    if (difference->sign == SIGN_SHOWN && difference->word != WORD_NONE)
        doc_heading(tell->doc, 2, "workforce-waves",
                    tell_format(tell, tr(language, "Share compared with the previous survey: %s"),
                                release_word(difference->word, language)));
    else
        doc_heading(tell->doc, 2, "workforce-waves", tr(language, "Development over the surveys"));
    const struct tell_line lines[] = {
        { "r1.wave", tr(language, "with immigration history (survey)"), true },
        { "r2.wave", tr(language, "without German citizenship (personnel statistics)"), false },
    };
    struct chart_datum data[2] = { 0 };
    size_t count = 0;
    if (table->row_count > 2)
        tell_lines(tell, tr(language, "Shares of staff over the surveys"), lines, COUNT(lines));
    else
        count = last_two(tell, lines, data);
    if (count > 0) {
        const struct chart chart = { .form = CHART_SLOPE, .data = data, .count = count, .lowest = 0,
                                     .highest = (double)NAN,
                                     .key_reference = tell_label(tell, &table->rows[table->row_count - 2]),
                                     .key_value = tell_label(tell, &table->rows[table->row_count - 1]) };
        const char *caption = tr(language, "Shares of staff in the last two surveys");
        doc_figure(tell->doc, caption, tell_alternative(tell, tr(language, "Slope chart"), caption, &chart), &chart,
                   false);
        doc_figure_about(tell->doc, "r1.wave", tell_bases(tell, "r1.wave", 0));
    }
    if (difference->sign == SIGN_SHOWN)
        doc_paragraph(tell->doc, tell_format(tell, tr(language, "Change of the share with immigration history: %s. "
                                                                "Both surveys are computed by the same definition."),
                                             tell_difference(tell, difference, true)));
    tell_table(tell, &(struct tell_table){ .id = "r1.wave", .head = tr(language, "Survey"), .base = true });
}

static const struct tell_part further[] = {
    { "r4", N_("Share expected at the age of the staff"), NULL, NULL },
    { "r5", N_("Share in the labour market of the region"), NULL, NULL },
    { "r10", N_("Forms of employment"), NULL, NULL },
};

static void build(const struct release *release, struct doc *doc)
{
    struct tell tell = tell_open(release, doc);
    doc_heading(doc, 1, "workforce", tr(doc->language, N_("Who works here?")));
    share(&tell);
    residents(&tell);
    citizenship(&tell);
    bands(&tell);
    leaders(&tell);
    departments(&tell);
    (void)tell_chapter(&tell, &(struct tell_chapter){ .id = "workforce", .parts = further, .count = COUNT(further) });
    waves(&tell);
}

const struct section section_workforce = {
    .id = "workforce",
    .title = N_("Who works here?"),
    .build = build,
};
