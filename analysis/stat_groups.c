/* Sums of squares come from deviations, never from squares of the values. */
#include "analysis/stat_groups.h"

#include <math.h>

#include "analysis/range.h"

struct moments moments_of(const double values[], size_t n)
{
    struct moments moments = { (double)n, NOT_A_NUMBER, NOT_A_NUMBER };
    double sum = 0;
    double squares = 0;
    double rest = 0;
    if (n == 0)
        return moments;
    for (size_t i = 0; i < n; i++)
        sum += values[i] - values[0];
    moments.mean = values[0] + sum / (double)n;
    for (size_t i = 0; i < n; i++)
        rest += values[i] - moments.mean;
    moments.mean += rest / (double)n;
    for (size_t i = 0; i < n; i++)
        squares += (values[i] - moments.mean) * (values[i] - moments.mean);
    if (n > 1)
        moments.variance = squares / (double)(n - 1);
    return moments;
}

enum status groups_make(struct arena *arena, const double values[], const size_t group[], size_t n, size_t group_count,
                        struct grouped *grouped, struct fail *fail)
{
    struct grouped made = { .n = n, .group_count = group_count };
    if (group_count < 2)
        return FAIL(fail, STATUS_INPUT, "a comparison needs at least two groups");
    made.groups = ARENA_NEW(arena, struct group, group_count);
    double *room = ARENA_NEW(arena, double, n + 1);
    if (made.groups == NULL || room == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    for (size_t i = 0; i < n; i++) {
        if (group[i] >= group_count)
            return FAIL(fail, STATUS_INPUT, "a group number is out of range");
        if (!isfinite(values[i]))
            return FAIL(fail, STATUS_INPUT, "a value is missing or no finite number");
        made.groups[group[i]].n++;
    }
    for (size_t g = 0; g < group_count; g++) {
        if (made.groups[g].n == 0)
            return FAIL(fail, STATUS_DENIED, "a group is empty");
        made.groups[g].values = room;
        room += made.groups[g].n;
        made.groups[g].n = 0;
    }
    for (size_t i = 0; i < n; i++) {
        struct group *own = &made.groups[group[i]];
        own->values[own->n++] = values[i];
    }
    made.mean = moments_of(values, n).mean;
    for (size_t g = 0; g < group_count; g++) {
        struct group *own = &made.groups[g];
        own->moments = moments_of(own->values, own->n);
        const double distance = own->moments.mean - made.mean;
        made.between += own->moments.n * distance * distance;
        if (own->n > 1)
            made.within += own->moments.variance * (own->moments.n - 1);
    }
    *grouped = made;
    return STATUS_OK;
}
