/* Options of an item: written in place, or taken from a list shared by name; a list may begin with another list. */
#include <string.h>

#include "base/i18n.h"
#include "forms/expression.h"
#include "forms/map.h"
#include "forms/qtype.h"

struct options {
    struct option all[FORM_OPTION_MAX];
    const struct yaml_node *nodes[FORM_OPTION_MAX]; /* where each stands */
    size_t count;
    size_t steps;
    bool full; /* reported once */
};

static void map_option(struct map *map, const struct yaml_node *node, struct option *option)
{
    static const char *const keys[] = { "code", "missing", "exclusive", "points", "not_with", "write_in", NULL };
    *option = (struct option){ .code = "", .points = -1 };
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
            options->nodes[options->count] = node, map_option(map, node, &options->all[options->count++]);
    }
}

/* Codes it cannot be combined with; both ways, so that the order of clicking does not matter. */
static void map_not_with(struct map *map, const struct yaml_node *node, struct option *all, size_t count, size_t option)
{
    const struct yaml_node *list = node->kind == YAML_MAPPING ? map_sequence(map, node, "not_with", false) : NULL;
    for (const struct yaml_node *code = list != NULL ? list->first : NULL; code != NULL; code = code->next) {
        size_t other = 0;
        while (other < count && (code->kind != YAML_SCALAR || strcmp(all[other].code, code->value) != 0))
            other++;
        if (other >= count || other == option || other >= FORM_SET_MAX || option >= FORM_SET_MAX) {
            map_report(map, code->line, code->column, N_("“not_with” names other options of the same question"));
            continue;
        }
        all[option].not_with |= UINT32_C(1) << other;
        all[other].not_with |= UINT32_C(1) << option;
    }
}

/* "other, namely": a short text of its own behind the question, kept apart like every free text. */
static bool map_write_in(struct map *map, const struct yaml_node *node, const struct item *item,
                         const struct option *option, struct item *companion)
{
    if (node->kind != YAML_MAPPING || yaml_child(node, "write_in") == NULL)
        return false;
    *companion = (struct item){ .type = qtype_find("text"),
                                .page = item->page,
                                .line = node->line,
                                .column = node->column,
                                .detached = true,
                                .off = !map->form->free_text,
                                .lines = 1 };
    companion->id = arena_format(map->arena, "%s_%s", item->id, option->code);
    const char *expression = arena_format(map->arena, "%s = \"%s\"", item->id, option->code);
    map_text(map, node, "write_in", true, &companion->label);
    size_t column = 0;
    if (companion->id == NULL || expression == NULL ||
        expression_parse(map->arena, expression, &companion->show_if, &column, NULL) == STATUS_MEMORY)
        map->exhausted = true;
    else if (!form_id_fits(companion->id))
        map_report(map, node->line, node->column,
                   N_("an option with “write_in” needs a code of letters, digits and “_” (its text gets the id %s)"),
                   companion->id);
    return !map->exhausted;
}

size_t map_options(struct map *map, const struct yaml_node *node, struct item *item, struct item companions[])
{
    const struct yaml_node *list = yaml_child(node, "options");
    size_t count = 0;
    if (list == NULL)
        return 0;
    if (map->options == NULL)
        map->options = map_new(map, 1, sizeof *map->options);
    struct options *options = map->options;
    if (options == NULL)
        return 0;
    options->count = options->steps = 0;
    options->full = false;
    if (list->kind == YAML_SCALAR)
        add_named(map, list, 0, options);
    else if (list->kind == YAML_SEQUENCE)
        add_list(map, list, 0, options);
    else
        map_report(map, list->line, list->column, N_("“%s” must be a list"), "options");
    struct option *kept = map_new(map, options->count, sizeof *kept);
    if (kept == NULL)
        return 0;
    for (size_t i = 0; i < options->count; i++)
        map_not_with(map, options->nodes[i], options->all, options->count, i);
    memcpy(kept, options->all, options->count * sizeof kept[0]);
    item->options = kept;
    item->option_count = options->count;
    item->options_list = list->kind == YAML_SCALAR ? list->value : NULL;
    for (size_t i = 0; i < options->count; i++)
        count += map_write_in(map, options->nodes[i], item, &kept[i], &companions[count]) ? 1 : 0;
    return count;
}
