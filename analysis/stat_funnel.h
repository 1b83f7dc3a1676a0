/* Funnel plots: limits within which units of different size differ by chance. Pure; memory from the arena. */
#ifndef ANALYSIS_STAT_FUNNEL_H
#define ANALYSIS_STAT_FUNNEL_H

#include "analysis/range.h"
#include "analysis/stat_groups.h"

struct funnel_unit {
    double n, value, z; /* z = (value − target)/error of a unit of this size */
    struct range normal_95, normal_998;
    struct range exact_95, exact_998; /* binomial, interpolated; NaN for means */
    struct range overdispersed_95;    /* error times √phi where phi > 1 */
    struct range random_95;           /* with the variance between units added; NaN for means */
};

struct funnel {
    size_t unit_count;
    struct funnel_unit *units; /* in the order of the input */
    double target;
    double phi;          /* mean of squared z, each cut to the 10 % and 90 % quantiles */
    double tau2;         /* variance between units, not below 0; NaN for means */
    double z_squares;    /* Σ z², uncut */
    double outside_95, outside_998; /* units beyond the exact limits; for means beyond the normal ones */
    double deviation;    /* pooled within units; NaN for shares */
};

/* hits[u] of n[u] people, n ≥ 1, whole. target in (0, 1), or NaN for the share of all.
 *
 * STATUS_INPUT   no units, impossible counts, a target out of range
 * STATUS_DENIED  nobody or everybody is a hit, so that there is nothing to differ
 * Sources: Spiegelhalter (2005), Statistics in Medicine 24, 1185–1202; the same (2005b), Quality and Safety in Health Care 14. */
MUST_USE enum status funnel_shares(struct arena *arena, const double hits[], const double n[], size_t units,
                                   double target, struct funnel *funnel, struct fail *fail);

/* Target is the mean of all people, the error comes from the variance within units.
 * STATUS_DENIED  no variance within units, or as many units as people */
MUST_USE enum status funnel_means(struct arena *arena, const struct grouped *grouped, struct funnel *funnel,
                                  struct fail *fail);

#endif
