/* Units by size with exact binomial limits: what lies inside the funnel is what chance alone gives.
 * Only units outside the 99.8 % limits and accented ones are named; this is no ranking. */
#include <math.h>

#include "reports/chart_draw.h"

enum { GRID = 60, SIZE_MAX_CASES = 100000 };
static const double tails[] = { 0.001, 0.025, 0.975, 0.999 };

void binomial_limits(unsigned n, double centre, const double probabilities[], double limits[], size_t count)
{
    if (centre <= 0 || centre >= 1 || n == 0) {
        for (size_t i = 0; i < count; i++)
            limits[i] = centre;
        return;
    }
    const double odds = log(centre) - log1p(-centre);
    double logarithm = n * log1p(-centre); /* of P(R = 0); in logs because (1 − p)ⁿ underflows */
    double below = 0;
    size_t next = 0;
    for (unsigned r = 0; r <= n && next < count; r++) {
        double here = exp(logarithm);
        while (next < count && below + here > probabilities[next]) {
            double part = (below + here - probabilities[next]) / here;
            limits[next++] = fmin(fmax((r - part) / n, 0), 1);
        }
        below += here;
        logarithm += log((double)(n - r)) - log((double)r + 1) + odds;
    }
    while (next < count)
        limits[next++] = 1;
}

struct frame {
    struct axis x, y; /* y.left is the bottom */
    double largest;
};

struct box {
    double left, top, right, bottom;
};

static unsigned cases(double size)
{
    return (unsigned)fmin(fmax(round(size), 1), SIZE_MAX_CASES);
}

static bool drawn(const struct chart_datum *datum)
{
    return !isnan(datum->value) && datum->reference >= 1;
}

static bool outlying(const struct chart *chart, const struct chart_datum *datum)
{
    double limits[COUNT(tails)];
    binomial_limits(cases(datum->reference), chart->centre, tails, limits, COUNT(tails));
    return datum->value / 100 < limits[0] - 1e-9 || datum->value / 100 > limits[3] + 1e-9;
}

static void paint_limits(struct painter *painter, const struct frame *frame)
{
    double *lines = ARENA_NEW(painter->arena, double, COUNT(tails) * 2 * (GRID + 1));
    if (lines == NULL) {
        painter->failed = true;
        return;
    }
    const size_t length = 2 * (GRID + 1);
    size_t used[COUNT(tails)] = { 0 };
    for (size_t i = 0; i <= GRID; i++) {
        /* Quadratic spacing: the funnel bends where units are small. */
        double part = (double)i / GRID;
        double size = fmax(1, 5 + (frame->largest - 5) * part * part);
        double limits[COUNT(tails)];
        binomial_limits(cases(size), painter->chart->centre, tails, limits, COUNT(tails));
        for (size_t j = 0; j < COUNT(tails); j++) {
            if (limits[j] * 100 > frame->y.high) /* leaves the plot at the top: the line begins further right */
                continue;
            double *point = &lines[j * length + 2 * used[j]++];
            point[0] = axis_place(&frame->x, cases(size));
            point[1] = axis_place(&frame->y, limits[j] * 100);
        }
    }
    for (size_t j = 0; j < COUNT(tails); j++)
        if (used[j] > 1)
            paint_path(painter, lines + j * length, used[j], COLOUR_GREY,
                       j == 0 || j == 3 ? 0.6 : 0.8, j == 0 || j == 3);
}

static void paint_axes(struct painter *painter, const struct frame *frame)
{
    double bottom = frame->y.left;
    unsigned ticks = (unsigned)lround((frame->y.high - frame->y.low) / frame->y.step);
    for (unsigned i = 0; i <= ticks; i++) {
        double value = frame->y.low + i * frame->y.step;
        paint_text(painter, frame->x.left - 6, axis_place(&frame->y, value), axis_text(painter, value), KEY_SIZE, false,
                   COLOUR_GREY, MARK_RIGHT);
    }
    ticks = (unsigned)lround((frame->x.high - frame->x.low) / frame->x.step);
    double free_from = frame->x.left;
    for (unsigned i = 0; i <= ticks; i++) {
        double value = frame->x.low + i * frame->x.step;
        const char *text = axis_text(painter, value);
        double x = axis_place(&frame->x, value);
        double half = text_width(painter, text, KEY_SIZE, false) / 2;
        if (text == NULL || (i > 0 && x - half < free_from) || x + half > painter->width)
            continue;
        paint_text(painter, x, bottom + 11, text, KEY_SIZE, false, COLOUR_GREY, MARK_MIDDLE);
        free_from = x + half + 5;
    }
    paint_line(painter, frame->x.left, bottom, frame->x.right, bottom, COLOUR_HAIR, 0.8);
    const char *name = fit_text(painter, painter->chart->axis, painter->width, KEY_SIZE, false);
    paint_text(painter, painter->width, bottom + 22, name, KEY_SIZE, false, COLOUR_GREY, MARK_RIGHT);
}

static bool touches(const struct box *a, const struct box *b)
{
    return a->left < b->right && b->left < a->right && a->top < b->bottom && b->top < a->bottom;
}

/* Right, left, above or below its point, where it covers no point and no other name; else it stays unnamed. */
static bool place_name(const struct painter *painter, const struct frame *frame, const struct box taken[],
                       size_t taken_count, size_t own, double width, struct box *place)
{
    const struct chart_datum *datum = &painter->chart->data[own];
    double x = axis_place(&frame->x, datum->reference);
    double y = axis_place(&frame->y, datum->value);
    double half = TEXT_SIZE / 2 + 0.5;
    const struct box tries[] = {
        { x + 6, y - half, x + 6 + width, y + half },
        { x - 6 - width, y - half, x - 6, y + half },
        { x - width / 2, y - 6 - 2 * half, x + width / 2, y - 6 },
        { x - width / 2, y + 6, x + width / 2, y + 6 + 2 * half },
    };
    for (size_t i = 0; i < COUNT(tries); i++) {
        bool free_place = tries[i].left >= frame->x.left && tries[i].right <= painter->width &&
                          tries[i].top >= 0 && tries[i].bottom <= frame->y.left - 1;
        for (size_t j = 0; j < taken_count && free_place; j++)
            free_place = !touches(&tries[i], &taken[j]);
        if (free_place) {
            *place = tries[i];
            return true;
        }
    }
    return false;
}

static void paint_units(struct painter *painter, const struct frame *frame)
{
    const struct chart *chart = painter->chart;
    struct box *taken = ARENA_NEW(painter->arena, struct box, chart->count * 2);
    size_t taken_count = 0;
    if (taken == NULL) {
        painter->failed = true;
        return;
    }
    for (size_t i = 0; i < chart->count; i++) {
        const struct chart_datum *datum = &chart->data[i];
        if (!drawn(datum))
            continue;
        double x = axis_place(&frame->x, datum->reference);
        double y = axis_place(&frame->y, datum->value);
        bool named = datum->accent || outlying(chart, datum);
        paint_circle(painter, x, y, named ? 3.4 : 2.6, named ? COLOUR_ACCENT : COLOUR_INK);
        taken[taken_count++] = (struct box){ x - 4, y - 4, x + 4, y + 4 };
    }
    for (size_t i = 0; i < chart->count; i++) {
        const struct chart_datum *datum = &chart->data[i];
        if (!drawn(datum) || (!datum->accent && !outlying(chart, datum)))
            continue;
        const char *name = fit_text(painter, datum->label, painter->width * 0.5, TEXT_SIZE, true);
        struct box place;
        if (!place_name(painter, frame, taken, taken_count, i, text_width(painter, name, TEXT_SIZE, true), &place))
            continue;
        paint_text(painter, place.left, (place.top + place.bottom) / 2, name, TEXT_SIZE, true, COLOUR_ACCENT_TEXT,
                   MARK_LEFT);
        taken[taken_count++] = place;
    }
}

void chart_funnel(struct painter *painter)
{
    const struct chart *chart = painter->chart;
    struct frame frame = { .largest = 50 };
    double highest = isnan(chart->highest) ? fmin(chart->centre * 200, 100) : chart->highest;
    for (size_t i = 0; i < chart->count; i++) {
        if (!drawn(&chart->data[i]))
            continue;
        frame.largest = fmax(frame.largest, fmin(chart->data[i].reference, SIZE_MAX_CASES));
        highest = fmax(highest, chart->data[i].value);
    }
    double bottom = fmin(painter->width * 0.62, plot_height(painter, 190)) + 8;
    double left = text_width(painter, "100", KEY_SIZE, false) + 8;
    frame.y = axis_make(0, fmax(highest, 1), bottom, 8, 5);
    frame.x = axis_make(0, frame.largest, left, painter->width - 10, 6);
    frame.largest = frame.x.high;
    paint_axes(painter, &frame);
    paint_limits(painter, &frame);
    double centre = axis_place(&frame.y, chart->centre * 100);
    paint_line(painter, frame.x.left, centre, frame.x.right, centre, COLOUR_BLUE, 1);
    paint_units(painter, &frame);
    painter->height = bottom + 29;
}
