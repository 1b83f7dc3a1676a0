/* Percentile bootstrap of alpha and omega. Pure: the seed decides every draw, so the same data give the same range. */
#ifndef ANALYSIS_STAT_BOOTSTRAP_H
#define ANALYSIS_STAT_BOOTSTRAP_H

#include <stdint.h>

#include "analysis/range.h"
#include "base/arena.h"

enum { BOOTSTRAP_SAMPLES = 500 };

/* values: complete cases, values[person * items + item]; persons 3..UINT32_MAX, items ≥ 2. Draws persons with
 * replacement; low and high are the 2.5 and 97.5 % quantiles (type 7). alpha->value is the estimate from all persons.
 * omega is RANGE_NONE when one factor does not describe the data, and has no range when that happens in more than one
 * draw of 20.
 *
 * STATUS_INPUT   too few persons or items
 * STATUS_DENIED  the sum of the items does not vary
 * Sources: Efron and Tibshirani (1993), An Introduction to the Bootstrap, ch. 13. */
MUST_USE enum status reliability_bootstrap(struct arena *arena, const double values[], size_t persons, size_t items,
                                           uint64_t seed, struct range *alpha, struct range *omega,
                                           struct fail *fail);

#endif
