/* Figures: caption, chart, alternative text; half ones side by side. */
#include "reports/pdf_press.h"

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
static const double figure_above = 16.0;

static struct plate prepare(struct press *press, const struct doc_figure *figure, size_t number, double x)
{
    struct plate plate = { .figure = figure, .x = x, .width = figure->half ? HALF : MEASURE };
    const char *caption = arena_format(&press->arena, tr(press->doc->language, N_("Figure %zu: %s")), number,
                                       figure->caption);
    plate.caption = press_layout(press, &style_caption, caption == NULL ? "" : caption, plate.width, figure->half);
    enum status status = chart_layout(&press->arena, figure->chart, plate.width, measure_text, press, &plate.drawing,
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

double press_figure_height(struct press *press, const struct doc_block *block)
{
    const struct plate plate = prepare(press, block->figure, press->figure_count + 1, PAGE_LEFT);
    double height = caption_height(&plate) + plate.drawing.height;
    if (partner_of(block) == NULL)
        return height;
    const struct plate other = prepare(press, partner_of(block)->figure, press->figure_count + 2, PAGE_LEFT);
    double second = caption_height(&other) + other.drawing.height;
    return second > height ? second : height;
}

const struct doc_block *press_figure(struct press *press, const struct doc_block *block)
{
    const struct doc_block *partner = partner_of(block);
    struct plate plates[2];
    size_t count = 1;
    plates[0] = prepare(press, block->figure, ++press->figure_count, PAGE_LEFT);
    if (partner != NULL)
        plates[count++] = prepare(press, partner->figure, ++press->figure_count, PAGE_LEFT + MEASURE - HALF);
    double captions = 0.0;
    double drawings = 0.0;
    for (size_t i = 0; i < count; i++) {
        captions = caption_height(&plates[i]) > captions ? caption_height(&plates[i]) : captions;
        drawings = plates[i].drawing.height > drawings ? plates[i].drawing.height : drawings;
    }
    if (press->status != STATUS_OK)
        return partner == NULL ? block : partner;
    press_room(press, press->before == DOC_HEADING ? 4.0 : figure_above, captions + drawings +
                   press_notes(press, partner == NULL ? block : partner));
    for (size_t i = 0; i < count; i++)
        set_plate(press, &plates[i], captions);
    press->y += captions + drawings;
    return partner == NULL ? block : partner;
}
