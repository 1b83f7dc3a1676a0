/* Question types: one line in qtypes.def, one file qtype_NAME.c, one descriptor.
 *
 * A type says how an answer is stored, read from JSON, written as canonical JSON, how long that can get, and how the
 * item looks in the browser. Not responsible for whether the item is shown (expression.h). */
#ifndef FORMS_QTYPE_H
#define FORMS_QTYPE_H

#include <jansson.h>

#include "base/html.h"
#include "base/i18n.h"
#include "forms/answer.h"
#include "forms/form.h"

enum qtype_kind {
    QTYPE_CHOICE,  /* one option: answer.choice */
    QTYPE_SET,     /* several options: answer.set */
    QTYPE_TEXT,    /* free text: answer.text */
    QTYPE_NUMBER,  /* answer.given, answer.number */
    QTYPE_DATE,    /* the same, as years, quarters or months since year 0 */
    QTYPE_ORDER,   /* options from the first place on: answer.order */
    QTYPE_AMOUNTS, /* an amount for each option: answer.amounts */
    QTYPE_NONE,    /* nothing is answered */
};

struct qtype {
    const char *id;    /* as in form files and in data-type */
    const char *title; /* for people; N_() */
    enum qtype_kind kind;
    bool points;    /* options may have points */
    double seconds; /* to decide and answer, once the question is read (duration.h) */

    /* Adds what the type brings itself (options of yes and no) to an item as it was read; NULL: nothing. */
    enum status (*complete)(struct arena *arena, const struct form *form, struct item *item, struct fail *fail);
    /* What form_check cannot know: calls found for each fault of the item with a sentence (N_()). NULL: nothing. */
    const char *(*fault)(const struct item *item);

    /* QTYPE_NONE has none of the next three. */
    /* Reads one answer. On STATUS_INPUT nothing is written; fail holds the sentence. */
    enum status (*parse)(struct arena *arena, const struct item *item, const json_t *value, struct answer *answer,
                         struct fail *fail);
    /* Appends the canonical JSON value; only called for an answered item. */
    void (*write)(const struct item *item, const struct answer *answer, struct buf *out);
    /* Bytes of the longest canonical value. */
    size_t (*length_max)(const struct item *item);
    /* Appends the fieldset of render.h. */
    void (*render)(const struct form *form, const struct item *item, const char *language, const struct language *ui,
                   struct html *html);
};

extern const struct qtype *const qtypes[];      /* NULL at the end */
const struct qtype *qtype_find(const char *id); /* NULL when there is none */

bool answer_given(const struct item *item, const struct answer *answer);

/* Shared by several types. */
enum status choice_parse(struct arena *arena, const struct item *item, const json_t *value, struct answer *answer,
                         struct fail *fail);
void choice_write(const struct item *item, const struct answer *answer, struct buf *out);
size_t choice_length_max(const struct item *item);
size_t options_length_max(const struct item *item, size_t most); /* of a list of at most so many codes */
void choice_render(const struct form *form, const struct item *item, const char *language, const struct language *ui,
                   struct html *html);

enum status number_parse(struct arena *arena, const struct item *item, const json_t *value, struct answer *answer,
                         struct fail *fail);
void number_answer_write(const struct item *item, const struct answer *answer, struct buf *out);
size_t number_length_max(const struct item *item);
const char *number_fault(const struct item *item);
/* Appends <span class="field"> with the text field of a number, id="ITEM-value", and its unit. */
void number_render_field(const struct form *form, const struct item *item, const char *language, struct html *html);

/* Options 1 … made by the program, with its words in each language of the form. */
enum status choice_supply(struct arena *arena, const struct form *form, struct item *item, const char *const labels[],
                          size_t count, struct fail *fail);

/* Begin and end of every fieldset; options as inputs of that HTML type ("radio", "checkbox"). */
void item_render_open(const struct form *form, const struct item *item, const char *language, const struct language *ui,
                      const char *note, struct html *html);
void item_render_options(const struct form *form, const struct item *item, const char *language, bool several,
                         struct html *html);
void item_render_label(const struct form *form, const struct item *item, const struct option *option,
                       const char *language, struct html *html);
/* "<div class="item" id=… data-…" without the closing ">": for items that are no question. */
void item_render_group(const struct form *form, const struct item *item, const char *tag, struct html *html);
/* Appends data-NAME="prefix JSON"; nothing for NULL. */
void item_render_expression(const char *name, const struct expression *expression, struct html *html);
/* lang="…" where a text is not in the language of the page: words of the form, words of the program. */
void item_render_language(const struct form *form, const struct text *text, const char *language, struct html *html);
void item_render_ui(const struct language *ui, const char *language, struct html *html);
void item_render_close(const struct item *item, const struct language *ui, bool clear, struct html *html);

/* Appends a JSON string, escaped as JSON.stringify does. */
void json_write_string(struct buf *out, const char *string);

#endif
