/* Three regressions of log pay: A, B, both. */
#include "analysis/stat_pay.h"

#include <string.h>

#include "analysis/stat_distribution.h"
#include "analysis/stat_moments.h"
#include "analysis/stat_rank.h"
#include "analysis/stat_regression.h"

struct side {
    struct design design;
    double *pay, *log_pay;
    double *mean, *spread; /* of the columns; spread: covariance of the means */
    struct moments moments;
    struct regression fit;
};

/* The rows of one group. */
static enum status side_of(struct arena *arena, const struct design *design, const double pay[], const bool in_b[],
                           bool b, struct side *side, struct fail *fail)
{
    size_t columns = design->columns;
    size_t rows = 0;
    for (size_t i = 0; i < design->rows; i++)
        rows += in_b[i] == b;
    if (rows < 2 || rows < columns)
        return FAIL(fail, STATUS_DENIED, "%zu people in a group are too few for a comparison of pay", rows);
    *side = (struct side){ .pay = ARENA_NEW(arena, double, rows),
                           .log_pay = ARENA_NEW(arena, double, rows),
                           .mean = ARENA_NEW(arena, double, columns),
                           .spread = ARENA_NEW(arena, double, columns * columns) };
    side->design = *design;
    side->design.x = ARENA_NEW(arena, double, rows * columns);
    side->design.rows = rows;
    if (side->pay == NULL || side->log_pay == NULL || side->mean == NULL || side->spread == NULL ||
        side->design.x == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    size_t row = 0;
    for (size_t i = 0; i < design->rows; i++) {
        if (in_b[i] != b)
            continue;
        side->pay[row] = pay[i];
        side->log_pay[row] = log(pay[i]);
        memcpy(side->design.x + row * columns, design->x + i * columns, columns * sizeof *pay);
        row++;
    }
    side->moments = moments_of(side->pay, rows);
    return regression_fit(arena, &side->design, side->log_pay, 0.95, &side->fit, fail);
}

/* Means of the columns and the covariance of these means. */
static enum status describe(struct arena *arena, struct side *side, struct fail *fail)
{
    size_t columns = side->design.columns;
    size_t rows = side->design.rows;
    double *one = ARENA_NEW(arena, double, rows);
    if (one == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    for (size_t k = 0; k < columns; k++) {
        for (size_t i = 0; i < rows; i++)
            one[i] = side->design.x[i * columns + k];
        side->mean[k] = moments_of(one, rows).mean;
    }
    for (size_t i = 0; i < rows; i++)
        for (size_t k = 0; k < columns; k++)
            for (size_t l = 0; l < columns; l++)
                side->spread[k * columns + l] += (side->design.x[i * columns + k] - side->mean[k]) *
                                                 (side->design.x[i * columns + l] - side->mean[l]) /
                                                 ((double)rows * (double)(rows - 1));
    return STATUS_OK;
}

/* a'(M + N)a; N may be NULL. */
static double form(const double a[], const double m[], const double n[], size_t count)
{
    double sum = 0;
    for (size_t k = 0; k < count; k++)
        for (size_t l = 0; l < count; l++)
            sum += a[k] * a[l] * (m[k * count + l] + (n == NULL ? 0 : n[k * count + l]));
    return sum;
}

static void decompose(const struct side *a, const struct side *b, const struct regression *both, double *difference,
                      double *shift, struct pay_gap *gap)
{
    size_t columns = a->design.columns;
    double *own = gap->explained_by; /* A's coefficients until the end */
    gap->explained = gap->unexplained = gap->endowments = gap->interaction = 0;
    gap->pooled_explained = gap->pooled_unexplained = 0;
    for (size_t k = 0; k < columns; k++) {
        double of_a = a->fit.coefficients[k].estimate;
        double of_b = b->fit.coefficients[k].estimate;
        double of_both = both->coefficients[k].estimate;
        difference[k] = a->mean[k] - b->mean[k];
        shift[k] = of_a - of_b;
        own[k] = of_a;
        gap->explained += difference[k] * of_a;
        gap->unexplained += b->mean[k] * shift[k];
        gap->endowments += difference[k] * of_b;
        gap->interaction += difference[k] * shift[k];
        gap->pooled_explained += difference[k] * of_both;
        gap->pooled_unexplained += a->mean[k] * (of_a - of_both) + b->mean[k] * (of_both - of_b);
    }
    gap->coefficients = gap->unexplained;
    gap->explained_se = sqrt(form(difference, a->fit.covariance, NULL, columns) +
                             form(own, a->spread, b->spread, columns));
    gap->unexplained_se = sqrt(form(b->mean, a->fit.covariance, b->fit.covariance, columns) +
                               form(shift, b->spread, NULL, columns));
    for (size_t k = 0; k < columns; k++)
        gap->explained_by[k] = difference[k] * own[k];
}

static void compare(struct side *a, struct side *b, double confidence, struct pay_gap *gap)
{
    const struct side *sides[2] = { a, b };
    double z = normal_quantile(0.5 + confidence / 2);
    double relative = 0; /* squared */
    for (size_t s = 0; s < 2; s++) {
        gap->n[s] = sides[s]->moments.n;
        gap->mean[s] = sides[s]->moments.mean;
        relative += sides[s]->moments.variance / gap->n[s] / (gap->mean[s] * gap->mean[s]);
        gap->median[s] = median_take(sides[s]->pay, sides[s]->design.rows);
    }
    double share = (gap->mean[0] - gap->mean[1]) / gap->mean[0];
    gap->gap_se = gap->mean[1] / gap->mean[0] * sqrt(relative);
    gap->gap = (struct range){ share, share - z * gap->gap_se, share + z * gap->gap_se };
    gap->gap_median = (gap->median[0] - gap->median[1]) / gap->median[0];
    gap->log_total = moments_of(a->log_pay, a->design.rows).mean - moments_of(b->log_pay, b->design.rows).mean;
}

enum status pay_gap_compute(struct arena *arena, const struct design *design, const double pay[], const bool in_b[],
                            double confidence, struct pay_gap *gap, struct fail *fail)
{
    struct side a;
    struct side b;
    struct regression both;
    if (!design->constant)
        return FAIL(fail, STATUS_INPUT, "the model has no constant");
    if (!(confidence > 0 && confidence < 1))
        return FAIL(fail, STATUS_INPUT, "the confidence of a range lies between 0 and 1");
    double *scratch = ARENA_NEW(arena, double, design->rows + 3 * design->columns);
    if (scratch == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    for (size_t i = 0; i < design->rows; i++) {
        if (!(pay[i] > 0) || !isfinite(pay[i]))
            return FAIL(fail, STATUS_INPUT, "the pay of row %zu is not a positive number", i + 1);
        scratch[i] = log(pay[i]);
    }
    enum status status = side_of(arena, design, pay, in_b, false, &a, fail);
    if (status == STATUS_OK)
        status = side_of(arena, design, pay, in_b, true, &b, fail);
    if (status == STATUS_OK)
        status = regression_fit(arena, design, scratch, 0.95, &both, fail);
    if (status == STATUS_OK)
        status = describe(arena, &a, fail);
    if (status == STATUS_OK)
        status = describe(arena, &b, fail);
    if (status != STATUS_OK)
        return status;
    *gap = (struct pay_gap){ .explained_by = scratch + design->rows };
    decompose(&a, &b, &both, gap->explained_by + design->columns, gap->explained_by + 2 * design->columns, gap);
    compare(&a, &b, confidence, gap);
    return STATUS_OK;
}
