/* First and last words of the questionnaire: what it is about, how to fill it in and hand it in, what happens to it. */
#include <string.h>

#include "forms/paper_order.h"
#include "forms/qtype.h"
#include "reports/paper_question.h"

static const struct pdf_style style_author = { PDF_SEMIBOLD, PDF_BOLD, 10.5, 14.0, BLUE, false };
static const struct pdf_style style_title = { PDF_BOLD, PDF_BOLD, 25.0, 30.0, INK, false };
static const struct pdf_style style_subtitle = { PDF_REGULAR, PDF_SEMIBOLD, 12.0, 16.0, GREY, false };
static const struct pdf_style style_closing = { PDF_REGULAR, PDF_SEMIBOLD, 9.4, 13.0, INK, false };
static const struct pdf_style style_check = { PDF_CODE, PDF_CODE, 10.4, 14.0, INK, true };

enum box_state { BOX_CROSSED, BOX_FILLED, BOX_EMPTY };

struct sample {
    bool square;
    enum box_state state;
};

static void draw_sample(struct press *press, const struct sample *sample, double x, double y)
{
    const double radius = MILLIMETRE(2.2);
    const double reach = radius * 0.95;
    const bool filled = sample->state == BOX_FILLED;
    const struct mark marks[] = {
        { .kind = sample->square ? MARK_RECT : filled ? MARK_CIRCLE : MARK_RING, .colour = filled ? BLUE : 0x404040,
          .stroke = filled ? 0.0 : 0.8, .x = sample->square ? x - radius : x, .y = sample->square ? y - radius : y,
          .width = sample->square ? 2.0 * radius : radius, .height = 2.0 * radius },
        { .kind = MARK_LINE, .colour = BLUE, .stroke = 1.4, .x = x - reach, .y = y - reach, .width = 2.0 * reach,
          .height = 2.0 * reach },
        { .kind = MARK_LINE, .colour = BLUE, .stroke = 1.4, .x = x - reach, .y = y + reach, .width = 2.0 * reach,
          .height = -2.0 * reach },
    };
    const struct drawing drawing = { .marks = marks, .count = sample->state == BOX_CROSSED ? COUNT(marks) : 1 };
    pdf_draw_marks(&press->canvas, &drawing, 0.0, 0.0);
}

struct instruction {
    const char *text;
    struct sample samples[2];
    size_t sample_count;
};

static void set_instruction(struct questionnaire *paper, struct pdf_tag *list, const struct instruction *instruction)
{
    struct press *press = &paper->sheet.press;
    const double indent = MILLIMETRE(14.0);
    struct layout layout = sheet_layout(press, &style_cover, instruction->text, FORM_WIDTH - indent);
    double height = style_cover.leading * (double)layout.line_count + 3.6;
    press_room(press, 0.0, height);
    if (press->status != STATUS_OK)
        return;
    pdf_artifact(&press->canvas, "/Type/Layout");
    for (size_t i = 0; i < instruction->sample_count; i++)
        draw_sample(press, &instruction->samples[i], FORM_LEFT + MILLIMETRE(2.4) + (double)i * MILLIMETRE(6.0),
                    press->y + style_cover.leading / 2.0);
    pdf_mark_end(&press->canvas);
    struct pdf_tag *item = pdf_tag_new(&press->tags, list, "LI");
    double top = press->y;
    press_lines(press, pdf_tag_new(&press->tags, item, "LBody"), FORM_LEFT + indent, &style_cover, &layout);
    press->y = top + height;
}

static bool asks(const struct form *form, unsigned kinds)
{
    for (size_t i = 0; i < form->item_count; i++)
        if (paper_asked(&form->items[i]) && (kinds & 1u << form->items[i].type->kind) != 0)
            return true;
    return false;
}

static void set_instructions(struct questionnaire *paper)
{
    const struct language *language = paper->sheet.wave->language;
    const struct instruction instructions[] = {
        { tr(language, N_("**Circle:** please cross one answer.")), { { false, BOX_CROSSED } }, 1 },
        { tr(language, N_("**Square:** you can cross several answers.")),
          { { true, BOX_CROSSED }, { true, BOX_CROSSED } }, 2 },
        { tr(language, N_("**Wrong box?** Fill it completely and cross the right one.")),
          { { false, BOX_FILLED }, { false, BOX_CROSSED } }, 2 },
        { tr(language, N_("You can skip every question. The small numbers in the boxes only help with typing the "
                          "answers in later.")), { { false, BOX_CROSSED } }, 0 },
        { tr(language, N_("Please write no name and no other note on this questionnaire.")),
          { { false, BOX_CROSSED } }, 0 },
        { tr(language, N_("**Boxes side by side:** please write one figure into each box, the last one into the box at "
                          "the right.")), { { true, BOX_EMPTY }, { true, BOX_EMPTY } }, 2 },
    };
    const bool figures = asks(paper->form, 1u << QTYPE_NUMBER | 1u << QTYPE_DATE | 1u << QTYPE_AMOUNTS);
    struct press *press = &paper->sheet.press;
    flow_text(paper, "H2", &style_part, NULL, tr(language, N_("How to fill it in")), 13.0);
    press->y += 4.0;
    struct pdf_tag *list = pdf_tag_new(&press->tags, paper->section, "L");
    for (size_t i = 0; i < COUNT(instructions) - (figures ? 0 : 1); i++)
        set_instruction(paper, list, &instructions[i]);
}

static void set_delivery(struct questionnaire *paper)
{
    const struct language *language = paper->sheet.wave->language;
    struct arena *arena = &paper->sheet.press.arena;
    const char *day = sheet_date(arena, language, paper->sheet.wave->closes);
    flow_text(paper, "H2", &style_part, NULL, tr(language, N_("How to hand it in")), 10.0);
    flow_text(paper, "P", &style_cover, NULL,
             tr(language, N_("Put the questionnaire and your card into the **inner envelope**, seal it and write "
                             "nothing on it. The inner envelope goes into the **outer envelope**.")), 2.0);
    if (day != NULL)
        flow_text(paper, "P", &style_cover, NULL,
                 arena_format(arena, tr(language, N_("Please hand it in by **%s**.")), day), 4.0);
    flow_text(paper, "H2", &style_part, NULL, tr(language, N_("What happens to it")), 13.0);
    flow_text(paper, "P", &style_cover, NULL,
             tr(language, N_("Taking part is voluntary. Two people part the envelopes, shuffle the inner ones and only "
                             "then open them together. They type in the answers with the code of the card. Neither "
                             "name nor time is stored. After that the questionnaires are destroyed. Your answers can "
                             "then no longer be found, nor deleted. Your handwriting could give you away: crosses do not.")),
             2.0);
}

/* Check code and whom to ask: one line each, name and value. */
static void set_facts(struct questionnaire *paper)
{
    const struct paper_wave *wave = paper->sheet.wave;
    struct press *press = &paper->sheet.press;
    const struct {
        const char *label;
        const char *value;
        const struct pdf_style *style;
    } facts[] = {
        { tr(wave->language, N_("Check code")), wave->check, &style_check },
        { tr(wave->language, N_("Questions to")), wave->staff_council, &style_cover },
    };
    const double column = MILLIMETRE(26.0);
    for (size_t i = 0; i < COUNT(facts); i++) {
        if (facts[i].value == NULL || press->status != STATUS_OK)
            continue;
        struct layout layout = press_layout(press, facts[i].style, facts[i].value, FORM_WIDTH - column, false);
        press_room(press, i == 0 ? 14.0 : 3.0, facts[i].style->leading * (double)layout.line_count);
        pdf_mark(&press->canvas, pdf_tag_new(&press->tags, paper->section, "P"));
        double baseline = press_baseline(facts[i].style, press->y);
        pdf_draw_word(&press->canvas, FORM_LEFT, baseline, &style_furniture, facts[i].label, MARK_LEFT);
        pdf_draw_lines(&press->canvas, FORM_LEFT + column, baseline, facts[i].style, layout.first, layout.line_count,
                       MARK_LEFT, 0.0, true);
        pdf_mark_end(&press->canvas);
        press->y += facts[i].style->leading * (double)layout.line_count;
    }
}

/* Honest about a translation that nobody has checked, of the questions or of the fixed texts. */
static void set_draft(struct questionnaire *paper)
{
    static const char sentence[] = N_("This translation is a draft: no native speaker has checked it yet.");
    static const struct pdf_style style = { PDF_SEMIBOLD, PDF_BOLD, 9.4, 13.0, WARNING, false };
    const struct form *form = paper->form;
    const struct language *own = paper->sheet.wave->language;
    bool draft = own != NULL && own->draft && strcmp(own->code, paper->language) == 0;
    for (size_t i = 0; i < form->language_count; i++)
        draft = draft || (form->draft[i] && strcmp(form->languages[i], paper->language) == 0);
    if (draft)
        flow_text(paper, "P", &style, NULL, tr(own, sentence), 6.0);
}

void cover_set(struct questionnaire *paper)
{
    const struct paper_wave *wave = paper->sheet.wave;
    struct press *press = &paper->sheet.press;
    const char *subtitle = tr(wave->language, N_("Questionnaire on paper"));
    if (wave->wave != NULL)
        subtitle = arena_format(&press->arena, tr(wave->language, N_("Questionnaire on paper · survey %s")),
                                wave->wave);
    flow_text(paper, "P", &style_author, NULL, wave->city, 0.0);
    press_place(press, LISTED_HEADINGS);
    flow_text(paper, "H1", &style_title, &paper->form->title, question_text(paper, &paper->form->title), 3.0);
    flow_text(paper, "P", &style_subtitle, NULL, subtitle, 3.0);
    set_draft(paper);
    press->y += 9.0;
    pdf_artifact(&press->canvas, "/Type/Layout");
    pdf_draw_rule(&press->canvas, FORM_LEFT, FORM_LEFT + FORM_WIDTH, press->y, 0.9, INK);
    pdf_mark_end(&press->canvas);
    flow_notice(paper, "welcome", &style_cover, 13.0);
    set_instructions(paper);
    set_delivery(paper);
    flow_notice(paper, "terms", &style_cover, 13.0);
    set_facts(paper);
}

void closing_set(struct questionnaire *paper)
{
    struct press *press = &paper->sheet.press;
    press_room(press, SECTION_GAP, MILLIMETRE(40.0));
    paper->section = pdf_tag_new(&press->tags, press->document, "Sect");
    flow_notice(paper, "closing", &style_closing, 0.0);
    flow_text(paper, "P", &style_closing, NULL,
             tr(paper->sheet.wave->language,
                N_("**Please now put the questionnaire and your card into the inner envelope.**")), 6.0);
}
