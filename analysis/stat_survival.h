/* How many stay: Kaplan and Meier's share of those still there after a time, from counts. Pure; no memory. */
#ifndef ANALYSIS_STAT_SURVIVAL_H
#define ANALYSIS_STAT_SURVIVAL_H

#include <stddef.h>

#include "analysis/range.h"
#include "base/status.h"

/* At one time: people who left, and people who were seen no longer and had not left (censored). Whoever is censored at
 * the time others leave counts as still there then. */
struct survival_step {
    double time, left, censored;
};

struct survival {
    double people;  /* all of the steps */
    double left;    /* of them left up to the time asked for */
    double watched; /* of them seen longer than that, and there */
    double error;   /* Greenwood's standard error; NaN once everybody has left */
    struct range
        log_log; /* share still there, 0..1; range from log(−log S), NaN while nobody or once everybody has left */
    struct range plain; /* the same share ± Greenwood's error, cut to 0..1 */
};

/* Share still there after time: those who leave at that very time have left. steps: ascending, no time twice; counts ≥
 * 0, finite. confidence in (0, 1).
 *
 * STATUS_INPUT   steps out of order, a count that is negative or not finite, confidence out of range
 * STATUS_DENIED  nobody at all, or everybody was lost from sight before that time: the share is not known
 * Sources: Kaplan and Meier (1958), JASA 53; Greenwood (1926), The Errors of Sampling of the Survivorship Tables;
 * Kalbfleisch and Prentice (2002), The Statistical Analysis of Failure Time Data, 1.4 (range). R `survfit(conf.type =
 * "log-log")` agrees; where it repeats the last share beyond the last person seen, this is denied. */
MUST_USE enum status survival_at(const struct survival_step steps[], size_t count, double time, double confidence,
                                 struct survival *survival, struct fail *fail);

#endif
