/* Kendall's pairs are counted while merging: whoever jumps over k others in the second column is discordant with k. */
#include "analysis/stat_correlation.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/stat_distribution.h"
#include "analysis/stat_matrix.h"
#include "analysis/stat_rank.h"

struct couple {
    double x, y;
};

static int by_x_then_y(const void *left, const void *right)
{
    const struct couple *a = left, *b = right;
    return a->x != b->x ? (a->x > b->x) - (a->x < b->x) : (a->y > b->y) - (a->y < b->y);
}

/* Pairs out of order by y, strictly; sorts couples. Merges from below, so there is no recursion. */
static double inversions(struct couple couples[], struct couple scratch[], size_t n)
{
    double count = 0;
    for (size_t width = 1; width < n; width *= 2) {
        for (size_t from = 0; from < n; from += 2 * width) {
            size_t middle = from + width < n ? from + width : n, to = from + 2 * width < n ? from + 2 * width : n;
            size_t left = from, right = middle;
            for (size_t out = from; out < to; out++) {
                bool take_right = right < to && (left >= middle || couples[right].y < couples[left].y);
                count += take_right ? (double)(middle - left) : 0;
                scratch[out] = couples[take_right ? right++ : left++];
            }
        }
        memcpy(couples, scratch, n * sizeof *couples);
    }
    return count;
}

static double t_of(double r, double degrees)
{
    return r * sqrt(degrees / ((1 - r) * (1 + r)));
}

static void kendall(struct couple couples[], struct couple scratch[], size_t count, const struct ties *x,
                    const struct ties *y, struct correlation *result)
{
    double n = (double)count, all = n * (n - 1) / 2, both = 0, run = 1;
    qsort(couples, count, sizeof *couples, by_x_then_y);
    for (size_t i = 1; i < count; i++) {
        run = by_x_then_y(&couples[i - 1], &couples[i]) == 0 ? run + 1 : 1;
        both += run - 1;
    }
    result->discordant = inversions(couples, scratch, count);
    result->concordant = all - x->pairs / 2 - y->pairs / 2 + both - result->discordant;
    double balance = result->concordant - result->discordant;
    double smaller = (double)(x->distinct < y->distinct ? x->distinct : y->distinct);
    double variance = (n * (n - 1) * (2 * n + 5) - x->with_five - y->with_five) / 18 +
                      x->pairs * y->pairs / (2 * n * (n - 1)) +
                      x->triples * y->triples / (9 * n * (n - 1) * (n - 2));
    result->tau_b = balance / (sqrt(all - x->pairs / 2) * sqrt(all - y->pairs / 2));
    result->tau_c = 2 * smaller * balance / (n * n * (smaller - 1));
    result->kendall_z = balance / sqrt(variance);
    result->kendall_p = normal_both_tails(result->kendall_z);
    double untied = result->concordant + result->discordant;
    result->gamma = untied > 0 ? balance / untied : NOT_A_NUMBER;
    result->somers = balance / (all - x->pairs / 2);
}

enum status correlation_compute(struct arena *arena, const double x[], const double y[], size_t n, double confidence,
                                struct correlation *correlation, struct fail *fail)
{
    if (n < 3)
        return FAIL(fail, STATUS_INPUT, "too few answers for a correlation");
    double *pairs = ARENA_NEW(arena, double, 2 * n);
    double *ranks = ARENA_NEW(arena, double, 2 * n);
    struct couple *couples = ARENA_NEW(arena, struct couple, 2 * n);
    if (pairs == NULL || ranks == NULL || couples == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    struct ties x_ties, y_ties;
    enum status status = ranks_make(arena, x, n, ranks, NULL, &x_ties, fail);
    if (status == STATUS_OK)
        status = ranks_make(arena, y, n, ranks + n, NULL, &y_ties, fail);
    if (status != STATUS_OK)
        return status;
    struct correlation result = { .n = (double)n };
    double covariance[4], r[4], degrees = result.n - 2;
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(x[i]) || !isfinite(y[i]))
            return FAIL(fail, STATUS_INPUT, "a value is missing or no finite number");
        couples[i] = (struct couple){ ranks[i], ranks[n + i] };
        pairs[2 * i] = x[i];
        pairs[2 * i + 1] = y[i];
    }
    covariance_of(pairs, n, 2, covariance);
    correlation_from(covariance, 2, r);
    if (x_ties.distinct < 2 || y_ties.distinct < 2 || isnan(r[1]))
        return FAIL(fail, STATUS_DENIED, "a statement has no variance");
    result.covariance = covariance[1];
    double half = n > 3 ? normal_two_sided(confidence) / sqrt(result.n - 3) : NOT_A_NUMBER;
    result.pearson = (struct range){ r[1], tanh(atanh(r[1]) - half), tanh(atanh(r[1]) + half) };
    result.pearson_t = t_of(r[1], degrees);
    result.pearson_p = t_both_tails(result.pearson_t, degrees);
    for (size_t i = 0; i < n; i++) {
        pairs[2 * i] = ranks[i];
        pairs[2 * i + 1] = ranks[n + i];
    }
    covariance_of(pairs, n, 2, covariance);
    correlation_from(covariance, 2, r);
    result.spearman = r[1];
    result.spearman_t = t_of(r[1], degrees);
    result.spearman_p = t_both_tails(result.spearman_t, degrees);
    kendall(couples, couples + n, n, &x_ties, &y_ties, &result);
    *correlation = result;
    return STATUS_OK;
}
