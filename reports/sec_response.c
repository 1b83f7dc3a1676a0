/* Who answered: response by department, answers against the personnel statistics, anchor check, sensitivity band. */
#include <math.h>

#include "reports/tell.h"

static void rate(const struct tell *tell)
{
    const struct language *language = tell->language;
    const struct released *staff = tell_cell(tell, "dq1.unit", "total", 0);
    const struct released *answers = tell_cell(tell, "dq1.unit", "total", 1);
    const struct released *share = tell_cell(tell, "dq1.unit", "total", 2);
    if (share->sign == SIGN_SHOWN && answers->sign == SIGN_SHOWN) {
        doc_heading(tell->doc, 2, "response-rate",
                    tell_format(tell, tr(language, "%s of staff took part"), tell_value(tell, share, RELEASE_PERCENT)));
        doc_paragraph(tell->doc,
                      tell_format(tell,
                                  tr(language, "%s of about %s staff answered. In comparable surveys "
                                               "of German administrations between 22 and 26 per cent "
                                               "did (Berlin 2024, Bremen 2013 and 2024)."),
                                  tell_value(tell, answers, RELEASE_COUNT), tell_value(tell, staff, RELEASE_COUNT)));
    } else {
        doc_heading(tell->doc, 2, "response-rate", tr(language, "Response by department"));
    }
    if (!tell_delivered(tell, "dq1.unit")) {
        tell_missing(tell, tr(language, "response by department"),
                     tr(language, "Needed are the closed survey and the personnel statistics of the same year "
                                  "(import of the workforce table)."));
        return;
    }
    tell_units(tell, &(struct tell_table){ .id = "dq1.unit", .head = tr(language, "Department") });
    doc_note(tell->doc, tr(language, "Staff: personnel statistics, rounded to 5. Response rates of departments are "
                                     "rounded to 5 per cent and not printed below 10 and from 95 per cent on. The "
                                     "order is that of the city; it is no ranking."));
}

static void margins(const struct tell *tell)
{
    const struct language *language = tell->language;
    if (!tell_delivered(tell, "dq1.band"))
        return;
    doc_heading(tell->doc, 3, "response-margins", tr(language, "Do the answers mirror the staff?"));
    doc_paragraph(tell->doc, tr(language, "If the dot lies right of the circle, this group answered more often than "
                                          "others."));
    tell_chart(tell, &(struct tell_chart){ .id = "dq1.band",
                                           .form = CHART_DOTS,
                                           .value = 1,
                                           .reference = 0,
                                           .caption = tr(language, "Answers and staff by pay band"),
                                           .key_value = tr(language, "share of the answers"),
                                           .key_reference = tr(language, "share of the staff"),
                                           .axis = tr(language, "per cent"),
                                           .lowest = 0,
                                           .highest = (double)NAN });
    tell_table(tell, &(struct tell_table){ .id = "dq1.band", .head = tr(language, "Pay band") });
    tell_table(tell, &(struct tell_table){ .id = "dq1.age", .head = tr(language, "Age") });
    tell_table(tell, &(struct tell_table){ .id = "dq1.sex", .head = tr(language, "Sex") });
    tell_note(tell, "dq1");
}

static void weighting(const struct tell *tell)
{
    const struct language *language = tell->language;
    const struct released *answers = tell_cell(tell, "dq1.weights", "total", 0);
    const struct released *effective = tell_cell(tell, "dq1.weights", "total", 1);
    if (!tell_delivered(tell, "dq1.weights") && tell_shown(tell, "dq1.unit", "total", 1))
        doc_paragraph(tell->doc,
                      tr(language, "The answers are not weighted: the personnel statistics or the questionnaire "
                                   "tell too little about department, pay band, sex and age."));
    if (effective->sign != SIGN_SHOWN || answers->sign != SIGN_SHOWN)
        return;
    doc_heading(tell->doc, 3, "response-weights",
                tell_format(tell, tr(language, "Weighted, %s answers tell as much as %s equal ones"),
                            tell_value(tell, answers, RELEASE_COUNT), tell_value(tell, effective, RELEASE_COUNT)));
    doc_paragraph(tell->doc,
                  tr(language,
                     "Shares by immigration history are weighted: groups of the staff that answered rarely "
                     "count more, until the groups of the second table agree with the personnel statistics. "
                     "That costs accuracy. The design effect says how much: the answers divided by "
                     "the number of equal answers that tell as much. No answer counts more than about five times "
                     "as much as the mean."));
    tell_table(tell, &(struct tell_table){ .id = "dq1.weights", .head = tr(language, "Basis") });
    tell_table(tell, &(struct tell_table){ .id = "dq1.margins", .head = tr(language, "Trait") });
}

static void anchor(const struct tell *tell)
{
    const struct language *language = tell->language;
    if (!tell_delivered(tell, "dq3"))
        return;
    const char *row = tell_shown(tell, "dq3", "pooled", 2) ? "pooled" : "wave";
    const struct released *ratio = tell_cell(tell, "dq3", row, 2);
    if (ratio->sign == SIGN_SHOWN && ratio->word != WORD_NONE)
        doc_heading(tell->doc, 2, "response-anchor",
                    tell_format(tell, tr(language, "Willingness to answer without German citizenship: %s"),
                                release_word(ratio->word, language)));
    else
        doc_heading(tell->doc, 2, "response-anchor", tr(language, "Anchor check with citizenship"));
    doc_paragraph(tell->doc, tr(language, "Citizenship is the only feature of origin that the personnel office knows "
                                          "exactly. If people without German citizenship are rarer among the answers "
                                          "than among the staff, they answered less often. We assume that the same "
                                          "holds for everyone with an immigration history; that cannot be proved."));
    if (ratio->sign == SIGN_SHOWN) {
        const char *range = tell_range(tell, ratio, RELEASE_RATIO);
        doc_paragraph(tell->doc, tell_format(tell,
                                             tr(language, "For each person of the other staff who answered, %s "
                                                          "persons without German citizenship did (range %s)."),
                                             tell_value(tell, ratio, RELEASE_RATIO),
                                             range == NULL ? release_sign(SIGN_UNSAFE) : range));
    }
    tell_table(tell, &(struct tell_table){ .id = "dq3", .head = tr(language, "Basis"), .base = true });
    tell_table(tell, &(struct tell_table){ .id = "dq3.anchored", .head = tr(language, "Basis"), .base = true });
    tell_note(tell, "dq3");
}

static void band(const struct tell *tell)
{
    const struct language *language = tell->language;
    const struct released *low = tell_cell(tell, "dq4", "r.1.50", 0);
    const struct released *high = tell_cell(tell, "dq4", "r.0.67", 0);
    if (!tell_delivered(tell, "dq4"))
        return;
    if (low->sign == SIGN_SHOWN && high->sign == SIGN_SHOWN)
        doc_heading(tell->doc, 3, "response-band",
                    tell_format(tell, tr(language, "The share lies between %s and %s, depending on who answered"),
                                tell_value(tell, low, RELEASE_PERCENT), tell_value(tell, high, RELEASE_PERCENT)));
    else
        doc_heading(tell->doc, 3, "response-band", tr(language, "What if some answered less often?"));
    doc_paragraph(tell->doc, tr(language, "The table shows the share with immigration history if these people had "
                                          "answered more rarely or more often than others. A value of 0.67 means: of "
                                          "three with the same wish to take part, only two answered."));
    tell_table(tell,
               &(struct tell_table){ .id = "dq4", .head = tr(language, "They answered … times as often as others") });
    tell_note(tell, "dq4");
}

static const struct tell_part further[] = {
    { "dq2", N_("How well the answers represent the staff"), NULL, NULL },
    { "dq6", N_("How much is kept secret"), NULL, NULL },
    { "dq7", N_("How soon the results are known"), NULL, NULL },
};

static void build(const struct release *release, struct doc *doc)
{
    struct tell tell = tell_open(release, doc);
    doc_heading(doc, 1, "response", tr(doc->language, N_("Who answered?")));
    rate(&tell);
    margins(&tell);
    weighting(&tell);
    anchor(&tell);
    band(&tell);
    (void)tell_chapter(&tell, &(struct tell_chapter){ .id = "response", .parts = further, .count = COUNT(further),
                                                       .how = N_("Needed are the personnel statistics by department and pay "
                                                                 "band and the days of publication, entered in the "
                                                                 "office.") });
}

const struct section section_response = {
    .id = "response",
    .title = N_("Who answered?"),
    .build = build,
};
