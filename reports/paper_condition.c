/* When to answer a question, as a sentence: "Only if in question 7 you crossed “yes”." A negation is carried to the
 * leaves, so that the sentence needs no brackets around whole conditions. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "forms/expression.h"
#include "forms/paper_order.h"
#include "forms/render.h"
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

/* "7": what a number in the expression looks like on paper. */
static void add_value(struct writer *writer, const struct item *item, const struct expression *value)
{
    const int option = item_option(item, value->text);
    if (option >= 0)
        add_label(writer, &item->options[option]);
    else if (value->operator== EXPRESSION_NUMBER)
        buf_number(&writer->out, writer->language, value->number, value->number == floor(value->number) ? 0 : 2);
    else
        buf_add_string(&writer->out, value->text);
}

/* The right sides of = and in, one after the other; false when one of them is no plain value. */
static bool list_values(struct writer *writer, const struct item *item, const struct expression *first)
{
    for (const struct expression *value = first; value != NULL; value = value->next) {
        if (value->operator!= EXPRESSION_TEXT && value->operator!= EXPRESSION_NUMBER)
            return false;
        if (item->options_from != NULL && item_option(item, value->text) < 0)
            continue; /* of the city's list, which is not bound yet */
        if (writer->out.length > 0)
            buf_add_string(&writer->out, tr(writer->language, N_(" or ")));
        add_value(writer, item, value);
    }
    return true;
}

struct phrase {
    enum expression_operator operator;
    const char *wanted, *unwanted; /* with the number of the question and the values */
};

static const struct phrase crossed[] = {
    { EXPRESSION_EQUAL, N_("in question {number} you crossed {value}"),
      N_("in question {number} you did not cross {value}") },
    { EXPRESSION_UNEQUAL, N_("in question {number} you did not cross {value}"),
      N_("in question {number} you crossed {value}") },
    { EXPRESSION_IN, N_("in question {number} you crossed {value}"),
      N_("in question {number} you did not cross {value}") },
    { EXPRESSION_SELECTED, N_("in question {number} you crossed {value}"),
      N_("in question {number} you did not cross {value}") },
};

static const struct phrase measured[] = {
    { EXPRESSION_EQUAL, N_("in question {number} you wrote {value}"),
      N_("in question {number} you did not write {value}") },
    { EXPRESSION_UNEQUAL, N_("in question {number} you did not write {value}"),
      N_("in question {number} you wrote {value}") },
    { EXPRESSION_IN, N_("in question {number} you wrote {value}"),
      N_("in question {number} you did not write {value}") },
    { EXPRESSION_LESS, N_("in question {number} you wrote less than {value}"),
      N_("in question {number} you wrote {value} or more") },
    { EXPRESSION_LESS_EQUAL, N_("in question {number} you wrote {value} or less"),
      N_("in question {number} you wrote more than {value}") },
    { EXPRESSION_GREATER, N_("in question {number} you wrote more than {value}"),
      N_("in question {number} you wrote {value} or less") },
    { EXPRESSION_GREATER_EQUAL, N_("in question {number} you wrote {value} or more"),
      N_("in question {number} you wrote less than {value}") },
};

static const struct phrase *phrase_of(const struct expression *leaf, const struct item *item)
{
    const bool options = item->option_count > 0 || item->options_from != NULL;
    const struct phrase *rows = options ? crossed : measured;
    const size_t count = options ? COUNT(crossed) : COUNT(measured);
    for (size_t i = 0; i < count; i++)
        if (rows[i].operator== leaf->operator)
            return &rows[i];
    return NULL;
}

static bool add_phrase(struct writer *writer, const struct expression *leaf, bool wanted)
{
    const struct expression *first = leaf->first;
    const struct item *item =
        first != NULL && first->operator== EXPRESSION_ITEM ? form_item(writer->form, first->text) : NULL;
    if (item == NULL || paper_number(writer->form, item) == 0)
        return false;
    if (leaf->operator== EXPRESSION_ANSWERED) {
        const unsigned number = paper_number(writer->form, item);
        if (wanted)
            buf_format(&writer->out, tr(writer->language, N_("you answered question %u")), number);
        else
            buf_format(&writer->out, tr(writer->language, N_("you did not answer question %u")), number);
        return true;
    }
    const struct phrase *phrase = phrase_of(leaf, item);
    struct writer values = { writer->form, writer->form_language, writer->language, { 0 } };
    buf_init(&values.out, SENTENCE_MAX);
    const bool plain = phrase != NULL && list_values(&values, item, first->next);
    if (plain) {
        char number[16];
        const struct placeholder placeholders[] = { { "number", number },
                                                    { "value", values.out.bytes == NULL ? "…" : values.out.bytes } };
        const char *text = tr(writer->language, wanted ? phrase->wanted : phrase->unwanted);
        snprintf(number, sizeof number, "%u", paper_number(writer->form, item));
        (void)form_paragraph(&text, placeholders, COUNT(placeholders), &writer->out);
    }
    writer->out.failed = writer->out.failed || values.out.failed;
    buf_free(&values.out);
    return plain;
}

/* What is more than a comparison with one question stands there as a formula. */
static void add_leaf(struct writer *writer, const struct expression *leaf, bool wanted)
{
    if (add_phrase(writer, leaf, wanted))
        return;
    struct buf text;
    buf_init(&text, SENTENCE_MAX);
    expression_write_text(leaf, &text);
    if (wanted)
        buf_format(&writer->out, tr(writer->language, N_("this holds: %s")), text.bytes == NULL ? "" : text.bytes);
    else
        buf_format(&writer->out, tr(writer->language, N_("this does not hold: %s")),
                   text.bytes == NULL ? "" : text.bytes);
    writer->out.failed = writer->out.failed || text.failed;
    buf_free(&text);
}

enum joiner { JOIN_NONE, JOIN_ALL, JOIN_ANY };

/* Brackets only where "and" stands inside "or" or the other way. Depth is bounded by EXPRESSION_DEPTH_MAX. */
static void add(struct writer *writer, const struct expression *condition, bool wanted, enum joiner around)
{
    if (condition->operator== EXPRESSION_NOT) {
        add(writer, condition->first, !wanted, around);
        return;
    }
    if (condition->operator!= EXPRESSION_AND && condition->operator!= EXPRESSION_OR) {
        add_leaf(writer, condition, wanted);
        return;
    }
    const enum joiner own = (condition->operator== EXPRESSION_AND) == wanted ? JOIN_ALL : JOIN_ANY;
    const bool brackets = around != JOIN_NONE && around != own;
    if (brackets)
        buf_add_byte(&writer->out, '(');
    for (const struct expression *child = condition->first; child != NULL; child = child->next) {
        if (child != condition->first)
            buf_add_string(&writer->out, tr(writer->language, own == JOIN_ALL ? N_(" and ") : N_(" or ")));
        add(writer, child, wanted, own);
    }
    if (brackets)
        buf_add_byte(&writer->out, ')');
}

const char *paper_only_if(struct arena *arena, const struct form *form, const char *form_language,
                          const struct language *language, const struct expression *condition)
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

const char *paper_condition(const struct questionnaire *paper, const struct expression *condition)
{
    return paper_only_if(paper->sheet.doc.arena, paper->form, paper->language, paper->sheet.wave->language, condition);
}

static bool same_condition(const struct expression *one, const struct expression *other)
{
    struct buf texts[2];
    for (size_t i = 0; i < COUNT(texts); i++) {
        buf_init(&texts[i], 64 * 1024);
        expression_write(i == 0 ? one : other, &texts[i]);
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
