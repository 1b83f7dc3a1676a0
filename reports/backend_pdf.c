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
    case DOC_CONTENTS: press_contents(press); break;
    case DOC_BREAK:
        if (!press_at_top(press))
            press_page(press);
        break;
    }
    return block;
}

static enum status set_document(struct press *press)
{
    press_page(press);
    if (press->status == STATUS_OK)
        press_title(press);
    for (const struct doc_block *block = press->doc->first; block != NULL && press->status == STATUS_OK;
         block = block->next) {
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
    if (status == STATUS_OK && press.arena.failed)
        status = FAIL(fail, STATUS_MEMORY, "the report needs more memory than it may use");
    if (status != STATUS_OK)
        buf_clear(out);
    if (status == STATUS_OK && pages != NULL)
        *pages = press.canvas.page_count;
    press_close(&press);
    return status;
}
