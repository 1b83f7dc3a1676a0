/* Pages, marks and text. Shapes are drawn in pdf_shape.c. */
#include "reports/pdf_canvas.h"

#include <assert.h>
#include <string.h>


enum { PAGE_TEXT_MAX = 8 * 1024 * 1024 };

void pdf_canvas_init(struct pdf_canvas *canvas, struct arena *arena, struct pdf_file *file, struct pdf_texts *texts,
                     struct pdf_tags *tags, double width, double height)
{
    *canvas = (struct pdf_canvas){ .arena = arena, .file = file, .texts = texts, .tags = tags, .width = width,
                                   .height = height, .resources = pdf_object_new(file), .fill = -1, .stroke = -1 };
}

void pdf_canvas_free(struct pdf_canvas *canvas)
{
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

static void begin_text(struct pdf_canvas *canvas, struct buf *out, const struct pdf_style *style)
{
    assert(canvas->marked); /* nothing is drawn outside a mark */
    pdf_canvas_fill(canvas, style->colour);
    buf_add_string(out, "BT\n");
}

static void use_font(struct buf *out, enum pdf_face face, double size)
{
    buf_add_string(out, "/F");
    buf_add_byte(out, (char)('1' + (int)face));
    buf_add_byte(out, ' ');
    pdf_number(out, size);
    buf_add_string(out, " Tf\n");
}

static void move_to(const struct pdf_canvas *canvas, struct buf *out, double x, double y)
{
    buf_add_string(out, "1 0 0 1 ");
    pdf_add_pair(out, x, canvas->height - y, " Tm\n");
}

/* Runs without markup are cut at blanks, so that words come from the cache. */
struct run {
    const char *at;
    size_t length;
    bool blank;
};

static bool next_run(struct run *run)
{
    const char *at = run->at + run->length;
    run->blank = *at == ' ';
    at += run->blank;
    run->at = at;
    run->length = strcspn(at, " ");
    return run->length > 0 || run->blank;
}

double pdf_text_width(struct pdf_texts *texts, const struct pdf_style *style, const char *text)
{
    int64_t em = 0;
    struct run run = { .at = text };
    while (next_run(&run)) {
        const struct pdf_word *word = pdf_word(texts, style->face, style->tabular, run.at, run.length);
        em += (run.blank ? pdf_space(texts, style->face) : 0) + (word == NULL ? 0 : word->width);
    }
    return pdf_points(em, style->size);
}

static void show_text(struct pdf_canvas *canvas, struct buf *out, double x, double y, const struct pdf_style *style,
                      const char *text, bool blank)
{
    buf_add_string(out, "BT\n");
    use_font(out, style->face, style->size);
    move_to(canvas, out, x, y);
    struct run run = { .at = text };
    while (next_run(&run)) {
        const struct pdf_word *word = pdf_word(canvas->texts, style->face, style->tabular, run.at, run.length);
        pdf_word_show(canvas->texts, out, word, run.blank);
    }
    if (blank)
        pdf_blank_show(canvas->texts, out, style->face);
    buf_add_string(out, "ET\n");
}

static void draw_text(struct pdf_canvas *canvas, double x, double y, const struct pdf_style *style, const char *text,
                      enum mark_align align, bool blank)
{
    assert(canvas->marked);
    double width = pdf_text_width(canvas->texts, style, text);
    if (align != MARK_LEFT)
        x -= align == MARK_RIGHT ? width : width / 2.0;
    struct buf *out = pdf_canvas_content(canvas);
    pdf_canvas_fill(canvas, style->colour);
    show_text(canvas, out, x, y, style, text, blank);
}

void pdf_draw_text(struct pdf_canvas *canvas, double x, double y, const struct pdf_style *style, const char *text,
                   enum mark_align align)
{
    draw_text(canvas, x, y, style, text, align, false);
}

void pdf_draw_word(struct pdf_canvas *canvas, double x, double y, const struct pdf_style *style, const char *text,
                   enum mark_align align)
{
    draw_text(canvas, x, y, style, text, align, true);
}

static void show_piece(struct pdf_canvas *canvas, struct buf *out, const struct pdf_style *style,
                       const struct layout_piece *piece)
{
    enum pdf_face face = piece->strong ? style->strong : style->face;
    const struct pdf_word *word = pdf_word(canvas->texts, face, style->tabular, piece->text, piece->length);
    pdf_word_show(canvas->texts, out, word, piece->blank);
    if (piece->hyphen)
        pdf_hyphen_show(canvas->texts, out, face);
}

void pdf_draw_lines(struct pdf_canvas *canvas, double x, double y, const struct pdf_style *style,
                    const struct layout_line *first, size_t count, enum mark_align align, double measure, bool last)
{
    struct buf *out = pdf_canvas_content(canvas);
    begin_text(canvas, out, style);
    enum pdf_face face = style->face;
    use_font(out, face, style->size);
    for (const struct layout_line *line = first; line != NULL && count > 0; line = line->next, count--) {
        double left = align == MARK_RIGHT ? x + measure - line->width : x;
        move_to(canvas, out, left, y);
        for (size_t i = 0; i < line->count; i++) {
            enum pdf_face next = line->pieces[i].strong ? style->strong : style->face;
            if (next != face)
                use_font(out, face = next, style->size);
            show_piece(canvas, out, style, &line->pieces[i]);
        }
        bool hyphen = line->count > 0 && line->pieces[line->count - 1].hyphen;
        if (!hyphen && (line->next != NULL || !last))
            pdf_blank_show(canvas->texts, out, face);
        y += style->leading;
    }
    buf_add_string(out, "ET\n");
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
    *slot = (struct pdf_slot){ .offset = page->content.length, .right = right, .y = y, .style = style };
    if (page->last_slot == NULL)
        page->first_slot = slot;
    else
        page->last_slot->next = slot;
    page->last_slot = slot;
    return slot;
}

static void write_page(struct pdf_canvas *canvas, size_t i, struct buf *out)
{
    struct pdf_page *page = &canvas->pages[i];
    size_t done = 0;
    buf_clear(out);
    for (const struct pdf_slot *slot = page->first_slot; slot != NULL; slot = slot->next) {
        buf_add(out, page->content.bytes + done, slot->offset - done);
        done = slot->offset;
        if (slot->text != NULL)
            show_text(canvas, out, slot->right - pdf_text_width(canvas->texts, slot->style, slot->text), slot->y,
                      slot->style, slot->text, false);
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
    pdf_object_add(canvas->file, object, out->bytes, out->length);
}

void pdf_canvas_write(struct pdf_canvas *canvas)
{
    struct buf out;
    buf_init(&out, PAGE_TEXT_MAX);
    for (size_t i = 0; i < canvas->page_count; i++)
        write_page(canvas, i, &out);
    buf_free(&out);
}

enum status pdf_canvas_status(const struct pdf_canvas *canvas, struct fail *fail)
{
    if (canvas->failed)
        return FAIL(fail, STATUS_MEMORY, "the report needs more memory than it may use");
    return STATUS_OK;
}
