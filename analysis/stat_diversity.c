/* Shares of categories. */
#include "analysis/stat_diversity.h"

#include <math.h>

enum status diversity_of(const double counts[], size_t categories, size_t possible, struct diversity *diversity,
                         struct fail *fail)
{
    struct diversity made = { 0 };
    double squares = 0, roots = 0, pairs = 0;
    for (size_t i = 0; i < categories; i++) {
        if (!(counts[i] >= 0) || !isfinite(counts[i]))
            return FAIL(fail, STATUS_INPUT, "a count is negative or no number");
        made.n += counts[i];
        made.richness += counts[i] > 0;
    }
    if (!(made.n > 0))
        return FAIL(fail, STATUS_DENIED, "too few answers for a reliable figure");
    const double kinds = possible == 0 ? made.richness : (double)possible;
    if (kinds < made.richness)
        return FAIL(fail, STATUS_INPUT, "there are more categories than possible ones");
    for (size_t i = 0; i < categories; i++) {
        const double p = counts[i] / made.n;
        squares += p * p;
        roots += sqrt(p);
        pairs += counts[i] * (counts[i] - 1);
        made.shannon -= p > 0 ? p * log(p) : 0;
        made.largest_share = fmax(made.largest_share, p);
    }
    /* Variances as sums of squared distances: the difference of two sums would lose its digits at even shares. */
    double blau_variance = 0, shannon_variance = 0;
    for (size_t i = 0; i < categories; i++) {
        const double p = counts[i] / made.n;
        blau_variance += p * (p - squares) * (p - squares);
        shannon_variance += p > 0 ? p * (log(p) + made.shannon) * (log(p) + made.shannon) : 0;
    }
    made.blau = 1 - squares;
    made.blau_unbiased = 1 - pairs / (made.n * (made.n - 1));
    made.blau_normalised = made.blau / (1 - 1 / kinds);
    made.blau_error = 2 * sqrt(blau_variance / made.n);
    made.shannon_corrected = made.shannon + (made.richness - 1) / (2 * made.n);
    made.shannon_error = sqrt(shannon_variance / made.n);
    made.evenness = made.shannon / log(made.richness);
    made.hill_0 = made.richness;
    made.hill_half = roots * roots;
    made.hill_1 = exp(made.shannon);
    made.hill_2 = 1 / squares;
    made.hill_infinite = 1 / made.largest_share;
    made.simpson_unbiased = made.n * (made.n - 1) / pairs;
    *diversity = made;
    return STATUS_OK;
}
