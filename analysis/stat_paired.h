/* Two measurements of the same people: paired t, Wilcoxon's signed ranks, McNemar. Pure; memory from the arena. */
#ifndef ANALYSIS_STAT_PAIRED_H
#define ANALYSIS_STAT_PAIRED_H

#include "analysis/range.h"
#include "base/arena.h"

struct mcnemar {
    double table[4];            /* yes-yes, yes-no, no-yes, no-no */
    double statistic, p;        /* without correction; NaN when nobody changed */
    double corrected, corrected_p;
    double p_exact, p_mid;      /* binomial; 1 when nobody changed */
    double difference;          /* share of yes, first − second */
    double odds_ratio;          /* conditional: yes-no / no-yes */
    double kappa;               /* NaN when both measurements are the same for everybody */
};

/* table as above, counts ≥ 0, whole for p_exact.
 *
 * STATUS_INPUT   a negative or not whole count, or more than 4·10⁹ people
 * STATUS_DENIED  nobody
 * Sources: McNemar (1947), Psychometrika 12; Fagerland, Lydersen and Laake (2013), BMC Medical Research Methodology 13
 * (mid-p); Edwards (1948), Psychometrika 13 (correction); Cohen (1960) for kappa. */
MUST_USE enum status mcnemar_test(const double table[4], struct mcnemar *result, struct fail *fail);

struct signed_ranks {
    double statistic;           /* V: sum of the ranks of the positive differences */
    double nonzero;
    double z, p;                /* normal, variance corrected for ties */
    double z_corrected, p_corrected; /* with continuity correction: the one to publish */
    double rank_biserial;       /* (V − V′)/(V + V′), −1..1 */
};

struct paired {
    double n, mean, deviation;  /* of the differences x − y */
    double t, degrees, p;
    struct range difference;    /* with t */
    struct range d_z;           /* mean/deviation; range by the noncentral t */
    double d_av;                /* mean over the root of the mean variance */
    double correlation;
    struct signed_ranks ranks;  /* NaN when every difference is 0 */
};

/* n pairs, finite. Differences are rounded to nine significant digits before ranking, and those up to 10⁻⁹ are zero and
 * left out: 1.666667 − 1.333333 and 2 − 1.666667 must be a tie.
 *
 * STATUS_INPUT   a value that is no finite number, confidence out of range
 * STATUS_DENIED  fewer than two pairs, or all differences equal
 * Sources: Student (1908); Wilcoxon (1945), Biometrics Bulletin 1; Lakens (2013), Frontiers in Psychology 4; Kerby (2014). */
MUST_USE enum status paired_test(struct arena *arena, const double x[], const double y[], size_t n, double confidence,
                                 struct paired *result, struct fail *fail);

#endif
