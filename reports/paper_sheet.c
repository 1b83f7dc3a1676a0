/* The shared pieces of everything printed for a wave. */
#include "reports/paper_sheet.h"

#include <qrencode.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"

static const double module_least = MILLIMETRE(0.35); /* what the cameras of cheap telephones still read */

void sheet_init(struct sheet *sheet, struct arena *arena, const struct paper_wave *wave, const char *title)
{
    sheet->wave = wave;
    doc_init(&sheet->doc, arena, wave->language);
    sheet->doc.title = title;
    sheet->doc.author = wave->city;
}

enum status sheet_open(struct sheet *sheet, struct fail *fail)
{
    return press_open(&sheet->press, &sheet->doc, fail);
}

enum status sheet_check(const struct paper_wave *wave, struct fail *fail)
{
    const struct {
        const char *name, *value;
    } needed[] = {
        { N_("The name of the city"), wave->city },     { N_("The title of the survey"), wave->title },
        { N_("The name of the wave"), wave->wave },     { N_("The check code"), wave->check },
        { N_("The address of the survey"), wave->address },
    };
    for (size_t i = 0; i < COUNT(needed); i++)
        if (needed[i].value == NULL || needed[i].value[0] == '\0')
            return FAIL(fail, STATUS_INPUT, "%s is missing: cards and letters need it",
                        tr(fail == NULL ? NULL : fail->language, needed[i].name));
    return STATUS_OK;
}

void sheet_turn(struct press *press, const char *language_code)
{
    press->canvas.mirrored = strcmp(language_direction(language_code), "rtl") == 0;
}

void sheet_close(struct sheet *sheet)
{
    press_close(&sheet->press);
}

struct layout sheet_layout(struct press *press, const struct pdf_style *style, const char *text, double width)
{
    return press_layout(press, style, text, width, press_widest(press, style, text) > width);
}

double sheet_text(struct press *press, struct pdf_tag *parent, const char *type, const struct pdf_style *style,
                  const char *text, double x, double top, double width)
{
    if (text == NULL || *text == '\0' || press->status != STATUS_OK)
        return 0.0;
    struct layout layout = sheet_layout(press, style, text, width);
    pdf_mark(&press->canvas, pdf_tag_new(&press->tags, parent, type));
    pdf_draw_lines(&press->canvas, x, press_baseline(style, top), style, layout.first, layout.line_count, MARK_LEFT,
                   0.0, true);
    pdf_mark_end(&press->canvas);
    return style->leading * (double)layout.line_count;
}

double sheet_height(struct press *press, const struct pdf_style *style, const char *text, double width)
{
    if (text == NULL || *text == '\0')
        return 0.0;
    return style->leading * (double)sheet_layout(press, style, text, width).line_count;
}

double sheet_fit(struct press *press, const struct pdf_style *style, const char *text, double width, double least,
                 const char *what)
{
    double natural = pdf_text_width(&press->texts, style, text);
    double size = natural <= width ? style->size : style->size * width / natural;
    if (size >= least)
        return size;
    if (press->status == STATUS_OK)
        press->status = FAIL(press->fail, STATUS_LIMIT, "%s is too long to be printed: shorten it (%.60s)", what, text);
    return 0.0;
}

static const char *box_of(struct press *press, double x, double top, double size)
{
    struct buf text;
    x = pdf_canvas_left(&press->canvas, x, size);
    buf_init(&text, 300);
    buf_add_string(&text, "/O/Layout/Placement/Block/BBox[");
    pdf_add_pair(&text, x, PAGE_HEIGHT - top - size, " ");
    pdf_add_pair(&text, x + size, PAGE_HEIGHT - top, "]");
    const char *kept = arena_string(&press->arena, text.bytes == NULL ? "" : text.bytes);
    buf_free(&text);
    return kept;
}

void sheet_qr(struct press *press, struct pdf_tag *parent, const char *link, const char *alternative, double x,
              double top, double size)
{
    if (press->status != STATUS_OK)
        return;
    QRcode *code = QRcode_encodeString(link, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
    if (code == NULL || size / code->width < module_least) {
        QRcode_free(code);
        press->status = FAIL(press->fail, STATUS_LIMIT, "%s is too long to be printed: shorten it (%.60s)",
                             tr(press->doc->language, N_("The link of the QR code")), link);
        return;
    }
    struct pdf_tag *tag = pdf_tag_new(&press->tags, parent, "Figure");
    if (tag != NULL) {
        tag->alternative = alternative;
        tag->attributes = box_of(press, x, top, size);
    }
    pdf_mark(&press->canvas, tag);
    pdf_draw_modules(&press->canvas, x, top, size, code->data, (size_t)code->width);
    pdf_mark_end(&press->canvas);
    QRcode_free(code);
}

const char *sheet_date(struct arena *arena, const struct language *language, const char *iso)
{
    int64_t day;
    if (iso == NULL || !day_read(iso, &day))
        return NULL;
    struct buf text;
    buf_init(&text, 200);
    buf_date(&text, language, (int)strtol(iso, NULL, 10), (int)strtol(iso + 5, NULL, 10),
             (int)strtol(iso + 8, NULL, 10));
    const char *date = arena_string(arena, text.bytes == NULL ? iso : text.bytes);
    buf_free(&text);
    return date;
}
