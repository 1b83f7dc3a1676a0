/* Internal consistency of a scale. Pure; scratch memory from the arena. */
#ifndef ANALYSIS_STAT_RELIABILITY_H
#define ANALYSIS_STAT_RELIABILITY_H

#include "analysis/range.h"
#include "base/arena.h"

struct reliability {
    struct range alpha;  /* Feldt's range */
    double *item_rest;   /* correlation of each item with the sum of the others */
    double *alpha_without;
};

/* values: complete cases, row-major, values[person * items + item], already reversed. persons ≥ 3, items ≥ 2, else
 * STATUS_INPUT; STATUS_DENIED when the sum does not vary. alpha_without is NaN for two items.
 * Sources: Cronbach (1951), Psychometrika 16; Feldt (1965), Psychometrika 30. */
MUST_USE enum status reliability_compute(struct arena *arena, const double values[], size_t persons, size_t items,
                                         struct reliability *reliability, struct fail *fail);

#endif
