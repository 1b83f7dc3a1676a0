/* Names of an XLSForm (letters of any script, points, minus signs) as ids and codes of a form, and who has which. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "forms/xlsform.h"

static size_t bucket(const char *name)
{
    uint32_t hash = 2166136261u; /* FNV-1a */
    for (; *name != '\0'; name++)
        hash = (hash ^ (unsigned char)*name) * 16777619u;
    return hash % XLSFORM_BUCKETS;
}

void xlsform_know(struct xlsform *form, struct xlsform_item *item)
{
    if (xlsform_known(form, item->name) != NULL)
        return; /* the first of that name is meant; and many of one name take no time */
    const struct xlsform_item **place = &form->names[bucket(item->name)];
    item->same_name = *place;
    *place = item;
}

const struct xlsform_item *xlsform_known(const struct xlsform *form, const char *name)
{
    const struct xlsform_item *item = form->names[bucket(name)];
    while (item != NULL && strcmp(item->name, name) != 0)
        item = item->same_name;
    return item;
}

static bool is_word(const char *id)
{
    static const char *const words[] = { "and", "or",  "not",   "in", "answered", "selected", "count", "sum",
                                         "min", "max", "round", "if", "coalesce", "length",   "value", "mod" };
    for (size_t i = 0; i < COUNT(words); i++)
        if (strcmp(words[i], id) == 0)
            return true;
    return false;
}

static bool is_item(const struct xlsform *form, const char *id)
{
    for (size_t i = 0; i < form->item_count; i++)
        if (strcmp(form->items[i]->item.id, id) == 0)
            return true;
    return false;
}

static bool is_page(const struct xlsform *form, const char *id)
{
    for (size_t i = 0; i < form->page_count; i++)
        if (strcmp(form->pages[i].page.id, id) == 0)
            return true;
    return false;
}

/* Letters, digits and "_" stay, anything else becomes one "_". */
static size_t simplify(const char *name, const char *more, char *out, size_t room)
{
    size_t length = 0;
    for (; *name != '\0' && length < room; name++)
        if (isalnum((unsigned char)*name) || *name == '_' || strchr(more, *name) != NULL)
            out[length++] = *name;
        else if (length > 0 && out[length - 1] != '_')
            out[length++] = '_';
    out[length] = '\0';
    return length;
}

static const char *free_id(struct xlsform *form, const char *name,
                           bool (*taken)(const struct xlsform *form, const char *id))
{
    char id[FORM_ID_MAX + 8] = "Q";
    bool letter = isalpha((unsigned char)name[0]) || name[0] == '_' || (form->native && form_id_fits(name));
    size_t start = letter && !is_word(name) ? 0 : 1;
    size_t length = start + simplify(name, "", id + start, FORM_ID_MAX - 6 - start);
    if (form->native && form_id_fits(name))
        length = (size_t)snprintf(id, sizeof id, "%s", name);
    unsigned many = (unsigned)(form->item_count + form->page_count); /* thousands of one name: no number in vain */
    for (unsigned n = 2; taken(form, id) && n < 4 * FORM_ITEM_MAX; n = n == 10 && many > n ? many : n + 1)
        snprintf(id + (length < FORM_ID_MAX - 6 ? length : FORM_ID_MAX - 6), 8, "_%u", n);
    const char *copy = arena_string(form->arena, id);
    if (copy == NULL)
        xlsform_full(form);
    return copy != NULL ? copy : "";
}

const char *xlsform_id(struct xlsform *form, const char *name)
{
    const char *id = free_id(form, name, is_item);
    if (strcmp(id, name) != 0)
        xlsform_lose(form, id, N_("the name “%.60s” cannot be used as it is, or is used twice"), name);
    return id;
}

const char *xlsform_page_id(struct xlsform *form, const char *name)
{
    return free_id(form, name, is_page);
}

const char *xlsform_code(struct xlsform *form, const char *name)
{
    char code[FORM_CODE_MAX + 1];
    if (form_code_fits(name))
        return name;
    if (simplify(name, "-.", code, FORM_CODE_MAX) == 0)
        snprintf(code, sizeof code, "x");
    const char *copy = arena_string(form->arena, code);
    if (copy == NULL)
        xlsform_full(form);
    return copy != NULL ? copy : "x";
}
