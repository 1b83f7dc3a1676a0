/* HTML that is escaped by construction.
 *
 * HTML(page, "<p>") takes literals only: a variable is a compile error. Everything that varies goes through
 * html_text (between tags) or HTML_ATTR (an attribute value). Pages are XML-parsable: close every tag. */
#ifndef BASE_HTML_H
#define BASE_HTML_H

#include "base/buf.h"

struct html {
    struct buf out;
};

#define HTML(page, literal) buf_add(&(page)->out, "" literal "", sizeof(literal) - 1)
#define HTML_ATTR(page, name, value) html_attr((page), "" name "", (value))

void html_text(struct html *page, const char *text);
void html_part(struct html *page, const char *text, size_t length); /* its first length bytes */
void html_number(struct html *page, long long number); /* digits only, no grouping */
void html_attr(struct html *page, const char *name, const char *value); /* writes: space name="value" */

#endif
