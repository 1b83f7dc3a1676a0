/* What several question types share in storing an answer: one code, JSON strings. */
#include "forms/qtype.h"

#include <string.h>

bool answer_given(const struct item *item, const struct answer *answer)
{
    switch (item->type->kind) {
    case QTYPE_CHOICE: return answer->choice != ANSWER_NONE;
    case QTYPE_SET: return answer->set != 0;
    case QTYPE_TEXT: return answer->text != NULL;
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
