/* A whole XML document as a tree in an arena, read with the bounds of xml.h. For documents of some megabytes. */
#ifndef BASE_XML_TREE_H
#define BASE_XML_TREE_H

#include "base/arena.h"
#include "base/xml.h"

struct xml_node {
    struct xml_element element;   /* lives as long as the arena */
    const char *text;             /* directly inside, without that of children; "" when there is none; not trimmed */
    const struct xml_node *first; /* child */
    const struct xml_node *next;  /* sibling */
    size_t count;                 /* children */
};

/* bytes: the document; the arena's limit bounds the tree. *root is never NULL on STATUS_OK.
 * STATUS_INPUT, STATUS_LIMIT as in xml.h and when the arena is full; STATUS_MEMORY. */
MUST_USE enum status xml_tree_read(struct arena *arena, const char *name, const char *bytes, size_t length,
                                   const struct xml_node **root, struct fail *fail);

/* First child of that name; of node's siblings after it the next of that name. NULL when there is none; node may be
 * NULL. */
const struct xml_node *xml_child(const struct xml_node *node, const char *name);
const struct xml_node *xml_next(const struct xml_node *node, const char *name);

/* Text of the first child of that name, NULL when there is none. */
const char *xml_child_text(const struct xml_node *node, const char *name);

#endif
