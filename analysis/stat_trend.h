/* Tests that know the order of the groups: trend of a share over scores, and of a rank over groups. Pure. */
#ifndef ANALYSIS_STAT_TREND_H
#define ANALYSIS_STAT_TREND_H

#include "analysis/stat_table.h"

struct share_trend {
    double z, statistic, p;          /* variance with N (Cochran, Armitage); statistic = z² */
    double z_less_one, mantel;       /* variance with N − 1 (Mantel; "linear by linear"); mantel = its square */
    double slope;                    /* change of the share for one score more, least squares */
    double departure;                /* Pearson's chi-square − z²: what a straight line does not explain */
    double departure_degrees;        /* groups − 2 */
};

/* counts: groups × 2, first column: those with the feature. scores: one for each row, finite; NULL means 1, 2, 3, …
 *
 * STATUS_INPUT   not two columns, a score that is no finite number
 * STATUS_DENIED  nobody or everybody has the feature, or all people have the same score
 * Sources: Cochran (1954), Biometrics 10; Armitage (1955), Biometrics 11; Mantel (1963), JASA 58. */
MUST_USE enum status share_trend_test(const struct counts *counts, const double scores[], struct share_trend *trend,
                                      struct fail *fail);

struct rank_trend {
    double *group_n; /* in the arena */
    double n, statistic, mean, variance, z, p, p_increasing;
};

/* Jonckheere and Terpstra: pairs in which the later group has the larger value; equal values count one half, the variance
 * is corrected for ties, no continuity correction. group[i] < group_count is the place of the group in the expected
 * order; empty groups are allowed as long as two have people.
 *
 * STATUS_INPUT   fewer than two groups, a group number out of range, a value that is no number
 * STATUS_DENIED  people in one group only, fewer than three people, or all values equal
 * Sources: Terpstra (1952); Jonckheere (1954), Biometrika 41; Hollander, Wolfe and Chicken (2014), 6.2. */
MUST_USE enum status rank_trend_test(struct arena *arena, const double values[], const size_t group[], size_t n,
                                     size_t group_count, struct rank_trend *trend, struct fail *fail);

#endif
