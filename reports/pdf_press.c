/* Pages of the report: room, footer, banner, lines. */
#include "reports/pdf_press.h"

#include <math.h>

const struct pdf_style style_body = { PDF_REGULAR, PDF_SEMIBOLD, 9.6, 14.2, INK, false };
const struct pdf_style style_note = { PDF_REGULAR, PDF_SEMIBOLD, 7.8, 10.6, GREY, false };
const struct pdf_style style_caption = { PDF_SEMIBOLD, PDF_BOLD, 9.4, 13.0, INK, false };

double press_baseline(const struct pdf_style *style, double top)
{
    const double capital = 0.727; /* height of Inter's capitals */
    return top + (style->leading + capital * style->size) / 2.0;
}

bool press_at_top(const struct press *press)
{
    return press->y <= press->top + 0.01;
}

const char *press_page_label(struct press *press, size_t index)
{
    const bool annex = press->annex > 0 && index >= press->annex;
    const char *label = arena_format(&press->arena, "%s%zu", annex ? "A" : "", index + 1 - (annex ? press->annex : 0));
    return label == NULL ? "" : label;
}

static void draw_footer(struct press *press)
{
    static const struct pdf_style style = { PDF_REGULAR, PDF_SEMIBOLD, 7.8, 10.6, GREY, true };
    const char *number = press_page_label(press, press->canvas.page_count - 1);
    const double line = PAGE_HEIGHT - 47.0;
    pdf_artifact(&press->canvas, "/Type/Pagination/Subtype/Footer");
    pdf_draw_rule(&press->canvas, PAGE_LEFT, PAGE_LEFT + MEASURE, line, 0.45, 0xBFBFBF);
    if (press->doc->footer != NULL && *press->doc->footer != '\0')
        pdf_draw_text(&press->canvas, PAGE_LEFT, line + 12.5, &style, press->doc->footer, MARK_LEFT);
    pdf_draw_text(&press->canvas, PAGE_LEFT + MEASURE, line + 12.5, &style, number, MARK_RIGHT);
    pdf_mark_end(&press->canvas);
}

static void draw_banner(struct press *press)
{
    static const struct pdf_style style = { PDF_SEMIBOLD, PDF_BOLD, 8.2, 11.0, WARNING, false };
    pdf_artifact(&press->canvas, "/Type/Pagination/Subtype/Header");
    pdf_draw_rule(&press->canvas, PAGE_LEFT, PAGE_LEFT + MEASURE, 36.0, 0.9, WARNING);
    pdf_draw_text(&press->canvas, PAGE_LEFT, 48.0, &style, press->doc->banner, MARK_LEFT);
    pdf_mark_end(&press->canvas);
}

void press_furnish(struct press *press)
{
    if (press->doc->banner != NULL && *press->doc->banner != '\0')
        draw_banner(press);
    draw_footer(press);
}

void press_page(struct press *press)
{
    pdf_canvas_page(&press->canvas);
    press->y = press->top;
    if (press->canvas.failed) {
        press->status = pdf_canvas_status(&press->canvas, press->fail);
        return;
    }
    press->furnish(press);
}

void press_room(struct press *press, double gap, double height)
{
    if (press_at_top(press))
        return;
    if (press->y + gap + height > press->limit)
        press_page(press);
    else
        press->y += gap;
}

void press_place(struct press *press, enum doc_listed kind)
{
    struct pdf_place *place = press->placed[kind] == NULL ? press->places[kind] : press->placed[kind]->next;
    if (place == NULL || press->canvas.page_count == 0)
        return;
    place->page = press->canvas.owners[press->canvas.page_count - 1].page;
    place->page_index = press->canvas.page_count - 1;
    place->y = PAGE_HEIGHT - press->y + 6.0;
    press->placed[kind] = place;
}

struct metrics_context {
    struct press *press;
    const struct pdf_style *style;
};

static double measure(void *context, const char *text, size_t length, bool strong)
{
    const struct metrics_context *own = context;
    return pdf_points(pdf_text_em(&own->press->texts, strong ? own->style->strong : own->style->face,
                                  own->style->tabular, text, length), own->style->size);
}

static size_t find_breaks(void *context, const char *text, size_t length, size_t *positions, size_t room)
{
    const struct metrics_context *own = context;
    return room < HYPHEN_WORD_MAX ? 0 : hyphen_breaks(&own->press->hyphen, text, length, positions);
}

struct layout press_layout(struct press *press, const struct pdf_style *style, const char *text, double width,
                           bool hyphenate)
{
    struct metrics_context context = { press, style };
    const struct layout_metrics metrics = { &context, measure, find_breaks };
    struct layout layout = { 0 };
    enum status status = layout_text(&press->arena, text, width, hyphenate, &metrics, &layout, press->fail);
    if (press->status == STATUS_OK)
        press->status = status;
    return layout;
}

double press_widest(struct press *press, const struct pdf_style *style, const char *text)
{
    struct metrics_context context = { press, style };
    const struct layout_metrics metrics = { &context, measure, NULL };
    return layout_widest(text, &metrics);
}

struct layout press_balanced(struct press *press, const struct pdf_style *style, const char *text, double width)
{
    struct layout layout = press_layout(press, style, text, width, false);
    const size_t lines = layout.line_count;
    if (lines < 2)
        return layout;
    double low = fmax(width / (double)lines, press_widest(press, style, text)); /* no word is broken */
    double high = width;
    for (unsigned step = 0; step < 7 && lines < 5 && low < high; step++) {
        double middle = (low + high) / 2.0;
        struct layout narrow = press_layout(press, style, text, middle, false);
        if (narrow.line_count <= lines && narrow.width <= middle + 0.1) {
            layout = narrow;
            high = middle;
        } else {
            low = middle;
        }
    }
    return layout;
}

double press_natural(struct press *press, const struct pdf_style *style, const char *text)
{
    return press_layout(press, style, text, 1e5, false).width;
}

/* Two lines at least, and never one line left for the next page. */
static size_t start_lines(size_t count)
{
    return count <= 3 ? count : 2;
}

double press_start(const struct pdf_style *style, const struct layout *layout)
{
    return style->leading * (double)start_lines(layout->line_count);
}

void press_lines(struct press *press, struct pdf_tag *tag, double x, const struct pdf_style *style,
                 const struct layout *layout)
{
    const struct layout_line *line = layout->first;
    size_t left = layout->line_count;
    while (left > 0 && line != NULL && press->status == STATUS_OK) {
        double room = press->limit - press->y;
        size_t fitting = room < style->leading ? 0 : (size_t)((room + 0.01) / style->leading);
        size_t count = left;
        if (fitting < left) {
            count = left - fitting < 2 && fitting > 0 ? left - 2 : fitting;
            if (count < start_lines(left) || count > left)
                count = 0;
        }
        if (count == 0 && press_at_top(press))
            count = left; /* cannot happen with a page higher than three lines; no endless loop */
        if (count > 0) {
            pdf_mark(&press->canvas, tag);
            pdf_draw_lines(&press->canvas, x, press_baseline(style, press->y), style, line, count, MARK_LEFT, 0.0,
                           count == left);
            pdf_mark_end(&press->canvas);
            press->y += style->leading * (double)count;
            left -= count;
            for (size_t i = 0; i < count; i++)
                line = line->next;
        }
        if (left > 0)
            press_page(press);
    }
}
