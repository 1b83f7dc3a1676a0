/* Estimates from a sample with strata, clusters, weights and finite populations: means, totals, domains, proportions, by
 * linearisation (Taylor). Pure; scratch memory from the arena.
 * Sources: Särndal, Swensson and Wretman (1992), Model Assisted Survey Sampling, ch. 4 and 5; Lumley (2010), Complex
 * Surveys; Kish (1965), Survey Sampling, 8.2; Korn and Graubard (1998), Survey Methodology 24; Deville and Särndal (1992),
 * JASA 87 (calibrated weights). */
#ifndef ANALYSIS_STAT_SURVEY_H
#define ANALYSIS_STAT_SURVEY_H

#include <stdbool.h>

#include "analysis/range.h"
#include "base/arena.h"

enum { SURVEY_STAGES = 4 };

/* Residuals that replace a variable's linearised values when the weights were calibrated. values in, residuals out. */
struct survey_calibration {
    void (*residuals)(const void *state, double values[]);
    const void *state;
};

struct survey_stage {
    const size_t *cluster;    /* per row, < rows; NULL: every row is a unit of its own. Numbers count within the stratum */
    const double *population; /* per row: units in its stratum (stage 1) or cluster; a share if ≤ 1; NULL: infinite */
};

struct survey_design {
    size_t rows, stage_count;  /* stage_count 1..SURVEY_STAGES; stages after one without population do not count */
    const double *weight;      /* per row, as estimates use them; 0: the row is not in the sample's analysis */
    const size_t *stratum;     /* per row, < rows; NULL: one stratum */
    struct survey_stage stages[SURVEY_STAGES];
    const struct survey_calibration *calibration; /* or NULL */

    /* filled by survey_prepare */
    size_t *order;             /* rows by stratum, cluster, … */
    double *scratch;
    double degrees;            /* units of the first stage − strata */
};

/* STATUS_INPUT   no rows, a code out of range, a negative weight, a population smaller than the sample of it
 * STATUS_DENIED  a stratum with a single unit that is not all there is of it: its variance cannot be estimated */
MUST_USE enum status survey_prepare(struct arena *arena, struct survey_design *design, struct fail *fail);

struct survey_estimate {
    double n;                  /* rows with a value and weight */
    struct range mean;         /* t range */
    double mean_se, total, total_se;
    double variance;           /* of the variable in the population; n of n/(n − 1) counts the sampled rows, answered or
                                  not, as svyvar of R's survey does */
    double design_effect;      /* against a simple sample without replacement from a population of the sum of weights; NaN
                                  when that is smaller than the sample */
};

/* y: NaN where missing; inside: rows of a domain, or NULL for all. Rows outside keep their place in the design. A domain
 * without rows has a mean that is NaN. */
MUST_USE enum status survey_estimate(struct arena *arena, const struct survey_design *design, const double y[],
                                     const bool inside[], double confidence, struct survey_estimate *estimate,
                                     struct fail *fail);

struct survey_share {
    struct range logit; /* value and t range on the logit scale */
    struct range beta;  /* exact range with the effective sample size */
    double se;
};
/* y: 1, 0 or NaN. Ranges are NaN for a share of 0 or 1 (logit), the beta range needs only a standard error. */
MUST_USE enum status survey_share(struct arena *arena, const struct survey_design *design, const double y[],
                                  double confidence, struct survey_share *share, struct fail *fail);

/* Smallest value up to which at least the share p of the weight lies. */
MUST_USE enum status survey_quantile(struct arena *arena, const double y[], const double weight[], size_t rows, double p,
                                     double *quantile, struct fail *fail);

/* n Σw² / (Σw)²: Kish's approximate design effect; effective number is n divided by it. */
double survey_kish(const double weight[], size_t rows);

#endif
