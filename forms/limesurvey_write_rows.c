/* Tables of LimeSurvey as XML: rows of fields, every value in CDATA, as LimeSurvey writes them itself. */
#include <stdio.h>
#include <string.h>

#include "forms/limesurvey_write.h"
#include "forms/markup.h"

void put_table_open(struct layout *layout, const char *name, const char *const fields[])
{
    buf_format(layout->out, " <%s>\n  <fields>\n", name);
    for (size_t i = 0; fields[i] != NULL; i++)
        buf_format(layout->out, "   <fieldname>%s</fieldname>\n", fields[i]);
    buf_add_string(layout->out, "  </fields>\n  <rows>\n");
}

void put_table_close(struct layout *layout, const char *name)
{
    buf_format(layout->out, "  </rows>\n </%s>\n", name);
}

void put_row_open(struct layout *layout)
{
    buf_add_string(layout->out, "   <row>\n");
}

void put_row_close(struct layout *layout)
{
    buf_add_string(layout->out, "   </row>\n");
}

/* CDATA has no escapes: its end is written in two halves, and letters XML does not know are left out. */
static void write_value(struct buf *out, const char *value, bool *controls)
{
    for (; *value != '\0'; value++)
        if (strncmp(value, "]]>", 3) == 0) {
            buf_add_string(out, "]]]]><![CDATA[>");
            value += 2;
        } else if ((unsigned char)*value >= 0x20 || *value == '\n' || *value == '\t')
            buf_add_byte(out, *value);
        else
            *controls = true;
}

void put_field(struct layout *layout, const char *name, const char *value)
{
    if (value == NULL || value[0] == '\0') {
        buf_format(layout->out, "    <%s/>\n", name);
        return;
    }
    buf_format(layout->out, "    <%s><![CDATA[", name);
    write_value(layout->out, value, &layout->controls);
    buf_format(layout->out, "]]></%s>\n", name);
}

void put_number(struct layout *layout, const char *name, size_t number)
{
    buf_format(layout->out, "    <%s><![CDATA[%zu]]></%s>\n", name, number, name);
}

/* {ID} of an item; whatever else stands in braces is letters. */
static void write_pipe(void *context, const char *id, struct buf *out)
{
    struct layout *layout = context;
    for (size_t i = 0; i < layout->form->item_count; i++)
        if (strcmp(layout->form->items[i].id, id) == 0) {
            buf_format(out, "{%s.shown}", layout_name(layout, i));
            return;
        }
    buf_format(out, "&lbrace;");
    markup_write(id, MARKUP_LINE, NULL, NULL, out);
    buf_format(out, "&#125;");
}

void put_html(struct layout *layout, const char *name, const char *text, enum put_text kind)
{
    struct buf html;
    buf_init(&html, 1 << 20);
    if (text != NULL)
        markup_write(text, kind == PUT_LINE || kind == PUT_LINE_PIPED ? MARKUP_LINE : MARKUP_PARAGRAPHS,
                     kind == PUT_LINE_PIPED || kind == PUT_PARAGRAPHS_PIPED ? write_pipe : NULL, layout, &html);
    put_field(layout, name, html.bytes);
    layout->out->failed = layout->out->failed || html.failed;
    buf_free(&html);
}
