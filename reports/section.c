/* The registry of sections and the frame of the report: title, city, footer, demo mark, contents. */
#include "reports/section.h"

#include <string.h>

#include "reports/tell.h"

#define SECTION(name) extern const struct section section_##name;
#include "reports/sections.def"
#undef SECTION

const struct section *const sections[] = {
#define SECTION(name) &section_##name,
#include "reports/sections.def"
#undef SECTION
    NULL,
};

const struct section *section_find(const char *id)
{
    for (size_t i = 0; sections[i] != NULL; i++)
        if (strcmp(sections[i]->id, id) == 0)
            return sections[i];
    return NULL;
}

/* What the city says to a chapter. A chapter that is written in the office has nothing else. */
static void add_remark(const struct tell *tell, const struct section *section, const struct remarks *remarks)
{
    const struct language *language = tell->language;
    const char *text = remark_text(remarks, section->id, language);
    const struct language *other = text == NULL ? remark_elsewhere(remarks, section->id, language) : NULL;
    const char *anchor = tell_format(tell, "%s-comment", section->id);
    bool written = section->hint != NULL;
    if (text != NULL) {
        if (!written)
            doc_heading(tell->doc, 2, anchor, tr(language, N_("Comment of the city")));
        remark_write(tell->doc, written ? 2 : 3, anchor, text);
    } else if (other != NULL) {
        doc_note(tell->doc, tell_format(tell, tr(language, "The city's comment on this chapter stands in the edition in "
                                                           "another language: %s."), language_name(other)));
    } else if (written) {
        tell_missing(tell, tr(language, section->title),
                     tr(language, "The personnel office writes this chapter in the office, under “Texts”."));
    }
}

void report_front(const struct release *release, struct doc *doc)
{
    struct tell tell = tell_open(release, doc);
    const struct language *language = doc->language;
    doc->title = tell_format(&tell, tr(language, "Diversity report %d"), release->year);
    doc->subtitle = tr(language, "Intercultural opening of the city administration: results of the staff survey and "
                                 "of the personnel statistics");
    if (release->fingerprint[0] != '\0')
        doc->identifier = tell_format(&tell, "urn:querschnitt:%s", release->fingerprint);
    doc->author = tell_format(&tell, "%s", release->city);
    doc->footer = tell_format(&tell, "%s · %s", release->city, doc->title);
    if (release->demo)
        doc->banner = tr(language, "Demo data – invented figures, no figures about a real city");
    if (release->cube_year > 0) { /* the day the figures stand for: the same release gives the same report */
        doc->year = release->cube_year;
        doc->month = release->cube_month;
        doc->day = release->cube_day;
    }
}

void report_mark_draft(const struct tell *tell, const struct remarks *remarks)
{
    if (remarks != NULL && remarks->count > 0 && remarks->frozen[0] == '\0')
        tell->doc->footer = tell_format(tell, tr(tell->language, "%s – draft"), tell->doc->footer);
}

void report_build(const struct release *release, const struct remarks *remarks, struct doc *doc)
{
    struct tell tell = tell_open(release, doc);
    report_front(release, doc);
    report_mark_draft(&tell, remarks);
    doc_contents(doc, LISTED_HEADINGS);
    doc_break(doc);
    for (size_t i = 0; sections[i] != NULL; i++) {
        sections[i]->build(release, doc);
        add_remark(&tell, sections[i], remarks);
        if (i == 0) /* the summary has a page of its own */
            doc_break(doc);
    }
}
