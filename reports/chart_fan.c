/* A projection: what was observed as a line with points, what follows as a dashed line inside its range. A level to
 * compare with is a thin line with its name. Years without a value leave a gap and show their sign below the axis. */
#include <math.h>

#include "reports/chart_draw.h"

struct fan {
    struct axis axis; /* left = bottom of the plot, right = top */
    double left, right, bottom;
};

static double place_of(const struct painter *painter, const struct fan *fan, size_t i)
{
    const size_t count = painter->chart->count;
    return count < 2 ? fan->right : fan->left + (fan->right - fan->left) * (double)i / (double)(count - 1);
}

static void plan_range(const struct chart *chart, double *low, double *high)
{
    *low = 0;
    *high = isnan(chart->centre) ? 1 : fmax(chart->centre, 1);
    for (size_t i = 0; i < chart->count; i++) {
        const struct chart_datum *datum = &chart->data[i];
        const double seen[] = { datum->value, datum->low, datum->high };
        for (size_t j = 0; j < COUNT(seen) && !isnan(datum->value); j++) {
            *low = isnan(seen[j]) ? *low : fmin(*low, seen[j]);
            *high = isnan(seen[j]) ? *high : fmax(*high, seen[j]);
        }
    }
    *low = isnan(chart->lowest) ? *low : chart->lowest;
    *high = isnan(chart->highest) ? *high : chart->highest;
}

/* The range from the last observed year on: there and back again, its edges drawn. */
static void paint_range(struct painter *painter, const struct fan *fan)
{
    const struct chart *chart = painter->chart;
    double *there = ARENA_NEW(painter->arena, double, 4 * chart->count);
    double *back = ARENA_NEW(painter->arena, double, 2 * chart->count);
    size_t used = 0;
    if (there == NULL || back == NULL) {
        painter->failed = true;
        return;
    }
    for (size_t i = chart->known > 0 ? chart->known - 1 : 0; i < chart->count; i++) {
        const struct chart_datum *datum = &chart->data[i];
        bool start = i + 1 == chart->known && isnan(datum->low); /* the range opens at an exact point */
        double high = start ? datum->value : datum->high;
        double low = start ? datum->value : datum->low;
        if (isnan(datum->value) || isnan(low) || isnan(high))
            continue;
        there[2 * used] = back[2 * used] = place_of(painter, fan, i);
        there[2 * used + 1] = axis_place(&fan->axis, high);
        back[2 * used + 1] = axis_place(&fan->axis, low);
        used++;
    }
    if (used < 2)
        return;
    for (size_t i = 0; i < used; i++) {
        there[2 * (used + i)] = back[2 * (used - 1 - i)];
        there[2 * (used + i) + 1] = back[2 * (used - 1 - i) + 1];
    }
    paint_area(painter, there, 2 * used, COLOUR_PALE);
    paint_path(painter, there, used, COLOUR_BLUE, 0.7, false);
    paint_path(painter, back, used, COLOUR_BLUE, 0.7, false);
}

static void paint_course(struct painter *painter, const struct fan *fan, size_t first, size_t last, bool projected)
{
    double *points = ARENA_NEW(painter->arena, double, 2 * (painter->chart->count + 1));
    size_t used = 0;
    if (points == NULL) {
        painter->failed = true;
        return;
    }
    for (size_t i = first; i <= last; i++) {
        bool gap = i == last || isnan(painter->chart->data[i].value);
        if (!gap) {
            points[2 * used] = place_of(painter, fan, i);
            points[2 * used + 1] = axis_place(&fan->axis, painter->chart->data[i].value);
            if (!projected)
                paint_circle(painter, points[2 * used], points[2 * used + 1], 2.8, COLOUR_BLUE);
            used++;
        }
        if (gap && used > 1)
            paint_path(painter, points, used, COLOUR_BLUE, projected ? 1.2 : 2, projected);
        used = gap ? 0 : used;
    }
}

static void paint_years(struct painter *painter, const struct fan *fan)
{
    const struct chart *chart = painter->chart;
    double free_from = 0;
    for (size_t i = 0; i < chart->count; i++) {
        const struct chart_datum *datum = &chart->data[i];
        const char *text = isnan(datum->value) && datum->text != NULL
                               ? arena_format(painter->arena, "%s: %s", datum->label == NULL ? "" : datum->label,
                                              datum->text)
                               : datum->label;
        text = fit_text(painter, text, fan->right - fan->left, KEY_SIZE, false);
        double half = text_width(painter, text, KEY_SIZE, false) / 2;
        double x = fmin(fmax(place_of(painter, fan, i), half), painter->width - half);
        if (x - half < free_from)
            continue;
        paint_text(painter, x, fan->bottom + 10, text, KEY_SIZE, false, COLOUR_GREY, MARK_MIDDLE);
        free_from = x + half + 5;
    }
}

/* At the right: value and range of the last year, and the name of the level, pushed apart. */
static void paint_ends(struct painter *painter, const struct fan *fan, double top)
{
    const struct chart *chart = painter->chart;
    const struct chart_datum *last = &chart->data[chart->count - 1];
    struct end_label ends[2];
    size_t count = 0;
    double room = painter->width - fan->right - 11;
    const char *text = arena_format(painter->arena, "%s%s%s", last->text == NULL ? "" : last->text,
                                    last->reference_text == NULL ? "" : "  ",
                                    last->reference_text == NULL ? "" : last->reference_text);
    if (!isnan(last->value))
        ends[count++] = (struct end_label){ .datum = 0, .wanted = axis_place(&fan->axis, last->value),
                                            .text = wrap_text(painter, text, room, TEXT_SIZE, true) };
    if (!isnan(chart->centre))
        ends[count++] = (struct end_label){ .datum = 1, .wanted = axis_place(&fan->axis, chart->centre),
                                            .text = wrap_text(painter, chart->key_reference, room, TEXT_SIZE, false) };
    for (size_t i = 0; i < count; i++)
        ends[i].height = lines_height(ends[i].text.count);
    spread_labels(ends, count, top - 5, fan->bottom + 2);
    for (size_t i = 0; i < count; i++) {
        bool own = ends[i].datum == 0;
        if (fabs(ends[i].placed - ends[i].wanted) > 2)
            paint_line(painter, fan->right + 3, ends[i].wanted, fan->right + 9, ends[i].placed, COLOUR_GREY, 0.4);
        paint_wrapped(painter, &ends[i].text, fan->right + 11, ends[i].placed, own, own ? COLOUR_BLUE : COLOUR_INK,
                      MARK_LEFT);
    }
}

void chart_fan(struct painter *painter)
{
    const struct chart *chart = painter->chart;
    const size_t known = chart->known > chart->count ? chart->count : chart->known;
    double low;
    double high;
    double top = chart->axis == NULL ? 8 : 20;
    struct fan fan = { .bottom = top + plot_height(painter, 150) };
    plan_range(chart, &low, &high);
    fan.axis = axis_make(low, high, fan.bottom, top, 5);
    fan.left = text_width(painter, "100", KEY_SIZE, false) + 12;
    fan.right = painter->width * 0.7;
    paint_text(painter, 0, 6, fit_text(painter, chart->axis, painter->width, KEY_SIZE, false), KEY_SIZE, false,
               COLOUR_GREY, MARK_LEFT);
    paint_levels(painter, &fan.axis, fan.left - 6, fan.right);
    paint_range(painter, &fan);
    if (!isnan(chart->centre)) {
        double y = axis_place(&fan.axis, chart->centre);
        paint_line(painter, fan.left - 6, y, fan.right, y, COLOUR_INK, 0.9);
    }
    paint_course(painter, &fan, known > 0 ? known - 1 : 0, chart->count, true);
    paint_course(painter, &fan, 0, known, false);
    paint_years(painter, &fan);
    paint_ends(painter, &fan, top);
    painter->height = fan.bottom + 18;
}
