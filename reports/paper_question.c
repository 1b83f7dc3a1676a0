/* Questions with their boxes. A question stands together; only one that is higher than a page is parted, between two
 * options. */
#include "reports/paper_question.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "forms/paper_order.h"
#include "forms/qtype.h"
#include "forms/render.h"

enum { PARTS_MAX = 6, COLUMNS_MAX = 3, WRITE_LINES = 6 };

static const double box_radius = MILLIMETRE(2.2); /* 4.4 mm from edge to edge */
static const double box_room = MILLIMETRE(7.6);   /* from the left edge of a box to its text */
static const double column_gap = MILLIMETRE(5.0);
static const double row_pitch = 16.0; /* one line of an option */
static const double write_pitch = MILLIMETRE(9.0);
static const double below_text = 4.0; /* between the question and its boxes */

const struct pdf_style style_answer = { PDF_REGULAR, PDF_SEMIBOLD, 9.2, 12.0, INK, false };
const struct pdf_style style_remark = { PDF_ITALIC, PDF_SEMIBOLD, 8.6, 11.6, GREY, false };
static const struct pdf_style style_question = { PDF_SEMIBOLD, PDF_BOLD, 9.6, 12.8, INK, false };
const struct pdf_style style_only_if = { PDF_ITALIC, PDF_SEMIBOLD, 8.8, 11.8, BLUE, false };
static const struct pdf_style style_box = { PDF_REGULAR, PDF_REGULAR, 6.4, 8.0, 0x767676, true };

struct part {
    const struct pdf_style *style;
    const struct text *text; /* NULL: not a text of the form */
    struct layout layout;
};

struct question {
    const struct item *item;
    const struct paper_type *type;
    struct part parts[PARTS_MAX];
    size_t part_count;
    double head; /* height of the parts */
    size_t columns, rows;
    double left[COLUMNS_MAX], width[COLUMNS_MAX]; /* of the columns, from the indent */
    struct layout *labels;                        /* by option */
    double *heights;                              /* by row */
    double height;
};

struct paper_type {
    const char *id; /* of forms/qtypes.def */
    bool square;    /* several may be crossed */
    void (*measure)(struct questionnaire *paper, struct question *question);
    void (*set)(struct questionnaire *paper, const struct question *question);
};

const char *question_text(const struct questionnaire *paper, const struct text *text)
{
    return form_text(paper->form, text, paper->language);
}

struct pdf_tag *question_tag(struct questionnaire *paper, struct pdf_tag *parent, const char *type,
                             const struct text *text)
{
    struct pdf_tag *tag = pdf_tag_new(&paper->sheet.press.tags, parent, type);
    if (tag == NULL || text == NULL)
        return tag;
    const char *language = form_text_language(paper->form, text, paper->language);
    if (strcmp(language, language_code(paper->sheet.doc.language)) != 0)
        tag->language = language;
    return tag;
}

void question_box(struct questionnaire *paper, struct pdf_tag *tag, bool square, unsigned number, double x, double y)
{
    struct pdf_canvas *canvas = &paper->sheet.press.canvas;
    const struct mark mark = { .kind = square ? MARK_RECT : MARK_RING,
                               .colour = 0x404040,
                               .stroke = 0.8,
                               .x = square ? x - box_radius : x,
                               .y = square ? y - box_radius : y,
                               .width = square ? 2.0 * box_radius : box_radius,
                               .height = 2.0 * box_radius };
    const struct drawing drawing = { .marks = &mark, .count = 1 };
    pdf_artifact(canvas, "/Type/Layout");
    pdf_draw_marks(canvas, &drawing, 0.0, 0.0);
    pdf_mark_end(canvas);
    char text[16];
    snprintf(text, sizeof text, "%u", number);
    pdf_mark(canvas, tag);
    pdf_draw_text(canvas, x, y + 2.3, &style_box, text, MARK_MIDDLE);
    pdf_mark_end(canvas);
}

static void add_part(struct questionnaire *paper, struct question *question, const struct pdf_style *style,
                     const struct text *own, const char *text)
{
    if (text == NULL || *text == '\0' || question->part_count == PARTS_MAX)
        return;
    struct part *part = &question->parts[question->part_count++];
    *part = (struct part){ style, own, sheet_layout(&paper->sheet.press, style, text, FORM_WIDTH - FORM_INDENT) };
    question->head += style->leading * (double)part->layout.line_count;
}

/* How many boxes, and that a sensitive question can be left out: one line. */
static const char *item_note(const struct questionnaire *paper, const struct item *item)
{
    const struct language *language = paper->sheet.wave->language;
    struct arena *arena = paper->sheet.doc.arena;
    const char *several = NULL;
    if (item->type->kind == QTYPE_SET && item->choose_max == 0)
        several = tr(language, N_("You can cross several boxes."));
    else if (item->type->kind == QTYPE_SET)
        several = arena_format(
            arena,
            tr_plural(language, "Please cross at most %u box.", "Please cross at most %u boxes.", item->choose_max),
            item->choose_max);
    if (!item->sensitive)
        return several;
    const char *skip = tr(language, N_("You can skip this question."));
    return several == NULL ? skip : arena_format(arena, "%s %s", several, skip);
}

static double label_width(struct questionnaire *paper, const struct item *item, size_t option)
{
    const char *label = question_text(paper, &item->options[option].label);
    return box_room + pdf_text_width(&paper->sheet.press.texts, &style_answer, label) + 0.1;
}

/* Columns as wide as their labels; true when they fit side by side. */
static bool try_columns(struct questionnaire *paper, struct question *question, size_t columns, bool equal)
{
    const struct item *item = question->item;
    const double room = FORM_WIDTH - FORM_INDENT;
    const size_t rows = (item->option_count + columns - 1) / columns;
    double widths[COLUMNS_MAX] = { 0.0 };
    double sum = 0.0;
    double widest = 0.0;
    for (size_t i = 0; i < item->option_count; i++)
        widths[i / rows] = fmax(widths[i / rows], label_width(paper, item, i));
    for (size_t i = 0; i < columns; i++) {
        sum += widths[i];
        widest = fmax(widest, widths[i]);
    }
    const double share = (room - column_gap * (double)(columns - 1)) / (double)columns;
    const double spare = columns < 2 ? 0.0 : (room - sum) / (double)(columns - 1);
    question->columns = columns;
    question->rows = rows;
    double x = 0.0;
    for (size_t i = 0; i < columns; i++) {
        question->left[i] = equal ? (double)i * (share + column_gap) : x;
        question->width[i] = equal ? share : widths[i];
        x += widths[i] + spare;
    }
    return item->option_count >= columns && (equal ? widest <= share : spare >= column_gap);
}

/* Equal columns, as many as leave every label on one line, so that questions stand on one grid; for longer lists
 * columns as wide as they need; else one. */
static void share_columns(struct questionnaire *paper, struct question *question)
{
    const size_t count = question->item->option_count;
    if (try_columns(paper, question, 3, true) || (count > 8 && try_columns(paper, question, 3, false)) ||
        try_columns(paper, question, 2, true) || (count > 3 && try_columns(paper, question, 2, false)))
        return;
    try_columns(paper, question, 1, true);
}

static void measure_options(struct questionnaire *paper, struct question *question)
{
    struct press *press = &paper->sheet.press;
    const struct item *item = question->item;
    if (item->options_from != NULL && paper->sheet.wave->wave == NULL)
        add_part(paper, question, &style_remark, NULL,
                 tr(paper->sheet.wave->language, N_("The city's own list stands here once the survey is frozen.")));
    share_columns(paper, question);
    question->labels = ARENA_NEW(&press->arena, struct layout, item->option_count + 1);
    question->heights = ARENA_NEW(&press->arena, double, question->rows + 1);
    if (question->labels == NULL || question->heights == NULL) {
        press->status = FAIL(press->fail, STATUS_MEMORY, "the report needs more memory than it may use");
        return;
    }
    for (size_t i = 0; i < item->option_count; i++) {
        question->labels[i] = sheet_layout(press, &style_answer, question_text(paper, &item->options[i].label),
                                           question->width[i / question->rows] - box_room);
        double height = row_pitch + (double)(question->labels[i].line_count - 1) * style_answer.leading;
        double *row = &question->heights[i % question->rows];
        *row = fmax(*row, height);
    }
    question->height = question->head + below_text;
    for (size_t row = 0; row < question->rows; row++) {
        question->height += question->heights[row];
        if (question->heights[row] > press->limit - press->top && press->status == STATUS_OK)
            press->status = FAIL(press->fail, STATUS_LIMIT, "question %u is longer than a page: shorten it",
                                 paper_number(paper->form, item));
    }
}

static void set_option(struct questionnaire *paper, const struct question *question, struct pdf_tag *list,
                       size_t option, double x, double y)
{
    struct press *press = &paper->sheet.press;
    const struct layout *label = &question->labels[option];
    struct pdf_tag *item = pdf_tag_new(&press->tags, list, "LI");
    question_box(paper, pdf_tag_new(&press->tags, item, "Lbl"), question->type->square, paper_option_number(option),
                 x + box_radius, y + row_pitch / 2.0);
    pdf_mark(&press->canvas, question_tag(paper, item, "LBody", &question->item->options[option].label));
    pdf_draw_lines(&press->canvas, x + box_room,
                   press_baseline(&style_answer, y + (row_pitch - style_answer.leading) / 2.0), &style_answer,
                   label->first, label->line_count, MARK_LEFT, 0.0, true);
    pdf_mark_end(&press->canvas);
}

/* Column after column on one page; row after row only where a page ends between them. */
static void set_options(struct questionnaire *paper, const struct question *question)
{
    struct press *press = &paper->sheet.press;
    struct pdf_tag *list = pdf_tag_new(&press->tags, paper->section, "L");
    if (list != NULL)
        list->attributes = "/O/List/ListNumbering/Decimal";
    const size_t count = question->item->option_count;
    for (size_t row = 0; row < question->rows && press->status == STATUS_OK;) {
        size_t end = row;
        double bottom = press->y;
        while (end < question->rows && (end == row || bottom + question->heights[end] <= press->limit + 0.1))
            bottom += question->heights[end++];
        for (size_t column = 0; column < question->columns; column++) {
            double x = FORM_LEFT + FORM_INDENT + question->left[column];
            double y = press->y;
            for (size_t i = row; i < end; y += question->heights[i++])
                if (column * question->rows + i < count)
                    set_option(paper, question, list, column * question->rows + i, x, y);
        }
        press->y = bottom;
        row = end;
        if (row < question->rows)
            press_page(press);
    }
}

static void measure_lines(struct questionnaire *paper, struct question *question)
{
    add_part(paper, question, &style_remark, NULL,
             tr(paper->sheet.wave->language, N_("Please write in capitals and do not name anybody.")));
    question->rows = WRITE_LINES;
    question->height = question->head + below_text + write_pitch * WRITE_LINES;
}

static void set_lines(struct questionnaire *paper, const struct question *question)
{
    struct press *press = &paper->sheet.press;
    pdf_artifact(&press->canvas, "/Type/Layout");
    for (size_t i = 0; i < question->rows; i++) {
        press->y += write_pitch;
        pdf_draw_rule(&press->canvas, FORM_LEFT + FORM_INDENT, FORM_LEFT + FORM_WIDTH, press->y, 0.5, 0x8C8C8C);
    }
    pdf_mark_end(&press->canvas);
}

/* One row a type; types of the same kind share functions. A type without a row is set as its kind asks. */
static const struct paper_type types[] = {
    { "single", false, measure_options, set_options },  { "scale", false, measure_options, set_options },
    { "multiple", true, measure_options, set_options }, { "situation", false, measure_options, set_options },
    { "text", false, measure_lines, set_lines },
};

static const struct paper_type by_kind[] = {
    [QTYPE_CHOICE] = { "choice", false, measure_options, set_options },
    [QTYPE_SET] = { "set", true, measure_options, set_options },
    [QTYPE_TEXT] = { "lines", false, measure_lines, set_lines },
    [QTYPE_NUMBER] = { "number", false, measure_lines, set_lines },
    [QTYPE_DATE] = { "date", false, measure_lines, set_lines },
    [QTYPE_ORDER] = { "order", true, measure_options, set_options },
    [QTYPE_AMOUNTS] = { "amounts", true, measure_options, set_options },
    [QTYPE_NONE] = { "none", false, measure_lines, set_lines },
};

static const struct paper_type *find_type(const struct item *item)
{
    for (size_t i = 0; i < COUNT(types); i++)
        if (strcmp(types[i].id, item->type->id) == 0)
            return &types[i];
    return &by_kind[item->type->kind];
}

const struct question *question_measure(struct questionnaire *paper, const struct item *item)
{
    struct press *press = &paper->sheet.press;
    struct question *question = ARENA_NEW(&press->arena, struct question, 1);
    if (question == NULL || press->status != STATUS_OK) {
        if (press->status == STATUS_OK)
            press->status = FAIL(press->fail, STATUS_MEMORY, "the report needs more memory than it may use");
        return NULL;
    }
    *question = (struct question){ .item = item, .type = find_type(item) };
    add_part(paper, question, &style_question, &item->label, question_text(paper, &item->label));
    add_part(paper, question, &style_only_if, NULL, question_condition(paper, item));
    add_part(paper, question, &style_remark, &item->hint, question_text(paper, &item->hint));
    add_part(paper, question, &style_remark, NULL, item_note(paper, item));
    question->type->measure(paper, question);
    return press->status == STATUS_OK ? question : NULL;
}

double question_height(const struct question *question)
{
    return question == NULL ? 0.0 : question->height;
}

void question_set(struct questionnaire *paper, const struct question *question)
{
    struct press *press = &paper->sheet.press;
    if (question == NULL)
        return;
    char number[16];
    snprintf(number, sizeof number, "%u", paper_number(paper->form, question->item));
    for (size_t i = 0; i < question->part_count && press->status == STATUS_OK; i++) {
        const struct part *part = &question->parts[i];
        struct pdf_tag *tag = question_tag(paper, paper->section, i == 0 ? "H3" : "P", part->text);
        if (i == 0) {
            static const struct pdf_style style = { PDF_BOLD, PDF_BOLD, 9.6, 12.8, BLUE, true };
            pdf_mark(&press->canvas, tag);
            pdf_draw_word(&press->canvas, FORM_LEFT, press_baseline(&style, press->y), &style, number, MARK_LEFT);
            pdf_mark_end(&press->canvas);
        }
        press_lines(press, tag, FORM_LEFT + FORM_INDENT, part->style, &part->layout);
    }
    press->y += below_text;
    question->type->set(paper, question);
}
