/* Several points in time: a line per datum, named at its end with its last value; gaps where nothing is shown. The
 * interval of the last value is a bar through its point. Series without any value are listed below with their sign. */
#include <math.h>

#include "reports/chart_draw.h"

struct lines {
    struct axis axis; /* left = bottom of the plot, right = top */
    double left, right;
    double bottom;
    double label_room;
    struct end_label *ends;
    size_t end_count;
};

static double place_of(const struct lines *lines, size_t point, size_t count)
{
    return count < 2 ? lines->right : lines->left + (lines->right - lines->left) * (double)point / (double)(count - 1);
}

static bool drawn(const struct chart_datum *datum)
{
    return !isnan(datum->value) && datum->parts != NULL;
}

/* Last point with a value; point_count when there is none. */
static size_t last_point(const struct chart *chart, const struct chart_datum *datum)
{
    for (size_t i = chart->part_count; i-- > 0;)
        if (!isnan(datum->parts[i]))
            return i;
    return chart->part_count;
}

static double last_height(const struct chart *chart, const struct lines *lines, size_t datum)
{
    return axis_place(&lines->axis, chart->data[datum].parts[last_point(chart, &chart->data[datum])]);
}

static void plan_range(const struct chart *chart, double *low, double *high)
{
    *low = 0;
    *high = 1;
    for (size_t i = 0; i < chart->count; i++) {
        const struct chart_datum *datum = &chart->data[i];
        if (!drawn(datum))
            continue;
        for (size_t j = 0; j < chart->part_count; j++) {
            *low = isnan(datum->parts[j]) ? *low : fmin(*low, datum->parts[j]);
            *high = isnan(datum->parts[j]) ? *high : fmax(*high, datum->parts[j]);
        }
        *low = isnan(datum->low) ? *low : fmin(*low, datum->low);
        *high = isnan(datum->high) ? *high : fmax(*high, datum->high);
    }
    *low = isnan(chart->lowest) ? *low : chart->lowest;
    *high = isnan(chart->highest) ? *high : chart->highest;
}

static double plan_ends(struct painter *painter, struct lines *lines)
{
    const struct chart *chart = painter->chart;
    double height = 0;
    for (size_t i = 0; i < chart->count; i++) {
        const struct chart_datum *datum = &chart->data[i];
        if (!drawn(datum) || last_point(chart, datum) == chart->part_count)
            continue;
        const char *text = arena_format(painter->arena, "%s  %s", datum->text == NULL ? "" : datum->text,
                                        datum->label == NULL ? "" : datum->label);
        struct end_label *end = &lines->ends[lines->end_count++];
        *end = (struct end_label){ .datum = i,
                                   .text = wrap_text(painter, text, lines->label_room, TEXT_SIZE, datum->accent) };
        end->height = lines_height(end->text.count);
        height += end->height;
    }
    return height;
}

static void paint_series(struct painter *painter, const struct lines *lines, const struct chart_datum *datum)
{
    const struct chart *chart = painter->chart;
    const uint32_t colour = datum->accent ? COLOUR_ACCENT : COLOUR_GREY;
    double *points = ARENA_NEW(painter->arena, double, 2 * chart->part_count);
    if (points == NULL) {
        painter->failed = true;
        return;
    }
    size_t used = 0;
    for (size_t i = 0; i <= chart->part_count; i++) {
        bool gap = i == chart->part_count || isnan(datum->parts[i]);
        if (!gap) {
            points[2 * used] = place_of(lines, i, chart->part_count);
            points[2 * used + 1] = axis_place(&lines->axis, datum->parts[i]);
            paint_circle(painter, points[2 * used], points[2 * used + 1], datum->accent ? 3 : 2.4, colour);
            used++;
        }
        if (gap && used > 1)
            paint_path(painter, points, used, colour, datum->accent ? 2 : 1.2, false);
        used = gap ? 0 : used;
    }
}

static void paint_end(struct painter *painter, const struct lines *lines, const struct end_label *end)
{
    const struct chart *chart = painter->chart;
    const struct chart_datum *datum = &chart->data[end->datum];
    size_t point = last_point(chart, datum);
    double x = place_of(lines, point, chart->part_count);
    double y = last_height(chart, lines, end->datum);
    if (!isnan(datum->low) && !isnan(datum->high))
        paint_line(painter, x, axis_place(&lines->axis, datum->low), x, axis_place(&lines->axis, datum->high),
                   datum->accent ? COLOUR_ACCENT : COLOUR_GREY, 1);
    if (fabs(end->placed - y) > 2 || x < lines->right - 1)
        paint_line(painter, x + 4, y, lines->right + 9, end->placed, COLOUR_GREY, 0.4);
    paint_wrapped(painter, &end->text, lines->right + 11, end->placed, datum->accent,
                  datum->accent ? COLOUR_ACCENT_TEXT : COLOUR_INK, MARK_LEFT);
}

/* First and last always, those between where they have room. */
static void paint_times(struct painter *painter, const struct lines *lines)
{
    const struct chart *chart = painter->chart;
    const size_t count = chart->part_count;
    double free_from = 0;
    double last_from = painter->width;
    for (size_t step = 0; step < count; step++) {
        size_t i = step == 0 ? count - 1 : step - 1; /* the last one first: it must have its place */
        const char *text = chart->part_labels == NULL ? NULL : chart->part_labels[i];
        double room = fmax((lines->right - lines->left) * 0.45, 20);
        text = fit_text(painter, text, room, KEY_SIZE, false);
        double half = text_width(painter, text, KEY_SIZE, false) / 2;
        double x = fmin(fmax(place_of(lines, i, count), half), painter->width - half);
        bool fits = x - half >= free_from && x + half <= last_from;
        if (!fits)
            continue;
        paint_text(painter, x, lines->bottom + 10, text, KEY_SIZE, false, COLOUR_GREY, MARK_MIDDLE);
        if (step == 0)
            last_from = x - half - 5;
        else
            free_from = x + half + 5;
    }
}

void chart_lines(struct painter *painter)
{
    const struct chart *chart = painter->chart;
    struct lines lines = { .label_room = painter->width * 0.34 };
    lines.ends = ARENA_NEW(painter->arena, struct end_label, chart->count);
    if (lines.ends == NULL) {
        painter->failed = true;
        return;
    }
    double low;
    double high;
    plan_range(chart, &low, &high);
    double needed = plan_ends(painter, &lines);
    double top = chart->axis == NULL ? 6 : 18;
    lines.bottom = lines.end_count == 0 ? 0 : top + fmax(needed, plot_height(painter, 130));
    lines.axis = axis_make(low, high, lines.bottom, top, 5);
    lines.left = text_width(painter, "100", KEY_SIZE, false) + 12;
    lines.right = painter->width - lines.label_room - 11;
    if (lines.end_count > 0) {
        paint_text(painter, 0, 6, fit_text(painter, chart->axis, painter->width, KEY_SIZE, false), KEY_SIZE, false,
                   COLOUR_GREY, MARK_LEFT);
        paint_levels(painter, &lines.axis, lines.left - 6, lines.right);
        paint_times(painter, &lines);
        lines.bottom += 16;
    }
    for (size_t i = 0; i < lines.end_count; i++)
        lines.ends[i].wanted = last_height(chart, &lines, lines.ends[i].datum);
    spread_labels(lines.ends, lines.end_count, top - 5, fmax(lines.bottom - 16, needed + top));
    for (size_t i = 0; i < lines.end_count; i++) {
        paint_series(painter, &lines, &chart->data[lines.ends[i].datum]);
        paint_end(painter, &lines, &lines.ends[i]);
    }
    painter->height = paint_hidden(painter, lines.bottom + 3) + 2;
}
