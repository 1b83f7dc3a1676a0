/* Everything follows from observed minus expected. */
#include "analysis/stat_chi_square.h"

#include "analysis/stat_distribution.h"

double chi_square_statistic(const struct counts *counts)
{
    double sum = 0;
    if (counts->empty_margin)
        return NOT_A_NUMBER;
    for (size_t i = 0; i < counts->rows * counts->columns; i++) {
        const double distance = counts->cells[i] - counts->expected[i];
        sum += distance * distance / counts->expected[i];
    }
    return sum;
}

static void residuals(const struct counts *counts, struct chi_square *result)
{
    for (size_t i = 0; i < counts->rows; i++)
        for (size_t j = 0; j < counts->columns; j++) {
            const size_t cell = i * counts->columns + j;
            const double expected = counts->expected[cell];
            const double others = (1 - counts->row_totals[i] / counts->total) *
                                  (1 - counts->column_totals[j] / counts->total);
            result->pearson[cell] = (counts->cells[cell] - expected) / sqrt(expected);
            result->adjusted[cell] = result->pearson[cell] / sqrt(others);
        }
}

static double likelihood_ratio(const struct counts *counts)
{
    double sum = 0;
    for (size_t i = 0; i < counts->rows * counts->columns; i++)
        if (counts->cells[i] > 0)
            sum += counts->cells[i] * log(counts->cells[i] / counts->expected[i]);
    return 2 * sum;
}

/* (N − 1) times the squared correlation of the positions. */
static double linear_by_linear(const struct counts *counts)
{
    double row_mean = 0, column_mean = 0, rows = 0, columns = 0, both = 0;
    for (size_t i = 0; i < counts->rows; i++)
        row_mean += (double)i * counts->row_totals[i] / counts->total;
    for (size_t j = 0; j < counts->columns; j++)
        column_mean += (double)j * counts->column_totals[j] / counts->total;
    for (size_t i = 0; i < counts->rows; i++) {
        const double row = (double)i - row_mean;
        rows += row * row * counts->row_totals[i];
        for (size_t j = 0; j < counts->columns; j++)
            both += row * ((double)j - column_mean) * counts->cells[i * counts->columns + j];
    }
    for (size_t j = 0; j < counts->columns; j++)
        columns += ((double)j - column_mean) * ((double)j - column_mean) * counts->column_totals[j];
    return (counts->total - 1) * both * both / (rows * columns);
}

/* Correction by half a person, but never past the expected count. */
static void two_by_two(const struct counts *counts, struct chi_square *result)
{
    const double *x = counts->cells;
    double half = 0.5;
    double product = 1;
    result->yates = result->yates_p = result->phi = NOT_A_NUMBER;
    if (counts->rows != 2 || counts->columns != 2)
        return;
    result->yates = 0;
    for (size_t i = 0; i < 4; i++)
        half = fmin(half, fabs(x[i] - counts->expected[i]));
    for (size_t i = 0; i < 4; i++) {
        const double distance = fabs(x[i] - counts->expected[i]) - half;
        result->yates += distance * distance / counts->expected[i];
    }
    result->yates_p = chi_square_above(result->yates, 1);
    for (size_t i = 0; i < 2; i++)
        product *= sqrt(counts->row_totals[i]) * sqrt(counts->column_totals[i]);
    result->phi = (x[0] * x[3] - x[1] * x[2]) / product;
}

static void association(const struct counts *counts, double confidence, struct chi_square *result)
{
    const double n = counts->total;
    const double r = (double)counts->rows;
    const double c = (double)counts->columns;
    const double x = result->statistic;
    const double least = fmin(r - 1, c - 1);
    const double tail = (1 - confidence) / 2;
    result->cramers_v.value = sqrt(x / n / least);
    result->cramers_v.low = sqrt(noncentral_chi_square_limit(x, result->degrees, 1 - tail) / n / least);
    result->cramers_v.high = sqrt(noncentral_chi_square_limit(x, result->degrees, tail) / n / least);
    const double bias_free = fmax(0, x / n - result->degrees / (n - 1));
    const double rows = r - (r - 1) * (r - 1) / (n - 1);
    const double columns = c - (c - 1) * (c - 1) / (n - 1);
    result->cramers_v_corrected = sqrt(bias_free / fmin(rows - 1, columns - 1));
    result->contingency = sqrt(x / (n + x));
    result->tschuprow = sqrt(x / n / sqrt(result->degrees));
}

enum status chi_square_test(struct arena *arena, const struct counts *counts, double confidence,
                            struct chi_square *result, struct fail *fail)
{
    const size_t cells = counts->rows * counts->columns;
    if (!(confidence > 0) || !(confidence < 1))
        return FAIL(fail, STATUS_INPUT, "the confidence must lie between 0 and 1");
    if (counts->empty_margin)
        return FAIL(fail, STATUS_DENIED, "a row or a column of the table is empty");
    struct chi_square made = { .adjusted = ARENA_NEW(arena, double, cells),
                               .pearson = ARENA_NEW(arena, double, cells),
                               .min_expected = counts->expected[0] };
    if (made.adjusted == NULL || made.pearson == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    double small = 0;
    for (size_t i = 0; i < cells; i++) {
        made.min_expected = fmin(made.min_expected, counts->expected[i]);
        small += counts->expected[i] < 5;
    }
    made.small_share = small / (double)cells;
    made.statistic = chi_square_statistic(counts);
    made.degrees = (double)((counts->rows - 1) * (counts->columns - 1));
    made.p = chi_square_above(made.statistic, made.degrees);
    made.likelihood_ratio = likelihood_ratio(counts);
    made.likelihood_p = chi_square_above(made.likelihood_ratio, made.degrees);
    made.linear = linear_by_linear(counts);
    made.linear_p = chi_square_above(made.linear, 1);
    residuals(counts, &made);
    two_by_two(counts, &made);
    association(counts, confidence, &made);
    *result = made;
    return STATUS_OK;
}
