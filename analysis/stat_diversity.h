/* How mixed one group of people is (diversity) and how unevenly groups are spread over units (segregation). Pure; memory
 * from the arena. Chance corrections of the dissimilarity index: stat_dissimilarity.h. */
#ifndef ANALYSIS_STAT_DIVERSITY_H
#define ANALYSIS_STAT_DIVERSITY_H

#include "base/arena.h"

struct diversity {
    double n, richness;              /* people; categories with people */
    double blau, blau_unbiased, blau_normalised, blau_error;
    double shannon, shannon_corrected, shannon_error, evenness; /* natural logarithm; Miller and Madow; Pielou */
    double hill_0, hill_half, hill_1, hill_2, hill_infinite;    /* numbers of equally frequent categories */
    double simpson_unbiased;         /* inverse; infinite when everybody differs */
    double largest_share;            /* Berger and Parker */
};

/* counts: ≥ 0, need not be whole; empty categories do not count as richness. possible: number of categories there could
 * be, for blau_normalised; 0 means those with people. NaN where undefined: one person, or one category.
 *
 * STATUS_INPUT   a negative or not finite count, or fewer possible categories than there are
 * STATUS_DENIED  nobody
 * Sources: Blau (1977); Simpson (1949), Nature 163; Shannon (1948); Hill (1973), Ecology 54; Pielou (1966); Miller (1955);
 * Agresti and Agresti (1978); Biemann and Kearney (2010), Organizational Research Methods 13 (unbiased). */
MUST_USE enum status diversity_of(const double counts[], size_t categories, size_t possible,
                                  struct diversity *diversity, struct fail *fail);

struct segregated_group { /* one group against all others */
    double total, share;
    double dissimilarity, isolation, eta2, exposure, information, gini;
};

struct segregation {
    size_t units;                  /* with people */
    double total;
    double dissimilarity;          /* multigroup D */
    double entropy, information, mutual; /* E, Theil's H, M = E·H; natural logarithm */
    double normalised_exposure, relative_diversity; /* P, R */
    struct segregated_group *groups;
    size_t group_count;
};

/* counts[unit * groups + group] ≥ 0, need not be whole. Units without people are left out.
 *
 * STATUS_INPUT   fewer than two groups, a negative or not finite count
 * STATUS_DENIED  a group without people
 * Sources: Duncan and Duncan (1955); Massey and Denton (1988), Social Forces 67; Theil (1972); Morgan (1975); Reardon and
 * Firebaugh (2002), Sociological Methodology 32. */
MUST_USE enum status segregation_of(struct arena *arena, const double counts[], size_t units, size_t groups,
                                    struct segregation *segregation, struct fail *fail);

/* Two of the groups: dissimilarity of a and b; exposure: the share of b in the unit of the average person of a. */
double segregation_dissimilarity(const double counts[], size_t units, size_t groups, size_t a, size_t b);
double segregation_exposure(const double counts[], size_t units, size_t groups, size_t a, size_t b);

#endif
