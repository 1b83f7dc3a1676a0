/* Headings, paragraphs, lists and statements. */
#include "reports/pdf_press.h"

#include <math.h>

static const struct pdf_style style_heading[3] = {
    { PDF_BOLD, PDF_BOLD, 22.0, 27.0, INK, false },
    { PDF_BOLD, PDF_BOLD, 14.0, 18.0, BLUE, false },
    { PDF_SEMIBOLD, PDF_BOLD, 11.5, 15.0, INK, false },
};
static const double heading_above[3] = { 28.0, 17.0, 12.0 };
static const double heading_below[3] = { 8.0, 3.5, 2.0 };

static const double heading_least[3] = { 140.0, 80.0, 0.0 }; /* a chapter does not begin at the foot of a page */
static const double after_heading = 0.45; /* of the gap above a heading that follows a heading */

static const struct pdf_style style_small = { PDF_REGULAR, PDF_SEMIBOLD, 8.4, 11.8, INK, false };

enum { LIST_INDENT = 13, STATEMENT_COLUMN = 108 };

static const struct pdf_style style_figure = { PDF_BOLD, PDF_BOLD, 21.0, 27.0, BLUE, false };
static const struct pdf_style style_sentence = { PDF_REGULAR, PDF_SEMIBOLD, 10.8, 15.4, INK, false };

static double gap_above(enum doc_kind before)
{
    switch (before) {
    case DOC_HEADING:
    case DOC_BREAK: return 0.0;
    case DOC_PARAGRAPH:
    case DOC_LIST: return 6.5;
    case DOC_NOTE:
    case DOC_STATEMENT:
    case DOC_CONTENTS: return 12.0;
    case DOC_TABLE:
    case DOC_FIGURE: return 12.0;
    }
    return 0.0;
}

void press_paragraph(struct press *press, const struct doc_block *block)
{
    struct layout layout = press_layout(press, &style_body, block->text, MEASURE, true);
    press_room(press, gap_above(press->before), press_start(&style_body, &layout));
    press_lines(press, pdf_tag_new(&press->tags, press->section, "P"), PAGE_LEFT, &style_body, &layout);
}

static const struct pdf_style *list_style(const struct doc_block *block)
{
    return block->small ? &style_small : &style_body;
}

void press_list(struct press *press, const struct doc_block *block)
{
    const struct pdf_style *style = list_style(block);
    struct pdf_tag *list = pdf_tag_new(&press->tags, press->section, "L");
    if (list != NULL)
        list->attributes = "/O/List/ListNumbering/Disc";
    for (size_t i = 0; i < block->item_count && press->status == STATUS_OK; i++) {
        struct layout layout = press_layout(press, style, block->items[i], MEASURE - LIST_INDENT, true);
        press_room(press, i == 0 ? gap_above(press->before) * 0.6 : 3.0, press_start(style, &layout));
        if (press->y + press_start(style, &layout) > PAGE_LIMIT)
            press_page(press);
        struct pdf_tag *item = pdf_tag_new(&press->tags, list, "LI");
        pdf_mark(&press->canvas, pdf_tag_new(&press->tags, item, "Lbl"));
        pdf_draw_text(&press->canvas, PAGE_LEFT + 2.0, press_baseline(style, press->y), style, "•",
                      MARK_LEFT);
        pdf_mark_end(&press->canvas);
        press_lines(press, pdf_tag_new(&press->tags, item, "LBody"), PAGE_LEFT + LIST_INDENT, style, &layout);
    }
}

/* The figure's column has one width on the page; a longer figure widens it, a very long one is set smaller. */
static struct layout statement_layout(struct press *press, const struct doc_block *block, double *column,
                                      struct pdf_style *figure)
{
    const double gap = 14.0;
    const double most = MEASURE / 2.0;
    double width = pdf_text_width(&press->texts, &style_figure, block->figure_text) + gap;
    *figure = style_figure;
    if (width > most)
        figure->size *= (most - gap) / (width - gap);
    *column = fmin(fmax(width, STATEMENT_COLUMN), most);
    return press_layout(press, &style_sentence, block->text, MEASURE - *column, true);
}

static double statement_height(const struct layout *layout)
{
    double text = style_sentence.leading * (double)layout->line_count;
    return 15.0 + (text > style_figure.leading ? text : style_figure.leading);
}

/* One paragraph for readers: the figure, a blank, the sentence. */
void press_statement(struct press *press, const struct doc_block *block)
{
    double column;
    struct pdf_style figure;
    struct layout layout = statement_layout(press, block, &column, &figure);
    double height = statement_height(&layout);
    press_room(press, press->before == DOC_STATEMENT ? 0.0 : gap_above(press->before) + 4.0, height);
    double top = press->y + 7.0;
    double baseline = press_baseline(&figure, top);
    pdf_artifact(&press->canvas, "/Type/Layout");
    pdf_draw_rule(&press->canvas, PAGE_LEFT, PAGE_LEFT + MEASURE, press->y, 0.45, PALE);
    pdf_mark_end(&press->canvas);
    pdf_mark(&press->canvas, pdf_tag_new(&press->tags, press->section, "P"));
    pdf_draw_word(&press->canvas, PAGE_LEFT, baseline, &figure, block->figure_text, MARK_LEFT);
    double first = layout.line_count == 1 ? baseline : press_baseline(&style_sentence, top + 1.0);
    pdf_draw_lines(&press->canvas, PAGE_LEFT + column, first, &style_sentence, layout.first, layout.line_count,
                   MARK_LEFT, 0.0, true);
    pdf_mark_end(&press->canvas);
    press->y += height;
    if (block->next == NULL || block->next->kind != DOC_STATEMENT) {
        pdf_artifact(&press->canvas, "/Type/Layout");
        pdf_draw_rule(&press->canvas, PAGE_LEFT, PAGE_LEFT + MEASURE, press->y, 0.45, PALE);
        pdf_mark_end(&press->canvas);
    }
}

static double heading_ahead(struct press *press, const struct doc_block *block)
{
    struct layout layout = press_balanced(press, &style_heading[block->level - 1], block->text, MEASURE);
    return style_heading[block->level - 1].leading * (double)layout.line_count + heading_below[block->level - 1];
}

/* What a table, figure or list begins with; 0 for other blocks. */
static double plate_ahead(struct press *press, const struct doc_block *block)
{
    if (block->kind == DOC_TABLE)
        return press_table_start(press, block);
    if (block->kind == DOC_FIGURE)
        return press_figure_height(press, block);
    if (block->kind != DOC_LIST)
        return 0.0;
    const struct layout layout = press_layout(press, list_style(block), block->items[0], MEASURE - LIST_INDENT, true);
    return press_start(list_style(block), &layout);
}

/* A sentence or two that announce a table or figure go with it to the next page, unless that leaves too much empty. */
static double paragraph_ahead(struct press *press, const struct doc_block *block)
{
    const size_t short_most = 3;
    struct layout layout = press_layout(press, &style_body, block->text, MEASURE, true);
    const double start = press_start(&style_body, &layout);
    double height = 0.0;
    size_t lines = layout.line_count;
    if (press->limit - press->y > ANNOUNCED_EMPTY_MOST)
        return start;
    for (; lines <= short_most && block->next != NULL && block->next->kind == DOC_PARAGRAPH; block = block->next) {
        layout = press_layout(press, &style_body, block->next->text, MEASURE, true);
        height += gap_above(DOC_PARAGRAPH);
        lines += layout.line_count;
    }
    const double plate = lines > short_most || block->next == NULL ? 0.0 : plate_ahead(press, block->next);
    return plate > 0.0 ? height + style_body.leading * (double)lines + PLATE_ABOVE + plate : start;
}

double press_ahead(struct press *press, const struct doc_block *block)
{
    double height = 0.0;
    double column;
    struct pdf_style figure;
    struct layout layout;
    /* Headings may follow headings: at most three levels before something else comes. */
    for (unsigned depth = 0; block != NULL && block->kind == DOC_HEADING && depth < 3; depth++) {
        height += heading_ahead(press, block) + (depth == 0 ? 0.0 : heading_above[block->level - 1] * after_heading);
        block = block->next;
    }
    if (block == NULL)
        return height;
    switch (block->kind) {
    case DOC_PARAGRAPH: return height + paragraph_ahead(press, block);
    case DOC_NOTE:
        layout = press_layout(press, &style_note, block->text, MEASURE * 0.94, true);
        return height + 7.0 + press_start(&style_note, &layout);
    case DOC_LIST: return height + plate_ahead(press, block);
    case DOC_STATEMENT:
        layout = statement_layout(press, block, &column, &figure);
        return height + 8.0 + statement_height(&layout);
    case DOC_TABLE:
    case DOC_FIGURE: return height + PLATE_BELOW_HEADING + plate_ahead(press, block);
    case DOC_CONTENTS: return height + 60.0;
    case DOC_HEADING:
    case DOC_BREAK: break;
    }
    return height;
}

void press_heading(struct press *press, const struct doc_block *block)
{
    static const char *const types[3] = { "H1", "H2", "H3" };
    unsigned index = block->level - 1;
    if (block->level == 1)
        press->section = pdf_tag_new(&press->tags, press->document, "Sect");
    double above = press->before == DOC_HEADING ? heading_above[index] * after_heading : heading_above[index];
    if (press->before != DOC_HEADING) /* the first of several decides for all */
        press_room(press, press->before == DOC_BREAK ? 0.0 : above, fmax(press_ahead(press, block), heading_least[index]));
    else
        press->y += above;
    press_place(press, LISTED_HEADINGS);
    struct layout layout = press_balanced(press, &style_heading[index], block->text, MEASURE);
    press_lines(press, pdf_tag_new(&press->tags, press->section, types[index]), PAGE_LEFT, &style_heading[index],
                &layout);
    press->y += heading_below[index];
}
