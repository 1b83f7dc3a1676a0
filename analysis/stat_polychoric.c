/* The likelihood in r has one maximum in practice; its derivative needs densities at the corners of the cells only. */
#include "analysis/stat_polychoric.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>
#include <math.h>
#include <string.h>

#include "analysis/range.h"
#include "analysis/stat_distribution.h"
#include "analysis/stat_rank.h"

enum { NODES = 32, PIECES = 4, LEVELS_MAX = 64, STEPS_MAX = 200 };

/* Node and weight number i of Gauss–Legendre on −1..1, by Newton's method on the polynomial. */
static void legendre_node(int i, double *node, double *weight)
{
    double x = cos(M_PI * (i + 0.75) / (NODES + 0.5)), slope = 1;
    for (int step = 0; step < 8; step++) {
        double before = 1, now = x;
        for (int k = 2; k <= NODES; k++) {
            double next = ((2 * k - 1) * x * now - (k - 1) * before) / k;
            before = now;
            now = next;
        }
        slope = NODES * (x * now - before) / (x * x - 1);
        x -= now / slope;
    }
    *node = x;
    *weight = 2 / ((1 - x * x) * slope * slope);
}

struct rule {
    double node[NODES], weight[NODES];
};

static void legendre_rule(struct rule *rule)
{
    for (int i = 0; i < NODES; i++)
        legendre_node(i, &rule->node[i], &rule->weight[i]);
}

static double below(const struct rule *rule, double a, double b, double r)
{
    if (isinf(a) || isinf(b))
        return a < 0 && isinf(a) ? 0 : b < 0 && isinf(b) ? 0 : isinf(a) ? gsl_cdf_ugaussian_P(b) : gsl_cdf_ugaussian_P(a);
    double width = asin(r) / PIECES, sum = 0;
    for (int piece = 0; piece < PIECES; piece++)
        for (int i = 0; i < NODES; i++) {
            double s = sin(width * (piece + (rule->node[i] + 1) / 2));
            sum += rule->weight[i] * exp(-(a * a + b * b - 2 * a * b * s) / (2 * (1 - s) * (1 + s)));
        }
    return gsl_cdf_ugaussian_P(a) * gsl_cdf_ugaussian_P(b) + sum * width / (4 * M_PI);
}

double bivariate_normal_below(double a, double b, double r)
{
    struct rule rule;
    legendre_rule(&rule);
    return below(&rule, a, b, r);
}

static double density(double a, double b, double r)
{
    double rest = (1 - r) * (1 + r);
    return isinf(a) || isinf(b) ? 0 : exp(-(a * a - 2 * r * a * b + b * b) / (2 * rest)) / (2 * M_PI * sqrt(rest));
}

struct cells {
    struct rule rule;
    size_t rows, columns;
    double *count;        /* rows × columns */
    double *row, *column; /* limits with −∞ first and ∞ last */
    double *low, *slope;  /* at the corners, (rows + 1) × (columns + 1) */
};

/* Derivative of the log-likelihood by r, and the likelihood itself. */
static double score(const struct cells *cells, double r, double *log_likelihood)
{
    const size_t wide = cells->columns + 1;
    double sum = 0;
    *log_likelihood = 0;
    for (size_t i = 0; i <= cells->rows; i++)
        for (size_t k = 0; k < wide; k++) {
            cells->low[i * wide + k] = below(&cells->rule, cells->row[i], cells->column[k], r);
            cells->slope[i * wide + k] = density(cells->row[i], cells->column[k], r);
        }
    for (size_t i = 0; i < cells->rows; i++)
        for (size_t k = 0; k < cells->columns; k++) {
            double count = cells->count[i * cells->columns + k];
            size_t at = i * wide + k, above = at + wide;
            double p = cells->low[above + 1] - cells->low[at + 1] - cells->low[above] + cells->low[at];
            double d = cells->slope[above + 1] - cells->slope[at + 1] - cells->slope[above] + cells->slope[at];
            p = fmax(p, 1e-300); /* rounding of a cell nobody could be in */
            sum += count > 0 ? count * d / p : 0;
            *log_likelihood += count > 0 ? count * log(p) : 0;
        }
    return sum;
}

/* Different values, ascending; 0 when there are more than LEVELS_MAX. */
static size_t levels_of(const double sorted[], size_t n, double levels[])
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        if (i == 0 || sorted[i] > sorted[i - 1]) {
            if (count == LEVELS_MAX)
                return 0;
            levels[count++] = sorted[i];
        }
    return count;
}

static size_t level_at(const double levels[], double value)
{
    size_t i = 0;
    while (levels[i] < value)
        i++;
    return i;
}

/* Limits from the cumulated margin; stride leads along it. */
static void limits(const struct cells *cells, bool of_rows, double n, double limit[])
{
    size_t count = of_rows ? cells->rows : cells->columns, others = of_rows ? cells->columns : cells->rows;
    double cumulated = 0;
    limit[0] = -(double)INFINITY;
    for (size_t i = 0; i + 1 < count; i++) {
        for (size_t k = 0; k < others; k++)
            cumulated += cells->count[of_rows ? i * cells->columns + k : k * cells->columns + i];
        limit[i + 1] = normal_quantile(cumulated / n);
    }
    limit[count] = (double)INFINITY;
}

/* Bisection until the scores at both ends are of a size, then the secant (Illinois rule). */
static double root(const struct cells *cells, bool *boundary, double *log_likelihood)
{
    double low = -POLYCHORIC_MOST, high = POLYCHORIC_MOST;
    double at_low = score(cells, low, log_likelihood);
    *boundary = true;
    if (at_low <= 0)
        return low;
    double at_high = score(cells, high, log_likelihood);
    if (at_high >= 0)
        return high;
    *boundary = false;
    double r = 2, last = 0;
    int side = 0;
    for (int step = 0; step < STEPS_MAX && fabs(r - last) > 1e-15; step++) {
        last = r;
        r = (low * at_high - high * at_low) / (at_high - at_low);
        if (high - low > 0.01 || !(r > low) || !(r < high))
            r = low + (high - low) / 2;
        double here = score(cells, r, log_likelihood);
        if (here > 0) {
            low = r;
            at_low = here;
            at_high /= side > 0 && high - low <= 0.01 ? 2 : 1;
            side = 1;
        } else {
            high = r;
            at_high = here;
            at_low /= side < 0 && high - low <= 0.01 ? 2 : 1;
            side = -1;
        }
    }
    return r;
}

enum status polychoric_compute(struct arena *arena, const double x[], const double y[], size_t n,
                               struct polychoric *polychoric, struct fail *fail)
{
    double row_levels[LEVELS_MAX], column_levels[LEVELS_MAX];
    if (n < 3)
        return FAIL(fail, STATUS_INPUT, "too few answers for a correlation");
    for (size_t i = 0; i < n; i++)
        if (!isfinite(x[i]) || !isfinite(y[i]))
            return FAIL(fail, STATUS_INPUT, "a value is missing or no finite number");
    double *sorted = ARENA_NEW(arena, double, n);
    if (sorted == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    struct cells cells = { 0 };
    struct polychoric result = { 0 };
    memcpy(sorted, x, n * sizeof *sorted);
    sort_numbers(sorted, n);
    result.rows = cells.rows = levels_of(sorted, n, row_levels);
    memcpy(sorted, y, n * sizeof *sorted);
    sort_numbers(sorted, n);
    result.columns = cells.columns = levels_of(sorted, n, column_levels);
    if (cells.rows < 2 || cells.columns < 2)
        return FAIL(fail, STATUS_DENIED, "a statement has no variance");
    size_t corners = (cells.rows + 1) * (cells.columns + 1);
    double *memory = ARENA_NEW(arena, double, 3 * corners + cells.rows + cells.columns + 2);
    if (memory == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    cells.count = memory;
    cells.low = memory + corners;
    cells.slope = memory + 2 * corners;
    cells.row = memory + 3 * corners;
    cells.column = cells.row + cells.rows + 1;
    for (size_t i = 0; i < n; i++)
        cells.count[level_at(row_levels, x[i]) * cells.columns + level_at(column_levels, y[i])]++;
    for (size_t i = 0; i < cells.rows * cells.columns; i++)
        result.empty_cells += !(cells.count[i] > 0);
    limits(&cells, true, (double)n, cells.row);
    limits(&cells, false, (double)n, cells.column);
    legendre_rule(&cells.rule);
    result.r = root(&cells, &result.boundary, &result.log_likelihood);
    result.row_thresholds = cells.row + 1;
    result.column_thresholds = cells.column + 1;
    *polychoric = result;
    return STATUS_OK;
}
