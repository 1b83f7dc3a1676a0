/* What chance alone would do: null distributions and thresholds of the three statistics of a ranking (docs/attack.md).
 *
 * T1  people whose position was named exactly; under chance a sum of fixed points of uniform permutations, Poisson(runs)
 * T2  Kendall's tau between guessed and true order, summed over runs; variance 2(2n+5) / (9n(n-1)) each
 * T3  runs in which the newest answer was named; Poisson-binomial with 1/n
 *
 * All tests are one-sided: adversaries come with both signs. */
#ifndef ATTACK_STATISTICS_H
#define ATTACK_STATISTICS_H

#include <stddef.h>

#define FAMILY_ERROR 1e-4

struct score { /* of one adversary over runs */
    unsigned runs;
    unsigned exact, newest;
    double tau;          /* sum */
    double tau_variance; /* of the sum, under chance */
    double *chances;     /* 1/n of each run; freed by score_free */
};
struct threshold {
    unsigned exact, newest; /* this many or more is no chance */
    double tau;             /* a mean above this */
};

/* guess[i]: position the adversary gives to item i; truth[i]: its position. n ≥ 2. */
void score_add(struct score *score, const unsigned guess[], const unsigned truth[], size_t n);
void score_free(struct score *score);
double score_tau(const struct score *score); /* mean */

/* Logarithms to base 10 of the p-values. */
double score_exact_p(const struct score *score);
double score_tau_p(const struct score *score);
double score_newest_p(const struct score *score);
double score_best_p(const struct score *score); /* the smallest of the three */

/* For the runs of score, at error alpha each. */
struct threshold score_threshold(const struct score *score, double alpha);

#endif
