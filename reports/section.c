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

void report_build(const struct release *release, struct doc *doc)
{
    struct tell tell = tell_open(release, doc);
    const struct language *language = doc->language;
    doc->title = tell_format(&tell, tr(language, "Diversity report %d"), release->year);
    doc->subtitle = tr(language, "Intercultural opening of the city administration: results of the staff survey and "
                                 "of the personnel statistics");
    doc->author = tell_format(&tell, "%s", release->city);
    doc->footer = tell_format(&tell, "%s · %s", release->city, doc->title);
    if (release->demo)
        doc->banner = tr(language, "Demo data – invented figures, no figures about a real city");
    if (release->cube_year > 0) { /* the day the figures stand for: the same release gives the same report */
        doc->year = release->cube_year;
        doc->month = release->cube_month;
        doc->day = release->cube_day;
    }
    doc_contents(doc);
    doc_break(doc);
    for (size_t i = 0; sections[i] != NULL; i++) {
        sections[i]->build(release, doc);
        if (i == 0) /* the summary has a page of its own */
            doc_break(doc);
    }
}
