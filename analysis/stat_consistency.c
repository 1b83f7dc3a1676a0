/* Everything here follows from the covariances: sums of their blocks are the variances of sums of items. */
#include "analysis/stat_consistency.h"

#include <math.h>

#include "analysis/stat_distribution.h"
#include "analysis/stat_matrix.h"

double alpha_of(const double covariance[], size_t items, size_t without)
{
    double k = (double)(without < items ? items - 1 : items);
    double all = matrix_sum(covariance, items, without);
    return k < 2 || !(all > 0) ? NOT_A_NUMBER : k / (k - 1) * (1 - matrix_trace(covariance, items, without) / all);
}

double correlation_mean(const double correlation[], size_t items, size_t without)
{
    double sum = 0;
    double pairs = 0;
    for (size_t a = 0; a < items; a++)
        for (size_t b = 0; b < a; b++)
            if (a != without && b != without) {
                sum += correlation[a * items + b];
                pairs++;
            }
    return pairs > 0 ? sum / pairs : NOT_A_NUMBER;
}

double alpha_standardised(const double correlation[], size_t items, size_t without)
{
    double k = (double)(without < items ? items - 1 : items);
    double mean = correlation_mean(correlation, items, without);
    double scale = 1 + (k - 1) * mean;
    return scale > 0 ? k * mean / scale : NOT_A_NUMBER;
}

struct range alpha_feldt(double alpha, double persons, size_t items, double confidence)
{
    if (!(persons >= 2) || items < 2 || isnan(alpha) || !(confidence > 0) || !(confidence < 1))
        return RANGE_NONE;
    double d1 = persons - 1, d2 = d1 * ((double)items - 1), tail = (1 - confidence) / 2;
    return (struct range){ alpha, 1 - (1 - alpha) * f_quantile(1 - tail, d1, d2),
                           1 - (1 - alpha) * f_quantile(tail, d1, d2) };
}

static double correlation_at(double covariance, double variance_a, double variance_b)
{
    double scale = sqrt(variance_a) * sqrt(variance_b);
    return scale > 0 ? covariance / scale : NOT_A_NUMBER;
}

/* Sum of one row of a matrix. */
static double row_sum(const double matrix[], size_t items, size_t row)
{
    double sum = 0;
    for (size_t k = 0; k < items; k++)
        sum += matrix[row * items + k];
    return sum;
}

enum status consistency_of(struct arena *arena, const double covariance[], const double mean[], double persons,
                           size_t items, struct consistency *consistency, struct fail *fail)
{
    if (!(persons >= 2) || items < 2)
        return FAIL(fail, STATUS_INPUT, "too few answers for a reliability");
    double *correlation = ARENA_NEW(arena, double, items * items);
    double *inverse = ARENA_NEW(arena, double, items * items);
    struct item *item = ARENA_NEW(arena, struct item, items);
    if (correlation == NULL || inverse == NULL || item == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    correlation_from(covariance, items, correlation);
    double total = matrix_sum(covariance, items, items);
    if (!(total > 0))
        return FAIL(fail, STATUS_DENIED, "the scale does not vary");
    bool regular = matrix_inverse(arena, correlation, items, inverse, NULL, NULL, NULL) == STATUS_OK;
    struct consistency result = { .alpha = alpha_of(covariance, items, items),
                                  .standardised = alpha_standardised(correlation, items, items),
                                  .mean_r = correlation_mean(correlation, items, items),
                                  .sd = sqrt(total),
                                  .item = item };
    result.error_sd = result.sd * sqrt(1 - result.alpha);
    for (size_t i = 0; i < items; i++)
        result.mean += mean[i];
    for (size_t i = 0; i < items; i++) {
        double own = covariance[i * items + i], with = row_sum(covariance, items, i);
        item[i].mean = mean[i];
        item[i].sd = sqrt(own);
        item[i].rest_mean = result.mean - item[i].mean;
        item[i].rest_variance = matrix_sum(covariance, items, i);
        item[i].total_r = correlation_at(with, own, total);
        item[i].rest_r = correlation_at(with - own, own, item[i].rest_variance);
        item[i].smc = regular ? 1 - 1 / inverse[i * items + i] : NOT_A_NUMBER;
        item[i].alpha_without = alpha_of(covariance, items, i);
        item[i].standardised_without = items > 2 ? alpha_standardised(correlation, items, i) : NOT_A_NUMBER;
    }
    *consistency = result;
    return STATUS_OK;
}

enum status consistency_compute(struct arena *arena, const double values[], size_t persons, size_t items,
                                struct consistency *consistency, struct fail *fail)
{
    if (persons < 2 || items < 2)
        return FAIL(fail, STATUS_INPUT, "too few answers for a reliability");
    double *covariance = ARENA_NEW(arena, double, items * items);
    double *mean = ARENA_NEW(arena, double, items);
    if (covariance == NULL || mean == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    covariance_of(values, persons, items, covariance);
    for (size_t i = 0; i < items; i++) {
        for (size_t person = 0; person < persons; person++)
            mean[i] += values[person * items + i];
        mean[i] /= (double)persons;
    }
    return consistency_of(arena, covariance, mean, (double)persons, items, consistency, fail);
}

enum status guttman_lambda(struct arena *arena, const double matrix[], size_t items, struct guttman *guttman,
                           struct fail *fail)
{
    if (items < 2)
        return FAIL(fail, STATUS_INPUT, "too few statements for a reliability");
    double *inverse = ARENA_NEW(arena, double, items * items);
    if (inverse == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    double total = matrix_sum(matrix, items, items), k = (double)items;
    if (!(total > 0))
        return FAIL(fail, STATUS_DENIED, "the scale does not vary");
    double squares = 0, largest = 0, residual = 0;
    bool regular = matrix_inverse(arena, matrix, items, inverse, NULL, NULL, NULL) == STATUS_OK;
    for (size_t i = 0; i < items; i++) {
        double column = 0;
        for (size_t j = 0; j < items; j++)
            column += i == j ? 0 : matrix[i * items + j] * matrix[i * items + j];
        squares += column;
        largest = fmax(largest, column);
        residual += regular ? 1 / inverse[i * items + i] : NOT_A_NUMBER;
    }
    double trace = matrix_trace(matrix, items, items), l1 = 1 - trace / total;
    *guttman = (struct guttman){ .lambda1 = l1,
                                 .lambda2 = (total - trace + sqrt(k / (k - 1) * squares)) / total,
                                 .lambda3 = k / (k - 1) * l1,
                                 .lambda5 = l1 + 2 * sqrt(largest) / total,
                                 .lambda6 = 1 - residual / total };
    return STATUS_OK;
}

/* Horst's reliability of the whole from halves of the shares p and q = 1 − p; written without the division by 1 − r². */
static double horst(double r, double p)
{
    double q = 1 - p, square = r * r;
    double root = sqrt(square * square + 4 * square * (1 - square) * p * q);
    return square == 0 ? 0 : 2 * square / (root + square);
}

enum status split_half(struct arena *arena, const double covariance[], size_t items, const bool first[],
                       struct split_half *split, struct fail *fail)
{
    double var_first = 0, var_second = 0, between = 0;
    size_t count = 0;
    for (size_t i = 0; i < items; i++)
        count += first[i];
    if (count == 0 || count == items)
        return FAIL(fail, STATUS_INPUT, "too few statements for a reliability");
    double *block = ARENA_NEW(arena, double, items * items);
    if (block == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    struct split_half result = { 0 };
    for (int half = 0; half < 2; half++) {
        size_t used = 0, size = half == 0 ? count : items - count;
        for (size_t i = 0; i < items; i++)
            for (size_t k = 0; k < items; k++) {
                if (first[i] == (half == 0) && first[k] == first[i])
                    block[used++] = covariance[i * items + k];
                between += half == 0 && first[i] && !first[k] ? covariance[i * items + k] : 0;
            }
        *(half == 0 ? &var_first : &var_second) = matrix_sum(block, size, size);
        *(half == 0 ? &result.alpha_first : &result.alpha_second) = alpha_of(block, size, size);
    }
    if (!(var_first > 0) || !(var_second > 0))
        return FAIL(fail, STATUS_DENIED, "the scale does not vary");
    double total = var_first + var_second + 2 * between;
    result.r = correlation_at(between, var_first, var_second);
    result.spearman_brown = result.r > -1 ? 2 * result.r / (1 + result.r) : NOT_A_NUMBER;
    result.horst = horst(result.r, (double)count / (double)items);
    result.guttman = total > 0 ? 2 * (1 - (var_first + var_second) / total) : NOT_A_NUMBER;
    *split = result;
    return STATUS_OK;
}
