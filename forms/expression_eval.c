/* What an expression is worth for one person. Only operations that give the same bits in C and in JavaScript are used;
 * the same function stands in survey/client/60_rules.js, and a test holds both against each other. */
#include "forms/expression.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "forms/measure.h"
#include "forms/qtype.h"

static const struct value missing = { .kind = VALUE_MISSING };

static struct value of_number(double number)
{
    return isfinite(number) ? (struct value){ .kind = VALUE_NUMBER, .number = number } : missing;
}

static struct value of_truth(bool truth)
{
    return (struct value){ .kind = VALUE_TRUTH, .number = truth ? 1.0 : 0.0 };
}

static struct value of_option(const struct option *option)
{
    return (struct value){ .kind = VALUE_TEXT, .text = option->code, .no_number = option->missing };
}

static struct value answer_value(const struct scope *scope, size_t position)
{
    const struct form *form = scope->answers->form;
    const struct item *item = &form->items[position];
    const struct answer *answer = &scope->answers->items[position];
    if (item->value != NULL)
        return scope->calculated == NULL || !scope->shown[position] ? missing : scope->calculated[item->calculated];
    if ((item != scope->own && !scope->shown[position]) || !answer_given(item, answer))
        return missing;
    switch (item->type->kind) {
    case QTYPE_CHOICE: return of_option(&item->options[answer->choice]);
    case QTYPE_SET:
    case QTYPE_ORDER:
    case QTYPE_AMOUNTS: return (struct value){ .kind = VALUE_SET, .item = position };
    case QTYPE_NUMBER: return of_number((double)answer->number / (double)decimal_units(item->decimals));
    case QTYPE_DATE:
    case QTYPE_TEXT: return (struct value){ .kind = VALUE_TEXT, .text = answer->text };
    case QTYPE_NONE: return missing;
    }
    return missing;
}

static bool chosen(const struct item *item, const struct answer *answer, size_t option)
{
    switch (item->type->kind) {
    case QTYPE_SET: return option < FORM_SET_MAX && (answer->set & (UINT32_C(1) << option)) != 0;
    case QTYPE_ORDER: return answer->order != NULL && memchr(answer->order, (int)option, answer->order_count) != NULL;
    case QTYPE_AMOUNTS: return answer->amounts != NULL && answer->amounts[option] > 0;
    case QTYPE_CHOICE:
    case QTYPE_NUMBER:
    case QTYPE_DATE:
    case QTYPE_TEXT:
    case QTYPE_NONE: return false;
    }
    return false;
}

static bool set_holds(const struct scope *scope, size_t position, const char *code)
{
    const struct item *item = &scope->answers->form->items[position];
    const int option = code != NULL ? item_option(item, code) : -1;
    return option >= 0 && chosen(item, &scope->answers->items[position], (size_t)option);
}

static size_t set_count(const struct scope *scope, size_t position)
{
    const struct item *item = &scope->answers->form->items[position];
    size_t count = 0;
    for (size_t i = 0; i < item->option_count; i++)
        count += chosen(item, &scope->answers->items[position], i) ? 1 : 0;
    return count;
}

/* Digits, at most one point, at most one minus sign: what both languages read alike. */
static bool text_number(const char *text, double *number)
{
    const char *digits = text + (*text == '-' ? 1 : 0);
    size_t whole = strspn(digits, "0123456789");
    const char *end = digits + whole;
    if (*end == '.' && end[1] >= '0' && end[1] <= '9')
        end += 1 + strspn(end + 1, "0123456789");
    if (whole == 0 || *end != '\0' || end - text > 30)
        return false;
    *number = strtod(text, NULL);
    return true;
}

static bool value_number(const struct value *value, double *number)
{
    switch (value->kind) {
    case VALUE_NUMBER:
    case VALUE_TRUTH: *number = value->number; return true;
    case VALUE_TEXT: return !value->no_number && text_number(value->text, number);
    case VALUE_MISSING:
    case VALUE_SET: return false;
    }
    return false;
}

bool value_truth(const struct value *value)
{
    switch (value->kind) {
    case VALUE_NUMBER:
    case VALUE_TRUTH: return value->number != 0.0;
    case VALUE_TEXT: return value->text[0] != '\0';
    case VALUE_SET: return true; /* an empty one is missing */
    case VALUE_MISSING: return false;
    }
    return false;
}

/* -1, 0, 1; false when the two cannot be compared. exact: codes are the same only when they are spelled the same. */
static bool compare(const struct value *left, const struct value *right, bool exact, int *order)
{
    double a = 0.0;
    double b = 0.0;
    const bool texts = (left->kind == VALUE_TEXT || (left->kind == VALUE_NUMBER && left->text != NULL)) &&
                       (right->kind == VALUE_TEXT || (right->kind == VALUE_NUMBER && right->text != NULL)) &&
                       (left->kind == VALUE_TEXT || right->kind == VALUE_TEXT);
    if (exact && texts) {
        *order = strcmp(left->text, right->text);
        return true;
    }
    if (value_number(left, &a) && value_number(right, &b)) {
        *order = (a > b) - (a < b);
        return true;
    }
    if (!exact && left->kind == VALUE_TEXT && right->kind == VALUE_TEXT && !left->no_number && !right->no_number) {
        *order = strcmp(left->text, right->text);
        return true;
    }
    return false;
}

static bool equal(const struct scope *scope, const struct value *left, const struct value *right)
{
    int order = 1;
    if (left->kind == VALUE_SET && right->kind != VALUE_SET)
        return right->text != NULL && set_holds(scope, left->item, right->text);
    if (right->kind == VALUE_SET && left->kind != VALUE_SET)
        return left->text != NULL && set_holds(scope, right->item, left->text);
    return compare(left, right, true, &order) && order == 0;
}

static struct value less(const struct expression *node, const struct scope *scope, bool swap, bool or_equal)
{
    const struct value first = expression_value(node->first, scope);
    const struct value second = expression_value(node->first->next, scope);
    int order = 0;
    if (!compare(swap ? &second : &first, swap ? &first : &second, false, &order))
        return of_truth(false);
    return of_truth(order < 0 || (or_equal && order == 0));
}

static struct value arithmetic(const struct expression *node, const struct scope *scope)
{
    const struct value first = expression_value(node->first, scope);
    const struct value second = expression_value(node->first->next, scope);
    double a = 0.0;
    double b = 0.0;
    if (!value_number(&first, &a) || !value_number(&second, &b))
        return missing;
    switch ((int)node->operator) { /* the operators of two numbers only */
    case EXPRESSION_ADD: return of_number(a + b);
    case EXPRESSION_SUBTRACT: return of_number(a - b);
    case EXPRESSION_MULTIPLY: return of_number(a * b);
    case EXPRESSION_DIVIDE: return b == 0.0 ? missing : of_number(a / b);
    case EXPRESSION_MODULO: return b == 0.0 ? missing : of_number(fmod(a, b)); /* exact, with the sign of a */
    default: return missing;
    }
}

/* Half away from zero. */
static struct value rounded(double number, double digits)
{
    double unit = 1.0;
    for (int i = 0; i < (int)digits; i++)
        unit *= 10.0;
    const double size = floor(fabs(number) * unit + 0.5) / unit;
    return of_number(number < 0.0 ? -size : size);
}

static struct value one_number(const struct expression *node, const struct scope *scope)
{
    const struct value value = expression_value(node->first, scope);
    double number = 0.0;
    if (!value_number(&value, &number))
        return missing;
    switch ((int)node->operator) { /* the functions of one number only */
    case EXPRESSION_NEGATE: return of_number(-number);
    case EXPRESSION_ROUND: return rounded(number, node->first->next != NULL ? node->first->next->number : 0.0);
    case EXPRESSION_INT: return of_number(trunc(number));
    default: return of_number(number);
    }
}

static struct value several_numbers(const struct expression *node, const struct scope *scope)
{
    bool any = false;
    double result = 0.0;
    for (const struct expression *operand = node->first; operand != NULL; operand = operand->next) {
        const struct value value = expression_value(operand, scope);
        double number = 0.0;
        if (!value_number(&value, &number))
            continue;
        if (!any)
            result = number;
        else if (node->operator== EXPRESSION_SUM)
            result += number;
        else if ((node->operator== EXPRESSION_MINIMUM) == (number < result) && number != result)
            result = number;
        any = true;
    }
    return any ? of_number(result) : missing;
}

static struct value counted(const struct expression *node, const struct scope *scope)
{
    size_t count = 0;
    for (const struct expression *operand = node->first; operand != NULL; operand = operand->next) {
        const struct value value = expression_value(operand, scope);
        count += value.kind == VALUE_SET ? set_count(scope, value.item) : value.kind != VALUE_MISSING ? 1 : 0;
    }
    return of_number((double)count);
}

static struct value selected(const struct expression *node, const struct scope *scope)
{
    const struct value value = expression_value(node->first, scope);
    const struct value code = expression_value(node->first->next, scope);
    return of_truth(value.kind != VALUE_MISSING && code.kind != VALUE_MISSING && equal(scope, &value, &code));
}

static bool is_in(const struct expression *node, const struct scope *scope)
{
    const struct value value = expression_value(node->first, scope);
    for (const struct expression *other = node->first->next; other != NULL; other = other->next) {
        const struct value code = expression_value(other, scope);
        if (equal(scope, &value, &code))
            return true;
    }
    return false;
}

static struct value first_given(const struct expression *node, const struct scope *scope)
{
    for (const struct expression *operand = node->first; operand != NULL; operand = operand->next) {
        const struct value value = expression_value(operand, scope);
        if (value.kind != VALUE_MISSING)
            return value;
    }
    return missing;
}

static struct value length_of(const struct value *value)
{
    return value->kind == VALUE_TEXT ? of_number((double)utf8_count(value->text)) : missing;
}

static bool all_hold(const struct expression *node, const struct scope *scope, bool wanted)
{
    for (const struct expression *operand = node->first; operand != NULL; operand = operand->next)
        if (expression_holds(operand, scope) != wanted)
            return false;
    return true;
}

struct value expression_value(const struct expression *node, const struct scope *scope)
{
    struct value value;
    switch (node->operator) {
    case EXPRESSION_NUMBER: return (struct value){ .kind = VALUE_NUMBER, .number = node->number, .text = node->text };
    case EXPRESSION_TEXT: return (struct value){ .kind = VALUE_TEXT, .text = node->text };
    case EXPRESSION_ITEM: return node->position == SIZE_MAX ? missing : answer_value(scope, node->position);
    case EXPRESSION_VALUE:
        return scope->own == NULL ? missing : answer_value(scope, (size_t)(scope->own - scope->answers->form->items));
    case EXPRESSION_OR: return of_truth(!all_hold(node, scope, false));
    case EXPRESSION_AND: return of_truth(all_hold(node, scope, true));
    case EXPRESSION_NOT: return of_truth(!expression_holds(node->first, scope));
    case EXPRESSION_EQUAL: return of_truth(is_in(node, scope));
    case EXPRESSION_UNEQUAL: return of_truth(!is_in(node, scope));
    case EXPRESSION_IN: return of_truth(is_in(node, scope));
    case EXPRESSION_LESS: return less(node, scope, false, false);
    case EXPRESSION_LESS_EQUAL: return less(node, scope, false, true);
    case EXPRESSION_GREATER: return less(node, scope, true, false);
    case EXPRESSION_GREATER_EQUAL: return less(node, scope, true, true);
    case EXPRESSION_ADD:
    case EXPRESSION_SUBTRACT:
    case EXPRESSION_MULTIPLY:
    case EXPRESSION_DIVIDE:
    case EXPRESSION_MODULO: return arithmetic(node, scope);
    case EXPRESSION_NEGATE:
    case EXPRESSION_ROUND:
    case EXPRESSION_INT:
    case EXPRESSION_NUMBER_OF: return one_number(node, scope);
    case EXPRESSION_ANSWERED:
        value = expression_value(node->first, scope);
        return of_truth(value.kind != VALUE_MISSING);
    case EXPRESSION_SELECTED: return selected(node, scope);
    case EXPRESSION_COUNT: return counted(node, scope);
    case EXPRESSION_SUM:
    case EXPRESSION_MINIMUM:
    case EXPRESSION_MAXIMUM: return several_numbers(node, scope);
    case EXPRESSION_LENGTH: value = expression_value(node->first, scope); return length_of(&value);
    case EXPRESSION_IF:
        return expression_value(expression_holds(node->first, scope) ? node->first->next : node->first->next->next,
                                scope);
    case EXPRESSION_COALESCE: return first_given(node, scope);
    }
    return missing;
}

bool expression_holds(const struct expression *expression, const struct scope *scope)
{
    const struct value value = expression_value(expression, scope);
    return value_truth(&value);
}
