/* Horizontal bars from zero, the largest first, the value at the end of its bar; no value axis.
 * A datum without a value keeps its label and its sign; it stands last, so its place says nothing about its size. */
#include <math.h>

#include "reports/chart_draw.h"

/* Insertion sort, stable: equal values and missing ones keep the order they came in. */
static size_t *by_size(struct painter *painter)
{
    const struct chart *chart = painter->chart;
    size_t *order = ARENA_NEW(painter->arena, size_t, chart->count);
    if (order == NULL) {
        painter->failed = true;
        return NULL;
    }
    for (size_t i = 0; i < chart->count; i++) {
        double value = chart->data[i].value;
        size_t place = i;
        while (place > 0 && !isnan(value) &&
               (isnan(chart->data[order[place - 1]].value) || chart->data[order[place - 1]].value < value)) {
            order[place] = order[place - 1];
            place--;
        }
        order[place] = i;
    }
    return order;
}

void chart_bars(struct painter *painter)
{
    const struct chart *chart = painter->chart;
    struct wrapped *labels = NULL;
    double label_width = wrap_labels(painter, painter->width * 0.42, &labels);
    size_t *order = by_size(painter);
    if (order == NULL || labels == NULL)
        return;
    double text_room = 0;
    double highest = isnan(chart->highest) ? 0 : chart->highest;
    for (size_t i = 0; i < chart->count; i++) {
        const struct chart_datum *datum = &chart->data[i];
        text_room = fmax(text_room, text_width(painter, datum->text, TEXT_SIZE, datum->accent));
        if (isnan(chart->highest) && !isnan(datum->value))
            highest = fmax(highest, datum->value);
    }
    text_room = fmin(text_room, painter->width * 0.3);
    double left = label_width + 6;
    double room = painter->width - left - text_room - 5;
    double y = 2;
    for (size_t i = 0; i < chart->count; i++) {
        const struct chart_datum *datum = &chart->data[order[i]];
        const struct wrapped *label = &labels[order[i]];
        double height = row_height(label->count);
        double middle = y + height / 2;
        uint32_t ink = datum->accent ? COLOUR_ACCENT_TEXT : COLOUR_INK;
        double end = left;
        if (!isnan(datum->value)) {
            double share = highest > 0 ? fmin(fmax(datum->value / highest, 0), 1) : 0;
            end = left + room * share;
            paint_rect(painter, left, middle - 5.5, fmax(end - left, 0.5), 11,
                       datum->accent ? COLOUR_ACCENT : COLOUR_BLUE);
        }
        paint_wrapped(painter, label, left - 6, middle, datum->accent, COLOUR_INK, MARK_RIGHT);
        const char *text = fit_text(painter, datum->text, text_room, TEXT_SIZE, datum->accent);
        paint_text(painter, end + 4.5, middle, text, TEXT_SIZE, datum->accent, ink, MARK_LEFT);
        y += height;
    }
    paint_line(painter, left, 0, left, y + 2, COLOUR_INK, 0.8);
    painter->height = y + 2;
}
