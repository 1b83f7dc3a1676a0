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

static const struct expression *read_condition(struct lime *lime, size_t before, const char *text)
{
    const struct expression *condition = NULL;
    struct fail fail = { .language = lime->ui };
    size_t column = 0;
    if (text == NULL)
        return NULL;
    enum status status = expression_parse(lime->arena, text, &condition, &column, &fail);
    if (status == STATUS_OK)
        status = expression_resolve(lime->arena, lime->form, before, NULL, condition, &condition, ignore, NULL, &fail);
    if (status == STATUS_OK)
        return condition;
    if (status == STATUS_MEMORY)
        lime_fail(lime);
    else
        lime_lose(lime, N_("shown always"), N_("The condition “%.200s” cannot be translated."), text);
    return NULL;
}

void lime_finish(struct lime *lime)
{
    struct item *items = lime_new(lime, lime->item_count, sizeof *items);
    struct page *pages = lime_new(lime, lime->page_count, sizeof *pages);
    struct form *form = lime->form;
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
    for (size_t i = 0; i < lime->item_count && lime->status == STATUS_OK; i++) {
        const char *page = lime->pages[items[i].page].show_if;
        lime->where = items[i].id;
        lime->said_count = 0;
        items[i].show_if = read_condition(lime, i, lime_and(lime, page, lime->items[i].show_if));
    }
    if (lime->status == STATUS_OK && lime->item_count == 0)
        lime->status = FAIL(lime->fail, STATUS_INPUT, N_("The file has no question that can be asked."));
}
