/* Numbers of about 32 decimal digits, kept as the unevaluated sum of two doubles: for sums that must survive large
 * offsets and for normal equations of ill-conditioned data. Pure; no memory. Needs -ffp-contract=off.
 * Not for values beyond 1e290 or whose products fall below 1e-290.
 * Sources: Dekker (1971), Numerische Mathematik 18; Knuth (1997), The Art of Computer Programming 2, 4.2.2; Ogita, Rump
 * and Oishi (2005), SIAM Journal on Scientific Computing 26. */
#ifndef ANALYSIS_STAT_WIDE_H
#define ANALYSIS_STAT_WIDE_H

#include <math.h>

struct wide {
    double high, low; /* |low| is at most half a unit in the last place of high */
};

static inline double wide_value(struct wide a)
{
    return a.high + a.low;
}

/* a + b without error. */
static inline struct wide wide_sum(double a, double b)
{
    double sum = a + b;
    double part = sum - a;
    return (struct wide){ sum, (a - (sum - part)) + (b - part) };
}

/* a · b without error. */
static inline struct wide wide_product(double a, double b)
{
    double product = a * b;
    return (struct wide){ product, fma(a, b, -product) };
}

static inline struct wide wide_add(struct wide a, struct wide b)
{
    struct wide high = wide_sum(a.high, b.high);
    struct wide low = wide_sum(a.low, b.low);
    high = wide_sum(high.high, high.low + low.high);
    return wide_sum(high.high, high.low + low.low);
}

static inline struct wide wide_add_number(struct wide a, double b)
{
    struct wide high = wide_sum(a.high, b);
    return wide_sum(high.high, high.low + a.low);
}

static inline struct wide wide_negative(struct wide a)
{
    return (struct wide){ -a.high, -a.low };
}

static inline struct wide wide_subtract(struct wide a, struct wide b)
{
    return wide_add(a, wide_negative(b));
}

static inline struct wide wide_times(struct wide a, struct wide b)
{
    struct wide product = wide_product(a.high, b.high);
    return wide_sum(product.high, product.low + (a.high * b.low + a.low * b.high));
}

static inline struct wide wide_times_number(struct wide a, double b)
{
    struct wide product = wide_product(a.high, b);
    return wide_sum(product.high, product.low + a.low * b);
}

static inline struct wide wide_divide(struct wide a, struct wide b)
{
    double first = a.high / b.high;
    struct wide rest = wide_subtract(a, wide_times_number(b, first));
    double second = rest.high / b.high;
    rest = wide_subtract(rest, wide_times_number(b, second));
    return wide_add_number(wide_sum(first, second), rest.high / b.high);
}

/* a ≥ 0; 0 for 0. */
static inline struct wide wide_root(struct wide a)
{
    double root = sqrt(a.high);
    if (!(root > 0))
        return (struct wide){ root, 0 };
    struct wide rest = wide_subtract(a, wide_product(root, root));
    return wide_sum(root, rest.high / (2 * root));
}

#endif
