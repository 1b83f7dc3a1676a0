/* Maps pages and items of the YAML tree. */
#include <string.h>

#include "base/i18n.h"
#include "forms/map.h"
#include "forms/qtype.h"

static const struct qtype *map_type(struct map *map, const struct yaml_node *node)
{
    const char *id = map_string(map, node, "type", true);
    const struct qtype *type = id != NULL ? qtype_find(id) : NULL;
    if (id == NULL || type != NULL)
        return type;
    struct buf names;
    buf_init(&names, FAIL_WHAT_MAX);
    for (size_t i = 0; qtypes[i] != NULL; i++)
        buf_format(&names, "%s%s", i > 0 ? ", " : "", qtypes[i]->id);
    const struct yaml_node *child = yaml_child(node, "type");
    map_report(map, child->line, child->column, N_("unknown type “%.60s”; known are: %s"), id,
               names.bytes != NULL ? names.bytes : "");
    buf_free(&names);
    return NULL;
}

/* Keys that only some types have, and whether this one is among them. */
static const struct {
    const char *key;
    unsigned kinds; /* bits 1 << enum qtype_kind */
} limited_keys[] = {
    { "min", 1 << QTYPE_NUMBER | 1 << QTYPE_DATE },
    { "max", 1 << QTYPE_NUMBER | 1 << QTYPE_DATE },
    { "step", 1 << QTYPE_NUMBER },
    { "decimals", 1 << QTYPE_NUMBER },
    { "unit", 1 << QTYPE_NUMBER },
    { "grain", 1 << QTYPE_DATE },
    { "total", 1 << QTYPE_AMOUNTS },
    { "lines", 1 << QTYPE_TEXT },
    { "length_max", 1 << QTYPE_TEXT },
    { "choose_min", 1 << QTYPE_SET | 1 << QTYPE_ORDER },
    { "value", 1 << QTYPE_NONE },
};

static void check_limited(struct map *map, const struct yaml_node *node, const struct qtype *type)
{
    for (size_t i = 0; i < COUNT(limited_keys); i++) {
        const struct yaml_node *child = yaml_child(node, limited_keys[i].key);
        if (child != NULL && (limited_keys[i].kinds & (1U << type->kind)) == 0)
            map_report(map, child->line, child->column, N_("a question of the type “%s” has no “%s”"), type->id,
                       limited_keys[i].key);
    }
}

static void map_initial(struct map *map, const struct yaml_node *node, struct item *item)
{
    const char *text = map_string(map, node, "initial", false);
    if (text == NULL)
        return;
    const struct yaml_node *child = yaml_child(node, "initial");
    struct answer answer = { .choice = ANSWER_NONE };
    struct fail fail = { .language = map->fail != NULL ? map->fail->language : NULL };
    json_t *value = json_loads(text, JSON_DECODE_ANY, NULL);
    if (value == NULL) /* a code without quotes is what people write */
        value = json_string(text);
    if (json_is_number(value) && (item->type->kind == QTYPE_CHOICE || item->type->kind == QTYPE_DATE)) {
        json_decref(value);
        value = json_string(text);
    }
    enum status status =
        item->type->parse == NULL ? STATUS_INPUT : item->type->parse(map->arena, item, value, &answer, &fail);
    json_decref(value);
    if (item->type->kind == QTYPE_NONE || item->type->kind == QTYPE_TEXT || status != STATUS_OK) {
        map_report(map, child->line, child->column, N_("“initial” is no answer to this question: %s"), fail.what);
        return;
    }
    struct buf canonical;
    buf_init(&canonical, 64 * 1024);
    item->type->write(item, &answer, &canonical);
    item->initial = canonical.bytes != NULL ? arena_string(map->arena, canonical.bytes) : NULL;
    buf_free(&canonical);
    map->exhausted = map->exhausted || item->initial == NULL;
}

/* Returns how many items follow it that its options brought along. */
static size_t map_item(struct map *map, const struct yaml_node *node, size_t page, struct item *item,
                       struct item companions[])
{
    static const char *const keys[] = {
        "id",       "type",       "text",       "hint",     "options",       "options_from", "show_if", "sensitive",
        "off",      "choose_min", "choose_max", "detached", "detached_with", "min",          "max",     "step",
        "decimals", "unit",       "low",        "high",     "grain",         "total",        "lines",   "length_max",
        "initial",  "required",   "shuffle",    "valid_if", "valid_text",    "value",        NULL
    };
    *item = (struct item){ .id = "", .type = qtypes[0], .page = page, .line = node->line, .column = node->column };
    if (node->kind != YAML_MAPPING) {
        map_report(map, node->line, node->column, N_("a question needs id, type and text"));
        return 0;
    }
    map_check_keys(map, node, keys, false);
    const char *id = map_id(map, node, "id", true);
    const struct qtype *type = map_type(map, node);
    item->id = id != NULL ? id : "";
    item->type = type != NULL ? type : qtypes[0];
    check_limited(map, node, item->type);
    map_text(map, node, "text", strcmp(item->type->id, "calculated") != 0, &item->label);
    map_text(map, node, "hint", false, &item->hint);
    size_t count = map_options(map, node, item, companions);
    item->options_from = map_id(map, node, "options_from", false);
    const unsigned most = item->type->kind == QTYPE_SET ? FORM_SET_MAX : FORM_OPTION_MAX;
    item->choose_min = map_number(map, node, "choose_min", most);
    item->choose_max = map_number(map, node, "choose_max", most);
    item->sensitive = map_flag(map, node, "sensitive");
    item->detached = map_flag(map, node, "detached");
    item->detached_with = map_id(map, node, "detached_with", false);
    item->off = map_flag(map, node, "off") || (item->type->kind == QTYPE_TEXT && !map->form->free_text);
    item->required = map_flag(map, node, "required");
    item->shuffle = map_flag(map, node, "shuffle");
    map_text(map, node, "valid_text", false, &item->valid_text);
    map_measure(map, node, item);
    if (item->type->complete != NULL && item->type->complete(map->arena, map->form, item, NULL) != STATUS_OK)
        map->exhausted = true;
    map_initial(map, node, item);
    item->show_if = map_expression(map, node, "show_if");
    item->valid_if = map_expression(map, node, "valid_if");
    item->value = map_expression(map, node, "value");
    return count;
}

/* How many options with write_in a list has: each makes an item. Lists may name lists a thousand times over, so steps
 * are counted, as in form_yaml_options.c. */
static size_t count_write_in(const struct map *map, const struct yaml_node *list, unsigned depth, size_t *steps)
{
    size_t count = 0;
    if (list != NULL && list->kind == YAML_SCALAR)
        list = map->lists != NULL ? yaml_child(map->lists, list->value) : NULL;
    if (list == NULL || list->kind != YAML_SEQUENCE || depth > LIST_DEPTH_MAX)
        return 0;
    for (const struct yaml_node *option = list->first; option != NULL && ++*steps <= LIST_STEP_MAX;
         option = option->next)
        if (option->kind == YAML_SCALAR)
            count += count_write_in(map, option, depth + 1, steps);
        else
            count += option->kind == YAML_MAPPING && yaml_child(option, "write_in") != NULL ? 1 : 0;
    return count < FORM_OPTION_MAX ? count : FORM_OPTION_MAX;
}

static size_t count_items(const struct map *map, const struct yaml_node *pages)
{
    size_t count = 0;
    for (const struct yaml_node *page = pages->first; page != NULL; page = page->next) {
        const struct yaml_node *items = yaml_child(page, "items");
        if (items == NULL)
            continue;
        count += items->count;
        for (const struct yaml_node *item = items->first; item != NULL && count <= FORM_ITEM_MAX; item = item->next) {
            size_t steps = 0;
            if (item->kind == YAML_MAPPING)
                count += count_write_in(map, yaml_child(item, "options"), 0, &steps);
        }
    }
    return count;
}

static void map_page(struct map *map, const struct yaml_node *node, size_t number, struct page *page)
{
    static const char *const keys[] = {
        "id", "title", "intro", "rotate", "shuffle", "matrix", "show_if", "items", NULL
    };
    *page = (struct page){ .id = "", .item_first = map->form->item_count };
    if (node->kind != YAML_MAPPING) {
        map_report(map, node->line, node->column, N_("a page needs id, title and items"));
        return;
    }
    map_check_keys(map, node, keys, false);
    const char *id = map_id(map, node, "id", true);
    page->id = id != NULL ? id : "";
    map_text(map, node, "title", true, &page->title);
    map_text(map, node, "intro", false, &page->intro);
    page->rotate = map_number(map, node, "rotate", FORM_ITEM_MAX);
    page->matrix = map_flag(map, node, "matrix");
    page->shuffle = map_flag(map, node, "shuffle");
    page->show_if = map_expression(map, node, "show_if");
    const struct yaml_node *items = map_sequence(map, node, "items", true);
    if (items == NULL)
        return;
    for (const struct yaml_node *child = items->first; child != NULL && !map->exhausted; child = child->next) {
        struct item *item = &map->items[map->form->item_count];
        size_t count = map_item(map, child, number, item, item + 1); /* count_items made room */
        for (size_t i = 0; i <= count; i++)
            map->item_nodes[map->form->item_count + i] = child;
        map->form->item_count += 1 + count;
        page->item_count += 1 + count;
    }
    if (page->item_count == 0)
        map_report(map, items->line, items->column, N_("the page has no questions"));
}

void map_pages(struct map *map, const struct yaml_node *root)
{
    const struct yaml_node *pages = map_sequence(map, root, "pages", true);
    if (pages == NULL)
        return;
    size_t count = count_items(map, pages);
    if (pages->count > FORM_ITEM_MAX || count > FORM_ITEM_MAX) {
        map_report(map, pages->line, pages->column, N_("more than %d pages or questions"), (int)FORM_ITEM_MAX);
        return;
    }
    struct page *all = map_new(map, pages->count, sizeof *all);
    map->items = map_new(map, count, sizeof *map->items);
    map->item_nodes = map_new(map, count, sizeof *map->item_nodes);
    map->page_nodes = map_new(map, pages->count, sizeof *map->page_nodes);
    map->pages = all;
    if (map->exhausted)
        return;
    map->form->items = map->items;
    map->form->pages = all;
    for (const struct yaml_node *node = pages->first; node != NULL && !map->exhausted; node = node->next) {
        map->page_nodes[map->form->page_count] = node;
        map_page(map, node, map->form->page_count, &all[map->form->page_count]);
        map->form->page_count++;
    }
    if (map->form->item_count == 0 && map->faults == 0)
        map_report(map, pages->line, pages->column, N_("the form has no questions"));
}
