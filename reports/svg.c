/* Draws marks as SVG elements. Not responsible for where they stand (chart.c) or for captions (backend_html.c). */
#include "reports/svg.h"

#include <stdio.h>

#include "base/utf8.h"

/* Advance widths of Inter Regular in thousandths of the size, U+0020 to U+007E. */
static const unsigned short widths[] = {
    281, 278, 403, 631, 638, 813, 639, 222, 362, 362, 500, 659, 280, 460, 276, 357, 625, 464, 605, 636,
    642, 608, 624, 571, 616, 624, 276, 280, 659, 659, 659, 507, 936, 676, 651, 727, 719, 598, 587, 743,
    740, 264, 543, 652, 563, 889, 753, 761, 635, 761, 639, 638, 642, 741, 676, 949, 642, 665, 625, 362,
    357, 362, 469, 452, 497, 564, 621, 558, 621, 582, 361, 609, 591, 237, 237, 544, 237, 869, 585, 597,
    609, 609, 372, 523, 364, 581, 557, 813, 540, 557, 541, 362, 327, 362, 659,
};
#define SPARE 1.08 /* Segoe UI, Helvetica and Arial stay below Inter times this */
#define STRONG 1.05

static double advance(int32_t point)
{
    if (point >= 0x20 && point < 0x7F)
        return widths[point - 0x20];
    if (point == 0xA0)
        return widths[0];
    if (point == 0x2014 || point >= 0x2E80)
        return 1000;
    if (point == 0x2026 || point == 0x25CF || point == 0x25CB)
        return 915;
    return point < 0x180 ? 765 : 680; /* the widest accented capital */
}

double svg_measure(void *context, const char *text, double size, bool strong)
{
    (void)context;
    double sum = 0;
    int32_t point = 0;
    for (size_t step = utf8_next(text, &point); step > 0 && *text != '\0'; step = utf8_next(text, &point)) {
        sum += advance(point);
        text += step;
    }
    return sum / 1000 * size * SPARE * (strong ? STRONG : 1);
}

/* Two decimals, without trailing zeros: the same everywhere because the process has no locale. */
static void add_number(struct html *page, double number)
{
    char digits[64];
    int length = snprintf(digits, sizeof digits, "%.2f", number);
    while (length > 0 && digits[length - 1] == '0')
        length--;
    if (length > 0 && digits[length - 1] == '.')
        length--;
    buf_add(&page->out, digits, (size_t)length);
}

#define NUMBER(page, name, value) \
    do { \
        HTML(page, " " name "=\""); \
        add_number(page, value); \
        HTML(page, "\""); \
    } while (0)

static void add_colour(struct html *page, const struct mark *mark, bool line)
{
    char colour[8];
    snprintf(colour, sizeof colour, "#%06X", (unsigned)(mark->colour & 0xFFFFFFu));
    if (line) {
        HTML(page, " fill=\"none\"");
        HTML_ATTR(page, "stroke", colour);
        NUMBER(page, "stroke-width", mark->stroke);
        if (mark->dashed)
            HTML(page, " stroke-dasharray=\"2.5 2\"");
    } else {
        HTML_ATTR(page, "fill", colour);
    }
    HTML(page, "/>");
}

/* Where a text starts depends on its direction: the start of one from right to left is its right end. */
static void write_text(struct html *page, const struct mark *mark, bool rtl)
{
    char colour[8];
    snprintf(colour, sizeof colour, "#%06X", (unsigned)(mark->colour & 0xFFFFFFu));
    HTML(page, "<text");
    NUMBER(page, "x", mark->x);
    NUMBER(page, "y", mark->y);
    NUMBER(page, "font-size", mark->size);
    switch (mark->align) {
    case MARK_LEFT:
        if (rtl)
            HTML(page, " text-anchor=\"end\"");
        break;
    case MARK_MIDDLE:
        HTML(page, " text-anchor=\"middle\"");
        break;
    case MARK_RIGHT:
        if (!rtl)
            HTML(page, " text-anchor=\"end\"");
        break;
    }
    if (mark->strong)
        HTML(page, " font-weight=\"600\"");
    HTML_ATTR(page, "fill", colour);
    HTML(page, ">");
    html_text(page, mark->text);
    HTML(page, "</text>");
}

static void write_points(struct html *page, const struct mark *mark)
{
    for (size_t i = 0; i < mark->point_count; i++) {
        if (i > 0)
            HTML(page, " ");
        add_number(page, mark->points[2 * i]);
        HTML(page, ",");
        add_number(page, mark->points[2 * i + 1]);
    }
    HTML(page, "\"");
    add_colour(page, mark, mark->kind == MARK_PATH);
}

static void write_mark(struct html *page, const struct mark *mark, bool rtl)
{
    switch (mark->kind) {
    case MARK_RECT:
        HTML(page, "<rect");
        NUMBER(page, "x", mark->x);
        NUMBER(page, "y", mark->y);
        NUMBER(page, "width", mark->width);
        NUMBER(page, "height", mark->height);
        add_colour(page, mark, mark->stroke > 0);
        break;
    case MARK_LINE:
        HTML(page, "<line");
        NUMBER(page, "x1", mark->x);
        NUMBER(page, "y1", mark->y);
        NUMBER(page, "x2", mark->x + mark->width);
        NUMBER(page, "y2", mark->y + mark->height);
        add_colour(page, mark, true);
        break;
    case MARK_CIRCLE:
    case MARK_RING:
        HTML(page, "<circle");
        NUMBER(page, "cx", mark->x);
        NUMBER(page, "cy", mark->y);
        NUMBER(page, "r", mark->width);
        add_colour(page, mark, mark->kind == MARK_RING);
        break;
    case MARK_TEXT:
        write_text(page, mark, rtl);
        break;
    case MARK_PATH:
        HTML(page, "<polyline points=\"");
        write_points(page, mark);
        break;
    case MARK_AREA:
        HTML(page, "<polygon points=\"");
        write_points(page, mark);
        break;
    }
}

void svg_write(struct html *page, const struct drawing *drawing, const char *id, const char *title,
               const char *description)
{
    HTML(page, "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" width=\"100%\" viewBox=\"0 0 ");
    add_number(page, drawing->width);
    HTML(page, " ");
    add_number(page, drawing->height);
    buf_format(&page->out, "\" role=\"img\" aria-labelledby=\"%s-title %s-desc\"", id, id);
    HTML(page, " font-family=\"Inter, 'Segoe UI', Helvetica, Arial, sans-serif\"");
    if (drawing->rtl)
        HTML(page, " direction=\"rtl\"");
    HTML(page, ">\n");
    buf_format(&page->out, "<title id=\"%s-title\">", id);
    html_text(page, title);
    buf_format(&page->out, "</title>\n<desc id=\"%s-desc\">", id);
    html_text(page, description);
    HTML(page, "</desc>\n");
    for (size_t i = 0; i < drawing->count; i++) {
        write_mark(page, &drawing->marks[i], drawing->rtl);
        HTML(page, "\n");
    }
    HTML(page, "</svg>\n");
}
