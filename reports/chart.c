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
