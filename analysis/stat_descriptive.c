/* Sums of powers of the distances from the mean; the mean itself from the distances to the first value. */
#include "analysis/stat_descriptive.h"

#include <math.h>

#include "analysis/stat_distribution.h"
#include "analysis/stat_rank.h"

double *sorted_present(struct arena *arena, const double values[], size_t n, size_t *count)
{
    double *sorted = ARENA_NEW(arena, double, n + 1);
    *count = 0;
    for (size_t i = 0; i < n && sorted != NULL; i++)
        if (!isnan(values[i]))
            sorted[(*count)++] = values[i];
    if (sorted != NULL)
        sort_numbers(sorted, *count);
    return sorted;
}

double quantile_spss(const double sorted[], size_t n, double p)
{
    if (n == 0 || !(p >= 0) || !(p <= 1))
        return NOT_A_NUMBER;
    double place = fmin((double)n, fmax(1, ((double)n + 1) * p));
    /* (n + 1)·p may miss a whole number by rounding: 0.95 · 20 places. */
    double below = floor(place + 4 * 2.220446049250313e-16 * place), part = fmax(0, place - below);
    size_t at = (size_t)below - 1;
    return at + 1 < n ? sorted[at] + part * (sorted[at + 1] - sorted[at]) : sorted[n - 1];
}

/* A sum with what rounding took from it, so that a hundred thousand answers cost no digit.
 * Source: Neumaier (1974), Zeitschrift für Angewandte Mathematik und Mechanik 54. */
struct sum {
    double value, lost;
};

static void add(struct sum *sum, double term)
{
    double next = sum->value + term;
    sum->lost += fabs(sum->value) >= fabs(term) ? sum->value - next + term : term - next + sum->value;
    sum->value = next;
}

static double total(const struct sum *sum)
{
    return sum->value + sum->lost;
}

/* Third and fourth moments around the mean and what follows from them. */
static void shape(const double values[], size_t count, double mean, double m2, struct description *result)
{
    struct sum third = { 0 }, fourth = { 0 };
    double n = (double)count;
    for (size_t i = 0; i < count; i++) {
        double distance = values[i] - mean;
        add(&third, distance * distance * distance);
        add(&fourth, distance * distance * distance * distance);
    }
    double m3 = total(&third) / n, m4 = total(&fourth) / n;
    bool varies = m2 > 0;
    double g1 = varies ? m3 / (m2 * sqrt(m2)) : NOT_A_NUMBER, g2 = varies ? m4 / (m2 * m2) - 3 : NOT_A_NUMBER;
    double shrink = (n - 1) / n;
    result->skewness_moment = g1;
    result->kurtosis_moment = g2;
    result->skewness_b = g1 * shrink * sqrt(shrink);
    result->kurtosis_b = (g2 + 3) * shrink * shrink - 3;
    result->skewness = n > 2 ? g1 * sqrt(n * (n - 1)) / (n - 2) : NOT_A_NUMBER;
    result->kurtosis = n > 3 ? (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * g2 + 6) : NOT_A_NUMBER;
    result->skewness_error = n > 2 ? sqrt(6 * n * (n - 1) / ((n - 2) * (n + 1) * (n + 3))) : NOT_A_NUMBER;
}

enum status describe(struct arena *arena, const double values[], size_t n, struct description *description,
                     struct fail *fail)
{
    size_t count = 0;
    double *sorted = sorted_present(arena, values, n, &count);
    double *distance = ARENA_NEW(arena, double, n + 1);
    if (sorted == NULL || distance == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    if (count == 0)
        return FAIL(fail, STATUS_INPUT, "there is no answer");
    double size = (double)count, first = sorted[0];
    struct sum all = { 0 }, shifted = { 0 }, squares = { 0 }, rest = { 0 };
    struct description result = { .n = size,
                                  .missing = (double)(n - count),
                                  .least = sorted[0],
                                  .most = sorted[count - 1],
                                  .median = quantile_sorted(sorted, count, 0.5),
                                  .quartile_gap = quantile_sorted(sorted, count, 0.75) -
                                                  quantile_sorted(sorted, count, 0.25) };
    for (size_t i = 0; i < count; i++) {
        add(&all, sorted[i]);
        distance[i] = sorted[i] - first;
        add(&shifted, distance[i]);
    }
    double mean = total(&shifted) / size; /* from the first value */
    for (size_t i = 0; i < count; i++) {
        add(&rest, distance[i] - mean);
        add(&squares, (distance[i] - mean) * (distance[i] - mean));
    }
    double square = fmax(0, total(&squares) - total(&rest) * total(&rest) / size);
    result.sum = total(&all);
    result.mean = first + mean;
    result.variance = count > 1 ? square / (size - 1) : NOT_A_NUMBER;
    result.sd = sqrt(result.variance);
    result.mean_error = result.sd / sqrt(size);
    shape(distance, count, mean, square / size, &result);
    for (size_t i = 0; i < count; i++)
        distance[i] = fabs(sorted[i] - result.median);
    result.mad = median_take(distance, count);
    *description = result;
    return STATUS_OK;
}

struct range description_mean(const struct description *description, double confidence)
{
    double half = description->n >= 2 ? t_quantile((1 + confidence) / 2, description->n - 1) * description->mean_error
                                      : NOT_A_NUMBER;
    return (struct range){ description->mean, description->mean - half, description->mean + half };
}
