/* What several question types share in storing an answer: one code, JSON strings. */
#include "forms/qtype.h"

#include <stdlib.h>
#include <string.h>

bool answer_given(const struct item *item, const struct answer *answer)
{
    switch (item->type->kind) {
    case QTYPE_CHOICE: return answer->choice != ANSWER_NONE;
    case QTYPE_SET: return answer->set != 0;
    case QTYPE_TEXT: return answer->text != NULL;
    case QTYPE_NUMBER:
    case QTYPE_DATE: return answer->given;
    case QTYPE_ORDER: return answer->order != NULL;
    case QTYPE_AMOUNTS: return answer->amounts != NULL;
    case QTYPE_NONE: return false;
    }
    return false;
}

void json_write_string(struct buf *out, const char *string)
{
    buf_add_byte(out, '"');
    for (const char *c = string; *c != '\0'; c++) {
        switch (*c) {
        case '"': buf_add_string(out, "\\\""); break;
        case '\\': buf_add_string(out, "\\\\"); break;
        case '\b': buf_add_string(out, "\\b"); break;
        case '\f': buf_add_string(out, "\\f"); break;
        case '\n': buf_add_string(out, "\\n"); break;
        case '\r': buf_add_string(out, "\\r"); break;
        case '\t': buf_add_string(out, "\\t"); break;
        default:
            if ((unsigned char)*c < 0x20)
                buf_format(out, "\\u%04x", (unsigned)*c);
            else
                buf_add_byte(out, *c);
        }
    }
    buf_add_byte(out, '"');
}

enum status choice_parse(struct arena *arena, const struct item *item, const json_t *value, struct answer *answer,
                         struct fail *fail)
{
    (void)arena; /* a choice needs no memory */
    const char *code = json_string_value(value);
    if (code == NULL)
        return FAIL(fail, STATUS_INPUT, "the answer must be one code as a string");
    int option = item_option(item, code);
    if (option < 0)
        return FAIL(fail, STATUS_INPUT, "there is no option with the code “%.40s”", code);
    answer->choice = (uint8_t)option;
    return STATUS_OK;
}

void choice_write(const struct item *item, const struct answer *answer, struct buf *out)
{
    json_write_string(out, item->options[answer->choice].code);
}

size_t choice_length_max(const struct item *item)
{
    size_t longest = 0;
    for (size_t i = 0; i < item->option_count; i++) {
        size_t length = strlen(item->options[i].code);
        longest = length > longest ? length : longest;
    }
    return longest + 2; /* quotes; codes need no escape */
}

enum status choice_supply(struct arena *arena, const struct form *form, struct item *item, const char *const labels[],
                          size_t count, struct fail *fail)
{
    if (item->option_count > 0)
        return STATUS_OK; /* the form has words of its own */
    struct option *options = ARENA_NEW(arena, struct option, count);
    if (options == NULL)
        return FAIL(fail, STATUS_MEMORY, "out of memory");
    for (size_t i = 0; i < count; i++) {
        options[i] = (struct option){ .code = arena_format(arena, "%zu", i + 1), .points = -1 };
        if (options[i].code == NULL)
            return FAIL(fail, STATUS_MEMORY, "out of memory");
        for (size_t k = 0; k < form->language_count; k++)
            options[i].label.in[k] = tr(language_find(form->languages[k], language_default), labels[i]);
    }
    item->options = options;
    item->option_count = count;
    return STATUS_OK;
}

static int longer_first(const void *left, const void *right)
{
    size_t a = *(const size_t *)left;
    size_t b = *(const size_t *)right;
    return (a < b) - (a > b);
}

size_t options_length_max(const struct item *item, size_t most)
{
    size_t lengths[FORM_OPTION_MAX] = { 0 };
    size_t count = 0;
    size_t single = 0; /* longest exclusive option: it stands alone */
    for (size_t i = 0; i < item->option_count && i < FORM_OPTION_MAX; i++) {
        size_t length = strlen(item->options[i].code) + 2;
        if (!item->options[i].exclusive)
            lengths[count++] = length;
        else if (length > single)
            single = length;
    }
    qsort(lengths, count, sizeof lengths[0], longer_first);
    if (count > most)
        count = most;
    size_t total = count > 0 ? count - 1 : 0; /* commas */
    for (size_t i = 0; i < count; i++)
        total += lengths[i];
    return 2 + (total > single ? total : single);
}
