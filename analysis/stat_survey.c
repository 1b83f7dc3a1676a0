/* Rows are sorted once by stratum and clusters; the variance walks the ranges of equal codes from the first stage down. */
#include "analysis/stat_survey.h"

#include <string.h>

#include "analysis/stat_distribution.h"
#include "analysis/stat_rank.h"

/* Stable counting sort of order by key; count: scratch of rows + 1. */
static void sort_by(const size_t key[], size_t rows, size_t *order, size_t *other, size_t *count)
{
    memset(count, 0, (rows + 1) * sizeof *count);
    for (size_t i = 0; i < rows; i++)
        count[key[i] + 1]++;
    for (size_t k = 0; k < rows; k++)
        count[k + 1] += count[k];
    for (size_t i = 0; i < rows; i++)
        other[count[key[order[i]]]++] = order[i];
    memcpy(order, other, rows * sizeof *order);
}

static size_t end_of(const struct survey_design *design, const size_t key[], size_t from, size_t to)
{
    size_t end = from + 1;
    while (end < to && key != NULL && key[design->order[end]] == key[design->order[from]])
        end++;
    return end;
}

/* Sampled share of the units of a stage; 0 for an infinite population, NaN when there are fewer units than sampled. */
static double sampled(const struct survey_stage *stage, size_t row, double units)
{
    if (stage->population == NULL)
        return 0;
    double population = stage->population[row];
    if (population <= 1 && !(units <= 1 && population >= 1))
        return population > 0 ? population : NOT_A_NUMBER;
    return units <= population * (1 + 1e-12) ? fmin(1, units / population) : NOT_A_NUMBER;
}

/* Variance of the sum of values over rows order[from..to), units drawn at the given stage. values NULL: only checks. */
static double variance_of(const struct survey_design *design, const double values[], size_t from, size_t to, size_t s)
{
    const struct survey_stage *stage = &design->stages[s];
    double units = 0;
    double mean = 0;
    double squares = 0;
    double within = 0;
    for (size_t begin = from; begin < to;) {
        size_t end = end_of(design, stage->cluster, begin, to);
        double sum = 0;
        for (size_t i = begin; i < end; i++)
            sum += values[design->order[i]];
        units++;
        double distance = sum - mean; /* Welford: one pass */
        mean += distance / units;
        squares += distance * (sum - mean);
        if (stage->population != NULL && s + 1 < design->stage_count)
            within += variance_of(design, values, begin, end, s + 1);
        begin = end;
    }
    double share = sampled(stage, design->order[from], units);
    if (isnan(share))
        return share;
    double between = share >= 1 ? 0 : (1 - share) * units * (squares / (units - 1)); /* one unit: 0/0, NaN */
    return between + share * within;
}

static double variance_total(const struct survey_design *design, const double values[])
{
    double variance = 0;
    for (size_t from = 0; from < design->rows;) {
        size_t to = design->stratum == NULL ? design->rows : end_of(design, design->stratum, from, design->rows);
        variance += variance_of(design, values, from, to, 0);
        from = to;
    }
    return variance;
}

/* Units and strata of the first stage; false when a stratum cannot be judged. */
static enum status count_units(struct survey_design *design, struct fail *fail)
{
    for (size_t from = 0; from < design->rows;) {
        size_t to = design->stratum == NULL ? design->rows : end_of(design, design->stratum, from, design->rows);
        size_t units = 0;
        for (size_t begin = from; begin < to; units++)
            begin = end_of(design, design->stages[0].cluster, begin, to);
        double share = sampled(&design->stages[0], design->order[from], (double)units);
        if (isnan(share))
            return FAIL(fail, STATUS_INPUT, "row %zu: the population is smaller than the sample of it",
                        design->order[from] + 1);
        if (units == 1 && share < 1)
            return FAIL(fail, STATUS_DENIED, "the stratum of row %zu has a single unit: join it with another one",
                        design->order[from] + 1);
        design->degrees += (double)units - 1;
        from = to;
    }
    return STATUS_OK;
}

enum status survey_prepare(struct arena *arena, struct survey_design *design, struct fail *fail)
{
    size_t rows = design->rows;
    if (rows == 0 || design->stage_count == 0 || design->stage_count > SURVEY_STAGES)
        return FAIL(fail, STATUS_INPUT, "a sample has rows and 1 to %d stages", SURVEY_STAGES);
    for (size_t i = 0; i < rows; i++) {
        bool valid = design->weight[i] >= 0 && isfinite(design->weight[i]) &&
                     (design->stratum == NULL || design->stratum[i] < rows);
        for (size_t s = 0; s < design->stage_count; s++)
            valid = valid && (design->stages[s].cluster == NULL || design->stages[s].cluster[i] < rows);
        if (!valid)
            return FAIL(fail, STATUS_INPUT, "row %zu has no valid weight, stratum or cluster", i + 1);
    }
    size_t *room = ARENA_NEW(arena, size_t, 3 * rows + 1);
    design->scratch = ARENA_NEW(arena, double, rows);
    if (room == NULL || design->scratch == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    design->order = room;
    design->degrees = 0;
    for (size_t i = 0; i < rows; i++)
        design->order[i] = i;
    for (size_t s = design->stage_count; s-- > 0;)
        if (design->stages[s].cluster != NULL)
            sort_by(design->stages[s].cluster, rows, room, room + rows, room + 2 * rows);
    if (design->stratum != NULL)
        sort_by(design->stratum, rows, room, room + rows, room + 2 * rows);
    return count_units(design, fail);
}

/* Standard error of Σ weight · values; values are overwritten. */
static double error_of(const struct survey_design *design, double *values)
{
    if (design->calibration != NULL)
        design->calibration->residuals(design->calibration->state, values);
    for (size_t i = 0; i < design->rows; i++)
        values[i] *= design->weight[i];
    return sqrt(variance_total(design, values));
}

/* Unbiased variance of n values whose weighted squares around the mean are given. */
static double unbiased(double squares, double weights, double n)
{
    return n > 1 ? squares / weights * n / (n - 1) : NOT_A_NUMBER;
}

static bool counts(const struct survey_design *design, const double y[], const bool inside[], size_t i)
{
    return !isnan(y[i]) && design->weight[i] > 0 && (inside == NULL || inside[i]);
}

enum status survey_estimate(struct arena *arena, const struct survey_design *design, const double y[],
                            const bool inside[], double confidence, struct survey_estimate *estimate, struct fail *fail)
{
    double *values = ARENA_NEW(arena, double, design->rows);
    double weights = 0;
    double mean = 0;
    double squares = 0;
    double sampled = 0;
    double first = 0; /* of the values: the others are taken from it, which costs no digit however far from 0 they are */
    *estimate = (struct survey_estimate){ 0 };
    if (values == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    if (!(confidence > 0 && confidence < 1))
        return FAIL(fail, STATUS_INPUT, "the confidence of a range lies between 0 and 1");
    for (size_t i = 0; i < design->rows; i++)
        if (counts(design, y, inside, i)) {
            first = estimate->n > 0 ? first : y[i];
            estimate->n++;
            weights += design->weight[i];
            mean += (y[i] - first - mean) * design->weight[i] / weights;
        }
    for (size_t i = 0; i < design->rows; i++) {
        bool here = counts(design, y, inside, i);
        sampled += design->weight[i] > 0 && (inside == NULL || inside[i]) ? 1 : 0;
        double distance = here ? y[i] - first - mean : 0;
        values[i] = distance / weights;
        squares += design->weight[i] * distance * distance;
    }
    mean += first;
    if (!(estimate->n > 0))
        mean = NOT_A_NUMBER;
    estimate->mean_se = estimate->n > 0 ? error_of(design, values) : NOT_A_NUMBER;
    double width = t_quantile(0.5 + confidence / 2, design->degrees) * estimate->mean_se;
    estimate->mean = (struct range){ mean, mean - width, mean + width };
    for (size_t i = 0; i < design->rows; i++)
        values[i] = counts(design, y, inside, i) ? y[i] : 0;
    estimate->total = estimate->n > 0 ? mean * weights : 0;
    estimate->total_se = error_of(design, values);
    estimate->variance = estimate->n > 1 ? unbiased(squares, weights, sampled) : NOT_A_NUMBER;
    double simple = unbiased(squares, weights, estimate->n) / estimate->n * (weights - estimate->n) / weights;
    estimate->design_effect = weights >= estimate->n ? estimate->mean_se * estimate->mean_se / simple : NOT_A_NUMBER;
    return STATUS_OK;
}

enum status survey_share(struct arena *arena, const struct survey_design *design, const double y[], double confidence,
                         struct survey_share *share, struct fail *fail)
{
    struct survey_estimate estimate;
    enum status status = survey_estimate(arena, design, y, NULL, confidence, &estimate, fail);
    if (status != STATUS_OK)
        return status;
    double p = estimate.mean.value;
    double tail = (1 - confidence) / 2;
    double t = -t_quantile(tail, design->degrees);
    double width = t * estimate.mean_se / (p * (1 - p));
    double logit = log(p / (1 - p));
    double narrower = t_quantile(tail, estimate.n - 1) / t;
    double effective = p * (1 - p) / (estimate.mean_se * estimate.mean_se) * narrower * narrower;
    bool inner = p > 0 && p < 1;
    share->se = estimate.mean_se;
    share->logit = share->beta = (struct range){ p, NOT_A_NUMBER, NOT_A_NUMBER };
    if (inner) {
        share->logit.low = 1 / (1 + exp(width - logit));
        share->logit.high = 1 / (1 + exp(-width - logit));
        share->beta.low = beta_quantile(tail, effective * p, effective * (1 - p) + 1);
        share->beta.high = beta_quantile(1 - tail, effective * p + 1, effective * (1 - p));
    }
    return STATUS_OK;
}

enum status survey_quantile(struct arena *arena, const double y[], const double weight[], size_t rows, double p,
                            double *quantile, struct fail *fail)
{
    double *known = ARENA_NEW(arena, double, 2 * rows + 1);
    size_t *order = ARENA_NEW(arena, size_t, 2 * rows + 1);
    size_t count = 0;
    double total = 0;
    if (known == NULL || order == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    size_t *from = order + rows;
    for (size_t i = 0; i < rows; i++)
        if (!isnan(y[i]) && weight[i] > 0) {
            known[count] = y[i];
            from[count++] = i;
            total += weight[i];
        }
    enum status status = ranks_make(arena, known, count, known + rows, order, NULL, fail);
    if (status != STATUS_OK)
        return status;
    double sum = 0;
    *quantile = NOT_A_NUMBER;
    for (size_t i = 0; i < count; i++) {
        sum += weight[from[order[i]]];
        *quantile = known[order[i]];
        if (sum >= p * total * (1 - 1e-12))
            break;
    }
    return STATUS_OK;
}

double survey_kish(const double weight[], size_t rows)
{
    double sum = 0;
    double squares = 0;
    double n = 0;
    for (size_t i = 0; i < rows; i++) {
        sum += weight[i];
        squares += weight[i] * weight[i];
        n += weight[i] > 0;
    }
    return n * squares / (sum * sum);
}
