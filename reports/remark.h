/* What people of the administration write beside the figures: comments on chapters, "you said – we did", recommendations to
 * the council, the fields of the cover paper. Plain text with a little Markdown; never a figure of its own.
 *
 * Not responsible for where one may write (place.h) or for keeping it (survey/store_remark.c). */
#ifndef REPORTS_REMARK_H
#define REPORTS_REMARK_H

#include "reports/doc.h"

enum { REMARK_MAX = 20000 }; /* bytes of one text */

struct remark {
    const char *place;    /* id of a place: place.h */
    const char *language; /* code of the language it is written in */
    const char *text;     /* lines ended by LF, checked by remark_check; never empty */
};

struct remarks {
    const struct remark *rows;
    size_t count;
    const char *frozen; /* ISO day from which nothing changes any more; "" before: the report is a draft */
};

/* The text of a place in that language; NULL when there is none. remarks may be NULL. */
const char *remark_text(const struct remarks *remarks, const char *place, const struct language *language);
/* Some other language the place is written in; NULL when there is none. */
const struct language *remark_elsewhere(const struct remarks *remarks, const char *place,
                                        const struct language *language);

/* Line ends become LF, blanks at the ends go. STATUS_INPUT: not UTF-8, control characters; STATUS_LIMIT: too long. */
MUST_USE enum status remark_check(struct arena *arena, const char *typed, const char **text, struct fail *fail);

/* Adds the text to a document. Known are: paragraphs parted by empty lines, lines that begin with "- ", headings that begin with
 * "#", **strong**; everything else is printed as it is typed. level: of its headings, at most one more than the heading before;
 * anchor: beginning of their anchors. */
void remark_write(struct doc *doc, unsigned level, const char *anchor, const char *text);

#endif
