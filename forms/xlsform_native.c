/* The columns "querschnitt::…" of a file that this program wrote: what an XLSForm has no word for. */
#include <stdlib.h>
#include <string.h>

#include "forms/xlsform.h"

static const char *native(const struct xlsform *form, const char *key)
{
    return xlsform_native(&form->survey, form->row, key);
}

static const char *filled(const char *text)
{
    return text[0] != '\0' ? text : NULL;
}

static bool flag(const struct xlsform *form, const char *key)
{
    return xlsform_yes(native(form, key));
}

static unsigned count(const struct xlsform *form, const char *key)
{
    unsigned long value = strtoul(native(form, key), NULL, 10);
    return value > FORM_ITEM_MAX ? FORM_ITEM_MAX : (unsigned)value;
}

/* A number in units of 10^-decimals; the value there is stays when the cell is empty or says nothing. */
static void units(const struct xlsform *form, const char *key, unsigned decimals, int64_t *value)
{
    int64_t read = 0;
    if (number_read(native(form, key), decimals, &read))
        *value = read;
}

static void read_bounds(struct xlsform *form, struct item *item)
{
    if (item->type->kind == QTYPE_NUMBER && native(form, "decimals")[0] != '\0') {
        unsigned decimals = count(form, "decimals");
        item->decimals = decimals > NUMBER_DECIMALS_MAX ? NUMBER_DECIMALS_MAX : decimals;
        units(form, "min", item->decimals, &item->min);
        units(form, "max", item->decimals, &item->max);
        item->step = 0;
        units(form, "step", item->decimals, &item->step);
    } else if (item->type->kind == QTYPE_DATE && native(form, "grain")[0] != '\0') {
        const char *grain = native(form, "grain");
        item->grain = strcmp(grain, "year") == 0      ? DATE_YEAR
                      : strcmp(grain, "quarter") == 0 ? DATE_QUARTER
                                                      : DATE_MONTH;
        (void)date_read(native(form, "min"), item->grain, &item->min);
        (void)date_read(native(form, "max"), item->grain, &item->max);
    } else if (item->type->kind == QTYPE_AMOUNTS)
        units(form, "total", 0, &item->max);
}

/* A type of its own has the list of its options in a column of its own, too. */
static void read_own_type(struct xlsform *form, struct xlsform_item *made)
{
    if (native(form, "type")[0] == '\0')
        return;
    const char *list_name = native(form, "list");
    const struct xlsform_list *list = list_name[0] != '\0' ? xlsform_list(form, list_name, false) : NULL;
    made->item.options = list != NULL ? list->options : NULL;
    made->item.option_count = list != NULL ? list->option_count : 0;
}

void xlsform_read_native(struct xlsform *form, struct xlsform_item *made)
{
    struct item *item = &made->item;
    read_own_type(form, made);
    item->off = flag(form, "off") || (item->type->kind == QTYPE_TEXT && !form->form->free_text);
    read_bounds(form, item);
    item->options_from = filled(native(form, "options_from"));
    item->choose_min = count(form, "choose_min");
    item->choose_max = count(form, "choose_max");
    item->lines = count(form, "lines");
    item->length_max = count(form, "length_max");
    item->required = xlsform_yes(xlsform_cell(&form->survey, form->row, KEY_REQUIRED));
    item->shuffle = flag(form, "shuffle");
    item->sensitive = flag(form, "sensitive");
    item->detached = flag(form, "detached") || item->type->kind == QTYPE_TEXT;
    item->detached_with = filled(native(form, "detached_with"));
    item->initial = filled(native(form, "initial"));
    (void)xlsform_text(form, &form->survey, form->row, KEY_NATIVE, "unit", &item->unit);
    (void)xlsform_text(form, &form->survey, form->row, KEY_NATIVE, "low", &item->low);
    (void)xlsform_text(form, &form->survey, form->row, KEY_NATIVE, "high", &item->high);
    made->native_show_if = filled(native(form, "show_if"));
    if (made->native_show_if != NULL)
        made->show_if[0] = made->show_if[1] = NULL;
    made->valid_if = NULL; /* choose_min, min and the like say it */
    made->native_valid_if = filled(native(form, "valid_if"));
    made->native_value = filled(native(form, "value"));
    if (made->native_valid_if == NULL)
        item->valid_text = (struct text){ { NULL } };
}

void xlsform_read_native_page(struct xlsform *form, struct xlsform_page *page)
{
    page->page.rotate = count(form, "rotate");
    page->page.shuffle = flag(form, "shuffle");
    page->page.matrix = flag(form, "matrix");
    page->show_if = NULL;
    page->native_show_if = filled(native(form, "show_if"));
}
