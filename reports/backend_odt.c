/* Document → OpenDocument Text (ODF 1.3, ISO/IEC 26300), to go on writing in a word processor: real headings, lists and tables
 * with head rows, charts as SVG pictures with their alternative text. Not responsible for how the administration wants its
 * paper to look: styles are plain and named like those of the word processor, so that a template can take over. */
#include <stdio.h>
#include <string.h>

#include "base/html.h"
#include "base/zip.h"
#include "reports/doc.h"
#include "reports/svg.h"

enum { PICTURE_MAX = 200, COLUMN_MAX = 30, FIXED = 5, ENTRY_LIMIT = 64 << 20 };
#define FULL_WIDTH 468.0 /* points: 165 mm, as in the PDF */
#define HALF_WIDTH 221.0

#define NAMESPACES \
    " xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\"" \
    " xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\"" \
    " xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"" \
    " xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\"" \
    " xmlns:draw=\"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0\"" \
    " xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\"" \
    " xmlns:svg=\"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0\"" \
    " xmlns:xlink=\"http://www.w3.org/1999/xlink\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"" \
    " xmlns:meta=\"urn:oasis:names:tc:opendocument:xmlns:meta:1.0\" office:version=\"1.3\""
#define XML_HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

struct writer {
    const struct doc *doc;
    struct html content;
    struct html pictures[PICTURE_MAX];
    char names[PICTURE_MAX][32];
    size_t tables, figures;
    enum status status;
    struct fail *fail;
};

static void inline_text(struct html *page, const char *text)
{
    struct doc_run run;
    while (doc_next_run(&text, &run)) {
        if (run.strong)
            HTML(page, "<text:span text:style-name=\"Strong\">");
        html_part(page, run.text, run.length);
        if (run.strong)
            HTML(page, "</text:span>");
    }
}

static void paragraph(struct html *page, const char *style, const char *text)
{
    HTML(page, "<text:p");
    HTML_ATTR(page, "text:style-name", style);
    HTML(page, ">");
    inline_text(page, text);
    HTML(page, "</text:p>\n");
}

static void write_list(struct html *page, const struct doc_block *block)
{
    HTML(page, "<text:list text:style-name=\"Points\">");
    for (size_t i = 0; i < block->item_count; i++) {
        HTML(page, "<text:list-item>");
        paragraph(page, "Text_20_body", block->items[i]);
        HTML(page, "</text:list-item>");
    }
    HTML(page, "</text:list>\n");
}

static void write_cell(struct html *page, const char *style, const char *text)
{
    HTML(page, "<table:table-cell table:style-name=\"Cell\" office:value-type=\"string\">");
    paragraph(page, style, text);
    HTML(page, "</table:table-cell>");
}

static void write_table(struct writer *writer, const struct doc_table *table)
{
    struct html *page = &writer->content;
    size_t number = ++writer->tables;
    paragraph(page, "Table", doc_caption(writer->doc, false, number, table->caption));
    buf_format(&page->out, "<table:table table:name=\"%zu\" table:style-name=\"Grid\">", number);
    buf_format(&page->out, "<table:table-column table:style-name=\"Of%zu\" table:number-columns-repeated=\"%zu\"/>",
               table->column_count, table->column_count);
    HTML(page, "<table:table-header-rows><table:table-row>");
    for (size_t column = 0; column < table->column_count; column++)
        write_cell(page, "Table_20_Heading", table->heads[column]);
    HTML(page, "</table:table-row></table:table-header-rows>\n");
    for (size_t row = 0; row < table->row_count; row++) {
        bool total = table->total != NULL && table->total[row];
        HTML(page, "<table:table-row>");
        for (size_t column = 0; column < table->column_count; column++) {
            const struct doc_cell *cell = &table->cells[row * table->column_count + column];
            bool numeric = table->numeric != NULL && table->numeric[column];
            /* A letter alone says little in a text that people edit: the words stand there. */
            write_cell(page, total ? "Table_20_Total" : numeric ? "Table_20_Number" : "Table_20_Contents",
                       cell->spoken != NULL ? cell->spoken : cell->text);
        }
        HTML(page, "</table:table-row>\n");
    }
    HTML(page, "</table:table>\n");
}

static void write_figure(struct writer *writer, const struct doc_figure *figure)
{
    struct html *page = &writer->content;
    struct arena arena;
    struct drawing drawing;
    size_t number = writer->figures;
    if (number == PICTURE_MAX) {
        writer->status = FAIL(writer->fail, STATUS_LIMIT, "a text document holds at most %d charts", PICTURE_MAX);
        return;
    }
    arena_init(&arena, 8 << 20);
    writer->status = chart_layout(&arena, figure->chart, figure->half ? HALF_WIDTH : FULL_WIDTH, svg_measure, NULL, &drawing,
                                  writer->fail);
    if (writer->status == STATUS_OK) {
        char *name = writer->names[number];
        snprintf(name, sizeof writer->names[number], "Pictures/%zu.svg", number + 1);
        writer->figures++;
        buf_init(&writer->pictures[number].out, ENTRY_LIMIT);
        svg_write(&writer->pictures[number], &drawing, "chart", figure->caption, figure->alternative);
        HTML(page, "<text:p text:style-name=\"Text_20_body\"><draw:frame text:anchor-type=\"as-char\"");
        buf_format(&page->out, " svg:width=\"%.1fpt\" svg:height=\"%.1fpt\">", drawing.width, drawing.height);
        HTML(page, "<draw:image");
        HTML_ATTR(page, "xlink:href", name);
        HTML(page, " xlink:type=\"simple\" xlink:show=\"embed\" xlink:actuate=\"onLoad\" draw:mime-type=\"image/svg+xml\"/>"
                   "<svg:title>");
        html_text(page, figure->caption);
        HTML(page, "</svg:title><svg:desc>");
        html_text(page, figure->alternative);
        HTML(page, "</svg:desc></draw:frame></text:p>\n");
        paragraph(page, "Figure", doc_caption(writer->doc, true, number + 1, figure->caption));
    }
    arena_free(&arena);
}

static void write_block(struct writer *writer, const struct doc_block *block)
{
    struct html *page = &writer->content;
    switch (block->kind) {
    case DOC_HEADING:
        buf_format(&page->out, "<text:h text:style-name=\"Heading_20_%u\" text:outline-level=\"%u\">", block->level,
                   block->level);
        inline_text(page, block->text);
        HTML(page, "</text:h>\n");
        break;
    case DOC_PARAGRAPH:
        paragraph(page, "Text_20_body", block->text);
        break;
    case DOC_LIST:
        write_list(page, block);
        break;
    case DOC_TABLE:
        write_table(writer, block->table);
        break;
    case DOC_FIGURE:
        write_figure(writer, block->figure);
        break;
    case DOC_NOTE:
        paragraph(page, "Note", block->text);
        break;
    case DOC_STATEMENT:
        HTML(page, "<text:p text:style-name=\"Text_20_body\"><text:span text:style-name=\"Strong\">");
        html_text(page, block->figure_text);
        HTML(page, "</text:span> ");
        inline_text(page, block->text);
        HTML(page, "</text:p>\n");
        break;
    case DOC_BREAK:
    case DOC_CONTENTS:
        break; /* the word processor makes them */
    }
}

static void write_content(struct writer *writer)
{
    struct html *page = &writer->content;
    const struct doc *doc = writer->doc;
    HTML(page, XML_HEAD "<office:document-content" NAMESPACES "><office:automatic-styles>"
               "<style:style style:name=\"Cell\" style:family=\"table-cell\"><style:table-cell-properties "
               "fo:border=\"0.5pt solid #595959\" fo:padding=\"3pt\"/></style:style>"
               "<style:style style:name=\"Grid\" style:family=\"table\"><style:table-properties "
               "style:width=\"165mm\" table:align=\"left\"/></style:style>\n");
    for (unsigned columns = 1; columns <= COLUMN_MAX; columns++) /* all alike; the word processor may change them */
        buf_format(&page->out, "<style:style style:name=\"Of%u\" style:family=\"table-column\">"
                               "<style:table-column-properties style:column-width=\"%.2fmm\"/></style:style>\n",
                   columns, 165.0 / columns);
    HTML(page, "</office:automatic-styles><office:body><office:text>\n");
    if (doc->title != NULL)
        paragraph(page, "Title", doc->title);
    if (doc->banner != NULL)
        paragraph(page, "Note", doc->banner);
    for (const struct doc_block *block = doc->first; block != NULL && writer->status == STATUS_OK; block = block->next)
        write_block(writer, block);
    HTML(page, "</office:text></office:body></office:document-content>\n");
}

static void write_style(struct html *page, const char *name, const char *parent, const char *layout, const char *letters)
{
    HTML(page, "<style:style style:family=\"paragraph\"");
    HTML_ATTR(page, "style:name", name);
    HTML_ATTR(page, "style:parent-style-name", parent);
    HTML(page, "><style:paragraph-properties ");
    buf_add_string(&page->out, layout);
    HTML(page, "/><style:text-properties ");
    buf_add_string(&page->out, letters);
    HTML(page, "/></style:style>\n");
}

static void write_styles(const struct doc *doc, struct html *page)
{
    static const char *const styles[][4] = {
        { "Text_20_body", "Standard", "fo:margin-bottom=\"6pt\"", "" },
        { "Title", "Standard", "fo:margin-bottom=\"12pt\"", "fo:font-size=\"20pt\" fo:font-weight=\"bold\"" },
        { "Note", "Standard", "fo:margin-bottom=\"6pt\"", "fo:font-size=\"9pt\"" },
        { "Table", "Standard", "fo:margin-top=\"6pt\" fo:margin-bottom=\"3pt\" fo:keep-with-next=\"always\"",
          "fo:font-weight=\"bold\"" },
        { "Figure", "Standard", "fo:margin-bottom=\"9pt\"", "fo:font-weight=\"bold\"" },
        { "Table_20_Contents", "Standard", "", "" },
        { "Table_20_Number", "Standard", "fo:text-align=\"end\"", "" },
        { "Table_20_Heading", "Standard", "", "fo:font-weight=\"bold\"" },
        { "Table_20_Total", "Standard", "", "fo:font-weight=\"bold\"" },
    };
    static const unsigned sizes[] = { 16, 13, 11 };
    HTML(page, XML_HEAD "<office:document-styles" NAMESPACES "><office:styles>"
               "<style:default-style style:family=\"paragraph\"><style:text-properties fo:font-size=\"11pt\" "
               "fo:font-family=\"'Liberation Sans', Arial, sans-serif\"");
    char code[8] = "";
    snprintf(code, sizeof code, "%.2s", language_code(doc->language));
    HTML_ATTR(page, "fo:language", code);
    HTML(page, " fo:country=\"none\"/></style:default-style>\n"
               "<style:style style:name=\"Standard\" style:family=\"paragraph\" style:class=\"text\"/>"
               "<style:style style:name=\"Strong\" style:family=\"text\"><style:text-properties "
               "fo:font-weight=\"bold\"/></style:style>\n");
    for (size_t i = 0; i < COUNT(styles); i++)
        write_style(page, styles[i][0], styles[i][1], styles[i][2], styles[i][3]);
    for (unsigned level = 1; level <= COUNT(sizes); level++)
        buf_format(&page->out,
                   "<style:style style:name=\"Heading_20_%u\" style:display-name=\"Heading %u\" style:family=\"paragraph\" "
                   "style:parent-style-name=\"Standard\" style:next-style-name=\"Text_20_body\" "
                   "style:default-outline-level=\"%u\"><style:paragraph-properties fo:margin-top=\"12pt\" "
                   "fo:margin-bottom=\"4pt\" fo:keep-with-next=\"always\"/><style:text-properties fo:font-size=\"%upt\" "
                   "fo:font-weight=\"bold\"/></style:style>\n",
                   level, level, level, sizes[level - 1]);
    HTML(page, "<text:list-style style:name=\"Points\"><text:list-level-style-bullet text:level=\"1\" "
               "text:bullet-char=\"\xE2\x80\xA2\"><style:list-level-properties "
               "text:list-level-position-and-space-mode=\"label-alignment\"><style:list-level-label-alignment "
               "text:label-followed-by=\"listtab\" text:list-tab-stop-position=\"6mm\" fo:text-indent=\"-6mm\" "
               "fo:margin-left=\"6mm\"/></style:list-level-properties></text:list-level-style-bullet></text:list-style>"
               "</office:styles><office:automatic-styles><style:page-layout style:name=\"A4\">"
               "<style:page-layout-properties fo:page-width=\"210mm\" fo:page-height=\"297mm\" "
               "fo:margin-top=\"25mm\" fo:margin-bottom=\"20mm\" fo:margin-left=\"25mm\" fo:margin-right=\"20mm\"/>"
               "</style:page-layout></office:automatic-styles><office:master-styles><style:master-page "
               "style:name=\"Standard\" style:page-layout-name=\"A4\"/></office:master-styles>"
               "</office:document-styles>\n");
}

static void write_meta(const struct doc *doc, struct html *page)
{
    HTML(page, XML_HEAD "<office:document-meta" NAMESPACES "><office:meta><dc:title>");
    html_text(page, doc->title == NULL ? "" : doc->title);
    HTML(page, "</dc:title><dc:language>");
    html_text(page, language_code(doc->language));
    buf_format(&page->out, "</dc:language><dc:date>%04d-%02d-%02dT00:00:00</dc:date></office:meta></office:document-meta>\n",
               doc->year, doc->month, doc->day);
}

static void write_manifest(const struct writer *writer, struct html *page)
{
    HTML(page, XML_HEAD "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" "
               "manifest:version=\"1.3\"><manifest:file-entry manifest:full-path=\"/\" manifest:version=\"1.3\" "
               "manifest:media-type=\"application/vnd.oasis.opendocument.text\"/>");
    static const char *const parts[] = { "content.xml", "styles.xml", "meta.xml" };
    for (size_t i = 0; i < COUNT(parts) + writer->figures; i++) {
        HTML(page, "<manifest:file-entry");
        HTML_ATTR(page, "manifest:full-path", i < COUNT(parts) ? parts[i] : writer->names[i - COUNT(parts)]);
        HTML_ATTR(page, "manifest:media-type", i < COUNT(parts) ? "text/xml" : "image/svg+xml");
        HTML(page, "/>");
    }
    HTML(page, "</manifest:manifest>\n");
}

static enum status pack(struct writer *writer, struct html parts[3], struct buf *out)
{
    static const char type[] = "application/vnd.oasis.opendocument.text";
    struct zip_entry entries[FIXED + PICTURE_MAX] = { { "mimetype", type, sizeof type - 1, true } };
    const char *const names[] = { "content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml" };
    const struct html *const pages[] = { &writer->content, &parts[0], &parts[1], &parts[2] };
    size_t count = 1;
    enum status status = STATUS_OK;
    for (size_t i = 0; i < COUNT(pages) + writer->figures && status == STATUS_OK; i++) {
        bool fixed = i < COUNT(pages);
        const struct buf *bytes = fixed ? &pages[i]->out : &writer->pictures[i - COUNT(pages)].out;
        status = buf_status(bytes, tr(writer->doc->language, N_("the report")), writer->fail);
        entries[count++] = (struct zip_entry){ fixed ? names[i] : writer->names[i - COUNT(pages)], bytes->bytes,
                                               bytes->length, false };
    }
    return status == STATUS_OK ? zip_write(entries, count, out, writer->fail) : status;
}

enum status doc_write_odt(const struct doc *doc, struct buf *out, struct fail *fail)
{
    struct writer *writer = NULL;
    struct html parts[3] = { 0 };
    if (doc_status(doc, fail) != STATUS_OK)
        return doc->status;
    writer = ARENA_NEW(doc->arena, struct writer, 1);
    if (writer == NULL)
        return FAIL(fail, STATUS_MEMORY, "the report needs more memory than it may use");
    *writer = (struct writer){ .doc = doc, .fail = fail };
    buf_init(&writer->content.out, ENTRY_LIMIT);
    for (size_t i = 0; i < COUNT(parts); i++)
        buf_init(&parts[i].out, ENTRY_LIMIT);
    write_content(writer);
    write_styles(doc, &parts[0]);
    write_meta(doc, &parts[1]);
    write_manifest(writer, &parts[2]);
    enum status status = writer->status == STATUS_OK ? doc_status(doc, fail) : writer->status;
    if (status == STATUS_OK)
        status = pack(writer, parts, out);
    buf_free(&writer->content.out);
    for (size_t i = 0; i < COUNT(parts); i++)
        buf_free(&parts[i].out);
    for (size_t i = 0; i < writer->figures; i++)
        buf_free(&writer->pictures[i].out);
    return status;
}
