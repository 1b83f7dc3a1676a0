/* Gaps in the answers: how many, moments that use every answer, and whether the gaps look like chance. Pure; everything lives
 * in the arena. */
#ifndef ANALYSIS_STAT_MISSING_H
#define ANALYSIS_STAT_MISSING_H

#include "base/arena.h"

enum { MISSING_ITEMS_MAX = 64 };

struct missing {
    size_t complete, empty; /* persons who answered everything, nothing */
    size_t used;            /* persons with at least one answer */
    size_t patterns;        /* different sets of answered items among them */
    double *nonresponse;    /* items: share of all persons without this answer */
    double *mean, *covariance; /* maximum likelihood under normality (divisor n), items and items × items */
    double log_likelihood;     /* of what was answered */
    double little, little_degrees, little_p; /* Little's test; p 1 for a single pattern: nothing speaks against it */
    size_t steps;
};
/* values[person * items + item], NaN = no answer. EM until no moment moves by more than 1e-13 of a standard deviation.
 *
 * STATUS_INPUT   no item, more than 64, fewer than 2 persons with an answer
 * STATUS_DENIED  an item that nobody answered or that does not vary, items that determine each other, not converged
 * Sources: Dempster, Laird and Rubin (1977), JRSS B 39; Little and Rubin (2020), Statistical Analysis with Missing Data, 3rd
 * ed., 11.2; Little (1988), JASA 83 (the covariance with divisor n). */
MUST_USE enum status missing_compute(struct arena *arena, const double values[], size_t persons, size_t items,
                                     struct missing *missing, struct fail *fail);

/* Mean of the answered items of each person who answered at least the share (0..1) of them, else NaN. Returns the least number
 * of items, at least 1. */
size_t available_means(const double values[], size_t persons, size_t items, double share, double scores[]);

#endif
