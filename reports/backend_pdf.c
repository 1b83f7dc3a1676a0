/* The document as PDF/A-2a and PDF/UA-1: sets block after block on the press. */
#include "reports/pdf_press.h"

/* Sets one block (or two figures) and returns the last one set. */
static const struct doc_block *set_block(struct press *press, const struct doc_block *block)
{
    switch (block->kind) {
    case DOC_HEADING: press_heading(press, block); break;
    case DOC_PARAGRAPH: press_paragraph(press, block); break;
    case DOC_LIST: press_list(press, block); break;
    case DOC_TABLE: press_table(press, block); break;
    case DOC_FIGURE: return press_figure(press, block);
    case DOC_NOTE: press_note(press, block); break;
    case DOC_STATEMENT: press_statement(press, block); break;
    case DOC_CONTENTS: press_contents(press, block->listed); break;
    case DOC_BREAK:
        if (block->annex)
            press->annex = press->canvas.page_count;
        if (block->annex || !press_at_top(press))
            press_page(press);
        break;
    }
    return block;
}

/* A high figure that must go on to the next page waits until the table below it has filled this one. */
static bool waits(struct press *press, const struct doc_block *block)
{
    const struct doc_block *next = block->next;
    if (block->kind != DOC_FIGURE || block->figure->half || next == NULL || next->kind != DOC_TABLE || press_at_top(press))
        return false;
    double room = press->limit - press->y - PLATE_ABOVE;
    return room > EMPTY_MOST && press_figure_height(press, block) > room && press_table_start(press, next) <= room;
}

static const struct doc_block *set_swapped(struct press *press, const struct doc_block *figure)
{
    const struct doc_block *last = figure;
    do {
        last = set_block(press, last->next);
        press->before = last->kind;
    } while (last->next != NULL && last->next->kind == DOC_NOTE && press->status == STATUS_OK);
    if (press->status == STATUS_OK)
        (void)set_block(press, figure);
    press->before = DOC_FIGURE;
    return last;
}

static enum status set_document(struct press *press)
{
    press_page(press);
    if (press->status == STATUS_OK)
        press_title(press);
    for (const struct doc_block *block = press->doc->first; block != NULL && press->status == STATUS_OK;
         block = block->next) {
        if (waits(press, block)) {
            block = set_swapped(press, block);
            continue;
        }
        block = set_block(press, block);
        press->before = block->kind;
    }
    return press->status;
}

enum status doc_write_pdf(const struct doc *doc, struct buf *out, size_t *pages, struct fail *fail)
{
    struct press press;
    enum status status = doc_status(doc, fail);
    if (status != STATUS_OK)
        return status;
    if (doc->title == NULL || *doc->title == '\0')
        return FAIL(fail, STATUS_INPUT, "the report has no title");
    status = press_open(&press, doc, fail);
    if (status == STATUS_OK)
        status = set_document(&press);
    if (status == STATUS_OK)
        status = press_write(&press, out);
    if (status == STATUS_OK)
        status = doc_status(doc, fail); /* captions are made while writing */
    if (status == STATUS_OK && press.arena.failed)
        status = FAIL(fail, STATUS_MEMORY, "the report needs more memory than it may use");
    if (status != STATUS_OK)
        buf_clear(out);
    if (status == STATUS_OK && pages != NULL)
        *pages = press.canvas.page_count;
    press_close(&press);
    return status;
}
