/* Two passes in doubled precision: the mean first, then deviations from it. */
#include "analysis/stat_moments.h"

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
    struct moments moments = { (double)n, NOT_A_NUMBER, NOT_A_NUMBER, NOT_A_NUMBER,
                               NOT_A_NUMBER, NOT_A_NUMBER };
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
        struct wide variance = wide_divide(squares, (struct wide){ (double)(n - 1), 0 });
        moments.variance = wide_value(variance);
        moments.sd = wide_value(wide_root(variance));
        if (moments.squares > 0)
            moments.neighbours = wide_value(wide_divide(products, squares));
    }
    return moments;
}
