/* Polychoric correlation: of the two normal variables that would show as these ordered answers. Pure; scratch memory from the
 * arena. */
#ifndef ANALYSIS_STAT_POLYCHORIC_H
#define ANALYSIS_STAT_POLYCHORIC_H

#include <stdbool.h>

#include "base/arena.h"

/* Probability that both standard normal variables with this correlation (−1 < r < 1) lie below; infinite limits allowed.
 * Absolute accuracy about 1e-15 up to |r| = 0.99. Source: Drezner and Wesolowsky (1990), J. of Statistical Computation and
 * Simulation 35. */
double bivariate_normal_below(double a, double b, double r);

#define POLYCHORIC_MOST 0.99 /* the search stays within; beyond, the table has too little to say */

struct polychoric {
    double r, log_likelihood;
    double *row_thresholds, *column_thresholds; /* rows − 1, columns − 1; in the arena */
    size_t rows, columns, empty_cells;          /* different answers that occur */
    bool boundary;                              /* r stands at ±0.99 */
};
/* x, y: n answers each, complete, any ordered numbers. Two steps: thresholds from the margins, then maximum likelihood in r
 * alone; empty cells get no correction (psych adds 0.5).
 *
 * STATUS_INPUT   fewer than 3 persons, or a value that is not finite
 * STATUS_DENIED  a column has a single answer, or more than 64 different ones
 * Sources: Olsson (1979), Psychometrika 44; Drasgow (1986), Encyclopedia of Statistical Sciences 7. */
MUST_USE enum status polychoric_compute(struct arena *arena, const double x[], const double y[], size_t n,
                                        struct polychoric *polychoric, struct fail *fail);

#endif
