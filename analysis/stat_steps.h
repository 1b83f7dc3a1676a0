/* Answers in a few steps (Likert items) as they lie in a frame: one byte each, a column an item. Frequencies, means,
 * covariances and reliability of a million people in one pass, in whole numbers: the result depends neither on the
 * number of threads nor on the order of the rows. Pure; memory from the arena; threads live for one call. Not
 * responsible for units (stat_steps_units.h), nor for values that are no small whole numbers (stat_matrix.h). */
#ifndef ANALYSIS_STAT_STEPS_H
#define ANALYSIS_STAT_STEPS_H

#include <stdbool.h>
#include <stdint.h>

#include "analysis/stat_consistency.h"
#include "analysis/stat_moments.h"

enum { STEPS_LEVELS = 16, STEPS_ITEMS = 256 };

struct steps {
    size_t rows, items;
    unsigned levels;              /* 2..STEPS_LEVELS */
    const uint8_t *const *column; /* column[item][row]: 0..levels − 1; any other byte is a missing answer */
    const bool *reversed;         /* per item: level l counts as levels − 1 − l; NULL for none */
    double first;                 /* value of level 0; each level is one more. 1 for steps 1..5 */
};

enum { STEPS_FREQUENCIES = 1, STEPS_PRODUCTS = 2 };

struct steps_counts {
    struct steps steps;
    uint64_t *frequency; /* items × levels: rows[item * levels + level], before reversal; NULL unless asked for */
    /* Of the rows in which every item is answered, levels before reversal; NULL unless asked for.
     * (items + 1)²: Σ level · level of two items; the last column and row: Σ level; the corner: number of rows. */
    uint64_t *product;
};

/* parts: what to count, STEPS_…; threads: 1..16.
 *
 * STATUS_INPUT  levels or items out of range
 * STATUS_MEMORY */
MUST_USE enum status steps_count(struct arena *arena, const struct steps *steps, unsigned parts, unsigned threads,
                                 struct steps_counts *counts, struct fail *fail);

/* n, mean, variance, sd and squares of one item over everybody who answered it (needs the frequencies; neighbours is
 * NaN). n = 0: NaN; n = 1: no variance. */
struct moments steps_moments(const struct steps_counts *counts, size_t item);

/* Number of complete rows, their mean of an item and the covariances, items × items (need the products). NaN for fewer
 * than 2 rows; a constant item has exactly the covariance 0. */
uint64_t steps_complete(const struct steps_counts *counts);
double steps_complete_mean(const struct steps_counts *counts, size_t item);
void steps_covariance(const struct steps_counts *counts, double covariance[]);

/* Item analysis of the complete rows: alpha with item deleted and so on (needs the products). Statuses as
 * consistency_compute. */
MUST_USE enum status steps_consistency(struct arena *arena, const struct steps_counts *counts,
                                       struct consistency *consistency, struct fail *fail);

#endif
