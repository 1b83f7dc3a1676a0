/* Document → Markdown for the council's own system: headings, lists, tables with "|". Figures become their alternative text,
 * because Markdown cannot hold a drawing. */
#include <string.h>

#include "reports/doc.h"

struct writer {
    struct buf *out;
    const struct doc *doc;
    size_t tables, figures;
};

/* What Markdown would take for markup gets a backslash; a line break would end the block. */
static void add_part(struct buf *out, const char *text, size_t length)
{
    for (const char *c = text; c < text + length; c++) {
        if (*c == '\n') {
            buf_add_byte(out, ' ');
            continue;
        }
        if (strchr("\\`*_[]<>|#", *c) != NULL)
            buf_add_byte(out, '\\');
        buf_add_byte(out, *c);
    }
}

static void add_text(struct buf *out, const char *text)
{
    struct doc_run run;
    while (doc_next_run(&text, &run)) {
        buf_add_string(out, run.strong ? "**" : "");
        add_part(out, run.text, run.length);
        buf_add_string(out, run.strong ? "**" : "");
    }
}

static void add_block(struct buf *out, const char *before, const char *text)
{
    buf_add_string(out, before);
    add_text(out, text);
    buf_add_string(out, "\n\n");
}

/* A line that begins like a point of a list or a number with a full stop must not become one. */
static void add_paragraph(struct buf *out, const char *text)
{
    size_t digits = strspn(text, "0123456789");
    if (text[0] == '-' || text[0] == '+') {
        add_block(out, "\\", text);
    } else if (digits > 0 && text[digits] == '.') {
        buf_add(out, text, digits);
        add_block(out, "\\", text + digits);
    } else {
        add_block(out, "", text);
    }
}

static void add_row(struct buf *out, const struct doc_table *table, size_t row)
{
    bool total = table->total != NULL && table->total[row];
    for (size_t column = 0; column < table->column_count; column++) {
        const char *text = table->cells[row * table->column_count + column].text;
        buf_add_string(out, total ? "| **" : "| ");
        add_text(out, text);
        buf_add_string(out, total ? "** " : " ");
    }
    buf_add_string(out, "|\n");
}

static void add_table(struct writer *writer, const struct doc_table *table)
{
    struct buf *out = writer->out;
    add_block(out, "", doc_caption(writer->doc, false, ++writer->tables, table->caption));
    for (size_t column = 0; column < table->column_count; column++) {
        buf_add_string(out, "| ");
        add_text(out, table->heads[column]);
        buf_add_string(out, " ");
    }
    buf_add_string(out, "|\n");
    for (size_t column = 0; column < table->column_count; column++)
        buf_add_string(out, table->numeric != NULL && table->numeric[column] ? "|--:" : "|---");
    buf_add_string(out, "|\n");
    for (size_t row = 0; row < table->row_count; row++)
        add_row(out, table, row);
    buf_add_string(out, "\n");
}

static void add_one(struct writer *writer, const struct doc_block *block)
{
    static const char *const marks[] = { "## ", "### ", "#### " };
    struct buf *out = writer->out;
    switch (block->kind) {
    case DOC_HEADING:
        add_block(out, marks[block->level - 1], block->text);
        break;
    case DOC_PARAGRAPH:
        add_paragraph(out, block->text);
        break;
    case DOC_LIST:
        for (size_t i = 0; i < block->item_count; i++) {
            buf_add_string(out, "- ");
            add_text(out, block->items[i]);
            buf_add_string(out, "\n");
        }
        buf_add_string(out, "\n");
        break;
    case DOC_TABLE:
        add_table(writer, block->table);
        break;
    case DOC_FIGURE:
        add_block(out, "", doc_caption(writer->doc, true, ++writer->figures, block->figure->caption));
        add_paragraph(out, block->figure->alternative);
        break;
    case DOC_NOTE:
        add_block(out, "> ", block->text);
        break;
    case DOC_STATEMENT:
        buf_add_string(out, "**");
        add_part(out, block->figure_text, strlen(block->figure_text));
        add_block(out, "** ", block->text);
        break;
    case DOC_BREAK:
    case DOC_CONTENTS:
        break; /* the reader's program makes them */
    }
}

enum status doc_write_markdown(const struct doc *doc, struct buf *out, struct fail *fail)
{
    if (doc_status(doc, fail) != STATUS_OK)
        return doc->status;
    struct writer writer = { .out = out, .doc = doc };
    if (doc->title != NULL)
        add_block(out, "# ", doc->title);
    if (doc->banner != NULL)
        add_block(out, "> ", doc->banner);
    for (const struct doc_block *block = doc->first; block != NULL; block = block->next)
        add_one(&writer, block);
    enum status status = buf_status(out, tr(doc->language, N_("the report")), fail);
    if (status == STATUS_OK)
        status = doc_status(doc, fail); /* captions are made while writing */
    if (status != STATUS_OK)
        buf_clear(out);
    return status;
}
