/* Measures of the correlation matrix as a whole, and eigenvalues of matrices that chance alone made. */
#include "analysis/stat_adequacy.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_sort_double.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>

#include "analysis/stat_distribution.h"
#include "analysis/stat_matrix.h"
#include "base/env.h"

enum status adequacy_compute(struct arena *arena, const double correlation[], size_t items, double persons,
                             double msa[], struct adequacy *adequacy, struct fail *fail)
{
    double k = (double)items, log_determinant = 0, all = 0, all_partial = 0;
    int sign = 1;
    if (items < 2 || !(persons > k))
        return FAIL(fail, STATUS_INPUT, "too few answers for this number of statements");
    double *inverse = ARENA_NEW(arena, double, items * items);
    if (inverse == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    enum status status = matrix_inverse(arena, correlation, items, inverse, &log_determinant, &sign, fail);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < items; i++) {
        double plain = 0, partial = 0;
        for (size_t j = 0; j < items; j++) {
            double scale = inverse[i * items + i] * inverse[j * items + j];
            plain += i == j ? 0 : correlation[i * items + j] * correlation[i * items + j];
            partial += i == j ? 0 : inverse[i * items + j] * inverse[i * items + j] / scale;
        }
        msa[i] = plain / (plain + partial);
        all += plain;
        all_partial += partial;
    }
    double degrees = k * (k - 1) / 2;
    double chi_square = -(persons - 1 - (2 * k + 5) / 6) * log_determinant;
    *adequacy = (struct adequacy){ .kmo = all / (all + all_partial),
                                   .chi_square = chi_square,
                                   .degrees = degrees,
                                   .p = gsl_cdf_chisq_Q(chi_square, degrees),
                                   .log10_p = chi_square_log_above(chi_square, degrees) / M_LN10,
                                   .determinant = sign * exp(log_determinant) };
    return STATUS_OK;
}

struct chance {
    size_t persons, items, draws;
    double *columns; /* item by item: columns[item * persons + person], mean 0 and length 1 */
    double *matrix;
    double *eigenvalues; /* eigenvalues[place * draws + draw] */
    double spare;        /* second normal number of a pair */
    bool has_spare;
    struct seeded seeded;
    struct eigen eigen;
};

/* Polar method. Source: Marsaglia and Bray (1964), SIAM Review 6. */
static double normal_draw(struct chance *chance)
{
    double x = 0, y = 0, square = 0;
    chance->has_spare = !chance->has_spare;
    if (!chance->has_spare)
        return chance->spare;
    do {
        x = 2 * seeded_unit(&chance->seeded) - 1;
        y = 2 * seeded_unit(&chance->seeded) - 1;
        square = x * x + y * y;
    } while (square >= 1 || square == 0);
    double scale = sqrt(-2 * log(square) / square);
    chance->spare = scale * y;
    return scale * x;
}

/* Mean 0, sum of squares 1; false when the column does not vary. */
static bool standardise(double column[], size_t persons)
{
    double first = column[0], mean = 0, square = 0;
    for (size_t i = 0; i < persons; i++) {
        column[i] -= first; /* a constant column becomes exactly zero */
        mean += column[i];
    }
    for (size_t i = 0; i < persons; i++) {
        column[i] -= mean / (double)persons;
        square += column[i] * column[i];
    }
    if (!(square > 0))
        return false;
    for (size_t i = 0; i < persons; i++)
        column[i] /= sqrt(square);
    return true;
}

static enum status draw_once(struct chance *chance, enum parallel_kind kind, size_t draw, struct fail *fail)
{
    const size_t persons = chance->persons, items = chance->items;
    for (size_t k = 0; k < items; k++) {
        double *column = chance->columns + k * persons;
        if (kind == PARALLEL_NORMAL) {
            for (size_t i = 0; i < persons; i++)
                column[i] = normal_draw(chance);
            if (!standardise(column, persons))
                return FAIL(fail, STATUS_DENIED, "a statement has no variance");
        } else {
            for (size_t i = persons; i > 1; i--) {
                size_t other = seeded_below(&chance->seeded, (uint32_t)i);
                double keep = column[i - 1];
                column[i - 1] = column[other];
                column[other] = keep;
            }
        }
    }
    for (size_t a = 0; a < items; a++)
        for (size_t b = 0; b <= a; b++) {
            double sum = 0;
            for (size_t i = 0; i < persons; i++)
                sum += chance->columns[a * persons + i] * chance->columns[b * persons + i];
            chance->matrix[a * items + b] = chance->matrix[b * items + a] = a == b ? 1 : sum;
        }
    enum status status = eigen_compute(&chance->eigen, chance->matrix, fail);
    for (size_t k = 0; k < items && status == STATUS_OK; k++)
        chance->eigenvalues[k * chance->draws + draw] = chance->eigen.values[k];
    return status;
}

/* Standard error of a quantile: √(p(1−p)/n) over the density, that from the spacing of quantiles p ± h. */
static double quantile_error(const double sorted[], size_t n, double p)
{
    double h = fmin(1 - p, fmax(0.5 * (1 - p), 2 / sqrt((double)n) * (1 - p)));
    double gap = gsl_stats_quantile_from_sorted_data(sorted, 1, n, p + h) -
                 gsl_stats_quantile_from_sorted_data(sorted, 1, n, p - h);
    return sqrt(p * (1 - p) / (double)n) * gap / (2 * h);
}

static enum status summarise(struct arena *arena, struct chance *chance, const double observed[],
                             struct parallel *parallel, struct fail *fail)
{
    const size_t items = chance->items, draws = chance->draws;
    double *memory = ARENA_NEW(arena, double, 6 * items);
    if (memory == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    *parallel = (struct parallel){ .mean = memory,
                                   .mean_error = memory + items,
                                   .q50 = memory + 2 * items,
                                   .q95 = memory + 3 * items,
                                   .q99 = memory + 4 * items,
                                   .q95_error = memory + 5 * items };
    bool above_mean = true, above_q95 = true;
    for (size_t k = 0; k < items; k++) {
        double *sorted = chance->eigenvalues + k * draws;
        gsl_sort(sorted, 1, draws);
        parallel->mean[k] = gsl_stats_mean(sorted, 1, draws);
        parallel->mean_error[k] = gsl_stats_sd(sorted, 1, draws) / sqrt((double)draws);
        parallel->q50[k] = gsl_stats_quantile_from_sorted_data(sorted, 1, draws, 0.5);
        parallel->q95[k] = gsl_stats_quantile_from_sorted_data(sorted, 1, draws, 0.95);
        parallel->q99[k] = gsl_stats_quantile_from_sorted_data(sorted, 1, draws, 0.99);
        parallel->q95_error[k] = quantile_error(sorted, draws, 0.95);
        above_mean = above_mean && observed[k] > parallel->mean[k];
        above_q95 = above_q95 && observed[k] > parallel->q95[k];
        parallel->retain_mean += above_mean;
        parallel->retain_q95 += above_q95;
    }
    return STATUS_OK;
}

enum status parallel_analysis(struct arena *arena, const double values[], size_t persons, size_t items,
                              const double observed[], enum parallel_kind kind, size_t draws, uint64_t seed,
                              struct parallel *parallel, struct fail *fail)
{
    if (persons < 3 || persons > UINT32_MAX || items < 2 || draws < PARALLEL_LEAST || draws > PARALLEL_MOST)
        return FAIL(fail, STATUS_INPUT, "too few answers for this number of statements");
    struct chance chance = { .persons = persons, .items = items, .draws = draws };
    chance.columns = ARENA_NEW(arena, double, persons * items);
    chance.matrix = ARENA_NEW(arena, double, items * items);
    chance.eigenvalues = ARENA_NEW(arena, double, items * draws);
    if (chance.columns == NULL || chance.matrix == NULL || chance.eigenvalues == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    enum status status = eigen_prepare(arena, items, &chance.eigen, fail);
    if (status != STATUS_OK)
        return status;
    for (size_t k = 0; k < items; k++) {
        for (size_t i = 0; i < persons; i++)
            chance.columns[k * persons + i] = values[i * items + k];
        if (!standardise(chance.columns + k * persons, persons))
            return FAIL(fail, STATUS_INPUT, "a statement has no variance");
    }
    seeded_init(&chance.seeded, seed);
    for (size_t i = 0; i < draws && status == STATUS_OK; i++)
        status = draw_once(&chance, kind, i, fail);
    return status == STATUS_OK ? summarise(arena, &chance, observed, parallel, fail) : status;
}
