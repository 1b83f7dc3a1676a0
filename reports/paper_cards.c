/* Anonymous cards: ten on a sheet of A4, all alike but for code and QR code. Nothing is counted, dated or named, so
 * that a card that was drawn from a shuffled box says nothing about who drew it. */
#include "reports/paper_sheet.h"

#include <math.h>

enum { ACROSS = 2, DOWN = 5, ON_SHEET = ACROSS * DOWN };

#define CARD_WIDTH MILLIMETRE(85.0)
#define CARD_HEIGHT MILLIMETRE(54.0)
#define SHEET_LEFT ((PAGE_WIDTH - ACROSS * CARD_WIDTH) / 2.0)
#define SHEET_TOP ((PAGE_HEIGHT - DOWN * CARD_HEIGHT) / 2.0)
#define PADDING MILLIMETRE(5.0)
#define QR_SIZE MILLIMETRE(26.0)
/* Rows of the lower part, from the top of the card. */
#define ROWS_TOP MILLIMETRE(34.5)

static const struct pdf_style style_city = { PDF_REGULAR, PDF_SEMIBOLD, 7.4, 10.0, GREY, false };
static const struct pdf_style style_title = { PDF_BOLD, PDF_BOLD, 9.4, 11.6, INK, false };
static const struct pdf_style style_text = { PDF_REGULAR, PDF_SEMIBOLD, 7.8, 10.0, INK, false };
static const struct pdf_style style_other = { PDF_ITALIC, PDF_SEMIBOLD, 7.2, 9.0, GREY, false };
static const struct pdf_style style_demo = { PDF_SEMIBOLD, PDF_BOLD, 7.2, 9.4, WARNING, false };
static const struct pdf_style style_label = { PDF_REGULAR, PDF_SEMIBOLD, 7.4, 12.0, GREY, false };

static const struct pdf_style style_address = { PDF_SEMIBOLD, PDF_BOLD, 9.0, 13.0, INK, false };
static const struct pdf_style style_code = { PDF_CODE, PDF_CODE, 11.6, 17.0, INK, true };
static const struct pdf_style style_check = { PDF_CODE, PDF_CODE, 7.8, 12.0, INK, true };

static const char sentence[] = N_("This card opens the questionnaire once. No name is tied to it.");

struct row {
    const char *label;
    const struct pdf_style *style;
    const char *text;
};

static void draw_row(struct press *press, struct pdf_tag *parent, const struct row *row, double x, double top,
                     double labels)
{
    const double width = CARD_WIDTH - 2.0 * PADDING - labels;
    struct pdf_style style = *row->style;
    style.size = sheet_fit(press, &style, row->text, width, 6.0, row->label);
    if (press->status != STATUS_OK)
        return;
    const double baseline = top + row->style->leading * 0.75;
    pdf_mark(&press->canvas, pdf_tag_new(&press->tags, parent, "P"));
    pdf_draw_word(&press->canvas, x, baseline, &style_label, row->label, MARK_LEFT);
    pdf_draw_text(&press->canvas, x + labels, baseline, &style, row->text, MARK_LEFT);
    pdf_mark_end(&press->canvas);
}

/* The sentence again, in a language that many read: English on a German card, German on any other. Left out where the
 * names above need its room. */
static void draw_other(struct press *press, struct pdf_tag *card, const struct paper_wave *wave, double x, double top,
                       double width, double limit)
{
    const struct language *other = wave->language == languages[0] ? language_default : languages[0];
    if (top + sheet_height(press, &style_other, tr(other, sentence), width) > limit)
        return;
    struct pdf_tag *part = pdf_tag_new(&press->tags, card, "Div");
    if (part != NULL)
        part->language = language_code(other);
    sheet_text(press, part, "P", &style_other, tr(other, sentence), x, top, width);
}

static void draw_card(struct press *press, const struct paper_wave *wave, const struct paper_code *code, double left,
                      double top)
{
    const struct language *language = wave->language;
    const double x = left + PADDING;
    const double width = CARD_WIDTH - 2.0 * PADDING - QR_SIZE - MILLIMETRE(3.0);
    struct pdf_tag *card = pdf_tag_new(&press->tags, press->document, "Sect");
    double y = top + PADDING - 3.0;
    y += sheet_text(press, card, "P", &style_city, wave->city, x, y, width);
    y += sheet_text(press, card, "H1", &style_title, wave->title, x, y, width);
    y += sheet_text(press, card, "P", &style_demo, wave->demo, x, y, width) + 3.0;
    y += sheet_text(press, card, "P", &style_text, tr(language, sentence), x, y, width) + 2.0;
    draw_other(press, card, wave, x, y, width, top + ROWS_TOP);
    if (y > top + ROWS_TOP && press->status == STATUS_OK)
        press->status = FAIL(press->fail, STATUS_LIMIT,
                             "the names of the city and of the survey are too long for a card: shorten them");
    sheet_qr(press, card, code->link, tr(language, N_("QR code: opens the questionnaire with the code printed below.")),
             left + CARD_WIDTH - PADDING - QR_SIZE, top + PADDING, QR_SIZE);
    const struct row rows[] = {
        { tr(language, N_("Address")), &style_address, wave->address },
        { tr(language, N_("Code")), &style_code, code->code },
        { tr(language, N_("Check code")), &style_check, wave->check },
    };
    y = top + ROWS_TOP;
    double labels = 0.0;
    for (size_t i = 0; i < COUNT(rows); i++)
        labels = fmax(labels, pdf_text_width(&press->texts, &style_label, rows[i].label) + MILLIMETRE(2.5));
    for (size_t i = 0; i < COUNT(rows); i++) {
        draw_row(press, card, &rows[i], x, y, labels);
        y += rows[i].style->leading;
    }
}

/* Marks at the edge of the sheet and small crosses between cards: enough for a ruler, nothing is left on a card. */
static void draw_cuts(struct press *press)
{
    const double arm = MILLIMETRE(1.5);
    const double length = MILLIMETRE(5.0);
    struct mark marks[(ACROSS + 1) * (DOWN + 1) * 2];
    size_t count = 0;
    for (unsigned column = 0; column <= ACROSS; column++)
        for (unsigned row = 0; row <= DOWN; row++) {
            const double x = SHEET_LEFT + column * CARD_WIDTH;
            const double y = SHEET_TOP + row * CARD_HEIGHT;
            const double left = column == 0 ? length : arm;
            const double right = column == ACROSS ? length : arm;
            const double above = row == 0 ? length : arm;
            const double below = row == DOWN ? length : arm;
            marks[count++] = (struct mark){ .kind = MARK_LINE, .x = x - left, .y = y, .width = left + right,
                                            .colour = 0x8C8C8C, .stroke = 0.35 };
            marks[count++] = (struct mark){ .kind = MARK_LINE, .x = x, .y = y - above, .height = above + below,
                                            .colour = 0x8C8C8C, .stroke = 0.35 };
        }
    const struct drawing drawing = { .marks = marks, .count = count };
    pdf_artifact(&press->canvas, "/Type/Layout");
    pdf_draw_marks(&press->canvas, &drawing, 0.0, 0.0);
    pdf_mark_end(&press->canvas);
}

enum status paper_cards(struct arena *arena, const struct paper_wave *wave, const struct paper_code codes[],
                        size_t count, struct buf *out, struct fail *fail)
{
    if (count == 0)
        return FAIL(fail, STATUS_INPUT, "there is no card to print");
    if (count > PAPER_CARDS_MAX)
        return FAIL(fail, STATUS_LIMIT, "%zu cards are too many for one file: print at most %d at a time", count,
                    (int)PAPER_CARDS_MAX);
    enum status status = sheet_check(wave, fail);
    if (status != STATUS_OK)
        return status;
    const char *title = arena_format(arena, tr(wave->language, N_("Cards for the survey “%s”")), wave->title);
    if (title == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for %s", wave->title);
    struct sheet sheet;
    sheet_init(&sheet, arena, wave, title);
    status = sheet_open(&sheet, fail);
    struct press *press = &sheet.press;
    sheet_turn(press, language_code(wave->language));
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        if (i % ON_SHEET == 0) {
            pdf_canvas_page(&press->canvas);
            status = pdf_canvas_status(&press->canvas, fail);
            if (status != STATUS_OK)
                break;
            draw_cuts(press);
        }
        const size_t place = i % ON_SHEET;
        draw_card(press, wave, &codes[i], SHEET_LEFT + (double)(place % ACROSS) * CARD_WIDTH,
                  SHEET_TOP + (double)(place / ACROSS) * CARD_HEIGHT);
        status = press->status;
    }
    if (status == STATUS_OK)
        status = press_write(press, out);
    sheet_close(&sheet);
    return status;
}
