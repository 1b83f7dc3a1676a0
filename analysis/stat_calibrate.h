/* Weights that reproduce known totals, and the residuals from which such estimates have their standard errors. Raking itself
 * is in weights.h. Pure; results live in the arena.
 * Sources: Deville and Särndal (1992), JASA 87; Deville, Särndal and Sautory (1993), JASA 88; Holt and Smith (1979),
 * Journal of the Royal Statistical Society A 142 (post-stratification: calibration to the cells of one variable). */
#ifndef ANALYSIS_STAT_CALIBRATE_H
#define ANALYSIS_STAT_CALIBRATE_H

#include "analysis/stat_design.h"
#include "analysis/stat_gram.h"
#include "analysis/stat_survey.h"
#include "analysis/weights.h"

/* Residuals of the regression on the columns whose totals are known, weighted with the weights before the calibration.
 * Must stay while the survey_calibration is used. */
struct calibration {
    const struct design *design;
    const double *base;
    struct gram gram;
    struct wide *right, *solution;
    struct survey_calibration survey; /* give its address to survey_design */
};

/* base: weights before, ≥ 0. STATUS_INPUT, STATUS_MEMORY as gram_build. */
MUST_USE enum status calibration_make(struct arena *arena, const struct design *design, const double base[],
                                      struct calibration *calibration, struct fail *fail);

/* Linear (GREG) weights base · (1 + x'λ) with Σ weight · column = total for each column; they may be negative.
 * STATUS_DENIED  the totals contradict each other: a column that depends on others has a total they cannot reach */
MUST_USE enum status calibrate_linear(const struct calibration *calibration, const double totals[], double weight[],
                                      struct fail *fail);

/* Residuals of raked weights by going round the margins ten times and taking away the plain mean of each category, as R's
 * rake() does. The regression above is to be preferred; this one is there to compare. margins without unknown categories. */
struct raking {
    const struct margin *margins;
    size_t margin_count, rows;
    double *sum, *total; /* per category of the widest margin */
    struct survey_calibration survey;
};
MUST_USE enum status raking_make(struct arena *arena, const struct margin margins[], size_t margin_count, size_t rows,
                                 struct raking *raking, struct fail *fail);

#endif
