/* The press from start to file: opens fonts and pages, writes what was set as PDF/A-2a and PDF/UA-1. What is set stands
 * in backend_pdf.c (documents) and in paper_*.c (cards, letters, questionnaires). */
#include "reports/pdf_press.h"

#include <string.h>

enum { PRESS_MEMORY_MAX = 1 << 30 };

static enum status collect(struct press *press, enum doc_listed kind)
{
    struct pdf_place *last = NULL;
    size_t number = 0;
    for (const struct doc_block *block = press->doc->first; block != NULL; block = block->next) {
        if (kind == LISTED_HEADINGS ? block->kind != DOC_HEADING : !doc_lists(block, kind))
            continue;
        struct pdf_place *place = ARENA_NEW(&press->arena, struct pdf_place, 1);
        if (place == NULL)
            return FAIL(press->fail, STATUS_MEMORY, "the report needs more memory than it may use");
        place->block = block;
        place->text = kind == LISTED_HEADINGS ? block->text
                                              : doc_caption(press->doc, kind == LISTED_FIGURES, ++number,
                                                            kind == LISTED_FIGURES ? block->figure->caption
                                                                                   : block->table->caption);
        if (last == NULL)
            press->places[kind] = place;
        else
            last->next = place;
        last = place;
    }
    return STATUS_OK;
}

enum status press_open(struct press *press, const struct doc *doc, struct fail *fail)
{
    *press = (struct press){ .doc = doc, .before = DOC_BREAK, .top = PAGE_TOP, .limit = PAGE_LIMIT,
                              .furnish = press_furnish, .fail = fail };
    arena_init(&press->arena, PRESS_MEMORY_MAX);
    hyphen_init(&press->hyphen, language_code(doc->language));
    enum status status = doc_status(doc, fail);
    if (status == STATUS_OK)
        status = pdf_file_open(&press->arena, &press->file, fail);
    if (status == STATUS_OK)
        status = pdf_texts_open(&press->arena, &press->texts, fail);
    for (enum doc_listed kind = LISTED_HEADINGS; kind < LISTED_KINDS && status == STATUS_OK; kind++)
        status = collect(press, kind);
    if (status != STATUS_OK)
        return status;
    pdf_tags_init(&press->tags, &press->arena, press->file);
    pdf_canvas_init(&press->canvas, &press->arena, press->file, &press->texts, &press->tags, PAGE_WIDTH, PAGE_HEIGHT);
    press->document = press->section = pdf_tag_new(&press->tags, NULL, "Document");
    return STATUS_OK;
}

void press_close(struct press *press)
{
    pdf_canvas_free(&press->canvas);
    pdf_texts_close(&press->texts);
    hyphen_free(&press->hyphen);
    pdf_file_close(press->file);
    arena_free(&press->arena);
}

static enum status write_fonts(struct press *press)
{
    struct buf text;
    buf_init(&text, 1000);
    buf_add_string(&text, "/Font<<");
    enum status status = STATUS_OK;
    for (size_t i = 0; i < PDF_FACE_COUNT && status == STATUS_OK; i++) {
        struct pdf_object *font = NULL;
        if (!pdf_font_used(&press->texts.fonts[i]))
            continue;
        status = pdf_font_write(&press->texts.fonts[i], press->file, &font, press->fail);
        buf_format(&text, "/F%zu %u 0 R", i + 1, pdf_object_id(font));
    }
    buf_add_string(&text, ">>");
    pdf_object_add_text(press->file, press->canvas.resources, &text);
    buf_free(&text);
    return status;
}

/* The order matters: numbers and tags are known before pages are written, glyphs after them. */
enum status press_write(struct press *press, struct buf *out)
{
    struct pdf_object *tree = NULL;
    press_contents_numbers(press);
    enum status status = pdf_tags_write(&press->tags, press->canvas.owners, press->canvas.page_count, &tree,
                                        press->fail);
    if (status != STATUS_OK)
        return status;
    press_contents_links(press);
    pdf_canvas_write(&press->canvas);
    status = pdf_texts_status(&press->texts, press->fail);
    if (status == STATUS_OK && hyphen_failed(&press->hyphen))
        status = FAIL(press->fail, STATUS_MEMORY, "the report needs more memory than it may use");
    if (status == STATUS_OK)
        status = pdf_canvas_status(&press->canvas, press->fail);
    if (status == STATUS_OK)
        status = write_fonts(press);
    if (status == STATUS_OK)
        status = pdf_meta_write(press->file, &press->arena, press->doc, press->places[LISTED_HEADINGS], tree,
                                press->annex, press->fail);
    if (status == STATUS_OK)
        status = pdf_file_save(press->file, out, press->fail);
    return status;
}
