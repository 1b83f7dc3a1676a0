/* Counting on paper. */
#include "forms/paper_order.h"

#include <string.h>

#include "forms/qtype.h"

bool paper_printed(const struct item *item)
{
    return !item->off && strcmp(item->type->id, "calculated") != 0;
}

bool paper_asked(const struct item *item)
{
    return !item->off && item->type->kind != QTYPE_NONE;
}

/* The reader puts these texts right behind their question and names them QUESTION_CODE. */
const struct item *paper_owner(const struct form *form, const struct item *item, size_t *option)
{
    if (item->type->kind != QTYPE_TEXT || item->show_if == NULL)
        return NULL;
    const struct item *owner = item;
    while (owner > form->items && owner->type->kind == QTYPE_TEXT && owner->page == item->page)
        owner--;
    const size_t length = strlen(owner->id);
    if (owner->off || owner->page != item->page || owner->type->kind == QTYPE_TEXT ||
        strncmp(item->id, owner->id, length) != 0 || item->id[length] != '_')
        return NULL;
    const int found = item_option(owner, item->id + length + 1);
    if (found < 0)
        return NULL;
    if (option != NULL)
        *option = (size_t)found;
    return owner;
}

const struct item *paper_write_in(const struct form *form, const struct item *item, size_t option)
{
    const struct item *end = form->items + form->item_count;
    for (const struct item *next = item + 1; next < end && next->type->kind == QTYPE_TEXT; next++) {
        size_t own;
        if (!next->off && paper_owner(form, next, &own) == item && own == option)
            return next;
    }
    return NULL;
}

static bool counts(const struct form *form, const struct item *item)
{
    return paper_asked(item) && paper_owner(form, item, NULL) == NULL;
}

unsigned paper_number(const struct form *form, const struct item *item)
{
    const struct item *owner = paper_owner(form, item, NULL);
    if (!paper_asked(item))
        return 0;
    unsigned number = 1;
    for (const struct item *before = form->items; before < (owner != NULL ? owner : item); before++)
        number += counts(form, before);
    return number;
}

/* "0 to 10": its boxes say what they mean, so the number in the box is that. */
static unsigned first_number(const struct item *item)
{
    return strcmp(item->type->id, "nps") == 0 ? 0 : 1;
}

unsigned paper_option_number(const struct item *item, size_t option)
{
    return (unsigned)option + first_number(item); /* at most FORM_OPTION_MAX */
}

const struct item *paper_item(const struct form *form, unsigned number)
{
    for (size_t i = 0; i < form->item_count; i++)
        if (counts(form, &form->items[i]) && --number == 0)
            return &form->items[i];
    return NULL;
}

int paper_option(const struct item *item, unsigned number)
{
    const unsigned first = first_number(item);
    return number >= first && number - first < item->option_count ? (int)(number - first) : -1;
}
