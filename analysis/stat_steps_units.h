/* Means of a scale in many units (departments, teams) with their ranges, in one pass over the answers. Counted in whole
 * numbers, so that neither threads nor order matter. Pure; memory from the arena.
 * Not responsible for what may be shown of a small unit, nor for drawing small units towards the mean (stat_units.h).
 */
#ifndef ANALYSIS_STAT_STEPS_UNITS_H
#define ANALYSIS_STAT_STEPS_UNITS_H

#include "analysis/range.h"
#include "analysis/stat_steps.h"

enum { STEPS_UNITS = 65535 };

struct steps_units {
    const uint16_t *unit;     /* per row; unit_count and above: belongs to none */
    size_t unit_count;        /* 1..STEPS_UNITS */
    size_t answered_min;      /* a person with fewer answered items has no score; 0 counts as 1 */
    const double *population; /* per unit, for the finite population correction; NULL: infinite */
};

struct unit_score {
    uint64_t n;         /* people with a score: the mean of their answered items, reversed where the scale says so */
    double sd;          /* NaN for n < 2 */
    struct range range; /* t range of the mean as mean_range; the mean alone for n = 1; RANGE_NONE for n = 0 */
};

/* score: room for unit_count. threads: 1..16.
 *
 * STATUS_INPUT   levels, items (at most 255) or units out of range
 * STATUS_MEMORY  24 bytes per unit, thread and number of answered items that occurs */
MUST_USE enum status steps_by_unit(struct arena *arena, const struct steps *steps, const struct steps_units *units,
                                   unsigned threads, struct unit_score score[], struct fail *fail);

#endif
