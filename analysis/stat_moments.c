/* Two passes in doubled precision: the mean first, then deviations from it. */
#include "analysis/stat_moments.h"

#include <gsl/gsl_cdf.h>

#include "analysis/range.h"
#include "analysis/stat_wide.h"

static struct wide mean_of(const double values[], size_t n)
{
    struct wide sum = { 0, 0 };
    for (size_t i = 0; i < n; i++)
        sum = wide_add_number(sum, values[i]);
    return wide_divide(sum, (struct wide){ (double)n, 0 });
}

static struct wide deviation(double value, struct wide mean)
{
    return wide_add_number(wide_negative(mean), value);
}

struct moments moments_of(const double values[], size_t n)
{
    struct moments moments = { (double)n, NOT_A_NUMBER, NOT_A_NUMBER, NOT_A_NUMBER, NOT_A_NUMBER };
    if (n == 0)
        return moments;
    struct wide mean = mean_of(values, n);
    struct wide squares = { 0, 0 };
    struct wide products = { 0, 0 };
    struct wide before = { 0, 0 };
    for (size_t i = 0; i < n; i++) {
        struct wide here = deviation(values[i], mean);
        squares = wide_add(squares, wide_times(here, here));
        products = wide_add(products, wide_times(before, here));
        before = here;
    }
    moments.mean = wide_value(mean);
    moments.squares = wide_value(squares);
    if (n > 1) {
        moments.sd = wide_value(wide_root(wide_divide(squares, (struct wide){ (double)(n - 1), 0 })));
        if (moments.squares > 0)
            moments.neighbours = wide_value(wide_divide(products, squares));
    }
    return moments;
}

static void finish(struct spread *spread, size_t groups, size_t n)
{
    double total = spread->between_squares + spread->within_squares;
    spread->between_degrees = (double)(groups - 1);
    spread->within_degrees = (double)(n - groups);
    spread->between_mean = spread->between_squares / spread->between_degrees;
    spread->within_mean = n > groups ? spread->within_squares / spread->within_degrees : NOT_A_NUMBER;
    spread->r_squared = total > 0 ? spread->between_squares / total : NOT_A_NUMBER;
    spread->residual_sd = sqrt(spread->within_mean);
    spread->f = spread->within_mean > 0 || spread->between_mean > 0 ? spread->between_mean / spread->within_mean
                                                                    : NOT_A_NUMBER;
    spread->p = isfinite(spread->f) ? gsl_cdf_fdist_Q(spread->f, spread->between_degrees, spread->within_degrees)
                                    : (isnan(spread->f) ? NOT_A_NUMBER : 0);
}

enum status spread_of_groups(struct arena *arena, const double values[], const size_t group[], size_t n,
                             size_t group_count, struct spread *spread, struct fail *fail)
{
    struct wide *mean = ARENA_NEW(arena, struct wide, group_count);
    size_t *count = ARENA_NEW(arena, size_t, group_count);
    if (mean == NULL || count == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    for (size_t i = 0; i < n; i++) {
        if (group[i] >= group_count)
            return FAIL(fail, STATUS_INPUT, "row %zu belongs to a group that does not exist", i + 1);
        mean[group[i]] = wide_add_number(mean[group[i]], values[i]);
        count[group[i]]++;
    }
    size_t groups = 0;
    for (size_t g = 0; g < group_count; g++) {
        groups += count[g] > 0;
        if (count[g] > 0)
            mean[g] = wide_divide(mean[g], (struct wide){ (double)count[g], 0 });
    }
    if (groups < 2)
        return FAIL(fail, STATUS_DENIED, "at least two groups with answers are needed to compare groups");
    struct wide within = { 0, 0 };
    struct wide between = { 0, 0 };
    struct wide grand = mean_of(values, n);
    for (size_t i = 0; i < n; i++) {
        struct wide here = deviation(values[i], mean[group[i]]);
        within = wide_add(within, wide_times(here, here));
    }
    for (size_t g = 0; g < group_count; g++) {
        struct wide here = wide_subtract(mean[g], grand);
        if (count[g] > 0)
            between = wide_add(between, wide_times_number(wide_times(here, here), (double)count[g]));
    }
    *spread = (struct spread){ .between_squares = wide_value(between), .within_squares = wide_value(within) };
    finish(spread, groups, n);
    return STATUS_OK;
}
