/* Iterative proportional fitting over margins that may be unknown for some rows. Bounded rounds; tells convergence. */
#include "analysis/weights.h"

#include <math.h>

double weights_effective(const double weight[], size_t rows)
{
    double sum = 0, squares = 0;
    for (size_t i = 0; i < rows; i++) {
        sum += weight[i];
        squares += weight[i] * weight[i];
    }
    return squares > 0 ? sum * sum / squares : 0;
}

/* Adjusts one margin; returns the largest relative deviation before the adjustment. sums: scratch per category. */
static double adjust(const struct margin *margin, double *weight, size_t rows, double *sums)
{
    double known = 0, wanted = 0, worst = 0;
    for (size_t k = 0; k < margin->category_count; k++)
        sums[k] = 0;
    for (size_t i = 0; i < rows; i++)
        if (margin->category[i] < margin->category_count)
            sums[margin->category[i]] += weight[i];
    for (size_t k = 0; k < margin->category_count; k++)
        if (sums[k] > 0 && margin->target[k] > 0) {
            known += sums[k];
            wanted += margin->target[k];
        }
    if (!(wanted > 0))
        return 0;
    for (size_t k = 0; k < margin->category_count; k++) {
        double factor = 1;
        if (sums[k] > 0 && margin->target[k] > 0)
            factor = margin->target[k] / wanted * known / sums[k];
        worst = fmax(worst, fabs(factor - 1));
        sums[k] = factor;
    }
    for (size_t i = 0; i < rows; i++)
        if (margin->category[i] < margin->category_count)
            weight[i] *= sums[margin->category[i]];
    return worst;
}

double weights_error(size_t rows, const double weight[], const struct margin margins[], size_t margin_count)
{
    double worst = 0;
    for (size_t m = 0; m < margin_count; m++)
        for (size_t k = 0; k < margins[m].category_count; k++) {
            double sum = 0;
            for (size_t i = 0; i < rows; i++)
                sum += margins[m].category[i] == k ? weight[i] : 0;
            if (margins[m].target[k] > 0)
                worst = fmax(worst, fabs(sum - margins[m].target[k]));
        }
    return worst;
}

static void normalise(double *weight, size_t rows)
{
    double sum = 0;
    for (size_t i = 0; i < rows; i++)
        sum += weight[i];
    for (size_t i = 0; i < rows && sum > 0; i++)
        weight[i] *= (double)rows / sum;
}

static size_t trim(double *weight, size_t rows, double cap)
{
    size_t cut = 0;
    for (size_t i = 0; i < rows; i++) {
        double kept = fmin(cap, fmax(1 / cap, weight[i]));
        cut += kept < weight[i] || kept > weight[i];
        weight[i] = kept;
    }
    if (cut > 0)
        normalise(weight, rows);
    return cut;
}

enum status weights_rake(struct arena *arena, size_t rows, const double start[], const struct margin margins[],
                         size_t margin_count, double cap, struct weights *weights, struct fail *fail)
{
    size_t widest = 1;
    for (size_t m = 0; m < margin_count; m++)
        widest = margins[m].category_count > widest ? margins[m].category_count : widest;
    if (rows == 0)
        return FAIL(fail, STATUS_INPUT, "there are no answers to weight");
    double *weight = ARENA_NEW(arena, double, rows), *sums = ARENA_NEW(arena, double, widest);
    if (weight == NULL || sums == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    for (size_t i = 0; i < rows; i++)
        weight[i] = start == NULL ? 1 : start[i];
    *weights = (struct weights){ .weight = weight };
    double before = (double)INFINITY;
    while (weights->rounds < WEIGHTS_ROUNDS && !(weights->converged && weights->worst >= before)) {
        before = weights->worst > 0 ? weights->worst : before;
        weights->worst = 0;
        for (size_t m = 0; m < margin_count; m++)
            weights->worst = fmax(weights->worst, adjust(&margins[m], weight, rows, sums));
        weights->rounds++;
        weights->converged = weights->worst < 1e-9;
    }
    normalise(weight, rows);
    if (cap > 0)
        weights->trimmed = trim(weight, rows, cap);
    weights->effective = weights_effective(weight, rows);
    return STATUS_OK;
}
