/* Pages of the questionnaire and the texts that flow over them: what stands on every page, page numbers, headings,
 * paragraphs, notices of the form. */
#include <stdio.h>
#include <string.h>

#include "forms/render.h"
#include "reports/paper_question.h"

const struct pdf_style style_furniture = { PDF_REGULAR, PDF_SEMIBOLD, 7.8, 10.6, GREY, true };
const struct pdf_style style_cover = { PDF_REGULAR, PDF_SEMIBOLD, 10.4, 15.0, INK, false };
const struct pdf_style style_part = { PDF_SEMIBOLD, PDF_BOLD, 11.6, 15.6, INK, false };
static const struct pdf_style style_banner = { PDF_SEMIBOLD, PDF_BOLD, 8.2, 11.0, WARNING, false };

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

void flow_furnish(struct press *press)
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

void flow_numbers(struct questionnaire *paper)
{
    struct press *press = &paper->sheet.press;
    for (size_t i = 0; i < paper->slot_count; i++)
        if (paper->slots[i] != NULL)
            paper->slots[i]->text = arena_format(&press->arena,
                                                 tr(paper->sheet.wave->language, N_("Page %zu of %zu")), i + 1,
                                                 paper->slot_count);
}

void flow_text(struct questionnaire *paper, const char *type, const struct pdf_style *style, const struct text *own,
               const char *text, double above)
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

void flow_paragraphs(struct questionnaire *paper, const struct text *text, const struct pdf_style *style)
{
    const struct paper_wave *wave = paper->sheet.wave;
    const struct placeholder placeholders[] = { { "staff_council", wave->staff_council },
                                                { "date", wave->results_date },
                                                { "complaints_office", wave->complaints_office },
                                                { "equality_office", wave->equality_office } };
    struct press *press = &paper->sheet.press;
    const char *at = question_text(paper, text);
    struct buf paragraph;
    buf_init(&paragraph, 4 << 20);
    for (double above = 2.0; form_paragraph(&at, placeholders, COUNT(placeholders), &paragraph); above = 5.0) {
        const char *kept = arena_string(&press->arena, paragraph.bytes == NULL ? "" : paragraph.bytes);
        flow_text(paper, "P", style, text, kept, above);
        buf_clear(&paragraph);
    }
    buf_free(&paragraph);
}

void flow_notice(struct questionnaire *paper, const char *id, const struct pdf_style *style, double above)
{
    const struct notice *notice = form_notice(paper->form, id);
    if (notice == NULL)
        return;
    flow_text(paper, "H2", &style_part, &notice->title, question_text(paper, &notice->title), above);
    flow_paragraphs(paper, &notice->body, style);
}
