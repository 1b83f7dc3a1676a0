/* What an indicator computes, before protection. Never leaves analysis/: disclose.c turns it into a release.
 *
 * A table says which rows are a partition of its total row and how many people stand in none of them, so that the
 * protecting side knows what could be subtracted. Failures stick: look at result->status once at the end. */
#ifndef ANALYSIS_RESULT_H
#define ANALYSIS_RESULT_H

#include "analysis/indicator.h"
#include "analysis/range.h"
#include "base/arena.h"

enum { RESULT_TABLES = 32, OUTSIDE_NONE = 0x7FFFFFFF };

enum raw_kind {
    RAW_EMPTY,  /* SIGN_PENDING unless sign says something else */
    RAW_ANSWERS, /* rests on `base` answers */
    RAW_HEADS,  /* HR count: value heads, of them `base`; also shares of HR counts with part and base */
    RAW_OPEN,   /* published elsewhere or arithmetic on published cells: no protection of its own */
};

struct raw_cell {
    enum raw_kind kind;
    enum release_sign sign; /* for RAW_EMPTY: VOID, UNSAFE or PENDING */
    double value, low, high;
    bool ranged;
    enum release_word word;
    enum release_cap cap;
    uint32_t base;          /* answers, or heads, behind it */
    uint32_t of;            /* people a percentage refers to when they are not the base; 0: the base */
    uint32_t outside;       /* of the base: people outside the modal class; OUTSIDE_NONE: does not apply */
    uint32_t answers_min;   /* below: not reliable (u) */
    uint32_t heads_least;   /* RAW_HEADS: fewer are hidden, where the policy does not ask for more */
    bool secret;            /* primary for a reason of its own */
    bool no_base;           /* the base is not printed */
    const struct raw_table *needs; /* hidden as soon as a cell of that table is: a difference gives its parts away */
};

/* Column that is shown or hidden together with another one: a share follows its numerator. */
enum { FOLLOWS_NONE = -1 };
struct raw_column {
    struct release_column head;
    const char *wave;      /* NULL: the table's; else the earlier wave the figures are from */
    int follows;
    uint32_t rest;         /* people of the total in none of the rows … */
    uint32_t rest_outside; /* … and of them outside the modal class */
    bool sums;             /* table_partition was asked for this column: it is protected for itself, even where it follows */
    bool ballots;          /* counts all ballots of each row: bounds what other tables tell of that row */
};

struct raw_table {
    const char *id;
    struct release_label title;
    const char *wave;
    bool additive;         /* the rows without the total are a partition of the row "total" */
    uint32_t sides_min;    /* least people on each side of a yes/no share (2; 10 for origin by department) */
    struct release_row *rows;
    size_t row_count, row_room;
    struct raw_column *columns;
    size_t column_count;
    struct raw_cell *cells; /* row-major */
    const enum release_sign *signs; /* set when the table has been protected */
};

/* Tables with the signs they got: all there is behind a release, before anything is rounded. Never leaves the instance. */
struct basis {
    struct raw_table *const *tables;
    size_t count;
};
const struct raw_table *basis_table(const struct basis *basis, const char *id); /* NULL: there is none */

struct result {
    struct arena *arena; /* tables and scratch */
    const struct inputs *inputs;
    struct raw_table *tables[RESULT_TABLES];
    size_t table_count;
    enum status status;
};

void result_init(struct result *result, struct arena *arena, const struct inputs *inputs);

/* New table about the reported wave; id is copied. NULL on failure: every function below accepts that. */
struct raw_table *result_table(struct result *result, const char *id, const char *title, size_t rows, size_t columns);
void table_column(struct raw_table *table, size_t column, const char *key, enum release_unit unit, int follows);
/* Row at the end; returns its position. id is copied. Exactly one of name, key, text. */
size_t table_row(struct result *result, struct raw_table *table, const char *id, struct release_label label);
size_t table_total(struct result *result, struct raw_table *table);
struct raw_cell *table_cell(struct raw_table *table, size_t row, size_t column);

/* The rows are a partition of the total in this column; rest: people in none of the rows, of those its cells rest on. A share
 * that follows a count needs it too: a hidden one could be computed from the total and the other shares. */
void table_partition(struct raw_table *table, size_t column, uint32_t rest, uint32_t rest_outside);

/* Least people on each side of its shares, where more than two are asked for. */
void table_sides(struct raw_table *table, uint32_t least);

#define LABEL_KEY(english) ((struct release_label){ .key = (english) })
#define LABEL_NAME(proper) ((struct release_label){ .name = (proper) })
#define LABEL_TEXT(of_form) ((struct release_label){ .text = (of_form) })

/* All cell_ functions accept NULL. Cell from answers: range in the cell's unit (already times 100 for percent). */
void cell_answers(struct raw_cell *cell, struct range range, uint32_t base, uint32_t outside, uint32_t answers_min);
/* The same without a range. */
void cell_answers_value(struct raw_cell *cell, double value, uint32_t base, uint32_t outside, uint32_t answers_min);
void cell_heads(struct raw_cell *cell, double heads, bool hidden);
/* Hides the cell when a group of the table (of the same indicator, added earlier) is hidden. */
void cell_needs(struct raw_cell *cell, const struct raw_table *table);
void cell_open(struct raw_cell *cell, double value);
void cell_sign(struct raw_cell *cell, enum release_sign sign);
/* Not reliable (u) whatever its base; stays protected, unlike a sign. */
void cell_unreliable(struct raw_cell *cell);
struct range range_times(struct range range, double factor);

/* Change of a figure between the last two waves: table "ID.change" columns (previous, now, difference). */
/* Room for further rows is not made: rows is the most there will be. */
struct raw_table *result_change(struct result *result, const char *id, const char *title, enum release_unit unit,
                                size_t rows);
void change_row(struct result *result, struct raw_table *table, const char *id, struct release_label label,
                struct range before, uint32_t base_before, struct range now, uint32_t base_now, double delta,
                uint32_t answers_min);

/* STATUS_OK or the first failure of the builder. */
MUST_USE enum status result_status(const struct result *result, struct fail *fail);

#endif
