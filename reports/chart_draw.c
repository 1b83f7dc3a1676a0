/* What all chart forms share: marks, measured and wrapped text, axes, the key.
 * Does not know fonts (measure tells widths) or languages (texts arrive translated). */
#include "reports/chart_draw.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

static struct mark *add_mark(struct painter *painter, enum mark_kind kind)
{
    if (painter->count == painter->room && !painter->failed) {
        size_t room = painter->room == 0 ? 64 : painter->room * 2;
        struct mark *marks = ARENA_NEW(painter->arena, struct mark, room);
        if (marks == NULL) {
            painter->failed = true;
        } else {
            if (painter->count > 0)
                memcpy(marks, painter->marks, painter->count * sizeof *marks);
            painter->marks = marks;
            painter->room = room;
        }
    }
    if (painter->failed)
        return NULL;
    struct mark *mark = &painter->marks[painter->count++];
    *mark = (struct mark){ .kind = kind };
    return mark;
}

void paint_mark(struct painter *painter, const struct mark *other)
{
    struct mark *mark = add_mark(painter, other->kind);
    if (mark != NULL)
        *mark = *other;
}

void paint_rect(struct painter *painter, double x, double y, double width, double height, uint32_t colour)
{
    struct mark *mark = add_mark(painter, MARK_RECT);
    if (mark != NULL)
        *mark = (struct mark){ .kind = MARK_RECT, .x = x, .y = y, .width = width, .height = height, .colour = colour };
}

void paint_frame(struct painter *painter, double x, double y, double width, double height, uint32_t colour,
                 double stroke)
{
    struct mark *mark = add_mark(painter, MARK_RECT);
    if (mark != NULL)
        *mark = (struct mark){ .kind = MARK_RECT, .x = x, .y = y, .width = width, .height = height, .colour = colour,
                               .stroke = stroke };
}

static void line(struct painter *painter, const double ends[4], uint32_t colour, double stroke, bool dashed)
{
    struct mark *mark = add_mark(painter, MARK_LINE);
    if (mark != NULL)
        *mark = (struct mark){ .kind = MARK_LINE, .x = ends[0], .y = ends[1], .width = ends[2] - ends[0],
                               .height = ends[3] - ends[1], .colour = colour, .stroke = stroke, .dashed = dashed };
}

void paint_line(struct painter *painter, double x1, double y1, double x2, double y2, uint32_t colour, double stroke)
{
    line(painter, (const double[]){ x1, y1, x2, y2 }, colour, stroke, false);
}

void paint_dashed(struct painter *painter, double x1, double y1, double x2, double y2, uint32_t colour, double stroke)
{
    line(painter, (const double[]){ x1, y1, x2, y2 }, colour, stroke, true);
}

void paint_circle(struct painter *painter, double x, double y, double radius, uint32_t colour)
{
    struct mark *mark = add_mark(painter, MARK_CIRCLE);
    if (mark != NULL)
        *mark = (struct mark){ .kind = MARK_CIRCLE, .x = x, .y = y, .width = radius, .colour = colour };
}

void paint_ring(struct painter *painter, double x, double y, double radius, uint32_t colour)
{
    struct mark *mark = add_mark(painter, MARK_RING);
    if (mark != NULL)
        *mark = (struct mark){ .kind = MARK_RING, .x = x, .y = y, .width = radius, .colour = colour, .stroke = 1.2 };
}

static void path(struct painter *painter, enum mark_kind kind, const double points[], size_t point_count,
                 struct mark wanted)
{
    double *own = ARENA_NEW(painter->arena, double, point_count * 2);
    struct mark *mark = own == NULL ? NULL : add_mark(painter, kind);
    if (own == NULL || mark == NULL) {
        painter->failed = true;
        return;
    }
    memcpy(own, points, point_count * 2 * sizeof *own);
    *mark = wanted;
    mark->kind = kind;
    mark->points = own;
    mark->point_count = point_count;
}

void paint_path(struct painter *painter, const double points[], size_t point_count, uint32_t colour, double stroke,
                bool dashed)
{
    path(painter, MARK_PATH, points, point_count,
         (struct mark){ .colour = colour, .stroke = stroke, .dashed = dashed });
}

void paint_area(struct painter *painter, const double points[], size_t point_count, uint32_t colour)
{
    path(painter, MARK_AREA, points, point_count, (struct mark){ .colour = colour });
}

void paint_text(struct painter *painter, double x, double y, const char *text, double size, bool strong,
                uint32_t colour, enum mark_align align)
{
    if (text == NULL || *text == '\0')
        return;
    char *own = arena_string(painter->arena, text);
    struct mark *mark = own == NULL ? NULL : add_mark(painter, MARK_TEXT);
    if (own == NULL || mark == NULL) {
        painter->failed = true;
        return;
    }
    double baseline = y + size * (TEXT_ASCENT - TEXT_DESCENT) / 2;
    *mark = (struct mark){ .kind = MARK_TEXT, .x = x, .y = baseline, .text = own, .size = size, .strong = strong,
                           .colour = colour, .align = align };
}

double text_width(const struct painter *painter, const char *text, double size, bool strong)
{
    return text == NULL || *text == '\0' ? 0 : painter->measure(painter->context, text, size, strong);
}

enum { LINE_MAX_BYTES = 512 };

/* Width of the first length bytes, with "…" behind them when cut is set. */
static double prefix_width(const struct painter *painter, const char *text, size_t length, double size, bool strong,
                           bool cut)
{
    char line_text[LINE_MAX_BYTES + 8];
    if (length > LINE_MAX_BYTES)
        return HUGE_VAL;
    memcpy(line_text, text, length);
    memcpy(line_text + length, cut ? "…" : "", cut ? sizeof "…" : 1);
    return painter->measure(painter->context, line_text, size, strong);
}

/* Bytes of the longest beginning that fits; words are broken only when not one fits. At least one character. */
static size_t fitting(const struct painter *painter, const char *text, double room, double size, bool strong, bool cut)
{
    size_t best = 0;
    size_t best_letters = 0;
    size_t first = 0;
    for (size_t at = 0; at < LINE_MAX_BYTES && text[at] != '\0';) {
        int32_t point = 0;
        size_t step = utf8_next(text + at, &point);
        at += step == 0 ? 1 : step;
        if (first == 0)
            first = at;
        bool end = text[at] == '\0' || text[at] == ' ';
        if (prefix_width(painter, text, at, size, strong, cut) > room)
            break;
        best_letters = at;
        if (end || point == '-' || point == '/')
            best = at;
    }
    if (cut || best == 0)
        best = best_letters;
    return best == 0 ? first : best;
}

struct wrapped wrap_text(struct painter *painter, const char *text, double room, double size, bool strong)
{
    struct wrapped out = { .count = 0 };
    const char *rest = text == NULL ? "" : text;
    while (*rest != '\0' && out.count < WRAP_MAX) {
        size_t length = fitting(painter, rest, room, size, strong, false);
        bool cut = out.count + 1 == WRAP_MAX && rest[length] != '\0';
        if (cut)
            length = fitting(painter, rest, room, size, strong, true);
        char *line_text = arena_format(painter->arena, "%.*s%s", (int)length, rest, cut ? "…" : "");
        if (line_text == NULL) {
            painter->failed = true;
            break;
        }
        double width = text_width(painter, line_text, size, strong);
        out.lines[out.count++] = line_text;
        out.width = fmax(out.width, width);
        rest += length;
        while (*rest == ' ')
            rest++;
    }
    return out;
}

const char *fit_text(struct painter *painter, const char *text, double room, double size, bool strong)
{
    if (text == NULL || text_width(painter, text, size, strong) <= room)
        return text == NULL ? "" : text;
    size_t length = fitting(painter, text, room, size, strong, true);
    char *own = arena_format(painter->arena, "%.*s…", (int)length, text);
    if (own == NULL)
        painter->failed = true;
    return own == NULL ? "" : own;
}

void paint_wrapped(struct painter *painter, const struct wrapped *wrapped, double x, double y_middle, bool strong,
                   uint32_t colour, enum mark_align align)
{
    double y = y_middle - (double)(wrapped->count - (wrapped->count > 0)) * TEXT_LEADING / 2;
    for (size_t i = 0; i < wrapped->count; i++)
        paint_text(painter, x, y + (double)i * TEXT_LEADING, wrapped->lines[i], TEXT_SIZE, strong, colour, align);
}

double plot_height(const struct painter *painter, double wanted)
{
    return painter->chart->low ? wanted * 2 / 3 : wanted;
}

double row_height(size_t line_count)
{
    return fmax(17.0, (double)line_count * TEXT_LEADING + 5.0);
}

double wrap_labels(struct painter *painter, double room, struct wrapped **labels)
{
    const struct chart *chart = painter->chart;
    double widest = 0;
    *labels = ARENA_NEW(painter->arena, struct wrapped, chart->count);
    if (*labels == NULL) {
        painter->failed = true;
        return 0;
    }
    for (size_t i = 0; i < chart->count; i++) {
        (*labels)[i] = wrap_text(painter, chart->data[i].label, room, TEXT_SIZE, chart->data[i].accent);
        widest = fmax(widest, (*labels)[i].width);
    }
    return fmin(widest, room);
}

struct axis axis_make(double low, double high, double left, double right, unsigned most)
{
    if (!(high > low))
        high = low + 1;
    double step = pow(10, floor(log10((high - low) / most)));
    static const double factors[] = { 1, 2, 5, 10, 20, 50, 100 };
    double chosen = step;
    for (size_t i = 0; i < COUNT(factors); i++) {
        chosen = step * factors[i];
        if (ceil(high / chosen - 1e-9) - floor(low / chosen + 1e-9) <= most)
            break;
    }
    return (struct axis){ .low = floor(low / chosen + 1e-9) * chosen, .high = ceil(high / chosen - 1e-9) * chosen,
                          .left = left, .right = right, .step = chosen };
}

double axis_place(const struct axis *axis, double value)
{
    double inside = fmin(fmax(value, axis->low), axis->high);
    return axis->left + (inside - axis->low) / (axis->high - axis->low) * (axis->right - axis->left);
}

const char *axis_text(struct painter *painter, double value)
{
    double whole = round(value);
    if (fabs(value - whole) > 1e-6 || fabs(whole) > 99999)
        return NULL;
    char *own = arena_format(painter->arena, "%s%.0f", whole < 0 ? "\xE2\x88\x92" : "", fabs(whole));
    if (own == NULL)
        painter->failed = true;
    return own;
}

/* Insertion sort by the wanted place. */
static void sort_labels(struct end_label labels[], size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct end_label label = labels[i];
        size_t place = i;
        for (; place > 0 && labels[place - 1].wanted > label.wanted; place--)
            labels[place] = labels[place - 1];
        labels[place] = label;
    }
}

/* Pushes down what overlaps, then back up from the bottom. */
void spread_labels(struct end_label labels[], size_t count, double top, double bottom)
{
    sort_labels(labels, count);
    double free_from = top;
    for (size_t i = 0; i < count; i++) {
        labels[i].placed = fmax(labels[i].wanted, free_from + labels[i].height / 2);
        free_from = labels[i].placed + labels[i].height / 2;
    }
    double free_to = bottom;
    for (size_t i = count; i-- > 0;) {
        labels[i].placed = fmin(labels[i].placed, free_to - labels[i].height / 2);
        free_to = labels[i].placed - labels[i].height / 2;
    }
}

double lines_height(size_t line_count)
{
    return (double)line_count * TEXT_LEADING + 1;
}

double paint_hidden(struct painter *painter, double y)
{
    for (size_t i = 0; i < painter->chart->count; i++) {
        const struct chart_datum *datum = &painter->chart->data[i];
        if (!isnan(datum->value))
            continue;
        const char *text = arena_format(painter->arena, "%s: %s", datum->label == NULL ? "" : datum->label,
                                        datum->text == NULL ? "" : datum->text);
        struct wrapped lines = wrap_text(painter, text, painter->width, TEXT_SIZE, false);
        double height = lines_height(lines.count);
        paint_wrapped(painter, &lines, 0, y + height / 2, false, COLOUR_INK, MARK_LEFT);
        y += height;
    }
    return y;
}

void paint_levels(struct painter *painter, const struct axis *axis, double x1, double x2)
{
    unsigned ticks = (unsigned)lround((axis->high - axis->low) / axis->step);
    for (unsigned i = 0; i <= ticks; i++) {
        double value = axis->low + i * axis->step;
        double y = axis_place(axis, value);
        bool ground = i == 0;
        paint_line(painter, x1, y, x2, y, ground ? COLOUR_GREY : COLOUR_HAIR, ground ? 0.8 : 0.5);
        paint_text(painter, x1 - 6, y, axis_text(painter, fabs(value) < axis->step * 1e-6 ? 0 : value), KEY_SIZE, false,
                   COLOUR_GREY, MARK_RIGHT);
    }
}

double paint_key(struct painter *painter)
{
    const char *texts[2] = { painter->chart->key_value, painter->chart->key_reference };
    double x = 0;
    double y = 6;
    for (size_t i = 0; i < COUNT(texts); i++) {
        if (texts[i] == NULL || *texts[i] == '\0')
            continue;
        const char *text = fit_text(painter, texts[i], painter->width - 10, KEY_SIZE, false);
        double width = 10 + text_width(painter, text, KEY_SIZE, false);
        if (x > 0 && x + width > painter->width) {
            x = 0;
            y += TEXT_LEADING;
        }
        if (i == 0)
            paint_circle(painter, x + 3.2, y, 3, COLOUR_BLUE);
        else
            paint_ring(painter, x + 3.6, y, 2.8, COLOUR_GREY);
        paint_text(painter, x + 10, y, text, KEY_SIZE, false, COLOUR_GREY, MARK_LEFT);
        x += width + 16;
    }
    return x > 0 ? y + 10 : 0;
}
