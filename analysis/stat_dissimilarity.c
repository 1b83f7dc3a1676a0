/* Duncan's index with its expectation under chance by 1,000 seeded permutations. */
#include "analysis/stat_dissimilarity.h"

#include <gsl/gsl_sort_double.h>

#include "analysis/range.h"
#include "base/env.h"

double dissimilarity_raw(const double with[], const double without[], size_t units)
{
    double all_with = 0, all_without = 0, sum = 0;
    for (size_t j = 0; j < units; j++) {
        all_with += with[j];
        all_without += without[j];
    }
    if (!(all_with > 0) || !(all_without > 0))
        return NOT_A_NUMBER;
    for (size_t j = 0; j < units; j++)
        sum += fabs(with[j] / all_with - without[j] / all_without);
    return sum / 2;
}

/* Deals `drawn` of the people in seat[] to group x: a partial Fisher–Yates shuffle. */
static void deal(uint32_t *seat, size_t people, size_t drawn, struct seeded *seeded, const double *size, size_t units,
                 double *x, double *y)
{
    for (size_t j = 0; j < units; j++)
        x[j] = 0;
    for (size_t i = 0; i < drawn; i++) {
        size_t k = i + seeded_below(seeded, (uint32_t)(people - i));
        uint32_t swap = seat[i];
        seat[i] = seat[k];
        seat[k] = swap;
        x[seat[i]]++;
    }
    for (size_t j = 0; j < units; j++)
        y[j] = size[j] - x[j];
}

enum status dissimilarity_compute(struct arena *arena, const uint32_t with[], const uint32_t without[], size_t units,
                                  uint64_t seed, struct dissimilarity *dissimilarity, struct fail *fail)
{
    size_t people = 0, drawn = 0;
    for (size_t j = 0; j < units; j++) {
        people += with[j] + without[j];
        drawn += with[j];
    }
    if (units < 2 || drawn == 0 || drawn == people)
        return FAIL(fail, STATUS_INPUT, "both groups and two units are needed");
    double *x = ARENA_NEW(arena, double, units), *y = ARENA_NEW(arena, double, units);
    double *size = ARENA_NEW(arena, double, units), *draws = ARENA_NEW(arena, double, PERMUTATIONS);
    uint32_t *seat = ARENA_NEW(arena, uint32_t, people);
    if (x == NULL || y == NULL || size == NULL || draws == NULL || seat == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    size_t at = 0;
    for (size_t j = 0; j < units; j++) {
        x[j] = with[j];
        y[j] = without[j];
        size[j] = x[j] + y[j];
        for (uint32_t i = 0; i < with[j] + without[j]; i++)
            seat[at++] = (uint32_t)j;
    }
    dissimilarity->raw = dissimilarity_raw(x, y, units);
    struct seeded seeded;
    seeded_init(&seeded, seed);
    double sum = 0;
    for (size_t i = 0; i < PERMUTATIONS; i++) {
        deal(seat, people, drawn, &seeded, size, units, x, y);
        draws[i] = dissimilarity_raw(x, y, units);
        sum += draws[i];
    }
    gsl_sort(draws, 1, PERMUTATIONS);
    dissimilarity->chance = sum / PERMUTATIONS;
    dissimilarity->corrected = dissimilarity->raw - dissimilarity->chance;
    dissimilarity->chance_95 = draws[PERMUTATIONS * 95 / 100 - 1] - dissimilarity->chance;
    return STATUS_OK;
}
