/* How evenly a known population answered: the R-indicator, 1 − 2·S of the response propensities, from counts per cell.
 * Pure: the seed decides every draw; scratch memory from the arena. Says nothing about traits that are not in the
 * cells. Sources: Schouten, Cobben and Bethlehem (2009), Survey Methodology 35, 101–113 (indicator); Shlomo, Skinner
 * and Schouten (2012), Journal of Statistical Planning and Inference 142, 201–211 (correction of its bias, here for a
 * whole population); Schouten, Shlomo and Skinner (2011), Journal of Official Statistics 27, 231–253 (partial
 * indicators); Andrews (2002), Econometrica 70, 119–162 (bootstrap by few steps). */
#ifndef ANALYSIS_STAT_RESPONSE_H
#define ANALYSIS_STAT_RESPONSE_H

#include <stdint.h>

#include "analysis/range.h"
#include "base/arena.h"

enum { RESPONSE_FACTORS = 6, RESPONSE_SAMPLES = 500 };

/* Cells of people alike in every factor. level: 0 … level_count − 1; not every combination need occur. */
struct response_cell {
    uint16_t level[RESPONSE_FACTORS];
    uint32_t people, answered; /* answered ≤ people */
};
struct response_cells {
    struct response_cell *cells;
    size_t count;
    size_t factor_count;                  /* 1 … RESPONSE_FACTORS */
    size_t level_count[RESPONSE_FACTORS]; /* 1 … 0xFFFF */
};

/* Joins the levels of every factor in which fewer than least answered or fewer than least did not; where even together
 * they are fewer, the next smallest level joins them. Numbers of levels may shrink, down to 1. Changes cells. */
MUST_USE enum status response_join(struct arena *arena, struct response_cells *cells, uint32_t least,
                                   struct fail *fail);

struct response {
    double rate;                   /* answered / people */
    double raw;                    /* 1 − 2 S before the correction */
    double spread;                 /* S after it, 0 where chance alone explains the differences; 0..0.5 */
    struct range indicator;        /* 1 − 2 spread, 0..1; bootstrap range */
    double part[RESPONSE_FACTORS]; /* standard deviation of the rates between the levels of a factor, corrected alike */
};

/* Logistic model with main effects of all factors; everybody of the population was asked. The range is the 2.5 and 97.5
 * % quantile of RESPONSE_SAMPLES populations in which everybody answers with the propensity of the model, these drawn
 * together so that their spread is the corrected one; each is fitted by three steps from the model it was drawn from.
 *
 * STATUS_INPUT   no people, more answers than people, a level out of range, too many levels
 * STATUS_DENIED  nobody answered, or everybody; separation; two factors say the same; no convergence */
MUST_USE enum status response_fit(struct arena *arena, const struct response_cells *cells, uint64_t seed,
                                  struct response *response, struct fail *fail);

#endif
