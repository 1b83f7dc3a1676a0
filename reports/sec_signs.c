/* Signs and how to read a range: stands before the first table. */
#include "reports/tell.h"

static const char *sign_line(const struct tell *tell, enum release_sign sign, const char *why)
{
    return tell_format(tell, "**%s** – %s. %s", release_sign(sign), release_sign_text(sign, tell->language), why);
}

static void build(const struct release *release, struct doc *doc)
{
    struct tell tell = tell_open(release, doc);
    const struct language *language = doc->language;
    doc_heading(doc, 1, "signs", tr(language, N_("How to read this report")));
    doc_paragraph(doc, tr(language, "Some cells of the tables hold a letter instead of a number. The letters are:"));
    const char *const signs[] = {
        sign_line(&tell, SIGN_SECRET,
                  tr(language, "The number would say too much about few people, or another hidden number could be "
                               "calculated from it.")),
        sign_line(&tell, SIGN_UNSAFE, tr(language, "The base is below the threshold.")),
        sign_line(&tell, SIGN_VOID, tr(language, "The combination does not exist.")),
        sign_line(&tell, SIGN_PENDING, tr(language, "The data have not been delivered.")),
    };
    doc_list(doc, signs, COUNT(signs));
    doc_paragraph(doc, tr(language, "**Ranges.** Behind many figures stands a range in brackets, for example “17.8 "
                                    "(15.9–19.8)”. If many surveys like this one were made, the range would cover the "
                                    "true value in 95 of 100 of them. The range does not cover errors that arise "
                                    "because some groups answer less often than others; the chapter on the response "
                                    "says more about that."));
    doc_paragraph(doc, tr(language, "**Comparisons.** Words such as “higher” or “practically equal” are chosen by a "
                                    "fixed rule and not by the person who writes the report: a difference counts as "
                                    "relevant from 3 "
                                    "percentage points or 5 points of a scale, and the range of the difference "
                                    "decides. When the range allows both directions, the word is “not decidable with "
                                    "these data”, in tables “not decidable”."));
    doc_paragraph(doc, tr(language, "**Small groups.** Percentages with a base below 200 are given without decimals. "
                                    "Counts of the personnel statistics are rounded to 5, so sums may differ."));
}

const struct section section_signs = {
    .id = "signs",
    .title = N_("How to read this report"),
    .build = build,
};
