/* Weights are built from ratios of neighbours, outwards from the mode: that keeps more digits than differences of
 * factorials, and nothing overflows. */
#include "analysis/stat_hypergeometric.h"

#include <stdbool.h>

static const double tie = 1 + 1e-7;

enum { STEPS = 200 };

static bool whole(double x)
{
    return x >= 0 && x <= 9e15 && floor(x) >= x;
}

enum status conditional_make(struct arena *arena, double row_one, double row_two, double drawn,
                             struct conditional *conditional, struct fail *fail)
{
    if (!whole(row_one) || !whole(row_two) || !whole(drawn) || drawn > row_one + row_two)
        return FAIL(fail, STATUS_INPUT, "an exact test needs whole counts");
    const double lowest = fmax(0, drawn - row_two);
    const double highest = fmin(row_one, drawn);
    if (highest - lowest >= SUPPORT_MAX)
        return FAIL(fail, STATUS_LIMIT, "the table is too large for an exact test");
    struct conditional made = { .lowest = lowest, .count = (size_t)(highest - lowest) + 1 };
    made.log_weights = ARENA_NEW(arena, double, made.count);
    if (made.log_weights == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    const double mode = fmin(highest, fmax(lowest, floor((row_one + 1) * (drawn + 1) / (row_one + row_two + 2))));
    const size_t at = (size_t)(mode - lowest);
    for (size_t i = at; i + 1 < made.count; i++) {
        const double s = lowest + (double)i;
        made.log_weights[i + 1] =
            made.log_weights[i] + log((row_one - s) * (drawn - s) / ((s + 1) * (row_two - drawn + s + 1)));
    }
    for (size_t i = at; i > 0; i--) {
        const double s = lowest + (double)i - 1;
        made.log_weights[i - 1] =
            made.log_weights[i] - log((row_one - s) * (drawn - s) / ((s + 1) * (row_two - drawn + s + 1)));
    }
    *conditional = made;
    return STATUS_OK;
}

enum status conditional_add(struct arena *arena, const struct conditional *a, const struct conditional *b,
                            struct conditional *sum, struct fail *fail)
{
    struct conditional made = { .lowest = a->lowest + b->lowest, .count = a->count + b->count - 1 };
    if ((double)a->count * (double)b->count > CONVOLUTION_MAX)
        return FAIL(fail, STATUS_LIMIT, "the table is too large for an exact test");
    made.log_weights = ARENA_NEW(arena, double, made.count);
    if (made.log_weights == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    double largest = -(double)INFINITY;
    for (size_t t = 0; t < made.count; t++) {
        const size_t first = t < b->count ? 0 : t - b->count + 1;
        double top = -(double)INFINITY;
        double total = 0;
        for (size_t i = first; i < a->count && i <= t; i++)
            top = fmax(top, a->log_weights[i] + b->log_weights[t - i]);
        for (size_t i = first; i < a->count && i <= t; i++)
            total += exp(a->log_weights[i] + b->log_weights[t - i] - top);
        made.log_weights[t] = top + log(total);
        largest = fmax(largest, made.log_weights[t]);
    }
    for (size_t t = 0; t < made.count; t++)
        made.log_weights[t] -= largest;
    *sum = made;
    return STATUS_OK;
}

struct tilted {
    double mean, below, above, here; /* mean of the position; tails, both with the position itself; the position alone */
};

static struct tilted tilt(const struct conditional *conditional, double log_odds, size_t at)
{
    struct tilted sums = { 0, 0, 0, 0 };
    double top = -(double)INFINITY;
    double all = 0;
    for (size_t i = 0; i < conditional->count; i++)
        top = fmax(top, conditional->log_weights[i] + log_odds * (double)i);
    for (size_t i = 0; i < conditional->count; i++) {
        const double weight = exp(conditional->log_weights[i] + log_odds * (double)i - top);
        all += weight;
        sums.mean += weight * (double)i;
        sums.below += i <= at ? weight : 0;
        sums.above += i >= at ? weight : 0;
        sums.here += i == at ? weight : 0;
    }
    sums.mean /= all;
    sums.below /= all;
    sums.above /= all;
    sums.here /= all;
    return sums;
}

enum wanted { MEAN, ABOVE, BELOW, MID_ABOVE, MID_BELOW };

/* Grows with the odds ratio: what lies below is taken negatively. */
static double value_of(const struct conditional *conditional, double log_odds, size_t at, enum wanted wanted)
{
    const struct tilted sums = tilt(conditional, log_odds, at);
    switch (wanted) {
    case MEAN:
        return sums.mean;
    case ABOVE:
        return sums.above;
    case BELOW:
        return -sums.below;
    case MID_ABOVE:
        return sums.above - sums.here / 2;
    case MID_BELOW:
        return sums.here / 2 - sums.below;
    }
    return NOT_A_NUMBER;
}

/* Bisection on the logarithm. */
static double solve_odds(const struct conditional *conditional, size_t at, enum wanted wanted, double target)
{
    double low = -1;
    double high = 1;
    for (int direction = 0; direction < 2; direction++)
        for (int i = 0; i < 12; i++) {
            double *end = direction == 0 ? &low : &high;
            const double value = value_of(conditional, *end, at, wanted);
            if (direction == 0 ? value < target : value > target)
                break;
            *end *= 2;
        }
    for (int i = 0; i < STEPS && high - low > 1e-15 * fmax(1, fabs(low)); i++) {
        const double middle = low + (high - low) / 2;
        if (value_of(conditional, middle, at, wanted) < target)
            low = middle;
        else
            high = middle;
    }
    return exp(low + (high - low) / 2);
}

enum status conditional_exact(const struct conditional *conditional, double observed, double confidence,
                              struct exact *exact, struct fail *fail)
{
    const double place = observed - conditional->lowest;
    if (!whole(observed) || place < 0 || place >= (double)conditional->count)
        return FAIL(fail, STATUS_INPUT, "an exact test needs whole counts");
    if (!(confidence > 0) || !(confidence < 1))
        return FAIL(fail, STATUS_INPUT, "the confidence must lie between 0 and 1");
    const size_t at = (size_t)place;
    const double limit = conditional->log_weights[at] + log(tie);
    const struct tilted sums = tilt(conditional, 0, at);
    double all = 0;
    double two = 0;
    for (size_t i = 0; i < conditional->count; i++) {
        const double weight = exp(conditional->log_weights[i]);
        all += weight;
        two += conditional->log_weights[i] <= limit ? weight : 0;
    }
    const double tail = (1 - confidence) / 2;
    const bool first = at == 0;
    const bool last = at + 1 == conditional->count;
    struct exact made = { .p_two_sided = fmin(1, two / all),
                          .p_less = sums.below,
                          .p_greater = sums.above,
                          .p_observed = exp(conditional->log_weights[at]) / all,
                          .odds = { 0, 0, (double)INFINITY } };
    made.mid_p = made.p_two_sided - made.p_observed / 2;
    if (first && last)
        made.odds.value = NOT_A_NUMBER; /* the margins leave one table only: nothing is known about the odds */
    else if (last)
        made.odds.value = (double)INFINITY;
    else if (!first)
        made.odds.value = solve_odds(conditional, at, MEAN, place);
    made.odds_mid = made.odds;
    if (!first) {
        made.odds.low = solve_odds(conditional, at, ABOVE, tail);
        made.odds_mid.low = solve_odds(conditional, at, MID_ABOVE, tail);
    }
    if (!last) {
        made.odds.high = solve_odds(conditional, at, BELOW, -tail);
        made.odds_mid.high = solve_odds(conditional, at, MID_BELOW, -tail);
    }
    *exact = made;
    return STATUS_OK;
}

double conditional_mean(const struct conditional *conditional, double odds)
{
    if (!(odds > 0))
        return isnan(odds) ? NOT_A_NUMBER : conditional->lowest;
    if (isinf(odds))
        return conditional->lowest + (double)conditional->count - 1;
    return conditional->lowest + tilt(conditional, log(odds), 0).mean;
}

double conditional_below(const struct conditional *conditional, double s)
{
    const double place = s - conditional->lowest;
    if (place < 0)
        return 0;
    return place >= (double)conditional->count - 1 ? 1 : tilt(conditional, 0, (size_t)place).below;
}

double conditional_above(const struct conditional *conditional, double s)
{
    const double place = s - conditional->lowest;
    if (place <= 0)
        return 1;
    return place >= (double)conditional->count ? 0 : tilt(conditional, 0, (size_t)place).above;
}
