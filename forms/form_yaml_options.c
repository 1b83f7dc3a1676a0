/* Options of an item: written in place, or taken from a list shared by name; a list may begin with another list. */
#include <string.h>

#include "base/i18n.h"
#include "forms/map.h"
#include "forms/qtype.h"

/* An empty list named a thousand times in a list named a thousand times …: steps are counted, not only options. */
enum { LIST_DEPTH_MAX = 4, LIST_STEP_MAX = 2000 };

struct options {
    struct option *all;
    size_t count;
    size_t steps;
    bool full; /* reported once */
};

static void map_option(struct map *map, const struct yaml_node *node, struct option *option)
{
    static const char *const keys[] = { "code", "missing", "exclusive", "points", NULL };
    option->points = -1;
    option->code = "";
    if (node->kind != YAML_MAPPING) {
        map_report(map, node->line, node->column, N_("an option needs a code and a text in every language"));
        return;
    }
    map_check_keys(map, node, keys, true);
    const char *code = map_string(map, node, "code", true);
    if (code != NULL && !form_code_fits(code))
        map_report(map, node->line, node->column, N_("code “%.60s” must be 1 to %d letters, digits, “_”, “-” or “.”"),
                   code, (int)FORM_CODE_MAX);
    else if (code != NULL)
        option->code = code;
    option->missing = map_flag(map, node, "missing");
    option->exclusive = map_flag(map, node, "exclusive");
    if (yaml_child(node, "points") != NULL)
        option->points = (int8_t)map_number(map, node, "points", 3);
    for (size_t i = 0; i < map->form->language_count; i++)
        option->label.in[i] = map_string(map, node, map->form->languages[i], i == 0);
}

static void add_list(struct map *map, const struct yaml_node *list, unsigned depth, struct options *options);

static void add_named(struct map *map, const struct yaml_node *node, unsigned depth, struct options *options)
{
    const struct yaml_node *list = yaml_child(map->lists, node->value);
    if (list == NULL || list->kind != YAML_SEQUENCE)
        map_report(map, node->line, node->column, N_("there is no list of options “%.60s”"), node->value);
    else if (depth == LIST_DEPTH_MAX)
        map_report(map, node->line, node->column, N_("lists of options refer to each other more than %d deep"),
                   (int)LIST_DEPTH_MAX);
    else
        add_list(map, list, depth + 1, options);
}

static void add_list(struct map *map, const struct yaml_node *list, unsigned depth, struct options *options)
{
    for (const struct yaml_node *node = list->first; node != NULL; node = node->next) {
        if (options->count == FORM_OPTION_MAX || ++options->steps > LIST_STEP_MAX) {
            if (!options->full)
                map_report(map, node->line, node->column, N_("more than %d options"), (int)FORM_OPTION_MAX);
            options->full = true;
            return;
        }
        if (node->kind == YAML_SCALAR)
            add_named(map, node, depth, options);
        else
            map_option(map, node, &options->all[options->count++]);
    }
}

void map_options(struct map *map, const struct yaml_node *node, struct item *item)
{
    const struct yaml_node *list = yaml_child(node, "options");
    if (list == NULL)
        return;
    struct option all[FORM_OPTION_MAX];
    struct options options = { .all = all };
    memset(all, 0, sizeof all);
    if (list->kind == YAML_SCALAR)
        add_named(map, list, 0, &options);
    else if (list->kind == YAML_SEQUENCE)
        add_list(map, list, 0, &options);
    else
        map_report(map, list->line, list->column, N_("“%s” must be a list"), "options");
    struct option *kept = map_new(map, options.count, sizeof *kept);
    if (kept == NULL)
        return;
    memcpy(kept, all, options.count * sizeof all[0]);
    item->options = kept;
    item->option_count = options.count;
}
