/* The questionnaire as data: pages of items, answer options, keyed scales, texts in several languages.
 *
 * Read from YAML (form_yaml.h), checked as a whole (form_check.h), read-only afterwards; lives in one arena.
 * Not responsible for answers (answers.h) or for how an item looks (qtype.h). */
#ifndef FORMS_FORM_H
#define FORMS_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

enum {
    FORM_LANGUAGE_MAX = 16,
    FORM_ITEM_MAX = 4096,
    FORM_OPTION_MAX = 250, /* an answer is stored as one byte: the position of its option */
    FORM_SET_MAX = 32,     /* options of a "multiple" item: stored as bits */
    FORM_ID_MAX = 64,      /* bytes of an id of an item, page, scale, notice */
    FORM_CODE_MAX = 32,    /* bytes of an option's code */
    NUMBER_DECIMALS_MAX = 6,
    FORM_RATERS_MAX = 1000,
};

/* What codes are made of: they stand in HTML ids, JSON and file names without any escape. */
#define FORM_CODE_CHARACTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-."

/* One text in all languages of the form; in[i] belongs to form->languages[i], NULL when it is not translated. */
struct text {
    const char *in[FORM_LANGUAGE_MAX];
};

/* Option codes are short ASCII strings ("1", "98", "ara"); the code is what is stored and compared. */
struct option {
    const char *code;
    struct text label;
    int8_t points;     /* situational judgement: 0..3; -1 when the option has none */
    bool missing;      /* "cannot judge", "prefer not to say": an answer, but missing for statistics */
    bool exclusive;    /* multiple choice: excludes every other option */
    uint32_t not_with; /* multiple choice: bits of the options it cannot be combined with */
};

/* How exactly a date is asked: a full date of birth or entry would name a person. */
enum date_grain { DATE_YEAR, DATE_QUARTER, DATE_MONTH };

struct qtype;
struct expression;

struct item {
    const char *id; /* "KP1"; unique; letters, digits, underscore */
    const struct qtype *type;
    struct text label;
    struct text hint;             /* may be empty */
    const struct option *options; /* in order of display; NULL for texts */
    size_t option_count;
    const char *options_list;          /* name of the shared list they were read from, for the writer; or NULL */
    const char *options_from;          /* "units": the city's list replaces options when the wave is frozen; or NULL */
    const struct expression *show_if;  /* NULL: always */
    unsigned choose_min, choose_max;   /* multiple choice and ranking: at least, at most so many; 0 = any number */
    const struct expression *valid_if; /* an answer must meet it; NULL: every answer is good */
    struct text valid_text;            /* what to say when it does not; may be empty */
    const struct expression *value;    /* calculated items only: computed, never asked, never stored */
    size_t calculated;                 /* calculated items: which one of them, from 0 */
    int64_t min, max, step; /* numbers: range and step in units of 10^-decimals; constant sum: max is the total */
    unsigned decimals;      /* numbers: 0 to NUMBER_DECIMALS_MAX */
    struct text unit;       /* numbers: "hours"; may be empty */
    struct text low, high;  /* sliders and net promoter: what the ends mean; may be empty */
    enum date_grain grain;
    unsigned lines;      /* free text: 1 is a short text; 0 = the default of the type */
    unsigned length_max; /* free text: code points; 0 = ANSWERS_TEXT_MAX */
    const char *initial; /* the answer that stands there at first, canonical JSON ("\"2\"", "[\"a\"]", "5"); or NULL */
    bool required;       /* asked once more when it is left out; can still be skipped */
    bool shuffle;        /* the options in an order drawn at random, except missing and exclusive ones at the end */
    bool sensitive;      /* printed with "you can skip this" */
    bool detached; /* stored apart from all other answers of the person, except the items named in detached_with */
    const char *detached_with; /* item id kept together with a detached answer ("D1"), or NULL */
    bool off;              /* neither shown nor accepted: switched off, or a free text in a form without free_text */
    size_t page;           /* position in form->pages */
    uint32_t line, column; /* where it stands in the file, for messages */
};

/* Consecutive items shown together. rotate > 0: each person sees that many of the items, chosen at random. */
struct page {
    const char *id;
    struct text title;
    struct text intro; /* may be empty; consent text of sensitive pages stands here */
    size_t item_first;
    size_t item_count;
    const struct expression *show_if; /* NULL: always */
    unsigned rotate;
    bool shuffle; /* the items in an order drawn at random */
    bool matrix;  /* the items share their options and may be shown as a table */
};

/* Keyed scale: mean of its items after reversal (6 - x for five steps), if at least answered_min are answered. */
struct scale {
    const char *id; /* "HM" */
    struct text title;
    const size_t *items;  /* positions in form->items */
    const bool *reversed; /* by the same index */
    size_t item_count;
    unsigned answered_min;
};

/* A named text of the form: "welcome", "privacy", "terms", "closing" (notices before and after the questions). */
struct notice {
    const char *id;
    struct text title;
    struct text body; /* paragraphs separated by an empty line; **bold** is the only markup */
};

struct form {
    const char *id;
    const char *version;
    struct text title;
    const char *languages[FORM_LANGUAGE_MAX]; /* codes; the first is the base language */
    bool draft[FORM_LANGUAGE_MAX];            /* no native speaker has checked this translation yet */
    bool free_text;                           /* free texts are switched on; without it they are off */
    unsigned key_raters; /* local experts who rated all options of the situations, each alone; 0: their points are a draft */
    size_t language_count;
    const struct page *pages;
    size_t page_count;
    const struct item *items; /* in page order */
    size_t item_count;
    const uint16_t *index; /* of items by their ids, made by form_index(); NULL: form_item() looks at them in turn */
    size_t index_room;
    const struct scale *scales;
    size_t scale_count;
    const struct notice *notices;
    size_t notice_count;
    char sha256[65]; /* hex; of the bytes the form was read from and the bound lists */
};

/* Text in the language of that code, else in the one it falls back to (base/languages.def), else in the base language;
 * "" when there is none. */
const char *form_text(const struct form *form, const struct text *text, const char *language);
/* Position in form->languages of the text that form_text() gives. */
int form_language_of(const struct form *form, const struct text *text, const char *language);
/* Whether the form's texts in that language wait for a native speaker: page and paper must say so. */
bool form_language_draft(const struct form *form, const char *language);
const struct item *form_item(const struct form *form, const char *id);   /* the first; NULL when there is none */
const struct scale *form_scale(const struct form *form, const char *id); /* NULL when there is none */
const struct notice *form_notice(const struct form *form, const char *id);
/* Makes form_item() fast once all items have their ids; a form without it works all the same. */
MUST_USE enum status form_index(struct arena *arena, struct form *form, struct fail *fail);
/* The question whose write-in text this item is ("other, namely"): a text behind it on the same page, named ITEM_CODE.
 * NULL for every other item. It is drawn, moved and counted with its question. */
const struct item *item_leader(const struct form *form, const struct item *item);
/* How many questions a rotating page draws from: all but write-in texts, notes and calculated values. */
size_t page_drawable(const struct form *form, const struct page *page);
bool form_id_fits(const char *id);                          /* letters, digits, underscore */
bool form_code_fits(const char *code);                      /* FORM_CODE_CHARACTERS */
int item_option(const struct item *item, const char *code); /* position, -1 when there is none */

/* One entry of a list the city supplies: code and its name in every language. */
struct listed {
    const char *code;
    const char *name;
};

/* Copy of the form in which every item with options_from == list has these options (and keeps its own last options,
 * such as "9 prefer not to say"). sha256 covers the list. */
MUST_USE enum status form_bind(struct arena *arena, const struct form *form, const char *list,
                               const struct listed entries[], size_t entry_count, const struct form **bound,
                               struct fail *fail);

#endif
