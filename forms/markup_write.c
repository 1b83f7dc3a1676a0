/* Plain text as HTML that markup_read() turns into the same text again. */
#include <string.h>

#include "forms/markup.h"

enum { PIPED_MAX = 4096 };

/* Length of **bold** at text that markup_read() will mark the same way again; 0 when the stars are letters. */
static size_t bold_length(const char *text, const char *end)
{
    for (const char *at = text + 2; text[0] == '*' && text[1] == '*' && at + 1 < end; at++)
        if (at[0] == '*' && at[1] == '*')
            return at == text + 2 || strchr(" \n\t", text[2]) != NULL || strchr(" \n\t*", at[-1]) != NULL ||
                           text[2] == '*'
                       ? 0
                       : (size_t)(at + 2 - text);
    return 0;
}

static void write_letter(const char *text, const char *at, struct buf *out)
{
    switch (*at) {
    case '&': buf_add_string(out, "&amp;"); break;
    case '<': buf_add_string(out, "&lt;"); break;
    case '>': buf_add_string(out, "&gt;"); break;
    case '"': buf_add_string(out, "&quot;"); break;
    case '{': buf_add_string(out, "&#123;"); break;
    case '}': buf_add_string(out, "&#125;"); break;
    case '\t': buf_add_string(out, "&#9;"); break;
    case '\n': buf_add_string(out, "&#10;"); break;
    case ' ':
        /* Only a single blank between letters survives HTML. */
        if (at == text || at[1] == '\0' || strchr(" \n\t", at[-1]) != NULL || strchr(" \n\t", at[1]) != NULL)
            buf_add_string(out, "&#32;");
        else
            buf_add_byte(out, ' ');
        break;
    default: buf_add_byte(out, *at);
    }
}

static bool single_break(const char *text, const char *at)
{
    return *at == '\n' && at > text && strchr(" \n\t", at[-1]) == NULL && at[1] != '\0' &&
           strchr(" \n\t", at[1]) == NULL;
}

/* {ID} at text: its length with the braces; 0 when there is none. */
static size_t piped_length(const char *text)
{
    size_t length = text[0] == '{' ? strcspn(text + 1, "{}") : 0;
    return length > 0 && length < PIPED_MAX && text[length + 1] == '}' ? length + 2 : 0;
}

static void write_piped(const char *text, size_t length, markup_expression *expression, void *context, struct buf *out)
{
    char id[PIPED_MAX];
    memcpy(id, text + 1, length - 2);
    id[length - 2] = '\0';
    expression(context, id, out);
}

void markup_write(const char *text, enum markup_shape shape, markup_expression *expression, void *context,
                  struct buf *out)
{
    const char *bold = NULL; /* where the bold that is open ends */
    for (const char *at = text; *at != '\0';) {
        const char *paragraph = strstr(at, "\n\n");
        size_t marked = 0;
        if (shape == MARKUP_PARAGRAPHS && bold == NULL && at[0] == '*')
            marked = bold_length(at, paragraph != NULL ? paragraph : at + strlen(at));
        size_t piped = expression != NULL ? piped_length(at) : 0;
        if (marked > 0) {
            buf_add_string(out, "<strong>");
            bold = at + marked - 2;
            at += 2;
        } else if (bold != NULL && at == bold) {
            buf_add_string(out, "</strong>");
            bold = NULL;
            at += 2;
        } else if (expression != NULL && strncmp(at, "{{", 2) == 0) {
            buf_add_string(out, "&#123;");
            at += 2;
        } else if (piped == 0 && expression != NULL && *at == '{') {
            buf_add_string(out, "&lbrace;"); /* a brace that is not doubled and pipes nothing */
            at++;
        } else if (piped > 0) {
            write_piped(at, piped, expression, context, out);
            at += piped;
        } else if (shape == MARKUP_PARAGRAPHS && at > text && at == paragraph && at[2] != '\n' && at[2] != '\0') {
            buf_add_string(out, "<br /><br />");
            at += 2;
        } else if (shape == MARKUP_PARAGRAPHS && single_break(text, at)) {
            buf_add_string(out, "<br />");
            at++;
        } else {
            write_letter(text, at, out);
            at++;
        }
    }
}
