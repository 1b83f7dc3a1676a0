/* Document → HTML for the office's page frame: sections, tables with heads and scopes, figures with inline SVG.
 * The page frame owns <html>, <h1>, style and navigation; here headings begin at h2. No inline style, no script. */
#include <stdio.h>
#include <string.h>

#include "base/html.h"
#include "reports/doc.h"
#include "reports/svg.h"

#define FULL_WIDTH 468.0 /* 165 mm, the measure of the PDF: both backends draw the same geometry */
#define HALF_WIDTH 221.0 /* 78 mm */

struct writer {
    struct html page;
    const struct doc *doc;
    size_t tables, figures;
    bool in_section;
    enum status status;
};

static void inline_text(struct html *page, const char *text)
{
    struct doc_run run;
    while (doc_next_run(&text, &run)) {
        if (run.strong)
            HTML(page, "<strong>");
        html_part(page, run.text, run.length);
        if (run.strong)
            HTML(page, "</strong>");
    }
}

static void close_section(struct writer *writer)
{
    if (writer->in_section)
        HTML(&writer->page, "</section>\n");
    writer->in_section = false;
}

static void write_heading(struct writer *writer, const struct doc_block *block)
{
    struct html *page = &writer->page;
    unsigned level = block->level < 1 ? 1 : block->level > 3 ? 3 : block->level;
    if (level == 1) {
        close_section(writer);
        HTML(page, "<section");
        HTML_ATTR(page, "aria-labelledby", block->anchor);
        HTML(page, ">\n");
        writer->in_section = true;
    }
    buf_format(&page->out, "<h%u", level + 1);
    HTML_ATTR(page, "id", block->anchor);
    HTML(page, ">");
    inline_text(page, block->text);
    buf_format(&page->out, "</h%u>\n", level + 1);
}

static void write_list(struct writer *writer, const struct doc_block *block)
{
    HTML(&writer->page, "<ul>\n");
    for (size_t i = 0; i < block->item_count; i++) {
        HTML(&writer->page, "<li>");
        inline_text(&writer->page, block->items[i]);
        HTML(&writer->page, "</li>\n");
    }
    HTML(&writer->page, "</ul>\n");
}

static void write_cell_text(struct html *page, const struct doc_cell *cell)
{
    if (cell->spoken == NULL) {
        inline_text(page, cell->text);
        return;
    }
    HTML(page, "<span aria-hidden=\"true\">");
    html_text(page, cell->text);
    HTML(page, "</span><span class=\"visually-hidden\">");
    html_text(page, cell->spoken);
    HTML(page, "</span>");
}

static void write_row(struct writer *writer, const struct doc_table *table, size_t row)
{
    struct html *page = &writer->page;
    if (table->total != NULL && table->total[row])
        HTML(page, "<tr class=\"total\">");
    else
        HTML(page, "<tr>");
    for (size_t column = 0; column < table->column_count; column++) {
        const struct doc_cell *cell = &table->cells[row * table->column_count + column];
        if (column == 0)
            HTML(page, "<th scope=\"row\">");
        else if (table->numeric != NULL && table->numeric[column])
            HTML(page, "<td class=\"numeric\">");
        else
            HTML(page, "<td>");
        write_cell_text(page, cell);
        if (column == 0)
            HTML(page, "</th>");
        else
            HTML(page, "</td>");
    }
    HTML(page, "</tr>\n");
}

static void write_table(struct writer *writer, const struct doc_table *table)
{
    struct html *page = &writer->page;
    size_t number = ++writer->tables;
    /* Wide tables scroll on small screens; a scrolling region needs the focus to be reached by keyboard. */
    buf_format(&page->out, "<div class=\"table-scroll\" role=\"region\" tabindex=\"0\" "
                           "aria-labelledby=\"table-%zu\">\n<table class=\"report\">\n"
                           "<caption id=\"table-%zu\">", number, number);
    inline_text(page, doc_caption(writer->doc, false, number, table->caption));
    HTML(page, "</caption>\n<thead>\n<tr>");
    for (size_t column = 0; column < table->column_count; column++) {
        if (column > 0 && table->numeric != NULL && table->numeric[column])
            HTML(page, "<th scope=\"col\" class=\"numeric\">");
        else
            HTML(page, "<th scope=\"col\">");
        inline_text(page, table->heads[column]);
        HTML(page, "</th>");
    }
    HTML(page, "</tr>\n</thead>\n<tbody>\n");
    for (size_t row = 0; row < table->row_count; row++)
        write_row(writer, table, row);
    HTML(page, "</tbody>\n</table>\n</div>\n");
}

static void write_figure(struct writer *writer, const struct doc_figure *figure, struct fail *fail)
{
    struct html *page = &writer->page;
    size_t number = ++writer->figures;
    struct arena arena;
    arena_init(&arena, 8 << 20);
    struct drawing drawing;
    writer->status = chart_layout(&arena, figure->chart, figure->half ? HALF_WIDTH : FULL_WIDTH, svg_measure, NULL,
                                  &drawing, fail);
    if (writer->status == STATUS_OK) {
        char id[32];
        snprintf(id, sizeof id, "figure-%zu", number);
        if (figure->half)
            HTML(page, "<figure class=\"half\">\n<figcaption>");
        else
            HTML(page, "<figure>\n<figcaption>");
        inline_text(page, doc_caption(writer->doc, true, number, figure->caption));
        HTML(page, "</figcaption>\n");
        svg_write(page, &drawing, id, figure->caption, figure->alternative);
        HTML(page, "</figure>\n");
    }
    arena_free(&arena);
}

static void write_statement(struct writer *writer, const struct doc_block *block)
{
    HTML(&writer->page, "<div class=\"statement\"><p class=\"figure\">");
    inline_text(&writer->page, block->figure_text);
    HTML(&writer->page, "</p><p>");
    inline_text(&writer->page, block->text);
    HTML(&writer->page, "</p></div>\n");
}

static void write_contents(struct writer *writer)
{
    struct html *page = &writer->page;
    bool any = false;
    for (const struct doc_block *block = writer->doc->first; block != NULL; block = block->next) {
        if (block->kind != DOC_HEADING || block->level > 1)
            continue;
        if (!any) {
            HTML(page, "<nav class=\"contents\"");
            HTML_ATTR(page, "aria-label", tr(writer->doc->language, N_("Contents")));
            HTML(page, ">\n<ul>\n");
        }
        any = true;
        HTML(page, "<li><a href=\"#");
        html_text(page, block->anchor);
        HTML(page, "\">");
        inline_text(page, block->text);
        HTML(page, "</a></li>\n");
    }
    if (any)
        HTML(page, "</ul>\n</nav>\n");
}

static void write_block(struct writer *writer, const struct doc_block *block, struct fail *fail)
{
    struct html *page = &writer->page;
    switch (block->kind) {
    case DOC_HEADING:
        write_heading(writer, block);
        break;
    case DOC_PARAGRAPH:
        HTML(page, "<p>");
        inline_text(page, block->text);
        HTML(page, "</p>\n");
        break;
    case DOC_LIST:
        write_list(writer, block);
        break;
    case DOC_TABLE:
        write_table(writer, block->table);
        break;
    case DOC_FIGURE:
        write_figure(writer, block->figure, fail);
        break;
    case DOC_NOTE:
        HTML(page, "<p class=\"note\">");
        inline_text(page, block->text);
        HTML(page, "</p>\n");
        break;
    case DOC_STATEMENT:
        write_statement(writer, block);
        break;
    case DOC_BREAK:
        break;
    case DOC_CONTENTS:
        write_contents(writer);
        break;
    }
}

static void write_front(struct writer *writer)
{
    struct html *page = &writer->page;
    const struct doc *doc = writer->doc;
    if (doc->banner != NULL) {
        HTML(page, "<p class=\"demo\" role=\"note\">");
        html_text(page, doc->banner);
        HTML(page, "</p>\n");
    }
    HTML(page, "<header class=\"report-front\">\n");
    HTML(page, "<p class=\"report-title\">");
    html_text(page, doc->title);
    HTML(page, "</p>\n");
    if (doc->subtitle != NULL) {
        HTML(page, "<p class=\"report-subtitle\">");
        html_text(page, doc->subtitle);
        HTML(page, "</p>\n");
    }
    struct buf date;
    buf_init(&date, 200);
    buf_date(&date, doc->language, doc->year, doc->month, doc->day);
    HTML(page, "<p class=\"report-date\">");
    if (doc->author != NULL) {
        html_text(page, doc->author);
        HTML(page, ", ");
    }
    html_text(page, date.bytes == NULL ? "" : date.bytes);
    HTML(page, "</p>\n</header>\n");
    buf_free(&date);
}

enum status doc_write_html(const struct doc *doc, struct buf *out, struct fail *fail)
{
    if (doc_status(doc, fail) != STATUS_OK)
        return doc->status;
    struct writer writer = { .doc = doc };
    buf_init(&writer.page.out, out->limit);
    HTML(&writer.page, "<section class=\"report\"");
    HTML_ATTR(&writer.page, "lang", language_code(doc->language));
    HTML(&writer.page, ">\n");
    if (doc->title != NULL)
        write_front(&writer);
    for (const struct doc_block *block = doc->first; block != NULL && writer.status == STATUS_OK; block = block->next)
        write_block(&writer, block, fail);
    close_section(&writer);
    HTML(&writer.page, "</section>\n");
    enum status status = writer.status;
    if (status == STATUS_OK)
        status = buf_status(&writer.page.out, tr(doc->language, N_("the report")), fail);
    if (status == STATUS_OK) {
        buf_add(out, writer.page.out.bytes, writer.page.out.length);
        status = buf_status(out, tr(doc->language, N_("the report")), fail);
    }
    buf_free(&writer.page.out);
    return status;
}
