/* Where the administration may write beside the figures: a comment on each chapter, chapters of its own, the fields of the
 * cover paper. Adding a field: one line in fields (place.c); a chapter comes with its section. */
#ifndef REPORTS_PLACE_H
#define REPORTS_PLACE_H

#include "reports/section.h"

enum place_group { PLACE_CHAPTER, PLACE_COVER };

struct place {
    const char *id;
    const char *title, *hint; /* English, N_() */
    enum place_group group;
};

/* Every place a text may stand in, in the order of the report; the comment on a chapter has the chapter's title. Past the end:
 * NULL. The result is valid until the next call with the same room. */
const struct place *place_at(size_t i, struct place *room);
const struct place *place_find(const char *id, struct place *room);

#endif
