/* p values of several tests, adjusted so that each can be read alone. Pure; memory from the arena. */
#ifndef ANALYSIS_STAT_ADJUST_H
#define ANALYSIS_STAT_ADJUST_H

#include "base/arena.h"

enum adjustment {
    ADJUST_BONFERRONI,
    ADJUST_HOLM,     /* family-wise error, no assumption: the one to publish for few planned comparisons */
    ADJUST_HOCHBERG, /* family-wise error, independent tests */
    ADJUST_BH,       /* false discovery rate, independent tests */
    ADJUST_BY,       /* false discovery rate, any dependence */
};

/* adjusted[i] belongs to p[i], 0..1; n = 0 is allowed. STATUS_INPUT: a p that is not in 0..1.
 * Sources: Holm (1979), Scandinavian J. Statistics 6; Hochberg (1988), Biometrika 75; Benjamini and Hochberg (1995), JRSS B
 * 57; Benjamini and Yekutieli (2001), Annals of Statistics 29. */
MUST_USE enum status p_adjust(struct arena *arena, const double p[], size_t n, enum adjustment adjustment,
                              double adjusted[], struct fail *fail);

#endif
