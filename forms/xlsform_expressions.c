/* Conditions, once all items are there. What cannot be translated is a loss: the question is shown always, the answer
 * is not checked, the computed value is left out. Never a wrong meaning. */
#include <string.h>

#include "forms/expression.h"
#include "forms/xlsform.h"

/* The program's own language, as this program wrote it. */
static void read_native(struct xlsform *form, struct xlsform_item *made)
{
    size_t column = 0;
    struct fail fail = { .language = form->ui };
    if (made->native_show_if == NULL)
        return;
    enum status status = expression_parse(form->arena, made->native_show_if, &made->item.show_if, &column, &fail);
    if (status == STATUS_MEMORY)
        xlsform_full(form);
    else if (status != STATUS_OK)
        xlsform_lose(form, N_("the question is always shown"), N_("the condition “%.200s”"), made->native_show_if);
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

void xlsform_expressions(struct xlsform *form)
{
    for (size_t i = 0; i < form->item_count && !xlsform_stopped(form); i++) {
        struct xlsform_item *made = form->items[i];
        xlsform_stand_at(form, &form->survey, made->row, made->name);
        read_native(form, made);
        lose(form, made);
        drop_value(form, made);
    }
    for (size_t i = 0; i < form->page_count && !xlsform_stopped(form); i++)
        if (form->pages[i].show_if != NULL && form->pages[i].page.item_count > 0) {
            xlsform_stand_at(form, &form->survey, form->items[form->pages[i].page.item_first]->row,
                             form->pages[i].page.id);
            xlsform_lose(form, N_("the page is always shown"), N_("the condition “%.200s”"), form->pages[i].show_if);
        }
}
