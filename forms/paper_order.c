/* Counting on paper. */
#include "forms/paper_order.h"

unsigned paper_number(const struct form *form, const struct item *item)
{
    if (item->off)
        return 0;
    unsigned number = 1;
    for (const struct item *before = form->items; before < item; before++)
        number += !before->off;
    return number;
}

unsigned paper_option_number(size_t option)
{
    return (unsigned)option + 1; /* at most FORM_OPTION_MAX */
}

const struct item *paper_item(const struct form *form, unsigned number)
{
    for (size_t i = 0; i < form->item_count; i++)
        if (!form->items[i].off && --number == 0)
            return &form->items[i];
    return NULL;
}

int paper_option(const struct item *item, unsigned number)
{
    return number >= 1 && number <= item->option_count ? (int)number - 1 : -1;
}
