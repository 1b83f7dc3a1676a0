/* Sources: Barbour, Holst and Janson (1992), Poisson Approximation, on fixed points; Kendall (1938) on tau; the tail of the
 * Poisson-binomial is computed exactly by adding one run after another. */
#include "statistics.h"

#include <math.h>
#include <stdlib.h>

#include "attack.h"

static const double ln10 = 2.302585092994046;

void score_add(struct score *score, const unsigned guess[], const unsigned truth[], size_t n)
{
    long agreeing = 0;
    for (size_t i = 0; i < n; i++) {
        score->exact += guess[i] == truth[i];
        score->newest += guess[i] == n - 1 && truth[i] == n - 1;
        for (size_t k = 0; k < i; k++)
            agreeing += (guess[i] < guess[k]) == (truth[i] < truth[k]) ? 1 : -1;
    }
    double m = (double)n;
    score->tau += (double)agreeing / (m * (m - 1) / 2);
    score->tau_variance += 2 * (2 * m + 5) / (9 * m * (m - 1));
    score->chances = realloc(score->chances, (score->runs + 1) * sizeof *score->chances);
    if (score->chances == NULL)
        die("no memory");
    score->chances[score->runs++] = 1 / m;
}

void score_free(struct score *score)
{
    free(score->chances);
    *score = (struct score){ 0 };
}

double score_tau(const struct score *score)
{
    return score->runs == 0 ? 0 : score->tau / score->runs;
}

/* log10 P(X >= x), X Poisson. */
static double poisson_tail(double mean, unsigned x)
{
    if (x == 0 || mean <= 0)
        return 0;
    double first = -mean + x * log(mean) - lgamma(x + 1.0);
    double sum = 0;
    double term = 1;
    for (unsigned k = x; k < x + 20000 && term > 1e-18 * sum; k++) {
        sum += term;
        term *= mean / (k + 1.0);
    }
    double result = (first + log(sum)) / ln10;
    return result > 0 ? 0 : result;
}

/* log10 P(Z >= z) */
static double normal_tail(double z)
{
    return z < 30 ? log10(0.5 * erfc(z / sqrt(2))) : -z * z / (2 * ln10) - log10(z * sqrt(2 * 3.14159265358979));
}

/* Distribution of the number of runs whose newest is named: chance[k], k up to runs. */
static double *newest_distribution(const struct score *score)
{
    double *chance = calloc(score->runs + 2, sizeof *chance);
    if (chance == NULL)
        die("no memory");
    chance[0] = 1;
    for (unsigned i = 0; i < score->runs; i++)
        for (unsigned k = i + 2; k-- > 0;)
            chance[k] = chance[k] * (1 - score->chances[i]) + (k == 0 ? 0 : chance[k - 1] * score->chances[i]);
    return chance;
}

static double tail_from(const double chance[], unsigned runs, unsigned x)
{
    double sum = 0;
    for (unsigned k = runs + 1; k-- > x;)
        sum += chance[k];
    return sum;
}

double score_exact_p(const struct score *score)
{
    return poisson_tail(score->runs, score->exact);
}

double score_tau_p(const struct score *score)
{
    return score->tau_variance <= 0 ? 0 : normal_tail(score->tau / sqrt(score->tau_variance));
}

double score_newest_p(const struct score *score)
{
    double *chance = newest_distribution(score);
    double tail = tail_from(chance, score->runs, score->newest);
    free(chance);
    return tail >= 1 ? 0 : tail > 0 ? log10(tail) : -300;
}

double score_best_p(const struct score *score)
{
    return fmin(score_exact_p(score), fmin(score_tau_p(score), score_newest_p(score)));
}

struct threshold score_threshold(const struct score *score, double alpha)
{
    struct threshold threshold = { .exact = score->runs };
    double low = 0;
    double high = 40;
    while (poisson_tail(score->runs, threshold.exact) > log10(alpha))
        threshold.exact++;
    for (int i = 0; i < 100; i++) {
        double middle = (low + high) / 2;
        *(normal_tail(middle) > log10(alpha) ? &low : &high) = middle;
    }
    threshold.tau = score->runs == 0 ? 0 : high * sqrt(score->tau_variance) / score->runs;
    double *chance = newest_distribution(score);
    while (threshold.newest <= score->runs && tail_from(chance, score->runs, threshold.newest) > alpha)
        threshold.newest++;
    free(chance);
    return threshold;
}
