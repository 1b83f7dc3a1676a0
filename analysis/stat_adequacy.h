/* Whether correlations can be factored, and into how many: Kaiser–Meyer–Olkin, Bartlett's sphericity, parallel analysis.
 * Pure; scratch memory from the arena; the seed decides every draw. */
#ifndef ANALYSIS_STAT_ADEQUACY_H
#define ANALYSIS_STAT_ADEQUACY_H

#include <stdint.h>

#include "base/arena.h"

struct adequacy {
    double kmo;                          /* 0..1; NaN when nothing correlates */
    double chi_square, degrees, p;       /* Bartlett: all correlations are zero */
    double log10_p;                      /* also where p is below the smallest double */
    double determinant;
};
/* correlation of persons; msa[item] receives each item's own measure.
 *
 * STATUS_INPUT   fewer than 2 items, or persons ≤ items
 * STATUS_DENIED  singular matrix
 * Sources: Kaiser (1970), Psychometrika 35; Kaiser and Rice (1974), Educational and Psychological Measurement 34; Bartlett
 * (1951), Biometrika 38. */
MUST_USE enum status adequacy_compute(struct arena *arena, const double correlation[], size_t items, double persons,
                                      double msa[], struct adequacy *adequacy, struct fail *fail);

enum parallel_kind { PARALLEL_NORMAL, PARALLEL_PERMUTED };
enum { PARALLEL_LEAST = 20, PARALLEL_MOST = 100000 };

struct parallel { /* eigenvalues of data without any connection, by place: arrays of items */
    double *mean, *mean_error; /* error: Monte Carlo standard error */
    double *q50, *q95, *q99;   /* quantiles, type 7 */
    double *q95_error;         /* from the density by the spacing of the neighbouring order statistics */
    size_t retain_mean, retain_q95; /* observed eigenvalues above it, counted until the first that is not */
};
/* values: complete cases, values[person * items + item]; observed: the eigenvalues of their correlations, falling.
 * PARALLEL_NORMAL draws independent normal items, PARALLEL_PERMUTED shuffles each column. draws in 20..100000.
 *
 * STATUS_INPUT  fewer than 3 persons or 2 items, draws out of range, or a column without variance
 * Sources: Horn (1965), Psychometrika 30; Glorfeld (1995), Educational and Psychological Measurement 55. */
MUST_USE enum status parallel_analysis(struct arena *arena, const double values[], size_t persons, size_t items,
                                       const double observed[], enum parallel_kind kind, size_t draws, uint64_t seed,
                                       struct parallel *parallel, struct fail *fail);

#endif
