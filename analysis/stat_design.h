/* Model matrix: numeric terms as they are, categories as one column each but the first (treatment coding), interactions as
 * products. Lives in the arena; pure.
 * Source: Chambers and Hastie (1992), Statistical Models in S, ch. 2. */
#ifndef ANALYSIS_STAT_DESIGN_H
#define ANALYSIS_STAT_DESIGN_H

#include <stdbool.h>

#include "base/arena.h"

/* Exactly one of values, level and the pair left, right is used. */
struct design_term {
    const double *values;  /* numeric: per row, finite */
    const size_t *level;   /* categories: per row, < level_count; level 0 is the reference */
    size_t level_count;    /* ≥ 1 */
    size_t left, right;    /* interaction of two terms before this one: columns of left vary fastest */
};

struct design {
    size_t rows, columns;
    double *x;         /* rows × columns, row-major */
    size_t *term;      /* per column: its term; SIZE_MAX for the constant */
    size_t *level;     /* per column: the level of a category, 0 for numeric terms */
    size_t *parts;     /* per column: for interactions the columns it is made of, two each, else SIZE_MAX */
    bool constant;     /* column 0 is 1 */
};

/* STATUS_INPUT: no rows, a level out of range, a value that is not finite, an interaction with a later term, more columns
 * than stat_gram.h takes, no columns at all */
MUST_USE enum status design_build(struct arena *arena, size_t rows, bool constant, const struct design_term terms[],
                                  size_t term_count, struct design *design, struct fail *fail);

/* The columns for which keep[column] is set, in their order. */
MUST_USE enum status design_choose(struct arena *arena, const struct design *design, const bool keep[],
                                   struct design *chosen, struct fail *fail);

#endif
