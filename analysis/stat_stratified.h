/* 2 × 2 tables in strata (Cochran, Mantel and Haenszel): one common odds ratio, and whether there is one. Pure; memory
 * from the arena. */
#ifndef ANALYSIS_STAT_STRATIFIED_H
#define ANALYSIS_STAT_STRATIFIED_H

#include "analysis/stat_hypergeometric.h"

struct heterogeneity {
    double statistic, degrees, p;
};

struct stratified {
    double statistic, p;                     /* without continuity correction */
    double corrected, corrected_p;           /* with it: |Σ(a − E)| − ½; none when the sum is below ½ */
    struct range odds;                       /* Mantel-Haenszel, range of Robins, Breslow and Greenland */
    struct exact exact;                      /* conditional on all margins; NaN when the counts are not whole or too many */
    struct heterogeneity woolf;              /* ½ added to every cell if any is empty */
    struct heterogeneity breslow_day, tarone; /* NaN when the common odds ratio is 0 or infinite */
    double crude;                            /* odds ratio of the tables added up */
    double *odds_ratios;                     /* ad/bc of each stratum */
};

/* cells: strata × 4 (a, b, c, d of each table), ≥ 0. Strata with fewer than two people say nothing and are left out of
 * the tests. confidence in (0, 1).
 *
 * STATUS_INPUT   no stratum, a count that is negative or no number, confidence out of range
 * STATUS_DENIED  no stratum in which both rows and both columns have people
 * Sources: Mantel and Haenszel (1959), JNCI 22; Robins, Breslow and Greenland (1986), Biometrics 42; Breslow and Day
 * (1980), Statistical Methods in Cancer Research 1, 4.4; Tarone (1985), Biometrika 72; Woolf (1955). */
MUST_USE enum status stratified_test(struct arena *arena, const double cells[], size_t strata, double confidence,
                                     struct stratified *result, struct fail *fail);

#endif
