/* A general factor above group factors: Schmid and Leiman's solution and McDonald's hierarchical omega. Pure; everything
 * lives in the arena. */
#ifndef ANALYSIS_STAT_HIERARCHY_H
#define ANALYSIS_STAT_HIERARCHY_H

#include "base/arena.h"

struct hierarchy {
    double omega;         /* share of the general factor in the variance of the sum of standardised items */
    double omega_total;   /* 1 − Σ uniqueness / that variance */
    double omega_groups;  /* share of the group factors */
    double *general;      /* items: loading on the general factor */
    double *group;        /* group[item * groups + k], largest first */
    double *uniqueness;   /* items */
    double *second_order; /* groups: loadings of the group factors on the general one, in the order of group */
    double general_share; /* of the common variance */
    double criterion;     /* of the oblique rotation */
};
/* Minres factors, quartimin without Kaiser's weights (as psych), one factor of their correlations.
 *
 * STATUS_INPUT   fewer than 3 groups (the general factor is not determined), or too many for the items
 * STATUS_DENIED  not converged, or the correlations of the groups have no single factor with real loadings below 1
 * Sources: Schmid and Leiman (1957), Psychometrika 22; Zinbarg, Revelle, Yovel and Li (2005), Psychometrika 70. */
MUST_USE enum status omega_hierarchy(struct arena *arena, const double correlation[], size_t items, size_t groups,
                                     struct hierarchy *hierarchy, struct fail *fail);

#endif
