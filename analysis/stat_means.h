/* Comparison of means: two groups (Welch, Student, effect sizes) and several (one-way analysis of variance). Pure; memory
 * from the arena. Not responsible for ranks: stat_rank_tests.h; nor for paired values: stat_paired.h. */
#ifndef ANALYSIS_STAT_MEANS_H
#define ANALYSIS_STAT_MEANS_H

#include "analysis/range.h"
#include "analysis/stat_groups.h"

struct f_test {
    double f, d1, d2, p; /* NaN where the groups do not allow it */
};

struct t_test {
    double t, degrees, p, error;
    struct range difference;
};

struct two_means {
    struct moments first, second;
    struct t_test welch, student;     /* Welch's is the one to publish */
    struct range d;                   /* Cohen's d, pooled deviation; range by the noncentral t */
    struct range g;                   /* Hedges: d times the exact factor */
    double exact_factor, usual_factor; /* Γ(m/2)/(√(m/2)·Γ((m−1)/2)) and 1 − 3/(4m−1), m = n₁ + n₂ − 2 */
    double g_usual, d_error;          /* error of d after Hedges and Olkin */
    double glass_delta;               /* over the deviation of the second group */
    double common_language;           /* P(first > second) if both are normal */
    struct f_test levene, brown_forsythe; /* equality of variances: around means, around medians */
};

/* Two groups of at least two people. confidence in (0, 1). Differences are first − second.
 *
 * STATUS_INPUT   not two groups, confidence out of range
 * STATUS_DENIED  a group of one, or no variance in both groups
 * Sources: Welch (1947), Biometrika 34; Hedges (1981), J. Educational Statistics 6; Hedges and Olkin (1985); Cumming and
 * Finch (2001); McGraw and Wong (1992) for the common language effect; Levene (1960); Brown and Forsythe (1974), JASA 69. */
MUST_USE enum status two_means_test(struct arena *arena, const struct grouped *grouped, double confidence,
                                    struct two_means *result, struct fail *fail);

struct anova {
    double between, within;         /* sums of squares */
    struct f_test f, welch, levene, brown_forsythe;
    struct range eta2, noncentrality; /* range of η² = λ/(λ + N) */
    double omega2, epsilon2, cohens_f; /* the first two may be negative: show 0 */
};

/* Groups of one count in the analysis of variance; Welch's test is NaN with one. The limits are two-sided.
 *
 * STATUS_INPUT   confidence out of range
 * STATUS_DENIED  as many groups as people, or no variance within the groups
 * Sources: Fisher (1925); Welch (1951), Biometrika 38; Steiger (2004), Psychological Methods 9; Okada (2013). */
MUST_USE enum status anova_test(struct arena *arena, const struct grouped *grouped, double confidence,
                                struct anova *result, struct fail *fail);

#endif
