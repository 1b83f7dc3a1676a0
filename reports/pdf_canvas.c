/* Pages and marks. Text is written in pdf_words.c, shapes are drawn in pdf_shape.c. */
#include "reports/pdf_canvas.h"

#include <assert.h>
#include <string.h>


enum { PAGE_TEXT_MAX = 8 * 1024 * 1024 };

void pdf_canvas_init(struct pdf_canvas *canvas, struct arena *arena, struct pdf_file *file, struct pdf_texts *texts,
                     struct pdf_tags *tags, double width, double height)
{
    *canvas = (struct pdf_canvas){ .arena = arena, .file = file, .texts = texts, .tags = tags, .width = width,
                                   .height = height, .resources = pdf_object_new(file), .fill = -1, .stroke = -1 };
    buf_init(&canvas->spoken, PAGE_TEXT_MAX);
}

void pdf_canvas_free(struct pdf_canvas *canvas)
{
    buf_free(&canvas->spoken);
    for (size_t i = 0; i < canvas->page_count; i++) {
        buf_free(&canvas->pages[i].content);
        buf_free(&canvas->pages[i].annotations);
    }
    canvas->page_count = 0;
}

static bool more_room(struct pdf_canvas *canvas)
{
    size_t room = canvas->room == 0 ? 64 : canvas->room * 2;
    struct pdf_page *pages = ARENA_NEW(canvas->arena, struct pdf_page, room);
    struct pdf_owners *owners = ARENA_NEW(canvas->arena, struct pdf_owners, room);
    if (pages == NULL || owners == NULL)
        return false;
    if (canvas->page_count > 0) {
        memcpy(pages, canvas->pages, canvas->page_count * sizeof *pages);
        memcpy(owners, canvas->owners, canvas->page_count * sizeof *owners);
    }
    canvas->pages = pages;
    canvas->owners = owners;
    canvas->room = room;
    return true;
}

void pdf_canvas_page(struct pdf_canvas *canvas)
{
    assert(!canvas->marked);
    struct pdf_object *object = pdf_page_new(canvas->file, canvas->width, canvas->height, canvas->resources);
    if (object == NULL || (canvas->page_count == canvas->room && !more_room(canvas))) {
        canvas->failed = true;
        return;
    }
    struct pdf_page *page = &canvas->pages[canvas->page_count];
    buf_init(&page->content, PAGE_TEXT_MAX);
    buf_init(&page->annotations, PAGE_TEXT_MAX);
    canvas->owners[canvas->page_count].page = object;
    canvas->page_count++;
    canvas->fill = canvas->stroke = -1;
}

struct buf *pdf_canvas_content(struct pdf_canvas *canvas)
{
    assert(canvas->page_count > 0);
    return &canvas->pages[canvas->page_count - 1].content;
}

void pdf_mark(struct pdf_canvas *canvas, struct pdf_tag *tag)
{
    assert(!canvas->marked);
    struct buf *out = pdf_canvas_content(canvas);
    size_t page = canvas->page_count - 1;
    canvas->marked = true;
    canvas->tag = tag;
    buf_add_byte(out, '/');
    buf_add_string(out, tag == NULL ? "P" : tag->type);
    buf_add_string(out, "<</MCID ");
    pdf_number(out, (double)pdf_tag_mark(canvas->tags, tag, &canvas->owners[page], page));
    buf_add_string(out, ">>BDC\n");
}

void pdf_artifact(struct pdf_canvas *canvas, const char *entries)
{
    assert(!canvas->marked);
    struct buf *out = pdf_canvas_content(canvas);
    canvas->marked = true;
    buf_add_string(out, "/Artifact<<");
    buf_add_string(out, entries);
    buf_add_string(out, ">>BDC\n");
}

void pdf_mark_end(struct pdf_canvas *canvas)
{
    assert(canvas->marked);
    buf_add_string(pdf_canvas_content(canvas), "EMC\n");
    canvas->marked = false;
    while (canvas->spoken.length > 0 && canvas->spoken.bytes[canvas->spoken.length - 1] == ' ')
        canvas->spoken.bytes[--canvas->spoken.length] = '\0';
    if (canvas->spoken.length > 0 && !canvas->spoken.failed)
        pdf_tag_speak(canvas->tags, canvas->tag, canvas->spoken.bytes,
                      bidi_of(canvas->spoken.bytes, canvas->spoken.length) != BIDI_LTR);
    canvas->failed = canvas->failed || canvas->spoken.failed;
    canvas->tag = NULL;
    buf_clear(&canvas->spoken);
}

double pdf_canvas_left(const struct pdf_canvas *canvas, double x, double width)
{
    return canvas->mirrored ? canvas->width - x - width : x;
}

static void add_colour(struct buf *out, uint32_t colour, const char *operator)
{
    for (int shift = 16; shift >= 0; shift -= 8) {
        pdf_number(out, (double)(colour >> shift & 0xFF) / 255.0);
        buf_add_byte(out, ' ');
    }
    buf_add_string(out, operator);
}

void pdf_canvas_fill(struct pdf_canvas *canvas, uint32_t colour)
{
    if (canvas->fill == (int64_t)colour)
        return;
    canvas->fill = (int64_t)colour;
    add_colour(pdf_canvas_content(canvas), colour, "rg\n");
}

void pdf_canvas_stroke(struct pdf_canvas *canvas, uint32_t colour)
{
    if (canvas->stroke == (int64_t)colour)
        return;
    canvas->stroke = (int64_t)colour;
    add_colour(pdf_canvas_content(canvas), colour, "RG\n");
}

void pdf_add_pair(struct buf *out, double first, double second, const char *operator)
{
    pdf_number(out, first);
    buf_add_byte(out, ' ');
    pdf_number(out, second);
    buf_add_string(out, operator);
}

struct pdf_slot *pdf_draw_slot(struct pdf_canvas *canvas, double right, double y, const struct pdf_style *style)
{
    assert(canvas->marked);
    struct pdf_page *page = &canvas->pages[canvas->page_count - 1];
    struct pdf_slot *slot = ARENA_NEW(canvas->arena, struct pdf_slot, 1);
    if (slot == NULL) {
        canvas->failed = true;
        return NULL;
    }
    pdf_canvas_fill(canvas, style->colour);
    *slot = (struct pdf_slot){ .offset = page->content.length, .right = right, .y = y,
                               .mirrored = canvas->mirrored, .style = style };
    if (page->last_slot == NULL)
        page->first_slot = slot;
    else
        page->last_slot->next = slot;
    page->last_slot = slot;
    return slot;
}

enum status pdf_canvas_status(const struct pdf_canvas *canvas, struct fail *fail)
{
    if (canvas->failed)
        return FAIL(fail, STATUS_MEMORY, "the report needs more memory than it may use");
    return STATUS_OK;
}
