/* Statements with the same answers as one table: statements as rows, answers as columns, a box in every cell. The head
 * is repeated on every page that the table goes on to. */
#include <math.h>
#include <stdio.h>

#include "forms/paper_order.h"
#include "forms/qtype.h"
#include "reports/paper_question.h"

enum { COLUMN_MAX = 11, WHOLE_ROWS = 6, START_ROWS = 3 }; /* a small table is never parted */

static const double statement_least = MILLIMETRE(60.0);
static const double column_least = MILLIMETRE(13.4);
static const double column_most = MILLIMETRE(18.0);
static const double missing_gap = MILLIMETRE(4.0); /* before "cannot judge" */
static const double statement_gap = MILLIMETRE(4.0);
static const double row_least = 22.0;
static const double row_padding = 7.6;
static const double head_below = 5.0;

static const struct pdf_style style_head = { PDF_SEMIBOLD, PDF_BOLD, 7.8, 9.6, INK, false };
static const struct pdf_style style_number = { PDF_BOLD, PDF_BOLD, 9.2, 12.0, BLUE, true };

struct matrix {
    struct questionnaire *paper;
    const struct page *page;
    const struct item *widest; /* its options are the columns */
    double statement;          /* width */
    double centres[COLUMN_MAX], column;
    struct layout heads[COLUMN_MAX];
    double head_height;
};

struct row {
    const struct item *item;
    struct layout statement, condition;
    bool conditional;
    double height;
};

static const struct item *find_widest(const struct form *form, const struct page *page)
{
    const struct item *found = NULL;
    for (size_t i = 0; i < page->item_count; i++) {
        const struct item *item = &form->items[page->item_first + i];
        if (paper_printed(item) && (found == NULL || item->option_count > found->option_count))
            found = item;
    }
    return found;
}

/* Notes, texts and numbers have no columns. */
static bool all_crossed(const struct form *form, const struct page *page)
{
    for (size_t i = 0; i < page->item_count; i++) {
        const struct item *item = &form->items[page->item_first + i];
        if (paper_printed(item) && item->type->kind != QTYPE_CHOICE && item->type->kind != QTYPE_SET)
            return false;
    }
    return true;
}

static bool prepare(struct questionnaire *paper, const struct page *page, struct matrix *matrix)
{
    struct press *press = &paper->sheet.press;
    const struct item *widest = find_widest(paper->form, page);
    *matrix = (struct matrix){ .paper = paper, .page = page, .widest = widest };
    if (!all_crossed(paper->form, page) || widest == NULL || widest->option_count == 0 || widest->option_count > COLUMN_MAX)
        return false;
    double column = column_least;
    double gap = 0.0;
    for (size_t i = 0; i < widest->option_count; i++) {
        column = fmax(column, press_widest(press, &style_head, question_text(paper, &widest->options[i].label)) + 5.0);
        gap += widest->options[i].missing && i > 0 && !widest->options[i - 1].missing ? missing_gap : 0.0;
    }
    const double all = FORM_WIDTH - FORM_INDENT - statement_gap;
    matrix->column = fmin(column, column_most);
    double columns = matrix->column * (double)widest->option_count + gap;
    if (all - columns < statement_least)
        return false;
    matrix->statement = all - columns;
    double x = FORM_LEFT + FORM_WIDTH - columns;
    size_t lines = 1;
    for (size_t i = 0; i < widest->option_count; i++) {
        x += widest->options[i].missing && i > 0 && !widest->options[i - 1].missing ? missing_gap : 0.0;
        matrix->centres[i] = x + matrix->column / 2.0;
        x += matrix->column;
        const char *label = question_text(paper, &widest->options[i].label);
        matrix->heads[i] = column > column_most ? press_layout(press, &style_head, label, matrix->column - 3.0, true)
                                                : press_balanced(press, &style_head, label, matrix->column - 3.0);
        lines = matrix->heads[i].line_count > lines ? matrix->heads[i].line_count : lines;
    }
    matrix->head_height = (double)lines * style_head.leading + head_below;
    return lines <= 8;
}

static struct row measure_row(const struct matrix *matrix, const struct item *item)
{
    struct questionnaire *paper = matrix->paper;
    struct press *press = &paper->sheet.press;
    struct row row = { .item = item };
    row.statement = sheet_layout(press, &style_answer, question_text(paper, &item->label), matrix->statement);
    row.height = (double)row.statement.line_count * style_answer.leading;
    const char *condition = question_condition(paper, item);
    if (condition != NULL) {
        row.conditional = true;
        row.condition = sheet_layout(press, &style_remark, condition, matrix->statement);
        row.height += (double)row.condition.line_count * style_remark.leading;
    }
    row.height = fmax(row.height + row_padding, row_least);
    return row;
}

static void draw_rule(struct press *press, double width, uint32_t colour)
{
    pdf_artifact(&press->canvas, "/Type/Layout");
    pdf_draw_rule(&press->canvas, FORM_LEFT, FORM_LEFT + FORM_WIDTH, press->y, width, colour);
    pdf_mark_end(&press->canvas);
}

static struct pdf_tag *head_cell(struct press *press, struct pdf_tag *tag)
{
    if (tag != NULL)
        tag->attributes = "/O/Table/Scope/Column";
    pdf_mark(&press->canvas, tag);
    return tag;
}

/* Lines in the middle of a column: each by its own width. */
static void draw_middle(struct press *press, const struct layout *layout, double centre, double top)
{
    double y = press_baseline(&style_head, top);
    size_t left = layout->line_count;
    for (const struct layout_line *line = layout->first; line != NULL && left > 0; line = line->next, left--) {
        pdf_draw_lines(&press->canvas, centre - line->width / 2.0, y, &style_head, line, 1, MARK_LEFT, 0.0, left == 1);
        y += style_head.leading;
    }
}

/* row NULL: repeated for the eye. */
static void draw_head(const struct matrix *matrix, struct pdf_tag *row)
{
    struct questionnaire *paper = matrix->paper;
    struct press *press = &paper->sheet.press;
    const char *corner = tr(paper->sheet.wave->language, N_("Statement"));
    const double bottom = press->y + matrix->head_height - head_below;
    if (row == NULL)
        pdf_artifact(&press->canvas, "/Type/Pagination");
    else
        head_cell(press, pdf_tag_new(&press->tags, row, "TH"));
    pdf_draw_text(&press->canvas, FORM_LEFT + FORM_INDENT, press_baseline(&style_head, bottom - style_head.leading),
                  &style_head, corner, MARK_LEFT);
    if (row != NULL)
        pdf_mark_end(&press->canvas);
    for (size_t i = 0; i < matrix->widest->option_count; i++) {
        const struct layout *head = &matrix->heads[i];
        if (row != NULL)
            head_cell(press, question_tag(paper, row, "TH", &matrix->widest->options[i].label));
        draw_middle(press, head, matrix->centres[i], bottom - (double)head->line_count * style_head.leading);
        if (row != NULL)
            pdf_mark_end(&press->canvas);
    }
    if (row == NULL)
        pdf_mark_end(&press->canvas);
    press->y += matrix->head_height;
    draw_rule(press, 0.7, INK);
}

static void draw_statement(const struct matrix *matrix, const struct row *row, struct pdf_tag *tag)
{
    struct questionnaire *paper = matrix->paper;
    struct press *press = &paper->sheet.press;
    struct pdf_tag *cell = question_tag(paper, tag, "TH", &row->item->label);
    char number[16];
    snprintf(number, sizeof number, "%u", paper_number(paper->form, row->item));
    double text = (double)row->statement.line_count * style_answer.leading +
                  (double)row->condition.line_count * style_remark.leading;
    double top = press->y + (row->height - text) / 2.0;
    if (cell != NULL)
        cell->attributes = "/O/Table/Scope/Row";
    pdf_mark(&press->canvas, cell);
    pdf_draw_word(&press->canvas, FORM_LEFT, press_baseline(&style_number, top), &style_number, number, MARK_LEFT);
    pdf_draw_lines(&press->canvas, FORM_LEFT + FORM_INDENT, press_baseline(&style_answer, top), &style_answer,
                   row->statement.first, row->statement.line_count, MARK_LEFT, 0.0, !row->conditional);
    if (row->conditional)
        pdf_draw_lines(&press->canvas, FORM_LEFT + FORM_INDENT,
                       press_baseline(&style_remark, top + (double)row->statement.line_count * style_answer.leading),
                       &style_remark, row->condition.first, row->condition.line_count, MARK_LEFT, 0.0, true);
    pdf_mark_end(&press->canvas);
}

static void draw_row(const struct matrix *matrix, const struct row *row, struct pdf_tag *body)
{
    struct questionnaire *paper = matrix->paper;
    struct press *press = &paper->sheet.press;
    struct pdf_tag *tag = pdf_tag_new(&press->tags, body, "TR");
    const double middle = press->y + row->height / 2.0;
    draw_statement(matrix, row, tag);
    for (size_t i = 0; i < matrix->widest->option_count; i++) {
        struct pdf_tag *cell = pdf_tag_new(&press->tags, tag, "TD");
        if (i < row->item->option_count) {
            question_box(paper, cell, row->item->type->kind == QTYPE_SET, paper_option_number(row->item, i), matrix->centres[i],
                         middle);
            continue;
        }
        pdf_mark(&press->canvas, cell); /* this answer is not offered here */
        pdf_draw_text(&press->canvas, matrix->centres[i], middle + 3.0, &style_remark, "–", MARK_MIDDLE);
        pdf_mark_end(&press->canvas);
    }
    press->y += row->height;
}

bool matrix_fits(struct questionnaire *paper, const struct page *page)
{
    struct matrix matrix;
    return page->matrix && prepare(paper, page, &matrix);
}

double matrix_start(struct questionnaire *paper, const struct page *page)
{
    struct matrix matrix;
    if (!prepare(paper, page, &matrix))
        return 0.0;
    double height = matrix.head_height;
    size_t count = 0;
    const size_t together = page->item_count <= WHOLE_ROWS ? WHOLE_ROWS : START_ROWS;
    for (size_t i = 0; i < page->item_count && count < together; i++) {
        const struct item *item = &paper->form->items[page->item_first + i];
        if (!paper_printed(item))
            continue;
        height += measure_row(&matrix, item).height;
        count++;
    }
    return height;
}

static double rest_height(const struct matrix *matrix, size_t from)
{
    double height = 0.0;
    for (size_t i = from; i < matrix->page->item_count && i < from + 2; i++) {
        const struct item *item = &matrix->paper->form->items[matrix->page->item_first + i];
        height += !paper_printed(item) ? 0.0 : measure_row(matrix, item).height;
    }
    return from + 2 < matrix->page->item_count ? 0.0 : height;
}

void matrix_set(struct questionnaire *paper, const struct page *page)
{
    struct press *press = &paper->sheet.press;
    struct matrix matrix;
    if (!prepare(paper, page, &matrix) || press->status != STATUS_OK)
        return;
    struct pdf_tag *table = pdf_tag_new(&press->tags, paper->section, "Table");
    struct pdf_tag *head = pdf_tag_new(&press->tags, table, "THead");
    draw_head(&matrix, pdf_tag_new(&press->tags, head, "TR"));
    struct pdf_tag *body = pdf_tag_new(&press->tags, table, "TBody");
    bool first = true;
    for (size_t i = 0; i < page->item_count && press->status == STATUS_OK; i++) {
        const struct item *item = &paper->form->items[page->item_first + i];
        if (!paper_printed(item))
            continue;
        struct row row = measure_row(&matrix, item);
        if (press->top + matrix.head_height + row.height > press->limit) {
            press->status = FAIL(press->fail, STATUS_LIMIT, "question %u is longer than a page: shorten it",
                                 paper_number(paper->form, item));
            return;
        }
        /* The last two statements stay together. */
        if (!first && press->y + fmax(row.height, rest_height(&matrix, i)) > press->limit + 0.1 &&
            press->y > press->top + matrix.head_height + 1.0) {
            press_page(press);
            draw_head(&matrix, NULL);
        }
        draw_row(&matrix, &row, body);
        draw_rule(press, 0.35, 0xBFBFBF);
        first = false;
    }
}
