/* The structure tree: what each piece of the page is (heading, table cell, figure), in reading order.
 * Source: ISO 32000-1:2008, 14.7 and 14.8; ISO 14289-1:2014. Drawing belongs to pdf_canvas. */
#ifndef REPORTS_PDF_TAGS_H
#define REPORTS_PDF_TAGS_H

#include <stdbool.h>

#include "reports/pdf_file.h"

struct pdf_kid;

struct pdf_tag {
    struct pdf_tag *next; /* of all, in the order of creation */
    struct pdf_tag *parent;
    struct pdf_kid *first, *last;
    const char *type;        /* "P" */
    const char *alternative; /* Figure */
    const char *actual;      /* text to be read instead of the content */
    const char *spoken;      /* the text drawn under it, in the order of reading: becomes actual when drawn otherwise */
    bool turned;             /* some of it was drawn from right to left */
    const char *attributes;  /* PDF text of one attribute dictionary */
    const char *id;          /* Note */
    const char *language;    /* "en": where it is not the document's; NULL */
    struct pdf_object *object;
};

/* A link on a page, drawn by the canvas and owned by a Link element. */
struct pdf_link {
    struct pdf_link *next;
    struct pdf_tag *tag;
    struct pdf_object *object;
    size_t page;
    size_t key; /* of the ParentTree; given by pdf_tags_write */
};

/* What a page's content owes to the tree: owners[mcid]. */
struct pdf_owners {
    struct pdf_tag **tags;
    size_t count, room;
    struct pdf_object *page;
};

struct pdf_tags {
    struct arena *arena;
    struct pdf_file *file;
    struct pdf_tag *first, *last;
    struct pdf_link *first_link, *last_link;
    size_t note_count;
    bool failed;
};

void pdf_tags_init(struct pdf_tags *tags, struct arena *arena, struct pdf_file *file);

/* NULL after a failure of memory; every function accepts a NULL tag. Strings are borrowed until pdf_tags_write. */
struct pdf_tag *pdf_tag_new(struct pdf_tags *tags, struct pdf_tag *parent, const char *type);
struct pdf_tag *pdf_tag_note(struct pdf_tags *tags, struct pdf_tag *parent); /* a Note with its own ID */

/* Gives the next mark of a page to the tag and returns its number. */
size_t pdf_tag_mark(struct pdf_tags *tags, struct pdf_tag *tag, struct pdf_owners *owners, size_t page);
/* Text drawn in a mark of the tag. turned: letters of it run from right to left, so that content cannot be read aloud as
 * it stands in the page. */
void pdf_tag_speak(struct pdf_tags *tags, struct pdf_tag *tag, const char *text, bool turned);
/* A link annotation that belongs to the Link tag. */
struct pdf_link *pdf_tag_link(struct pdf_tags *tags, struct pdf_tag *tag, size_t page);

/* Writes all elements, the ParentTree and the IDTree; gives links their keys. root is what the catalog refers to. */
MUST_USE enum status pdf_tags_write(struct pdf_tags *tags, const struct pdf_owners *pages, size_t page_count,
                                    struct pdf_object **root, struct fail *fail);

#endif
