/* Selection rates of two groups (adverse impact) and the share of a group among leaders (representation). Pure; memory
 * from the arena. What the figures mean in law is none of this file's business: 29 CFR 1607.4 D is a rule of thumb. */
#ifndef ANALYSIS_STAT_IMPACT_H
#define ANALYSIS_STAT_IMPACT_H

#include <stdbool.h>

#include "analysis/stat_hypergeometric.h"

struct impact {
    double rate_focal, rate_reference;
    double ratio;                     /* focal / reference */
    bool four_fifths_violated;        /* ratio < 0.8 */
    struct range katz, koopman;       /* of the ratio: log-normal, and score with exact limits at empty cells */
    struct range mid_p;               /* of the ratio, people and selections of both groups given: the mid-p range of the odds
                                         ratio as the ratio of the rates to be expected; NaN where exact is */
    struct range newcombe, wald;      /* of the difference focal − reference: hybrid score, and normal */
    double z, z_p;                    /* two-sample z with the pooled rate */
    double z_ratio, z_ratio_p;        /* Morris and Lobsenz: ln ratio over its pooled error */
    struct exact exact;               /* NaN when the counts are not whole or too many */
    double cohens_h, odds_ratio;
    double shortfall_parity;          /* people missing from the focal group's expected number of selections */
    double shortfall_four_fifths;     /* … until the ratio is 0.8, not below 0 */
};

/* selected of n people, both groups; 0 ≤ selected ≤ n. confidence in (0, 1). Where a rate is 0 the log-normal range has no
 * finite other end and Koopman's has.
 *
 * STATUS_INPUT   a negative or impossible count, confidence out of range
 * STATUS_DENIED  an empty group, or nobody selected, or everybody
 * Sources: Katz et al. (1978), Biometrics 34; Berry and Armitage (1995), The Statistician 44; Koopman (1984), Biometrics 40; Newcombe (1998), Statistics in Medicine 17;
 * Morris and Lobsenz (2000), Personnel Psychology 53; Cohen (1988), ch. 6. */
MUST_USE enum status impact_test(struct arena *arena, double selected_focal, double n_focal, double selected_reference,
                                 double n_reference, double confidence, struct impact *impact, struct fail *fail);

struct representation {
    double workforce, workforce_focal, leaders, leaders_focal;
    double share_leaders, share_workforce;
    double ratio, log_ratio;                /* share among leaders / share in the whole workforce, leaders included */
    struct range wilson, clopper_pearson;   /* of the ratio, the share in the workforce taken as fixed */
    struct range log_finite;                /* log-normal with 1 − leaders/workforce: leaders are part of the workforce */
    struct range rate_ratio;                /* share of the focal group, leaders / others; Katz */
    double expected, shortfall;             /* leaders of the focal group at equal shares, minus the observed */
    double hypergeometric_p, hypergeometric_p_lower; /* NaN when the counts are not whole or too many */
    double odds_ratio;
};

/* leaders are part of the workforce; leaders_focal of them, and workforce_focal of all, belong to the focal group.
 *
 * STATUS_INPUT   impossible counts, confidence out of range
 * STATUS_DENIED  no leaders, or nobody of the focal group in the workforce
 * Sources: Wilson (1927); Clopper and Pearson (1934); Cochran (1977), Sampling Techniques; Katz et al. (1978). */
MUST_USE enum status representation_test(struct arena *arena, double workforce, double workforce_focal, double leaders,
                                         double leaders_focal, double confidence, struct representation *result,
                                         struct fail *fail);

#endif
