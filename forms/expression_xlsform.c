/* XPath as XLSForm uses it: ${question}, “.”, and the functions below. */
#include <string.h>

#include "base/i18n.h"
#include "forms/expression_translate.h"
#include "forms/qtype.h"

static struct term read_name(struct translator *translator)
{
    char name[FOREIGN_NAME_MAX];
    const char *at = translator->at;
    if (at[0] == '.' && at[1] != '.' && at[1] != '/' && (at[1] < '0' || at[1] > '9')) {
        translator->at++;
        return foreign_own(translator);
    }
    if (at[0] != '$' || at[1] != '{')
        return (struct term){ 0 };
    at += 2 + strspn(at + 2, " ");
    size_t length = strcspn(at, "} ");
    const char *end = at + length + strspn(at + length, " ");
    if (length == 0 || length >= sizeof name || *end != '}' || end[1] == '/' || end[1] == '[')
        return foreign_refuse(translator, N_("it is written in a way that is not understood"));
    memcpy(name, at, length);
    name[length] = '\0';
    translator->at = end + 1;
    return foreign_find(translator, name);
}

static struct term selected(struct translator *translator, struct term operands[], size_t count)
{
    (void)count;
    const struct item *item = operands[0].name.item;
    const struct expression *code = operands[1].node;
    if (item == NULL || (code->operator!= EXPRESSION_TEXT && code->operator!= EXPRESSION_NUMBER))
        return foreign_refuse(translator, N_("selected() looks at something that is no question or no option"));
    if (item->type->kind != QTYPE_CHOICE && item->type->kind != QTYPE_SET && item->type->kind != QTYPE_ORDER)
        return foreign_refuse(translator, N_("selected() looks at something that is no question or no option"));
    const struct foreign *foreign = translator->foreign;
    const char *native = foreign->code != NULL ? foreign->code(foreign->context, item, code->text) : code->text;
    if (native == NULL || item_option(item, native) < 0)
        return foreign_refuse(translator, N_("it names an option the question does not have"));
    struct expression *text = foreign_text(translator, native);
    if (text != NULL && text->operator== EXPRESSION_NUMBER) /* the code, not the number */
        return (struct term){ .node = foreign_node(translator, EXPRESSION_EQUAL, operands[0].node, text, NULL) };
    return (struct term){ .node = text != NULL
                                      ? foreign_node(translator, EXPRESSION_SELECTED, operands[0].node, text, NULL)
                                      : NULL };
}

static struct term count_selected(struct translator *translator, struct term operands[], size_t count)
{
    (void)count;
    const struct item *item = operands[0].name.item;
    if (item == NULL || (item->type->kind != QTYPE_SET && item->type->kind != QTYPE_CHOICE))
        return foreign_refuse(translator, N_("it counts something that is no choice"));
    return (struct term){ .node = foreign_node(translator, EXPRESSION_COUNT, operands[0].node, NULL, NULL) };
}

static struct term coalesce(struct translator *translator, struct term operands[], size_t count)
{
    (void)count;
    struct expression *first = foreign_value(translator, &operands[0]);
    struct expression *second = foreign_value(translator, &operands[1]);
    if (first == NULL || second == NULL)
        return (struct term){ 0 };
    if (operands[0].name.item == NULL) /* an arithmetic result that is missing is not empty to XPath */
        return foreign_refuse(translator, N_("it asks whether something calculated is empty"));
    return (struct term){ .node = foreign_node(translator, EXPRESSION_COALESCE, first, second, NULL),
                          .empty_possible = operands[1].empty_possible };
}

static struct term one_number(struct translator *translator, enum expression_operator operator,
                              const struct term * operand)
{
    return (struct term){ .node = foreign_node(translator, operator, foreign_value(translator, operand), NULL, NULL) };
}

static struct term integer(struct translator *translator, struct term operands[], size_t count)
{
    (void)count;
    return one_number(translator, EXPRESSION_INT, &operands[0]);
}

static struct term number(struct translator *translator, struct term operands[], size_t count)
{
    (void)count;
    return one_number(translator, EXPRESSION_NUMBER_OF, &operands[0]);
}

static struct term yes(struct translator *translator, struct term operands[], size_t count)
{
    (void)operands;
    (void)count;
    return (struct term){ .node = foreign_number(translator, "1") };
}

static struct term no(struct translator *translator, struct term operands[], size_t count)
{
    (void)operands;
    (void)count;
    return (struct term){ .node = foreign_number(translator, "0") };
}

static struct term boolean(struct translator *translator, struct term operands[], size_t count)
{
    (void)count;
    return (struct term){ .node = foreign_truth(translator, &operands[0]) };
}

enum status expression_from_xlsform(const struct foreign *foreign, const char *source, const char **native,
                                    struct fail *fail)
{
    static const struct foreign_sign signs[] = {
        { "or", EXPRESSION_OR },
        { "and", EXPRESSION_AND },
        { "!=", EXPRESSION_UNEQUAL },
        { "=", EXPRESSION_EQUAL },
        { "<=", EXPRESSION_LESS_EQUAL },
        { "<", EXPRESSION_LESS },
        { ">=", EXPRESSION_GREATER_EQUAL },
        { ">", EXPRESSION_GREATER },
        { "+", EXPRESSION_ADD },
        { "-", EXPRESSION_SUBTRACT },
        { "*", EXPRESSION_MULTIPLY },
        { "div", EXPRESSION_DIVIDE },
        { "mod", EXPRESSION_MODULO },
        { NULL, EXPRESSION_NUMBER },
    };
    static const struct foreign_function functions[] = {
        { "selected", 2, 2, selected },
        { "count-selected", 1, 1, count_selected },
        { "not", 1, 1, foreign_not },
        { "boolean", 1, 1, boolean },
        { "true", 0, 0, yes },
        { "false", 0, 0, no },
        { "if", 3, 3, foreign_if },
        { "coalesce", 2, 2, coalesce },
        { "string-length", 1, 1, foreign_length },
        { "int", 1, 1, integer },
        { "number", 1, 1, number },
        { "round", 1, 2, foreign_round },
        { "min", 2, FOREIGN_OPERAND_MAX, foreign_least },
        { "max", 2, FOREIGN_OPERAND_MAX, foreign_most },
    };
    static const struct dialect dialect = {
        .signs = signs,
        .functions = functions,
        .function_count = COUNT(functions),
        .name_characters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-:.",
        .read_name = read_name,
    };
    return foreign_translate(foreign, &dialect, source, native, fail);
}
