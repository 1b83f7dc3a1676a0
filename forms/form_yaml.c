/* Reads a form: the head, notices and scales here; pages, items and options in form_yaml_*.c. */
#include "forms/form_yaml.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "forms/form_check.h"
#include "forms/form_yaml_write.h"
#include "forms/format.h"
#include "forms/hash.h"
#include "forms/map.h"

extern const struct format format_yaml;

static bool language_fits(const char *code)
{
    size_t length = strlen(code);
    return length >= 2 && length <= 12 && strspn(code, "abcdefghijklmnopqrstuvwxyz-") == length;
}

static void map_languages(struct map *map, const struct yaml_node *root)
{
    struct form *form = map->form;
    const struct yaml_node *list = map_sequence(map, root, "languages", true);
    for (const struct yaml_node *node = list != NULL ? list->first : NULL; node != NULL; node = node->next) {
        bool known = false;
        for (size_t i = 0; i < form->language_count; i++)
            known = known || (node->value != NULL && strcmp(form->languages[i], node->value) == 0);
        if (node->kind != YAML_SCALAR || !language_fits(node->value) || known)
            map_report(map, node->line, node->column, N_("a language is a code such as “de”, each only once"));
        else if (form->language_count == FORM_LANGUAGE_MAX)
            map_report(map, node->line, node->column, N_("more than %d languages"), (int)FORM_LANGUAGE_MAX);
        else
            form->languages[form->language_count++] = node->value;
    }
    if (form->language_count == 0) {
        if (list != NULL)
            map_report(map, list->line, list->column, N_("at least one language is needed"));
        form->languages[form->language_count++] = "de"; /* so that the rest can be read and its faults shown too */
    }
}

/* Languages whose translation nobody who grew up with it has checked yet. */
static void map_drafts(struct map *map, const struct yaml_node *root)
{
    const struct yaml_node *list = map_sequence(map, root, "drafts", false);
    for (const struct yaml_node *node = list != NULL ? list->first : NULL; node != NULL; node = node->next) {
        size_t i = 0;
        while (i < map->form->language_count &&
               (node->kind != YAML_SCALAR || strcmp(map->form->languages[i], node->value) != 0))
            i++;
        if (i < map->form->language_count)
            map->form->draft[i] = true;
        else
            map_report(map, node->line, node->column, N_("“drafts” names languages of this form"));
    }
}

static void map_notices(struct map *map, const struct yaml_node *root)
{
    static const char *const keys[] = { "id", "title", "body", NULL };
    const struct yaml_node *notices = map_sequence(map, root, "notices", false);
    if (notices == NULL)
        return;
    struct notice *all = map_new(map, notices->count, sizeof *all);
    if (all == NULL)
        return;
    for (const struct yaml_node *node = notices->first; node != NULL; node = node->next) {
        struct notice *notice = &all[map->form->notice_count++];
        *notice = (struct notice){ .id = "" };
        if (node->kind != YAML_MAPPING) {
            map_report(map, node->line, node->column, N_("a notice needs id and body"));
            continue;
        }
        map_check_keys(map, node, keys, false);
        const char *id = map_id(map, node, "id", true);
        notice->id = id != NULL ? id : "";
        map_text(map, node, "title", false, &notice->title);
        map_text(map, node, "body", true, &notice->body);
    }
    map->form->notices = all;
}

/* "HM1" or, reversed, "-HM2". */
static void map_scale_items(struct map *map, const struct yaml_node *node, struct scale *scale)
{
    const struct yaml_node *items = map_sequence(map, node, "items", true);
    if (items == NULL)
        return;
    size_t *positions = map_new(map, items->count, sizeof *positions);
    bool *reversed = map_new(map, items->count, sizeof *reversed);
    if (map->exhausted)
        return;
    for (const struct yaml_node *child = items->first; child != NULL; child = child->next) {
        if (child->kind != YAML_SCALAR) {
            map_report(map, child->line, child->column, N_("the id of a question is expected here"));
            continue;
        }
        bool minus = child->value[0] == '-';
        const struct item *item = form_item(map->form, child->value + (minus ? 1 : 0));
        if (item == NULL) {
            map_report(map, child->line, child->column, N_("there is no question “%s”"),
                       child->value + (minus ? 1 : 0));
            continue;
        }
        reversed[scale->item_count] = minus;
        positions[scale->item_count++] = (size_t)(item - map->form->items);
    }
    scale->items = positions;
    scale->reversed = reversed;
}

static void map_scales(struct map *map, const struct yaml_node *root)
{
    static const char *const keys[] = { "id", "title", "items", "answered_min", NULL };
    const struct yaml_node *scales = map_sequence(map, root, "scales", false);
    if (scales == NULL)
        return;
    struct scale *all = map_new(map, scales->count, sizeof *all);
    if (all == NULL)
        return;
    for (const struct yaml_node *node = scales->first; node != NULL && !map->exhausted; node = node->next) {
        struct scale *scale = &all[map->form->scale_count++];
        *scale = (struct scale){ .id = "" };
        if (node->kind != YAML_MAPPING) {
            map_report(map, node->line, node->column, N_("a scale needs id, title and items"));
            continue;
        }
        map_check_keys(map, node, keys, false);
        const char *id = map_id(map, node, "id", true);
        scale->id = id != NULL ? id : "";
        map_text(map, node, "title", true, &scale->title);
        scale->answered_min = map_number(map, node, "answered_min", FORM_ITEM_MAX);
        map_scale_items(map, node, scale);
    }
    map->form->scales = all;
}

static void map_form(struct map *map, const struct yaml_node *root)
{
    static const char *const keys[] = { "form",      "version", "title", "languages", "drafts", "options",
                                        "free_text", "key_raters", "notices", "pages", "scales", NULL };
    if (root->kind != YAML_MAPPING) {
        map_report(map, root->line, root->column, N_("a form starts with keys such as “form:” and “pages:”"));
        return;
    }
    map_check_keys(map, root, keys, false);
    map_languages(map, root);
    map_drafts(map, root);
    map->form->free_text = map_flag(map, root, "free_text");
    map->form->key_raters = map_number(map, root, "key_raters", FORM_RATERS_MAX);
    map->form->id = map_id(map, root, "form", true);
    map->form->version = map_string(map, root, "version", true);
    map_text(map, root, "title", true, &map->form->title);
    map->lists = yaml_child(root, "options");
    if (map->lists != NULL && map->lists->kind != YAML_MAPPING)
        map_report(map, map->lists->line, map->lists->column, N_("“%s” must be lists with names"), "options");
    map_notices(map, root);
    map_pages(map, root);
    map->exhausted = map->exhausted || form_index(map->arena, map->form, map->fail) != STATUS_OK;
    map_expressions(map);
    map_scales(map, root);
}

static void yaml_faulty(void *context, uint32_t line, uint32_t column, const char *message)
{
    map_report(context, line, column, "%s", message);
}

static void check_faulty(void *context, const struct form_finding *finding)
{
    if (finding->kind == FINDING_FAULT)
        map_report(context, finding->line, finding->column, "%s", finding->message);
}

static enum status map_status(struct map *map, enum status status)
{
    if (status == STATUS_OK && map->exhausted)
        status = FAIL(map->fail, STATUS_MEMORY, "%s: out of memory", map->name);
    return status == STATUS_OK && map->faults > 0 ? STATUS_INPUT : status;
}

static enum status begin(struct map *map, struct form **made)
{
    *made = ARENA_NEW(map->arena, struct form, 1);
    map->form = *made;
    return *made != NULL ? STATUS_OK : FAIL(map->fail, STATUS_MEMORY, "%s: out of memory", map->name);
}

static enum status make(struct map *map, const struct yaml_node *root)
{
    map_form(map, root);
    if (map->faults == 0 && !map->exhausted)
        form_check(map->form, check_faulty, map, map->fail != NULL ? map->fail->language : NULL, NULL);
    return map_status(map, STATUS_OK);
}

enum status form_make_yaml(struct arena *arena, const char *name, const struct yaml_node *root,
                           const struct form **form, form_fault *fault, void *context, struct fail *fail)
{
    struct form *made = NULL;
    struct map map = { .arena = arena, .name = name, .fault = fault, .context = context, .fail = fail };
    enum status status = begin(&map, &made);
    if (status == STATUS_OK)
        status = make(&map, root);
    if (status == STATUS_OK)
        *form = made;
    return status;
}

enum status form_parse_yaml(struct arena *arena, const char *name, const char *bytes, size_t length,
                            const struct form **form, form_fault *fault, void *context, struct fail *fail)
{
    struct form *made = NULL;
    struct map map = { .arena = arena, .name = name, .fault = fault, .context = context, .fail = fail };
    const struct yaml_node *root = NULL;
    struct fail reading = { .language = fail != NULL ? fail->language : NULL };
    enum status status = begin(&map, &made);
    if (status != STATUS_OK)
        return status;
    status = yaml_read(arena, bytes, length, &root, yaml_faulty, &map, &reading);
    if (status != STATUS_OK)
        return status == STATUS_INPUT ? STATUS_INPUT : FAIL(fail, status, "%s: %s", name, reading.what);
    status = make(&map, root);
    if (status == STATUS_OK)
        status = hash_hex(bytes, length, made->sha256, fail);
    if (status == STATUS_OK)
        *form = made;
    return status;
}

static enum status read(struct arena *arena, const char *name, const char *bytes, size_t length,
                        const struct form **form, const struct form_hooks *hooks, struct fail *fail)
{
    return form_parse_yaml(arena, name, bytes, length, form, hooks->fault, hooks->context, fail);
}

static enum status write(const struct form *form, const struct form_hooks *hooks, struct buf *out, struct fail *fail)
{
    (void)hooks; /* nothing is lost */
    return form_write_yaml(form, out, fail);
}

const struct format format_yaml = {
    .id = "yaml",
    .title = N_("native format (YAML)"),
    .extensions = ".yaml .yml",
    .read = read,
    .write = write,
};
