/* Question types: one line in qtypes.def, one file qtype_NAME.c, one descriptor.
 *
 * A type says how an answer is stored, read from JSON, written as canonical JSON, how long that can get, and how the
 * item looks in the browser. Not responsible for whether the item is shown (condition.h). */
#ifndef FORMS_QTYPE_H
#define FORMS_QTYPE_H

#include <jansson.h>

#include "base/html.h"
#include "base/i18n.h"
#include "forms/answer.h"
#include "forms/form.h"

enum qtype_kind {
    QTYPE_CHOICE, /* one option: answer.choice */
    QTYPE_SET,    /* several options: answer.set */
    QTYPE_TEXT,   /* free text: answer.text */
};

struct qtype {
    const char *id;    /* as in form files and in data-type */
    const char *title; /* for people; N_() */
    enum qtype_kind kind;
    bool points;    /* options may have points */
    double seconds; /* to decide and answer, once the question is read (duration.h) */

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
void choice_render(const struct form *form, const struct item *item, const char *language, const struct language *ui,
                   struct html *html);

/* Begin and end of every fieldset; options as inputs of that HTML type ("radio", "checkbox"). */
void item_render_open(const struct form *form, const struct item *item, const char *language, const struct language *ui,
                      const char *note, struct html *html);
void item_render_options(const struct form *form, const struct item *item, const char *language, bool several,
                         struct html *html);
void item_render_close(const struct item *item, const struct language *ui, bool clear, struct html *html);

/* Appends a JSON string, escaped as JSON.stringify does. */
void json_write_string(struct buf *out, const char *string);

#endif
