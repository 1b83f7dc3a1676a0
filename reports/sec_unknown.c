/* What we do not know: limits of the survey, hidden cells, data not delivered. */
#include "reports/tell.h"

static const struct missing {
    const char *table, *what;
} expected[] = {
    { "r2", N_("personnel statistics with citizenship") },
    { "r3", N_("population figures with the same definition") },
    { "p1", N_("applications and appointments (recruitment)") },
    { "s1", N_("language needs of the service units") },
    { "o6", N_("state of the measures") },
};

static void limits(const struct tell *tell)
{
    const struct language *language = tell->language;
    const char *items[5];
    size_t count = 0;
    const struct released *rate = tell_cell(tell, "dq1.unit", "total", 2);
    if (rate->sign == SIGN_SHOWN)
        items[count++] = tell_format(tell, tr(language, "**Who did not answer.** The response rate is %s. Ranges "
                                                        "cover chance, but not reasons for staying away. The chapter "
                                                        "on the response shows how far the result could move."),
                                     tell_value(tell, rate, RELEASE_PERCENT));
    else
        items[count++] = tr(language, "**Who did not answer.** Ranges cover chance, but not reasons for staying away.");
    items[count++] = tr(language, "**What people do.** The survey asks about views and self-ratings. It does not "
                                  "observe how conversations really go.");
    items[count++] = tr(language, "**Causes.** A difference between groups shows that something differs, not why. It "
                                  "proves neither discrimination nor its absence.");
    items[count++] = tr(language, "**Single countries of origin.** They are not asked and not stored.");
    items[count++] = tr(language, "**Residents.** How residents experience the offices is not part of this survey.");
    doc_list(tell->doc, items, count);
}

/* The numbers of the table in the chapter on the response, which does not count itself; those of the release without it. */
static void hidden(const struct tell *tell)
{
    const struct language *language = tell->language;
    const struct release *release = tell->release;
    struct released planned = *tell_cell(tell, "dq6", "report", 0), secret = *tell_cell(tell, "dq6", "report", 1);
    if (planned.sign != SIGN_SHOWN || secret.sign != SIGN_SHOWN) {
        planned = (struct released){ .sign = SIGN_SHOWN, .value = (double)release->planned };
        secret = (struct released){ .sign = SIGN_SHOWN, .value = (double)release->suppressed };
    }
    if (!(planned.value > 0))
        return;
    const struct released part = { .sign = SIGN_SHOWN, .decimals = 1, .value = 100 * secret.value / planned.value };
    doc_paragraph(tell->doc, tell_format(tell, tr(language, "**Kept secret.** %s of %s planned cells (%s) are not "
                                                            "shown to protect people."),
                                         tell_value(tell, &secret, RELEASE_COUNT),
                                         tell_value(tell, &planned, RELEASE_COUNT),
                                         tell_value(tell, &part, RELEASE_PERCENT)));
    if (part.value > 30)
        doc_paragraph(tell->doc, tr(language, "That is more than 30 per cent: the tables are too fine. Merge "
                                              "departments before the next survey."));
}

static void build(const struct release *release, struct doc *doc)
{
    struct tell tell = tell_open(release, doc);
    const struct language *language = doc->language;
    const char *items[COUNT(expected)];
    size_t count = 0;
    doc_heading(doc, 1, "unknown", tr(language, N_("What we do not know")));
    limits(&tell);
    hidden(&tell);
    for (size_t i = 0; i < COUNT(expected); i++)
        if (!tell_delivered(&tell, expected[i].table))
            items[count++] = tr(language, expected[i].what);
    if (count == 0)
        return;
    doc_paragraph(doc, tr(language, "**Data that have not been delivered:**"));
    doc_list(doc, items, count);
}

const struct section section_unknown = {
    .id = "unknown",
    .title = N_("What we do not know"),
    .build = build,
};
