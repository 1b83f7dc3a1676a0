/* Marks on a cairo surface; letters as the outlines of the fonts built in. What stands where is decided elsewhere
 * (chart*.c, figures.c). */
#include "reports/picture.h"

#include <cairo-svg.h>
#include <cairo.h>
#include <hb.h>
#include <math.h>
#include <string.h>

#include "base/html.h"
#include "base/png.h"
#include "reports/pdf_line.h"

#define TURN (2 * 3.14159265358979323846)

struct painting {
    struct pdf_texts *texts;
    cairo_t *cairo;
    hb_draw_funcs_t *pen;
    bool rtl;
};

static void pen_move(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x, float y, void *user)
{
    (void)funcs, (void)state, (void)user;
    cairo_move_to(data, (double)x, (double)y);
}

static void pen_line(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x, float y, void *user)
{
    (void)funcs, (void)state, (void)user;
    cairo_line_to(data, (double)x, (double)y);
}

static void pen_curve(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x1, float y1, float x2, float y2,
                      float x, float y, void *user)
{
    (void)funcs, (void)state, (void)user;
    cairo_curve_to(data, (double)x1, (double)y1, (double)x2, (double)y2, (double)x, (double)y);
}

static void pen_close(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, void *user)
{
    (void)funcs, (void)state, (void)user;
    cairo_close_path(data);
}

static hb_draw_funcs_t *make_pen(void)
{
    hb_draw_funcs_t *pen = hb_draw_funcs_create();
    hb_draw_funcs_set_move_to_func(pen, pen_move, NULL, NULL);
    hb_draw_funcs_set_line_to_func(pen, pen_line, NULL, NULL);
    hb_draw_funcs_set_cubic_to_func(pen, pen_curve, NULL, NULL); /* HarfBuzz makes cubic ones of quadratic ones */
    hb_draw_funcs_set_close_path_func(pen, pen_close, NULL, NULL);
    return pen;
}

double picture_measure(void *context, const char *text, double size, bool strong)
{
    struct pdf_texts *texts = context;
    const struct pdf_part part = { .text = text, .length = strlen(text), .face = strong ? PDF_SEMIBOLD : PDF_REGULAR };
    struct pdf_line line;
    return pdf_line(texts, &part, 1, true, false, &line) ? pdf_points(line.width, size) : 0;
}

/* The word from its left end on; returns its width in points. */
static double draw_word(const struct painting *painting, const struct pdf_word *word, double x, double y, double size)
{
    const double scaled = size * pdf_face_scale(word->face);
    const struct pdf_font *font = &painting->texts->fonts[word->face];
    double pen = x;
    for (size_t i = 0; i < word->count; i++) {
        const struct pdf_glyph *glyph = &word->glyphs[i];
        cairo_save(painting->cairo);
        cairo_translate(painting->cairo, pen + pdf_points(glyph->shift, scaled), y - pdf_points(glyph->rise, scaled));
        cairo_scale(painting->cairo, scaled / font->upem, -scaled / font->upem);
        hb_font_get_glyph_shape(font->font, glyph->id, painting->pen, painting->cairo);
        cairo_restore(painting->cairo);
        pen += pdf_points(pdf_font_width(font, glyph->id) + glyph->adjust, scaled);
    }
    return pdf_points(word->width, size);
}

static void draw_text(const struct painting *painting, const struct mark *mark)
{
    const struct pdf_part part = { .text = mark->text, .length = strlen(mark->text),
                                   .face = mark->strong ? PDF_SEMIBOLD : PDF_REGULAR };
    struct pdf_line line;
    if (!pdf_line(painting->texts, &part, 1, true, painting->rtl, &line))
        return; /* the texts know it */
    const double width = pdf_points(line.width, mark->size);
    double x = mark->x;
    switch (mark->align) {
    case MARK_LEFT: break;
    case MARK_MIDDLE: x -= width / 2; break;
    case MARK_RIGHT: x -= width; break;
    }
    cairo_new_path(painting->cairo);
    for (size_t i = 0; i < line.count; i++)
        x += draw_word(painting, line.sights[i].word, x, mark->y, mark->size);
    cairo_fill(painting->cairo);
}

static void outline(const struct painting *painting, const struct mark *mark)
{
    cairo_t *cairo = painting->cairo;
    cairo_new_path(cairo);
    switch (mark->kind) {
    case MARK_RECT: cairo_rectangle(cairo, mark->x, mark->y, mark->width, mark->height); break;
    case MARK_LINE:
        cairo_move_to(cairo, mark->x, mark->y);
        cairo_line_to(cairo, mark->x + mark->width, mark->y + mark->height);
        break;
    case MARK_CIRCLE:
    case MARK_RING: cairo_arc(cairo, mark->x, mark->y, mark->width, 0, TURN); break;
    case MARK_PATH:
    case MARK_AREA:
        for (size_t i = 0; i < mark->point_count; i++)
            cairo_line_to(cairo, mark->points[2 * i], mark->points[2 * i + 1]);
        break;
    case MARK_TEXT: break;
    }
}

static void draw_mark(const struct painting *painting, const struct mark *mark)
{
    static const double dashes[] = { 2.5, 2 };
    cairo_t *cairo = painting->cairo;
    cairo_set_source_rgb(cairo, (mark->colour >> 16 & 255) / 255.0, (mark->colour >> 8 & 255) / 255.0,
                         (mark->colour & 255) / 255.0);
    if (mark->kind == MARK_TEXT) {
        draw_text(painting, mark);
        return;
    }
    outline(painting, mark);
    if (mark->stroke > 0 || mark->kind == MARK_LINE || mark->kind == MARK_RING || mark->kind == MARK_PATH) {
        cairo_set_line_width(cairo, mark->stroke > 0 ? mark->stroke : 0.75);
        cairo_set_dash(cairo, dashes, mark->dashed ? 2 : 0, 0);
        cairo_stroke(cairo);
    } else {
        cairo_fill(cairo);
    }
}

static cairo_status_t add_bytes(void *closure, const unsigned char *bytes, unsigned length)
{
    struct buf *out = closure;
    buf_add(out, (const char *)bytes, length);
    return out->failed ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static enum status status_of(cairo_status_t found, const struct pdf_texts *texts, struct fail *fail)
{
    if (found == CAIRO_STATUS_SUCCESS)
        return pdf_texts_status(texts, fail);
    return FAIL(fail, found == CAIRO_STATUS_NO_MEMORY ? STATUS_MEMORY : STATUS_LIMIT, "a picture of a figure: %s",
                cairo_status_to_string(found));
}

/* Draws everything on the surface and says how it went. */
static cairo_status_t paint(struct pdf_texts *texts, cairo_surface_t *surface, const struct drawing *drawing,
                            double scale)
{
    struct painting painting = { .texts = texts, .cairo = cairo_create(surface), .pen = make_pen(), .rtl = drawing->rtl };
    cairo_scale(painting.cairo, scale, scale);
    cairo_set_source_rgb(painting.cairo, 1, 1, 1);
    cairo_paint(painting.cairo);
    for (size_t i = 0; i < drawing->count; i++)
        draw_mark(&painting, &drawing->marks[i]);
    const cairo_status_t found = cairo_status(painting.cairo);
    hb_draw_funcs_destroy(painting.pen);
    cairo_destroy(painting.cairo);
    return found;
}

enum status picture_png(struct pdf_texts *texts, const struct drawing *drawing, unsigned pixels,
                        struct buf *out, struct fail *fail)
{
    const double scale = pixels / drawing->width;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)pixels,
                                                          (int)ceil(drawing->height * scale));
    const cairo_status_t found = paint(texts, surface, drawing, scale);
    enum status status = status_of(found, texts, fail);
    cairo_surface_flush(surface);
    union {
        const unsigned char *bytes;
        const uint32_t *pixels; /* cairo's format RGB24: a number a pixel, its highest byte unused */
    } image = { cairo_image_surface_get_data(surface) };
    if (status == STATUS_OK)
        status = png_write(image.pixels, (size_t)cairo_image_surface_get_width(surface),
                           (size_t)cairo_image_surface_get_height(surface),
                           (size_t)cairo_image_surface_get_stride(surface) / sizeof *image.pixels, out, fail);
    cairo_surface_destroy(surface);
    return status;
}

/* Without the number that cairo gives each surface of the process: the same figure must give the same bytes. */
static void add_anonymous(struct buf *out, const char *text)
{
    static const char id[] = " id=\"surface";
    for (const char *at = strstr(text, id); at != NULL; at = strstr(text, id)) {
        const char *close = strchr(at + sizeof id - 1, '"');
        if (close == NULL)
            break;
        buf_add(out, text, (size_t)(at - text));
        text = close + 1;
    }
    buf_add_string(out, text);
}

/* Title and description for readers of screens: they belong right behind the opening of the picture. */
static void add_described(struct buf *out, const struct buf *drawn, const char *title, const char *description)
{
    struct html page = { .out = *out };
    const char *start = strstr(drawn->bytes, "<svg ");
    const char *end = start == NULL ? NULL : strchr(start, '>');
    if (end == NULL) {
        out->failed = true;
        return;
    }
    buf_add(&page.out, drawn->bytes, (size_t)(start + 5 - drawn->bytes));
    HTML(&page, "role=\"img\" aria-labelledby=\"title description\" ");
    buf_add(&page.out, start + 5, (size_t)(end + 1 - (start + 5)));
    HTML(&page, "\n<title id=\"title\">");
    html_text(&page, title);
    HTML(&page, "</title>\n<desc id=\"description\">");
    html_text(&page, description);
    HTML(&page, "</desc>");
    add_anonymous(&page.out, end + 1);
    *out = page.out;
}

enum status picture_svg(struct pdf_texts *texts, const struct drawing *drawing, const char *title,
                        const char *description, struct buf *out, struct fail *fail)
{
    struct buf drawn;
    buf_init(&drawn, 16 << 20);
    cairo_surface_t *surface = cairo_svg_surface_create_for_stream(add_bytes, &drawn, drawing->width, drawing->height);
    cairo_status_t found = paint(texts, surface, drawing, 1);
    cairo_surface_finish(surface);
    if (found == CAIRO_STATUS_SUCCESS)
        found = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    if (found == CAIRO_STATUS_SUCCESS && drawn.bytes != NULL)
        add_described(out, &drawn, title, description);
    buf_free(&drawn);
    return status_of(found, texts, fail);
}
