#include "reports/place.h"

#include <string.h>

#define COMMENT_HINT N_("Appears at the end of this chapter as the city's comment. Explain and put into context; the figures stay as they are.")

/* What is no comment on a chapter. */
static const struct place fields[] = {
    { "cover.subject", N_("Subject"), N_("What the paper is about, in one line."), PLACE_COVER },
    { "cover.number", N_("Number of the paper"), N_("As your council's system gives it, for example 2026/0123."), PLACE_COVER },
    { "cover.author", N_("Author"), N_("Name or department."), PLACE_COVER },
    { "cover.lead", N_("Lead department"), N_("Number and name."), PLACE_COVER },
    { "cover.editor", N_("Person in charge"), N_("Name and telephone."), PLACE_COVER },
    { "cover.committees", N_("Course of consultation"),
      N_("One committee a line: committee; role; date. Roles are: hearing, preliminary consultation, decision, for information."),
      PLACE_COVER },
    { "cover.decision", N_("Proposed decision"), N_("What the council is to decide. Empty: it takes note of the report."), PLACE_COVER },
    { "cover.finance", N_("Financial effects"), N_("Product, account group, amount in euro. Empty: a line to fill in."), PLACE_COVER },
    { "cover.facts", N_("Facts of the case"), N_("Stands before the statements of the report's first page."), PLACE_COVER },
};

static const struct place *comment(const struct section *section, struct place *room)
{
    *room = (struct place){ section->id, section->title, section->hint != NULL ? section->hint : COMMENT_HINT,
                                   PLACE_CHAPTER };
    return room;
}

const struct place *place_at(size_t i, struct place *room)
{
    size_t chapters = 0;
    for (size_t k = 0; sections[k] != NULL; k++) {
        if (sections[k]->listing)
            continue;
        if (chapters == i)
            return comment(sections[k], room);
        chapters++;
    }
    return i - chapters < COUNT(fields) ? &fields[i - chapters] : NULL;
}

const struct place *place_find(const char *id, struct place *room)
{
    const struct section *section = section_find(id);
    if (section != NULL && !section->listing)
        return comment(section, room);
    for (size_t i = 0; i < COUNT(fields); i++)
        if (strcmp(fields[i].id, id) == 0)
            return &fields[i];
    return NULL;
}
