/* Dot pairs on a common axis: ● the value with its interval bar, ○ the reference. Both values stand in columns at the
 * right, so they cannot collide with the marks. A datum without a value shows its sign in the column and no dot. */
#include <math.h>

#include "reports/chart_draw.h"

/* What the columns and the axis need. */
struct plan {
    double text_room, reference_room;
    double low, high;
};

static struct plan plan_columns(const struct painter *painter)
{
    const struct chart *chart = painter->chart;
    struct plan plan = { .low = 0, .high = 0 };
    for (size_t i = 0; i < chart->count; i++) {
        const struct chart_datum *datum = &chart->data[i];
        plan.text_room = fmax(plan.text_room, text_width(painter, datum->text, TEXT_SIZE, true));
        plan.reference_room = fmax(plan.reference_room, text_width(painter, datum->reference_text, TEXT_SIZE, false));
        /* A reference is drawn without its value too, but a hidden value's interval is not. */
        const double seen[] = { datum->reference, datum->value, datum->low, datum->high };
        for (size_t j = 0; j < (isnan(datum->value) ? 1 : COUNT(seen)); j++) {
            plan.low = isnan(seen[j]) ? plan.low : fmin(plan.low, seen[j]);
            plan.high = isnan(seen[j]) ? plan.high : fmax(plan.high, seen[j]);
        }
    }
    plan.low = isnan(chart->lowest) ? plan.low : chart->lowest;
    plan.high = isnan(chart->highest) ? plan.high : chart->highest;
    plan.text_room = fmin(plan.text_room, painter->width * 0.2);
    plan.reference_room = fmin(plan.reference_room, painter->width * 0.2);
    return plan;
}

static void paint_ticks(struct painter *painter, const struct axis *axis, double top, double bottom)
{
    double free_from = -HUGE_VAL;
    unsigned ticks = (unsigned)lround((axis->high - axis->low) / axis->step);
    for (unsigned i = 0; i <= ticks; i++) {
        double value = axis->low + i * axis->step;
        double x = axis_place(axis, value);
        bool zero = fabs(value) < axis->step * 1e-6;
        paint_line(painter, x, top, x, bottom, zero ? COLOUR_GREY : COLOUR_HAIR, zero ? 0.8 : 0.5);
        const char *text = axis_text(painter, zero ? 0 : value);
        double half = text_width(painter, text, KEY_SIZE, false) / 2;
        if (text == NULL || x - half < free_from || x + half > painter->width)
            continue;
        paint_text(painter, x, bottom + 7, text, KEY_SIZE, false, COLOUR_GREY, MARK_MIDDLE);
        free_from = x + half + 4;
    }
}

static void paint_pair(struct painter *painter, const struct chart_datum *datum, const struct axis *axis, double y)
{
    uint32_t colour = datum->accent ? COLOUR_ACCENT : COLOUR_BLUE;
    bool shown = !isnan(datum->value);
    if (shown && !isnan(datum->low) && !isnan(datum->high))
        paint_line(painter, axis_place(axis, datum->low), y, axis_place(axis, datum->high), y, colour, 2.4);
    if (!isnan(datum->reference))
        paint_ring(painter, axis_place(axis, datum->reference), y, 3, COLOUR_INK);
    if (shown)
        paint_circle(painter, axis_place(axis, datum->value), y, 3.4, colour);
}

void chart_dots(struct painter *painter)
{
    const struct chart *chart = painter->chart;
    struct wrapped *labels = NULL;
    double left = wrap_labels(painter, painter->width * 0.38, &labels) + 10;
    if (labels == NULL)
        return;
    struct plan plan = plan_columns(painter);
    double reference_right = painter->width;
    double text_right = reference_right - (plan.reference_room > 0 ? plan.reference_room + 12 : 0);
    double right = text_right - (plan.text_room > 0 ? plan.text_room + 10 : 0);
    struct axis axis = axis_make(plan.low, plan.high, left, right, right - left > 150 ? 6 : 4);
    double top = paint_key(painter);
    double y = top;
    for (size_t i = 0; i < chart->count; i++)
        y += row_height(labels[i].count);
    paint_ticks(painter, &axis, top, y);
    double bottom = y;
    y = top;
    for (size_t i = 0; i < chart->count; i++) {
        const struct chart_datum *datum = &chart->data[i];
        double height = row_height(labels[i].count);
        double middle = y + height / 2;
        paint_wrapped(painter, &labels[i], 0, middle, datum->accent, COLOUR_INK, MARK_LEFT);
        paint_pair(painter, datum, &axis, middle);
        paint_text(painter, text_right, middle, fit_text(painter, datum->text, plan.text_room, TEXT_SIZE, true),
                   TEXT_SIZE, true, datum->accent ? COLOUR_ACCENT_TEXT : COLOUR_BLUE, MARK_RIGHT);
        paint_text(painter, reference_right, middle,
                   fit_text(painter, datum->reference_text, plan.reference_room, TEXT_SIZE, false), TEXT_SIZE, false,
                   COLOUR_INK, MARK_RIGHT);
        y += height;
    }
    if (chart->axis != NULL) {
        const char *text = fit_text(painter, chart->axis, painter->width, KEY_SIZE, false);
        double middle = fmax((left + right) / 2, text_width(painter, text, KEY_SIZE, false) / 2);
        middle = fmin(middle, painter->width - text_width(painter, text, KEY_SIZE, false) / 2);
        paint_text(painter, middle, bottom + 18, text, KEY_SIZE, false, COLOUR_GREY, MARK_MIDDLE);
    }
    painter->height = bottom + (chart->axis != NULL ? 24 : 13);
}
