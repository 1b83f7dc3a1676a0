/* Typed access to nodes of the YAML tree; every fault is reported with its place. */
#include "forms/map.h"
#include "forms/measure.h"
#include "forms/qtype.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

void map_report(struct map *map, uint32_t line, uint32_t column, const char *format, ...)
{
    char message[FAIL_WHAT_MAX];
    char where[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, tr(map->fail != NULL ? map->fail->language : NULL, format), arguments);
    va_end(arguments);
    snprintf(where, sizeof where, "%.200s:%u:%u", map->name, (unsigned)line, (unsigned)column);
    map->faults++;
    if (map->fault != NULL)
        map->fault(map->context, where, message);
    (void)FAIL(map->fail, STATUS_INPUT, "%s: %s", where, message);
}

void *map_new(struct map *map, size_t count, size_t size)
{
    void *memory = arena_get(map->arena, count > 0 ? count : 1, size);
    if (memory == NULL)
        map->exhausted = true;
    return memory;
}

static bool is_language(const struct form *form, const char *key)
{
    for (size_t i = 0; i < form->language_count; i++)
        if (strcmp(form->languages[i], key) == 0)
            return true;
    return false;
}

static bool is_known(const char *const known[], const char *key)
{
    for (size_t i = 0; known[i] != NULL; i++)
        if (strcmp(known[i], key) == 0)
            return true;
    return false;
}

static void list_names(struct buf *names, const char *name)
{
    if (names->length > 0)
        buf_add_string(names, ", ");
    buf_add_string(names, name);
}

void map_check_keys(struct map *map, const struct yaml_node *mapping, const char *const known[], bool translated)
{
    for (const struct yaml_node *child = mapping->first; child != NULL; child = child->next) {
        if (is_known(known, child->key) || (translated && is_language(map->form, child->key)))
            continue;
        struct buf names;
        buf_init(&names, FAIL_WHAT_MAX);
        for (size_t i = 0; known[i] != NULL; i++)
            list_names(&names, known[i]);
        for (size_t i = 0; translated && i < map->form->language_count; i++)
            list_names(&names, map->form->languages[i]);
        map_report(map, child->key_line, child->key_column, N_("unknown key “%.60s”; known are: %s"), child->key,
                   names.bytes != NULL ? names.bytes : "");
        buf_free(&names);
    }
}

/* The child, reported when it is required and missing, or of another kind. */
static const struct yaml_node *get(struct map *map, const struct yaml_node *mapping, const char *key, bool required)
{
    const struct yaml_node *child = yaml_child(mapping, key);
    if (child == NULL && required)
        map_report(map, mapping->line, mapping->column, N_("“%s” is missing"), key);
    return child;
}

const char *map_string(struct map *map, const struct yaml_node *mapping, const char *key, bool required)
{
    const struct yaml_node *child = get(map, mapping, key, required);
    if (child == NULL)
        return NULL;
    if (child->kind == YAML_SCALAR && child->value[0] != '\0')
        return child->value;
    map_report(map, child->line, child->column, N_("“%s” must be a text"), key);
    return NULL;
}

const char *map_id(struct map *map, const struct yaml_node *mapping, const char *key, bool required)
{
    const char *value = map_string(map, mapping, key, required);
    if (value == NULL || form_id_fits(value))
        return value;
    const struct yaml_node *child = yaml_child(mapping, key);
    map_report(map, child->line, child->column, N_("“%.60s” must be 1 to %d letters, digits or “_”"), value,
               (int)FORM_ID_MAX);
    return NULL;
}

bool map_flag(struct map *map, const struct yaml_node *mapping, const char *key)
{
    const char *value = map_string(map, mapping, key, false);
    if (value == NULL || strcmp(value, "no") == 0 || strcmp(value, "false") == 0)
        return false;
    if (strcmp(value, "yes") == 0 || strcmp(value, "true") == 0)
        return true;
    const struct yaml_node *child = yaml_child(mapping, key);
    map_report(map, child->line, child->column, N_("“%s” must be yes or no"), key);
    return false;
}

unsigned map_number(struct map *map, const struct yaml_node *mapping, const char *key, unsigned max)
{
    const char *value = map_string(map, mapping, key, false);
    if (value == NULL)
        return 0;
    size_t length = strlen(value);
    unsigned long number = length <= 9 && strspn(value, "0123456789") == length ? strtoul(value, NULL, 10) : max + 1UL;
    if (number <= max)
        return (unsigned)number;
    const struct yaml_node *child = yaml_child(mapping, key);
    map_report(map, child->line, child->column, N_("“%s” must be a whole number from 0 to %u"), key, max);
    return 0;
}

void map_text(struct map *map, const struct yaml_node *mapping, const char *key, bool required, struct text *text)
{
    static const char *const only_languages[] = { NULL };
    const struct yaml_node *child = get(map, mapping, key, required);
    if (child == NULL)
        return;
    if (child->kind == YAML_SCALAR) {
        text->in[0] = child->value;
    } else if (child->kind == YAML_MAPPING) {
        map_check_keys(map, child, only_languages, true);
        for (size_t i = 0; i < map->form->language_count; i++)
            text->in[i] = map_string(map, child, map->form->languages[i], false);
    } else {
        map_report(map, child->line, child->column, N_("“%s” must be a text or a text for each language"), key);
        return;
    }
    if (text->in[0] == NULL || text->in[0][0] == '\0')
        map_report(map, child->line, child->column, N_("“%s” has no text in the base language %s"), key,
                   map->form->languages[0]);
}

int64_t map_decimal(struct map *map, const struct yaml_node *mapping, const char *key, unsigned decimals)
{
    const char *value = map_string(map, mapping, key, false);
    int64_t number = 0;
    if (value == NULL || number_read(value, decimals, &number))
        return number;
    const struct yaml_node *child = yaml_child(mapping, key);
    map_report(map, child->line, child->column, N_("“%s” must be a number with at most %u decimal places"), key,
               decimals);
    return 0;
}

const struct yaml_node *map_sequence(struct map *map, const struct yaml_node *mapping, const char *key, bool required)
{
    const struct yaml_node *child = get(map, mapping, key, required);
    if (child == NULL || child->kind == YAML_SEQUENCE)
        return child;
    map_report(map, child->line, child->column, N_("“%s” must be a list"), key);
    return NULL;
}
