/* LimeSurvey's expressions: names with an ending that says what of the answer is meant, boxes of a multiple choice as
 * names of their own, and the functions below. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "forms/expression_translate.h"
#include "forms/qtype.h"

static bool is_function(const char *at, size_t length)
{
    return at[length + strspn(at + length, " \t\r\n")] == '(';
}

static struct term read_name(struct translator *translator)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
    const char *at = translator->at;
    size_t length = strspn(at, letters);
    const bool number = strspn(at, "0123456789") == length;
    if (length == 0 || number || is_function(at, length))
        return (struct term){ 0 };
    char name[FOREIGN_NAME_MAX];
    char ending[32] = "";
    if (length >= sizeof name)
        return foreign_refuse(translator, N_("it names something that is no earlier question"));
    snprintf(name, sizeof name, "%.*s", (int)length, at);
    if (at[length] == '.') {
        size_t end = strspn(at + length + 1, letters);
        if (end >= sizeof ending)
            end = 0;
        snprintf(ending, sizeof ending, "%.*s", (int)end, at + length + 1);
        length += 1 + end;
    }
    translator->at += length;
    struct term term = strcmp(name, "self") == 0 || strcmp(name, "this") == 0 ? foreign_own(translator)
                                                                              : foreign_find(translator, name);
    if (term.node == NULL)
        return term;
    /* .value of a choice is its points, .shown its label */
    const bool value = strcmp(ending, "value") == 0 || strcmp(ending, "valueNAOK") == 0;
    if (ending[0] != '\0' && strcmp(ending, "NAOK") != 0 && strcmp(ending, "code") != 0 &&
        !(value && term.name.item->type->kind == QTYPE_NUMBER))
        return foreign_refuse(translator, N_("it asks for something else than the answer"));
    if (*translator->at == '.' || *translator->at == ':' || *translator->at == '#')
        return foreign_refuse(translator, N_("it is written in a way that is not understood"));
    return term;
}

static struct term is_empty(struct translator *translator, struct term operands[], size_t count)
{
    (void)count;
    if (operands[0].name.item == NULL)
        return foreign_refuse(translator, N_("it asks whether something calculated is empty"));
    return (struct term){ .node = foreign_node(translator, EXPRESSION_NOT, foreign_answered(translator, &operands[0]),
                                               NULL, NULL) };
}

/* Those of the operands that are not empty; boxes of a multiple choice among them. */
static struct term count_answered(struct translator *translator, struct term operands[], size_t count)
{
    struct expression *sum = NULL;
    for (size_t i = 0; i < count; i++) {
        struct expression *one = foreign_number(translator, "1");
        struct expression *none = foreign_number(translator, "0");
        if (operands[i].name.item == NULL)
            return foreign_refuse(translator, N_("it counts something that is no answer"));
        struct expression *answered = foreign_answered(translator, &operands[i]);
        if (answered == NULL || one == NULL || none == NULL)
            return (struct term){ 0 };
        struct expression *counted = foreign_node(translator, EXPRESSION_IF, answered, one, none);
        sum = sum == NULL || counted == NULL ? counted : foreign_node(translator, EXPRESSION_ADD, sum, counted, NULL);
        if (sum == NULL)
            return (struct term){ 0 };
    }
    return (struct term){ .node = sum };
}

/* Without empty ones; 0 when all are. */
static struct term sum(struct translator *translator, struct term operands[], size_t count)
{
    struct expression *parent = NULL;
    struct expression *last = NULL;
    for (size_t i = 0; i < count; i++) {
        struct expression *value = foreign_value(translator, &operands[i]);
        if (value == NULL)
            return (struct term){ 0 };
        if (parent == NULL)
            parent = foreign_node(translator, EXPRESSION_SUM, value, NULL, NULL);
        else
            last->next = value;
        last = value;
    }
    struct expression *zero = foreign_number(translator, "0");
    if (parent == NULL || zero == NULL)
        return (struct term){ 0 };
    return (struct term){ .node = foreign_node(translator, EXPRESSION_COALESCE, parent, zero, NULL) };
}

enum status expression_from_limesurvey(const struct foreign *foreign, const char *source, const char **native,
                                       struct fail *fail)
{
    static const struct foreign_sign signs[] = {
        { "||", EXPRESSION_OR },
        { "or", EXPRESSION_OR },
        { "&&", EXPRESSION_AND },
        { "and", EXPRESSION_AND },
        { "OR", EXPRESSION_OR },
        { "AND", EXPRESSION_AND },
        { "!=", EXPRESSION_UNEQUAL },
        { "ne", EXPRESSION_UNEQUAL },
        { "==", EXPRESSION_EQUAL },
        { "eq", EXPRESSION_EQUAL },
        { "<=", EXPRESSION_LESS_EQUAL },
        { "le", EXPRESSION_LESS_EQUAL },
        { "<", EXPRESSION_LESS },
        { "lt", EXPRESSION_LESS },
        { ">=", EXPRESSION_GREATER_EQUAL },
        { "ge", EXPRESSION_GREATER_EQUAL },
        { ">", EXPRESSION_GREATER },
        { "gt", EXPRESSION_GREATER },
        { "+", EXPRESSION_ADD },
        { "-", EXPRESSION_SUBTRACT },
        { "*", EXPRESSION_MULTIPLY },
        { "/", EXPRESSION_DIVIDE },
        { NULL, EXPRESSION_NUMBER },
    };
    static const struct foreign_function functions[] = {
        { "is_empty", 1, 1, is_empty },
        { "empty", 1, 1, is_empty },
        { "if", 3, 3, foreign_if },
        { "iif", 3, 3, foreign_if },
        { "count", 1, FOREIGN_OPERAND_MAX, count_answered },
        { "sum", 1, FOREIGN_OPERAND_MAX, sum },
        { "min", 2, FOREIGN_OPERAND_MAX, foreign_least },
        { "max", 2, FOREIGN_OPERAND_MAX, foreign_most },
        { "round", 1, 2, foreign_round },
        { "strlen", 1, 1, foreign_length },
    };
    static const struct dialect dialect = {
        .signs = signs,
        .functions = functions,
        .function_count = COUNT(functions),
        .name_characters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_",
        .read_name = read_name,
        .lime = true,
    };
    return foreign_translate(foreign, &dialect, source, native, fail);
}
