/* Shared between the chart forms: a growing list of marks, measured text, wrapped labels and axes.
 * Private to reports/chart*.c. A failure (memory) sticks in painter.failed; drawing goes on and is thrown away. */
#ifndef REPORTS_CHART_DRAW_H
#define REPORTS_CHART_DRAW_H

#include "reports/chart.h"

/* REPORT section 5: contrast on white 7.0:1 (grey), 5.2:1 (blue), 3.9:1 (vermillion: marks only), 5.5:1 (its text). */
enum chart_colour {
    COLOUR_INK = 0x1A1A1A,
    COLOUR_GREY = 0x595959,
    COLOUR_HAIR = 0xD0D0D0,
    COLOUR_WHITE = 0xFFFFFF,
    COLOUR_BLUE = 0x0072B2,
    COLOUR_ACCENT = 0xD55E00,
    COLOUR_ACCENT_TEXT = 0xB34700,
    COLOUR_PALE = 0xD6E6F2, /* inside an edge of another colour only */
};

enum { WRAP_MAX = 6 };
#define TEXT_SIZE 8.8    /* labels and values */
#define KEY_SIZE 7.8     /* keys and axes: the smallest size of the report */
#define TEXT_LEADING 11.2
#define TEXT_ASCENT 0.76 /* of the size; boxes of the tests use the same figures */
#define TEXT_DESCENT 0.24

struct painter {
    struct arena *arena;
    const struct chart *chart;
    double width;
    chart_measure *measure;
    void *context;
    struct mark *marks;
    size_t count, room;
    double height; /* grows to the lowest mark; forms set it */
    bool failed;
};

struct wrapped {
    const char *lines[WRAP_MAX];
    size_t count;
    double width; /* of the widest line */
};

/* The name of a line at its end: labels that would touch are pushed apart. */
struct end_label {
    size_t datum;
    double wanted, placed; /* middle of the label */
    struct wrapped text;
    double height;
};

struct axis {
    double low, high;   /* values */
    double left, right; /* points */
    double step;
};

/* A mark made elsewhere; its points and text are borrowed. */
void paint_mark(struct painter *painter, const struct mark *mark);
void paint_rect(struct painter *painter, double x, double y, double width, double height, uint32_t colour);
void paint_frame(struct painter *painter, double x, double y, double width, double height, uint32_t colour,
                 double stroke);
void paint_line(struct painter *painter, double x1, double y1, double x2, double y2, uint32_t colour, double stroke);
void paint_dashed(struct painter *painter, double x1, double y1, double x2, double y2, uint32_t colour, double stroke);
void paint_circle(struct painter *painter, double x, double y, double radius, uint32_t colour);
void paint_ring(struct painter *painter, double x, double y, double radius, uint32_t colour);
void paint_path(struct painter *painter, const double points[], size_t point_count, uint32_t colour, double stroke,
                bool dashed);
void paint_area(struct painter *painter, const double points[], size_t point_count, uint32_t colour);
/* y is the middle of the line, not the baseline. */
void paint_text(struct painter *painter, double x, double y, const char *text, double size, bool strong,
                uint32_t colour, enum mark_align align);

double text_width(const struct painter *painter, const char *text, double size, bool strong);
/* Lines no wider than room; the last ends with … when more than WRAP_MAX would be needed. */
struct wrapped wrap_text(struct painter *painter, const char *text, double room, double size, bool strong);
/* The text, or its beginning with … */
const char *fit_text(struct painter *painter, const char *text, double room, double size, bool strong);
void paint_wrapped(struct painter *painter, const struct wrapped *wrapped, double x, double y_middle, bool strong,
                   uint32_t colour, enum mark_align align);

/* Height of a plot that could be lower or higher. */
double plot_height(const struct painter *painter, double wanted);
/* Height of a row that holds this many lines. */
double row_height(size_t line_count);
/* Labels of all data wrapped into the left column; returns the width the column needs (0 on failure). */
double wrap_labels(struct painter *painter, double room, struct wrapped **labels);

/* Round limits and a step of 1, 2, 5 · 10ⁿ that gives at most most ticks. */
struct axis axis_make(double low, double high, double left, double right, unsigned most);
double axis_place(const struct axis *axis, double value); /* clamped to the axis */
/* Whole numbers only: they read the same in every language. NULL when the tick is not whole. */
const char *axis_text(struct painter *painter, double value);

double lines_height(size_t line_count);
/* Sorts by the wanted place and pushes apart; there is room when the plot is as high as all labels. */
void spread_labels(struct end_label labels[], size_t count, double top, double bottom);
/* Data whose value is hidden: "label: sign", one below the other from y on; returns the y below them. */
double paint_hidden(struct painter *painter, double y);
/* Figures of a vertical axis (left = bottom of the plot) and hair lines from x1 to x2. */
void paint_levels(struct painter *painter, const struct axis *axis, double x1, double x2);

/* ● and ○ with their meaning, one line or two, from the top; returns the height used. */
double paint_key(struct painter *painter);

void chart_dots(struct painter *painter);
void chart_bars(struct painter *painter);
void chart_diverging(struct painter *painter);
void chart_slope(struct painter *painter);
void chart_funnel(struct painter *painter);
void chart_lines(struct painter *painter);
void chart_need(struct painter *painter);
void chart_fan(struct painter *painter);

/* Control limits of a proportion for n cases: exact binomial quantiles, interpolated between the two integers.
 * probability 0..1 is the tail position (0.025). Result 0..1. n in 1..100000, centre in 0..1.
 * Source: Spiegelhalter, D. J. (2005) Funnel plots for comparing institutional performance, Statistics in Medicine 24,
 * appendix A.1.1. */
void binomial_limits(unsigned n, double centre, const double probabilities[], double limits[], size_t count);

#endif
