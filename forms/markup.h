/* HTML of foreign questionnaires to plain text, and plain text to HTML that reads back as the same text.
 *
 * Scripts, styles, embedded pages and comments are dropped with what is in them; every other tag is dropped and its
 * text kept; entities are decoded. What comes out is text: it is escaped again wherever it is shown. Not responsible
 * for checking that the HTML is well-formed: anything is read. */
#ifndef FORMS_MARKUP_H
#define FORMS_MARKUP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

enum { MARKUP_TEXT_MAX = 16 * 1024 };

enum markup_shape {
    MARKUP_LINE,       /* one line: questions, options, titles */
    MARKUP_PARAGRAPHS, /* empty lines between paragraphs, **bold** kept */
};

/* What a text had that plain text has not; counts add up over several calls. */
struct markup_lost {
    size_t scripts; /* scripts, styles, frames, videos */
    size_t images;  /* their alternative text is kept */
    size_t tables;
    size_t formats; /* italics, colours, and bold where it is not kept */
    bool cut;       /* longer than MARKUP_TEXT_MAX */
};

/* {…} in the text, without the braces and with entities decoded: writes what stands in its place. */
typedef void markup_expression(void *context, const char *expression, struct buf *out);

/* Appends to out. expression NULL: braces are letters like others. Otherwise { that stay become {{. */
void markup_read(const char *html, enum markup_shape shape, markup_expression *expression, void *context,
                 struct buf *out, struct markup_lost *lost);

/* The way back: markup_read() of what is appended gives text again. Braces become character references; with
 * expression, {ID} is handed to it and {{ is a brace. */
void markup_write(const char *text, enum markup_shape shape, markup_expression *expression, void *context,
                  struct buf *out);

#endif
