/* What operands of foreign expressions mean in our language, by the type of the question they name. */
#include <string.h>

#include "base/i18n.h"
#include "forms/expression_translate.h"
#include "forms/qtype.h"

static const char *native_code(const struct translator *translator, const struct item *item, const char *theirs)
{
    const struct foreign *foreign = translator->foreign;
    const char *code = foreign->code != NULL ? foreign->code(foreign->context, item, theirs) : theirs;
    return code != NULL && item_option(item, code) >= 0 ? code : NULL;
}

/* Whether the codes of a choice are numbers to both: none was renamed, none stands for "cannot judge". */
static bool codes_are_values(const struct translator *translator, const struct item *item)
{
    if (item->options_from != NULL)
        return false;
    for (size_t i = 0; i < item->option_count; i++) {
        const char *code = native_code(translator, item, item->options[i].code);
        if (code == NULL || strcmp(code, item->options[i].code) != 0 || item->options[i].missing)
            return false;
    }
    return true;
}

static struct expression *refused(struct translator *translator, const char *why)
{
    (void)foreign_refuse(translator, why);
    return NULL;
}

struct expression *foreign_value(struct translator *translator, const struct term *term)
{
    const struct item *item = term->name.item;
    if (term->node == NULL)
        return NULL;
    if (term->node->operator== EXPRESSION_TEXT)
        return term->node->text[0] == '\0' ? foreign_missing(translator) : foreign_text(translator, term->node->text);
    if (item == NULL)
        return term->node;
    if (term->name.code != NULL)
        return refused(translator, N_("it calculates with a box of a multiple choice"));
    switch (item->type->kind) {
    case QTYPE_NUMBER: return term->node;
    case QTYPE_CHOICE:
        return codes_are_values(translator, item)
                   ? term->node
                   : refused(translator, N_("it calculates with codes that are no numbers here"));
    case QTYPE_NONE:
        if (strcmp(item->type->id, "calculated") == 0)
            return term->node;
        return refused(translator, N_("it looks at a note, which has no answer"));
    case QTYPE_SET:
    case QTYPE_ORDER:
    case QTYPE_AMOUNTS: return refused(translator, N_("it takes several answers for one value"));
    case QTYPE_DATE: return refused(translator, N_("it calculates with a date"));
    case QTYPE_TEXT: return refused(translator, N_("it looks into a free text"));
    }
    return NULL;
}

/* "Q = code": is it, or is it among them. */
static struct expression *has_code(struct translator *translator, struct expression *node, const char *code)
{
    struct expression *text = foreign_text(translator, code);
    if (text != NULL && text->operator== EXPRESSION_TEXT)
        text->word = form_code_fits(code) && !expression_reserved(code, strlen(code));
    return text != NULL ? foreign_node(translator, EXPRESSION_EQUAL, node, text, NULL) : NULL;
}

struct expression *foreign_answered(struct translator *translator, const struct term *term)
{
    struct expression *node = foreign_again(translator, term);
    if (term->name.code != NULL)
        return has_code(translator, node, term->name.code);
    if (term->name.item->type->kind == QTYPE_NONE && strcmp(term->name.item->type->id, "calculated") != 0)
        return refused(translator, N_("it looks at a note, which has no answer"));
    return foreign_node(translator, EXPRESSION_ANSWERED, node, NULL, NULL);
}

struct expression *foreign_truth(struct translator *translator, const struct term *term)
{
    const struct item *item = term->name.item;
    if (term->node == NULL)
        return NULL;
    if (term->node->operator== EXPRESSION_TEXT)
        return refused(translator, N_("it takes a text for true or false"));
    if (item == NULL || (term->name.code == NULL && item->type->kind == QTYPE_NUMBER))
        return term->node;
    if (term->name.code == NULL && item->type->kind == QTYPE_NONE)
        return foreign_value(translator, term);
    /* A chosen "0" is false to LimeSurvey. */
    if (translator->dialect->lime && term->name.code == NULL &&
        (item->type->kind != QTYPE_CHOICE || native_code(translator, item, "0") != NULL))
        return refused(translator, N_("it takes an answer for true or false"));
    return foreign_answered(translator, term);
}

static struct expression *negated(struct translator *translator, struct expression *node, bool negate)
{
    return node != NULL && negate ? foreign_node(translator, EXPRESSION_NOT, node, NULL, NULL) : node;
}

/* A bare answer with a text that is not empty. */
static struct expression *equals_literal(struct translator *translator, const struct term *left,
                                         const struct term *right, bool *negate)
{
    const struct item *item = left->name.item;
    const char *text = right->node->text;
    if (left->name.code != NULL)
        return strcmp(text, "Y") == 0 ? has_code(translator, left->node, left->name.code)
                                      : refused(translator, N_("a box is only ever “Y” or empty"));
    if (item->type->kind == QTYPE_CHOICE || item->type->kind == QTYPE_SET) {
        const bool several = item->type->kind == QTYPE_SET;
        const char *code = native_code(translator, item, text);
        if (code == NULL)
            return refused(translator, N_("it names an option the question does not have"));
        if (several && translator->dialect->lime)
            return refused(translator, N_("it takes several answers for one value"));
        struct expression *same = has_code(translator, left->node, code);
        if (!several && same != NULL && *negate) {
            same->operator= EXPRESSION_UNEQUAL;
            *negate = false;
        }
        if (!several || same == NULL)
            return same;
        struct expression *count =
            foreign_node(translator, EXPRESSION_COUNT, foreign_again(translator, left), NULL, NULL);
        struct expression *one = foreign_number(translator, "1");
        struct expression *only =
            count != NULL && one != NULL ? foreign_node(translator, EXPRESSION_EQUAL, count, one, NULL) : NULL;
        return only != NULL ? foreign_node(translator, EXPRESSION_AND, same, only, NULL) : NULL;
    }
    struct expression *value = foreign_value(translator, left);
    struct expression *literal = foreign_value(translator, right);
    if (value == NULL || literal == NULL)
        return NULL;
    if (item->type->kind == QTYPE_NUMBER && literal->operator!= EXPRESSION_NUMBER)
        return refused(translator, N_("it compares a number with a text"));
    return foreign_node(translator, EXPRESSION_EQUAL, value, literal, NULL);
}

/* Two values, of which both may be empty: theirs are the same then, ours are not. */
static struct expression *equals_value(struct translator *translator, const struct term *left, const struct term *right)
{
    struct expression *first = foreign_value(translator, left);
    struct expression *second = foreign_value(translator, right);
    if (first == NULL || second == NULL)
        return NULL;
    struct expression *same = foreign_node(translator, EXPRESSION_EQUAL, first, second, NULL);
    if (!left->empty_possible || !right->empty_possible)
        return same;
    if (left->name.item == NULL || right->name.item == NULL)
        return refused(translator, N_("it compares two values that may both be empty"));
    struct expression *no_left = negated(translator, foreign_answered(translator, left), true);
    struct expression *no_right = negated(translator, foreign_answered(translator, right), true);
    struct expression *none =
        no_left != NULL && no_right != NULL ? foreign_node(translator, EXPRESSION_AND, no_left, no_right, NULL) : NULL;
    return none != NULL ? foreign_node(translator, EXPRESSION_OR, same, none, NULL) : NULL;
}

struct term foreign_equal(struct translator *translator, struct term left, struct term right, bool unequal)
{
    struct expression *node = NULL;
    const bool is_text = right.node->operator== EXPRESSION_TEXT;
    if (is_text && right.node->text[0] == '\0') {
        if (left.name.item == NULL)
            return foreign_refuse(translator, N_("it asks whether something calculated is empty"));
        node = foreign_answered(translator, &left);
        unequal = !unequal;
    } else if (left.name.item != NULL && (is_text || right.node->operator== EXPRESSION_NUMBER)) {
        node = equals_literal(translator, &left, &right, &unequal);
    } else {
        node = equals_value(translator, &left, &right);
    }
    return (struct term){ .node = negated(translator, node, unequal) };
}

struct term foreign_if(struct translator *translator, struct term operands[], size_t count)
{
    (void)count;
    struct expression *condition = foreign_truth(translator, &operands[0]);
    struct expression *yes = foreign_value(translator, &operands[1]);
    struct expression *no = foreign_value(translator, &operands[2]);
    if (condition == NULL || yes == NULL || no == NULL)
        return (struct term){ 0 };
    return (struct term){ .node = foreign_node(translator, EXPRESSION_IF, condition, yes, no),
                          .empty_possible = operands[1].empty_possible || operands[2].empty_possible };
}

struct term foreign_round(struct translator *translator, struct term operands[], size_t count)
{
    struct expression *value = foreign_value(translator, &operands[0]);
    struct expression *digits = NULL;
    if (count > 1) {
        digits = foreign_value(translator, &operands[1]);
        if (digits != NULL &&
            (digits->operator!= EXPRESSION_NUMBER || strlen(digits->text) != 1 || digits->text[0] > '6'))
            return foreign_refuse(translator, N_("it rounds to places that are not 0 to 6"));
        if (digits == NULL)
            return (struct term){ 0 };
    }
    return (struct term){ .node = foreign_node(translator, EXPRESSION_ROUND, value, digits, NULL) };
}

static struct term extreme(struct translator *translator, enum expression_operator operator, struct term operands[],
                           size_t count)
{
    struct expression *parent = NULL;
    struct expression *last = NULL;
    struct expression *all = NULL; /* answered */
    for (size_t i = 0; i < count; i++) {
        struct expression *value = foreign_value(translator, &operands[i]);
        if (value == NULL)
            return (struct term){ 0 };
        if (value->operator!= EXPRESSION_NUMBER && operands[i].name.item == NULL)
            return foreign_refuse(translator, N_("it takes the smallest or largest of calculated values"));
        if (operands[i].name.item != NULL) {
            struct expression *answered = foreign_answered(translator, &operands[i]);
            all = all == NULL ? answered : foreign_node(translator, EXPRESSION_AND, all, answered, NULL);
        }
        if (parent == NULL)
            parent = foreign_node(translator, operator, value, NULL, NULL);
        else
            last->next = value;
        last = value;
    }
    if (all == NULL || parent == NULL)
        return (struct term){ .node = parent };
    struct expression *missing = foreign_missing(translator);
    return (struct term){ .node =
                              missing != NULL ? foreign_node(translator, EXPRESSION_IF, all, parent, missing) : NULL };
}

struct term foreign_least(struct translator *translator, struct term operands[], size_t count)
{
    return extreme(translator, EXPRESSION_MINIMUM, operands, count);
}

struct term foreign_most(struct translator *translator, struct term operands[], size_t count)
{
    return extreme(translator, EXPRESSION_MAXIMUM, operands, count);
}

/* Nothing has the length 0 to both of them. */
struct term foreign_length(struct translator *translator, struct term operands[], size_t count)
{
    (void)count;
    if (operands[0].name.item == NULL || operands[0].name.item->type->kind != QTYPE_TEXT)
        return foreign_refuse(translator, N_("it asks for the length of something that is no text"));
    struct expression *length = foreign_node(translator, EXPRESSION_LENGTH, operands[0].node, NULL, NULL);
    struct expression *zero = foreign_number(translator, "0");
    return (struct term){ .node = length != NULL && zero != NULL
                                      ? foreign_node(translator, EXPRESSION_COALESCE, length, zero, NULL)
                                      : NULL };
}

struct term foreign_not(struct translator *translator, struct term operands[], size_t count)
{
    (void)count;
    return (struct term){ .node = negated(translator, foreign_truth(translator, &operands[0]), true) };
}
