/* Notes: small print below a table or a figure, and the room they take there. */
#include "reports/pdf_press.h"

#include <math.h>

void press_note(struct press *press, const struct doc_block *block)
{
    bool below = press->before == DOC_TABLE || press->before == DOC_FIGURE;
    bool among = press->before == DOC_NOTE;
    struct layout layout = press_layout(press, &style_note, block->text, MEASURE * 0.94, true);
    press_room(press, below ? 5.0 : among ? 2.0 : 7.0, press_start(&style_note, &layout));
    press_lines(press, pdf_tag_note(&press->tags, press->section), PAGE_LEFT, &style_note, &layout);
}

double press_notes(struct press *press, const struct doc_block *block)
{
    const double most = 80.0; /* longer notes may go on elsewhere */
    double height = 0.0;
    for (const struct doc_block *note = block->next; note != NULL && note->kind == DOC_NOTE; note = note->next) {
        struct layout layout = press_layout(press, &style_note, note->text, MEASURE * 0.94, true);
        height += (note == block->next ? 5.0 : 2.0) + style_note.leading * (double)layout.line_count;
    }
    return fmin(height, most);
}
