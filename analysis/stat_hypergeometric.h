/* The conditional distribution behind exact tests: one cell of a 2 × 2 table when all margins are fixed, alone or summed
 * over strata; tilted by an odds ratio θ: P(s) ∝ weight(s)·θ^s. Pure; memory from the arena. */
#ifndef ANALYSIS_STAT_HYPERGEOMETRIC_H
#define ANALYSIS_STAT_HYPERGEOMETRIC_H

#include "analysis/range.h"
#include "base/arena.h"

enum { SUPPORT_MAX = 100000, CONVOLUTION_MAX = 200000000 };

struct conditional {
    double lowest;       /* smallest possible value */
    size_t count;        /* values lowest, lowest + 1, … */
    double *log_weights; /* ln of the weight at odds ratio 1, largest is about 0 */
};

/* Of row_one people in one row and row_two in the other, drawn: the column total. Whole, ≥ 0, drawn ≤ both rows.
 *
 * STATUS_INPUT  not whole, negative, or drawn is more than there are
 * STATUS_LIMIT  more than SUPPORT_MAX possible values */
MUST_USE enum status conditional_make(struct arena *arena, double row_one, double row_two, double drawn,
                                      struct conditional *conditional, struct fail *fail);

/* Distribution of the sum of two independent ones. STATUS_LIMIT when the work exceeds CONVOLUTION_MAX steps. */
MUST_USE enum status conditional_add(struct arena *arena, const struct conditional *a, const struct conditional *b,
                                     struct conditional *sum, struct fail *fail);

struct exact {
    double p_two_sided;  /* tables at most as likely as the observed one; ties within a relative 1e-7 */
    double p_less, p_greater;
    double mid_p;        /* two-sided, the observed table counted half */
    double p_observed;
    struct range odds;   /* conditional maximum likelihood with Cornfield's exact range; 0 and infinity at the edges */
    struct range odds_mid; /* the same estimate; range by mid-p: the observed table counts half on either side */
};

#define EXACT_NONE \
    ((struct exact){ NOT_A_NUMBER, NOT_A_NUMBER, NOT_A_NUMBER, NOT_A_NUMBER, NOT_A_NUMBER, RANGE_NONE, RANGE_NONE })

/* observed: one of the possible values; confidence in (0, 1). STATUS_INPUT otherwise.
 * Sources: Fisher (1935), JRSS 98; Cornfield (1956), Proc. 3rd Berkeley Symposium 4; Agresti (2013), 3.5 and 16.5;
 * Berry and Armitage (1995), The Statistician 44 (mid-p ranges). */
MUST_USE enum status conditional_exact(const struct conditional *conditional, double observed, double confidence,
                                       struct exact *exact, struct fail *fail);

/* Mean of the value at that odds ratio; both ends of the support at 0 and infinity. */
double conditional_mean(const struct conditional *conditional, double odds);

/* P(S ≤ s) and P(S ≥ s) at odds ratio 1. */
double conditional_below(const struct conditional *conditional, double s);
double conditional_above(const struct conditional *conditional, double s);

#endif
