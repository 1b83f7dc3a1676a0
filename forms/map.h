/* Private to form_yaml*.c: what turns nodes of the YAML tree into parts of a form, with every fault kept. */
#ifndef FORMS_MAP_H
#define FORMS_MAP_H

#include "forms/form.h"
#include "forms/yaml_tree.h"

/* An empty list named a thousand times in a list named a thousand times …: steps are counted, not only options. */
enum { LIST_DEPTH_MAX = 4, LIST_STEP_MAX = 2000 };

struct map {
    struct arena *arena;
    const char *name;                                  /* of the file, for messages */
    struct form *form;                                 /* being built */
    const struct yaml_node *lists;                     /* the node "options": lists shared by name; or NULL */
    struct item *items;                                /* form->items, while they are being filled */
    struct page *pages;                                /* form->pages likewise */
    const struct yaml_node **item_nodes, **page_nodes; /* where each stands, for messages */
    void (*fault)(void *context, const char *where, const char *message); /* form_fault of form_yaml.h */
    void *context;
    struct fail *fail;
    struct options *options; /* form_yaml_options.c: room for one item's options, used again for the next */
    size_t faults;
    bool exhausted; /* memory or a limit: give up */
};

void map_report(struct map *map, uint32_t line, uint32_t column, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* A zeroed array; NULL and map->exhausted when memory is short. count 0 gives one element. */
void *map_new(struct map *map, size_t count, size_t size);

/* Faults for every key that is neither in known (NULL at the end) nor, when translated, a language of the form. */
void map_check_keys(struct map *map, const struct yaml_node *mapping, const char *const known[], bool translated);

/* Each reads the child with that key; a missing one is a fault when required. */
const char *map_string(struct map *map, const struct yaml_node *mapping, const char *key, bool required);
const char *map_id(struct map *map, const struct yaml_node *mapping, const char *key, bool required);
bool map_flag(struct map *map, const struct yaml_node *mapping, const char *key);
unsigned map_number(struct map *map, const struct yaml_node *mapping, const char *key, unsigned max);
void map_text(struct map *map, const struct yaml_node *mapping, const char *key, bool required, struct text *text);
/* A decimal in units of 10^-decimals; 0 when it is missing. */
int64_t map_decimal(struct map *map, const struct yaml_node *mapping, const char *key, unsigned decimals);
const struct yaml_node *map_sequence(struct map *map, const struct yaml_node *mapping, const char *key, bool required);

/* form_yaml_items.c: pages with their items. */
void map_pages(struct map *map, const struct yaml_node *root);

/* form_yaml_expressions.c: reads an expression and keeps it as a tree; resolves all of them once every item is known.
 */
const struct expression *map_expression(struct map *map, const struct yaml_node *node, const char *key);
void map_expressions(struct map *map);

/* form_yaml_options.c: the options of an item, its own or a shared list. companions: items that options with write_in
 * bring along (the caller's, zeroed, room for as many as there are options with write_in); their number is returned. */
size_t map_options(struct map *map, const struct yaml_node *node, struct item *item, struct item companions[]);

/* form_yaml_measure.c: what numbers, dates, sliders, sums and texts have beyond the other items. */
void map_measure(struct map *map, const struct yaml_node *node, struct item *item);

#endif
