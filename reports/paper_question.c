/* Questions: how each type looks, the texts above its boxes. A question stands together; only one that is higher than a
 * page is parted, between two options. */
#include "reports/paper_question.h"

#include <stdio.h>
#include <string.h>

#include "forms/paper_order.h"
#include "forms/qtype.h"

static const struct pdf_style style_question = { PDF_SEMIBOLD, PDF_BOLD, 9.6, 12.8, INK, false };

/* One row a type; types of the same kind share functions. A type without a row is set as its kind asks. */
static const struct paper_type types[] = {
    { "single", BOX_ROUND, options_measure, options_set },
    { "scale", BOX_ROUND, options_measure, options_set },
    { "yesno", BOX_ROUND, options_measure, options_set },
    { "situation", BOX_ROUND, options_measure, options_set },
    { "multiple", BOX_SQUARE, options_measure, options_set },
    { "consent", BOX_SQUARE, options_measure, options_set },
    { "ranking", BOX_PLACE, options_measure, options_set },
    { "nps", BOX_ROUND, steps_measure, steps_set },
    { "slider", BOX_ROUND, steps_measure, steps_set },
    { "number", BOX_AMOUNT, number_measure, number_set },
    { "date", BOX_AMOUNT, date_measure, date_set },
    { "sum", BOX_AMOUNT, amounts_measure, amounts_set },
    { "text", BOX_AMOUNT, lines_measure, lines_set },
    { "note", BOX_AMOUNT, note_measure, note_set },
};

static const struct paper_type by_kind[] = {
    [QTYPE_CHOICE] = { "choice", BOX_ROUND, options_measure, options_set },
    [QTYPE_SET] = { "set", BOX_SQUARE, options_measure, options_set },
    [QTYPE_TEXT] = { "lines", BOX_AMOUNT, lines_measure, lines_set },
    [QTYPE_NUMBER] = { "number", BOX_AMOUNT, number_measure, number_set },
    [QTYPE_DATE] = { "date", BOX_AMOUNT, date_measure, date_set },
    [QTYPE_ORDER] = { "order", BOX_PLACE, options_measure, options_set },
    [QTYPE_AMOUNTS] = { "amounts", BOX_AMOUNT, amounts_measure, amounts_set },
    [QTYPE_NONE] = { "none", BOX_AMOUNT, note_measure, note_set },
};

static const struct paper_type *find_type(const struct item *item)
{
    for (size_t i = 0; i < COUNT(types); i++)
        if (strcmp(types[i].id, item->type->id) == 0)
            return &types[i];
    return &by_kind[item->type->kind];
}

const struct question *question_measure(struct questionnaire *paper, const struct item *item)
{
    struct press *press = &paper->sheet.press;
    struct question *question = ARENA_NEW(&press->arena, struct question, 1);
    if (question == NULL || press->status != STATUS_OK) {
        question_memory(press);
        return NULL;
    }
    *question = (struct question){ .item = item, .type = find_type(item) };
    if (paper_asked(item)) {
        question_part(paper, question, &style_question, &item->label, question_text(paper, &item->label));
        question_part(paper, question, &style_only_if, NULL, question_condition(paper, item));
        question_part(paper, question, &style_remark, &item->hint, question_text(paper, &item->hint));
        question_part(paper, question, &style_remark, NULL, question_note(paper, item));
    }
    question->type->measure(paper, question);
    question->height += question->head + QUESTION_BELOW;
    return press->status == STATUS_OK ? question : NULL;
}

double question_height(const struct question *question)
{
    return question == NULL ? 0.0 : question->height;
}

void question_set(struct questionnaire *paper, const struct question *question)
{
    struct press *press = &paper->sheet.press;
    if (question == NULL)
        return;
    const unsigned own = paper_number(paper->form, question->item);
    char number[16];
    snprintf(number, sizeof number, "%u", own);
    for (size_t i = 0; i < question->part_count && press->status == STATUS_OK; i++) {
        const struct question_part *part = &question->parts[i];
        struct pdf_tag *tag = question_tag(paper, paper->section, i == 0 && own > 0 ? "H3" : "P", part->text);
        if (i == 0 && own > 0) {
            static const struct pdf_style style = { PDF_BOLD, PDF_BOLD, 9.6, 12.8, BLUE, true };
            pdf_mark(&press->canvas, tag);
            pdf_draw_word(&press->canvas, FORM_LEFT, press_baseline(&style, press->y), &style, number, MARK_LEFT);
            pdf_mark_end(&press->canvas);
        }
        press_lines(press, tag, FORM_LEFT + FORM_INDENT, part->style, &part->layout);
    }
    press->y += QUESTION_BELOW;
    question->type->set(paper, question);
}
