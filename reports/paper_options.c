/* Options with their boxes: to cross, or to write a place into (ranking). A text that goes with an option stands below it,
 * with a line to write on. */
#include <math.h>

#include "forms/paper_order.h"
#include "forms/qtype.h"
#include "reports/paper_question.h"

static const double box_radius = MILLIMETRE(2.2);
static const double box_room = MILLIMETRE(7.6); /* from the left edge of a box to its text */
static const double place_room = MILLIMETRE(9.2);
static const double column_gap = MILLIMETRE(5.0);
static const double row_pitch = 16.0; /* one line of an option */
static const double place_pitch = MILLIMETRE(8.6);

static const struct digits place = { .whole = 1 };
static const struct digits places = { .whole = 2 };

static const struct digits *place_of(const struct question *question)
{
    return question->item->option_count < 10 ? &place : &places;
}

/* From the left edge of a box to its text. */
static double room_of(const struct question *question)
{
    return question->type->box != BOX_PLACE ? box_room : place_room - digits_width(&place) + digits_width(place_of(question));
}

static double pitch_of(const struct question *question)
{
    return question->type->box == BOX_PLACE ? place_pitch : row_pitch;
}

static double label_width(struct questionnaire *paper, const struct question *question, size_t option)
{
    const char *label = question_text(paper, &question->item->options[option].label);
    return room_of(question) + pdf_text_width(&paper->sheet.press.texts, &style_answer, label) + 0.1;
}

/* Columns as wide as their labels; true when they fit side by side. */
static bool try_columns(struct questionnaire *paper, struct question *question, size_t columns, bool equal)
{
    const struct item *item = question->item;
    const double room = FORM_WIDTH - FORM_INDENT;
    const size_t rows = (item->option_count + columns - 1) / columns;
    double widths[QUESTION_COLUMNS_MAX] = { 0.0 };
    double sum = 0.0;
    double widest = 0.0;
    for (size_t i = 0; i < item->option_count; i++)
        widths[i / rows] = fmax(widths[i / rows], label_width(paper, question, i));
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
    for (size_t i = 0; i < count; i++)
        if (question->write_ins[i] != NULL) {
            try_columns(paper, question, 1, true); /* lines to write on need the width */
            return;
        }
    if (try_columns(paper, question, 3, true) || (count > 8 && try_columns(paper, question, 3, false)) ||
        try_columns(paper, question, 2, true) || (count > 3 && try_columns(paper, question, 2, false)))
        return;
    try_columns(paper, question, 1, true);
}

static double write_in_height(const struct question *question, size_t option)
{
    if (question->write_ins[option] == NULL)
        return 0.0;
    return QUESTION_WRITE + style_remark.leading * (double)(question->write_in_labels[option].line_count - 1);
}

/* The text's own words stand before its line; none when they only repeat the option. */
static struct layout lay_write_in(struct questionnaire *paper, const struct question *question, size_t option)
{
    const char *own = question_text(paper, &question->write_ins[option]->label);
    return sheet_layout(&paper->sheet.press, &style_remark, own,
                        (FORM_WIDTH - FORM_INDENT - room_of(question)) / 2.0);
}

static bool take_memory(struct press *press, struct question *question)
{
    const size_t count = question->item->option_count + 1;
    question->labels = ARENA_NEW(&press->arena, struct layout, count);
    question->write_ins = ARENA_NEW(&press->arena, const struct item *, count);
    question->write_in_labels = ARENA_NEW(&press->arena, struct layout, count);
    question->heights = ARENA_NEW(&press->arena, double, count);
    if (question->labels != NULL && question->write_ins != NULL && question->write_in_labels != NULL &&
        question->heights != NULL)
        return true;
    question_memory(press);
    return false;
}

static void find_write_ins(struct questionnaire *paper, struct question *question)
{
    bool found = false;
    for (size_t i = 0; i < question->item->option_count; i++) {
        question->write_ins[i] = paper_write_in(paper->form, question->item, i);
        if (question->write_ins[i] == NULL)
            continue;
        question->write_in_labels[i] = lay_write_in(paper, question, i);
        found = true;
    }
    if (found)
        question_part(paper, question, &style_remark, NULL,
                      tr(paper->sheet.wave->language, N_("Please write in capitals and do not name anybody.")));
}

void options_measure(struct questionnaire *paper, struct question *question)
{
    struct press *press = &paper->sheet.press;
    const struct item *item = question->item;
    if (item->options_from != NULL && paper->sheet.wave->wave == NULL)
        question_part(paper, question, &style_remark, NULL,
                      tr(paper->sheet.wave->language, N_("The city's own list stands here once the survey is frozen.")));
    if (!take_memory(press, question))
        return;
    find_write_ins(paper, question);
    share_columns(paper, question);
    for (size_t i = 0; i < item->option_count; i++) {
        question->labels[i] = sheet_layout(press, &style_answer, question_text(paper, &item->options[i].label),
                                           question->width[i / question->rows] - room_of(question));
        double height = pitch_of(question) + (double)(question->labels[i].line_count - 1) * style_answer.leading +
                        write_in_height(question, i);
        double *row = &question->heights[i % question->rows];
        *row = fmax(*row, height);
    }
    for (size_t row = 0; row < question->rows; row++) {
        question->height += question->heights[row];
        if (question->heights[row] > press->limit - press->top && press->status == STATUS_OK)
            press->status = FAIL(press->fail, STATUS_LIMIT, "question %u is longer than a page: shorten it",
                                 paper_number(paper->form, item));
    }
}

static void set_write_in(struct questionnaire *paper, const struct question *question, struct pdf_tag *parent,
                         size_t option, double x, double top)
{
    struct press *press = &paper->sheet.press;
    const struct layout *label = &question->write_in_labels[option];
    const double bottom = top + write_in_height(question, option) - MILLIMETRE(2.4);
    pdf_mark(&press->canvas, question_tag(paper, parent, "LBody", &question->write_ins[option]->label));
    pdf_draw_lines(&press->canvas, x, bottom - style_remark.leading * (double)(label->line_count - 1), &style_remark,
                   label->first, label->line_count, MARK_LEFT, 0.0, true);
    pdf_mark_end(&press->canvas);
    pdf_artifact(&press->canvas, "/Type/Layout");
    pdf_draw_rule(&press->canvas, x + (label->width > 0.0 ? label->width + 4.0 : 0.0), FORM_LEFT + FORM_WIDTH,
                  bottom + 1.6, 0.5, 0x8C8C8C);
    pdf_mark_end(&press->canvas);
}

static void set_box(struct questionnaire *paper, const struct question *question, struct pdf_tag *item, size_t option,
                    double x, double y)
{
    if (question->type->box == BOX_PLACE) {
        digits_draw(paper, place_of(question), x, y + (pitch_of(question) - DIGITS_HEIGHT) / 2.0);
        return;
    }
    question_box(paper, pdf_tag_new(&paper->sheet.press.tags, item, "Lbl"), question->type->box == BOX_SQUARE,
                 paper_option_number(question->item, option), x + box_radius, y + row_pitch / 2.0);
}

static void set_option(struct questionnaire *paper, const struct question *question, struct pdf_tag *list,
                       size_t option, double x, double y)
{
    struct press *press = &paper->sheet.press;
    const struct layout *label = &question->labels[option];
    struct pdf_tag *item = pdf_tag_new(&press->tags, list, "LI");
    const double pitch = pitch_of(question);
    set_box(paper, question, item, option, x, y);
    pdf_mark(&press->canvas, question_tag(paper, item, "LBody", &question->item->options[option].label));
    pdf_draw_lines(&press->canvas, x + room_of(question),
                   press_baseline(&style_answer, y + (pitch - style_answer.leading) / 2.0), &style_answer, label->first,
                   label->line_count, MARK_LEFT, 0.0, true);
    pdf_mark_end(&press->canvas);
    if (question->write_ins[option] != NULL)
        set_write_in(paper, question, item, option, x + room_of(question),
                     y + pitch + style_answer.leading * (double)(label->line_count - 1));
}

/* Column after column on one page; row after row only where a page ends between them. */
void options_set(struct questionnaire *paper, const struct question *question)
{
    struct press *press = &paper->sheet.press;
    struct pdf_tag *list = pdf_tag_new(&press->tags, paper->section, "L");
    if (list != NULL && question->type->box != BOX_PLACE)
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
