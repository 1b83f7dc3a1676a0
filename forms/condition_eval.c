/* Resolves, evaluates and writes conditions. The tree is at most CONDITION_DEPTH_MAX * 2 deep, so recursion is bounded.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "forms/condition.h"
#include "forms/qtype.h"

struct resolver {
    struct arena *arena;
    const struct form *form;
    size_t before;
    condition_fault *fault;
    void *context;
    struct fail *fail;
    bool faulty;
};

static void report(struct resolver *resolver, const struct condition *node, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void report(struct resolver *resolver, const struct condition *node, const char *format, ...)
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

static bool resolve_codes(struct resolver *resolver, const struct item *item, struct condition *node)
{
    int *options = ARENA_NEW(resolver->arena, int, node->code_count);
    if (options == NULL)
        return false;
    for (size_t i = 0; i < node->code_count; i++) {
        options[i] = item_option(item, node->codes[i]);
        /* The city's list is not known yet; its codes are resolved again when the list is bound. */
        if (options[i] < 0 && item->options_from == NULL)
            report(resolver, node, N_("the question has no option with the code “%s”"), node->codes[i]);
    }
    node->options = options;
    return true;
}

static bool resolve_item(struct resolver *resolver, struct condition *node)
{
    const struct form *form = resolver->form;
    const struct item *item = form_item(form, node->item);
    if (item == NULL) {
        report(resolver, node, N_("there is no question “%s”"), node->item);
        return true;
    }
    size_t position = (size_t)(item - form->items);
    if (position >= resolver->before) {
        report(resolver, node, N_("question “%s” comes later; only earlier ones can be looked at"), node->item);
        return true;
    }
    node->position = position;
    if (node->code_count > 0 && item->type->kind == QTYPE_TEXT) {
        report(resolver, node, N_("“%s” is a free text: only answered() can look at it"), node->item);
        return true;
    }
    return resolve_codes(resolver, item, node);
}

/* Copy with positions; NULL when memory is short. */
static struct condition *resolve(struct resolver *resolver, const struct condition *condition)
{
    struct condition *copy = ARENA_NEW(resolver->arena, struct condition, 1);
    if (copy == NULL)
        return NULL;
    *copy = *condition;
    copy->next = NULL;
    copy->position = SIZE_MAX;
    if (copy->item != NULL)
        return resolve_item(resolver, copy) ? copy : NULL;
    struct condition *last = NULL;
    for (const struct condition *child = condition->first; child != NULL; child = child->next) {
        struct condition *made = resolve(resolver, child);
        if (made == NULL)
            return NULL;
        if (last == NULL)
            copy->first = made;
        else
            last->next = made;
        last = made;
    }
    return copy;
}

enum status condition_resolve(struct arena *arena, const struct form *form, size_t before,
                              const struct condition *condition, const struct condition **resolved,
                              condition_fault *fault, void *context, struct fail *fail)
{
    struct resolver resolver = { arena, form, before, fault, context, fail, false };
    const struct condition *copy = resolve(&resolver, condition);
    if (copy == NULL)
        return FAIL(fail, STATUS_MEMORY, "out of memory");
    *resolved = copy;
    return resolver.faulty ? STATUS_INPUT : STATUS_OK;
}

static bool any_chosen(const struct condition *node, condition_chosen *chosen, const void *context)
{
    if (node->position == SIZE_MAX)
        return false;
    if (node->operator== CONDITION_ANSWERED)
        return chosen(context, node->position, -1);
    for (size_t i = 0; i < node->code_count; i++)
        if (node->options != NULL && node->options[i] >= 0 && chosen(context, node->position, node->options[i]))
            return true;
    return false;
}

bool condition_holds(const struct condition *condition, condition_chosen *chosen, const void *context)
{
    switch (condition->operator) {
    case CONDITION_AND:
        for (const struct condition *child = condition->first; child != NULL; child = child->next)
            if (!condition_holds(child, chosen, context))
                return false;
        return true;
    case CONDITION_OR:
        for (const struct condition *child = condition->first; child != NULL; child = child->next)
            if (condition_holds(child, chosen, context))
                return true;
        return false;
    case CONDITION_NOT: return !condition_holds(condition->first, chosen, context);
    case CONDITION_UNEQUAL: return !any_chosen(condition, chosen, context);
    case CONDITION_EQUAL:
    case CONDITION_IN:
    case CONDITION_ANSWERED: return any_chosen(condition, chosen, context);
    }
    return true;
}

static const char *operator_name(enum condition_operator operator)
{
    switch (operator) {
    case CONDITION_AND: return "and";
    case CONDITION_OR: return "or";
    case CONDITION_NOT: return "not";
    case CONDITION_EQUAL: return "eq";
    case CONDITION_UNEQUAL: return "ne";
    case CONDITION_IN: return "in";
    case CONDITION_ANSWERED: return "answered";
    }
    return "";
}

void condition_write(const struct condition *condition, struct buf *out)
{
    buf_format(out, "[\"%s\"", operator_name(condition->operator));
    for (const struct condition *child = condition->first; child != NULL; child = child->next) {
        buf_add_byte(out, ',');
        condition_write(child, out);
    }
    if (condition->item != NULL)
        buf_format(out, ",\"%s\"", condition->item);
    if (condition->operator== CONDITION_IN)
        buf_add_string(out, ",[");
    for (size_t i = 0; i < condition->code_count; i++) {
        if (i > 0 || condition->operator!= CONDITION_IN)
            buf_add_byte(out, ',');
        json_write_string(out, condition->codes[i]);
    }
    buf_add_string(out, condition->operator== CONDITION_IN ? "]]" : "]");
}
