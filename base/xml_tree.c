/* Builds the tree from the events; the text of an element is gathered level by level. */
#include "base/xml_tree.h"

#include <string.h>

#include "base/buf.h"

struct builder {
    struct arena *arena;
    const char *name;
    struct xml_node *open[XML_DEPTH_MAX];
    struct xml_node *last[XML_DEPTH_MAX]; /* child of open[i] that was added last */
    struct buf texts[XML_DEPTH_MAX];
    size_t depth;
    struct xml_node *root;
};

static enum status full(const struct builder *builder, struct fail *fail)
{
    return FAIL(fail, STATUS_LIMIT, "%s: the file holds more than the program reads (%zu bytes)", builder->name,
                builder->arena->limit);
}

static bool copy_element(struct arena *arena, const struct xml_element *from, struct xml_element *to)
{
    struct xml_attribute *attributes = ARENA_NEW(arena, struct xml_attribute, from->attribute_count);
    to->line = from->line;
    to->attributes = attributes;
    to->attribute_count = from->attribute_count;
    to->name = arena_string(arena, from->name);
    bool fits = attributes != NULL && to->name != NULL;
    for (size_t i = 0; fits && i < from->attribute_count; i++) {
        attributes[i].name = arena_string(arena, from->attributes[i].name);
        attributes[i].value = arena_string(arena, from->attributes[i].value);
        fits = attributes[i].name != NULL && attributes[i].value != NULL;
    }
    return fits;
}

static enum status on_open(void *context, const struct xml_element *element, bool *within, struct fail *fail)
{
    (void)within;
    struct builder *builder = context;
    struct xml_node *node = ARENA_NEW(builder->arena, struct xml_node, 1);
    if (node == NULL || !copy_element(builder->arena, element, &node->element))
        return full(builder, fail);
    node->text = "";
    size_t depth = builder->depth;
    if (depth == 0)
        builder->root = node;
    else {
        struct xml_node *parent = builder->open[depth - 1];
        if (builder->last[depth - 1] != NULL)
            builder->last[depth - 1]->next = node;
        else
            parent->first = node;
        builder->last[depth - 1] = node;
        parent->count++;
    }
    builder->open[depth] = node;
    builder->last[depth] = NULL;
    buf_clear(&builder->texts[depth]);
    builder->depth++;
    return STATUS_OK;
}

static enum status on_close(void *context, const char *name, struct fail *fail)
{
    (void)name;
    struct builder *builder = context;
    builder->depth--;
    const struct buf *text = &builder->texts[builder->depth];
    if (text->failed)
        return full(builder, fail);
    if (text->length == 0)
        return STATUS_OK;
    char *copy = arena_copy(builder->arena, text->bytes, text->length);
    if (copy == NULL)
        return full(builder, fail);
    builder->open[builder->depth]->text = copy;
    return STATUS_OK;
}

static enum status on_text(void *context, const char *text, size_t length, struct fail *fail)
{
    struct builder *builder = context;
    if (builder->depth == 0)
        return STATUS_OK;
    buf_add(&builder->texts[builder->depth - 1], text, length);
    return builder->texts[builder->depth - 1].failed ? full(builder, fail) : STATUS_OK;
}

enum status xml_tree_read(struct arena *arena, const char *name, const char *bytes, size_t length,
                          const struct xml_node **root, struct fail *fail)
{
    static const struct xml_events events = { on_open, on_close, on_text };
    struct builder builder = { .arena = arena, .name = name };
    for (size_t i = 0; i < XML_DEPTH_MAX; i++)
        buf_init(&builder.texts[i], arena->limit);
    struct xml *xml = NULL;
    enum status status = xml_create(name, &events, &builder, &xml, fail);
    if (status == STATUS_OK)
        status = xml_feed(xml, bytes, length, fail);
    if (status == STATUS_OK)
        status = xml_end(xml, fail);
    xml_destroy(xml);
    for (size_t i = 0; i < XML_DEPTH_MAX; i++)
        buf_free(&builder.texts[i]);
    if (status == STATUS_OK)
        *root = builder.root;
    return status;
}

const struct xml_node *xml_child(const struct xml_node *node, const char *name)
{
    const struct xml_node *child = node != NULL ? node->first : NULL;
    while (child != NULL && strcmp(child->element.name, name) != 0)
        child = child->next;
    return child;
}

const struct xml_node *xml_next(const struct xml_node *node, const char *name)
{
    const struct xml_node *next = node != NULL ? node->next : NULL;
    while (next != NULL && strcmp(next->element.name, name) != 0)
        next = next->next;
    return next;
}

const char *xml_child_text(const struct xml_node *node, const char *name)
{
    const struct xml_node *child = xml_child(node, name);
    return child != NULL ? child->text : NULL;
}
