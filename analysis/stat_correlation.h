/* Connection of two columns: Pearson, Spearman, Kendall and their kin. Pure; scratch memory from the arena.
 * Time is n·log n, so a million answers are no matter. */
#ifndef ANALYSIS_STAT_CORRELATION_H
#define ANALYSIS_STAT_CORRELATION_H

#include "analysis/range.h"
#include "base/arena.h"

struct correlation {
    double n, covariance;
    struct range pearson;          /* limits by Fisher's z; NaN for n = 3 */
    double pearson_t, pearson_p;   /* n − 2 degrees */
    double spearman, spearman_t, spearman_p; /* of mid-ranks, t approximation */
    double concordant, discordant; /* pairs; doubles, since n² outgrows what a table of people suggests */
    double tau_b, tau_c;           /* tau_c: for tables that are not square */
    double kendall_z, kendall_p;   /* variance with ties, no continuity correction */
    double gamma, somers;          /* gamma NaN when every pair is tied; somers: the second column given the first */
};
/* x, y: n each, complete pairs, finite.
 *
 * STATUS_INPUT   n < 3, or a value that is not finite
 * STATUS_DENIED  a column does not vary
 * Sources: Kendall and Gibbons (1990), Rank Correlation Methods, 5th ed.; Knight (1966), JASA 61 (counting by sorting);
 * Goodman and Kruskal (1954), JASA 49; Somers (1962), American Sociological Review 27; Fisher (1921), Metron 1. */
MUST_USE enum status correlation_compute(struct arena *arena, const double x[], const double y[], size_t n,
                                         double confidence, struct correlation *correlation, struct fail *fail);

#endif
