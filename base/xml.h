/* XML as events, hardened for files from strangers, on libxml2's push parser. Whole small documents: xml_tree.h.
 *
 * Refused: a document type (and with it every entity beyond the five of XML), more than XML_DEPTH_MAX levels, a tag
 * longer than XML_TAG_MAX bytes, encodings other than UTF-8 and UTF-16. Nothing is ever fetched or opened.
 * Namespaces are not told apart: "x:row" and "row" are both "row". Not responsible for what elements mean. */
#ifndef BASE_XML_H
#define BASE_XML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

enum { XML_DEPTH_MAX = 64, XML_TAG_MAX = 128 * 1024, XML_NAMESPACE_MAX = 64 /* declared in one tag */ };

struct xml_attribute {
    const char *name;  /* without prefix */
    const char *value; /* entities replaced */
};

struct xml_element {
    const char *name; /* without prefix */
    const struct xml_attribute *attributes;
    size_t attribute_count;
    uint32_t line; /* from 1 */
};

/* Value of the attribute; NULL when there is none. */
const char *xml_attribute(const struct xml_element *element, const char *name);

/* What is done with the document. Everything handed over lives for the call only. A status other than STATUS_OK ends
 * the reading and is what xml_feed returns. Text comes in pieces of any length, CDATA included. open may clear *within
 * when neither the text nor the children of the element matter: they are checked, but no call is made for them; close
 * comes as always. */
struct xml_events {
    enum status (*open)(void *context, const struct xml_element *element, bool *within, struct fail *fail);
    enum status (*close)(void *context, const char *name, struct fail *fail);
    enum status (*text)(void *context, const char *text, size_t length, struct fail *fail);
};

struct xml;

/* name: of the file, for messages. events and context are borrowed until xml_destroy. */
MUST_USE enum status xml_create(const char *name, const struct xml_events *events, void *context, struct xml **xml,
                                struct fail *fail);
void xml_destroy(struct xml *xml); /* accepts NULL */

/* The next bytes of the document, in portions of any size; then the end.
 * STATUS_INPUT not well-formed or refused as above; STATUS_LIMIT too deep or a tag too long; STATUS_MEMORY. */
MUST_USE enum status xml_feed(struct xml *xml, const char *bytes, size_t length, struct fail *fail);
MUST_USE enum status xml_end(struct xml *xml, struct fail *fail);

#endif
