/* The grammar XLSForm and LimeSurvey share, read by recursive descent into our tree. The result is written as source
 * and read again by our own parser, which has the last word on bounds. */
#include "forms/expression_translate.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "forms/qtype.h"

enum { FOREIGN_DEPTH_MAX = 24, FOREIGN_LENGTH_MAX = 4000 };

static struct term read_or(struct translator *translator);

static void skip_blanks(struct translator *translator)
{
    translator->at += strspn(translator->at, " \t\r\n");
}

/* The sign that stands here, if it is one from least to most; else NULL. */
static const struct foreign_sign *take_sign(struct translator *translator, enum expression_operator least,
                                            enum expression_operator most)
{
    skip_blanks(translator);
    for (const struct foreign_sign *sign = translator->dialect->signs; sign->text != NULL; sign++) {
        size_t length = strlen(sign->text);
        const unsigned char behind =
            strncmp(translator->at, sign->text, length) == 0 ? (unsigned char)translator->at[length] : '_';
        const bool word = isalpha((unsigned char)sign->text[0]) != 0;
        if (strncmp(translator->at, sign->text, length) != 0 || (word && (isalnum(behind) || behind == '_')))
            continue;
        if (sign->operator<least || sign->operator> most)
            return NULL;
        translator->at += length;
        return sign;
    }
    return NULL;
}

static bool take(struct translator *translator, char sign)
{
    skip_blanks(translator);
    if (*translator->at != sign)
        return false;
    translator->at++;
    return true;
}

static struct term read_number(struct translator *translator)
{
    size_t length = strspn(translator->at, "0123456789.");
    const char *zero = translator->at[0] == '.' ? "0" : "";
    const char *digits = arena_format(translator->foreign->arena, "%s%.*s", zero, (int)length, translator->at);
    if (digits == NULL || length > 28 || !foreign_is_number(digits))
        return foreign_refuse(translator, N_("a number is written in a way that is not understood"));
    translator->at += length;
    return (struct term){ .node = foreign_number(translator, digits) };
}

static struct term read_quoted(struct translator *translator)
{
    const char *start = translator->at + 1;
    const char *end = strchr(start, *translator->at);
    if (end == NULL || memchr(start, '\\', (size_t)(end - start)) != NULL)
        return foreign_refuse(translator, N_("a text is written in a way that is not understood"));
    translator->at = end + 1;
    const char *text = arena_copy(translator->foreign->arena, start, (size_t)(end - start));
    if (text == NULL)
        translator->status = FAIL(translator->fail, STATUS_MEMORY, "out of memory");
    struct expression *node = foreign_leaf(translator, EXPRESSION_TEXT, text); /* quotes matter until it is compared */
    return (struct term){ .node = node, .empty_possible = text != NULL && text[0] == '\0' };
}

static struct term read_function(struct translator *translator, size_t length)
{
    struct term operands[FOREIGN_OPERAND_MAX] = { 0 };
    const char *name = translator->at;
    const struct foreign_function *function = NULL;
    for (size_t i = 0; i < translator->dialect->function_count; i++)
        if (strlen(translator->dialect->functions[i].name) == length &&
            memcmp(translator->dialect->functions[i].name, name, length) == 0)
            function = &translator->dialect->functions[i];
    translator->at += length;
    if (function == NULL || !take(translator, '('))
        return foreign_refuse(translator, N_("it uses a function or a name that cannot be translated"));
    size_t count = 0;
    if (!take(translator, ')')) {
        do {
            if (count == COUNT(operands))
                return foreign_refuse(translator, N_("the expression has too many parts"));
            operands[count] = read_or(translator);
            if (operands[count++].node == NULL)
                return (struct term){ 0 };
        } while (take(translator, ','));
        if (!take(translator, ')'))
            return foreign_refuse(translator, N_("a bracket is not closed"));
    }
    if (count < function->least || count > function->most)
        return foreign_refuse(translator, N_("a function has another number of values than is understood"));
    return function->make(translator, operands, count);
}

static struct term read_factor(struct translator *translator)
{
    skip_blanks(translator);
    const char *at = translator->at;
    struct term term = { 0 };
    if (take(translator, '(')) {
        term = read_or(translator);
        return term.node == NULL || take(translator, ')') ? term
                                                          : foreign_refuse(translator, N_("a bracket is not closed"));
    }
    if (*at == '"' || *at == '\'')
        return read_quoted(translator);
    term = translator->dialect->read_name(translator);
    if (term.node != NULL || translator->status != STATUS_OK)
        return term;
    if (isdigit((unsigned char)at[0]) || (at[0] == '.' && isdigit((unsigned char)at[1])))
        return read_number(translator);
    size_t length = strspn(at, translator->dialect->name_characters);
    return length > 0 ? read_function(translator, length)
                      : foreign_refuse(translator, N_("it is written in a way that is not understood"));
}

static struct term read_unary(struct translator *translator)
{
    skip_blanks(translator);
    const char sign = *translator->at;
    if (sign != '-' && !(sign == '!' && translator->dialect->lime && translator->at[1] != '='))
        return read_factor(translator);
    translator->at++;
    if (++translator->depth > FOREIGN_DEPTH_MAX)
        return foreign_refuse(translator, N_("the expression is nested too deeply"));
    struct term operand = read_unary(translator);
    translator->depth--;
    if (operand.node == NULL)
        return operand;
    if (sign == '!')
        return foreign_not(translator, &operand, 1);
    if (translator->dialect->lime && operand.node->operator!= EXPRESSION_NUMBER)
        return foreign_refuse(translator, N_("a minus sign before something that may be empty cannot be said"));
    struct expression *value = foreign_value(translator, &operand);
    return (struct term){ .node = foreign_node(translator, EXPRESSION_NEGATE, value, NULL, NULL) };
}

static struct term calculate(struct translator *translator, enum expression_operator operator, struct term left,
                             struct term right)
{
    const bool joins = translator->dialect->lime && operator== EXPRESSION_ADD; /* their + joins texts: "" + 5 is 5 */
    struct expression *a = foreign_value(translator, &left);
    struct expression *b = foreign_value(translator, &right);
    if (a == NULL || b == NULL)
        return (struct term){ 0 };
    if (a->operator== EXPRESSION_TEXT || b->operator== EXPRESSION_TEXT)
        return foreign_refuse(translator, N_("it calculates with a text"));
    if (joins && left.empty_possible && right.empty_possible)
        return (struct term){ .node = foreign_node(translator, EXPRESSION_SUM, a, b, NULL), .empty_possible = true };
    if (joins && left.empty_possible)
        a = foreign_node(translator, EXPRESSION_COALESCE, a, foreign_number(translator, "0"), NULL);
    if (joins && right.empty_possible)
        b = foreign_node(translator, EXPRESSION_COALESCE, b, foreign_number(translator, "0"), NULL);
    return (struct term){ .node = a != NULL && b != NULL ? foreign_node(translator, operator, a, b, NULL) : NULL };
}

static struct term read_product(struct translator *translator)
{
    struct term left = read_unary(translator);
    const struct foreign_sign *sign = NULL;
    while (left.node != NULL && (sign = take_sign(translator, EXPRESSION_MULTIPLY, EXPRESSION_MODULO)) != NULL) {
        struct term right = read_unary(translator);
        left = right.node != NULL ? calculate(translator, sign->operator, left, right) : right;
    }
    return left;
}

static struct term read_sum(struct translator *translator)
{
    struct term left = read_product(translator);
    const struct foreign_sign *sign = NULL;
    while (left.node != NULL && (sign = take_sign(translator, EXPRESSION_ADD, EXPRESSION_SUBTRACT)) != NULL) {
        struct term right = read_product(translator);
        left = right.node != NULL ? calculate(translator, sign->operator, left, right) : right;
    }
    return left;
}

static bool is_literal(const struct term *term)
{
    return term->node->operator== EXPRESSION_TEXT || term->node->operator== EXPRESSION_NUMBER;
}

static struct term order(struct translator *translator, enum expression_operator operator, struct term left,
                         struct term right)
{
    const bool lime = translator->dialect->lime;
    const bool equal = operator== EXPRESSION_LESS_EQUAL || operator== EXPRESSION_GREATER_EQUAL;
    if (lime && (left.node->operator== EXPRESSION_TEXT || right.node->operator== EXPRESSION_TEXT))
        return foreign_refuse(translator, N_("it compares the order of texts"));
    /* To LimeSurvey an empty answer lies below 0, and is not above it. */
    const bool below = operator== EXPRESSION_LESS || operator== EXPRESSION_LESS_EQUAL;
    const struct term *larger = below ? &right : &left;
    if (lime && larger->node->operator== EXPRESSION_NUMBER && strtod(larger->node->text, NULL) == 0.0)
        return foreign_refuse(translator, N_("an empty answer would lie below 0"));
    struct expression *a = foreign_value(translator, &left);
    struct expression *b = foreign_value(translator, &right);
    if (a == NULL || b == NULL)
        return (struct term){ 0 };
    if (a->operator== EXPRESSION_TEXT || b->operator== EXPRESSION_TEXT)
        return foreign_refuse(translator, N_("it compares the order of texts"));
    struct expression *node = foreign_node(translator, operator, a, b, NULL);
    if (!lime || !equal || !left.empty_possible || !right.empty_possible)
        return (struct term){ .node = node };
    if (left.name.item == NULL || right.name.item == NULL)
        return foreign_refuse(translator, N_("it compares two values that may both be empty"));
    struct expression *first =
        foreign_node(translator, EXPRESSION_NOT, foreign_answered(translator, &left), NULL, NULL);
    struct expression *second =
        foreign_node(translator, EXPRESSION_NOT, foreign_answered(translator, &right), NULL, NULL);
    return (struct term){ .node = foreign_node(translator, EXPRESSION_OR, node,
                                               foreign_node(translator, EXPRESSION_AND, first, second, NULL), NULL) };
}

static struct term read_comparison(struct translator *translator)
{
    struct term left = read_sum(translator);
    const struct foreign_sign *sign =
        left.node != NULL ? take_sign(translator, EXPRESSION_EQUAL, EXPRESSION_GREATER_EQUAL) : NULL;
    if (sign == NULL)
        return left;
    struct term right = read_sum(translator);
    if (right.node == NULL)
        return right;
    if (take_sign(translator, EXPRESSION_EQUAL, EXPRESSION_GREATER_EQUAL) != NULL)
        return foreign_refuse(translator, N_("it compares a comparison"));
    if (sign->operator== EXPRESSION_EQUAL || sign->operator== EXPRESSION_UNEQUAL)
        return is_literal(&left) ? foreign_equal(translator, right, left, sign->operator== EXPRESSION_UNEQUAL)
                                 : foreign_equal(translator, left, right, sign->operator== EXPRESSION_UNEQUAL);
    return order(translator, sign->operator, left, right);
}

typedef struct term read_operand(struct translator *translator);

static struct term read_chain(struct translator *translator, enum expression_operator operator, read_operand * operand)
{
    struct term first = operand(translator);
    struct expression *parent = NULL;
    struct expression *last = NULL;
    while (first.node != NULL && take_sign(translator, operator, operator) != NULL) {
        if (parent == NULL) {
            last = foreign_truth(translator, &first);
            parent = foreign_node(translator, operator, last, NULL, NULL);
        }
        struct term next = operand(translator);
        struct expression *truth = next.node != NULL ? foreign_truth(translator, &next) : NULL;
        if (truth == NULL || parent == NULL)
            return (struct term){ 0 };
        last->next = truth;
        last = truth;
    }
    return parent != NULL ? (struct term){ .node = parent } : first;
}

static struct term read_and(struct translator *translator)
{
    return read_chain(translator, EXPRESSION_AND, read_comparison);
}

static struct term read_or(struct translator *translator)
{
    if (++translator->depth > FOREIGN_DEPTH_MAX)
        return foreign_refuse(translator, N_("the expression is nested too deeply"));
    struct term term = read_chain(translator, EXPRESSION_OR, read_and);
    translator->depth--;
    return term;
}

enum status foreign_translate(const struct foreign *foreign, const struct dialect *dialect, const char *source,
                              const char **native, struct fail *fail)
{
    struct translator translator = { .foreign = foreign, .dialect = dialect, .at = source, .fail = fail };
    struct buf text;
    const struct expression *again = NULL;
    size_t column = 0;
    if (strlen(source) > FOREIGN_LENGTH_MAX)
        return FAIL(fail, STATUS_INPUT, "the expression is longer than %d bytes", (int)FOREIGN_LENGTH_MAX);
    struct term term = read_or(&translator);
    skip_blanks(&translator);
    if (term.node != NULL && *translator.at != '\0')
        term = foreign_refuse(&translator, N_("it is written in a way that is not understood"));
    struct expression *node = NULL;
    if (term.node != NULL) /* alone it is a condition or a value: bare answers are good as both */
        node = term.name.item != NULL ? foreign_truth(&translator, &term) : foreign_value(&translator, &term);
    if (node == NULL)
        return translator.status;
    buf_init(&text, EXPRESSION_LENGTH_MAX);
    expression_write_text(node, &text);
    enum status status = buf_status(&text, "expression", NULL) == STATUS_OK
                             ? expression_parse(foreign->arena, text.bytes, &again, &column, fail)
                             : FAIL(fail, STATUS_INPUT, "the expression has too many parts");
    const char *made = status == STATUS_OK ? arena_copy(foreign->arena, text.bytes, text.length) : NULL;
    buf_free(&text);
    if (status == STATUS_OK && made == NULL)
        return FAIL(fail, STATUS_MEMORY, "out of memory");
    if (status == STATUS_OK)
        *native = made;
    return status == STATUS_LIMIT ? STATUS_INPUT : status;
}
