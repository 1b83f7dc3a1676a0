/* Sums of squares come from deviations, never from squares of the values. */
#include "analysis/stat_groups.h"

#include <math.h>

#include "analysis/range.h"
#include "analysis/stat_distribution.h"
#include "analysis/stat_wide.h"

static struct wide wide_mean(const double values[], size_t n)
{
    struct wide sum = { 0, 0 };
    for (size_t i = 0; i < n; i++)
        sum = wide_add_number(sum, values[i]);
    return wide_divide(sum, (struct wide){ (double)n, 0 });
}

static void sum_squares(const double values[], size_t n, struct grouped *made)
{
    struct wide between = { 0, 0 };
    struct wide within = { 0, 0 };
    struct wide mean = wide_mean(values, n);
    for (size_t g = 0; g < made->group_count; g++) {
        struct group *own = &made->groups[g];
        struct wide centre = wide_mean(own->values, own->n);
        struct wide distance = wide_subtract(centre, mean);
        own->moments = moments_of(own->values, own->n);
        own->distance = wide_value(distance);
        between = wide_add(between, wide_times_number(wide_times(distance, distance), (double)own->n));
        for (size_t i = 0; i < own->n; i++) {
            struct wide here = wide_add_number(wide_negative(centre), own->values[i]);
            within = wide_add(within, wide_times(here, here));
        }
    }
    made->between = wide_value(between);
    made->within = wide_value(within);
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
    sum_squares(values, n, &made);
    *grouped = made;
    return STATUS_OK;
}

struct spread spread_of(const struct grouped *grouped)
{
    struct spread spread = { .f = NOT_A_NUMBER, .p = NOT_A_NUMBER };
    double total = grouped->between + grouped->within;
    spread.between_degrees = (double)grouped->group_count - 1;
    spread.within_degrees = (double)(grouped->n - grouped->group_count);
    spread.between_mean = grouped->between / spread.between_degrees;
    spread.within_mean = spread.within_degrees > 0 ? grouped->within / spread.within_degrees : NOT_A_NUMBER;
    spread.r_squared = total > 0 ? grouped->between / total : NOT_A_NUMBER;
    spread.residual_sd = sqrt(spread.within_mean);
    if (total > 0 && spread.within_degrees > 0) {
        spread.f = spread.between_mean / spread.within_mean;
        spread.p = f_above(spread.f, spread.between_degrees, spread.within_degrees);
    }
    return spread;
}
