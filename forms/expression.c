/* Reads expressions by recursive descent, at most EXPRESSION_DEPTH_MAX deep. */
#include "forms/expression.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

struct reader {
    struct arena *arena;
    const char *source;
    const char *at;    /* next character */
    const char *token; /* start of the token read last, for messages */
    size_t nodes;
    unsigned depth;
    struct fail *fail;
};

struct spelling {
    const char *text;
    size_t least, most;
};

static const struct spelling spellings[] = {
#define OPERATOR(name, json, text, least, most) [EXPRESSION_##name] = { text, least, most },
#include "forms/expressions.def"
#undef OPERATOR
};

#define WORD_CHARACTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"

static void skip_blanks(struct reader *reader)
{
    reader->at += strspn(reader->at, " \t\r\n");
    reader->token = reader->at;
}

static bool take_word(struct reader *reader, const char *word)
{
    skip_blanks(reader);
    size_t length = strlen(word);
    if (strspn(reader->at, WORD_CHARACTERS) != length || memcmp(reader->at, word, length) != 0)
        return false;
    reader->at += length;
    return true;
}

static bool take_sign(struct reader *reader, const char *sign)
{
    skip_blanks(reader);
    size_t length = strlen(sign);
    if (strncmp(reader->at, sign, length) != 0)
        return false;
    reader->at += length;
    return true;
}

static enum status expect_sign(struct reader *reader, const char *sign)
{
    return take_sign(reader, sign) ? STATUS_OK : FAIL(reader->fail, STATUS_INPUT, "“%s” is expected here", sign);
}

static enum status new_node(struct reader *reader, enum expression_operator operator, struct expression ** node)
{
    if (++reader->nodes > EXPRESSION_NODE_MAX)
        return FAIL(reader->fail, STATUS_LIMIT, "the expression has more than %d parts", (int)EXPRESSION_NODE_MAX);
    struct expression *made = ARENA_NEW(reader->arena, struct expression, 1);
    if (made == NULL)
        return FAIL(reader->fail, STATUS_MEMORY, "out of memory");
    made->operator= operator;
    made->position = SIZE_MAX;
    made->column = 1;
    for (const char *c = reader->source; c < reader->token; c++)
        made->column += ((unsigned char)*c & 0xC0) != 0x80 ? 1 : 0;
    *node = made;
    return STATUS_OK;
}

static enum status take_text(struct reader *reader, const char *start, size_t length, struct expression *node)
{
    node->text = arena_copy(reader->arena, start, length);
    return node->text != NULL ? STATUS_OK : FAIL(reader->fail, STATUS_MEMORY, "out of memory");
}

/* Digits with at most one point; strtod alone would also take "nan", "0x1p3" and a sign. */
static size_t number_length(const char *at)
{
    size_t length = strspn(at, "0123456789");
    if (length > 0 && at[length] == '.' && at[length + 1] >= '0' && at[length + 1] <= '9')
        length += 1 + strspn(at + length + 1, "0123456789");
    return length <= 30 ? length : 0;
}

bool expression_reserved(const char *word, size_t length)
{
    static const char *const reserved[] = { "and", "or", "not", "in", "mod", "value" };
    for (size_t i = 0; i < COUNT(reserved); i++)
        if (strlen(reserved[i]) == length && memcmp(reserved[i], word, length) == 0)
            return true;
    return false;
}

typedef enum status read_operand(struct reader *reader, struct expression **node);
static enum status read_or(struct reader *reader, struct expression **node);

/* Operands separated by commas up to the closing parenthesis; appended behind *last. */
static enum status read_list(struct reader *reader, struct expression *parent, struct expression *last, size_t count,
                             read_operand *operand)
{
    enum status status = expect_sign(reader, "(");
    do {
        struct expression *next = NULL;
        if (status == STATUS_OK)
            status = operand(reader, &next);
        if (status != STATUS_OK)
            return status;
        if (last == NULL)
            parent->first = next;
        else
            last->next = next;
        last = next;
        count++;
    } while (take_sign(reader, ","));
    const struct spelling *spelling = &spellings[parent->operator];
    if (count < spelling->least || count > spelling->most)
        return FAIL(reader->fail, STATUS_INPUT, "“%s” cannot have %zu values in its brackets", spelling->text, count);
    return expect_sign(reader, ")");
}

static enum status read_function(struct reader *reader, size_t length, struct expression **node)
{
    for (size_t i = EXPRESSION_ANSWERED; i < COUNT(spellings); i++) {
        if (strlen(spellings[i].text) != length || memcmp(spellings[i].text, reader->at, length) != 0)
            continue;
        enum status status = new_node(reader, (enum expression_operator)i, node);
        reader->at += length;
        return status == STATUS_OK ? read_list(reader, *node, NULL, 0, read_or) : status;
    }
    return FAIL(reader->fail, STATUS_INPUT, "there is no function “%.*s”", (int)(length < 40 ? length : 40),
                reader->at);
}

static enum status read_quoted(struct reader *reader, struct expression **node)
{
    const char *start = reader->at + 1;
    const char *end = strchr(start, *reader->at);
    if (end == NULL)
        return FAIL(reader->fail, STATUS_INPUT, "the closing quote is missing");
    enum status status = new_node(reader, EXPRESSION_TEXT, node);
    reader->at = end + 1;
    return status == STATUS_OK ? take_text(reader, start, (size_t)(end - start), *node) : status;
}

static enum status read_number(struct reader *reader, size_t length, struct expression **node)
{
    enum status status = new_node(reader, EXPRESSION_NUMBER, node);
    if (status == STATUS_OK)
        status = take_text(reader, reader->at, length, *node);
    if (status == STATUS_OK)
        (*node)->number = strtod((*node)->text, NULL); /* the locale is always "C" */
    reader->at += length;
    return status;
}

static enum status read_name(struct reader *reader, size_t length, struct expression **node)
{
    const bool own = length == 5 && memcmp(reader->at, "value", 5) == 0;
    if (length == 0 || length > FORM_ID_MAX || (!own && expression_reserved(reader->at, length)))
        return FAIL(reader->fail, STATUS_INPUT, "the id of a question, a number or “(” is expected here");
    enum status status = new_node(reader, own ? EXPRESSION_VALUE : EXPRESSION_ITEM, node);
    if (status == STATUS_OK && !own)
        status = take_text(reader, reader->at, length, *node);
    reader->at += length;
    return status;
}

static enum status read_factor(struct reader *reader, struct expression **node)
{
    skip_blanks(reader);
    if (*reader->at == '(') {
        reader->at++;
        enum status status = read_or(reader, node);
        return status == STATUS_OK ? expect_sign(reader, ")") : status;
    }
    if (*reader->at == '"' || *reader->at == '\'')
        return read_quoted(reader, node);
    size_t length = strspn(reader->at, WORD_CHARACTERS);
    size_t digits = number_length(reader->at);
    if (digits > 0 && digits >= length)
        return read_number(reader, digits, node);
    if (length > 0 && reader->at[length + strspn(reader->at + length, " ")] == '(' &&
        !expression_reserved(reader->at, length))
        return read_function(reader, length, node);
    return read_name(reader, length, node);
}

static enum status read_sign(struct reader *reader, struct expression **node)
{
    if (!take_sign(reader, "-"))
        return read_factor(reader, node);
    enum status status = new_node(reader, EXPRESSION_NEGATE, node);
    struct expression *operand = NULL;
    if (status == STATUS_OK)
        status = read_factor(reader, &operand);
    if (status == STATUS_OK)
        (*node)->first = operand;
    return status;
}

struct binary {
    const char *sign;
    enum expression_operator operator;
};

/* operand { sign operand }, from the left. Each step nests one deeper: counted in nodes, not in depth. */
static enum status read_binary(struct reader *reader, const struct binary signs[], size_t count, read_operand *operand,
                               struct expression **node)
{
    enum status status = operand(reader, node);
    while (status == STATUS_OK) {
        size_t i = 0;
        while (i < count && !(spellings[signs[i].operator].text[0] >= 'a' ? take_word(reader, signs[i].sign)
                                                                         : take_sign(reader, signs[i].sign)))
            i++;
        if (i == count)
            return STATUS_OK;
        struct expression *parent = NULL;
        struct expression *right = NULL;
        status = new_node(reader, signs[i].operator, & parent);
        if (status == STATUS_OK)
            status = operand(reader, &right);
        if (status != STATUS_OK)
            return status;
        (*node)->next = right;
        parent->first = *node;
        *node = parent;
    }
    return status;
}

static enum status read_product(struct reader *reader, struct expression **node)
{
    static const struct binary signs[] = { { "*", EXPRESSION_MULTIPLY },
                                           { "/", EXPRESSION_DIVIDE },
                                           { "mod", EXPRESSION_MODULO } };
    return read_binary(reader, signs, COUNT(signs), read_sign, node);
}

static enum status read_sum(struct reader *reader, struct expression **node)
{
    static const struct binary signs[] = { { "+", EXPRESSION_ADD }, { "-", EXPRESSION_SUBTRACT } };
    return read_binary(reader, signs, COUNT(signs), read_product, node);
}

/* A code without quotes stands alone: behind it comes nothing that could go on with a calculation. */
static bool code_stands_alone(const char *at, size_t length)
{
    const char *behind = at + length + strspn(at + length, " \t\r\n");
    size_t word = strspn(behind, WORD_CHARACTERS);
    return *behind == '\0' || *behind == ')' || *behind == ',' || (word == 3 && memcmp(behind, "and", 3) == 0) ||
           (word == 2 && memcmp(behind, "or", 2) == 0);
}

/* What stands behind = and != and inside in (…): a code, or any calculation. */
static enum status read_code(struct reader *reader, struct expression **node)
{
    skip_blanks(reader);
    size_t length = strspn(reader->at, FORM_CODE_CHARACTERS);
    if (length == 0 || length > FORM_CODE_MAX || expression_reserved(reader->at, length) ||
        !code_stands_alone(reader->at, length))
        return read_sum(reader, node);
    if (number_length(reader->at) == length)
        return read_number(reader, length, node);
    enum status status = new_node(reader, EXPRESSION_TEXT, node);
    if (status == STATUS_OK)
        status = take_text(reader, reader->at, length, *node);
    if (status == STATUS_OK)
        (*node)->word = true;
    reader->at += length;
    return status;
}

static enum status read_comparison(struct reader *reader, struct expression **node)
{
    static const struct binary signs[] = {
        { "!=", EXPRESSION_UNEQUAL },    { "==", EXPRESSION_EQUAL }, { "=", EXPRESSION_EQUAL },
        { "<=", EXPRESSION_LESS_EQUAL }, { "<", EXPRESSION_LESS },   { ">=", EXPRESSION_GREATER_EQUAL },
        { ">", EXPRESSION_GREATER },
    };
    struct expression *left = NULL;
    enum status status = read_sum(reader, &left);
    *node = left;
    if (status != STATUS_OK)
        return status;
    if (take_word(reader, "in")) {
        struct expression *made = NULL;
        status = new_node(reader, EXPRESSION_IN, &made);
        if (status != STATUS_OK)
            return status;
        made->first = left;
        *node = made;
        return read_list(reader, made, left, 1, read_code);
    }
    for (size_t i = 0; i < COUNT(signs); i++) {
        if (!take_sign(reader, signs[i].sign))
            continue;
        struct expression *made = NULL;
        struct expression *right = NULL;
        const bool codes = signs[i].operator== EXPRESSION_EQUAL || signs[i].operator== EXPRESSION_UNEQUAL;
        status = new_node(reader, signs[i].operator, & made);
        if (status == STATUS_OK)
            status = codes ? read_code(reader, &right) : read_sum(reader, &right);
        if (status != STATUS_OK)
            return status;
        left->next = right;
        made->first = left;
        *node = made;
        return STATUS_OK;
    }
    return STATUS_OK;
}

static enum status read_not(struct reader *reader, struct expression **node)
{
    if (!take_word(reader, "not"))
        return read_comparison(reader, node);
    enum status status = new_node(reader, EXPRESSION_NOT, node);
    struct expression *operand = NULL;
    if (++reader->depth > EXPRESSION_DEPTH_MAX)
        return FAIL(reader->fail, STATUS_INPUT, "nested deeper than %d", (int)EXPRESSION_DEPTH_MAX);
    if (status == STATUS_OK)
        status = read_not(reader, &operand);
    reader->depth--;
    if (status == STATUS_OK)
        (*node)->first = operand;
    return status;
}

/* operand { word operand }: one node with all operands, so that a long chain is not deep. */
static enum status read_chain(struct reader *reader, enum expression_operator operator, read_operand * operand,
                              struct expression **node)
{
    struct expression *first = NULL;
    enum status status = operand(reader, &first);
    struct expression *parent = NULL;
    struct expression *last = first;
    while (status == STATUS_OK && take_word(reader, spellings[operator].text)) {
        if (parent == NULL)
            status = new_node(reader, operator, & parent);
        struct expression *next = NULL;
        if (status == STATUS_OK)
            status = operand(reader, &next);
        if (status != STATUS_OK)
            break;
        last->next = next;
        last = next;
    }
    if (status != STATUS_OK)
        return status;
    if (parent != NULL)
        parent->first = first;
    *node = parent != NULL ? parent : first;
    return STATUS_OK;
}

static enum status read_and(struct reader *reader, struct expression **node)
{
    return read_chain(reader, EXPRESSION_AND, read_not, node);
}

static enum status read_or(struct reader *reader, struct expression **node)
{
    if (++reader->depth > EXPRESSION_DEPTH_MAX)
        return FAIL(reader->fail, STATUS_INPUT, "nested deeper than %d", (int)EXPRESSION_DEPTH_MAX);
    enum status status = read_chain(reader, EXPRESSION_OR, read_and, node);
    reader->depth--;
    return status;
}

enum status expression_parse(struct arena *arena, const char *source, const struct expression **expression,
                             size_t *column, struct fail *fail)
{
    struct reader reader = { .arena = arena, .source = source, .at = source, .token = source, .fail = fail };
    struct expression *root = NULL;
    *column = 1;
    if (strlen(source) > EXPRESSION_LENGTH_MAX)
        return FAIL(fail, STATUS_LIMIT, "the expression is longer than %d bytes", (int)EXPRESSION_LENGTH_MAX);
    enum status status = read_or(&reader, &root);
    if (status == STATUS_OK) {
        skip_blanks(&reader);
        if (*reader.at != '\0')
            status = FAIL(fail, STATUS_INPUT, "“and”, “or” or the end is expected here");
    }
    if (status == STATUS_OK)
        *expression = root;
    else
        for (const char *c = source; c < reader.token; c++)
            *column += ((unsigned char)*c & 0xC0) != 0x80 ? 1 : 0;
    return status;
}
