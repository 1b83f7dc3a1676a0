/* Least squares through the normal equations in doubled precision (stat_gram.h). */
#include "analysis/stat_regression.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>

#include "analysis/range.h"
#include "analysis/stat_distribution.h"
#include "analysis/stat_moments.h"

/* Sums of squares of the residuals and, about the mean or 0, of y. */
static void squares_of(const struct design *design, const double y[], const struct wide b[], struct regression *fit)
{
    struct wide rest = { 0, 0 };
    struct wide raw = { 0, 0 };
    for (size_t i = 0; i < design->rows; i++) {
        struct wide fitted = gram_row(design->x + i * design->columns, b, design->columns);
        struct wide residual = wide_add_number(wide_negative(fitted), y[i]);
        fit->residual[i] = wide_value(residual);
        rest = wide_add(rest, wide_times(residual, residual));
        raw = wide_add(raw, wide_product(y[i], y[i]));
    }
    double total = design->constant ? moments_of(y, design->rows).squares : wide_value(raw);
    fit->squares_residual = wide_value(rest);
    fit->squares_model = fmax(0, total - fit->squares_residual);
    fit->r_squared = total > 0 ? 1 - fit->squares_residual / total : NOT_A_NUMBER;
}

static void summarise(const struct design *design, struct regression *fit)
{
    double n = (double)fit->n;
    double constant = design->constant;
    fit->degrees = n - (double)fit->rank;
    fit->f_degrees = (double)fit->rank - constant;
    fit->sigma = fit->degrees > 0 ? sqrt(fit->squares_residual / fit->degrees) : NOT_A_NUMBER;
    fit->adjusted = fit->degrees > 0 ? 1 - (1 - fit->r_squared) * (n - constant) / fit->degrees : NOT_A_NUMBER;
    fit->f = fit->f_p = NOT_A_NUMBER;
    if (fit->f_degrees > 0 && fit->degrees > 0 && !isnan(fit->r_squared)) {
        fit->f = fit->squares_model / fit->f_degrees / (fit->sigma * fit->sigma);
        fit->f_p = f_above(fit->f, fit->f_degrees, fit->degrees);
    }
    fit->log_likelihood = -n / 2 * (log(2 * M_PI * fit->squares_residual / n) + 1);
    fit->aic = -2 * fit->log_likelihood + 2 * ((double)fit->rank + 1);
}

/* Σ e²u² over the rows, u the influence of the row on the coefficient: the diagonal of the sandwich. */
static void robust(const struct design *design, const struct gram *gram, double *influence, struct regression *fit)
{
    size_t columns = design->columns;
    bool alone = false;
    for (size_t i = 0; i < design->rows; i++) {
        double leverage = gram_influence(gram, design->x + i * columns, influence);
        double squared = fit->residual[i] * fit->residual[i];
        double free = 1 - leverage;
        alone = alone || free < 1e-10;
        for (size_t k = 0; k < columns; k++) {
            double part = influence[k] * influence[k] * squared;
            fit->coefficients[k].robust_hc1 += part;
            fit->coefficients[k].robust += part / (free * free);
        }
    }
    double factor = fit->degrees > 0 ? (double)fit->n / fit->degrees : NOT_A_NUMBER;
    for (size_t k = 0; k < columns; k++) {
        struct coefficient *one = &fit->coefficients[k];
        one->robust_hc1 = sqrt(one->robust_hc1 * factor);
        one->robust = alone ? NOT_A_NUMBER : sqrt(one->robust);
    }
}

static void describe(const struct gram *gram, const struct wide b[], double confidence, struct regression *fit)
{
    double t = fit->degrees > 0 ? t_quantile(0.5 + confidence / 2, fit->degrees) : NOT_A_NUMBER;
    double variance = fit->sigma * fit->sigma;
    for (size_t k = 0; k < fit->columns; k++) {
        struct coefficient *one = &fit->coefficients[k];
        if (gram->left_out[k])
            *one = COEFFICIENT_NONE;
        for (size_t l = 0; l < fit->columns; l++)
            fit->covariance[k * fit->columns + l] =
                gram->left_out[k] || gram->left_out[l] ? NOT_A_NUMBER
                                                       : variance * wide_value(gram->inverse[k * fit->columns + l]);
        if (gram->left_out[k])
            continue;
        one->estimate = wide_value(b[k]);
        one->se = sqrt(fit->covariance[k * fit->columns + k]);
        one->statistic = one->estimate / one->se;
        one->p = t_both_tails(one->statistic, fit->degrees);
        one->low = one->estimate - t * one->se;
        one->high = one->estimate + t * one->se;
    }
}

enum status regression_fit(struct arena *arena, const struct design *design, const double y[], double confidence,
                           struct regression *regression, struct fail *fail)
{
    size_t columns = design->columns;
    struct gram gram;
    if (!(confidence > 0 && confidence < 1))
        return FAIL(fail, STATUS_INPUT, "the confidence of a range lies between 0 and 1");
    for (size_t i = 0; i < design->rows; i++)
        if (!isfinite(y[i]))
            return FAIL(fail, STATUS_INPUT, "row %zu has no number to explain", i + 1);
    if (design->rows < columns)
        return FAIL(fail, STATUS_DENIED, "%zu answers are too few for a model with %zu columns", design->rows, columns);
    enum status status = gram_build(arena, design->x, design->rows, columns, NULL, &gram, fail);
    if (status != STATUS_OK)
        return status;
    *regression = (struct regression){ .n = design->rows,
                                       .columns = columns,
                                       .rank = gram.rank,
                                       .coefficients = ARENA_NEW(arena, struct coefficient, columns),
                                       .covariance = ARENA_NEW(arena, double, columns * columns),
                                       .residual = ARENA_NEW(arena, double, design->rows) };
    struct wide *right = ARENA_NEW(arena, struct wide, 2 * columns);
    double *influence = ARENA_NEW(arena, double, columns);
    if (regression->coefficients == NULL || regression->covariance == NULL || regression->residual == NULL ||
        right == NULL || influence == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    gram_moments(design->x, design->rows, columns, NULL, y, right);
    gram_solve(&gram, right, right + columns);
    squares_of(design, y, right + columns, regression);
    summarise(design, regression);
    robust(design, &gram, influence, regression);
    describe(&gram, right + columns, confidence, regression);
    return STATUS_OK;
}
