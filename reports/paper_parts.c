/* What all types of questions draw: texts above the boxes, a box to cross, a row of boxes for figures. */
#include <stdio.h>

#include "reports/paper_question.h"

static const double box_radius = MILLIMETRE(2.2); /* 4.4 mm from edge to edge */
static const double digit_width = MILLIMETRE(5.6);
static const double mark_width = MILLIMETRE(2.4); /* of the decimal sign */

const struct pdf_style style_answer = { PDF_REGULAR, PDF_SEMIBOLD, 9.2, 12.0, INK, false };
const struct pdf_style style_remark = { PDF_ITALIC, PDF_SEMIBOLD, 8.6, 11.6, GREY, false };
const struct pdf_style style_only_if = { PDF_ITALIC, PDF_SEMIBOLD, 8.8, 11.8, BLUE, false };
static const struct pdf_style style_sign = { PDF_REGULAR, PDF_REGULAR, 10.0, 12.0, 0x767676, true };
static const struct pdf_style style_box = { PDF_REGULAR, PDF_REGULAR, 6.4, 8.0, 0x767676, true };

void question_memory(struct press *press)
{
    if (press->status == STATUS_OK)
        press->status = FAIL(press->fail, STATUS_MEMORY, "the report needs more memory than it may use");
}

void question_part(struct questionnaire *paper, struct question *question, const struct pdf_style *style,
                   const struct text *own, const char *text)
{
    if (text == NULL || *text == '\0' || question->part_count == QUESTION_PARTS_MAX)
        return;
    struct question_part *part = &question->parts[question->part_count++];
    *part = (struct question_part){ style, own,
                                    sheet_layout(&paper->sheet.press, style, text, FORM_WIDTH - FORM_INDENT) };
    question->head += style->leading * (double)part->layout.line_count;
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
    struct pdf_style style = style_box;
    style.size = number < 100 ? style.size : 5.4; /* three figures inside a circle */
    pdf_mark(canvas, tag);
    pdf_draw_text(canvas, x, y + 2.3, &style, text, MARK_MIDDLE);
    pdf_mark_end(canvas);
}

double digits_width(const struct digits *digits)
{
    return digit_width * (double)(digits->whole + digits->decimals + digits->sign) +
           (digits->decimals > 0 ? mark_width : 0.0);
}

static void draw_cells(struct pdf_canvas *canvas, unsigned count, double x, double top)
{
    for (unsigned i = 0; i < count; i++) {
        const struct mark mark = { .kind = MARK_RECT, .colour = 0x404040, .stroke = 0.75,
                                   .x = x + i * digit_width, .y = top, .width = digit_width, .height = DIGITS_HEIGHT };
        const struct drawing drawing = { .marks = &mark, .count = 1 };
        pdf_draw_marks(canvas, &drawing, 0.0, 0.0);
    }
}

/* Figures are written from left to right in every script, so the row itself is never mirrored. Before
 * numbers that can be negative stands a box for their sign. */
void digits_draw(struct questionnaire *paper, const struct digits *digits, double x, double top)
{
    struct pdf_canvas *canvas = &paper->sheet.press.canvas;
    const bool mirrored = canvas->mirrored;
    double left = pdf_canvas_left(canvas, x, digits_width(digits));
    canvas->mirrored = false;
    pdf_artifact(canvas, "/Type/Layout");
    if (digits->sign) {
        draw_cells(canvas, 1, left, top);
        pdf_draw_text(canvas, left + digit_width / 2.0, top + DIGITS_HEIGHT / 2.0 + 3.3, &style_sign, "±", MARK_MIDDLE);
        left += digit_width;
    }
    draw_cells(canvas, digits->whole, left, top);
    left += digit_width * digits->whole;
    if (digits->decimals > 0) {
        const char *sign = paper->sheet.wave->language == NULL ? "." : paper->sheet.wave->language->decimal;
        static const struct pdf_style style = { PDF_BOLD, PDF_BOLD, 13.0, 16.0, INK, false };
        pdf_draw_text(canvas, left + mark_width / 2.0, top + DIGITS_HEIGHT - 2.0, &style, sign, MARK_MIDDLE);
        draw_cells(canvas, digits->decimals, left + mark_width, top);
    }
    pdf_mark_end(canvas);
    canvas->mirrored = mirrored;
}
