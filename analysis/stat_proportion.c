/* Wilson and Clopper–Pearson ranges, sensitivity band. */
#include "analysis/stat_proportion.h"

#include "analysis/stat_distribution.h"

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

static double score_limit(double p, double n, double z)
{
    double centre = p + z * z / (2 * n);
    return (centre + z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))) / (1 + z * z / n);
}

struct proportion_ranges proportion_ranges(double hits, double n, double confidence)
{
    struct proportion_ranges ranges = { RANGE_NONE, RANGE_NONE, RANGE_NONE, RANGE_NONE, RANGE_NONE };
    if (!(n >= 1) || !(hits >= 0) || !(hits <= n) || !(confidence > 0) || !(confidence < 1))
        return ranges;
    const double tail = (1 - confidence) / 2;
    const double z = -normal_quantile(tail);
    const double z2 = z * z;
    const double p = hits / n;
    const double centre = (hits + z2 / 2) / (n + z2);
    const double half = z * sqrt(n) / (n + z2) * sqrt(p * (1 - p) + z2 / (4 * n));
    ranges.wilson = (struct range){ p, hits > 0 ? fmax(0, centre - half) : 0, hits < n ? fmin(1, centre + half) : 1 };
    ranges.exact = (struct range){ p, hits > 0 ? beta_quantile(tail, hits, n - hits + 1) : 0,
                                   hits < n ? beta_quantile(1 - tail, hits + 1, n - hits) : 1 };
    ranges.jeffreys = (struct range){ p, hits > 0 ? beta_quantile(tail, hits + 0.5, n - hits + 0.5) : 0,
                                      hits < n ? beta_quantile(1 - tail, hits + 0.5, n - hits + 0.5) : 1 };
    const double spread = z * sqrt(centre * (1 - centre) / (n + z2));
    ranges.agresti_coull = (struct range){ p, centre - spread, centre + spread };
    /* Half a hit towards the middle, but not beyond it (Yates): at hits = n/2 nothing is corrected. */
    const double shift = fmin(0.5, fabs(hits - n / 2)) / n;
    const double low = score_limit(p - shift, n, -z);
    const double high = score_limit(p + shift, n, z);
    ranges.wilson_corrected = (struct range){ p, p - shift > 0 ? fmax(0, low) : 0,
                                              p + shift < 1 ? fmin(1, high) : 1 };
    return ranges;
}

struct range proportion_net(double hits, double misses, double n, double confidence)
{
    if (!(n >= 1) || !(hits >= 0) || !(misses >= 0) || hits + misses > n)
        return RANGE_NONE;
    double net = (hits - misses) / n;
    double half = normal_two_sided(confidence) * sqrt(((hits + misses) / n - net * net) / n);
    return (struct range){ net, net - half, net + half };
}

double proportion_band(double share, double r)
{
    return share / (share + r * (1 - share));
}
