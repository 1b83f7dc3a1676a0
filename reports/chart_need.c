/* Need against supply: an open frame as long as the need, in it a bar as long as the supply; both figures stand at the
 * right, so that nothing has to be read off. The greatest need first. A hidden value has no length. */
#include <math.h>

#include "reports/chart_draw.h"

/* Key: the bar and the frame with their meaning. */
static double paint_legend(struct painter *painter)
{
    const char *texts[2] = { painter->chart->key_value, painter->chart->key_reference };
    double x = 0;
    double y = 6;
    for (size_t i = 0; i < COUNT(texts); i++) {
        if (texts[i] == NULL || *texts[i] == '\0')
            continue;
        const char *text = fit_text(painter, texts[i], painter->width - 18, KEY_SIZE, false);
        double width = 18 + text_width(painter, text, KEY_SIZE, false);
        if (x > 0 && x + width > painter->width) {
            x = 0;
            y += TEXT_LEADING;
        }
        if (i == 0)
            paint_rect(painter, x, y - 2.5, 14, 5, COLOUR_BLUE);
        else
            paint_frame(painter, x + 0.5, y - 4, 13, 8, COLOUR_INK, 0.9);
        paint_text(painter, x + 18, y, text, KEY_SIZE, false, COLOUR_GREY, MARK_LEFT);
        x += width + 16;
    }
    return x > 0 ? y + 10 : 0;
}

/* Insertion sort by need, the greatest first; what is not known keeps its order at the end. */
static size_t *by_need(struct painter *painter)
{
    const struct chart *chart = painter->chart;
    size_t *order = ARENA_NEW(painter->arena, size_t, chart->count);
    for (size_t i = 0; i < chart->count && order != NULL; i++) {
        size_t place = i;
        double need = chart->data[i].reference;
        for (; place > 0 && !isnan(need) &&
               (isnan(chart->data[order[place - 1]].reference) || chart->data[order[place - 1]].reference < need);
             place--)
            order[place] = order[place - 1];
        order[place] = i;
    }
    painter->failed = painter->failed || order == NULL;
    return order;
}

static double longest(const struct chart *chart)
{
    double most = isnan(chart->highest) ? 0 : chart->highest;
    for (size_t i = 0; i < chart->count && isnan(chart->highest); i++) {
        most = isnan(chart->data[i].value) ? most : fmax(most, chart->data[i].value);
        most = isnan(chart->data[i].reference) ? most : fmax(most, chart->data[i].reference);
    }
    return most;
}

void chart_need(struct painter *painter)
{
    const struct chart *chart = painter->chart;
    struct wrapped *labels = NULL;
    double left = wrap_labels(painter, painter->width * 0.34, &labels) + 8;
    size_t *order = by_need(painter);
    if (labels == NULL || order == NULL)
        return;
    double rooms[2] = { 0, 0 };
    for (size_t i = 0; i < chart->count; i++) {
        rooms[0] = fmax(rooms[0], text_width(painter, chart->data[i].text, TEXT_SIZE, true));
        rooms[1] = fmax(rooms[1], text_width(painter, chart->data[i].reference_text, TEXT_SIZE, false));
    }
    rooms[0] = fmin(rooms[0], painter->width * 0.2);
    rooms[1] = fmin(rooms[1], painter->width * 0.2);
    double value_right = painter->width - (rooms[1] > 0 ? rooms[1] + 12 : 0);
    double room = value_right - rooms[0] - 10 - left;
    double most = longest(chart);
    double scale = most > 0 ? room / most : 0;
    double y = paint_legend(painter);
    double top = y;
    for (size_t i = 0; i < chart->count; i++) {
        const struct chart_datum *datum = &chart->data[order[i]];
        double height = row_height(labels[order[i]].count) + 2;
        double middle = y + height / 2;
        double need = isnan(datum->reference) ? 0 : fmin(fmax(datum->reference * scale, 0), room);
        double supply = isnan(datum->value) ? 0 : fmin(fmax(datum->value * scale, 0.5), room);
        if (!isnan(datum->reference))
            paint_frame(painter, left, middle - 6, need, 12, COLOUR_INK, 0.9);
        if (!isnan(datum->value))
            paint_rect(painter, left, middle - 3.5, supply, 7, datum->accent ? COLOUR_ACCENT : COLOUR_BLUE);
        paint_wrapped(painter, &labels[order[i]], left - 8, middle, datum->accent, COLOUR_INK, MARK_RIGHT);
        paint_text(painter, value_right, middle, fit_text(painter, datum->text, rooms[0], TEXT_SIZE, true), TEXT_SIZE,
                   true, datum->accent ? COLOUR_ACCENT_TEXT : COLOUR_BLUE, MARK_RIGHT);
        paint_text(painter, painter->width, middle, fit_text(painter, datum->reference_text, rooms[1], TEXT_SIZE, false),
                   TEXT_SIZE, false, COLOUR_INK, MARK_RIGHT);
        y += height;
    }
    paint_line(painter, left, top, left, y, COLOUR_INK, 0.8);
    painter->height = y + 2;
}
