/* Looks things up in a form, and binds the city's lists into it. */
#include "forms/form.h"

#include <string.h>

#include "base/language.h"
#include "forms/qtype.h"

/* Position in form->languages, -1 when the form does not speak it. */
static int find_language(const struct form *form, const char *language)
{
    for (size_t i = 0; language != NULL && i < form->language_count; i++)
        if (strcmp(form->languages[i], language) == 0)
            return (int)i;
    return -1;
}

int form_language_of(const struct form *form, const struct text *text, const char *language)
{
    int position = find_language(form, language);
    if (position >= 0 && text->in[position] != NULL)
        return position;
    const struct language *known = language_exact(language);
    position = known == NULL ? -1 : find_language(form, known->fallback);
    return position >= 0 && text->in[position] != NULL ? position : 0;
}

const char *form_text(const struct form *form, const struct text *text, const char *language)
{
    const char *found = text->in[form_language_of(form, text, language)];
    return found != NULL ? found : "";
}

bool form_language_draft(const struct form *form, const char *language)
{
    int position = find_language(form, language);
    return position >= 0 && form->draft[position];
}

/* The place of that id, or the empty one where it would stand: an open table, at most half full (Knuth, TAOCP 3, 6.4).
 * Whoever writes ids that meet makes looking up as slow as without it, no slower. */
static size_t find_place(const struct form *form, const uint16_t index[], const char *id)
{
    uint32_t hash = 2166136261u; /* FNV-1a */
    for (const char *c = id; *c != '\0'; c++)
        hash = (hash ^ (unsigned char)*c) * 16777619u;
    size_t at = hash & (form->index_room - 1);
    while (index[at] > 0 && strcmp(form->items[index[at] - 1].id, id) != 0)
        at = (at + 1) & (form->index_room - 1);
    return at;
}

const struct item *form_item(const struct form *form, const char *id)
{
    for (size_t i = 0; form->index == NULL && i < form->item_count; i++)
        if (strcmp(form->items[i].id, id) == 0)
            return &form->items[i];
    if (form->index == NULL)
        return NULL;
    const size_t found = form->index[find_place(form, form->index, id)];
    return found > 0 ? &form->items[found - 1] : NULL;
}

enum status form_index(struct arena *arena, struct form *form, struct fail *fail)
{
    size_t room = 4;
    while (room < form->item_count * 2)
        room *= 2;
    uint16_t *index = ARENA_NEW(arena, uint16_t, room);
    if (index == NULL)
        return FAIL(fail, STATUS_MEMORY, "out of memory");
    form->index_room = room;
    for (size_t i = 0; i < form->item_count && i < FORM_ITEM_MAX; i++) {
        const size_t place = find_place(form, index, form->items[i].id);
        if (index[place] == 0) /* of two with the same id the first is found, as without an index */
            index[place] = (uint16_t)(i + 1);
    }
    form->index = index;
    return STATUS_OK;
}

const struct scale *form_scale(const struct form *form, const char *id)
{
    for (size_t i = 0; i < form->scale_count; i++)
        if (strcmp(form->scales[i].id, id) == 0)
            return &form->scales[i];
    return NULL;
}

const struct notice *form_notice(const struct form *form, const char *id)
{
    for (size_t i = 0; i < form->notice_count; i++)
        if (strcmp(form->notices[i].id, id) == 0)
            return &form->notices[i];
    return NULL;
}

const struct item *item_leader(const struct form *form, const struct item *item)
{
    if (item->type == NULL || item->type->kind != QTYPE_TEXT)
        return NULL;
    for (const struct item *before = item; before != form->items && before[-1].page == item->page; before--) {
        const struct item *leader = &before[-1];
        const size_t length = strlen(leader->id);
        if (leader->type->kind != QTYPE_TEXT)
            return strncmp(item->id, leader->id, length) == 0 && item->id[length] == '_' &&
                           item_option(leader, item->id + length + 1) >= 0
                       ? leader
                       : NULL;
    }
    return NULL;
}

size_t page_drawable(const struct form *form, const struct page *page)
{
    size_t count = 0;
    for (size_t i = page->item_first; i < page->item_first + page->item_count; i++)
        count += form->items[i].type->kind != QTYPE_NONE && item_leader(form, &form->items[i]) == NULL ? 1 : 0;
    return count;
}

int item_option(const struct item *item, const char *code)
{
    for (size_t i = 0; i < item->option_count; i++)
        if (strcmp(item->options[i].code, code) == 0)
            return (int)i;
    return -1;
}

bool form_id_fits(const char *id)
{
    size_t length = strlen(id);
    return length >= 1 && length <= FORM_ID_MAX &&
           strspn(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == length;
}

bool form_code_fits(const char *code)
{
    size_t length = strlen(code);
    return length >= 1 && length <= FORM_CODE_MAX && strspn(code, FORM_CODE_CHARACTERS) == length;
}
