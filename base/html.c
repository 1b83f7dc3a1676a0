/* Escapes text for HTML; control characters that XML forbids become U+FFFD. */
#include "base/html.h"

#include <string.h>

static void add_escaped(struct buf *out, const char *text, size_t length)
{
    for (const char *c = text; c < text + length; c++) {
        switch (*c) {
        case '&': buf_add_string(out, "&amp;"); break;
        case '<': buf_add_string(out, "&lt;"); break;
        case '>': buf_add_string(out, "&gt;"); break;
        case '"': buf_add_string(out, "&quot;"); break;
        case '\'': buf_add_string(out, "&#39;"); break;
        default:
            if ((unsigned char)*c < 0x20 && *c != '\n' && *c != '\t')
                buf_add_string(out, "\xEF\xBF\xBD");
            else
                buf_add_byte(out, *c);
        }
    }
}

void html_text(struct html *page, const char *text)
{
    add_escaped(&page->out, text, strlen(text));
}

void html_part(struct html *page, const char *text, size_t length)
{
    add_escaped(&page->out, text, length);
}

void html_number(struct html *page, long long number)
{
    buf_format(&page->out, "%lld", number);
}

void html_attr(struct html *page, const char *name, const char *value)
{
    buf_format(&page->out, " %s=\"", name);
    add_escaped(&page->out, value, strlen(value));
    buf_add_byte(&page->out, '"');
}
