/* Builds the document: every block is copied into the document's arena, so a section may pass texts from its stack.
 *
 * A mistake of a section (an empty cell, a figure without alternative text, a heading that skips a level) sticks as
 * STATUS_INPUT; lack of memory sticks as STATUS_MEMORY. Not responsible for how anything looks. */
#include "reports/doc.h"

#include <string.h>

void doc_init(struct doc *doc, struct arena *arena, const struct language *language)
{
    *doc = (struct doc){ .arena = arena, .language = language, .year = 2025, .month = 1, .day = 1 };
}

static void stick(struct doc *doc, enum status status)
{
    if (doc->status == STATUS_OK)
        doc->status = status;
}

/* Copy of a text that must say something. */
static const char *copy(struct doc *doc, const char *text)
{
    if (text == NULL || *text == '\0') {
        stick(doc, STATUS_INPUT);
        return "";
    }
    const char *own = arena_string(doc->arena, text);
    if (own == NULL) {
        stick(doc, STATUS_MEMORY);
        return "";
    }
    return own;
}

static const char *copy_if(struct doc *doc, const char *text)
{
    return text == NULL ? NULL : arena_string(doc->arena, text);
}

static void *copy_array(struct doc *doc, const void *items, size_t count, size_t size)
{
    void *own = arena_get(doc->arena, count == 0 ? 1 : count, size);
    if (own == NULL)
        stick(doc, STATUS_MEMORY);
    else if (items != NULL && count > 0)
        memcpy(own, items, count * size);
    return own;
}

static struct doc_block *add(struct doc *doc, enum doc_kind kind)
{
    struct doc_block *block = doc->status == STATUS_OK ? ARENA_NEW(doc->arena, struct doc_block, 1) : NULL;
    if (block == NULL) {
        stick(doc, STATUS_MEMORY);
        return NULL;
    }
    block->kind = kind;
    if (doc->last == NULL)
        doc->first = block;
    else
        doc->last->next = block;
    doc->last = block;
    return block;
}

static void add_text(struct doc *doc, enum doc_kind kind, const char *text)
{
    struct doc_block *block = add(doc, kind);
    if (block != NULL)
        block->text = copy(doc, text);
}

/* Headings are strictly nested, because PDF/UA-1 (7.4.2) and readers of screens want it: the title is level 1, so a
 * heading may be one level deeper than the heading before it and never more. */
void doc_heading(struct doc *doc, unsigned level, const char *anchor, const char *text)
{
    unsigned before = 0;
    for (const struct doc_block *block = doc->first; block != NULL; block = block->next)
        if (block->kind == DOC_HEADING)
            before = block->level;
    if (level < 1 || level > 3 || level > before + 1)
        stick(doc, STATUS_INPUT);
    struct doc_block *block = add(doc, DOC_HEADING);
    if (block == NULL)
        return;
    block->level = level;
    block->anchor = copy(doc, anchor);
    block->text = copy(doc, text);
}

void doc_paragraph(struct doc *doc, const char *text)
{
    add_text(doc, DOC_PARAGRAPH, text);
}

void doc_note(struct doc *doc, const char *text)
{
    add_text(doc, DOC_NOTE, text);
}

void doc_list(struct doc *doc, const char *const items[], size_t count)
{
    if (count == 0)
        stick(doc, STATUS_INPUT);
    struct doc_block *block = add(doc, DOC_LIST);
    if (block == NULL)
        return;
    block->items = copy_array(doc, NULL, count, sizeof *block->items);
    if (block->items == NULL)
        return;
    block->item_count = count;
    for (size_t i = 0; i < count; i++)
        block->items[i] = copy(doc, items[i]);
}

void doc_small_list(struct doc *doc, const char *const items[], size_t count)
{
    doc_list(doc, items, count);
    if (doc->status == STATUS_OK)
        doc->last->small = true;
}

void doc_annex(struct doc *doc, const char *anchor, const char *text)
{
    struct doc_block *block = doc->annex_count == 0 ? add(doc, DOC_BREAK) : NULL;
    if (block != NULL)
        block->annex = true;
    const char *title = arena_format(doc->arena, tr(doc->language, N_("Annex %c: %s")),
                                     (char)('A' + doc->annex_count++), text);
    if (title == NULL)
        stick(doc, STATUS_MEMORY);
    else
        doc_heading(doc, 1, anchor, title);
}

void doc_statement(struct doc *doc, const char *figure, const char *text)
{
    struct doc_block *block = add(doc, DOC_STATEMENT);
    if (block == NULL)
        return;
    block->figure_text = copy(doc, figure);
    block->text = copy(doc, text);
}

void doc_table(struct doc *doc, const struct doc_table *table)
{
    if (table->column_count == 0 || table->row_count == 0 || table->heads == NULL || table->cells == NULL)
        stick(doc, STATUS_INPUT);
    struct doc_block *block = add(doc, DOC_TABLE);
    struct doc_table *own = block == NULL ? NULL : copy_array(doc, table, 1, sizeof *own);
    if (own == NULL)
        return;
    size_t cell_count = table->column_count * table->row_count;
    const char **heads = copy_array(doc, NULL, table->column_count, sizeof *heads);
    struct doc_cell *cells = copy_array(doc, table->cells, cell_count, sizeof *cells);
    own->numeric = copy_array(doc, table->numeric, table->column_count, sizeof *table->numeric);
    own->total = copy_array(doc, table->total, table->row_count, sizeof *table->total);
    if (heads == NULL || cells == NULL)
        return;
    own->caption = copy(doc, table->caption);
    for (size_t i = 0; i < table->column_count; i++)
        heads[i] = copy(doc, table->heads[i]);
    for (size_t i = 0; i < cell_count; i++) {
        cells[i].text = copy(doc, cells[i].text);
        cells[i].spoken = copy_if(doc, cells[i].spoken);
    }
    own->heads = heads;
    own->cells = cells;
    block->table = own;
    doc->table_count++;
}

static const struct chart *copy_chart(struct doc *doc, const struct chart *chart)
{
    struct chart *own = copy_array(doc, chart, 1, sizeof *own);
    struct chart_datum *data = copy_array(doc, chart->data, chart->count, sizeof *data);
    const char **labels = copy_array(doc, NULL, chart->part_count, sizeof *labels);
    if (own == NULL || data == NULL || labels == NULL)
        return NULL;
    for (size_t i = 0; i < chart->count; i++) {
        data[i].label = copy_if(doc, data[i].label);
        data[i].text = copy_if(doc, data[i].text);
        data[i].reference_text = copy_if(doc, data[i].reference_text);
        if (data[i].parts != NULL)
            data[i].parts = copy_array(doc, data[i].parts, chart->part_count, sizeof *data[i].parts);
    }
    for (size_t i = 0; i < chart->part_count && chart->part_labels != NULL; i++)
        labels[i] = copy_if(doc, chart->part_labels[i]);
    own->data = data;
    own->part_labels = chart->part_labels == NULL ? NULL : labels;
    own->key_value = copy_if(doc, chart->key_value);
    own->key_reference = copy_if(doc, chart->key_reference);
    own->axis = copy_if(doc, chart->axis);
    return own;
}

void doc_figure(struct doc *doc, const char *caption, const char *alternative, const struct chart *chart, bool half)
{
    if (chart == NULL || chart->count == 0)
        stick(doc, STATUS_INPUT);
    struct doc_block *block = add(doc, DOC_FIGURE);
    struct doc_figure *own = block == NULL ? NULL : copy_array(doc, NULL, 1, sizeof *own);
    if (own == NULL)
        return;
    own->caption = copy(doc, caption);
    own->alternative = copy(doc, alternative);
    own->chart = copy_chart(doc, chart);
    own->half = half;
    own->name = "figure";
    block->figure = own;
    doc->figure_count++;
}

void doc_figure_about(struct doc *doc, const char *name, const char *base)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_";
    const struct doc_figure *before = doc->last == NULL ? NULL : doc->last->figure;
    struct doc_figure *own = before == NULL ? NULL : copy_array(doc, before, 1, sizeof *own);
    if (before == NULL || strspn(name, allowed) != strlen(name))
        stick(doc, STATUS_INPUT);
    if (own == NULL)
        return;
    own->name = copy(doc, name);
    own->base = copy_if(doc, base);
    doc->last->figure = own;
}

void doc_break(struct doc *doc)
{
    (void)add(doc, DOC_BREAK);
}

void doc_contents(struct doc *doc, enum doc_listed listed)
{
    struct doc_block *block = add(doc, DOC_CONTENTS);
    if (block != NULL)
        block->listed = listed;
}

bool doc_lists(const struct doc_block *block, enum doc_listed listed)
{
    switch (listed) {
    case LISTED_HEADINGS: return block->kind == DOC_HEADING && block->level <= 2;
    case LISTED_FIGURES: return block->kind == DOC_FIGURE;
    case LISTED_TABLES: return block->kind == DOC_TABLE;
    case LISTED_KINDS: break;
    }
    return false;
}

/* A pair of asterisks without its partner is printed as it is. */
bool doc_next_run(const char **rest, struct doc_run *run)
{
    const char *text = *rest;
    if (*text == '\0')
        return false;
    const char *open = strstr(text, "**");
    const char *close = open == NULL ? NULL : strstr(open + 2, "**");
    if (open == text && close != NULL && close > open + 2) {
        *run = (struct doc_run){ open + 2, (size_t)(close - open - 2), true };
        *rest = close + 2;
        return true;
    }
    bool plain = open == NULL || close == NULL || close == open + 2;
    size_t length = plain ? strlen(text) : (size_t)(open - text);
    *run = (struct doc_run){ text, length, false };
    *rest = text + length;
    return true;
}

const char *doc_caption(const struct doc *doc, bool figure, size_t number, const char *caption)
{
    const char *text = figure ? arena_format(doc->arena, tr(doc->language, "Figure %zu: %s"), number, caption)
                              : arena_format(doc->arena, tr(doc->language, "Table %zu: %s"), number, caption);
    return text == NULL ? caption : text;
}

enum status doc_status(const struct doc *doc, struct fail *fail)
{
    if (doc->status == STATUS_MEMORY || doc->arena->failed)
        return FAIL(fail, STATUS_MEMORY, "the report needs more memory than it may use");
    if (doc->status != STATUS_OK)
        return FAIL(fail, doc->status,
                    "the report has an empty text, an empty table or figure, or a heading that skips a level");
    return STATUS_OK;
}
