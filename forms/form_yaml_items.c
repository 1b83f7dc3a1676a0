/* Maps pages and items of the YAML tree, then their conditions. */
#include <string.h>

#include "base/i18n.h"
#include "forms/condition.h"
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

static void map_condition(struct map *map, const struct yaml_node *node, struct item *item)
{
    const struct yaml_node *child = yaml_child(node, "show_if");
    const char *expression = map_string(map, node, "show_if", false);
    if (expression == NULL)
        return;
    size_t column = 1;
    struct fail fail = { .language = map->fail != NULL ? map->fail->language : NULL };
    enum status status = condition_parse(map->arena, expression, &item->show_if, &column, &fail);
    if (status == STATUS_MEMORY)
        map->exhausted = true;
    else if (status != STATUS_OK)
        map_report(map, child->line, child->column + (uint32_t)column - 1, "%s", fail.what);
    else
        map->show_if[item - map->items] = child;
}

static void map_item(struct map *map, const struct yaml_node *node, size_t page, struct item *item)
{
    static const char *const keys[] = { "id",           "type",          "text",      "hint",       "options",
                                        "options_from", "show_if",       "sensitive", "choose_max", "off",
                                        "detached",     "detached_with", NULL };
    *item = (struct item){ .id = "", .type = qtypes[0], .page = page, .line = node->line, .column = node->column };
    if (node->kind != YAML_MAPPING) {
        map_report(map, node->line, node->column, N_("a question needs id, type and text"));
        return;
    }
    map_check_keys(map, node, keys, false);
    const char *id = map_id(map, node, "id", true);
    const struct qtype *type = map_type(map, node);
    item->id = id != NULL ? id : "";
    item->type = type != NULL ? type : qtypes[0];
    map_text(map, node, "text", true, &item->label);
    map_text(map, node, "hint", false, &item->hint);
    map_options(map, node, item);
    item->options_from = map_id(map, node, "options_from", false);
    item->choose_max = map_number(map, node, "choose_max", FORM_SET_MAX);
    item->sensitive = map_flag(map, node, "sensitive");
    item->detached = map_flag(map, node, "detached");
    item->detached_with = map_id(map, node, "detached_with", false);
    item->off = map_flag(map, node, "off");
    map_condition(map, node, item);
}

static size_t count_items(const struct yaml_node *pages)
{
    size_t count = 0;
    for (const struct yaml_node *page = pages->first; page != NULL; page = page->next) {
        const struct yaml_node *items = yaml_child(page, "items");
        count += items != NULL ? items->count : 0;
    }
    return count;
}

static void map_page(struct map *map, const struct yaml_node *node, size_t number, struct page *page)
{
    static const char *const keys[] = { "id", "title", "intro", "rotate", "matrix", "items", NULL };
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
    const struct yaml_node *items = map_sequence(map, node, "items", true);
    if (items == NULL)
        return;
    for (const struct yaml_node *child = items->first; child != NULL && !map->exhausted; child = child->next) {
        map_item(map, child, number, &map->items[map->form->item_count]);
        map->form->item_count++;
        page->item_count++;
    }
    if (page->item_count == 0)
        map_report(map, items->line, items->column, N_("the page has no questions"));
}

void map_pages(struct map *map, const struct yaml_node *root)
{
    const struct yaml_node *pages = map_sequence(map, root, "pages", true);
    if (pages == NULL)
        return;
    size_t count = count_items(pages);
    if (pages->count > FORM_ITEM_MAX || count > FORM_ITEM_MAX) {
        map_report(map, pages->line, pages->column, N_("more than %d pages or questions"), (int)FORM_ITEM_MAX);
        return;
    }
    struct page *all = map_new(map, pages->count, sizeof *all);
    map->items = map_new(map, count, sizeof *map->items);
    map->show_if = map_new(map, count, sizeof *map->show_if);
    if (map->exhausted)
        return;
    map->form->items = map->items;
    map->form->pages = all;
    for (const struct yaml_node *node = pages->first; node != NULL && !map->exhausted; node = node->next) {
        map_page(map, node, map->form->page_count, &all[map->form->page_count]);
        map->form->page_count++;
    }
    if (map->form->item_count == 0 && map->faults == 0)
        map_report(map, pages->line, pages->column, N_("the form has no questions"));
}

struct place {
    struct map *map;
    const struct yaml_node *node;
};

static void condition_faulty(void *context, size_t column, const char *message)
{
    const struct place *place = context;
    map_report(place->map, place->node->line, place->node->column + (uint32_t)column - 1, "%s", message);
}

void map_conditions(struct map *map)
{
    for (size_t i = 0; i < map->form->item_count && !map->exhausted; i++) {
        struct item *item = &map->items[i];
        if (item->show_if == NULL)
            continue;
        struct place place = { map, map->show_if[i] };
        struct fail ignored = { .language = map->fail != NULL ? map->fail->language : NULL };
        enum status status = condition_resolve(map->arena, map->form, i, item->show_if, &item->show_if,
                                               condition_faulty, &place, &ignored);
        if (status == STATUS_MEMORY)
            map->exhausted = true;
    }
}
