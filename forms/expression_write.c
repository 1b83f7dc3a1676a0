/* Writes expressions: prefix JSON for the browser, and the native source. */
#include <limits.h>
#include <string.h>

#include "forms/expression.h"
#include "forms/qtype.h"

struct row {
    const char *json, *text;
};

static const struct row rows[] = {
#define OPERATOR(name, json, text, least, most) [EXPRESSION_##name] = { json, text },
#include "forms/expressions.def"
#undef OPERATOR
};

void expression_write(const struct expression *expression, struct buf *out)
{
    if (expression->operator== EXPRESSION_ITEM) {
        json_write_string(out, expression->text);
        return;
    }
    buf_format(out, "[\"%s\"", rows[expression->operator].json);
    if (expression->operator== EXPRESSION_NUMBER || expression->operator== EXPRESSION_TEXT) {
        buf_add_byte(out, ',');
        json_write_string(out, expression->text);
    }
    for (const struct expression *operand = expression->first; operand != NULL; operand = operand->next) {
        buf_add_byte(out, ',');
        expression_write(operand, out);
    }
    buf_add_byte(out, ']');
}

/* How tightly an operator binds; an operand that binds less tightly needs brackets. */
static int tightness(enum expression_operator operator)
{
    switch ((int)operator) {
    case EXPRESSION_OR: return 1;
    case EXPRESSION_AND: return 2;
    case EXPRESSION_NOT: return 3;
    case EXPRESSION_EQUAL:
    case EXPRESSION_UNEQUAL:
    case EXPRESSION_LESS:
    case EXPRESSION_LESS_EQUAL:
    case EXPRESSION_GREATER:
    case EXPRESSION_GREATER_EQUAL:
    case EXPRESSION_IN: return 4;
    case EXPRESSION_ADD:
    case EXPRESSION_SUBTRACT: return 5;
    case EXPRESSION_MULTIPLY:
    case EXPRESSION_DIVIDE:
    case EXPRESSION_MODULO: return 6;
    case EXPRESSION_NEGATE: return 7;
    default: return 8; /* functions and single values */
    }
}

static void write_operand(const struct expression *operand, int needed, struct buf *out)
{
    const bool brackets = tightness(operand->operator) < needed;
    if (brackets)
        buf_add_byte(out, '(');
    expression_write_text(operand, out);
    if (brackets)
        buf_add_byte(out, ')');
}

/* Behind = and inside in (…) a bare word and "-1" would be read as codes. */
static void write_code(const struct expression *operand, int needed, struct buf *out)
{
    const bool taken = operand->operator== EXPRESSION_ITEM || operand->operator== EXPRESSION_NEGATE;
    write_operand(operand, taken ? INT_MAX : needed, out);
}

static void write_list(const struct expression *first, bool codes, struct buf *out)
{
    buf_add_byte(out, '(');
    for (const struct expression *operand = first; operand != NULL; operand = operand->next) {
        if (operand != first)
            buf_add_string(out, ", ");
        if (codes)
            write_code(operand, 0, out);
        else
            write_operand(operand, 0, out);
    }
    buf_add_byte(out, ')');
}

void expression_write_text(const struct expression *expression, struct buf *out)
{
    const enum expression_operator operator= expression->operator;
    const int own = tightness(operator);
    const struct expression *first = expression->first;
    switch ((int)operator) {
    case EXPRESSION_NUMBER:
    case EXPRESSION_ITEM: buf_add_string(out, expression->text); return;
    case EXPRESSION_VALUE: buf_add_string(out, "value"); return;
    case EXPRESSION_TEXT:
        if (expression->word)
            buf_add_string(out, expression->text);
        else /* the source has no escapes: a text cannot hold both kinds of quotes */
            buf_format(out, strchr(expression->text, '"') == NULL ? "\"%s\"" : "'%s'", expression->text);
        return;
    case EXPRESSION_NOT:
        buf_add_string(out, "not ");
        write_operand(first, own, out);
        return;
    case EXPRESSION_NEGATE:
        buf_add_string(out, "-");
        write_operand(first, own + 1, out);
        return;
    case EXPRESSION_IN:
        write_operand(first, own + 1, out);
        buf_add_string(out, " in ");
        write_list(first->next, true, out);
        return;
    default: break;
    }
    if (own == 8) {
        buf_add_string(out, rows[operator].text);
        write_list(first, false, out);
        return;
    }
    const bool chain = operator== EXPRESSION_AND || operator== EXPRESSION_OR;
    write_operand(first, own == 4 || chain ? own + 1 : own, out); /* from the left: a - b - c is (a - b) - c */
    for (const struct expression *operand = first->next; operand != NULL; operand = operand->next) {
        buf_format(out, " %s ", rows[operator].text);
        if (operator== EXPRESSION_EQUAL || operator== EXPRESSION_UNEQUAL)
            write_code(operand, own + 1, out);
        else
            write_operand(operand, own + 1, out);
    }
}
