/* Two points in time: a line per datum, its ends labelled. Labels that would touch are pushed apart and joined to
 * their points by a thin line. A datum without a value today is listed below the plot with its sign. */
#include <math.h>

#include "reports/chart_draw.h"

struct slope {
    struct axis axis; /* left = bottom of the plot, right = top */
    double left, right;
    double top, bottom;
    double left_room, right_room;
    struct end_label *starts, *ends;
    size_t start_count, end_count;
};

static void plan_ends(struct painter *painter, struct slope *slope)
{
    const struct chart *chart = painter->chart;
    for (size_t i = 0; i < chart->count; i++) {
        const struct chart_datum *datum = &chart->data[i];
        if (isnan(datum->value))
            continue;
        const char *label = arena_format(painter->arena, "%s  %s", datum->text == NULL ? "" : datum->text,
                                         datum->label == NULL ? "" : datum->label);
        struct end_label *end = &slope->ends[slope->end_count++];
        *end = (struct end_label){ .datum = i,
                             .text = wrap_text(painter, label, slope->right_room, TEXT_SIZE, datum->accent) };
        end->height = lines_height(end->text.count);
        if (isnan(datum->reference))
            continue;
        end = &slope->starts[slope->start_count++];
        *end = (struct end_label){ .datum = i, .text = wrap_text(painter, datum->reference_text, slope->left_room, TEXT_SIZE,
                                                          datum->accent) };
        end->height = lines_height(end->text.count);
    }
}

static void plan_range(const struct chart *chart, double *low, double *high)
{
    *low = HUGE_VAL;
    *high = -HUGE_VAL;
    for (size_t i = 0; i < chart->count; i++) {
        if (isnan(chart->data[i].value))
            continue;
        *low = fmin(*low, chart->data[i].value);
        *high = fmax(*high, chart->data[i].value);
        if (!isnan(chart->data[i].reference)) {
            *low = fmin(*low, chart->data[i].reference);
            *high = fmax(*high, chart->data[i].reference);
        }
    }
    if (!isnan(chart->lowest))
        *low = chart->lowest;
    if (!isnan(chart->highest))
        *high = chart->highest;
    if (!(*high > *low)) {
        *low = isfinite(*low) ? *low - 1 : 0;
        *high = *low + 2;
    }
}

static void paint_end(struct painter *painter, const struct end_label *end, double x, double point_y, bool start)
{
    const struct chart_datum *datum = &painter->chart->data[end->datum];
    double out = start ? -1 : 1;
    uint32_t ink = datum->accent ? COLOUR_ACCENT_TEXT : COLOUR_INK;
    if (fabs(end->placed - point_y) > 2)
        paint_line(painter, x + out * 4, point_y, x + out * 9, end->placed, COLOUR_GREY, 0.4);
    paint_wrapped(painter, &end->text, x + out * 11, end->placed, datum->accent, ink, start ? MARK_RIGHT : MARK_LEFT);
}

static void paint_slopes(struct painter *painter, const struct slope *slope)
{
    const struct chart *chart = painter->chart;
    for (size_t i = 0; i < chart->count; i++) {
        const struct chart_datum *datum = &chart->data[i];
        if (isnan(datum->value))
            continue;
        uint32_t colour = datum->accent ? COLOUR_ACCENT : COLOUR_GREY;
        double y = axis_place(&slope->axis, datum->value);
        if (!isnan(datum->reference)) {
            double before = axis_place(&slope->axis, datum->reference);
            paint_line(painter, slope->left, before, slope->right, y, colour, datum->accent ? 2 : 1.2);
            paint_circle(painter, slope->left, before, 2.8, colour);
        }
        paint_circle(painter, slope->right, y, 2.8, colour);
    }
    for (size_t i = 0; i < slope->start_count; i++)
        paint_end(painter, &slope->starts[i], slope->left,
                  axis_place(&slope->axis, chart->data[slope->starts[i].datum].reference), true);
    for (size_t i = 0; i < slope->end_count; i++)
        paint_end(painter, &slope->ends[i], slope->right,
                  axis_place(&slope->axis, chart->data[slope->ends[i].datum].value), false);
}

void chart_slope(struct painter *painter)
{
    const struct chart *chart = painter->chart;
    struct slope slope = { .top = 20, .left_room = painter->width * 0.16, .right_room = painter->width * 0.42 };
    slope.starts = ARENA_NEW(painter->arena, struct end_label, chart->count);
    slope.ends = ARENA_NEW(painter->arena, struct end_label, chart->count);
    if (slope.starts == NULL || slope.ends == NULL) {
        painter->failed = true;
        return;
    }
    slope.left = slope.left_room + 11;
    slope.right = painter->width - slope.right_room - 11;
    plan_ends(painter, &slope);
    double needed = 0;
    double needed_start = 0;
    for (size_t i = 0; i < slope.end_count; i++)
        needed += slope.ends[i].height;
    for (size_t i = 0; i < slope.start_count; i++)
        needed_start += slope.starts[i].height;
    slope.bottom = slope.top + (slope.end_count == 0 ? 0 : fmax(fmax(needed, needed_start) + 20, plot_height(painter, 130)));
    double low = 0;
    double high = 1;
    plan_range(chart, &low, &high);
    slope.axis = (struct axis){ .low = low, .high = high, .left = slope.bottom - 10, .right = slope.top + 10 };
    for (size_t i = 0; i < slope.start_count; i++)
        slope.starts[i].wanted = axis_place(&slope.axis, chart->data[slope.starts[i].datum].reference);
    for (size_t i = 0; i < slope.end_count; i++)
        slope.ends[i].wanted = axis_place(&slope.axis, chart->data[slope.ends[i].datum].value);
    spread_labels(slope.starts, slope.start_count, slope.top, slope.bottom);
    spread_labels(slope.ends, slope.end_count, slope.top, slope.bottom);
    double half = (slope.right - slope.left) / 2 - 3;
    const char *before = fit_text(painter, chart->key_reference, fmin(half, slope.left) * 2, KEY_SIZE, false);
    paint_text(painter, slope.left, 7, before, KEY_SIZE, false, COLOUR_GREY, MARK_MIDDLE);
    paint_text(painter, slope.right, 7, fit_text(painter, chart->key_value, half * 2, KEY_SIZE, false), KEY_SIZE, false,
               COLOUR_GREY, MARK_MIDDLE);
    if (slope.end_count > 0) {
        paint_line(painter, slope.left, slope.top, slope.left, slope.bottom, COLOUR_HAIR, 0.8);
        paint_line(painter, slope.right, slope.top, slope.right, slope.bottom, COLOUR_HAIR, 0.8);
    }
    paint_slopes(painter, &slope);
    painter->height = paint_hidden(painter, slope.bottom + 3) + 2;
}
