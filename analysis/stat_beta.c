/* Continued fraction by Lentz's method on the side of the mean where it converges in about √(a + b) terms. */
#include "analysis/stat_beta.h"

#include <float.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_sf_gamma.h>

#include "analysis/range.h"

enum { TERMS_MAX = 1000000 };

/* ln(share / mean), off = share − mean in units of the mean: near the mean from the distance, far from it as it stands. */
static double log_ratio(double share, double mean, double off)
{
    return fabs(off) < 0.5 ? log1p(off) : log(share / mean);
}

/* x^a (1 − x)^b Γ(a + b) / (Γ(a) Γ(b)). Both powers are huge numbers that nearly cancel: what is left of them is taken from
 * the distance to the mean. */
static double front(double x, double rest, double a, double b)
{
    const double sum = a + b, off = b * x - a * rest;
    const double left = a * log_ratio(x, a / sum, off / a) + b * log_ratio(rest, b / sum, -off / b);
    const double stirling = gsl_sf_gammastar(sum) / (gsl_sf_gammastar(a) * gsl_sf_gammastar(b));
    return exp(left) * stirling * sqrt(a / sum * b / (2 * M_PI));
}

static double away_from_zero(double x)
{
    return fabs(x) < DBL_MIN ? DBL_MIN : x;
}

static double fraction(double x, double a, double b)
{
    double c = 1, d = 1 / away_from_zero(1 - (a + b) * x / (a + 1)), made = d;
    for (int m = 1; m < TERMS_MAX; m++) {
        const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        d = 1 / away_from_zero(1 + even * d);
        c = away_from_zero(1 + even / c);
        made *= d * c;
        const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1 / away_from_zero(1 + odd * d);
        c = away_from_zero(1 + odd / c);
        const double step = d * c;
        made *= step;
        if (fabs(step - 1) < DBL_EPSILON)
            return made;
    }
    return NOT_A_NUMBER;
}

double beta_below(double x, double rest, double a, double b)
{
    if (!(x >= 0) || !(rest >= 0) || !(a > 0) || !(b > 0))
        return NOT_A_NUMBER;
    if (!(x > 0) || !(rest > 0))
        return x > 0 ? 1 : 0;
    if (x < (a + 1) / (a + b + 2))
        return front(x, rest, a, b) * fraction(x, a, b) / a;
    return 1 - front(rest, x, b, a) * fraction(rest, b, a) / b;
}
