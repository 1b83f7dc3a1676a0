/* When an item is shown: a small expression over earlier answers.
 *
 *   expression = term { "or" term }        term = factor { "and" factor }
 *   factor     = "not" factor | "(" expression ")" | "answered" "(" ITEM ")"
 *              | ITEM ("=" | "!=") CODE | ITEM "in" "(" CODE { "," CODE } ")"
 *
 * No item is looked at here: positions are filled in by condition_resolve(), values come through a callback. An item
 * that is not answered or not shown: "!=" is true, "=", "in" and answered() are false. */
#ifndef FORMS_CONDITION_H
#define FORMS_CONDITION_H

#include "base/buf.h"
#include "forms/form.h"

enum { CONDITION_LENGTH_MAX = 4096, CONDITION_DEPTH_MAX = 32, CONDITION_NODE_MAX = 256 };

enum condition_operator {
    CONDITION_AND,
    CONDITION_OR,
    CONDITION_NOT,
    CONDITION_EQUAL,
    CONDITION_UNEQUAL,
    CONDITION_IN,
    CONDITION_ANSWERED,
};

struct condition {
    enum condition_operator operator;
    const struct condition *first; /* and, or, not: first operand */
    const struct condition *next;  /* next operand of the same parent */
    const char *item;              /* id, the four comparisons */
    size_t position;               /* of that item in the form; SIZE_MAX until it is resolved */
    const char *const *codes;      /* =, != one; in: all */
    const int *options;            /* position of each code among the item's options; -1 when there is none */
    size_t code_count;
    size_t column; /* in the expression, from 1 */
};

/* *column is the place of the fault, from 1 in code points, written on STATUS_INPUT. */
MUST_USE enum status condition_parse(struct arena *arena, const char *expression, const struct condition **condition,
                                     size_t *column, struct fail *fail);

typedef void condition_fault(void *context, size_t column, const char *message);

/* Finds the items and codes; only items before `before` may be named. Each fault is reported; STATUS_INPUT then. */
MUST_USE enum status condition_resolve(struct arena *arena, const struct form *form, size_t before,
                                       const struct condition *condition, const struct condition **resolved,
                                       condition_fault *fault, void *context, struct fail *fail);

/* Whether the option is chosen / whether the item has any answer. option -1: any answer. */
typedef bool condition_chosen(const void *context, size_t item, int option);
bool condition_holds(const struct condition *condition, condition_chosen *chosen, const void *context);

/* Whether some answers to the items named in it meet the condition; items that are switched off are never answered.
 * Tries all combinations of up to six items; true when there are too many to try, or when several options of one item
 * may be chosen. */
bool condition_possible(const struct form *form, const struct condition *condition);

/* Prefix JSON for the browser: ["and",["ne","KP1","5"],["ne","KP2","1"]] */
void condition_write(const struct condition *condition, struct buf *out);

/* The expression again, as condition_parse() reads it. */
void condition_write_text(const struct condition *condition, struct buf *out);

#endif
