/* Mean with t range. */
#include "analysis/stat_mean.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_statistics_double.h>

double t_975(double degrees)
{
    return gsl_cdf_tdist_Pinv(0.975, degrees);
}

struct range mean_range_of(double mean, double sd, double n, double population, double quantile)
{
    double left = population > 0 ? fmax(0, 1 - n / population) : 1;
    double half = quantile * sd / sqrt(n) * sqrt(left);
    return (struct range){ mean, mean - half, mean + half };
}

struct range mean_range(const double values[], size_t n, double population)
{
    if (n < 2)
        return RANGE_NONE;
    double mean = gsl_stats_mean(values, 1, n);
    return mean_range_of(mean, gsl_stats_sd_m(values, 1, n, mean), (double)n, population, t_975((double)n - 1));
}
