/* Conditions and calculated values: read where they stand, resolved when every question is known. */
#include "base/i18n.h"
#include "forms/expression.h"
#include "forms/map.h"

static const struct language *language_of(const struct map *map)
{
    return map->fail != NULL ? map->fail->language : NULL;
}

const struct expression *map_expression(struct map *map, const struct yaml_node *node, const char *key)
{
    const char *source = map_string(map, node, key, false);
    const struct expression *expression = NULL;
    size_t column = 1;
    struct fail fail = { .language = language_of(map) };
    if (source == NULL)
        return NULL;
    enum status status = expression_parse(map->arena, source, &expression, &column, &fail);
    if (status == STATUS_MEMORY)
        map->exhausted = true;
    else if (status != STATUS_OK)
        map_report(map, yaml_child(node, key)->line, yaml_child(node, key)->column + (uint32_t)column - 1, "%s",
                   fail.what);
    return status == STATUS_OK ? expression : NULL;
}

struct place {
    struct map *map;
    const struct yaml_node *node;
};

static void faulty(void *context, size_t column, const char *message)
{
    const struct place *place = context;
    map_report(place->map, place->node->line, place->node->column + (uint32_t)column - 1, "%s", message);
}

static void resolve(struct map *map, const struct yaml_node *node, const char *key, size_t before,
                    const struct item *own, const struct expression **expression)
{
    const struct yaml_node *child = yaml_child(node, key);
    struct place place = { map, child != NULL ? child : node };
    struct fail ignored = { .language = language_of(map) };
    if (*expression != NULL && !map->exhausted &&
        expression_resolve(map->arena, map->form, before, own, *expression, expression, faulty, &place, &ignored) ==
            STATUS_MEMORY)
        map->exhausted = true;
}

void map_expressions(struct map *map)
{
    size_t calculated = 0;
    for (size_t i = 0; i < map->form->page_count; i++)
        resolve(map, map->page_nodes[i], "show_if", map->pages[i].item_first, NULL, &map->pages[i].show_if);
    for (size_t i = 0; i < map->form->item_count; i++) {
        struct item *item = &map->items[i];
        const struct yaml_node *node = map->item_nodes[i];
        resolve(map, node, "show_if", i, NULL, &item->show_if);
        resolve(map, node, "valid_if", i, item, &item->valid_if);
        resolve(map, node, "value", i, NULL, &item->value);
        if (item->value == NULL)
            continue;
        item->calculated = calculated++;
        if (calculated == CALCULATED_MAX + 1)
            map_report(map, item->line, item->column, N_("more than %d calculated values"), (int)CALCULATED_MAX);
    }
}
