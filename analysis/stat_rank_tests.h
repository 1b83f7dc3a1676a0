/* Comparison of groups by ranks: two (Mann, Whitney and Wilcoxon, Cliff's delta) and several (Kruskal and Wallis). Pure;
 * memory from the arena. Ordered groups: stat_trend.h. */
#ifndef ANALYSIS_STAT_RANK_TESTS_H
#define ANALYSIS_STAT_RANK_TESTS_H

#include "analysis/range.h"
#include "analysis/stat_groups.h"

struct kruskal_wallis {
    double statistic, uncorrected, tie_factor; /* H = uncorrected / tie_factor */
    double degrees, p;
    double epsilon2, eta2;        /* H/(N − 1); (H − k + 1)/(N − k), may be negative */
    double *mean_ranks, *medians; /* of the groups */
};

/* STATUS_DENIED  all values equal, or as many groups as people
 * Sources: Kruskal and Wallis (1952), JASA 47; Tomczak and Tomczak (2014). */
MUST_USE enum status kruskal_wallis_test(struct arena *arena, const struct grouped *grouped,
                                         struct kruskal_wallis *result, struct fail *fail);

/* Exact up to this many people without ties; the shift up to this many pairs (8 bytes of memory each). */
enum { EXACT_PEOPLE_MAX = 200, SHIFT_PAIRS_MAX = 4000000 };

struct mann_whitney {
    double u_first, u_least;         /* pairs in which the first group is larger, ties half; the lesser of both sides */
    double z, p;                     /* normal, variance corrected for ties */
    double z_corrected, p_corrected; /* with continuity correction: the one to publish */
    double p_exact;                  /* two-sided; NaN with ties or too many people */
    double superiority;              /* u_first over the number of pairs: P(first > second) + ½ P(equal) */
    struct range delta;              /* Cliff's, = 2·superiority − 1; range of Feng and Cliff; no range at ±1 */
    double delta_variance;           /* unbiased */
    double r;                        /* z/√N */
    double shift;                    /* Hodges and Lehmann: median of all differences; NaN with too many pairs */
};

/* Two groups, first against second.
 *
 * STATUS_INPUT   not two groups, confidence out of range
 * STATUS_DENIED  all values equal
 * Sources: Mann and Whitney (1947), Annals of Mathematical Statistics 18; Cliff (1993), Psychological Bulletin 114; Feng and
 * Cliff (2004), J. Modern Applied Statistical Methods 3; Vargha and Delaney (2000); Hodges and Lehmann (1963). */
MUST_USE enum status mann_whitney_test(struct arena *arena, const struct grouped *grouped, double confidence,
                                       struct mann_whitney *result, struct fail *fail);

#endif
