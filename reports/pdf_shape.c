/* Rules, boxes and the marks of charts. Text and pages are pdf_canvas.c. */
#include "reports/pdf_canvas.h"

#include <assert.h>

void pdf_draw_rule(struct pdf_canvas *canvas, double x0, double x1, double y, double width, uint32_t colour)
{
    assert(canvas->marked);
    struct buf *out = pdf_canvas_content(canvas);
    pdf_canvas_stroke(canvas, colour);
    pdf_number(out, width);
    buf_add_string(out, " w ");
    pdf_add_pair(out, pdf_canvas_left(canvas, x0, 0.0), canvas->height - y, " m ");
    pdf_add_pair(out, pdf_canvas_left(canvas, x1, 0.0), canvas->height - y, " l S\n");
}

void pdf_draw_box(struct pdf_canvas *canvas, double x, double y, double width, double height, uint32_t colour)
{
    assert(canvas->marked);
    struct buf *out = pdf_canvas_content(canvas);
    pdf_canvas_fill(canvas, colour);
    pdf_add_pair(out, pdf_canvas_left(canvas, x, width), canvas->height - y - height, " ");
    pdf_add_pair(out, width, height, " re f\n");
}

/* Circle of four Bézier curves; 0.5523 is (4/3)·(√2−1) (Goldapp 1991, CAGD 8:227-238, error below 0.03 %). */
static void add_circle(struct buf *out, double x, double y, double radius)
{
    const double arm = 0.5523 * radius;
    static const double signs[4][4] = { { 1, 0, 0, 1 }, { 0, 1, -1, 0 }, { -1, 0, 0, -1 }, { 0, -1, 1, 0 } };
    pdf_add_pair(out, x + radius, y, " m\n");
    for (size_t i = 0; i < 4; i++) {
        const double *s = signs[i]; /* from direction (s0, s1) to direction (s2, s3) */
        pdf_add_pair(out, x + s[0] * radius + s[2] * arm, y + s[1] * radius + s[3] * arm, " ");
        pdf_add_pair(out, x + s[2] * radius + s[0] * arm, y + s[3] * radius + s[1] * arm, " ");
        pdf_add_pair(out, x + s[2] * radius, y + s[3] * radius, " c\n");
    }
}

static void add_path(const struct pdf_canvas *canvas, struct buf *out, const struct mark *mark, double x, double y)
{
    for (size_t i = 0; i < mark->point_count; i++)
        pdf_add_pair(out, pdf_canvas_left(canvas, x + mark->points[2 * i], 0.0),
                     canvas->height - y - mark->points[2 * i + 1], i == 0 ? " m\n" : " l\n");
}

static void draw_shape(struct pdf_canvas *canvas, const struct mark *mark, double x, double y)
{
    struct buf *out = pdf_canvas_content(canvas);
    const double left = pdf_canvas_left(canvas, x + mark->x, mark->kind == MARK_RECT ? mark->width : 0.0);
    const double top = canvas->height - y - mark->y;
    bool stroked = mark->stroke > 0.0 || mark->kind == MARK_LINE || mark->kind == MARK_RING;
    if (stroked) {
        pdf_canvas_stroke(canvas, mark->colour);
        pdf_number(out, mark->stroke > 0.0 ? mark->stroke : 0.75);
        buf_add_string(out, mark->dashed ? " w [2 2] 0 d\n" : " w\n");
    } else {
        pdf_canvas_fill(canvas, mark->colour);
    }
    switch (mark->kind) {
    case MARK_RECT:
        pdf_add_pair(out, left, top - mark->height, " ");
        pdf_add_pair(out, mark->width, mark->height, " re\n");
        break;
    case MARK_LINE:
        pdf_add_pair(out, left, top, " m ");
        pdf_add_pair(out, pdf_canvas_left(canvas, x + mark->x + mark->width, 0.0), top - mark->height, " l\n");
        break;
    case MARK_CIRCLE:
    case MARK_RING:
        add_circle(out, left, top, mark->width);
        break;
    case MARK_PATH:
    case MARK_AREA:
        add_path(canvas, out, mark, x, y);
        break;
    case MARK_TEXT:
        break;
    }
    buf_add_string(out, stroked ? "S\n" : "f\n");
    if (stroked && mark->dashed)
        buf_add_string(out, "[] 0 d\n");
}

void pdf_draw_marks(struct pdf_canvas *canvas, const struct drawing *drawing, double x, double y)
{
    assert(canvas->marked);
    for (size_t i = 0; i < drawing->count; i++) {
        const struct mark *mark = &drawing->marks[i];
        if (mark->kind != MARK_TEXT) {
            draw_shape(canvas, mark, x, y);
            continue;
        }
        struct pdf_style style = { .face = mark->strong ? PDF_SEMIBOLD : PDF_REGULAR, .size = mark->size,
                                   .colour = mark->colour, .tabular = true };
        pdf_draw_word(canvas, x + mark->x, y + mark->y, &style, mark->text, mark->align);
    }
}

/* Modules are counted in whole numbers under a scaled matrix: half the bytes of points with decimals. */
void pdf_draw_modules(struct pdf_canvas *canvas, double x, double y, double size, const unsigned char *modules,
                      size_t side)
{
    assert(canvas->marked);
    struct buf *out = pdf_canvas_content(canvas);
    pdf_canvas_fill(canvas, 0x000000);
    buf_format(out, "q %.6f 0 0 %.6f ", size / (double)side, size / (double)side);
    pdf_add_pair(out, pdf_canvas_left(canvas, x, size), canvas->height - y - size, " cm\n"); /* itself never mirrored */
    for (size_t row = 0; row < side; row++)
        for (size_t i = 0; i < side; i++) {
            const unsigned char *line = modules + row * side;
            size_t run = 0;
            while (i + run < side && (line[i + run] & 1) != 0)
                run++;
            if (run == 0)
                continue;
            pdf_add_pair(out, (double)i, (double)(side - 1 - row), " ");
            pdf_add_pair(out, (double)run, 1.0, " re\n");
            i += run;
        }
    buf_add_string(out, "f Q\n");
}
