/* Charts as geometry: what is drawn where, in the unit square, before any backend. One geometry is drawn as SVG on the
 * page and as vectors in the PDF, so they cannot disagree.
 *
 * Two steps: a chart (data with labels) → chart_layout() → marks in points for a given width. */
#ifndef REPORTS_CHART_H
#define REPORTS_CHART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/i18n.h"

enum chart_form {
    CHART_DOTS,      /* dot pairs: ○ reference, ● value with interval bar */
    CHART_BARS,      /* sorted horizontal bars, value at the end */
    CHART_DIVERGING, /* Likert: stacked around the neutral middle, every share printed */
    CHART_SLOPE,     /* two points in time, labelled ends */
    CHART_FUNNEL,    /* units by size, with exact binomial limits */
    CHART_LINES,     /* several points in time: lines named at their ends */
    CHART_NEED,      /* need as an open frame, supply as the bar in it */
    CHART_FAN,       /* observed line, then a projection widening with its range */
};

/* A datum whose value is NaN is drawn as its text ("g") and nothing else: its length must not leak. */
struct chart_datum {
    const char *label;
    double value, low, high; /* low, high NaN: no interval */
    double reference;        /* CHART_DOTS: ○; CHART_SLOPE: the earlier value; CHART_FUNNEL: size; CHART_NEED: the
                                need; NaN: none */
    const char *text;        /* printed value, in the reader's language */
    const char *range;       /* printed interval, for the table behind the chart; NULL: none */
    const char *reference_text; /* CHART_FAN: the range in words, printed at the end */
    const double *parts;     /* part_count of them. CHART_DIVERGING: shares 0..100 per step; CHART_LINES: value per point
                                in time, NaN where none is shown; value is the last one shown */
    bool accent;             /* the one emphasised datum */
};

struct chart {
    enum chart_form form;
    const struct chart_datum *data;
    size_t count;
    double lowest, highest;          /* axis; NaN: chosen */
    const char *const *part_labels;  /* CHART_DIVERGING: steps; CHART_LINES: points in time */
    size_t part_count;
    const char *key_value, *key_reference; /* key above the plot: what ● and ○ mean; CHART_SLOPE: names of the points */
    const char *axis;                /* CHART_DOTS, CHART_FUNNEL: label of the horizontal axis; CHART_LINES, CHART_FAN:
                                        unit, above the plot */
    double centre;                   /* CHART_FUNNEL: overall proportion 0..1; CHART_FAN: level to compare with, named by
                                        key_reference, NaN: none */
    bool low;                        /* forms whose height is free take two thirds of it: for the foot of a page */
    size_t known;                    /* CHART_FAN: so many data are observed, the others projected */
};

enum mark_kind { MARK_RECT, MARK_LINE, MARK_CIRCLE, MARK_RING, MARK_TEXT, MARK_PATH /* polyline */, MARK_AREA };
enum mark_align { MARK_LEFT, MARK_MIDDLE, MARK_RIGHT };

struct mark {
    enum mark_kind kind;
    double x, y, width, height; /* points, y downward from the top; line: to (x+width, y+height); circle: centre,
                                   radius in width; text: x is the left end, middle or right end by align, y the
                                   baseline */
    const double *points;       /* MARK_PATH, MARK_AREA: x, y pairs */
    size_t point_count;
    uint32_t colour;            /* 0xRRGGBB */
    double stroke;              /* line width; 0 = filled */
    bool dashed;
    const char *text;
    double size;                /* font size in points */
    bool strong;
    enum mark_align align;
};

struct drawing {
    double width, height; /* points */
    const struct mark *marks;
    size_t count;
    bool rtl; /* it is mirrored, and texts that mix scripts run from right to left */
};

/* Width of a text in points: by the font of the backend. */
typedef double chart_measure(void *context, const char *text, double size, bool strong);

/* STATUS_INPUT no data; STATUS_MEMORY. *drawing lives in the arena. */
MUST_USE enum status chart_layout(struct arena *arena, const struct chart *chart, double width,
                                  chart_measure *measure, void *context, struct drawing *drawing, struct fail *fail);

/* Turned round for languages that run from right to left: left becomes right, for shapes and texts. The marks live in the
 * arena. STATUS_MEMORY. */
MUST_USE enum status chart_mirror(struct arena *arena, struct drawing *drawing, struct fail *fail);

#endif
