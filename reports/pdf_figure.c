/* Figures: caption, chart, alternative text; half ones side by side. */
#include "reports/pdf_press.h"

#include <math.h>

static double measure_text(void *context, const char *text, double size, bool strong)
{
    struct press *press = context;
    const struct pdf_style style = { .face = strong ? PDF_SEMIBOLD : PDF_REGULAR, .size = size, .tabular = true };
    return pdf_text_width(&press->texts, &style, text);
}

struct plate {
    const struct doc_figure *figure;
    struct layout caption;
    struct drawing drawing;
    double x, width;
};

static const double caption_below = 6.0;

/* low: see struct chart. */
static struct plate prepare(struct press *press, const struct doc_figure *figure, size_t number, double x, bool low)
{
    struct chart chart = *figure->chart;
    chart.low = low;
    struct plate plate = { .figure = figure, .x = x, .width = figure->half ? HALF : MEASURE };
    const char *caption = arena_format(&press->arena, tr(press->doc->language, N_("Figure %zu: %s")), number,
                                       figure->caption);
    plate.caption = press_layout(press, &style_caption, caption == NULL ? "" : caption, plate.width, figure->half);
    enum status status = chart_layout(&press->arena, &chart, plate.width, measure_text, press, &plate.drawing,
                                      press->fail);
    if (press->status == STATUS_OK)
        press->status = status;
    return plate;
}

static double caption_height(const struct plate *plate)
{
    return style_caption.leading * (double)plate->caption.line_count + caption_below;
}

static void set_plate(struct press *press, const struct plate *plate, double captions)
{
    /* The caption stands beside the Figure, because the Figure's alternative text would hide it from readers. */
    struct pdf_tag *frame = pdf_tag_new(&press->tags, press->section, "Div");
    double top = press->y;
    pdf_mark(&press->canvas, pdf_tag_new(&press->tags, frame, "Caption"));
    pdf_draw_lines(&press->canvas, plate->x, press_baseline(&style_caption, top), &style_caption,
                   plate->caption.first, plate->caption.line_count, MARK_LEFT, 0.0, true);
    pdf_mark_end(&press->canvas);
    top += captions;
    struct pdf_tag *tag = pdf_tag_new(&press->tags, frame, "Figure");
    struct buf text;
    buf_init(&text, 300);
    buf_add_string(&text, "/O/Layout/Placement/Block/BBox[");
    const double left = pdf_canvas_left(&press->canvas, plate->x, plate->width);
    const double box[4] = { left, PAGE_HEIGHT - top - plate->drawing.height, left + plate->width, PAGE_HEIGHT - top };
    for (size_t i = 0; i < COUNT(box); i++) {
        pdf_number(&text, box[i]);
        buf_add_byte(&text, ' ');
    }
    buf_add_byte(&text, ']');
    if (tag != NULL) {
        tag->alternative = plate->figure->alternative;
        tag->attributes = arena_string(&press->arena, text.bytes == NULL ? "" : text.bytes);
    }
    if (text.failed)
        pdf_file_fail(press->file);
    buf_free(&text);
    pdf_mark(&press->canvas, tag);
    pdf_draw_marks(&press->canvas, &plate->drawing, plate->x, top);
    pdf_mark_end(&press->canvas);
}

static const struct doc_block *partner_of(const struct doc_block *block)
{
    const struct doc_block *next = block->next;
    bool pair = block->figure->half && next != NULL && next->kind == DOC_FIGURE && next->figure->half;
    return pair ? next : NULL;
}

/* One figure, or two half ones side by side. */
struct pair {
    struct plate plates[2];
    size_t count;
    double captions, drawings;
};

static struct pair prepare_pair(struct press *press, const struct doc_block *block, size_t number, bool low)
{
    const struct doc_block *partner = partner_of(block);
    struct pair pair = { .count = partner == NULL ? 1 : 2 };
    pair.plates[0] = prepare(press, block->figure, number, PAGE_LEFT, low);
    if (partner != NULL)
        pair.plates[1] = prepare(press, partner->figure, number + 1, PAGE_LEFT + MEASURE - HALF, low);
    for (size_t i = 0; i < pair.count; i++) {
        pair.captions = fmax(pair.captions, caption_height(&pair.plates[i]));
        pair.drawings = fmax(pair.drawings, pair.plates[i].drawing.height);
    }
    return pair;
}

/* The least height, because a heading above goes on to the next page only where not even that has room. */
double press_figure_height(struct press *press, const struct doc_block *block)
{
    const struct pair pair = prepare_pair(press, block, press->figure_count + 1, true);
    return pair.captions + pair.drawings;
}

const struct doc_block *press_figure(struct press *press, const struct doc_block *block)
{
    const struct doc_block *last = partner_of(block) == NULL ? block : partner_of(block);
    const double above = press->before == DOC_HEADING ? PLATE_BELOW_HEADING : PLATE_ABOVE;
    const double notes = press_notes(press, last);
    struct pair pair = prepare_pair(press, block, press->figure_count + 1, false);
    press->figure_count += pair.count;
    if (press->status != STATUS_OK)
        return last;
    if (press->y + above + pair.captions + pair.drawings + notes > press->limit) {
        const struct pair low = prepare_pair(press, block, press->figure_count + 1 - pair.count, true);
        if (press->y + above + low.captions + low.drawings + notes <= press->limit)
            pair = low;
    }
    press_room(press, above, pair.captions + pair.drawings + notes);
    for (size_t i = 0; i < pair.count; i++) {
        press_place(press, LISTED_FIGURES);
        set_plate(press, &pair.plates[i], pair.captions);
    }
    press->y += pair.captions + pair.drawings;
    return last;
}
