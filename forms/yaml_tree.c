/* Builds the tree from libyaml's events, without recursion. */
#include "forms/yaml_tree.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <yaml.h>

#include "base/i18n.h"
#include "base/utf8.h"

struct builder {
    struct arena *arena;
    struct yaml_node *open[YAML_DEPTH_MAX]; /* containers not yet closed */
    size_t depth;
    struct yaml_node *root;
    const char *key; /* read, its value not yet */
    uint32_t key_line, key_column;
    size_t nodes;
    size_t documents;
    yaml_fault *fault;
    void *context;
    struct fail *fail;
    bool faulty;
};

static const struct language *language_of(const struct builder *builder)
{
    return builder->fail != NULL ? builder->fail->language : NULL;
}

static void report(struct builder *builder, yaml_mark_t mark, const char *message)
{
    builder->faulty = true;
    if (builder->fault != NULL)
        builder->fault(builder->context, (uint32_t)mark.line + 1, (uint32_t)mark.column + 1, message);
    (void)FAIL(builder->fail, STATUS_INPUT, "%zu:%zu: %s", mark.line + 1, mark.column + 1, message);
}

static enum status no_memory(struct builder *builder)
{
    return FAIL(builder->fail, STATUS_MEMORY, "out of memory");
}

/* A scalar where a mapping expects its key. */
static bool awaits_key(const struct builder *builder)
{
    return builder->depth > 0 && builder->open[builder->depth - 1]->kind == YAML_MAPPING && builder->key == NULL;
}

static enum status take_key(struct builder *builder, const char *key, yaml_mark_t mark)
{
    const struct yaml_node *mapping = builder->open[builder->depth - 1];
    if (mapping->count >= YAML_KEY_MAX)
        return FAIL(builder->fail, STATUS_LIMIT, "line %zu: more than %d keys", mark.line + 1, (int)YAML_KEY_MAX);
    if (yaml_child(mapping, key) != NULL) {
        char message[FAIL_WHAT_MAX];
        snprintf(message, sizeof message, tr(language_of(builder), N_("the key “%.60s” occurs twice")), key);
        report(builder, mark, message);
    }
    builder->key = key;
    builder->key_line = (uint32_t)mark.line + 1;
    builder->key_column = (uint32_t)mark.column + 1;
    return STATUS_OK;
}

static enum status add_node(struct builder *builder, enum yaml_kind kind, const char *value, yaml_mark_t mark)
{
    if (++builder->nodes > YAML_NODE_MAX)
        return FAIL(builder->fail, STATUS_LIMIT, "the file has more than %d entries", (int)YAML_NODE_MAX);
    struct yaml_node *node = ARENA_NEW(builder->arena, struct yaml_node, 1);
    if (node == NULL)
        return no_memory(builder);
    *node = (struct yaml_node){ .kind = kind,
                                .value = value,
                                .key = builder->key,
                                .line = (uint32_t)mark.line + 1,
                                .column = (uint32_t)mark.column + 1,
                                .key_line = builder->key_line,
                                .key_column = builder->key_column };
    builder->key = NULL;
    if (builder->depth == 0) {
        builder->root = node;
    } else {
        struct yaml_node *parent = builder->open[builder->depth - 1];
        if (parent->last == NULL)
            parent->first = node;
        else
            parent->last->next = node;
        parent->last = node;
        parent->count++;
    }
    if (kind == YAML_SCALAR)
        return STATUS_OK;
    if (builder->depth == YAML_DEPTH_MAX)
        return FAIL(builder->fail, STATUS_LIMIT, "line %zu: nested deeper than %d", mark.line + 1, (int)YAML_DEPTH_MAX);
    builder->open[builder->depth++] = node;
    return STATUS_OK;
}

static enum status take_scalar(struct builder *builder, const yaml_event_t *event)
{
    const char *bytes = (const char *)event->data.scalar.value;
    size_t length = event->data.scalar.length;
    if (memchr(bytes, '\0', length) != NULL) {
        report(builder, event->start_mark, tr(language_of(builder), N_("a text contains a NUL character")));
        length = strlen(bytes);
    }
    while (length > 0 && (bytes[length - 1] == '\n' || bytes[length - 1] == ' '))
        length--;
    const char *value = arena_copy(builder->arena, bytes, length);
    if (value == NULL)
        return no_memory(builder);
    return awaits_key(builder) ? take_key(builder, value, event->start_mark)
                               : add_node(builder, YAML_SCALAR, value, event->start_mark);
}

static enum status open_container(struct builder *builder, enum yaml_kind kind, yaml_mark_t mark)
{
    if (awaits_key(builder)) {
        report(builder, mark, tr(language_of(builder), N_("a key must be a plain word")));
        builder->key = "";
    }
    return add_node(builder, kind, NULL, mark);
}

static void refuse_anchor(struct builder *builder, const yaml_event_t *event, const yaml_char_t *anchor,
                          const yaml_char_t *tag)
{
    if (anchor != NULL)
        report(builder, event->start_mark, tr(language_of(builder), N_("anchors (&name) are not allowed")));
    if (tag != NULL)
        report(builder, event->start_mark, tr(language_of(builder), N_("tags (!name) are not allowed")));
}

static enum status take_event(struct builder *builder, const yaml_event_t *event)
{
    /* -Wswitch-enum: every event is named. */
    switch (event->type) {
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_STREAM_END_EVENT:
    case YAML_DOCUMENT_END_EVENT: return STATUS_OK;
    case YAML_DOCUMENT_START_EVENT:
        if (++builder->documents > 1)
            report(builder, event->start_mark, tr(language_of(builder), N_("only one document is allowed")));
        return STATUS_OK;
    case YAML_ALIAS_EVENT:
        report(builder, event->start_mark, tr(language_of(builder), N_("aliases (*name) are not allowed")));
        return awaits_key(builder) ? take_key(builder, "", event->start_mark)
                                   : add_node(builder, YAML_SCALAR, "", event->start_mark);
    case YAML_SCALAR_EVENT:
        refuse_anchor(builder, event, event->data.scalar.anchor, event->data.scalar.tag);
        return take_scalar(builder, event);
    case YAML_SEQUENCE_START_EVENT:
        refuse_anchor(builder, event, event->data.sequence_start.anchor, event->data.sequence_start.tag);
        return open_container(builder, YAML_SEQUENCE, event->start_mark);
    case YAML_MAPPING_START_EVENT:
        refuse_anchor(builder, event, event->data.mapping_start.anchor, event->data.mapping_start.tag);
        return open_container(builder, YAML_MAPPING, event->start_mark);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT: builder->depth--; return STATUS_OK;
    }
    return STATUS_OK;
}

static void report_syntax(struct builder *builder, const yaml_parser_t *parser)
{
    char message[FAIL_WHAT_MAX];
    snprintf(message, sizeof message, tr(language_of(builder), N_("this is not valid YAML (%s)")),
             parser->problem != NULL ? parser->problem : "?");
    report(builder, parser->problem_mark, message);
}

static enum status read_events(struct builder *builder, yaml_parser_t *parser)
{
    for (bool end = false; !end;) {
        yaml_event_t event;
        if (yaml_parser_parse(parser, &event) == 0) {
            report_syntax(builder, parser);
            return STATUS_OK;
        }
        end = event.type == YAML_STREAM_END_EVENT;
        enum status status = take_event(builder, &event);
        yaml_event_delete(&event);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

enum status yaml_read(struct arena *arena, const char *bytes, size_t length, const struct yaml_node **root,
                      yaml_fault *fault, void *context, struct fail *fail)
{
    struct builder builder = { .arena = arena, .fault = fault, .context = context, .fail = fail };
    if (length > YAML_LENGTH_MAX)
        return FAIL(fail, STATUS_LIMIT, "the file is larger than %d bytes", (int)YAML_LENGTH_MAX);
    if (!utf8_valid(bytes, length)) {
        report(&builder, (yaml_mark_t){ 0 }, tr(language_of(&builder), N_("the file is not valid UTF-8")));
        return STATUS_INPUT;
    }
    yaml_parser_t parser;
    if (yaml_parser_initialize(&parser) == 0)
        return no_memory(&builder);
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING); /* else a BOM could turn it into UTF-16 */
    yaml_parser_set_input_string(&parser, (const unsigned char *)bytes, length);
    enum status status = read_events(&builder, &parser);
    yaml_parser_delete(&parser);
    if (status != STATUS_OK)
        return status;
    if (!builder.faulty && builder.root == NULL)
        report(&builder, (yaml_mark_t){ 0 }, tr(language_of(&builder), N_("the file is empty")));
    *root = builder.root;
    return builder.faulty ? STATUS_INPUT : STATUS_OK;
}

const struct yaml_node *yaml_child(const struct yaml_node *mapping, const char *key)
{
    if (mapping == NULL || mapping->kind != YAML_MAPPING)
        return NULL;
    for (const struct yaml_node *child = mapping->first; child != NULL; child = child->next)
        if (strcmp(child->key, key) == 0)
            return child;
    return NULL;
}
