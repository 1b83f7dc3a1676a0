/* Free text. The shipped form switches it off: a text can name people, and a style of writing can be recognised. The
 * browser therefore always shows a warning with it. */
#include "forms/qtype.h"

#include <string.h>

#include "base/utf8.h"

extern const struct qtype qtype_text;

static size_t longest(const struct item *item)
{
    return item->length_max > 0 ? item->length_max : ANSWERS_TEXT_MAX;
}

static enum status parse(struct arena *arena, const struct item *item, const json_t *value, struct answer *answer,
                         struct fail *fail)
{
    const char *text = json_string_value(value);
    if (text == NULL)
        return FAIL(fail, STATUS_INPUT, "the answer must be a text");
    size_t length = json_string_length(value);
    if (length == 0)
        return FAIL(fail, STATUS_INPUT, "an empty text must be left out");
    if (!utf8_valid(text, length))
        return FAIL(fail, STATUS_INPUT, "the text is not valid UTF-8");
    if (utf8_count(text) > longest(item))
        return FAIL(fail, STATUS_INPUT, "the text is longer than %d characters", (int)longest(item));
    for (const char *c = text; *c != '\0'; c++)
        if ((unsigned char)*c < 0x20 && *c != '\n' && *c != '\t') /* keeps length_max: \u001f would take six bytes */
            return FAIL(fail, STATUS_INPUT, "the text contains a control character");
    answer->text = arena_copy(arena, text, length);
    return answer->text != NULL ? STATUS_OK : FAIL(fail, STATUS_MEMORY, "out of memory");
}

static void write(const struct item *item, const struct answer *answer, struct buf *out)
{
    (void)item; /* a text needs no options */
    json_write_string(out, answer->text);
}

static size_t length_max(const struct item *item)
{
    return 2 + 4 * longest(item); /* four bytes is the longest character of UTF-8; escapes take two */
}

static const char *fault(const struct item *item)
{
    return item->length_max <= ANSWERS_TEXT_MAX && item->lines <= 40
               ? NULL
               : N_("a free text has at most 2000 characters and 40 lines");
}

static void render(const struct form *form, const struct item *item, const char *language, const struct language *ui,
                   struct html *html)
{
    item_render_open(form, item, language, ui,
                     tr(ui, N_("Please name no people and nothing by which somebody can be recognised.")), html);
    if (item->lines == 1)
        buf_format(&html->out,
                   "<input type=\"text\" id=\"%s-text\" name=\"%s\" maxlength=\"%zu\" autocomplete=\"off\" "
                   "aria-labelledby=\"legend-%s\"/>",
                   item->id, item->id, longest(item), item->id);
    else
        buf_format(&html->out,
                   "<textarea id=\"%s-text\" name=\"%s\" maxlength=\"%zu\" rows=\"%u\" aria-labelledby=\"legend-%s\">"
                   "</textarea>",
                   item->id, item->id, longest(item), item->lines > 0 ? item->lines : 5, item->id);
    item_render_close(item, ui, false, html);
}

const struct qtype qtype_text = {
    .id = "text",
    .title = N_("free text"),
    .kind = QTYPE_TEXT,
    .fault = fault,
    .seconds = 30.0,
    .parse = parse,
    .write = write,
    .length_max = length_max,
    .render = render,
};
