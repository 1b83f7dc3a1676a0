/* Paired t, signed ranks, McNemar. */
#include "analysis/stat_paired.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

#include "analysis/stat_distribution.h"
#include "analysis/stat_groups.h"
#include "analysis/stat_rank.h"

enum status mcnemar_test(const double table[4], struct mcnemar *result, struct fail *fail)
{
    struct mcnemar made = { .p_exact = 1, .p_mid = 1 };
    double n = 0;
    for (size_t i = 0; i < 4; i++) {
        if (!(table[i] >= 0) || !(table[i] <= 4e9) || floor(table[i]) < table[i])
            return FAIL(fail, STATUS_INPUT, "an exact test needs whole counts");
        made.table[i] = table[i];
        n += table[i];
    }
    if (!(n > 0))
        return FAIL(fail, STATUS_DENIED, "too few answers for a reliable figure");
    const double b = table[1], c = table[2];
    made.statistic = (b - c) * (b - c) / (b + c);
    made.p = chi_square_above(made.statistic, 1);
    made.corrected = pow(fmax(0, fabs(b - c) - 1), 2) / (b + c);
    made.corrected_p = chi_square_above(made.corrected, 1);
    if (b + c > 0 && b + c <= 4e9) {
        const unsigned less = (unsigned)fmin(b, c);
        const unsigned changed = (unsigned)(b + c);
        made.p_exact = fmin(1, 2 * gsl_cdf_binomial_P(less, 0.5, changed));
        made.p_mid = made.p_exact - gsl_ran_binomial_pdf(less, 0.5, changed);
    }
    made.difference = (b - c) / n;
    made.odds_ratio = b / c;
    const double agree = (table[0] + table[3]) / n;
    const double chance = ((table[0] + b) * (table[0] + c) + (table[3] + b) * (table[3] + c)) / (n * n);
    made.kappa = (agree - chance) / (1 - chance);
    *result = made;
    return STATUS_OK;
}

static double digits(double number, int count)
{
    const double scale = pow(10, count - 1 - floor(log10(fabs(number))));
    return round(number * scale) / scale;
}

/* Thirteen digits first: 1.515151515 with the noise of a subtraction would be rounded up here and down there. */
static double nine_digits(double difference)
{
    return fabs(difference) <= 1e-9 ? 0 : digits(digits(difference, 13), 9);
}

static enum status rank_signs(struct arena *arena, double differences[], size_t n, struct signed_ranks *result,
                              struct fail *fail)
{
    double *ranks = ARENA_NEW(arena, double, n + 1);
    double *sizes = ARENA_NEW(arena, double, n + 1);
    struct ties ties = { 0 };
    size_t kept = 0;
    if (ranks == NULL || sizes == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    for (size_t i = 0; i < n; i++) {
        const double rounded = nine_digits(differences[i]);
        if (rounded < 0 || rounded > 0) {
            differences[kept] = rounded;
            sizes[kept++] = fabs(rounded);
        }
    }
    enum status status = ranks_make(arena, sizes, kept, ranks, NULL, &ties, fail);
    if (status != STATUS_OK)
        return status;
    struct signed_ranks made = { .nonzero = (double)kept };
    for (size_t i = 0; i < kept; i++)
        made.statistic += differences[i] > 0 ? ranks[i] : 0;
    const double m = made.nonzero;
    const double distance = made.statistic - m * (m + 1) / 4;
    const double error = sqrt(m * (m + 1) * (2 * m + 1) / 24 - ties.cubes / 48);
    const double half = distance > 0 ? 0.5 : distance < 0 ? -0.5 : 0;
    made.z = distance / error;
    made.p = normal_both_tails(made.z);
    made.z_corrected = (distance - half) / error;
    made.p_corrected = normal_both_tails(made.z_corrected);
    made.rank_biserial = 4 * made.statistic / (m * (m + 1)) - 1;
    *result = made;
    return STATUS_OK;
}

enum status paired_test(struct arena *arena, const double x[], const double y[], size_t n, double confidence,
                        struct paired *result, struct fail *fail)
{
    double *differences = ARENA_NEW(arena, double, n + 1);
    double both = 0;
    if (differences == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    if (!(confidence > 0) || !(confidence < 1))
        return FAIL(fail, STATUS_INPUT, "the confidence must lie between 0 and 1");
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(x[i]) || !isfinite(y[i]))
            return FAIL(fail, STATUS_INPUT, "a value is missing or no finite number");
        differences[i] = x[i] - y[i];
    }
    if (n < 2)
        return FAIL(fail, STATUS_DENIED, "too few answers for a reliable figure");
    const struct moments of = moments_of(differences, n), of_x = moments_of(x, n), of_y = moments_of(y, n);
    if (!(of.variance > 0))
        return FAIL(fail, STATUS_DENIED, "the values do not vary");
    for (size_t i = 0; i < n; i++)
        both += (x[i] - of_x.mean) * (y[i] - of_y.mean);
    struct paired made = { .n = of.n, .mean = of.mean, .deviation = sqrt(of.variance), .degrees = of.n - 1 };
    const double tail = (1 - confidence) / 2;
    const double error = made.deviation / sqrt(of.n);
    const double half = -t_quantile(tail, made.degrees) * error;
    made.t = of.mean / error;
    made.p = t_both_tails(made.t, made.degrees);
    made.difference = (struct range){ of.mean, of.mean - half, of.mean + half };
    made.d_z.value = of.mean / made.deviation;
    made.d_z.low = noncentral_t_limit(made.t, made.degrees, 1 - tail) / sqrt(of.n);
    made.d_z.high = noncentral_t_limit(made.t, made.degrees, tail) / sqrt(of.n);
    made.d_av = of.mean / sqrt((of_x.variance + of_y.variance) / 2);
    made.correlation = both / (of.n - 1) / sqrt(of_x.variance) / sqrt(of_y.variance);
    enum status status = rank_signs(arena, differences, n, &made.ranks, fail);
    if (status == STATUS_OK)
        *result = made;
    return status;
}
