/* Bisection where a derivative would need care: a hundred evaluations are cheap here, and it never leaves the bracket. */
#include "analysis/stat_distribution.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_sf_gamma.h>
#include <stdbool.h>

#include "analysis/range.h"
#include "analysis/stat_beta.h"

enum { STEPS = 200, TERMS = 100000 };

#define FAR 100 /* a noncentrality from which the series of the noncentral t becomes long */

/* x ≤ 1/2 with lower tail p; halves an interval of logarithms, so that tiny x keep their digits. */
static double small_beta_quantile(double p, double a, double b)
{
    double low = -745;
    double high = -0.69314718055994530942;
    for (int i = 0; i < STEPS && high - low > 1e-16 * fabs(low); i++) {
        double middle = low + (high - low) / 2;
        if (middle == low || middle == high)
            break;
        if (beta_below(exp(middle), -expm1(middle), a, b) < p)
            low = middle;
        else
            high = middle;
    }
    return exp(low + (high - low) / 2);
}

/* The quantile as x and as 1 − x, both with full relative accuracy. */
static bool beta_both(double p, double a, double b, double *x, double *rest)
{
    if (!(p > 0) || !(p < 1) || !(a > 0) || !(b > 0))
        return false;
    bool below = p <= beta_below(0.5, 0.5, a, b);
    if (below) {
        *x = small_beta_quantile(p, a, b);
        *rest = 1 - *x;
    } else {
        *rest = small_beta_quantile(1 - p, b, a);
        *x = 1 - *rest;
    }
    return true;
}

double beta_quantile(double p, double a, double b)
{
    double x = 0;
    double rest = 0;
    return beta_both(p, a, b, &x, &rest) ? x : NOT_A_NUMBER;
}

double f_quantile(double p, double d1, double d2)
{
    double x = 0;
    double rest = 0;
    return beta_both(p, d1 / 2, d2 / 2, &x, &rest) ? x / rest * (d2 / d1) : NOT_A_NUMBER;
}

double t_quantile(double p, double degrees)
{
    return p > 0 && p < 1 && degrees > 0 ? gsl_cdf_tdist_Pinv(p, degrees) : NOT_A_NUMBER;
}

double normal_quantile(double p)
{
    return p > 0 && p < 1 ? gsl_cdf_ugaussian_Pinv(p) : NOT_A_NUMBER;
}

double normal_two_sided(double confidence)
{
    return -normal_quantile((1 - confidence) / 2);
}

double chi_square_quantile(double p, double degrees)
{
    return p > 0 && p < 1 && degrees > 0 ? gsl_cdf_chisq_Pinv(p, degrees) : NOT_A_NUMBER;
}

double t_both_tails(double t, double degrees)
{
    if (isnan(t) || !(degrees > 0))
        return NOT_A_NUMBER;
    if (isinf(t))
        return 0;
    return beta_below(degrees / (degrees + t * t), t * t / (degrees + t * t), degrees / 2, 0.5);
}

double f_above(double f, double d1, double d2)
{
    if (isnan(f) || !(d1 > 0) || !(d2 > 0))
        return NOT_A_NUMBER;
    if (isinf(f))
        return 0;
    return f <= 0 ? 1 : beta_below(d2 / (d2 + d1 * f), d1 * f / (d2 + d1 * f), d2 / 2, d1 / 2);
}

double normal_both_tails(double z)
{
    return 2 * gsl_cdf_ugaussian_P(-fabs(z));
}

double chi_square_above(double x, double degrees)
{
    if (isnan(x) || !(degrees > 0))
        return NOT_A_NUMBER;
    return x <= 0 ? 1 : gsl_cdf_chisq_Q(x, degrees);
}

/* ln of the Poisson probability of j at mean m > 0. */
static double poisson_log(double j, double mean)
{
    return j * log(mean) - mean - gsl_sf_lngamma(j + 1);
}

typedef double tail(const double parameters[], double j);

/* Σ Poisson(j; mean) · below(j): upwards and downwards from the mode until the weights vanish. */
static double mixture(double mean, tail *below, const double parameters[])
{
    double sum = 0;
    double mode = floor(mean);
    if (mean <= 0)
        return below(parameters, 0);
    for (int i = 0; i < TERMS; i++) {
        double weight = exp(poisson_log(mode + i, mean));
        sum += weight * below(parameters, mode + i);
        if (weight < 1e-18)
            break;
    }
    for (int i = 1; i <= mode && i < TERMS; i++) {
        double weight = exp(poisson_log(mode - i, mean));
        sum += weight * below(parameters, mode - i);
        if (weight < 1e-18)
            break;
    }
    return sum;
}

static double chi_square_tail(const double parameters[], double j)
{
    return gsl_cdf_chisq_P(parameters[0], parameters[1] + 2 * j);
}

double noncentral_chi_square_below(double x, double degrees, double noncentrality)
{
    const double parameters[] = { x, degrees };
    return x <= 0 ? 0 : mixture(noncentrality / 2, chi_square_tail, parameters);
}

static double f_tail(const double parameters[], double j)
{
    return gsl_cdf_beta_P(parameters[0], parameters[1] + j, parameters[2]);
}

double noncentral_f_below(double x, double d1, double d2, double noncentrality)
{
    const double parameters[] = { d1 * x / (d2 + d1 * x), d1 / 2, d2 / 2 };
    return x <= 0 ? 0 : mixture(noncentrality / 2, f_tail, parameters);
}

static double t_even(const double parameters[], double j)
{
    return gsl_cdf_beta_P(parameters[0], j + 0.5, parameters[1]);
}

/* Second series of the noncentral t: weights (δ²/2)^j e^(−δ²/2) / Γ(j + 3/2), from their mode. */
static double t_odd_sum(double square, double x, double half)
{
    double sum = 0;
    double mode = floor(square);
    for (int direction = 0; direction < 2; direction++)
        for (int i = direction; i < TERMS; i++) {
            double j = direction == 0 ? mode + i : mode - i;
            if (j < 0)
                break;
            double weight = exp(j * log(square) - square - gsl_sf_lngamma(j + 1.5));
            sum += weight * gsl_cdf_beta_P(x, j + 1, half);
            if (weight < 1e-18)
                break;
        }
    return sum;
}

/* From the definition T = (Z + δ)/√(χ²/ν): the mean over Z of P(χ² > ν((Z + δ)/t)²). The trapezoidal rule is exact to the
 * last digits for so smooth a function; the series would need as many terms as δ. */
static double far_t_below(double t, double degrees, double noncentrality)
{
    const double step = 1.0 / 16;
    double sum = 0;
    for (int k = -150; k <= 150; k++) {
        const double z = k * step;
        const double ratio = (noncentrality + z) / t;
        sum += step * gsl_ran_ugaussian_pdf(z) * gsl_cdf_chisq_Q(degrees * ratio * ratio, degrees);
    }
    return sum;
}

double noncentral_t_below(double t, double degrees, double noncentrality)
{
    if (t < 0)
        return 1 - noncentral_t_below(-t, degrees, -noncentrality);
    if (noncentrality > FAR && t > sqrt(2 * degrees))
        return far_t_below(t, degrees, noncentrality);
    double square = noncentrality * noncentrality / 2;
    const double parameters[] = { t * t / (degrees + t * t), degrees / 2 };
    double sum = mixture(square, t_even, parameters);
    if (square > 0)
        sum += noncentrality / 1.41421356237309504880 * t_odd_sum(square, parameters[0], parameters[1]);
    return gsl_cdf_ugaussian_P(-noncentrality) + sum / 2;
}

typedef double lower_tail(const double parameters[], double noncentrality);

/* Falls in the noncentrality; root between low and high, which is doubled until the tail is below p. */
static double solve(lower_tail *below, const double parameters[], double p, double low, double high)
{
    for (int i = 0; i < STEPS && below(parameters, high) > p; i++)
        high = 2 * high + 1;
    for (int i = 0; i < STEPS; i++) {
        double middle = low + (high - low) / 2;
        if (middle == low || middle == high)
            break;
        if (below(parameters, middle) > p)
            low = middle;
        else
            high = middle;
    }
    return low + (high - low) / 2;
}

static double t_in_noncentrality(const double parameters[], double noncentrality)
{
    return noncentral_t_below(parameters[0], parameters[1], noncentrality);
}

double noncentral_t_limit(double t, double degrees, double p)
{
    const double parameters[] = { t, degrees };
    double low = t - 10;
    if (!isfinite(t) || !(degrees > 0) || !(p > 0) || !(p < 1))
        return NOT_A_NUMBER;
    for (int i = 0; i < STEPS && t_in_noncentrality(parameters, low) < p; i++)
        low = t - 2 * (t - low);
    return solve(t_in_noncentrality, parameters, p, low, t + 10);
}

static double chi_square_in_noncentrality(const double parameters[], double noncentrality)
{
    return noncentral_chi_square_below(parameters[0], parameters[1], noncentrality);
}

double noncentral_chi_square_limit(double x, double degrees, double p)
{
    const double parameters[] = { x, degrees };
    if (!isfinite(x) || !(degrees > 0) || !(p > 0) || !(p < 1))
        return NOT_A_NUMBER;
    return chi_square_in_noncentrality(parameters, 0) <= p ? 0
                                                           : solve(chi_square_in_noncentrality, parameters, p, 0, x + 1);
}

static double f_in_noncentrality(const double parameters[], double noncentrality)
{
    return noncentral_f_below(parameters[0], parameters[1], parameters[2], noncentrality);
}

double noncentral_f_limit(double x, double d1, double d2, double p)
{
    const double parameters[] = { x, d1, d2 };
    if (!isfinite(x) || !(d1 > 0) || !(d2 > 0) || !(p > 0) || !(p < 1))
        return NOT_A_NUMBER;
    return f_in_noncentrality(parameters, 0) <= p ? 0 : solve(f_in_noncentrality, parameters, p, 0, x * d1 + 1);
}

double chi_square_log_above(double x, double degrees)
{
    if (!(x >= 0) || !(degrees > 0))
        return NOT_A_NUMBER;
    double above = gsl_cdf_chisq_Q(x, degrees);
    if (above > 1e-200)
        return log(above);
    /* Lentz's method from below: Γ(a, z) = z^a e^−z / (z + 1 − a − 1(1 − a)/(z + 3 − a − …)). */
    double a = degrees / 2, z = x / 2, b = z + 1 - a, c = 1e300, d = 1 / b, fraction = d;
    for (int i = 1; i < TERMS; i++) {
        double step = -i * (i - a);
        b += 2;
        d = 1 / (step * d + b);
        c = b + step / c;
        fraction *= c * d;
        if (fabs(c * d - 1) < 1e-16)
            break;
    }
    return a * log(z) - z - gsl_sf_lngamma(a) + log(fraction);
}

double expit(double eta)
{
    return eta >= 0 ? 1 / (1 + exp(-eta)) : exp(eta) / (1 + exp(eta));
}

double log_expit(double eta)
{
    return eta >= 0 ? -log1p(exp(-eta)) : eta - log1p(exp(eta));
}
