/* A YAML file as a small tree of strings with line and column.
 *
 * Every scalar is a string. Anchors, aliases, tags and second documents are refused: a few bytes of them can stand for
 * gigabytes, or for something a reader of the file does not see. Bounded in depth, nodes and keys. */
#ifndef FORMS_YAML_TREE_H
#define FORMS_YAML_TREE_H

#include <stdint.h>

#include "base/arena.h"

enum { YAML_LENGTH_MAX = 4 << 20, YAML_DEPTH_MAX = 16, YAML_NODE_MAX = 400000, YAML_KEY_MAX = 256 };

enum yaml_kind { YAML_SCALAR, YAML_SEQUENCE, YAML_MAPPING };

struct yaml_node {
    enum yaml_kind kind;
    const char *key;   /* in a mapping: the key; else NULL */
    const char *value; /* scalar: without blanks at its end */
    struct yaml_node *first, *last, *next;
    size_t count;          /* children */
    uint32_t line, column; /* of the value, from 1 */
    uint32_t key_line, key_column;
};

typedef void yaml_fault(void *context, uint32_t line, uint32_t column, const char *message);

/* All faults are reported; after a fault of syntax the reader stops. STATUS_INPUT when there was one. */
MUST_USE enum status yaml_read(struct arena *arena, const char *bytes, size_t length, const struct yaml_node **root,
                               yaml_fault *fault, void *context, struct fail *fail);

/* Child of a mapping with that key, NULL when there is none. */
const struct yaml_node *yaml_child(const struct yaml_node *mapping, const char *key);

#endif
