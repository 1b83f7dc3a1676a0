/* How unevenly two groups are spread over units. Pure; scratch memory from the arena; the generator is seeded. */
#ifndef ANALYSIS_STAT_DISSIMILARITY_H
#define ANALYSIS_STAT_DISSIMILARITY_H

#include <stdint.h>

#include "base/arena.h"

struct dissimilarity {
    double raw;       /* ½ Σ |x_j/X − y_j/Y|, 0..1 */
    double chance;    /* its mean when the people are dealt to the units at random */
    double corrected; /* raw − chance */
    double chance_95; /* 95th percentile under chance, minus chance */
};

enum { PERMUTATIONS = 1000 };

/* Raw index only; NaN when a group is empty. Source: Duncan & Duncan (1955), American Sociological Review 20. */
double dissimilarity_raw(const double with[], const double without[], size_t units);

/* with[j], without[j]: people of both groups in unit j. STATUS_INPUT when a group is empty or there are < 2 units.
 * Source of the correction: Carrington & Troske (1997), Journal of Business & Economic Statistics 15. */
MUST_USE enum status dissimilarity_compute(struct arena *arena, const uint32_t with[], const uint32_t without[],
                                           size_t units, uint64_t seed, struct dissimilarity *dissimilarity,
                                           struct fail *fail);

#endif
