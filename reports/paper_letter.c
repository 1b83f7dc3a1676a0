/* Letters of invitation: one page each, folded into an envelope with a window (DIN 5008, form B), each in the language
 * of its reader. Whom the letter names is known; the code in it opens one questionnaire and is forgotten there. */
#include "reports/paper_sheet.h"

#include <stdio.h>

#define LEFT MILLIMETRE(25.0)
#define TEXT_WIDTH MILLIMETRE(165.0)
/* DIN 5008:2020, form B: address window from 45 to 90 mm, of which 27.3 mm for six lines; information block at 125 mm;
 * text from 98.5 mm; folds at 105 and 210 mm, middle for the punch at 148.5 mm. */
#define HEAD_TOP MILLIMETRE(17.0)
#define WINDOW_WIDTH MILLIMETRE(80.0)
#define SENDER_BASELINE MILLIMETRE(60.0)
#define ADDRESS_TOP MILLIMETRE(62.7)
#define ADDRESS_PITCH MILLIMETRE(4.5)
#define INFO_LEFT MILLIMETRE(125.0)
#define INFO_TOP MILLIMETRE(50.0)
#define INFO_WIDTH MILLIMETRE(65.0)
#define TEXT_TOP MILLIMETRE(98.5)
#define TEXT_LIMIT MILLIMETRE(285.0)
#define QR_SIZE MILLIMETRE(36.0)
#define STEP_LEFT (LEFT + QR_SIZE + MILLIMETRE(9.0))
#define STEP_INDENT MILLIMETRE(6.0)
#define STEP_WIDTH (LEFT + TEXT_WIDTH - STEP_LEFT - STEP_INDENT)

static const struct pdf_style style_city = { PDF_BOLD, PDF_BOLD, 14.0, 18.0, INK, false };
static const struct pdf_style style_sender = { PDF_REGULAR, PDF_SEMIBOLD, 7.4, 10.0, GREY, false };
static const struct pdf_style style_address = { PDF_REGULAR, PDF_SEMIBOLD, 10.6, 12.75, INK, false };
static const struct pdf_style style_label = { PDF_REGULAR, PDF_SEMIBOLD, 7.8, 10.6, GREY, false };
static const struct pdf_style style_subject = { PDF_BOLD, PDF_BOLD, 13.0, 17.0, INK, false };
static const struct pdf_style style_text = { PDF_REGULAR, PDF_SEMIBOLD, 10.4, 15.0, INK, false };
static const struct pdf_style style_head = { PDF_SEMIBOLD, PDF_BOLD, 11.0, 15.0, BLUE, false };
static const struct pdf_style style_link = { PDF_SEMIBOLD, PDF_BOLD, 11.0, 15.0, INK, false };
static const struct pdf_style style_code = { PDF_CODE, PDF_CODE, 17.0, 23.0, INK, true };
static const struct pdf_style style_check = { PDF_CODE, PDF_CODE, 10.6, 15.0, INK, true };
static const struct pdf_style style_demo = { PDF_SEMIBOLD, PDF_BOLD, 8.6, 12.0, WARNING, false };

struct letter {
    struct press *press;
    const struct paper_wave *wave;
    const struct paper_letter *own;
    const struct language *language;
    const char *closes; /* as the letter's language writes it */
    struct pdf_tag *tag;
};

static const char *say(const struct letter *letter, const char *text)
{
    return tr(letter->language, text);
}

static void draw_folds(struct press *press)
{
    static const double places[] = { 105.0, 148.5, 210.0 };
    pdf_artifact(&press->canvas, "/Type/Layout");
    for (size_t i = 0; i < COUNT(places); i++)
        pdf_draw_rule(&press->canvas, MILLIMETRE(4.0), MILLIMETRE(i == 1 ? 10.0 : 8.0), MILLIMETRE(places[i]), 0.4,
                      0x8C8C8C);
    pdf_mark_end(&press->canvas);
}

static void draw_address(const struct letter *letter)
{
    struct press *press = letter->press;
    pdf_artifact(&press->canvas, "/Type/Layout"); /* the sender stands above as the head of the letter */
    struct pdf_style style = style_sender;
    style.size = sheet_fit(press, &style, letter->wave->city, WINDOW_WIDTH, 4.0,
                           say(letter, N_("The name of the city")));
    pdf_draw_text(&press->canvas, LEFT, SENDER_BASELINE, &style, letter->wave->city, MARK_LEFT);
    pdf_draw_rule(&press->canvas, LEFT, LEFT + WINDOW_WIDTH, SENDER_BASELINE + 3.5, 0.35, GREY);
    pdf_mark_end(&press->canvas);
    if (letter->own->recipient[0] == NULL || press->status != STATUS_OK)
        return;
    pdf_mark(&press->canvas, pdf_tag_new(&press->tags, letter->tag, "P"));
    for (size_t i = 0; i < PAPER_RECIPIENT_LINES && letter->own->recipient[i] != NULL; i++) {
        style = style_address;
        style.size = sheet_fit(press, &style, letter->own->recipient[i], WINDOW_WIDTH, 6.0,
                               say(letter, N_("A line of the postal address")));
        if (press->status == STATUS_OK)
            pdf_draw_word(&press->canvas, LEFT, ADDRESS_TOP + ((double)i + 0.75) * ADDRESS_PITCH, &style,
                          letter->own->recipient[i], MARK_LEFT);
    }
    pdf_mark_end(&press->canvas);
}

static void draw_information(const struct letter *letter)
{
    struct press *press = letter->press;
    const char *const pairs[][2] = {
        { say(letter, N_("Survey")), letter->wave->wave },
        { say(letter, N_("Please answer by")), letter->closes },
        { say(letter, N_("Questions to")), letter->wave->staff_council },
    };
    const double left = press->canvas.mirrored ? PAGE_WIDTH - INFO_LEFT - INFO_WIDTH : INFO_LEFT; /* beside the window */
    double y = INFO_TOP;
    for (size_t i = 0; i < COUNT(pairs); i++) {
        if (pairs[i][1] == NULL || *pairs[i][1] == '\0')
            continue;
        y += sheet_text(press, letter->tag, "P", &style_label, pairs[i][0], left, y, INFO_WIDTH);
        y += sheet_text(press, letter->tag, "P", &style_address, pairs[i][1], left, y, INFO_WIDTH) + 4.0;
    }
    if (y > TEXT_TOP && press->status == STATUS_OK)
        press->status = FAIL(press->fail, STATUS_LIMIT, "%s is too long to be printed: shorten it (%.60s)",
                             say(letter, N_("The address for questions")), letter->wave->staff_council);
}

struct step {
    const char *text;
    const struct pdf_style *style;
    const char *value;
};

/* Number, what to do, and below it what to type: one list item. */
static double draw_step(const struct letter *letter, struct pdf_tag *list, size_t number, const struct step *step,
                        double top)
{
    struct press *press = letter->press;
    struct pdf_style style = *step->style;
    style.size = sheet_fit(press, &style, step->value, STEP_WIDTH, 6.5, step->text);
    struct layout layout = press_layout(press, &style_text, step->text, STEP_WIDTH, true);
    if (press->status != STATUS_OK)
        return 0.0;
    char sign[24];
    snprintf(sign, sizeof sign, "%zu", number);
    struct pdf_tag *item = pdf_tag_new(&press->tags, list, "LI");
    pdf_mark(&press->canvas, pdf_tag_new(&press->tags, item, "Lbl"));
    pdf_draw_word(&press->canvas, STEP_LEFT, press_baseline(&style_text, top), &style_head, sign, MARK_LEFT);
    pdf_mark_end(&press->canvas);
    const double below = top + style_text.leading * (double)layout.line_count;
    pdf_mark(&press->canvas, pdf_tag_new(&press->tags, item, "LBody"));
    pdf_draw_lines(&press->canvas, STEP_LEFT + STEP_INDENT, press_baseline(&style_text, top), &style_text, layout.first,
                   layout.line_count, MARK_LEFT, 0.0, false);
    pdf_draw_text(&press->canvas, STEP_LEFT + STEP_INDENT, press_baseline(step->style, below), &style, step->value,
                  MARK_LEFT);
    pdf_mark_end(&press->canvas);
    return below + step->style->leading - top;
}

static double draw_steps(const struct letter *letter, double top)
{
    struct press *press = letter->press;
    const struct step steps[] = {
        { say(letter, N_("Scan the QR code, or type this address:")), &style_link, letter->wave->address },
        { say(letter, N_("Type your code. It is valid once:")), &style_code, letter->own->code.code },
        { say(letter, N_("Does the notice board show the same check code? If not, please stop and tell us.")),
          &style_check, letter->wave->check },
    };
    struct pdf_tag *list = NULL;
    double y = top;
    sheet_qr(press, letter->tag, letter->own->code.link,
             say(letter, N_("QR code: opens the questionnaire with the code of this letter.")), LEFT,
             top + MILLIMETRE(1.0), QR_SIZE);
    list = pdf_tag_new(&press->tags, letter->tag, "L");
    if (list != NULL)
        list->attributes = "/O/List/ListNumbering/Decimal";
    for (size_t i = 0; i < COUNT(steps); i++)
        y += draw_step(letter, list, i + 1, &steps[i], y) + 4.0;
    const double least = top + MILLIMETRE(2.0) + QR_SIZE;
    return (y > least ? y : least) - top;
}

static double draw_paragraph(const struct letter *letter, const char *text, double y)
{
    return sheet_text(letter->press, letter->tag, "P", &style_text, text, LEFT, y, TEXT_WIDTH);
}

static double draw_head(const struct letter *letter, const char *text, double y)
{
    return sheet_text(letter->press, letter->tag, "H2", &style_head, text, LEFT, y, TEXT_WIDTH);
}

static double draw_text(const struct letter *letter, double y)
{
    const double gap = 9.5;
    struct arena *arena = &letter->press->arena;
    y += sheet_text(letter->press, letter->tag, "H1", &style_subject,
                    arena_format(arena, tr(letter->language, N_("Invitation to the survey “%s”")),
                                 letter->own->title == NULL ? letter->wave->title : letter->own->title),
                    LEFT, y, TEXT_WIDTH) + gap;
    y += draw_paragraph(letter, say(letter, N_("Good day,")), y) + gap;
    y += draw_paragraph(letter,
                        arena_format(arena, tr(letter->language, N_("we ask all staff and invite you to take part by "
                                                                    "**%s**. It is voluntary, and you can skip every "
                                                                    "question.")), letter->closes), y) + gap;
    y += draw_head(letter, say(letter, N_("How to take part")), y) + 3.0;
    y += draw_steps(letter, y) + 3.0;
    y += draw_head(letter, say(letter, N_("What we promise")), y);
    y += draw_paragraph(letter, say(letter, N_("In the stored data there is no connection between your code and your "
                                               "answers. We remember only that the code was used, not when. Your "
                                               "device encrypts the answers before it sends them. They are opened "
                                               "after the end of the survey, all together and sorted. This holds as "
                                               "long as operator and staff council do not secretly work together and "
                                               "nobody has changed the page: hence the check code.")), y) + gap;
    y += draw_head(letter, say(letter, N_("Other ways")), y);
    y += draw_paragraph(letter, say(letter, N_("You can draw a card without a name instead of using this code, and "
                                               "answer on any device, at a public computer of the house, or on "
                                               "paper. Then please do not use this letter.")), y) + gap;
    y += draw_paragraph(letter, say(letter, N_("Thank you for taking part.")), y) + gap;
    return y + draw_paragraph(letter, letter->wave->city, y);
}

static void draw_letter(const struct letter *letter)
{
    struct press *press = letter->press;
    double y = HEAD_TOP;
    sheet_turn(press, "");
    draw_folds(press);
    sheet_turn(press, language_code(letter->language));
    y += sheet_text(press, letter->tag, "P", &style_city, letter->wave->city, LEFT, y, TEXT_WIDTH);
    y += sheet_text(press, letter->tag, "P", &style_demo, letter->wave->demo, LEFT, y, TEXT_WIDTH);
    sheet_turn(press, ""); /* the window of the envelope is where it is */
    draw_address(letter);
    sheet_turn(press, language_code(letter->language));
    draw_information(letter);
    bool fits = y <= MILLIMETRE(45.0) && draw_text(letter, TEXT_TOP) <= TEXT_LIMIT;
    if (!fits && press->status == STATUS_OK)
        press->status = FAIL(press->fail, STATUS_LIMIT,
                             "the letter does not fit on one page: shorten the names of the city and of the survey");
}

static enum status add_letter(struct sheet *sheet, const struct paper_letter *own, const char *closes)
{
    struct press *press = &sheet->press;
    const char *code = language_code(own->language);
    struct letter letter = { .press = press, .wave = sheet->wave, .own = own, .language = own->language,
                             .closes = closes, .tag = pdf_tag_new(&press->tags, press->document, "Sect") };
    if (letter.tag != NULL && own->language != sheet->wave->language)
        letter.tag->language = code;
    pdf_canvas_page(&press->canvas);
    enum status status = pdf_canvas_status(&press->canvas, press->fail);
    if (status != STATUS_OK)
        return status;
    draw_letter(&letter);
    return press->status;
}

/* The closing day in the language of a letter: made once for runs of letters of one language. */
struct day {
    const struct language *language;
    const char *text;
};

static enum status find_day(struct arena *arena, const struct paper_wave *wave, const struct language *language,
                            struct day *day, struct fail *fail)
{
    if (day->text != NULL && day->language == language)
        return STATUS_OK;
    day->language = language;
    day->text = sheet_date(arena, language, wave->closes);
    if (day->text == NULL)
        return FAIL(fail, STATUS_INPUT, "\"%s\" is no date like 2026-06-30", wave->closes == NULL ? "" : wave->closes);
    return STATUS_OK;
}

enum status paper_letters(struct arena *arena, const struct paper_wave *wave, const struct paper_letter letters[],
                          size_t count, struct buf *out, struct fail *fail)
{
    if (count == 0)
        return FAIL(fail, STATUS_INPUT, "there is no letter to print");
    if (count > PAPER_LETTERS_MAX)
        return FAIL(fail, STATUS_LIMIT, "%zu letters are too many for one file: print at most %d at a time", count,
                    (int)PAPER_LETTERS_MAX);
    enum status status = sheet_check(wave, fail);
    if (status != STATUS_OK)
        return status;
    const char *title = arena_format(arena, tr(wave->language, N_("Invitations to the survey “%s”")), wave->title);
    if (title == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for %s", wave->title);
    struct sheet sheet;
    struct day day = { 0 };
    sheet_init(&sheet, arena, wave, title);
    status = sheet_open(&sheet, fail);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        status = find_day(arena, wave, letters[i].language, &day, fail);
        if (status == STATUS_OK)
            status = add_letter(&sheet, &letters[i], day.text);
    }
    if (status == STATUS_OK)
        status = press_write(&sheet.press, out);
    sheet_close(&sheet);
    return status;
}
