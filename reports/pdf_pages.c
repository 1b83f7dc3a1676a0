/* Finished pages: contents with their gaps filled, and page dictionaries. */
#include "reports/pdf_canvas.h"

enum { PAGE_TEXT_MAX = 8 * 1024 * 1024 };

static void write_page(struct pdf_canvas *canvas, size_t i, struct buf *out)
{
    struct pdf_page *page = &canvas->pages[i];
    size_t done = 0;
    buf_clear(out);
    for (const struct pdf_slot *slot = page->first_slot; slot != NULL; slot = slot->next) {
        buf_add(out, page->content.bytes + done, slot->offset - done);
        done = slot->offset;
        if (slot->text == NULL)
            continue;
        const double width = pdf_text_width(canvas->texts, slot->style, slot->text);
        canvas->mirrored = slot->mirrored;
        pdf_canvas_show(canvas, out, pdf_canvas_left(canvas, slot->right - width, width), slot->y, slot->style,
                        slot->text, false);
    }
    buf_add(out, page->content.bytes + done, page->content.length - done);
    if (out->failed || page->content.failed || page->annotations.failed)
        canvas->failed = true;
    struct pdf_object *object = canvas->owners[i].page;
    pdf_page_content(canvas->file, object, out);
    buf_free(&page->content); /* thousands of pages stand in the file's memory now */
    buf_clear(out);
    buf_format(out, "/Tabs/S/StructParents %zu", i);
    if (page->annotations.length > 0) {
        buf_add_string(out, "/Annots[");
        buf_add(out, page->annotations.bytes, page->annotations.length);
        buf_add_byte(out, ']');
    }
    pdf_object_add_text(canvas->file, object, out);
}

void pdf_canvas_write(struct pdf_canvas *canvas)
{
    struct buf out;
    buf_init(&out, PAGE_TEXT_MAX);
    for (size_t i = 0; i < canvas->page_count; i++)
        write_page(canvas, i, &out);
    buf_free(&out);
}
