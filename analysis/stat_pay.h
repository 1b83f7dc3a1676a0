/* Pay gap of two groups: unadjusted, and how much of it goes with differences in rank, service and so on (Oaxaca-Blinder
 * decomposition of log pay). Pure; results live in the arena.
 * Sources: Oaxaca (1973), International Economic Review 14; Blinder (1973), Journal of Human Resources 8; Neumark (1988),
 * Journal of Human Resources 23 (pooled); Jann (2008), Stata Journal 8 (standard errors with random characteristics);
 * Destatis, bereinigter Gender Pay Gap: the coefficients of group A are the reference. */
#ifndef ANALYSIS_STAT_PAY_H
#define ANALYSIS_STAT_PAY_H

#include "analysis/range.h"
#include "analysis/stat_design.h"

struct pay_gap {
    double n[2], mean[2], median[2];       /* A, B */
    struct range gap;                      /* (mean A − mean B) / mean A, range by the delta method */
    double gap_se, gap_median;
    double log_total;                      /* mean log pay of A − of B = explained + unexplained */
    double explained, explained_se;        /* with A's coefficients */
    double unexplained, unexplained_se;
    double *explained_by;                  /* per column of the design; they add up to explained */
    double endowments, coefficients, interaction;  /* threefold, seen from B */
    double pooled_explained, pooled_unexplained;   /* with the coefficients of both groups together */
};

/* pay: > 0; gross hourly or full-time equivalent. in_b[row]: the row belongs to group B. The design has a constant. A group
 * in which a column does not vary by itself (a rank nobody of it has) leaves the parts that need its coefficient NaN.
 *
 * STATUS_INPUT   pay that is not positive, no constant, confidence outside 0..1
 * STATUS_DENIED  fewer than 2 people in a group or fewer than there are columns */
MUST_USE enum status pay_gap_compute(struct arena *arena, const struct design *design, const double pay[],
                                     const bool in_b[], double confidence, struct pay_gap *gap, struct fail *fail);

#endif
