/* Boxes and lines to write in: numbers, dates, amounts, free texts; and notes, which have none. */
#include <math.h>
#include <stdio.h>

#include "forms/measure.h"
#include "forms/paper_order.h"
#include "forms/qtype.h"
#include "reports/paper_question.h"

enum { WRITE_LINES = 6 };

#define FIELD_LEFT (FORM_LEFT + FORM_INDENT)
#define FIELD_WIDTH (FORM_WIDTH - FORM_INDENT)

static const double field_gap = MILLIMETRE(2.5); /* between boxes and the word beside them */
static const double amount_pitch = MILLIMETRE(8.6);
static const struct pdf_style style_total = { PDF_SEMIBOLD, PDF_BOLD, 9.2, 12.0, INK, true };

/* A text beside boxes, in the middle of their height; x is its left edge, or with MARK_RIGHT its right one. */
static void set_beside(struct questionnaire *paper, const struct text *own, const char *text, double x, double top)
{
    struct press *press = &paper->sheet.press;
    if (*text == '\0')
        return;
    pdf_mark(&press->canvas, question_tag(paper, paper->section, "P", own));
    pdf_draw_text(&press->canvas, x, top + DIGITS_HEIGHT / 2.0 + 3.3, &style_answer, text, MARK_LEFT);
    pdf_mark_end(&press->canvas);
}

static unsigned figures(int64_t number)
{
    unsigned count = 1;
    for (int64_t rest = number < 0 ? -number : number; rest >= 10; rest /= 10)
        count++;
    return count;
}

static struct digits digits_of(const struct item *item)
{
    const int64_t unit = decimal_units(item->decimals);
    const unsigned low = figures(item->min / unit);
    const unsigned high = figures(item->max / unit);
    return (struct digits){ .sign = item->min < 0, .whole = low > high ? low : high, .decimals = item->decimals };
}

void number_measure(struct questionnaire *paper, struct question *question)
{
    (void)paper;
    question->height += DIGITS_HEIGHT + 2.0;
}

void number_set(struct questionnaire *paper, const struct question *question)
{
    struct press *press = &paper->sheet.press;
    const struct digits digits = digits_of(question->item);
    digits_draw(paper, &digits, FIELD_LEFT, press->y);
    set_beside(paper, &question->item->unit, question_text(paper, &question->item->unit),
               FIELD_LEFT + digits_width(&digits) + field_gap, press->y);
    press->y += DIGITS_HEIGHT + 2.0;
}

void date_measure(struct questionnaire *paper, struct question *question)
{
    (void)paper;
    question->height += DIGITS_HEIGHT + 2.0;
}

/* "Month [][]  Year [][][][]" */
void date_set(struct questionnaire *paper, const struct question *question)
{
    struct press *press = &paper->sheet.press;
    const struct language *language = paper->sheet.wave->language;
    const enum date_grain grain = question->item->grain;
    const struct {
        const char *word;
        struct digits digits;
    } fields[] = {
        { grain == DATE_MONTH ? tr(language, N_("Month")) : tr(language, N_("Quarter (1 to 4)")),
          { .whole = grain == DATE_MONTH ? 2 : 1 } },
        { tr(language, N_("Year")), { .whole = 4 } },
    };
    double x = FIELD_LEFT;
    for (size_t i = grain == DATE_YEAR ? 1 : 0; i < COUNT(fields); i++) {
        set_beside(paper, NULL, fields[i].word, x, press->y);
        x += pdf_text_width(&press->texts, &style_answer, fields[i].word) + field_gap;
        digits_draw(paper, &fields[i].digits, x, press->y);
        x += digits_width(&fields[i].digits) + 3.0 * field_gap;
    }
    press->y += DIGITS_HEIGHT + 2.0;
}

static double amounts_room(const struct question *question)
{
    const struct digits digits = { .whole = figures(question->item->max) };
    return digits_width(&digits) + 2.0 * field_gap;
}

void amounts_measure(struct questionnaire *paper, struct question *question)
{
    struct press *press = &paper->sheet.press;
    const struct item *item = question->item;
    question->rows = item->option_count;
    question->labels = ARENA_NEW(&press->arena, struct layout, item->option_count + 1);
    question->heights = ARENA_NEW(&press->arena, double, item->option_count + 1);
    if (question->labels == NULL || question->heights == NULL) {
        question_memory(press);
        return;
    }
    for (size_t i = 0; i < item->option_count; i++) {
        question->labels[i] = sheet_layout(press, &style_answer, question_text(paper, &item->options[i].label),
                                           FIELD_WIDTH - amounts_room(question));
        question->heights[i] = fmax(amount_pitch,
                                    style_answer.leading * (double)question->labels[i].line_count + 4.0);
        if (question->heights[i] > press->limit - press->top && press->status == STATUS_OK)
            press->status = FAIL(press->fail, STATUS_LIMIT, "question %u is longer than a page: shorten it",
                                 paper_number(paper->form, item));
        question->height += question->heights[i];
    }
    question->height += amount_pitch; /* of the total */
}

static void set_amount(struct questionnaire *paper, const struct question *question, struct pdf_tag *list, size_t option)
{
    struct press *press = &paper->sheet.press;
    const struct layout *label = &question->labels[option];
    const struct digits digits = { .whole = figures(question->item->max) };
    const double height = question->heights[option];
    const double top = press->y + (height - style_answer.leading * (double)label->line_count) / 2.0;
    digits_draw(paper, &digits, FIELD_LEFT, press->y + (height - DIGITS_HEIGHT) / 2.0);
    struct pdf_tag *item = pdf_tag_new(&press->tags, list, "LI");
    pdf_mark(&press->canvas, question_tag(paper, item, "LBody", &question->item->options[option].label));
    pdf_draw_lines(&press->canvas, FIELD_LEFT + amounts_room(question), press_baseline(&style_answer, top),
                   &style_answer, label->first, label->line_count, MARK_LEFT, 0.0, true);
    pdf_mark_end(&press->canvas);
    press->y += height;
}

static void set_total(struct questionnaire *paper, const struct question *question)
{
    struct press *press = &paper->sheet.press;
    const struct language *language = paper->sheet.wave->language;
    struct buf total;
    buf_init(&total, 300);
    buf_add_string(&total, tr(language, N_("Together:")));
    buf_add_byte(&total, ' ');
    number_print(language, question->item->max, 0, &total);
    pdf_artifact(&press->canvas, "/Type/Layout");
    pdf_draw_rule(&press->canvas, FIELD_LEFT, FIELD_LEFT + amounts_room(question) + MILLIMETRE(40.0), press->y + 1.0,
                  0.5, INK);
    pdf_mark_end(&press->canvas);
    pdf_mark(&press->canvas, pdf_tag_new(&press->tags, paper->section, "P"));
    pdf_draw_text(&press->canvas, FIELD_LEFT, press_baseline(&style_total, press->y + 4.0), &style_total,
                  total.bytes == NULL ? "" : total.bytes, MARK_LEFT);
    pdf_mark_end(&press->canvas);
    buf_free(&total);
    press->y += amount_pitch;
}

void amounts_set(struct questionnaire *paper, const struct question *question)
{
    struct press *press = &paper->sheet.press;
    struct pdf_tag *list = pdf_tag_new(&press->tags, paper->section, "L");
    for (size_t i = 0; i < question->rows && press->status == STATUS_OK; i++) {
        press_room(press, 0.0, question->heights[i] + (i + 1 == question->rows ? amount_pitch : 0.0));
        if (press->status == STATUS_OK)
            set_amount(paper, question, list, i);
    }
    if (press->status == STATUS_OK)
        set_total(paper, question);
}

void lines_measure(struct questionnaire *paper, struct question *question)
{
    struct press *press = &paper->sheet.press;
    const size_t most = (size_t)((press->limit - press->top) / QUESTION_WRITE) / 2;
    question->rows = question->item->lines == 0 ? WRITE_LINES : question->item->lines;
    question->rows = question->rows > most ? most : question->rows; /* half a page of lines is enough of a hint */
    question->height += QUESTION_WRITE * (double)question->rows;
}

void lines_set(struct questionnaire *paper, const struct question *question)
{
    struct press *press = &paper->sheet.press;
    pdf_artifact(&press->canvas, "/Type/Layout");
    for (size_t i = 0; i < question->rows; i++) {
        press->y += QUESTION_WRITE;
        pdf_draw_rule(&press->canvas, FIELD_LEFT, FORM_LEFT + FORM_WIDTH, press->y, 0.5, 0x8C8C8C);
    }
    pdf_mark_end(&press->canvas);
}

void note_measure(struct questionnaire *paper, struct question *question)
{
    question_part(paper, question, &style_only_if, NULL, question_condition(paper, question->item));
    question_part(paper, question, &style_answer, &question->item->label,
                  question_text(paper, &question->item->label));
    question_part(paper, question, &style_remark, &question->item->hint, question_text(paper, &question->item->hint));
}

void note_set(struct questionnaire *paper, const struct question *question)
{
    (void)paper, (void)question; /* its words are all there is */
}
