/* Differences, ratios, words. */
#include "analysis/stat_diff.h"

struct range difference(struct range a, struct range b)
{
    double value = a.value - b.value;
    return (struct range){ value, value - hypot(a.value - a.low, b.high - b.value),
                           value + hypot(a.high - a.value, b.value - b.low) };
}

struct range ratio(struct range a, struct range b)
{
    struct range range = { b.value > 0 ? a.value / b.value : NOT_A_NUMBER, NOT_A_NUMBER, NOT_A_NUMBER };
    if (a.low > 0 && b.low > 0 && a.value > 0 && b.value > 0) {
        range.low = range.value * exp(-hypot(log(a.value / a.low), log(b.high / b.value)));
        range.high = range.value * exp(hypot(log(a.high / a.value), log(b.value / b.low)));
    }
    return range;
}

struct range ratio_counts(unsigned hits_a, unsigned n_a, unsigned hits_b, unsigned n_b)
{
    if (hits_a == 0 || hits_b == 0 || hits_a > n_a || hits_b > n_b)
        return RANGE_NONE;
    double value = ((double)hits_a / n_a) / ((double)hits_b / n_b);
    double error = sqrt(1.0 / hits_a - 1.0 / n_a + 1.0 / hits_b - 1.0 / n_b);
    return (struct range){ value, value * exp(-1.959963984540054 * error), value * exp(1.959963984540054 * error) };
}

enum release_word difference_word(struct range range, double delta)
{
    if (isnan(range.low) || isnan(range.high))
        return WORD_TOO_FEW;
    if (range.low > delta)
        return WORD_HIGHER;
    if (range.high < -delta)
        return WORD_LOWER;
    if (range.low >= -delta && range.high <= delta)
        return WORD_EQUAL;
    if (range.low > 0)
        return WORD_SLIGHTLY_HIGHER;
    return range.high < 0 ? WORD_SLIGHTLY_LOWER : WORD_UNDECIDED;
}

enum release_word ratio_word(struct range range, double factor)
{
    struct range logs = { log(range.value), log(range.low), log(range.high) };
    return difference_word(logs, log(factor));
}
