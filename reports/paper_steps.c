/* "0 to 10" and sliders: a row of boxes from one end to the other with the words of the ends below. A slider with more
 * steps than a row has boxes becomes a number to write. */
#include "forms/measure.h"
#include "forms/qtype.h"
#include "reports/paper_question.h"

enum { STEPS_MAX = 21 };

#define ROW_LEFT (FORM_LEFT + FORM_INDENT)
#define ROW_WIDTH (FORM_WIDTH - FORM_INDENT)

static const double row_height = 17.0;
static const double pitch_most = MILLIMETRE(12.0);
static const double radius = MILLIMETRE(2.2);

struct steps {
    size_t count;
    int64_t first, step; /* what stands in the boxes */
};

/* Whole numbers up to three figures fit into a box. */
static bool find_steps(const struct item *item, struct steps *steps)
{
    if (item->type->kind == QTYPE_CHOICE) {
        *steps = (struct steps){ item->option_count, 0, 1 };
        return item->option_count >= 2 && item->option_count <= STEPS_MAX;
    }
    const int64_t step = item->step > 0 ? item->step : 1;
    if (item->decimals > 0 || item->min < 0 || item->max > 999 || item->max <= item->min ||
        (item->max - item->min) / step >= STEPS_MAX)
        return false;
    *steps = (struct steps){ (size_t)((item->max - item->min) / step) + 1, item->min, step };
    return true;
}

bool steps_fit(const struct item *item)
{
    struct steps steps;
    return find_steps(item, &steps);
}

static double pitch_of(const struct steps *steps)
{
    const double even = (ROW_WIDTH - 2.0 * radius) / (double)(steps->count - 1);
    return even < pitch_most ? even : pitch_most;
}

struct ends {
    struct layout low, high;
    double width, height; /* of each; of the higher one */
};

static struct ends lay_ends(struct questionnaire *paper, const struct item *item)
{
    struct press *press = &paper->sheet.press;
    struct ends ends = { .width = ROW_WIDTH / 2.0 - MILLIMETRE(4.0) };
    const char *low = question_text(paper, &item->low);
    const char *high = question_text(paper, &item->high);
    if (*low == '\0' && *high == '\0')
        return ends;
    ends.low = sheet_layout(press, &style_remark, low, ends.width);
    ends.high = sheet_layout(press, &style_remark, high, ends.width);
    const size_t lines = ends.low.line_count > ends.high.line_count ? ends.low.line_count : ends.high.line_count;
    ends.height = style_remark.leading * (double)lines + 2.0;
    return ends;
}

void steps_measure(struct questionnaire *paper, struct question *question)
{
    struct steps steps;
    if (find_steps(question->item, &steps))
        question->height += row_height;
    else
        number_measure(paper, question);
    question->height += lay_ends(paper, question->item).height;
}

static void set_end(struct questionnaire *paper, const struct text *own, const struct layout *layout, double x,
                    enum mark_align align, double width)
{
    struct press *press = &paper->sheet.press;
    if (*question_text(paper, own) == '\0')
        return;
    pdf_mark(&press->canvas, question_tag(paper, paper->section, "P", own));
    pdf_draw_lines(&press->canvas, x, press_baseline(&style_remark, press->y), &style_remark, layout->first,
                   layout->line_count, align, width, true);
    pdf_mark_end(&press->canvas);
}

void steps_set(struct questionnaire *paper, const struct question *question)
{
    struct press *press = &paper->sheet.press;
    const struct item *item = question->item;
    struct steps steps;
    double right = ROW_LEFT + ROW_WIDTH;
    if (!find_steps(item, &steps)) {
        number_set(paper, question);
    } else {
        const double pitch = pitch_of(&steps);
        struct pdf_tag *list = pdf_tag_new(&press->tags, paper->section, "L");
        for (size_t i = 0; i < steps.count; i++) {
            struct pdf_tag *entry = pdf_tag_new(&press->tags, list, "LI");
            question_box(paper, pdf_tag_new(&press->tags, entry, "LBody"), false,
                         (unsigned)(steps.first + (int64_t)i * steps.step), ROW_LEFT + radius + pitch * (double)i,
                         press->y + row_height / 2.0);
        }
        right = ROW_LEFT + 2.0 * radius + pitch * (double)(steps.count - 1);
        press->y += row_height;
    }
    const struct ends ends = lay_ends(paper, item);
    if (ends.height <= 0.0)
        return;
    set_end(paper, &item->low, &ends.low, ROW_LEFT, MARK_LEFT, ends.width);
    const double left = right - ends.width > ROW_LEFT + ends.low.width + 12.0 ? right - ends.width
                                                                              : ROW_LEFT + ROW_WIDTH - ends.width;
    set_end(paper, &item->high, &ends.high, left, MARK_RIGHT, ends.width);
    press->y += ends.height;
}
