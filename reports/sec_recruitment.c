/* Who comes, who stays, who moves up: applications, selection, new hires, trainees, exits, promotion, projection. */
#include <math.h>

#include "reports/tell.h"

/* The share if hires stay as they are: from today's value with its range to ten years on, beside the residents' share. The
 * other assumptions stand in the table. */
static void projection(const struct tell *tell)
{
    enum { YEARS = 3 };
    static const char row[] = "hires";
    const struct language *language = tell->language;
    const struct release_table *table = release_table(tell->release, "r12");
    const struct released *residents = tell_cell(tell, "r3", "TINTG_2021", 1);
    struct chart_datum data[YEARS];
    if (table == NULL || table->column_count < YEARS || !tell_shown(tell, "r12", row, YEARS - 1))
        return;
    for (size_t i = 0; i < YEARS; i++) {
        const struct released *cell = tell_cell(tell, "r12", row, i);
        data[i] = tell_datum(tell, release_label(tell->release, &table->columns[i].label, language), cell, RELEASE_PERCENT);
        data[i].reference_text = data[i].range == NULL ? NULL : tell_format(tell, "(%s)", data[i].range);
    }
    const bool level = residents->sign == SIGN_SHOWN;
    const struct chart chart = { .form = CHART_FAN, .data = data, .count = YEARS, .lowest = 0, .highest = (double)NAN,
                                 .axis = tr(language, "per cent"), .known = 1,
                                 .centre = level ? residents->value : (double)NAN,
                                 .key_reference = level ? tell_format(tell, tr(language, "residents today: %s"),
                                                                      tell_value(tell, residents, RELEASE_PERCENT))
                                                        : NULL };
    const char *caption = tr(language, "Share in ten years if hires stay like those of this year");
    const char *values = "";
    for (size_t i = 0; i < YEARS; i++)
        values = tell_format(tell, "%s%s%s: %s%s%s", values, i == 0 ? "" : "; ", data[i].label, data[i].text,
                             data[i].reference_text == NULL ? "" : " ",
                             data[i].reference_text == NULL ? "" : data[i].reference_text);
    doc_figure(tell->doc, caption,
               tell_format(tell, "%s. %s. %s%s%s.", tr(language, "Line with a projection and its range"), caption, values,
                           level ? "; " : "", level ? chart.key_reference : ""),
               &chart, false);
    doc_figure_about(tell->doc, "r12", tell_bases(tell, "r12", 0));
}

static void hires(const struct tell *tell)
{
    tell_shares(tell, "r8", 1, tr(tell->language, "Share with immigration history among new hires, by pay band"), "total");
}

static const struct tell_part parts[] = {
    { "p1", N_("Share among applicants"), NULL, NULL },
    { "p2", N_("From stage to stage of the selection"), NULL, NULL },
    { "p3", N_("Selection rates compared"), NULL, NULL },
    { "p4", N_("The same standards for all"), NULL, NULL },
    { "r8", N_("Share among new hires"), hires, NULL },
    { "r9", N_("Share among trainees"), NULL, NULL },
    { "p5", N_("Training completed and taken over"), NULL, NULL },
    { "p6", N_("Advertisements that name intercultural competence"), NULL, NULL },
    { "b1", N_("Exits at own request"), NULL, NULL },
    { "b2", N_("Still here after 24 months"), NULL, NULL },
    { "b3", N_("Promotion and upgrading"), NULL, NULL },
    { "r12", N_("How the share will move: a projection"), projection, NULL },
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
