/* The questionnaire on paper: a first page that says what to do, the questions section after section, the thanks. The
 * same for everybody: nothing on it tells one copy from another. */
#include <stdio.h>
#include <string.h>

#include "forms/condition.h"
#include "forms/paper_order.h"
#include "forms/render.h"
#include "reports/paper_question.h"

#define FORM_TOP MILLIMETRE(21.0)
#define FORM_LIMIT (PAGE_HEIGHT - MILLIMETRE(17.0))

enum { MARK_CHARACTERS = 8, SECTION_GAP = 21, QUESTION_GAP = 11 };

static const struct pdf_style style_furniture = { PDF_REGULAR, PDF_SEMIBOLD, 7.8, 10.6, GREY, true };
static const struct pdf_style style_banner = { PDF_SEMIBOLD, PDF_BOLD, 8.2, 11.0, WARNING, false };
static const struct pdf_style style_author = { PDF_SEMIBOLD, PDF_BOLD, 10.5, 14.0, BLUE, false };
static const struct pdf_style style_title = { PDF_BOLD, PDF_BOLD, 25.0, 30.0, INK, false };
static const struct pdf_style style_subtitle = { PDF_REGULAR, PDF_SEMIBOLD, 12.0, 16.0, GREY, false };
static const struct pdf_style style_section = { PDF_BOLD, PDF_BOLD, 14.0, 18.0, BLUE, false };
static const struct pdf_style style_part = { PDF_SEMIBOLD, PDF_BOLD, 11.6, 15.6, INK, false };
static const struct pdf_style style_text = { PDF_REGULAR, PDF_SEMIBOLD, 9.8, 14.0, INK, false };
static const struct pdf_style style_cover = { PDF_REGULAR, PDF_SEMIBOLD, 10.4, 15.0, INK, false };
static const struct pdf_style style_check = { PDF_CODE, PDF_CODE, 10.4, 14.0, INK, true };

static const struct language *speech(const struct questionnaire *paper)
{
    return paper->sheet.wave->language;
}

/* --- what stands on every page ------------------------------------------------------------------------------------ */

static void keep_slot(struct questionnaire *paper, struct pdf_slot *slot)
{
    struct press *press = &paper->sheet.press;
    if (paper->slot_count == paper->slot_room) {
        size_t room = paper->slot_room == 0 ? 32 : paper->slot_room * 2;
        struct pdf_slot **slots = ARENA_NEW(&press->arena, struct pdf_slot *, room);
        if (slots == NULL) {
            press->status = FAIL(press->fail, STATUS_MEMORY, "the report needs more memory than it may use");
            return;
        }
        if (paper->slot_count > 0)
            memcpy(slots, paper->slots, paper->slot_count * sizeof(struct pdf_slot *));
        paper->slots = slots;
        paper->slot_room = room;
    }
    paper->slots[paper->slot_count++] = slot;
}

/* Wave and version: pages of two waves in one pile must be told apart. */
static const char *version_mark(struct arena *arena, const struct questionnaire *paper)
{
    const struct paper_wave *wave = paper->sheet.wave;
    return arena_format(arena, tr(wave->language, N_("%s%s%s, version %s, %.8s")), wave->wave == NULL ? "" : wave->wave,
                        wave->wave == NULL ? "" : " · ", paper->form->id, paper->form->version, paper->form->sha256);
}

/* One line of up to half the measure; what is longer ends there. */
static void draw_edge(struct press *press, const struct pdf_style *style, const char *text, double baseline,
                      enum mark_align align)
{
    if (text == NULL)
        return;
    const double width = FORM_WIDTH * (align == MARK_LEFT ? 0.55 : 0.42);
    struct layout layout = press_layout(press, style, text, width, false);
    pdf_draw_lines(&press->canvas, align == MARK_LEFT ? FORM_LEFT : FORM_LEFT + FORM_WIDTH - width, baseline, style,
                   layout.first, 1, align, width, true);
}

static void furnish(struct press *press)
{
    struct questionnaire *paper = press->owner;
    const struct paper_wave *wave = paper->sheet.wave;
    const double line = PAGE_HEIGHT - MILLIMETRE(13.0);
    const char *title = question_text(paper, &paper->form->title);
    const char *head = wave->city == NULL ? title : arena_format(&press->arena, "%s · %s", wave->city, title);
    const char *mark = version_mark(&press->arena, paper);
    pdf_artifact(&press->canvas, "/Type/Pagination/Subtype/Footer");
    pdf_draw_rule(&press->canvas, FORM_LEFT, FORM_LEFT + FORM_WIDTH, line, 0.45, 0xBFBFBF);
    draw_edge(press, &style_furniture, mark, line + 11.5, MARK_LEFT);
    keep_slot(paper, pdf_draw_slot(&press->canvas, FORM_LEFT + FORM_WIDTH, line + 11.5, &style_furniture));
    pdf_mark_end(&press->canvas);
    const bool first = press->canvas.page_count == 1;
    if (first && wave->demo == NULL)
        return;
    pdf_artifact(&press->canvas, "/Type/Pagination/Subtype/Header");
    if (!first)
        draw_edge(press, &style_furniture, head, MILLIMETRE(13.5), MARK_LEFT);
    draw_edge(press, &style_banner, wave->demo, MILLIMETRE(13.5), MARK_RIGHT);
    pdf_mark_end(&press->canvas);
}

static void number_pages(struct questionnaire *paper)
{
    struct press *press = &paper->sheet.press;
    for (size_t i = 0; i < paper->slot_count; i++)
        if (paper->slots[i] != NULL)
            paper->slots[i]->text = arena_format(&press->arena, tr(speech(paper), N_("Page %zu of %zu")), i + 1,
                                                 paper->slot_count);
}

/* --- texts in the flow -------------------------------------------------------------------------------------------- */

static void set_text(struct questionnaire *paper, const char *type, const struct pdf_style *style,
                     const struct text *own, const char *text, double above)
{
    struct press *press = &paper->sheet.press;
    if (text == NULL || *text == '\0' || press->status != STATUS_OK)
        return;
    const bool heading = type[0] == 'H';
    struct layout layout = heading ? press_balanced(press, style, text, FORM_WIDTH)
                                   : sheet_layout(press, style, text, FORM_WIDTH);
    press_room(press, above, press_start(style, &layout) + (heading ? 30.0 : 0.0));
    press_lines(press, question_tag(paper, paper->section, type, own), FORM_LEFT, style, &layout);
}

static void set_paragraphs(struct questionnaire *paper, const struct text *text, const struct pdf_style *style)
{
    const struct placeholder placeholders[] = { { "staff_council", paper->sheet.wave->staff_council } };
    struct press *press = &paper->sheet.press;
    const char *at = question_text(paper, text);
    struct buf paragraph;
    buf_init(&paragraph, 4 << 20);
    for (double above = 2.0; form_paragraph(&at, placeholders, COUNT(placeholders), &paragraph); above = 5.0) {
        const char *kept = arena_string(&press->arena, paragraph.bytes == NULL ? "" : paragraph.bytes);
        set_text(paper, "P", style, text, kept, above);
        buf_clear(&paragraph);
    }
    buf_free(&paragraph);
}

static void set_notice(struct questionnaire *paper, const char *id)
{
    const struct notice *notice = form_notice(paper->form, id);
    if (notice == NULL)
        return;
    set_text(paper, "H2", &style_part, &notice->title, question_text(paper, &notice->title), 13.0);
    set_paragraphs(paper, &notice->body, &style_cover);
}

/* --- first page --------------------------------------------------------------------------------------------------- */

enum box_state { BOX_CROSSED, BOX_FILLED };

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
    const struct drawing drawing = { .marks = marks, .count = filled ? 1 : COUNT(marks) };
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

static void set_instructions(struct questionnaire *paper)
{
    const struct language *language = speech(paper);
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
    };
    struct press *press = &paper->sheet.press;
    set_text(paper, "H2", &style_part, NULL, tr(language, N_("How to fill it in")), 13.0);
    press->y += 4.0;
    struct pdf_tag *list = pdf_tag_new(&press->tags, paper->section, "L");
    for (size_t i = 0; i < COUNT(instructions); i++)
        set_instruction(paper, list, &instructions[i]);
}

static void set_delivery(struct questionnaire *paper)
{
    const struct language *language = speech(paper);
    struct arena *arena = &paper->sheet.press.arena;
    const char *day = sheet_date(arena, language, paper->sheet.wave->closes);
    set_text(paper, "H2", &style_part, NULL, tr(language, N_("How to hand it in")), 10.0);
    set_text(paper, "P", &style_cover, NULL,
             tr(language, N_("Put the questionnaire and your card into the **inner envelope**, seal it and write nothing "
                             "on it. The inner envelope goes into the **outer envelope**.")), 2.0);
    if (day != NULL)
        set_text(paper, "P", &style_cover, NULL,
                 arena_format(arena, tr(language, N_("Please hand it in by **%s**.")), day), 4.0);
    set_text(paper, "H2", &style_part, NULL, tr(language, N_("What happens to it")), 13.0);
    set_text(paper, "P", &style_cover, NULL,
             tr(language, N_("Taking part is voluntary. Two people part the envelopes, shuffle the inner ones and only "
                             "then open them together. They type in the answers with the code of the card. Neither name "
                             "nor time is stored. After that the questionnaires are destroyed. Your answers can then no "
                             "longer be found, nor deleted. Your handwriting could give you away: crosses do not.")),
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

static void set_cover(struct questionnaire *paper)
{
    const struct paper_wave *wave = paper->sheet.wave;
    struct press *press = &paper->sheet.press;
    const char *subtitle = tr(wave->language, N_("Questionnaire on paper"));
    if (wave->wave != NULL)
        subtitle = arena_format(&press->arena, tr(wave->language, N_("Questionnaire on paper · survey %s")), wave->wave);
    set_text(paper, "P", &style_author, NULL, wave->city, 0.0);
    press_bookmark(press);
    set_text(paper, "H1", &style_title, &paper->form->title, question_text(paper, &paper->form->title), 3.0);
    set_text(paper, "P", &style_subtitle, NULL, subtitle, 3.0);
    press->y += 9.0;
    pdf_artifact(&press->canvas, "/Type/Layout");
    pdf_draw_rule(&press->canvas, FORM_LEFT, FORM_LEFT + FORM_WIDTH, press->y, 0.9, INK);
    pdf_mark_end(&press->canvas);
    set_notice(paper, "welcome");
    set_instructions(paper);
    set_delivery(paper);
    set_notice(paper, "terms");
    set_facts(paper);
}

/* --- questions ---------------------------------------------------------------------------------------------------- */

static size_t shown_count(const struct form *form, const struct page *page)
{
    size_t count = 0;
    for (size_t i = 0; i < page->item_count; i++)
        count += !form->items[page->item_first + i].off;
    return count;
}

/* The condition that all questions of the page share; NULL when they differ. */
static const struct condition *shared_condition(struct questionnaire *paper, const struct page *page)
{
    const struct condition *shared = NULL;
    for (size_t i = 0; i < page->item_count; i++) {
        const struct item *item = &paper->form->items[page->item_first + i];
        if (item->off)
            continue;
        if (item->show_if == NULL)
            return NULL;
        if (shared == NULL)
            shared = item->show_if;
        paper->known = shared;
        bool same = question_condition(paper, item) == NULL;
        paper->known = NULL;
        if (!same)
            return NULL;
    }
    return shown_count(paper->form, page) > 1 ? shared : NULL;
}

static const char *rotation_text(struct questionnaire *paper, const struct page *page, size_t shown)
{
    if (page->rotate == 0 || page->rotate >= shown)
        return NULL;
    return arena_format(&paper->sheet.press.arena,
                        tr_plural(speech(paper),
                                  "Please answer only %u of these %zu questions. Choose it by chance, for example with "
                                  "closed eyes, not because it is easy.",
                                  "Please answer only %u of these %zu questions. Choose them by chance, for example "
                                  "with closed eyes, not because they are easy.", page->rotate), page->rotate, shown);
}

static void set_questions(struct questionnaire *paper, const struct page *page, const struct question *first)
{
    struct press *press = &paper->sheet.press;
    for (size_t i = 0; i < page->item_count && press->status == STATUS_OK; i++) {
        const struct item *item = &paper->form->items[page->item_first + i];
        if (item->off)
            continue;
        const struct question *question = first != NULL ? first : question_measure(paper, item);
        if (first == NULL) {
            double height = question_height(question);
            bool whole = height <= press->limit - press->top;
            press_room(press, QUESTION_GAP, whole ? height : MILLIMETRE(60.0));
        }
        question_set(paper, question);
        first = NULL;
    }
}

static const struct item *first_item(const struct form *form, const struct page *page)
{
    for (size_t i = 0; i < page->item_count; i++)
        if (!form->items[page->item_first + i].off)
            return &form->items[page->item_first + i];
    return NULL;
}

/* Heading, introduction and the first question (or the first rows of a matrix) stand together. */
static void set_section(struct questionnaire *paper, const struct page *page)
{
    struct press *press = &paper->sheet.press;
    const size_t shown = shown_count(paper->form, page);
    if (shown == 0 || press->status != STATUS_OK)
        return;
    paper->known = shared_condition(paper, page);
    const char *title = question_text(paper, &page->title);
    const char *intro = question_text(paper, &page->intro);
    const char *only_if = paper->known == NULL ? NULL : paper_condition(paper, paper->known);
    const char *rotation = rotation_text(paper, page, shown);
    const bool matrix = matrix_fits(paper, page);
    const struct question *first = matrix ? NULL : question_measure(paper, first_item(paper->form, page));
    double ahead = matrix ? matrix_start(paper, page) : question_height(first);
    ahead += sheet_height(press, &style_section, title, FORM_WIDTH) + sheet_height(press, &style_text, intro, FORM_WIDTH) +
             sheet_height(press, &style_only_if, only_if, FORM_WIDTH) +
             sheet_height(press, &style_text, rotation, FORM_WIDTH) + 30.0;
    press_room(press, SECTION_GAP, ahead <= press->limit - press->top ? ahead : MILLIMETRE(80.0));
    paper->section = pdf_tag_new(&press->tags, press->document, "Sect");
    press_bookmark(press);
    set_text(paper, "H2", &style_section, &page->title, title, 0.0);
    set_paragraphs(paper, &page->intro, &style_text);
    set_text(paper, "P", &style_only_if, NULL, only_if, 3.0);
    set_text(paper, "P", &style_text, NULL, rotation, 3.0);
    press->y += 8.0;
    if (matrix)
        matrix_set(paper, page);
    else
        set_questions(paper, page, first);
    paper->known = NULL;
}

static void set_closing(struct questionnaire *paper)
{
    struct press *press = &paper->sheet.press;
    press_room(press, SECTION_GAP, MILLIMETRE(40.0));
    paper->section = pdf_tag_new(&press->tags, press->document, "Sect");
    set_notice(paper, "closing");
    set_text(paper, "P", &style_cover, NULL,
             tr(speech(paper), N_("**Please now put the questionnaire and your card into the inner envelope.**")), 6.0);
}

static enum status set_all(struct questionnaire *paper)
{
    struct press *press = &paper->sheet.press;
    press_page(press);
    paper->section = pdf_tag_new(&press->tags, press->document, "Sect");
    if (press->status == STATUS_OK)
        set_cover(paper);
    if (press->status == STATUS_OK)
        press_page(press);
    for (size_t i = 0; i < paper->form->page_count && press->status == STATUS_OK; i++)
        set_section(paper, &paper->form->pages[i]);
    if (press->status == STATUS_OK)
        set_closing(paper);
    number_pages(paper);
    return press->status;
}

/* Bookmarks: the title, and every section with a question. */
static void add_headings(struct questionnaire *paper)
{
    struct doc *doc = &paper->sheet.doc;
    doc_heading(doc, 1, "title", doc->title);
    for (size_t i = 0; i < paper->form->page_count; i++) {
        const struct page *page = &paper->form->pages[i];
        if (shown_count(paper->form, page) > 0)
            doc_heading(doc, 2, page->id, question_text(paper, &page->title));
    }
}

enum status paper_form(struct arena *arena, const struct paper_wave *wave, const struct form *form,
                       const char *form_language, struct buf *out, struct fail *fail)
{
    struct questionnaire paper = { .form = form, .language = form_language };
    const char *title = form_text(form, &form->title, form_language);
    sheet_init(&paper.sheet, arena, wave, title);
    add_headings(&paper);
    enum status status = sheet_open(&paper.sheet, fail);
    struct press *press = &paper.sheet.press;
    if (status == STATUS_OK) {
        press->owner = &paper;
        hyphen_init(&press->hyphen, form_language);
        press->furnish = furnish;
        press->top = FORM_TOP;
        press->limit = FORM_LIMIT;
        status = set_all(&paper);
    }
    if (status == STATUS_OK)
        status = press_write(press, out);
    sheet_close(&paper.sheet);
    return status;
}
