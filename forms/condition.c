/* Reads conditions by recursive descent, at most CONDITION_DEPTH_MAX deep. */
#include "forms/condition.h"

#include <string.h>

#include "base/utf8.h"

struct reader {
    struct arena *arena;
    const char *text;
    const char *at;    /* next character */
    const char *token; /* start of the token read last, for messages */
    size_t nodes;
    unsigned depth;
    struct fail *fail;
};

static const char word_characters[] = FORM_CODE_CHARACTERS;

static void skip_blanks(struct reader *reader)
{
    reader->at += strspn(reader->at, " \t\r\n");
    reader->token = reader->at;
}

static size_t word_length(const char *at)
{
    return strspn(at, word_characters);
}

static bool take_word(struct reader *reader, const char *word)
{
    skip_blanks(reader);
    size_t length = strlen(word);
    if (word_length(reader->at) != length || memcmp(reader->at, word, length) != 0)
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

static struct condition *new_node(struct reader *reader, enum condition_operator operator)
{
    if (++reader->nodes > CONDITION_NODE_MAX) {
        (void)FAIL(reader->fail, STATUS_LIMIT, "the condition has more than %d parts", (int)CONDITION_NODE_MAX);
        return NULL;
    }
    struct condition *node = ARENA_NEW(reader->arena, struct condition, 1);
    if (node == NULL) {
        (void)FAIL(reader->fail, STATUS_MEMORY, "out of memory");
        return NULL;
    }
    node->operator= operator;
    node->position = SIZE_MAX;
    node->column = 1;
    for (const char *c = reader->text; c < reader->token; c++)
        node->column += ((unsigned char)*c & 0xC0) != 0x80 ? 1 : 0;
    return node;
}

/* A code may be in quotes: needed when it is one of the words of the language, such as "in". */
static enum status read_code(struct reader *reader, const char **code)
{
    skip_blanks(reader);
    bool quoted = *reader->at == '"';
    const char *start = reader->at + (quoted ? 1 : 0);
    size_t length = word_length(start);
    if (length == 0 || length > FORM_CODE_MAX)
        return FAIL(reader->fail, STATUS_INPUT, "the code of an option is expected here");
    if (quoted && start[length] != '"')
        return FAIL(reader->fail, STATUS_INPUT, "the closing quote is missing");
    *code = arena_copy(reader->arena, start, length);
    reader->at = start + length + (quoted ? 1 : 0);
    return *code != NULL ? STATUS_OK : FAIL(reader->fail, STATUS_MEMORY, "out of memory");
}

static bool is_reserved(const char *word, size_t length)
{
    static const char *const reserved[] = { "and", "or", "not", "in", "answered" };
    for (size_t i = 0; i < COUNT(reserved); i++)
        if (strlen(reserved[i]) == length && memcmp(reserved[i], word, length) == 0)
            return true;
    return false;
}

static enum status read_item(struct reader *reader, const char **item)
{
    skip_blanks(reader);
    size_t length = word_length(reader->at);
    if (length == 0 || length > FORM_ID_MAX || is_reserved(reader->at, length))
        return FAIL(reader->fail, STATUS_INPUT, "the id of a question is expected here");
    *item = arena_copy(reader->arena, reader->at, length);
    reader->at += length;
    return *item != NULL ? STATUS_OK : FAIL(reader->fail, STATUS_MEMORY, "out of memory");
}

static enum status read_codes(struct reader *reader, const char **codes, size_t *count)
{
    enum status status = expect_sign(reader, "(");
    if (status != STATUS_OK)
        return status;
    do {
        if (*count == FORM_OPTION_MAX)
            return FAIL(reader->fail, STATUS_LIMIT, "more than %d codes", (int)FORM_OPTION_MAX);
        status = read_code(reader, &codes[(*count)++]);
        if (status != STATUS_OK)
            return status;
    } while (take_sign(reader, ","));
    return expect_sign(reader, ")");
}

static enum status read_comparison(struct reader *reader, struct condition **node)
{
    struct condition *made = new_node(reader, CONDITION_EQUAL);
    if (made == NULL)
        return STATUS_LIMIT;
    enum status status = read_item(reader, &made->item);
    if (status != STATUS_OK)
        return status;
    const char *codes[FORM_OPTION_MAX];
    size_t count = 0;
    if (take_sign(reader, "!=")) {
        made->operator= CONDITION_UNEQUAL;
        status = read_code(reader, &codes[count++]);
    } else if (take_sign(reader, "==") || take_sign(reader, "=")) {
        status = read_code(reader, &codes[count++]);
    } else if (take_word(reader, "in")) {
        made->operator= CONDITION_IN;
        status = read_codes(reader, codes, &count);
    } else {
        status = FAIL(reader->fail, STATUS_INPUT, "“=”, “!=” or “in” is expected here");
    }
    if (status != STATUS_OK)
        return status;
    const char **kept = ARENA_NEW(reader->arena, const char *, count);
    if (kept == NULL)
        return FAIL(reader->fail, STATUS_MEMORY, "out of memory");
    memcpy(kept, codes, count * sizeof codes[0]);
    made->codes = kept;
    made->code_count = count;
    *node = made;
    return STATUS_OK;
}

static enum status read_or(struct reader *reader, struct condition **node);

static enum status read_factor(struct reader *reader, struct condition **node)
{
    enum status status = STATUS_OK;
    if (take_sign(reader, "(")) {
        status = read_or(reader, node);
        return status == STATUS_OK ? expect_sign(reader, ")") : status;
    }
    bool not = take_word(reader, "not");
    if (!not &&!take_word(reader, "answered"))
        return read_comparison(reader, node);
    struct condition *made = new_node(reader, not ? CONDITION_NOT : CONDITION_ANSWERED);
    if (made == NULL)
        return STATUS_LIMIT;
    if (not ) {
        struct condition *operand = NULL;
        if (++reader->depth > CONDITION_DEPTH_MAX)
            return FAIL(reader->fail, STATUS_INPUT, "nested deeper than %d", (int)CONDITION_DEPTH_MAX);
        status = read_factor(reader, &operand);
        reader->depth--;
        made->first = operand;
    } else {
        status = expect_sign(reader, "(");
        if (status == STATUS_OK)
            status = read_item(reader, &made->item);
        if (status == STATUS_OK)
            status = expect_sign(reader, ")");
    }
    if (status == STATUS_OK)
        *node = made;
    return status;
}

typedef enum status read_operand(struct reader *reader, struct condition **node);

/* operand { word operand }: one node with all operands, so that a long chain is not deep. */
static enum status read_chain(struct reader *reader, const char *word, enum condition_operator operator,
                              read_operand * operand, struct condition **node)
{
    struct condition *first = NULL;
    enum status status = operand(reader, &first);
    struct condition *parent = NULL;
    struct condition *last = first;
    while (status == STATUS_OK && take_word(reader, word)) {
        if (parent == NULL && (parent = new_node(reader, operator)) == NULL)
            return STATUS_LIMIT;
        struct condition *next = NULL;
        status = operand(reader, &next);
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

static enum status read_and(struct reader *reader, struct condition **node)
{
    return read_chain(reader, "and", CONDITION_AND, read_factor, node);
}

static enum status read_or(struct reader *reader, struct condition **node)
{
    if (++reader->depth > CONDITION_DEPTH_MAX)
        return FAIL(reader->fail, STATUS_INPUT, "nested deeper than %d", (int)CONDITION_DEPTH_MAX);
    enum status status = read_chain(reader, "or", CONDITION_OR, read_and, node);
    reader->depth--;
    return status;
}

enum status condition_parse(struct arena *arena, const char *expression, const struct condition **condition,
                            size_t *column, struct fail *fail)
{
    struct reader reader = { .arena = arena, .text = expression, .at = expression, .token = expression, .fail = fail };
    struct condition *root = NULL;
    *column = 1;
    if (strlen(expression) > CONDITION_LENGTH_MAX)
        return FAIL(fail, STATUS_LIMIT, "the condition is longer than %d bytes", (int)CONDITION_LENGTH_MAX);
    enum status status = read_or(&reader, &root);
    if (status == STATUS_OK) {
        skip_blanks(&reader);
        if (*reader.at != '\0')
            status = FAIL(fail, STATUS_INPUT, "“and”, “or” or the end is expected here");
    }
    if (status == STATUS_OK)
        *condition = root;
    else
        for (const char *c = expression; c < reader.token; c++)
            *column += ((unsigned char)*c & 0xC0) != 0x80 ? 1 : 0;
    return status;
}

static void write_code(const char *code, struct buf *out)
{
    const bool quoted = is_reserved(code, strlen(code));
    buf_format(out, quoted ? "\"%s\"" : "%s", code);
}

/* "and" binds closer than "or", "not" closer than both. */
static void write_operands(const struct condition *condition, struct buf *out)
{
    const char *word = condition->operator== CONDITION_AND ? " and " : " or ";
    for (const struct condition *child = condition->first; child != NULL; child = child->next) {
        const bool chain = child->operator== CONDITION_AND || child->operator== CONDITION_OR;
        if (child != condition->first)
            buf_add_string(out, word);
        buf_add_string(out, chain ? "(" : "");
        condition_write_text(child, out);
        buf_add_string(out, chain ? ")" : "");
    }
}

void condition_write_text(const struct condition *condition, struct buf *out)
{
    switch (condition->operator) {
    case CONDITION_NOT: buf_add_string(out, "not "); /* fall through */
    case CONDITION_AND:
    case CONDITION_OR: write_operands(condition, out); break;
    case CONDITION_ANSWERED: buf_format(out, "answered(%s)", condition->item); break;
    case CONDITION_EQUAL:
    case CONDITION_UNEQUAL:
    case CONDITION_IN:
        buf_add_string(out, condition->item);
        buf_add_string(out, condition->operator== CONDITION_IN        ? " in ("
                            : condition->operator== CONDITION_UNEQUAL ? " != "
                                                                      : " = ");
        for (size_t i = 0; i < condition->code_count; i++) {
            buf_add_string(out, i > 0 ? ", " : "");
            write_code(condition->codes[i], out);
        }
        buf_add_string(out, condition->operator== CONDITION_IN ? ")" : "");
        break;
    }
}
