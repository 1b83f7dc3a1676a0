/* When to answer a question, as a sentence: "Only if in question 7 you crossed “yes”." A negation is carried to the
 * leaves, so that the sentence needs no brackets around whole conditions. */
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "forms/condition.h"
#include "forms/paper_order.h"
#include "reports/paper_question.h"

enum { SENTENCE_MAX = 64 * 1024, LABEL_POINTS = 48 };

struct writer {
    const struct form *form;
    const char *form_language;
    const struct language *language;
    struct buf out;
};

/* A long label is cut at a whole character: the box stands above anyway. */
static void add_label(struct writer *writer, const struct option *option)
{
    const char *text = form_text(writer->form, &option->label, writer->form_language);
    size_t length = 0;
    size_t points = 0;
    int32_t point;
    while (text[length] != '\0' && points < LABEL_POINTS) {
        length += utf8_next(text + length, &point);
        points++;
    }
    char cut[LABEL_POINTS * 4 + 4];
    snprintf(cut, sizeof cut, "%.*s%s", (int)length, text, text[length] == '\0' ? "" : "…");
    buf_format(&writer->out, tr(writer->language, N_("“%s”")), cut);
}

static void add_leaf(struct writer *writer, const struct condition *leaf, bool wanted)
{
    const struct item *item = form_item(writer->form, leaf->item);
    const unsigned number = item == NULL ? 0 : paper_number(writer->form, item);
    if (leaf->operator== CONDITION_ANSWERED) {
        if (wanted)
            buf_format(&writer->out, tr(writer->language, N_("you answered question %u")), number);
        else
            buf_format(&writer->out, tr(writer->language, N_("you did not answer question %u")), number);
        return;
    }
    struct writer labels = { writer->form, writer->form_language, writer->language, { 0 } };
    buf_init(&labels.out, SENTENCE_MAX);
    for (size_t i = 0; i < leaf->code_count && item != NULL; i++) {
        int option = item_option(item, leaf->codes[i]);
        if (option < 0)
            continue; /* of the city's list, which is not bound yet */
        if (labels.out.length > 0)
            buf_add_string(&labels.out, tr(writer->language, N_(" or ")));
        add_label(&labels, &item->options[option]);
    }
    const char *text = labels.out.bytes == NULL ? "…" : labels.out.bytes;
    if (wanted)
        buf_format(&writer->out, tr(writer->language, N_("in question %u you crossed %s")), number, text);
    else
        buf_format(&writer->out, tr(writer->language, N_("in question %u you did not cross %s")), number, text);
    writer->out.failed = writer->out.failed || labels.out.failed;
    buf_free(&labels.out);
}

enum joiner { JOIN_NONE, JOIN_ALL, JOIN_ANY };

/* Brackets only where "and" stands inside "or" or the other way. Depth is bounded by CONDITION_DEPTH_MAX. */
static void add(struct writer *writer, const struct condition *condition, bool wanted, enum joiner around)
{
    if (condition->operator== CONDITION_NOT) {
        add(writer, condition->first, !wanted, around);
        return;
    }
    if (condition->operator!= CONDITION_AND && condition->operator!= CONDITION_OR) {
        add_leaf(writer, condition, wanted != (condition->operator== CONDITION_UNEQUAL));
        return;
    }
    const enum joiner own = (condition->operator== CONDITION_AND) == wanted ? JOIN_ALL : JOIN_ANY;
    const bool brackets = around != JOIN_NONE && around != own;
    if (brackets)
        buf_add_byte(&writer->out, '(');
    for (const struct condition *child = condition->first; child != NULL; child = child->next) {
        if (child != condition->first)
            buf_add_string(&writer->out, tr(writer->language, own == JOIN_ALL ? N_(" and ") : N_(" or ")));
        add(writer, child, wanted, own);
    }
    if (brackets)
        buf_add_byte(&writer->out, ')');
}

const char *paper_only_if(struct arena *arena, const struct form *form, const char *form_language,
                          const struct language *language, const struct condition *condition)
{
    struct writer writer = { form, form_language, language, { 0 } };
    buf_init(&writer.out, SENTENCE_MAX);
    add(&writer, condition, true, JOIN_NONE);
    const char *sentence = writer.out.failed || writer.out.bytes == NULL
                               ? NULL
                               : arena_format(arena, tr(language, N_("Answer only if %s.")), writer.out.bytes);
    buf_free(&writer.out);
    return sentence;
}

const char *paper_condition(const struct questionnaire *paper, const struct condition *condition)
{
    return paper_only_if(paper->sheet.doc.arena, paper->form, paper->language, paper->sheet.wave->language, condition);
}

static bool same_condition(const struct condition *one, const struct condition *other)
{
    struct buf texts[2];
    for (size_t i = 0; i < COUNT(texts); i++) {
        buf_init(&texts[i], 64 * 1024);
        condition_write(i == 0 ? one : other, &texts[i]);
    }
    bool same = !texts[0].failed && !texts[1].failed && strcmp(texts[0].bytes, texts[1].bytes) == 0;
    buf_free(&texts[0]);
    buf_free(&texts[1]);
    return same;
}

const char *question_condition(const struct questionnaire *paper, const struct item *item)
{
    if (item->show_if == NULL || (paper->known != NULL && same_condition(paper->known, item->show_if)))
        return NULL;
    return paper_condition(paper, item->show_if);
}
