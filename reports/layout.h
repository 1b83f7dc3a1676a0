/* Lines of a paragraph: words of a text with **strong** markup, broken flush left and hyphenated for a given measure.
 * Knows widths only through callbacks, so that it serves any backend; does not know pages. */
#ifndef REPORTS_LAYOUT_H
#define REPORTS_LAYOUT_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/bidi.h"

/* Widths in points; the context carries font and size. */
struct layout_metrics {
    void *context;
    double (*width)(void *context, const char *text, size_t length, bool strong);
    /* Byte positions where a word may be divided, at most room; NULL: never. */
    size_t (*breaks)(void *context, const char *text, size_t length, size_t *positions, size_t room);
};

struct layout_piece {
    const char *text; /* borrowed from the paragraph */
    size_t length;
    bool strong;
    bool blank;  /* a blank stands before it on its line */
    bool hyphen; /* a hyphen made by the break follows it */
    double x;    /* left edge (of the blank, when there is one), from the start of the line */
};

struct layout_line {
    struct layout_line *next;
    struct layout_piece *pieces; /* in the order of reading */
    size_t count;
    double width;
    enum bidi bidi; /* of the whole paragraph */
};

struct layout {
    struct layout_line *first;
    size_t line_count; /* at least 1 */
    double width;      /* of the widest line */
};

/* STATUS_MEMORY. Lines live in the arena; text must outlive them. */
MUST_USE enum status layout_text(struct arena *arena, const char *text, double width, bool hyphenate,
                                 const struct layout_metrics *metrics, struct layout *layout, struct fail *fail);

/* Width of the widest part that cannot be broken at a blank. */
double layout_widest(const char *text, const struct layout_metrics *metrics);

#endif
