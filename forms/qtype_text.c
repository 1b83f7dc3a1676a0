/* Free text. The shipped form switches it off: a text can name people, and a style of writing can be recognised. The
 * browser therefore always shows a warning with it. */
#include "forms/qtype.h"

#include <string.h>

#include "base/utf8.h"

extern const struct qtype qtype_text;

static enum status parse(struct arena *arena, const struct item *item, const json_t *value, struct answer *answer,
                         struct fail *fail)
{
    (void)item; /* every text item has the same limits */
    const char *text = json_string_value(value);
    if (text == NULL)
        return FAIL(fail, STATUS_INPUT, "the answer must be a text");
    size_t length = json_string_length(value);
    if (length == 0)
        return FAIL(fail, STATUS_INPUT, "an empty text must be left out");
    if (!utf8_valid(text, length))
        return FAIL(fail, STATUS_INPUT, "the text is not valid UTF-8");
    if (utf8_count(text) > ANSWERS_TEXT_MAX)
        return FAIL(fail, STATUS_INPUT, "the text is longer than %d characters", (int)ANSWERS_TEXT_MAX);
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
    (void)item;                              /* the same for all */
    return 2 + 4 * (size_t)ANSWERS_TEXT_MAX; /* four bytes is the longest character of UTF-8; escapes take two */
}

static void render(const struct form *form, const struct item *item, const char *language, const struct language *ui,
                   struct html *html)
{
    item_render_open(form, item, language, ui,
                     tr(ui, N_("Please name no people and nothing by which somebody can be recognised.")), html);
    buf_format(&html->out, "<textarea id=\"%s-text\" name=\"%s\" maxlength=\"%d\" rows=\"5\"", item->id, item->id,
               (int)ANSWERS_TEXT_MAX);
    buf_format(&html->out, " aria-labelledby=\"legend-%s\"></textarea>", item->id);
    item_render_close(item, ui, false, html);
}

const struct qtype qtype_text = {
    .id = "text",
    .title = N_("free text"),
    .kind = QTYPE_TEXT,
    .seconds = 30.0,
    .parse = parse,
    .write = write,
    .length_max = length_max,
    .render = render,
};
