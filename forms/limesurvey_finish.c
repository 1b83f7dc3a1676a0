/* The last step of reading LimeSurvey: items and pages go into the form, and their expressions, text until now, are
 * read and bound to the items they name. One that names something that is not there any more is reported. */
#include <string.h>

#include "forms/expression.h"
#include "forms/limesurvey_map.h"

static void ignore(void *context, size_t column, const char *message)
{
    (void)context;
    (void)column;
    (void)message; /* the first one is in struct fail */
}

/* NULL: there is none, or it does not fit the items that are there: reported, with instead in its place. */
static const struct expression *read_expression(struct lime *lime, size_t before, const struct item *own,
                                                const char *text, const char *instead)
{
    const struct expression *expression = NULL;
    struct fail fail = { .language = lime->ui };
    size_t column = 0;
    if (text == NULL || lime->status != STATUS_OK)
        return NULL;
    enum status status = expression_parse(lime->arena, text, &expression, &column, &fail);
    if (status == STATUS_OK)
        status = expression_resolve(lime->arena, lime->form, before, own, expression, &expression, ignore, NULL, &fail);
    if (status == STATUS_OK)
        return expression;
    if (status == STATUS_MEMORY)
        lime_fail(lime);
    else
        lime_lose(lime, instead, N_("The condition “%.200s” cannot be translated."), text);
    return NULL;
}

static void read_item(struct lime *lime, size_t position, struct item *item, size_t *calculated)
{
    const struct lime_item *from = &lime->items[position];
    item->show_if = read_expression(lime, position, NULL, from->show_if, N_("shown always"));
    item->valid_if =
        read_expression(lime, position, item, from->valid_if, N_("every answer within the bounds is accepted"));
    item->value = read_expression(lime, position, NULL, from->value, N_("the text of the question"));
    if (item->value != NULL)
        item->calculated = (*calculated)++;
    else if (from->value != NULL)
        item->type = qtype_find("note");
    if (item->valid_if == NULL)
        item->valid_text = (struct text){ 0 };
}

void lime_finish(struct lime *lime)
{
    struct item *items = lime_new(lime, lime->item_count, sizeof *items);
    struct page *pages = lime_new(lime, lime->page_count, sizeof *pages);
    struct form *form = lime->form;
    size_t calculated = 0;
    if (items == NULL || pages == NULL)
        return;
    for (size_t i = 0; i < lime->item_count; i++)
        items[i] = lime->items[i].item;
    for (size_t i = 0; i < lime->page_count; i++)
        pages[i] = lime->pages[i].page;
    form->items = items;
    form->item_count = lime->item_count;
    form->pages = pages;
    form->page_count = lime->page_count;
    for (size_t i = 0; i < lime->page_count; i++) {
        lime->where = pages[i].id;
        lime->said_count = 0;
        pages[i].show_if = read_expression(lime, pages[i].item_first, NULL, lime->pages[i].show_if, N_("shown always"));
    }
    for (size_t i = 0; i < lime->item_count; i++) {
        lime->where = items[i].id;
        lime->said_count = 0;
        read_item(lime, i, &items[i], &calculated);
    }
    if (lime->status == STATUS_OK && lime->item_count == 0)
        lime->status = FAIL(lime->fail, STATUS_INPUT, N_("The file has no question that can be asked."));
}
