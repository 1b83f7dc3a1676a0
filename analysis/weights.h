/* Calibration weights: the answers are weighted so that their margins agree with HR's counts (raking). */
#ifndef ANALYSIS_WEIGHTS_H
#define ANALYSIS_WEIGHTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

enum { WEIGHTS_ROUNDS = 500, WEIGHTS_NONE = 0xFFFF };

struct margin {
    const uint16_t *category; /* per row; WEIGHTS_NONE: unknown, the row is left alone in this margin */
    const double *target;     /* persons per category; 0 or negative: unknown, ignored */
    size_t category_count;
};

struct weights {
    double *weight;     /* per row; mean 1 */
    double effective;   /* Kish: (Σw)²/Σw² */
    double worst;       /* largest relative deviation of a margin share before the last round */
    unsigned rounds;
    bool converged;     /* worst < 1e-9 (before trimming) */
    size_t trimmed;     /* rows cut to the bounds */
};

/* Goes on after convergence until a round changes nothing more than rounding does.
 * start: design weights, or NULL for 1. Weights are cut to [1/cap, cap] times their mean at the end (cap 0: not).
 * Targets without a row are dropped; the others keep their proportions. rows ≥ 1, else STATUS_INPUT.
 * Sources: Deming & Stephan (1940), Annals of Mathematical Statistics 11; Kish (1965), Survey Sampling, 11.7. */
MUST_USE enum status weights_rake(struct arena *arena, size_t rows, const double start[], const struct margin margins[],
                                  size_t margin_count, double cap, struct weights *weights, struct fail *fail);

/* Largest absolute difference between the weights of a category and its target; categories without a target do not count. */
double weights_error(size_t rows, const double weight[], const struct margin margins[], size_t margin_count);
double weights_effective(const double weight[], size_t rows); /* Kish's effective number */

#endif
