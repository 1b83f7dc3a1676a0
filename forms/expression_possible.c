/* Tries out whether an expression can be true at all. */
#include <stdlib.h>
#include <string.h>

#include "forms/expression.h"
#include "forms/qtype.h"

enum { TRIED_ITEM_MAX = 6, TRIED_MAX = 5000 };

void expression_items(const struct expression *expression, expression_item *found, void *context)
{
    if (expression->operator== EXPRESSION_ITEM && expression->position != SIZE_MAX)
        found(context, expression->position);
    for (const struct expression *operand = expression->first; operand != NULL; operand = operand->next)
        expression_items(operand, found, context);
}

struct trial {
    const struct form *form;
    size_t items[TRIED_ITEM_MAX]; /* positions */
    size_t count;
    bool too_hard;
};

static void collect(void *context, size_t position)
{
    struct trial *trial = context;
    for (size_t i = 0; i < trial->count; i++)
        if (trial->items[i] == position)
            return;
    const struct item *item = &trial->form->items[position];
    const bool easy = (item->type->kind == QTYPE_CHOICE && item->options_from == NULL) || item->off;
    if (trial->count == TRIED_ITEM_MAX || !easy)
        trial->too_hard = true;
    else
        trial->items[trial->count++] = position;
}

static bool uses_value(const struct expression *expression)
{
    if (expression->operator== EXPRESSION_VALUE)
        return true;
    for (const struct expression *operand = expression->first; operand != NULL; operand = operand->next)
        if (uses_value(operand))
            return true;
    return false;
}

/* The next combination, like a counter; false after the last. An item that is off is never answered. */
static bool advance(const struct trial *trial, struct answer *answers)
{
    for (size_t i = 0; i < trial->count; i++) {
        const struct item *item = &trial->form->items[trial->items[i]];
        uint8_t *choice = &answers[trial->items[i]].choice;
        const size_t next = *choice == ANSWER_NONE ? 0 : (size_t)*choice + 1;
        if (!item->off && next < item->option_count) {
            *choice = (uint8_t)next;
            return true;
        }
        *choice = ANSWER_NONE;
    }
    return false;
}

static bool try_all(const struct expression *expression, const struct trial *trial, struct answer *answers, bool *shown)
{
    const struct answers all = { trial->form, answers };
    const struct scope scope = { .answers = &all, .shown = shown };
    for (size_t i = 0; i < trial->form->item_count; i++) {
        answers[i].choice = ANSWER_NONE;
        shown[i] = !trial->form->items[i].off;
    }
    for (size_t tried = 0; tried < TRIED_MAX; tried++) {
        if (expression_holds(expression, &scope))
            return true;
        if (!advance(trial, answers))
            return false;
    }
    return true;
}

bool expression_possible(const struct form *form, const struct expression *expression)
{
    struct trial trial = { .form = form };
    expression_items(expression, collect, &trial);
    if (trial.too_hard || uses_value(expression))
        return true;
    struct answer *answers = calloc(form->item_count + 1, sizeof *answers);
    bool *shown = calloc(form->item_count + 1, sizeof *shown);
    const bool possible = answers == NULL || shown == NULL || try_all(expression, &trial, answers, shown);
    free(answers);
    free(shown);
    return possible;
}
