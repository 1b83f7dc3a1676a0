/* The small language of questionnaires: when a question is shown (show_if), which answers are good (valid_if), and
 * values computed from earlier answers (value). One meaning in C and in the browser (survey/client/60_rules.js).
 *
 *   KP1 != 5 and (DI1 in (2, 3) or not answered(DI4))        C1 * 52 / 12 <= 160        if(A2 = 1, count(A3), 0)
 *
 * Operators, the loosest first: or · and · not · = != < <= > >= in (…) · + - · * / mod · minus sign. Functions are in
 * expressions.def. A word behind = or != or inside in (…) is a code, unless an earlier question has that id and the
 * question on the left has no such option; anywhere else a word is the id of an earlier question.
 *
 * Values: a number (IEEE double), a text (codes are texts), a set of codes, true or false, or missing. Missing is what
 * was not answered, hidden, switched off or not drawn. A comparison with a missing side is false, except != which is
 * true; arithmetic with a missing side, and a result that is not finite, is missing; and, or, not take missing as
 * false. Options marked "missing" (cannot judge) are answers when codes are compared, but no numbers. For a set, = and
 * in mean "is among them". Texts that are both no numbers compare by their bytes.
 *
 * Not responsible for what a question shown or hidden means for its answers (answers.h). */
#ifndef FORMS_EXPRESSION_H
#define FORMS_EXPRESSION_H

#include "base/buf.h"
#include "forms/answers.h"
#include "forms/form.h"

enum {
    EXPRESSION_LENGTH_MAX = 4000, /* bytes */
    EXPRESSION_DEPTH_MAX = 32,
    EXPRESSION_NODE_MAX = 500,
    CALCULATED_MAX = 256, /* calculated items of a form */
};

enum expression_operator {
#define OPERATOR(name, json, text, least, most) EXPRESSION_##name,
#include "forms/expressions.def"
#undef OPERATOR
};

struct expression {
    enum expression_operator operator;
    const struct expression *first; /* operands, in order */
    const struct expression *next;  /* next operand of the same parent */
    const char *text;               /* TEXT, NUMBER: as it is written; ITEM: its id */
    double number;                  /* NUMBER */
    size_t position;                /* ITEM: in the form; SIZE_MAX until it is resolved */
    bool word;                      /* TEXT: written without quotes, so it may be the id of a question */
    size_t column;                  /* in the source, from 1, in code points */
};

/* *column is the place of the fault, written on STATUS_INPUT. Memory of the result: the arena. */
MUST_USE enum status expression_parse(struct arena *arena, const char *source, const struct expression **expression,
                                      size_t *column, struct fail *fail);

/* Whether the word has a meaning of its own ("and", "value"): as a code it is put in quotes, and it is no id. */
bool expression_reserved(const char *word, size_t length);

typedef void expression_fault(void *context, size_t column, const char *message);

/* Finds the items; only items before `before` may be named. own: the item itself, which `value` stands for; NULL: the
 * word is refused. Each fault is reported (fault may be NULL); STATUS_INPUT then. */
MUST_USE enum status expression_resolve(struct arena *arena, const struct form *form, size_t before,
                                        const struct item *own, const struct expression *expression,
                                        const struct expression **resolved, expression_fault *fault, void *context,
                                        struct fail *fail);

enum value_kind { VALUE_MISSING, VALUE_NUMBER, VALUE_TEXT, VALUE_SET, VALUE_TRUTH };

struct value {
    enum value_kind kind;
    double number;    /* NUMBER, TRUTH (0 or 1) */
    const char *text; /* TEXT; a NUMBER that was written in the expression has its spelling, others NULL */
    bool no_number;   /* TEXT: the code of an option marked "missing" */
    size_t item;      /* SET: whose answer it is */
};

/* What an expression is evaluated against. */
struct scope {
    const struct answers *answers;
    const bool *shown;              /* by item; items at or behind `before` are not looked at */
    const struct value *calculated; /* by item->calculated */
    const struct item *own;         /* for `value`; or NULL */
};

struct value expression_value(const struct expression *expression, const struct scope *scope);
bool expression_holds(const struct expression *expression, const struct scope *scope);
bool value_truth(const struct value *value);

/* Whether some answers to the items named in it make it true. False only when that is sure: all combinations are tried
 * when it looks at few questions with few options; true when there are too many. */
bool expression_possible(const struct form *form, const struct expression *expression);

/* Every item the expression looks at; may be called several times for one. */
typedef void expression_item(void *context, size_t position);
void expression_items(const struct expression *expression, expression_item *found, void *context);

/* Prefix JSON for the browser: ["and",["ne","KP1",["n","5"]],["answered","KP2"]]: a string is an item, ["n","5"] a
 * number,
 * ["t","a"] a text, ["value"] the answer itself. */
void expression_write(const struct expression *expression, struct buf *out);
/* Native source; parses to the same tree. */
void expression_write_text(const struct expression *expression, struct buf *out);

#endif
