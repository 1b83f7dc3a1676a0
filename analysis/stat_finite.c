/* Finite populations. */
#include "analysis/stat_finite.h"

#include <stdbool.h>

#include "analysis/stat_distribution.h"
#include "analysis/stat_groups.h"
#include "analysis/stat_hypergeometric.h"
#include "analysis/stat_proportion.h"

struct draw {
    struct arena *arena;
    double hits, n, population, tail;
};

/* Whether `members` in the population can explain the hits: the tail towards them exceeds the allowed one. The upper tail
 * grows with the members and the lower one falls. */
static enum status explains(struct draw draw, double members, bool upper, bool *yes, struct fail *fail)
{
    struct arena scratch;
    struct conditional conditional;
    arena_init(&scratch, draw.arena->limit);
    enum status status =
        conditional_make(&scratch, members, draw.population - members, draw.n, &conditional, fail);
    if (status == STATUS_OK)
        *yes = (upper ? conditional_above(&conditional, draw.hits) : conditional_below(&conditional, draw.hits)) >
               draw.tail;
    arena_free(&scratch);
    return status;
}

/* Least (upper tail) or largest (lower tail) number of members that explains the hits. The sample itself sets the bounds. */
static enum status exact_limit(struct draw draw, bool upper, double *limit, struct fail *fail)
{
    double low = draw.hits;
    double high = draw.population - (draw.n - draw.hits);
    while (low < high) {
        bool yes = false;
        const double middle = upper ? floor((low + high) / 2) : ceil((low + high) / 2);
        enum status status = explains(draw, middle, upper, &yes, fail);
        if (status != STATUS_OK)
            return status;
        if (upper && yes)
            high = middle;
        else if (upper)
            low = middle + 1;
        else if (yes)
            low = middle;
        else
            high = middle - 1;
    }
    *limit = low;
    return STATUS_OK;
}

enum status finite_share_range(struct arena *arena, double hits, double n, double population, double confidence,
                               struct finite_share *result, struct fail *fail)
{
    if (!(n >= 1) || !(hits >= 0) || !(hits <= n) || !(population >= n) || !(population <= 1e15) ||
        floor(hits) < hits || floor(n) < n || floor(population) < population)
        return FAIL(fail, STATUS_INPUT, "more answers than people, or a number of people that is not whole");
    if (!(confidence > 0) || !(confidence < 1))
        return FAIL(fail, STATUS_INPUT, "the confidence must lie between 0 and 1");
    const double p = hits / n;
    const double z = normal_two_sided(confidence);
    struct draw draw = { arena, hits, n, population, (1 - confidence) / 2 };
    struct finite_share made = { .error = sqrt((1 - n / population) * p * (1 - p) / (n - 1)),
                                 .effective = n * (population - 1) / (population - n) };
    made.wald = (struct range){ p, p - z * made.error, p + z * made.error };
    made.wilson = (struct range){ p, p, p };
    if (population > n)
        made.wilson = proportion_ranges(p * made.effective, made.effective, confidence).wilson;
    made.exact_count.value = p * population;
    enum status status = exact_limit(draw, true, &made.exact_count.low, fail);
    if (status == STATUS_OK)
        status = exact_limit(draw, false, &made.exact_count.high, fail);
    if (status != STATUS_OK)
        return status;
    made.exact = (struct range){ p, made.exact_count.low / population, made.exact_count.high / population };
    *result = made;
    return STATUS_OK;
}

enum status finite_mean_range(const double values[], size_t n, double population, double confidence,
                              struct finite_mean *result, struct fail *fail)
{
    if (!(population >= (double)n) || !isfinite(population))
        return FAIL(fail, STATUS_INPUT, "more answers than people, or a number of people that is not whole");
    if (!(confidence > 0) || !(confidence < 1))
        return FAIL(fail, STATUS_INPUT, "the confidence must lie between 0 and 1");
    for (size_t i = 0; i < n; i++)
        if (!isfinite(values[i]))
            return FAIL(fail, STATUS_INPUT, "a value is missing or no finite number");
    if (n < 2)
        return FAIL(fail, STATUS_DENIED, "too few answers for a reliable figure");
    const struct moments of = moments_of(values, n);
    struct finite_mean made = { .n = of.n, .fraction = of.n / population, .deviation = sqrt(of.variance) };
    made.error_infinite = made.deviation / sqrt(of.n);
    made.error = made.error_infinite * sqrt(1 - made.fraction);
    const double t = -t_quantile((1 - confidence) / 2, of.n - 1) * made.error;
    const double z = normal_two_sided(confidence) * made.error;
    made.t = (struct range){ of.mean, of.mean - t, of.mean + t };
    made.z = (struct range){ of.mean, of.mean - z, of.mean + z };
    made.total_error = population * made.error;
    made.total = (struct range){ population * of.mean, population * of.mean - population * t,
                                 population * of.mean + population * t };
    *result = made;
    return STATUS_OK;
}
