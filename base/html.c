/* Escapes text for HTML; control characters that XML forbids become U+FFFD. */
#include "base/html.h"

static void add_escaped(struct buf *out, const char *text)
{
    for (const char *c = text; *c != '\0'; c++) {
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
    add_escaped(&page->out, text);
}

void html_number(struct html *page, long long number)
{
    buf_format(&page->out, "%lld", number);
}

void html_attr(struct html *page, const char *name, const char *value)
{
    buf_format(&page->out, " %s=\"", name);
    add_escaped(&page->out, value);
    buf_add_byte(&page->out, '"');
}
