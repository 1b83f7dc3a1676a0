/* Persons with the same gaps enter as one group with its means and cross-products: a step costs the number of patterns, not
 * of persons. All is computed from the items' available means, so that large values lose no digits. */
#include "analysis/stat_missing.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/range.h"
#include "analysis/stat_matrix.h"

enum { STEPS_MAX = 100000 };
static const double tolerance = 1e-13;

struct pattern {
    uint64_t answered;   /* bit of each item */
    size_t persons, size;
    size_t at[MISSING_ITEMS_MAX];  /* answered items first (size of them), then the others */
    double *mean, *cross; /* of the answered ones: means, Σ (x − mean)(x − mean)' */
};

struct em {
    size_t items, used, pattern_count;
    struct pattern *patterns;
    double *centre;                 /* items: origin of everything below */
    double *mean, *covariance;
    double *new_mean, *new_covariance;
    double *block, *lower, *weight, *moment, *column; /* scratch: items × items each, column items */
};

struct row {
    uint64_t answered;
    size_t person;
};

static int by_pattern(const void *left, const void *right)
{
    const struct row *a = left, *b = right;
    if (a->answered != b->answered)
        return a->answered < b->answered ? 1 : -1;
    return (a->person > b->person) - (a->person < b->person);
}

/* Means and cross-products of the persons rows[from..to) of one pattern. */
static enum status fill_pattern(struct arena *arena, const struct em *em, const double values[], const struct row rows[],
                                size_t count, struct pattern *pattern, struct fail *fail)
{
    size_t others = 0;
    *pattern = (struct pattern){ .answered = rows[0].answered, .persons = count };
    for (size_t i = 0; i < em->items; i++)
        pattern->size += pattern->answered >> i & 1;
    for (size_t i = 0, used = 0; i < em->items; i++)
        pattern->at[(pattern->answered >> i & 1) != 0 ? used++ : pattern->size + others++] = i;
    const size_t size = pattern->size;
    pattern->mean = ARENA_NEW(arena, double, size + size * size + 1);
    if (pattern->mean == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    pattern->cross = pattern->mean + size;
    for (size_t r = 0; r < count; r++)
        for (size_t a = 0; a < size; a++)
            pattern->mean[a] += values[rows[r].person * em->items + pattern->at[a]] - em->centre[pattern->at[a]];
    for (size_t a = 0; a < size; a++)
        pattern->mean[a] /= (double)count;
    for (size_t r = 0; r < count; r++) {
        const double *answers = values + rows[r].person * em->items;
        for (size_t a = 0; a < size; a++)
            em->column[a] = answers[pattern->at[a]] - em->centre[pattern->at[a]] - pattern->mean[a];
        for (size_t a = 0; a < size; a++)
            for (size_t b = 0; b < size; b++)
                pattern->cross[a * size + b] += em->column[a] * em->column[b];
    }
    return STATUS_OK;
}

/* Cholesky factor of the covariance of the answered items in em->lower. */
static bool factor_answered(struct em *em, const struct pattern *pattern)
{
    const size_t size = pattern->size;
    for (size_t a = 0; a < size; a++)
        for (size_t b = 0; b < size; b++)
            em->block[a * size + b] = em->covariance[pattern->at[a] * em->items + pattern->at[b]];
    return cholesky_factor(em->block, size, em->lower);
}

/* Mean cross-product around the present mean, into em->block. */
static void around_mean(struct em *em, const struct pattern *pattern)
{
    const size_t size = pattern->size;
    for (size_t a = 0; a < size; a++)
        for (size_t b = 0; b < size; b++)
            em->block[a * size + b] = pattern->cross[a * size + b] / (double)pattern->persons +
                                      (pattern->mean[a] - em->mean[pattern->at[a]]) *
                                          (pattern->mean[b] - em->mean[pattern->at[b]]);
}

/* Adds what one pattern is expected to contribute to the sums of d and d·d', d = distance from the present mean with gaps
 * filled by regression on the answers. weight[i * size + a]: share of answer a in the filled item i. */
static bool expect(struct em *em, const struct pattern *pattern)
{
    const size_t items = em->items, size = pattern->size;
    const double persons = (double)pattern->persons;
    if (!factor_answered(em, pattern))
        return false;
    memset(em->weight, 0, items * size * sizeof *em->weight);
    for (size_t a = 0; a < size; a++)
        em->weight[pattern->at[a] * size + a] = 1;
    for (size_t m = size; m < items; m++) {
        size_t item = pattern->at[m];
        for (size_t a = 0; a < size; a++)
            em->column[a] = em->covariance[item * items + pattern->at[a]];
        cholesky_solve(em->lower, size, em->column, em->weight + item * size);
    }
    around_mean(em, pattern);
    for (size_t i = 0; i < items; i++)
        for (size_t b = 0; b < size; b++) {
            double sum = 0;
            for (size_t a = 0; a < size; a++)
                sum += em->weight[i * size + a] * em->block[a * size + b];
            em->moment[i * size + b] = sum;
        }
    for (size_t i = 0; i < items; i++) {
        for (size_t a = 0; a < size; a++)
            em->new_mean[i] += persons * em->weight[i * size + a] * (pattern->mean[a] - em->mean[pattern->at[a]]);
        for (size_t k = 0; k < items; k++) {
            double sum = 0;
            for (size_t a = 0; a < size; a++)
                sum += em->moment[i * size + a] * em->weight[k * size + a];
            em->new_covariance[i * items + k] += persons * sum;
        }
    }
    for (size_t m = size; m < items; m++) /* what the regression leaves */
        for (size_t o = size; o < items; o++) {
            size_t one = pattern->at[m], two = pattern->at[o];
            double rest = em->covariance[one * items + two];
            for (size_t a = 0; a < size; a++)
                rest -= em->weight[one * size + a] * em->covariance[two * items + pattern->at[a]];
            em->new_covariance[one * items + two] += persons * rest;
        }
    return true;
}

/* One EM step; the largest change in standard deviations, NaN when a block is singular. */
static double step(struct em *em)
{
    const size_t items = em->items;
    const double used = (double)em->used;
    double change = 0;
    memset(em->new_mean, 0, items * sizeof *em->new_mean);
    memset(em->new_covariance, 0, items * items * sizeof *em->new_covariance);
    for (size_t q = 0; q < em->pattern_count; q++)
        if (!expect(em, &em->patterns[q]))
            return NOT_A_NUMBER;
    for (size_t i = 0; i < items; i++)
        em->new_mean[i] /= used;
    for (size_t i = 0; i < items; i++)
        for (size_t k = 0; k <= i; k++) {
            double now = em->new_covariance[i * items + k] / used - em->new_mean[i] * em->new_mean[k];
            double scale = sqrt(em->covariance[i * items + i]) * sqrt(em->covariance[k * items + k]);
            em->moment[i * items + k] = now;
            change = fmax(change, fabs(now - em->covariance[i * items + k]) / scale);
        }
    for (size_t i = 0; i < items; i++) {
        change = fmax(change, fabs(em->new_mean[i]) / sqrt(em->covariance[i * items + i]));
        em->mean[i] += em->new_mean[i];
        for (size_t k = 0; k <= i; k++)
            em->covariance[i * items + k] = em->covariance[k * items + i] = em->moment[i * items + k];
    }
    return change;
}

/* Likelihood of the answers and Little's distance of the patterns' means. */
static bool judge(struct em *em, struct missing *result)
{
    for (size_t q = 0; q < em->pattern_count; q++) {
        const struct pattern *pattern = &em->patterns[q];
        const size_t size = pattern->size;
        const double persons = (double)pattern->persons;
        double log_determinant = 0, trace = 0, distance = 0;
        if (!factor_answered(em, pattern))
            return false;
        around_mean(em, pattern);
        for (size_t a = 0; a < size; a++) {
            log_determinant += 2 * log(em->lower[a * size + a]);
            cholesky_solve(em->lower, size, em->block + a * size, em->column);
            trace += em->column[a];
        }
        for (size_t a = 0; a < size; a++)
            em->weight[a] = pattern->mean[a] - em->mean[pattern->at[a]];
        cholesky_solve(em->lower, size, em->weight, em->column);
        for (size_t a = 0; a < size; a++)
            distance += em->weight[a] * em->column[a];
        result->log_likelihood -= persons / 2 * ((double)size * log(2 * M_PI) + log_determinant + trace);
        result->little += persons * distance;
        result->little_degrees += (double)size;
    }
    result->little_degrees -= (double)em->items;
    result->little_p =
        result->little_degrees > 0 ? gsl_cdf_chisq_Q(result->little, result->little_degrees) : 1; /* one pattern */
    return true;
}

/* Available means (the origin) and variances (the start); false when an item was never answered or never varies. */
static bool start(struct em *em, const double values[], size_t persons, struct missing *result)
{
    for (size_t k = 0; k < em->items; k++) {
        double n = 0, mean = 0, square = 0, first = 0;
        for (size_t i = 0; i < persons; i++) {
            double x = values[i * em->items + k];
            if (isnan(x))
                continue;
            first = n > 0 ? first : x;
            n++;
            mean += x - first;
        }
        result->nonresponse[k] = ((double)persons - n) / (double)persons;
        em->centre[k] = first + mean / n;
        for (size_t i = 0; i < persons; i++) {
            double x = values[i * em->items + k] - first - mean / n;
            square += isnan(x) ? 0 : x * x;
        }
        if (!(n > 0) || !(square > 0))
            return false;
        em->covariance[k * em->items + k] = square / n;
    }
    return true;
}

static enum status make_patterns(struct arena *arena, struct em *em, const double values[], size_t persons,
                                 struct missing *result, struct fail *fail)
{
    const uint64_t all = em->items == 64 ? UINT64_MAX : ((uint64_t)1 << em->items) - 1;
    struct row *rows = ARENA_NEW(arena, struct row, persons + 1);
    if (rows == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    for (size_t i = 0; i < persons; i++) {
        rows[i].person = i;
        for (size_t k = 0; k < em->items; k++)
            rows[i].answered |= (uint64_t)!isnan(values[i * em->items + k]) << k;
        result->empty += rows[i].answered == 0;
        result->complete += rows[i].answered == all;
    }
    qsort(rows, persons, sizeof *rows, by_pattern); /* without any answer: last */
    em->used = persons - result->empty;
    if (em->used < 2)
        return FAIL(fail, STATUS_INPUT, "too few answers for this number of statements");
    for (size_t i = 0; i < em->used; i++)
        em->pattern_count += i == 0 || rows[i].answered != rows[i - 1].answered;
    em->patterns = ARENA_NEW(arena, struct pattern, em->pattern_count);
    if (em->patterns == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    enum status status = STATUS_OK;
    for (size_t from = 0, q = 0; from < em->used && status == STATUS_OK; q++) {
        size_t to = from;
        while (to < em->used && rows[to].answered == rows[from].answered)
            to++;
        status = fill_pattern(arena, em, values, rows + from, to - from, &em->patterns[q], fail);
        from = to;
    }
    return status;
}

enum status missing_compute(struct arena *arena, const double values[], size_t persons, size_t items,
                            struct missing *missing, struct fail *fail)
{
    if (items == 0 || items > MISSING_ITEMS_MAX || persons < 2)
        return FAIL(fail, STATUS_INPUT, "too few answers for this number of statements");
    double *memory = ARENA_NEW(arena, double, 6 * items * items + 5 * items);
    if (memory == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    const size_t square = items * items;
    double *lists = memory + 6 * square;
    struct em em = { .items = items, .covariance = memory, .new_covariance = memory + square,
                     .block = memory + 2 * square, .lower = memory + 3 * square, .weight = memory + 4 * square,
                     .moment = memory + 5 * square, .mean = lists, .new_mean = lists + items,
                     .centre = lists + 2 * items, .column = lists + 3 * items };
    struct missing result = { .nonresponse = lists + 4 * items, .mean = em.mean, .covariance = em.covariance };
    if (!start(&em, values, persons, &result))
        return FAIL(fail, STATUS_DENIED, "a statement has no variance");
    enum status status = make_patterns(arena, &em, values, persons, &result, fail);
    if (status != STATUS_OK)
        return status;
    double change = 1;
    for (; result.steps < STEPS_MAX && change > tolerance; result.steps++)
        change = step(&em);
    if (isnan(change))
        return FAIL(fail, STATUS_DENIED, "a statement follows exactly from the others");
    if (change > 1e-9)
        return FAIL(fail, STATUS_DENIED, "the gaps leave too little to compute with");
    if (!judge(&em, &result))
        return FAIL(fail, STATUS_DENIED, "a statement follows exactly from the others");
    for (size_t i = 0; i < items; i++)
        em.mean[i] += em.centre[i];
    result.used = em.used;
    result.patterns = em.pattern_count;
    *missing = result;
    return STATUS_OK;
}

size_t available_means(const double values[], size_t persons, size_t items, double share, double scores[])
{
    double needed = ceil(share * (double)items - 1e-9);
    size_t least = needed > 1 ? (size_t)needed : 1;
    for (size_t i = 0; i < persons; i++) {
        size_t answered = 0;
        double sum = 0;
        for (size_t k = 0; k < items; k++)
            if (!isnan(values[i * items + k])) {
                sum += values[i * items + k];
                answered++;
            }
        scores[i] = answered >= least ? sum / (double)answered : NOT_A_NUMBER;
    }
    return least;
}
