/* From a chart to marks: hands the painter to the form. What the forms share stands in chart_draw.c. */
#include "reports/chart.h"

#include "reports/chart_draw.h"

enum status chart_layout(struct arena *arena, const struct chart *chart, double width, chart_measure *measure,
                         void *context, struct drawing *drawing, struct fail *fail)
{
    if (chart->count == 0 || chart->data == NULL || !(width >= 100))
        return FAIL(fail, STATUS_INPUT, "a chart has no data or no room");
    struct painter painter = { .arena = arena, .chart = chart, .width = width, .measure = measure, .context = context };
    switch (chart->form) {
    case CHART_DOTS:
        chart_dots(&painter);
        break;
    case CHART_BARS:
        chart_bars(&painter);
        break;
    case CHART_DIVERGING:
        chart_diverging(&painter);
        break;
    case CHART_SLOPE:
        chart_slope(&painter);
        break;
    case CHART_FUNNEL:
        chart_funnel(&painter);
        break;
    case CHART_LINES:
        chart_lines(&painter);
        break;
    case CHART_NEED:
        chart_need(&painter);
        break;
    case CHART_FAN:
        chart_fan(&painter);
        break;
    }
    if (painter.failed)
        return FAIL(fail, STATUS_MEMORY, "a chart needs more memory than the report may use");
    *drawing = (struct drawing){ .width = width, .height = painter.height, .marks = painter.marks,
                                 .count = painter.count };
    return STATUS_OK;
}

static struct mark turned(const struct mark *mark, double width)
{
    struct mark own = *mark;
    own.x = width - mark->x;
    if (mark->kind == MARK_RECT)
        own.x -= mark->width;
    if (mark->kind == MARK_LINE)
        own.width = -mark->width;
    if (mark->kind == MARK_TEXT)
        own.align = mark->align == MARK_LEFT ? MARK_RIGHT : mark->align == MARK_RIGHT ? MARK_LEFT : MARK_MIDDLE;
    return own;
}

enum status chart_mirror(struct arena *arena, struct drawing *drawing, struct fail *fail)
{
    struct mark *marks = ARENA_NEW(arena, struct mark, drawing->count + 1);
    for (size_t i = 0; marks != NULL && i < drawing->count; i++) {
        const struct mark *mark = &drawing->marks[i];
        marks[i] = turned(mark, drawing->width);
        double *points = mark->point_count == 0 ? NULL : ARENA_NEW(arena, double, 2 * mark->point_count);
        if (mark->point_count > 0 && points == NULL)
            return FAIL(fail, STATUS_MEMORY, "the report needs more memory than it may use");
        for (size_t j = 0; j < mark->point_count; j++) {
            points[2 * j] = drawing->width - mark->points[2 * j];
            points[2 * j + 1] = mark->points[2 * j + 1];
        }
        marks[i].points = points;
    }
    if (marks == NULL)
        return FAIL(fail, STATUS_MEMORY, "the report needs more memory than it may use");
    drawing->marks = marks;
    drawing->rtl = !drawing->rtl;
    return STATUS_OK;
}
