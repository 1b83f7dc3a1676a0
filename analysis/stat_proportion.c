/* Wilson and Clopper–Pearson ranges, sensitivity band. */
#include "analysis/stat_proportion.h"

#include <gsl/gsl_cdf.h>

static const double normal_975 = 1.959963984540054;

struct range proportion_wilson(double share, double n, double answers, double population)
{
    if (!(n > 0) || !(share >= 0) || !(share <= 1))
        return RANGE_NONE;
    if (population > 0 && answers >= population)
        return (struct range){ share, share, share };
    if (population > 1)
        n *= (population - 1) / (population - answers);
    double z2 = normal_975 * normal_975;
    double centre = (share + z2 / (2 * n)) / (1 + z2 / n);
    double half = normal_975 / (1 + z2 / n) * sqrt(share * (1 - share) / n + z2 / (4 * n * n));
    return (struct range){ share, fmax(0, centre - half), fmin(1, centre + half) };
}

double beta_quantile(double p, double a, double b)
{
    double low = 0, high = 1;
    if (!(p > 0) || !(p < 1) || !(a > 0) || !(b > 0))
        return NOT_A_NUMBER;
    for (int i = 0; i < 200 && high - low > 1e-16; i++) {
        double middle = (low + high) / 2;
        if (gsl_cdf_beta_P(middle, a, b) < p)
            low = middle;
        else
            high = middle;
    }
    return (low + high) / 2;
}

struct range proportion_exact(unsigned hits, unsigned n)
{
    if (n == 0 || hits > n)
        return RANGE_NONE;
    struct range range = { (double)hits / n, 0, 1 };
    if (hits > 0)
        range.low = beta_quantile(0.025, hits, n - hits + 1.0);
    if (hits < n)
        range.high = beta_quantile(0.975, hits + 1.0, n - hits);
    return range;
}

double proportion_band(double share, double r)
{
    return share / (share + r * (1 - share));
}
