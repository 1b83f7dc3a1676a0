/* Sorting carries the position along, so that no value is compared twice. */
#include "analysis/stat_rank.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/range.h"

struct placed {
    double value;
    size_t position;
};

static int by_value(const void *left, const void *right)
{
    const struct placed *a = left;
    const struct placed *b = right;
    if (a->value < b->value || a->value > b->value)
        return a->value < b->value ? -1 : 1;
    return (a->position > b->position) - (a->position < b->position); /* the order must not depend on the qsort */
}

enum status ranks_make(struct arena *arena, const double values[], size_t n, double ranks[], size_t order[],
                       struct ties *ties, struct fail *fail)
{
    struct placed *placed = ARENA_NEW(arena, struct placed, n + 1);
    struct ties sums = { 0 };
    if (placed == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    for (size_t i = 0; i < n; i++) {
        if (isnan(values[i]))
            return FAIL(fail, STATUS_INPUT, "a value is missing or no finite number");
        placed[i] = (struct placed){ values[i], i };
    }
    qsort(placed, n, sizeof *placed, by_value);
    for (size_t i = 0, next = 0; i < n; i = next) {
        next = i + 1;
        while (next < n && !(placed[next].value > placed[i].value))
            next++;
        const double t = (double)(next - i);
        for (size_t k = i; k < next; k++)
            ranks[placed[k].position] = ((double)i + (double)next + 1) / 2;
        sums.distinct++;
        sums.pairs += t * (t - 1);
        sums.triples += t * (t - 1) * (t - 2);
        sums.cubes += t * (t - 1) * (t + 1);
        sums.with_five += t * (t - 1) * (2 * t + 5);
    }
    for (size_t i = 0; i < n && order != NULL; i++)
        order[i] = placed[i].position;
    if (ties != NULL)
        *ties = sums;
    return STATUS_OK;
}

static int by_number(const void *left, const void *right)
{
    const double a = *(const double *)left;
    const double b = *(const double *)right;
    return (a > b) - (a < b);
}

void sort_numbers(double values[], size_t n)
{
    qsort(values, n, sizeof *values, by_number);
}

double median_take(double values[], size_t n)
{
    sort_numbers(values, n);
    return quantile_sorted(values, n, 0.5);
}

double quantile_sorted(const double sorted[], size_t n, double p)
{
    if (n == 0 || !(p >= 0) || !(p <= 1))
        return NOT_A_NUMBER;
    const double place = p * (double)(n - 1);
    const size_t below = (size_t)place;
    const double share = place - (double)below;
    if (below + 1 >= n || !(share > 0))
        return sorted[below];
    return sorted[below] + share * (sorted[below + 1] - sorted[below]);
}
