/* Conditions, once all items are there. What cannot be translated is a loss: the question is shown always, the answer
 * is not checked, the computed value is left out. Never a wrong meaning. */
#include <string.h>

#include "forms/expression.h"
#include "forms/xlsform.h"

/* The program's own language, as this program wrote it; NULL when there is none. */
static const struct expression *read_native(struct xlsform *form, const char *source)
{
    const struct expression *read = NULL;
    size_t column = 0;
    if (source == NULL)
        return NULL;
    enum status status = expression_parse(form->arena, source, &read, &column, NULL);
    if (status == STATUS_MEMORY)
        xlsform_full(form);
    else if (status != STATUS_OK)
        xlsform_lose(form, NULL, N_("the expression “%.200s” has a fault in column %zu"), source, column);
    return status == STATUS_OK ? read : NULL;
}

static void lose(struct xlsform *form, const struct xlsform_item *made)
{
    for (size_t i = 0; i < COUNT(made->show_if); i++)
        if (made->show_if[i] != NULL)
            xlsform_lose(form, N_("the question is always shown"), N_("the condition “%.200s”"), made->show_if[i]);
    if (made->valid_if != NULL)
        xlsform_lose(form, N_("every answer is good"), N_("the rule “%.200s” for answers"), made->valid_if);
}

/* A value nobody can compute: the item stays as a text that is switched off. */
static void drop_value(struct xlsform *form, struct xlsform_item *made)
{
    if (strcmp(made->item.type->id, "calculated") != 0 || made->item.value != NULL)
        return;
    xlsform_lose(form, N_("a text that is switched off"), N_("the computed value “%.200s”"),
                 made->value != NULL ? made->value : "");
    made->item.type = qtype_find("note");
    made->item.off = true;
    made->kept = true;
    if (made->item.label.in[0] == NULL)
        xlsform_plain(form, made->name, &made->item.label);
}

static void read_item(struct xlsform *form, struct xlsform_item *made)
{
    struct item *item = &made->item;
    xlsform_stand_at(form, &form->survey, made->row, made->name);
    item->show_if = read_native(form, made->native_show_if);
    item->valid_if = read_native(form, made->native_valid_if);
    item->value = read_native(form, made->native_value);
    if (item->valid_if == NULL)
        item->valid_text = (struct text){ { NULL } };
    lose(form, made);
    drop_value(form, made);
}

void xlsform_expressions(struct xlsform *form)
{
    for (size_t i = 0; i < form->item_count && !xlsform_stopped(form); i++)
        read_item(form, form->items[i]);
    for (size_t i = 0; i < form->page_count && !xlsform_stopped(form); i++) {
        struct xlsform_page *page = &form->pages[i];
        if (page->page.item_count == 0)
            continue;
        xlsform_stand_at(form, &form->survey, form->items[page->page.item_first]->row, page->page.id);
        page->page.show_if = read_native(form, page->native_show_if);
        if (page->show_if != NULL)
            xlsform_lose(form, N_("the page is always shown"), N_("the condition “%.200s”"), page->show_if);
    }
}
