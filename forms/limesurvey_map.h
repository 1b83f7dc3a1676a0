/* Private to limesurvey*.c: what turns a LimeSurvey questionnaire into a form, and says what it leaves out.
 *
 * limesurvey_map.c has the means (names, texts, losses), limesurvey_items.c a function for each type of question,
 * limesurvey_pages.c the order. Everything lives in the arena; the first failure of memory or a limit ends the work. */
#ifndef FORMS_LIMESURVEY_MAP_H
#define FORMS_LIMESURVEY_MAP_H

#include "base/i18n.h"
#include "forms/limesurvey.h"
#include "forms/markup.h"
#include "forms/measure.h"
#include "forms/qtype.h"

/* A name expressions of LimeSurvey know: "Q1", "Q1_SQ001", "123X4X5SQ001". */
struct lime_name {
    const char *foreign;
    size_t item;
    const char *code; /* a box of a multiple choice: the option; NULL: the whole answer */
    const struct lime_name *next;
};

/* An item with its expressions as text, until all items are there. */
struct lime_item {
    struct item item;
    const char *show_if, *valid_if, *value;
    const char *code; /* LimeSurvey's, with that of the row */
};

struct lime_page {
    struct page page;
    const char *show_if;
};

enum { LIME_BUCKETS = 1024, LIME_SAID_MAX = 32 };

struct lime {
    struct arena *arena;
    const struct lime_survey *survey;
    const struct form_hooks *hooks;
    const struct language *ui;
    struct fail *fail;
    enum status status;
    struct form *form;
    struct lime_item *items;
    size_t item_count, item_room;
    struct lime_page *pages;
    size_t page_count, page_room;
    const struct lime_name *names[LIME_BUCKETS]; /* foreign names */
    const struct lime_name *ids[LIME_BUCKETS];   /* ids of items in use */
    const struct lime_group *group;
    const char *group_show_if;
    const struct lime_question *question;
    const char *where;               /* for losses: code of the question, name of the group */
    const char *said[LIME_SAID_MAX]; /* expressions reported for it, in whatever language they stood */
    size_t said_count;
    struct markup_lost lost; /* of the texts of one question; formats: of all */
    size_t formats, mandatory, texts;
    json_t *native;            /* querschnitt_items of the question, or NULL */
    const json_t *native_item; /* of the item whose options are made, or NULL */
};

void lime_fail(struct lime *lime); /* memory */
void *lime_new(struct lime *lime, size_t count, size_t size);

/* Reports a loss at lime->where. format and instead: N_() in English; instead may be NULL. */
void lime_lose(struct lime *lime, const char *instead, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* An id that fits, is not used yet and is no word of the language of conditions; a loss when it is not the wanted. */
const char *lime_id(struct lime *lime, const char *wanted);
void lime_name(struct lime *lime, const char *foreign, size_t item, const char *code);
const struct lime_name *lime_named(const struct lime *lime, const char *foreign); /* NULL: nobody */

/* HTML in all languages to text. pipes: {Q1.shown} may become {Q1}. otherwise: stands where the base language has
 * nothing; NULL leaves it empty. */
void lime_text(struct lime *lime, const struct text *html, enum markup_shape shape, bool pipes, const char *otherwise,
               struct text *out);
/* A word of the program in every language it knows. */
void lime_word(struct lime *lime, const char *english, struct text *out);
bool lime_has_text(const struct text *text);
/* first, then second as a paragraph of its own; in every language that has one of them. */
void lime_join(struct lime *lime, const struct text *first, const struct text *second, const char *between,
               struct text *out);

/* When the question is shown: its relevance, or in old files its conditions. NULL: always. */
const char *lime_relevance(struct lime *lime, const struct lime_question *question);
/* An expression of LimeSurvey as one of ours; NULL when it says nothing ("1") or cannot be translated: reported, with
 * instead in its place. own: the item whose answer is judged, or NULL. */
const char *lime_expression(struct lime *lime, const struct item *own, const char *foreign, const char *instead);
/* Name of an option whose code was another in the file: id of the item, their code. */
#define LIME_CODE_NAME "%.64s\t%.32s"
const char *lime_and(struct lime *lime, const char *left, const char *right); /* each may be NULL */

/* limesurvey_items.c: appends the items of a question, or reports why there are none. */
struct lime_type {
    char type;
    const char *taken; /* attributes that are taken over: " min_answers max_answers " */
    bool rows;         /* several items under one heading */
    bool matrix;       /* with the same options */
    void (*read)(struct lime *lime, const struct lime_question *question);
};
const struct lime_type *lime_type(char type); /* NULL: unknown */

/* A new item on the last page, under LimeSurvey's code; type may become another that is answered the same way, when
 * the file says so. NULL when memory is short. */
struct lime_item *lime_add(struct lime *lime, const char *code, const char *type);

/* limesurvey_options.c */
void lime_options_answers(struct lime *lime, const struct lime_question *question, long scale, struct item *item);
void lime_options_rows(struct lime *lime, const struct lime_question *question, long scale, struct item *item);
void lime_options_steps(struct lime *lime, unsigned count, struct item *item);
void lime_options_words(struct lime *lime, const char *const codes[], const char *const words[], size_t count,
                        struct item *item);
void lime_option_add(struct lime *lime, const char *code, const struct text *label, struct item *item);

/* limesurvey_number.c: bounds, step and unit. */
void lime_number_bounds(struct lime *lime, const struct lime_question *question, struct item *item, const char *low,
                        const char *high, const char *step);
void lime_slider_bounds(struct lime *lime, const struct lime_question *question, struct item *item);
void lime_date_bounds(struct lime *lime, const struct lime_question *question, struct item *item);

/* limesurvey_attributes.c: what all types share, and the report of what is left. */
void lime_attributes_left(struct lime *lime, const struct lime_question *question, const struct lime_type *type);
void lime_settings_left(struct lime *lime);

/* limesurvey_finish.c: items and pages into lime->form, their expressions read. */
void lime_finish(struct lime *lime);

/* limesurvey_pages.c: the whole form. */
void lime_pages(struct lime *lime);

#endif
