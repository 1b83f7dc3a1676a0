/* Regression on the known columns, in doubled precision. */
#include "analysis/stat_calibrate.h"

#include <string.h>

enum { RAKING_ROUNDS = 10 };

static void regress_out(const void *state, double values[])
{
    const struct calibration *calibration = state;
    const struct design *design = calibration->design;
    gram_moments(design->x, design->rows, design->columns, calibration->base, values, calibration->right);
    gram_solve(&calibration->gram, calibration->right, calibration->solution);
    for (size_t i = 0; i < design->rows; i++)
        values[i] -= wide_value(gram_row(design->x + i * design->columns, calibration->solution, design->columns));
}

enum status calibration_make(struct arena *arena, const struct design *design, const double base[],
                             struct calibration *calibration, struct fail *fail)
{
    *calibration = (struct calibration){ .design = design,
                                         .base = base,
                                         .right = ARENA_NEW(arena, struct wide, design->columns),
                                         .solution = ARENA_NEW(arena, struct wide, design->columns),
                                         .survey = { regress_out, calibration } };
    if (calibration->right == NULL || calibration->solution == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    return gram_build(arena, design->x, design->rows, design->columns, base, &calibration->gram, fail);
}

enum status calibrate_linear(const struct calibration *calibration, const double totals[], double weight[],
                             struct fail *fail)
{
    const struct design *design = calibration->design;
    struct wide *missing = calibration->right; /* totals − Σ base · x */
    for (size_t k = 0; k < design->columns; k++)
        missing[k] = (struct wide){ totals[k], 0 };
    for (size_t i = 0; i < design->rows; i++)
        for (size_t k = 0; k < design->columns; k++)
            missing[k] = wide_subtract(missing[k],
                                       wide_product(calibration->base[i], design->x[i * design->columns + k]));
    gram_solve(&calibration->gram, missing, calibration->solution);
    for (size_t i = 0; i < design->rows; i++)
        weight[i] = calibration->base[i] *
                    (1 + wide_value(gram_row(design->x + i * design->columns, calibration->solution, design->columns)));
    for (size_t k = 0; k < design->columns; k++) {
        struct wide reached = { 0, 0 };
        double scale = fabs(totals[k]);
        for (size_t i = 0; i < design->rows; i++) {
            reached = wide_add(reached, wide_product(weight[i], design->x[i * design->columns + k]));
            scale = fmax(scale, fabs(weight[i] * design->x[i * design->columns + k]));
        }
        if (!(fabs(wide_value(reached) - totals[k]) <= 1e-9 * scale))
            return FAIL(fail, STATUS_DENIED, "the known total of column %zu cannot be reached: the totals contradict "
                                             "each other or a category has no answers", k + 1);
    }
    return STATUS_OK;
}

static void go_round(const void *state, double values[])
{
    const struct raking *raking = state;
    for (size_t round = 0; round < RAKING_ROUNDS; round++)
        for (size_t m = 0; m < raking->margin_count; m++) {
            const struct margin *margin = &raking->margins[m];
            memset(raking->sum, 0, margin->category_count * sizeof *raking->sum);
            memset(raking->total, 0, margin->category_count * sizeof *raking->total);
            for (size_t i = 0; i < raking->rows; i++) {
                raking->sum[margin->category[i]] += values[i];
                raking->total[margin->category[i]]++;
            }
            for (size_t i = 0; i < raking->rows; i++)
                if (raking->total[margin->category[i]] > 0)
                    values[i] -= raking->sum[margin->category[i]] / raking->total[margin->category[i]];
        }
}

enum status raking_make(struct arena *arena, const struct margin margins[], size_t margin_count, size_t rows,
                        struct raking *raking, struct fail *fail)
{
    size_t widest = 1;
    for (size_t m = 0; m < margin_count; m++) {
        widest = margins[m].category_count > widest ? margins[m].category_count : widest;
        for (size_t i = 0; i < rows; i++)
            if (margins[m].category[i] >= margins[m].category_count)
                return FAIL(fail, STATUS_INPUT, "row %zu has a category that does not exist", i + 1);
    }
    *raking = (struct raking){ .margins = margins,
                               .margin_count = margin_count,
                               .rows = rows,
                               .sum = ARENA_NEW(arena, double, widest),
                               .total = ARENA_NEW(arena, double, widest),
                               .survey = { go_round, raking } };
    if (raking->sum == NULL || raking->total == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    return STATUS_OK;
}
