/* Pages and what is drawn on them. Nothing can be drawn outside a mark (an element of the structure tree) or an
 * artifact: the canvas fails then. Positions are points from the upper left corner; y grows downward. A mirrored canvas
 * turns x round: what is set for the left stands at the right, so that whoever sets pages need not think of the direction
 * of the script. Does not decide where anything stands. */
#ifndef REPORTS_PDF_CANVAS_H
#define REPORTS_PDF_CANVAS_H

#include "reports/chart.h"
#include "reports/layout.h"
#include "reports/pdf_line.h"
#include "reports/pdf_tags.h"
#include "reports/pdf_text.h"

struct pdf_style {
    enum pdf_face face, strong; /* of the text, and of **strong** parts */
    double size, leading;       /* points */
    uint32_t colour;            /* 0xRRGGBB */
    bool tabular;               /* figures of one width */
};

/* A gap in a page's content filled when the text is known: page numbers of the contents. */
struct pdf_slot {
    struct pdf_slot *next;
    size_t offset;
    double right, y;
    bool mirrored;
    const struct pdf_style *style;
    const char *text; /* NULL: stays empty */
};

struct pdf_page {
    struct buf content;
    struct pdf_slot *first_slot, *last_slot;
    struct buf annotations; /* "12 0 R 13 0 R " */
};

struct pdf_canvas {
    struct arena *arena;
    struct pdf_file *file;
    struct pdf_texts *texts;
    struct pdf_tags *tags;
    struct pdf_object *resources;
    double width, height;
    struct pdf_page *pages; /* room of them; owners runs in parallel */
    struct pdf_owners *owners;
    size_t page_count, room;
    bool marked;
    bool mirrored;         /* for scripts from right to left; may change between marks */
    struct pdf_tag *tag;   /* of the open mark; NULL in an artifact */
    struct buf spoken;     /* text of the open mark in the order of reading */
    int64_t fill, stroke; /* colour of the page's graphics state, -1 = unknown */
    bool failed;
};

void pdf_canvas_init(struct pdf_canvas *canvas, struct arena *arena, struct pdf_file *file, struct pdf_texts *texts,
                     struct pdf_tags *tags, double width, double height);
void pdf_canvas_free(struct pdf_canvas *canvas); /* accepts a zeroed struct */

void pdf_canvas_page(struct pdf_canvas *canvas); /* a new page; no mark may be open */
void pdf_mark(struct pdf_canvas *canvas, struct pdf_tag *tag);
void pdf_artifact(struct pdf_canvas *canvas, const char *entries); /* "/Type/Layout" */
void pdf_mark_end(struct pdf_canvas *canvas);

/* One run of text on a baseline, no markup. */
void pdf_draw_text(struct pdf_canvas *canvas, double x, double y, const struct pdf_style *style, const char *text,
                   enum mark_align align);
/* The same with a blank behind it, which keeps it apart from the next text of its element when it is read out. */
void pdf_draw_word(struct pdf_canvas *canvas, double x, double y, const struct pdf_style *style, const char *text,
                   enum mark_align align);
/* Lines from `first` on, count of them; y is the baseline of the first. last: no blank follows the text. */
void pdf_draw_lines(struct pdf_canvas *canvas, double x, double y, const struct pdf_style *style,
                    const struct layout_line *first, size_t count, enum mark_align align, double measure, bool last);
void pdf_draw_rule(struct pdf_canvas *canvas, double x0, double x1, double y, double width, uint32_t colour);
void pdf_draw_box(struct pdf_canvas *canvas, double x, double y, double width, double height, uint32_t colour);
void pdf_draw_marks(struct pdf_canvas *canvas, const struct drawing *drawing, double x, double y);
/* A square of side × side modules (QR code), row-major, dark where the lowest bit is set; one path. */
void pdf_draw_modules(struct pdf_canvas *canvas, double x, double y, double size, const unsigned char *modules,
                      size_t side);
struct pdf_slot *pdf_draw_slot(struct pdf_canvas *canvas, double right, double y, const struct pdf_style *style);

/* Left edge on the page of something so wide: for rectangles of annotations and boxes of figures. */
double pdf_canvas_left(const struct pdf_canvas *canvas, double x, double width);

double pdf_text_width(struct pdf_texts *texts, const struct pdf_style *style, const char *text);

/* For pdf_shape.c and pdf_words.c: the open page's content, its colours, a text at a place of the page itself. */
void pdf_canvas_show(struct pdf_canvas *canvas, struct buf *out, double x, double y, const struct pdf_style *style,
                     const char *text, bool blank);
struct buf *pdf_canvas_content(struct pdf_canvas *canvas);
void pdf_canvas_fill(struct pdf_canvas *canvas, uint32_t colour);
void pdf_canvas_stroke(struct pdf_canvas *canvas, uint32_t colour);
void pdf_add_pair(struct buf *out, double first, double second, const char *operator);

/* Writes contents and page dictionaries. The fonts must not change afterwards. */
void pdf_canvas_write(struct pdf_canvas *canvas);
MUST_USE enum status pdf_canvas_status(const struct pdf_canvas *canvas, struct fail *fail);

#endif
