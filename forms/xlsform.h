/* Private to xlsform_*.c and form_xlsform.c: what turns the sheets of an XLSForm into a form, and says what it leaves
 * out.
 *
 * Each question row becomes an item: what cannot be asked here stays as a text that is switched off, so that whoever
 * edits the form sees it. Rows that record something without asking (start, deviceid …) are left out. Everything lives
 * in the arena; the first failure of memory or a limit ends the work. Source of names and meanings: xlsform.org and the
 * aliases of pyxform. */
#ifndef FORMS_XLSFORM_H
#define FORMS_XLSFORM_H

#include "base/i18n.h"
#include "forms/format.h"
#include "forms/measure.h"
#include "forms/qtype.h"
#include "forms/table.h"

enum xlsform_key {
    KEY_NONE, /* the head is empty */
    KEY_OTHER,
    KEY_IGNORED, /* how it looks, where it is sent: says nothing about the questions */
    KEY_TYPE,
    KEY_NAME,
    KEY_LIST_NAME,
    KEY_LABEL,
    KEY_HINT,
    KEY_GUIDANCE,
    KEY_RELEVANT,
    KEY_CONSTRAINT,
    KEY_CONSTRAINT_MESSAGE,
    KEY_REQUIRED,
    KEY_REQUIRED_MESSAGE,
    KEY_READ_ONLY,
    KEY_CALCULATION,
    KEY_CHOICE_FILTER,
    KEY_APPEARANCE,
    KEY_DEFAULT,
    KEY_PARAMETERS,
    KEY_REPEAT_COUNT,
    KEY_MEDIA,
    KEY_TITLE,
    KEY_FORM_ID,
    KEY_VERSION,
    KEY_DEFAULT_LANGUAGE,
    KEY_NATIVE, /* "querschnitt::…": written by this program, for itself */
};

struct xlsform_column {
    enum xlsform_key key;
    const char *native;   /* what stands behind "querschnitt::" */
    const char *language; /* as written; NULL when none is named */
    int position;         /* of the language in the form; -1 when none is named */
};

struct xlsform_sheet {
    const char *name;
    const struct table *table; /* NULL: there is no such sheet */
    struct xlsform_column *columns;
};

/* What a cell of the column "type" means. */
enum xlsform_kind {
    KIND_UNKNOWN,
    KIND_TEXT,
    KIND_INTEGER,
    KIND_DECIMAL,
    KIND_PERCENT,
    KIND_DATE,
    KIND_NOTE,
    KIND_CONSENT,
    KIND_CALCULATE,
    KIND_RANGE,
    KIND_SELECT_ONE,
    KIND_SELECT_MULTIPLE,
    KIND_RANK,
    KIND_KEPT,     /* cannot be asked: kept as a text that is off */
    KIND_LEFT_OUT, /* records something without asking */
    KIND_BEGIN_GROUP,
    KIND_BEGIN_REPEAT,
    KIND_BEGIN_LOOP,
    KIND_END,
    KIND_INCLUDE,
};

struct xlsform_type {
    enum xlsform_kind kind;
    const char *reason; /* kept and left out: why; N_() */
    const char *list;   /* selects: name of the list of choices; "" when there is none */
    bool external;      /* the choices stand in another file or sheet */
    bool or_other;
};

struct xlsform_list {
    const char *name;
    struct option *options;
    const char **names; /* as written, by the same index */
    size_t option_count;
    const struct xlsform_list *next;
};

/* An item with its expressions as text, until all items are there. */
struct xlsform_item {
    struct item item;
    const char *name; /* as written */
    const struct table_row *row;
    const char *show_if[2];       /* of groups without a page of their own, of the row itself; as written or NULL */
    const char *valid_if, *value; /* as written, or NULL */
    const char *native_show_if, *native_valid_if, *native_value;
    const char *other;                    /* code of the choice that "or_other" made; or NULL */
    bool kept;                            /* stands for something that cannot be asked */
    const struct xlsform_item *same_name; /* chain of the name table */
};

struct xlsform_page {
    struct page page;
    size_t group;        /* serial number of the group it shows; 0: outside of all groups */
    bool table;          /* questions with the same choices as a table */
    const char *show_if; /* XLSForm expression, or NULL */
    const char *native_show_if;
};

enum { XLSFORM_DEPTH_MAX = 32, XLSFORM_BUCKETS = 1024 };

struct xlsform_group {
    const struct table_row *row;
    const char *name;
    struct text title;
    bool titled;
    bool shown; /* its title stands on a page */
    bool table;
    size_t serial;
    const char *relevant;
};

struct xlsform {
    struct arena *arena;
    const char *name; /* of the file */
    const struct form_hooks *hooks;
    const struct language *ui;
    struct fail *fail;
    enum status status; /* first failure of memory or a limit, or STATUS_INPUT for faults */
    bool native;        /* written by this program */
    struct tables tables;
    struct xlsform_sheet survey, choices, external, settings, notices, scales;
    struct form *form;
    const struct xlsform_list *lists;
    struct xlsform_item **items; /* each on its own, so that pointers stay good */
    size_t item_count;
    struct xlsform_page *pages;
    size_t page_count;
    const struct xlsform_item *names[XLSFORM_BUCKETS];
    struct xlsform_group groups[XLSFORM_DEPTH_MAX];
    size_t depth;
    size_t serial;               /* groups so far */
    const struct table_row *row; /* in progress, for messages */
    const char *where;
    size_t texts_off; /* text questions that were switched off */
};

/* --- xlsform.c: memory, messages, cells ------------------------------------------------------------------------ */
void *xlsform_new(struct xlsform *form, size_t count, size_t size); /* never NULL after xlsform_full() was asked */
bool xlsform_stopped(const struct xlsform *form);
void xlsform_full(struct xlsform *form);

/* The file cannot be used: at form->where. */
void xlsform_fault(struct xlsform *form, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* It can, without this. format and instead: N_() in English; instead may be NULL. */
void xlsform_lose(struct xlsform *form, const char *instead, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Messages are about this row of the sheet (NULL: the sheet) from now on. */
void xlsform_stand_at(struct xlsform *form, const struct xlsform_sheet *sheet, const struct table_row *row,
                      const char *name);

/* A new item on the last page; NULL when there is no room. */
struct xlsform_item *xlsform_add(struct xlsform *form, const struct table_row *row);

/* First cell of that column that is not empty; "" when there is none. */
const char *xlsform_cell(const struct xlsform_sheet *sheet, const struct table_row *row, enum xlsform_key key);
const char *xlsform_native(const struct xlsform_sheet *sheet, const struct table_row *row, const char *key);
bool xlsform_yes(const char *cell);

/* --- xlsform_columns.c ------------------------------------------------------------------------------------------- */
void xlsform_open_sheet(struct xlsform *form, const char *name, struct xlsform_sheet *sheet);
void xlsform_report_columns(struct xlsform *form);

/* --- xlsform_languages.c: which languages there are; sets position in all columns --------------------------------- */
void xlsform_languages(struct xlsform *form);

/* --- xlsform_text.c ---------------------------------------------------------------------------------------------- */
/* The cells of that column in all languages; false when all are empty. native: as in xlsform_column, else NULL. */
bool xlsform_text(struct xlsform *form, const struct xlsform_sheet *sheet, const struct table_row *row,
                  enum xlsform_key key, const char *native, struct text *text);
/* The same in every language. */
void xlsform_plain(struct xlsform *form, const char *plain, struct text *text);
/* A word of the program in every language it knows. */
void xlsform_word(struct xlsform *form, const char *english, struct text *text);

/* --- xlsform_names.c --------------------------------------------------------------------------------------------- */
/* An id that fits and that no item has yet; a loss when it is not the name itself. */
const char *xlsform_id(struct xlsform *form, const char *name);
const char *xlsform_page_id(struct xlsform *form, const char *name);
/* A code that fits. */
const char *xlsform_code(struct xlsform *form, const char *name);
void xlsform_know(struct xlsform *form, struct xlsform_item *item);
const struct xlsform_item *xlsform_known(const struct xlsform *form, const char *name); /* NULL: nobody */

/* --- xlsform_type.c ---------------------------------------------------------------------------------------------- */
struct xlsform_type xlsform_type(struct xlsform *form, const char *cell);

/* --- xlsform_choices.c ------------------------------------------------------------------------------------------- */
/* The list of that name, of the sheet choices or, when external, external_choices; NULL when there is none. */
const struct xlsform_list *xlsform_list(struct xlsform *form, const char *name, bool external);

/* --- xlsform_number.c -------------------------------------------------------------------------------------------- */
/* Bounds of numbers and sliders; false when the constraint says more than bounds. */
bool xlsform_bounds(struct xlsform *form, enum xlsform_kind kind, const char *constraint, const char *parameters,
                    struct item *item);
/* The cell "default" as canonical JSON. */
void xlsform_default(struct xlsform *form, const char *cell, const struct xlsform_list *list, struct item *item);

/* --- xlsform_item.c ---------------------------------------------------------------------------------------------- */
/* Appends the item of form->row, and one more for "or_other". */
void xlsform_read_item(struct xlsform *form, const struct xlsform_type *type, const char *name);

/* --- xlsform_native.c: what the columns "querschnitt::…" say of the row ------------------------------------------- */
void xlsform_read_native(struct xlsform *form, struct xlsform_item *made);
void xlsform_read_native_page(struct xlsform *form, struct xlsform_page *page);

/* --- xlsform_survey.c: rows to pages ----------------------------------------------------------------------------- */
void xlsform_read_survey(struct xlsform *form);

/* --- xlsform_settings.c: what stands in the other sheets -----------------------------------------------------------
 */
void xlsform_read_settings(struct xlsform *form);
void xlsform_read_extras(struct xlsform *form);

/* --- xlsform_expressions.c ---------------------------------------------------------------------------------------- */
void xlsform_expressions(struct xlsform *form);

#endif
