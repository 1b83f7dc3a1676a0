/* Conditions, once all items are there. What cannot be translated is a loss: the question is shown always, the answer
 * is not checked, the computed value is left out. Never a wrong meaning. */
#include <string.h>

#include "forms/expression_foreign.h"
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

struct reading {
    const struct xlsform *form;
    size_t before; /* questions an expression may look at */
};

static bool find(void *context, const char *name, struct foreign_name *found)
{
    const struct reading *reading = context;
    const struct xlsform_item *item = xlsform_known(reading->form, name);
    if (item == NULL || item->kept)
        return false;
    found->item = &item->item;
    for (size_t i = 0; i < reading->before; i++)
        if (reading->form->items[i] == item)
            return true;
    return false;
}

/* Other programs send "OK" for what is acknowledged. Codes that had to be renamed are not found. */
static const char *code(void *context, const struct item *item, const char *theirs)
{
    (void)context;
    return strcmp(item->type->id, "consent") == 0 && strcmp(theirs, "OK") == 0 ? "1" : theirs;
}

/* XPath in our language; NULL when there is none, or when it was lost, with instead in its place. A
 * rule has an own item. */
static const struct expression *translate(struct xlsform *form, size_t before, const struct item *own,
                                          const char *source, const char *instead)
{
    struct reading reading = { form, before };
    const struct foreign foreign = {
        .arena = form->arena, .own = own, .find = find, .code = code, .context = &reading
    };
    const char *native = NULL;
    if (source == NULL)
        return NULL;
    struct fail fail = { .language = form->ui };
    enum status status = expression_from_xlsform(&foreign, source, &native, &fail);
    if (status == STATUS_MEMORY)
        xlsform_full(form);
    else if (status != STATUS_OK && own != NULL)
        xlsform_lose(form, instead, N_("the rule “%.200s” for answers: %s"), source, fail.what);
    else if (status != STATUS_OK)
        xlsform_lose(form, instead, N_("the condition “%.200s”: %s"), source, fail.what);
    return read_native(form, native);
}

/* Shown when both are true; a condition that was lost does not count. */
static const struct expression *both(struct xlsform *form, const struct expression *left,
                                     const struct expression *right)
{
    if (left == NULL || right == NULL)
        return left != NULL ? left : right;
    struct expression *all = xlsform_new(form, 3, sizeof *all);
    if (all == NULL)
        return NULL;
    all[1] = *left;
    all[2] = *right;
    all[1].next = &all[2];
    all[2].next = NULL;
    all[0] = (struct expression){ .operator= EXPRESSION_AND, .first = &all[1], .position = SIZE_MAX, .column = 1 };
    return all;
}

static void read_foreign(struct xlsform *form, size_t position)
{
    struct xlsform_item *made = form->items[position];
    struct item *item = &made->item;
    for (size_t i = 0; i < COUNT(made->show_if); i++)
        item->show_if = both(form, item->show_if,
                             translate(form, position, NULL, made->show_if[i], N_("the question is always shown")));
    if (item->valid_if == NULL)
        item->valid_if = translate(form, position, item, made->valid_if, N_("every answer is good"));
    if (item->value == NULL && strcmp(item->type->id, "calculated") == 0 && made->value != NULL) {
        const char *native = NULL;
        struct reading reading = { form, position };
        const struct foreign foreign = { .arena = form->arena, .find = find, .code = code, .context = &reading };
        if (expression_from_xlsform(&foreign, made->value, &native, NULL) == STATUS_OK) /* else drop_value says so */
            item->value = read_native(form, native);
    }
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

static void read_item(struct xlsform *form, size_t position)
{
    struct xlsform_item *made = form->items[position];
    struct item *item = &made->item;
    xlsform_stand_at(form, &form->survey, made->row, made->name);
    item->show_if = read_native(form, made->native_show_if);
    item->valid_if = read_native(form, made->native_valid_if);
    item->value = read_native(form, made->native_value);
    read_foreign(form, position);
    if (item->valid_if == NULL)
        item->valid_text = (struct text){ { NULL } };
    drop_value(form, made);
}

void xlsform_expressions(struct xlsform *form)
{
    for (size_t i = 0; i < form->item_count && !xlsform_stopped(form); i++)
        read_item(form, i);
    for (size_t i = 0; i < form->page_count && !xlsform_stopped(form); i++) {
        struct xlsform_page *page = &form->pages[i];
        if (page->page.item_count == 0)
            continue;
        xlsform_stand_at(form, &form->survey, form->items[page->page.item_first]->row, page->page.id);
        page->page.show_if = read_native(form, page->native_show_if);
        if (page->page.show_if == NULL)
            page->page.show_if =
                translate(form, page->page.item_first, NULL, page->show_if, N_("the page is always shown"));
    }
}
