/* Private to limesurvey_write*.c: a form laid out as LimeSurvey's questions, with the codes LimeSurvey can bear.
 *
 * A page is a group, an item a question; a matrix whose items share everything but their texts is one array. Codes are
 * letters and digits, at most 20 for questions and rows, 5 for answers; what they were before is kept (see
 * limesurvey_native.h). */
#ifndef FORMS_LIMESURVEY_WRITE_H
#define FORMS_LIMESURVEY_WRITE_H

#include <jansson.h>

#include "base/i18n.h"
#include "forms/format.h"

enum { PUT_CODE_MAX = 20, PUT_ANSWER_MAX = 5 };

struct put_code {
    char text[PUT_CODE_MAX + 1];
};

/* One question of LimeSurvey. */
struct put {
    const struct put_type *type;
    size_t page, item; /* the first item; further ones of an array follow it */
    size_t rows;       /* of an array: its items; else 0 */
    struct put_code code;
    size_t row_first;    /* number (qid) of its first subquestion */
    size_t answer_first; /* number (aid) of its first answer */
};

struct put_type {
    const char *id; /* of ours */
    char type;      /* of LimeSurvey's */
    const char *theme;
    bool answers, subquestions; /* where its options go */
};

struct layout {
    const struct form *form;
    const struct form_hooks *hooks;
    const struct language *ui;
    struct arena *arena;
    struct put *puts;
    size_t count;
    struct put_code *rows;     /* by item: its code as a row of an array; "" */
    size_t *put_of;            /* by item: its question */
    struct put_code **options; /* by item: codes of its options */
    struct buf *out;
    bool controls; /* texts had control characters, which XML does not know */
    bool failed;   /* memory */
};

/* The descriptor's write. */
enum status limesurvey_write(const struct form *form, const struct form_hooks *hooks, struct buf *out,
                             struct fail *fail);

/* LimeSurvey's code of a language. */
const char *put_language(const char *code);

/* Lays out the form. STATUS_MEMORY. */
MUST_USE enum status layout_make(struct layout *layout, struct fail *fail);
/* Name of the item's answer: "KP1", "G2_KP1". */
const char *layout_name(struct layout *layout, size_t item);
/* Rows LimeSurvey keeps as subquestions: of an array, or the options of a multiple choice. */
size_t put_row_count(const struct layout *layout, const struct put *put);
size_t put_answer_count(const struct layout *layout, const struct put *put);

void layout_lose(struct layout *layout, const char *where, const char *instead, const char *what);

/* limesurvey_write_expression.c: LimeSurvey's expression of an item, its page, its check, its value; "" or "1" when
 * there is none or it cannot be said (reported once, by the layout). Live in the arena. */
struct put_expression {
    const char *ours;   /* NULL: none */
    const char *theirs; /* never NULL */
};
struct put_expression put_show_if(struct layout *layout, size_t item);
struct put_expression put_page_show_if(struct layout *layout, size_t page);
struct put_expression put_valid_if(struct layout *layout, size_t item);
struct put_expression put_value(struct layout *layout, size_t item);

/* limesurvey_write_native.c: JSON for the attributes querschnitt_…; NULL: nothing to keep. Live in the arena. */
const char *native_items(struct layout *layout, const struct put *put);
const char *native_page(struct layout *layout, size_t page);
const char *native_form(struct layout *layout);

/* limesurvey_write_rows.c: tables of LimeSurvey as XML. fields end with NULL. */
void put_table_open(struct layout *layout, const char *name, const char *const fields[]);
void put_table_close(struct layout *layout, const char *name);
void put_row_open(struct layout *layout);
void put_row_close(struct layout *layout);
void put_field(struct layout *layout, const char *name, const char *value);
void put_number(struct layout *layout, const char *name, size_t number);
/* Text of ours as HTML. paragraphs as in markup.h; pipes: {ID} becomes {CODE.shown}. */
enum put_text { PUT_LINE, PUT_LINE_PIPED, PUT_PARAGRAPHS, PUT_PARAGRAPHS_PIPED };
void put_html(struct layout *layout, const char *name, const char *text, enum put_text kind);

/* limesurvey_write_attributes.c */
void put_attributes(struct layout *layout);

/* limesurvey_write_bounds.c */
/* Texts and numbers of bounds as LimeSurvey's attributes have them; false when the type has none. */
struct put_bounds {
    const char *low_name, *high_name;
    char low[32], high[32];
};
void put_decimal(int64_t number, unsigned decimals, char out[32]);
bool put_bounds(const struct item *item, struct put_bounds *bounds);
/* Whether LimeSurvey has a place for the default answer. */
bool put_default_fits(const struct item *item);

#endif
