/* Finds the marks and writes what stands for them. */
#include "forms/piping.h"

#include <stdio.h>
#include <string.h>

/* The word in the braces at this place; 0 when there is none, such as in "{{" or "{a b}". */
static size_t read_word(const char *at, char word[FORM_ID_MAX + 1])
{
    if (*at != '{')
        return 0;
    const size_t length = strcspn(at + 1, "{}");
    if (length == 0 || length > FORM_ID_MAX || at[1 + length] != '}')
        return 0;
    memcpy(word, at + 1, length);
    word[length] = '\0';
    return form_id_fits(word) ? length + 2 : 0;
}

size_t pipe_mark(const struct form *form, const char *at, const struct item **item)
{
    char word[FORM_ID_MAX + 1];
    const size_t length = read_word(at, word);
    const struct item *found = length > 0 ? form_item(form, word) : NULL;
    if (found == NULL)
        return 0;
    *item = found;
    return length;
}

static void write_plain(const char *start, size_t length, struct html *html)
{
    struct buf part;
    buf_init(&part, length + 1);
    buf_add(&part, start, length);
    html_text(html, part.bytes != NULL ? part.bytes : "");
    html->out.failed = html->out.failed || part.failed;
    buf_free(&part);
}

void pipe_render(const struct form *form, const char *text, struct html *html)
{
    const char *plain = text;
    while (*text != '\0') {
        const struct item *item = NULL;
        const size_t length = pipe_mark(form, text, &item);
        const bool twice = text[0] == '{' && text[1] == '{';
        if (length == 0 && !twice) {
            text++;
            continue;
        }
        write_plain(plain, (size_t)(text - plain) + (twice ? 1 : 0), html);
        if (!twice) {
            HTML(html, "<span class=\"pipe\"");
            HTML_ATTR(html, "data-pipe", item->id);
            HTML(html, ">…</span>");
        }
        text += twice ? 2 : length;
        plain = text;
    }
    html_text(html, plain);
}

void pipe_check(const struct form *form, const char *text, size_t before, pipe_fault *fault, void *context)
{
    char word[FORM_ID_MAX + 1];
    while (*text != '\0') {
        const size_t length = read_word(text, word);
        const struct item *item = length > 0 ? form_item(form, word) : NULL;
        if (length > 0 && (item == NULL || (size_t)(item - form->items) >= before))
            fault(context, word, item != NULL);
        text += length > 0 ? length : text[0] == '{' && text[1] == '{' ? 2 : 1;
    }
}
