/* Walks over a translation and finds for each text its place in the form's tree. */
#include "forms/overlay.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"

struct overlay {
    struct arena *arena;
    struct yaml_node *root; /* of the form */
    const char *name;       /* of the overlay's file */
    const char *code;       /* its language */
    const char *base;       /* the form's first language */
    const struct form_hooks *hooks;
    const struct language *ui;
    bool exhausted;
};

static void lose(const struct overlay *overlay, const struct yaml_node *node, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void lose(const struct overlay *overlay, const struct yaml_node *node, const char *format, ...)
{
    char where[256];
    char what[FAIL_WHAT_MAX];
    va_list arguments;
    if (overlay->hooks == NULL || overlay->hooks->lost == NULL)
        return;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, tr(overlay->ui, format), arguments);
    va_end(arguments);
    snprintf(where, sizeof where, "%.200s:%u:%u", overlay->name, (unsigned)node->key_line, (unsigned)node->key_column);
    overlay->hooks->lost(overlay->hooks->context, where, what, NULL);
}

static struct yaml_node *child_of(struct yaml_node *mapping, const char *key)
{
    if (mapping == NULL || mapping->kind != YAML_MAPPING)
        return NULL;
    for (struct yaml_node *child = mapping->first; child != NULL; child = child->next)
        if (strcmp(child->key, key) == 0)
            return child;
    return NULL;
}

static struct yaml_node *append(struct overlay *overlay, struct yaml_node *parent, enum yaml_kind kind, const char *key,
                                const char *value)
{
    struct yaml_node *node = ARENA_NEW(overlay->arena, struct yaml_node, 1);
    if (node == NULL) {
        overlay->exhausted = true;
        return NULL;
    }
    *node = (struct yaml_node){ .kind = kind, .key = key, .value = value };
    if (parent->last == NULL)
        parent->first = node;
    else
        parent->last->next = node;
    parent->last = node;
    parent->count++;
    return node;
}

/* The text under that key gets the language too. A text that is one string so far is in the base language. */
static void add_text(struct overlay *overlay, struct yaml_node *parent, const struct yaml_node *translation)
{
    struct yaml_node *text = child_of(parent, translation->key);
    if (text == NULL || translation->kind != YAML_SCALAR) {
        lose(overlay, translation, N_("the form has no text “%.60s” here"), translation->key);
        return;
    }
    if (text->kind == YAML_SCALAR) {
        text->kind = YAML_MAPPING;
        (void)append(overlay, text, YAML_SCALAR, overlay->base, text->value);
    }
    if (child_of(text, overlay->code) != NULL)
        lose(overlay, translation, N_("the form has this text in the language already"));
    else
        (void)append(overlay, text, YAML_SCALAR, overlay->code, translation->value);
}

/* An element of a list of mappings by its value under that key: an id, a code. */
static struct yaml_node *find_entry(struct yaml_node *list, const char *key, const char *value)
{
    if (list == NULL || list->kind != YAML_SEQUENCE)
        return NULL;
    for (struct yaml_node *entry = list->first; entry != NULL; entry = entry->next) {
        const struct yaml_node *id = child_of(entry, key);
        if (id != NULL && id->kind == YAML_SCALAR && strcmp(id->value, value) == 0)
            return entry;
    }
    return NULL;
}

/* Labels by code; the languages of an option stand in the option itself. */
static void add_labels(struct overlay *overlay, struct yaml_node *list, const struct yaml_node *labels)
{
    for (const struct yaml_node *label = labels->first; label != NULL; label = label->next) {
        struct yaml_node *option = label->kind == YAML_SCALAR ? find_entry(list, "code", label->key) : NULL;
        if (option == NULL)
            lose(overlay, label, N_("the list has no option “%.60s” of its own"), label->key);
        else if (child_of(option, overlay->code) != NULL)
            lose(overlay, label, N_("the form has this text in the language already"));
        else
            (void)append(overlay, option, YAML_SCALAR, overlay->code, label->value);
    }
}

static void add_lists(struct overlay *overlay, const struct yaml_node *lists)
{
    for (const struct yaml_node *list = lists->first; list != NULL; list = list->next) {
        struct yaml_node *found = child_of(child_of(overlay->root, "options"), list->key);
        if (found == NULL)
            lose(overlay, list, N_("there is no list of options “%.60s”"), list->key);
        else
            add_labels(overlay, found, list);
    }
}

static struct yaml_node *find_item(struct overlay *overlay, const char *id)
{
    const struct yaml_node *pages = child_of(overlay->root, "pages");
    for (struct yaml_node *page = pages != NULL ? pages->first : NULL; page != NULL; page = page->next) {
        struct yaml_node *item = find_entry(child_of(page, "items"), "id", id);
        if (item != NULL)
            return item;
    }
    return NULL;
}

/* Texts of one notice, page or item. */
static void add_texts(struct overlay *overlay, struct yaml_node *thing, const struct yaml_node *texts)
{
    if (thing == NULL || texts->kind != YAML_MAPPING) {
        lose(overlay, texts, N_("the form has no “%.60s”"), texts->key);
        return;
    }
    for (const struct yaml_node *text = texts->first; text != NULL; text = text->next)
        if (strcmp(text->key, "options") == 0 && text->kind == YAML_MAPPING)
            add_labels(overlay, child_of(thing, "options"), text);
        else
            add_text(overlay, thing, text);
}

static void add_scales(struct overlay *overlay, const struct yaml_node *titles)
{
    for (const struct yaml_node *title = titles->first; title != NULL; title = title->next) {
        struct yaml_node *scale = find_entry(child_of(overlay->root, "scales"), "id", title->key);
        struct yaml_node named = *title;
        named.key = "title";
        if (scale == NULL)
            lose(overlay, title, N_("the form has no “%.60s”"), title->key);
        else
            add_text(overlay, scale, &named);
    }
}

static void add_language(struct overlay *overlay, bool draft)
{
    struct yaml_node *spoken = child_of(overlay->root, "languages");
    struct yaml_node *drafts = child_of(overlay->root, "drafts");
    (void)append(overlay, spoken, YAML_SCALAR, NULL, overlay->code);
    if (draft && drafts == NULL)
        drafts = append(overlay, overlay->root, YAML_SEQUENCE, "drafts", NULL);
    if (draft && drafts != NULL)
        (void)append(overlay, drafts, YAML_SCALAR, NULL, overlay->code);
}

static void add_parts(struct overlay *overlay, const struct yaml_node *root)
{
    for (const struct yaml_node *part = root->first; part != NULL; part = part->next) {
        if (strcmp(part->key, "title") == 0)
            add_text(overlay, overlay->root, part);
        else if (strcmp(part->key, "options") == 0)
            add_lists(overlay, part);
        else if (strcmp(part->key, "scales") == 0)
            add_scales(overlay, part);
        else if (strcmp(part->key, "notices") == 0 || strcmp(part->key, "pages") == 0)
            for (const struct yaml_node *texts = part->first; texts != NULL; texts = texts->next)
                add_texts(overlay, find_entry(child_of(overlay->root, part->key), "id", texts->key), texts);
        else if (strcmp(part->key, "items") == 0)
            for (const struct yaml_node *texts = part->first; texts != NULL; texts = texts->next)
                add_texts(overlay, find_item(overlay, texts->key), texts);
        else if (strcmp(part->key, "translation") != 0 && strcmp(part->key, "language") != 0 &&
                 strcmp(part->key, "status") != 0)
            lose(overlay, part, N_("a translation has no part “%.60s”"), part->key);
    }
}

struct faults {
    const char *name;
    const struct form_hooks *hooks;
};

static void yaml_faulty(void *context, uint32_t line, uint32_t column, const char *message)
{
    const struct faults *faults = context;
    char where[256];
    snprintf(where, sizeof where, "%.200s:%u:%u", faults->name, (unsigned)line, (unsigned)column);
    if (faults->hooks != NULL && faults->hooks->fault != NULL)
        faults->hooks->fault(faults->hooks->context, where, message);
}

static bool says(const struct yaml_node *root, const char *key, const char *value)
{
    const struct yaml_node *child = root->kind == YAML_MAPPING ? yaml_child(root, key) : NULL;
    return child != NULL && child->kind == YAML_SCALAR && strcmp(child->value, value) == 0;
}

enum status overlay_merge(struct arena *arena, struct yaml_node *root, const char *name, const char *bytes,
                          size_t length, const char *code, const struct form_hooks *hooks, struct fail *fail)
{
    struct overlay overlay = { .arena = arena, .root = root, .name = name, .code = code, .hooks = hooks,
                               .ui = fail != NULL ? fail->language : NULL };
    struct faults faults = { name, hooks };
    const struct yaml_node *translation = NULL;
    const struct yaml_node *spoken = child_of(root, "languages");
    const struct yaml_node *id = child_of(root, "form");
    enum status status = yaml_read(arena, bytes, length, &translation, yaml_faulty, &faults, fail);
    if (status != STATUS_OK)
        return status;
    if (spoken == NULL || spoken->first == NULL || spoken->first->kind != YAML_SCALAR || id == NULL ||
        id->kind != YAML_SCALAR)
        return STATUS_OK; /* the form's own faults are reported when it is made */
    if (!says(translation, "translation", id->value) || !says(translation, "language", code))
        return FAIL(fail, STATUS_INPUT, "%s must begin with “translation: %.60s” and “language: %s”", name, id->value,
                    code);
    overlay.base = spoken->first->value;
    for (const struct yaml_node *known = spoken->first; known != NULL; known = known->next)
        if (known->kind == YAML_SCALAR && strcmp(known->value, code) == 0)
            return FAIL(fail, STATUS_INPUT, "%s: the form speaks this language itself already", name);
    add_language(&overlay, !says(translation, "status", "checked"));
    add_parts(&overlay, translation);
    return overlay.exhausted ? FAIL(fail, STATUS_MEMORY, "%s: out of memory", name) : STATUS_OK;
}
