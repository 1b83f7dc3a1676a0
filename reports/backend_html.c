/* Document → HTML for a page frame (the office's, or html_page.c): sections, tables with heads and scopes, figures with
 * inline SVG. The frame owns <html>, style and navigation; here headings begin at h2. No inline style, no script. */
#include <stdio.h>
#include <string.h>

#include "reports/html_body.h"
#include "reports/svg.h"

#define FULL_WIDTH 468.0 /* 165 mm, the measure of the PDF: both backends draw the same geometry */
#define HALF_WIDTH 221.0 /* 78 mm */
#define PHONE_WIDTH 300.0 /* the same chart laid out for a narrow screen, so that its texts stay readable */

struct writer {
    struct html *out;
    const struct doc *doc;
    bool whole; /* see html_body */
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
        HTML(writer->out, "</section>\n");
    writer->in_section = false;
}

static void write_heading(struct writer *writer, const struct doc_block *block)
{
    struct html *page = writer->out;
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
    HTML(writer->out, "<ul>\n");
    for (size_t i = 0; i < block->item_count; i++) {
        HTML(writer->out, "<li>");
        inline_text(writer->out, block->items[i]);
        HTML(writer->out, "</li>\n");
    }
    HTML(writer->out, "</ul>\n");
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
    struct html *page = writer->out;
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
    struct html *page = writer->out;
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

static void write_chart(struct writer *writer, const struct doc_figure *figure, double width, const char *id,
                        struct fail *fail)
{
    struct arena arena;
    struct drawing drawing;
    arena_init(&arena, 8 << 20);
    writer->status = chart_layout(&arena, figure->chart, width, svg_measure, NULL, &drawing, fail);
    if (writer->status == STATUS_OK && strcmp(language_direction(language_code(writer->doc->language)), "rtl") == 0)
        writer->status = chart_mirror(&arena, &drawing, fail);
    if (writer->status == STATUS_OK)
        svg_write(writer->out, &drawing, id, figure->caption, figure->alternative);
    arena_free(&arena);
}

static void write_figure(struct writer *writer, const struct doc_figure *figure, struct fail *fail)
{
    struct html *page = writer->out;
    size_t number = ++writer->figures;
    char id[32];
    char phone[40];
    snprintf(id, sizeof id, "figure-%zu", number);
    snprintf(phone, sizeof phone, "%s-phone", id);
    if (figure->half)
        HTML(page, "<figure class=\"half\">\n");
    else
        HTML(page, "<figure>\n");
    buf_format(&page->out, "<figcaption id=\"%s-caption\">", id);
    inline_text(page, doc_caption(writer->doc, true, number, figure->caption));
    HTML(page, "</figcaption>\n");
    if (writer->whole)
        HTML(page, "<div class=\"wide\">\n");
    write_chart(writer, figure, figure->half ? HALF_WIDTH : FULL_WIDTH, id, fail);
    if (writer->whole && writer->status == STATUS_OK) {
        HTML(page, "</div>\n<div class=\"phone\">\n");
        write_chart(writer, figure, PHONE_WIDTH, phone, fail);
        HTML(page, "</div>\n");
        html_numbers(page, writer->doc, figure->chart, id);
    }
    HTML(page, "</figure>\n");
}

static void write_statement(struct writer *writer, const struct doc_block *block)
{
    HTML(writer->out, "<div class=\"statement\"><p class=\"figure\">");
    inline_text(writer->out, block->figure_text);
    HTML(writer->out, "</p><p>");
    inline_text(writer->out, block->text);
    HTML(writer->out, "</p></div>\n");
}

/* Chapters, in the whole report with what is in them. */
static void write_contents(struct writer *writer)
{
    struct html *page = writer->out;
    unsigned level = 0;
    for (const struct doc_block *block = writer->doc->first; block != NULL; block = block->next) {
        if (block->kind != DOC_HEADING || block->level > (writer->whole ? 2 : 1))
            continue;
        if (level == 0) {
            HTML(page, "<nav class=\"contents\"");
            HTML_ATTR(page, "aria-label", tr(writer->doc->language, N_("Contents")));
            HTML(page, ">\n<ul>\n");
        } else if (block->level > level) {
            HTML(page, "<ul>\n");
        } else {
            HTML(page, "</li>\n");
        }
        if (block->level < level)
            HTML(page, "</ul></li>\n");
        level = block->level;
        HTML(page, "<li><a href=\"#");
        html_text(page, block->anchor);
        HTML(page, "\">");
        inline_text(page, block->text);
        HTML(page, "</a>");
    }
    if (level == 2)
        HTML(page, "</li></ul>");
    if (level > 0)
        HTML(page, "</li>\n</ul>\n</nav>\n");
}

static void write_listed(struct writer *writer, enum doc_listed listed)
{
    struct html *page = writer->out;
    bool figures = listed == LISTED_FIGURES;
    size_t number = 0;
    HTML(page, "<ul class=\"listed\">\n");
    for (const struct doc_block *block = writer->doc->first; block != NULL; block = block->next) {
        if (!doc_lists(block, listed))
            continue;
        number++;
        if (figures)
            buf_format(&page->out, "<li><a href=\"#figure-%zu-caption\">", number);
        else
            buf_format(&page->out, "<li><a href=\"#table-%zu\">", number);
        inline_text(page, doc_caption(writer->doc, figures, number, figures ? block->figure->caption : block->table->caption));
        HTML(page, "</a></li>\n");
    }
    HTML(page, "</ul>\n");
}

static void write_block(struct writer *writer, const struct doc_block *block, struct fail *fail)
{
    struct html *page = writer->out;
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
        if (block->listed == LISTED_HEADINGS)
            write_contents(writer);
        else
            write_listed(writer, block->listed);
        break;
    }
}

static void write_front(struct writer *writer)
{
    struct html *page = writer->out;
    const struct doc *doc = writer->doc;
    if (doc->banner != NULL) {
        HTML(page, "<p class=\"demo\" role=\"note\">");
        html_text(page, doc->banner);
        HTML(page, "</p>\n");
    }
    HTML(page, "<header class=\"report-front\">\n");
    if (writer->whole)
        HTML(page, "<h1>");
    else
        HTML(page, "<p class=\"report-title\">");
    html_text(page, doc->title);
    if (writer->whole)
        HTML(page, "</h1>\n");
    else
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
    page->out.failed = page->out.failed || date.failed;
    buf_free(&date);
}

enum status html_body(struct html *page, const struct doc *doc, bool whole, struct fail *fail)
{
    if (doc_status(doc, fail) != STATUS_OK)
        return doc->status;
    struct writer writer = { .out = page, .doc = doc, .whole = whole };
    HTML(page, "<section class=\"report\"");
    HTML_ATTR(page, "lang", language_code(doc->language));
    HTML(page, ">\n");
    if (doc->title != NULL)
        write_front(&writer);
    for (const struct doc_block *block = doc->first; block != NULL && writer.status == STATUS_OK; block = block->next)
        write_block(&writer, block, fail);
    close_section(&writer);
    HTML(page, "</section>\n");
    return writer.status == STATUS_OK ? doc_status(doc, fail) : writer.status; /* captions are made while writing */
}

enum status doc_write_html(const struct doc *doc, struct buf *out, struct fail *fail)
{
    struct html page;
    buf_init(&page.out, out->limit);
    enum status status = html_body(&page, doc, false, fail);
    if (status == STATUS_OK)
        return buf_move(out, &page.out, tr(doc->language, N_("the report")), fail);
    buf_free(&page.out);
    return status;
}
