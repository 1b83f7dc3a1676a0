/* Tries out whether a condition can be met at all. */
#include <string.h>

#include "forms/condition.h"
#include "forms/qtype.h"

enum { TRIED_ITEM_MAX = 6, TRIED_MAX = 5000 };

struct trial {
    size_t items[TRIED_ITEM_MAX]; /* positions */
    int options[TRIED_ITEM_MAX];  /* chosen; -1 not answered */
    size_t count;
    bool too_hard;
};

static void collect(const struct form *form, const struct condition *condition, struct trial *trial)
{
    for (const struct condition *child = condition->first; child != NULL; child = child->next)
        collect(form, child, trial); /* bounded like the parser: CONDITION_DEPTH_MAX */
    if (condition->item == NULL || condition->position == SIZE_MAX)
        return;
    for (size_t i = 0; i < trial->count; i++)
        if (trial->items[i] == condition->position)
            return;
    const struct item *item = &form->items[condition->position];
    if (trial->count == TRIED_ITEM_MAX || item->type->kind == QTYPE_SET || item->options_from != NULL)
        trial->too_hard = true;
    else
        trial->items[trial->count++] = condition->position;
}

static bool chosen(const void *context, size_t position, int option)
{
    const struct trial *trial = context;
    for (size_t i = 0; i < trial->count; i++)
        if (trial->items[i] == position)
            return option < 0 ? trial->options[i] >= 0 : trial->options[i] == option;
    return false;
}

/* How many options an item can take; a text is one: answered or not. */
static int option_count(const struct item *item)
{
    if (item->off)
        return 0;
    return item->type->kind == QTYPE_TEXT ? 1 : (int)item->option_count;
}

/* The next combination, like a counter; false after the last. */
static bool advance(const struct form *form, struct trial *trial)
{
    for (size_t i = 0; i < trial->count; i++) {
        if (trial->options[i] + 1 < option_count(&form->items[trial->items[i]])) {
            trial->options[i]++;
            return true;
        }
        trial->options[i] = -1;
    }
    return false;
}

bool condition_possible(const struct form *form, const struct condition *condition)
{
    struct trial trial = { .too_hard = false };
    collect(form, condition, &trial);
    if (trial.too_hard)
        return true;
    for (size_t i = 0; i < trial.count; i++)
        trial.options[i] = -1;
    for (size_t tried = 0; tried < TRIED_MAX; tried++) {
        if (condition_holds(condition, chosen, &trial))
            return true;
        if (!advance(form, &trial))
            return false;
    }
    return true;
}
