/* Finds the questions an expression names, and refuses what cannot be looked at. Trees are at most as deep as the
 * parser makes them, so recursion is bounded. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "forms/expression.h"
#include "forms/measure.h"
#include "forms/qtype.h"

struct resolver {
    struct arena *arena;
    const struct form *form;
    size_t before;
    const struct item *own;
    expression_fault *fault;
    void *context;
    struct fail *fail;
    bool faulty;
};

static void report(struct resolver *resolver, const struct expression *node, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void report(struct resolver *resolver, const struct expression *node, const char *format, ...)
{
    char message[FAIL_WHAT_MAX];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, tr(resolver->fail != NULL ? resolver->fail->language : NULL, format), arguments);
    va_end(arguments);
    resolver->faulty = true;
    if (resolver->fault != NULL)
        resolver->fault(resolver->context, node->column, message);
    (void)FAIL(resolver->fail, STATUS_INPUT, "%s", message);
}

static const struct item *item_of(const struct resolver *resolver, const struct expression *node)
{
    return node->operator== EXPRESSION_VALUE ? resolver->own
           : node->position != SIZE_MAX      ? &resolver->form->items[node->position]
                                             : NULL;
}

static void resolve_item(struct resolver *resolver, struct expression *node, enum expression_operator parent)
{
    const struct item *item = NULL;
    if (node->operator== EXPRESSION_VALUE) {
        item = resolver->own;
        if (item == NULL)
            report(resolver, node, N_("“value” stands for the answer itself; it belongs into valid_if only"));
    } else {
        item = form_item(resolver->form, node->text);
        if (item == NULL)
            report(resolver, node, N_("there is no question “%s”"), node->text);
        else if ((size_t)(item - resolver->form->items) >= resolver->before) {
            report(resolver, node, N_("question “%s” comes later; only earlier ones can be looked at"), node->text);
            item = NULL;
        } else {
            node->position = (size_t)(item - resolver->form->items);
        }
    }
    if (item == NULL)
        return;
    if (item->type->kind == QTYPE_TEXT && parent != EXPRESSION_ANSWERED && parent != EXPRESSION_LENGTH)
        report(resolver, node, N_("“%s” is a free text: only answered() and length() can look at it"), item->id);
    if (item->type->kind == QTYPE_NONE && item->type != qtype_find("calculated"))
        report(resolver, node, N_("“%s” is no question: nothing is answered there"), item->id);
}

/* A code that the question on the left does not have is a mistake – unless the word is the id of another question. */
static void resolve_code(struct resolver *resolver, const struct item *left, struct expression *code)
{
    if (code->operator== EXPRESSION_TEXT && code->word &&(left == NULL || item_option(left, code->text) < 0) &&
        form_item(resolver->form, code->text) != NULL) {
        code->operator= EXPRESSION_ITEM;
        resolve_item(resolver, code, EXPRESSION_EQUAL);
        return;
    }
    if ((code->operator!= EXPRESSION_TEXT && code->operator!= EXPRESSION_NUMBER) || left == NULL)
        return;
    int64_t date = 0;
    switch (left->type->kind) {
    case QTYPE_CHOICE:
    case QTYPE_SET:
    case QTYPE_ORDER:
    case QTYPE_AMOUNTS:
        /* The city's list is not known yet. */
        if (item_option(left, code->text) < 0 && left->options_from == NULL)
            report(resolver, code, N_("the question has no option with the code “%s”"), code->text);
        return;
    case QTYPE_NUMBER:
        if (code->operator== EXPRESSION_TEXT && code->word)
            report(resolver, code, N_("“%s” is no number"), code->text);
        return;
    case QTYPE_DATE:
        if (!date_read(code->text, left->grain, &date))
            report(resolver, code, N_("“%s” is no date as the question asks for"), code->text);
        return;
    case QTYPE_TEXT:
    case QTYPE_NONE: return;
    }
}

static bool compares_codes(enum expression_operator operator)
{
    return operator== EXPRESSION_EQUAL || operator== EXPRESSION_UNEQUAL || operator== EXPRESSION_IN || operator==
        EXPRESSION_SELECTED;
}

static void check_digits(struct resolver *resolver, const struct expression *node)
{
    const struct expression *digits = node->first->next;
    if (digits != NULL && (digits->operator!= EXPRESSION_NUMBER || strlen(digits->text) != 1 || digits->number > 6.0))
        report(resolver, digits, N_("the digits of round() are a number from 0 to 6"));
}

/* Copy with positions; NULL when memory is short. */
static struct expression *resolve(struct resolver *resolver, const struct expression *source,
                                  enum expression_operator parent)
{
    struct expression *copy = ARENA_NEW(resolver->arena, struct expression, 1);
    if (copy == NULL)
        return NULL;
    *copy = *source;
    copy->first = copy->next = NULL;
    copy->position = SIZE_MAX;
    if (copy->operator== EXPRESSION_ITEM || copy->operator== EXPRESSION_VALUE)
        resolve_item(resolver, copy, parent);
    struct expression *last = NULL;
    const struct item *left = NULL;
    for (const struct expression *operand = source->first; operand != NULL; operand = operand->next) {
        struct expression *made = resolve(resolver, operand, source->operator);
        if (made == NULL)
            return NULL;
        if (last == NULL) {
            copy->first = made;
            left = item_of(resolver, made);
        } else {
            last->next = made;
            if (compares_codes(copy->operator))
                resolve_code(resolver, left, made);
        }
        last = made;
    }
    if (copy->operator== EXPRESSION_ROUND)
        check_digits(resolver, copy);
    return copy;
}

enum status expression_resolve(struct arena *arena, const struct form *form, size_t before, const struct item *own,
                               const struct expression *expression, const struct expression **resolved,
                               expression_fault *fault, void *context, struct fail *fail)
{
    struct resolver resolver = { arena, form, before, own, fault, context, fail, false };
    const struct expression *copy = resolve(&resolver, expression, EXPRESSION_OR);
    if (copy == NULL)
        return FAIL(fail, STATUS_MEMORY, "out of memory");
    *resolved = copy;
    return resolver.faulty ? STATUS_INPUT : STATUS_OK;
}
