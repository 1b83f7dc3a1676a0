/* Likert items as bars centred on the middle of the neutral step: disagreement to the left, agreement to the right.
 * Every share is printed where its segment has the room; n stands at the right. A hidden item shows its sign only. */
#include <math.h>

#include "reports/chart_draw.h"

enum { PART_MAX = 16 };
#define GAP 0.75 /* white between segments: neighbours differ by 1.3:1 at the least (REPORT section 5) */

/* Strong and light hue of the lower half, the neutral one, light and strong of the upper half. */
static uint32_t part_colour(size_t part, size_t count)
{
    size_t half = count / 2;
    if (count % 2 == 1 && part == half)
        return 0xD9D9D9;
    if (part < half)
        return part + 1 == half && half > 1 ? 0xF0B27A : 0xB2500A;
    return part == count - half && half > 1 ? 0x8FC1E3 : 0x0B5C96;
}

static uint32_t text_colour(uint32_t fill)
{
    return fill == 0xB2500A || fill == 0x0B5C96 ? COLOUR_WHITE : COLOUR_INK;
}

/* Legend: squares with the names of the steps, as many to a line as fit; returns the height used. */
static double paint_legend(struct painter *painter)
{
    const struct chart *chart = painter->chart;
    double x = 0;
    double y = 6;
    if (chart->part_labels == NULL)
        return 4;
    for (size_t i = 0; i < chart->part_count; i++) {
        const char *text = fit_text(painter, chart->part_labels[i], painter->width - 11, KEY_SIZE, false);
        double width = 11 + text_width(painter, text, KEY_SIZE, false);
        if (x > 0 && x + width > painter->width) {
            x = 0;
            y += TEXT_LEADING;
        }
        paint_rect(painter, x, y - 3.5, 7, 7, part_colour(i, chart->part_count));
        paint_text(painter, x + 11, y, text, KEY_SIZE, false, COLOUR_GREY, MARK_LEFT);
        x += width + 12;
    }
    return y + 11;
}

/* Shares left and right of the middle of the neutral step. */
static void sides(const struct chart_datum *datum, size_t count, double *left, double *right)
{
    *left = 0;
    *right = 0;
    for (size_t i = 0; i < count; i++) {
        double share = isnan(datum->parts[i]) ? 0 : fmin(fmax(datum->parts[i], 0), 100);
        double before = i < count / 2 ? 1 : count % 2 == 1 && i == count / 2 ? 0.5 : 0;
        *left += share * before;
        *right += share * (1 - before);
    }
}

static bool hidden(const struct chart_datum *datum)
{
    return datum->parts == NULL || isnan(datum->value);
}

static void paint_bar(struct painter *painter, const struct chart_datum *datum, double zero, double scale, double y)
{
    size_t count = painter->chart->part_count;
    double left = 0;
    double right = 0;
    sides(datum, count, &left, &right);
    double x = zero - left * scale;
    for (size_t i = 0; i < count; i++) {
        double share = isnan(datum->parts[i]) ? 0 : fmin(fmax(datum->parts[i], 0), 100);
        double width = share * scale;
        uint32_t fill = part_colour(i, count);
        if (width > GAP)
            paint_rect(painter, x + GAP / 2, y - 6, width - GAP, 12, fill);
        const char *text = axis_text(painter, round(share));
        if (text != NULL && share > 0 && text_width(painter, text, KEY_SIZE, false) + 4 <= width)
            paint_text(painter, x + width / 2, y, text, KEY_SIZE, false, text_colour(fill), MARK_MIDDLE);
        x += width;
    }
}

void chart_diverging(struct painter *painter)
{
    const struct chart *chart = painter->chart;
    struct wrapped *labels = NULL;
    double label_width = wrap_labels(painter, painter->width * 0.42, &labels);
    if (labels == NULL || chart->part_count > PART_MAX)
        return;
    double most_left = 0;
    double most_right = 0;
    double text_room = 0;
    for (size_t i = 0; i < chart->count; i++) {
        const struct chart_datum *datum = &chart->data[i];
        text_room = fmax(text_room, text_width(painter, datum->text, KEY_SIZE, false));
        if (hidden(datum))
            continue;
        double left = 0;
        double right = 0;
        sides(datum, chart->part_count, &left, &right);
        most_left = fmax(most_left, left);
        most_right = fmax(most_right, right);
    }
    text_room = fmin(text_room, painter->width * 0.22);
    double from = label_width + 10;
    double to = painter->width - text_room - 8;
    double scale = most_left + most_right > 0 ? (to - from) / (most_left + most_right) : 0;
    double zero = from + most_left * scale;
    double top = paint_legend(painter);
    double y = top;
    for (size_t i = 0; i < chart->count; i++) {
        const struct chart_datum *datum = &chart->data[i];
        double height = row_height(labels[i].count) + 2;
        double middle = y + height / 2;
        paint_wrapped(painter, &labels[i], 0, middle, datum->accent, COLOUR_INK, MARK_LEFT);
        if (!hidden(datum))
            paint_bar(painter, datum, zero, scale, middle);
        const char *text = fit_text(painter, datum->text, text_room, KEY_SIZE, false);
        paint_text(painter, painter->width, middle, text, KEY_SIZE, false, COLOUR_GREY, MARK_RIGHT);
        y += height;
    }
    painter->height = y + 2;
}
