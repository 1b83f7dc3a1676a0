/* Varimax by plane rotations, quartimin by gradient projection, promax by regression on the powered loadings. */
#include "analysis/stat_rotation.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "analysis/stat_matrix.h"

enum { STARTS = 12, SWEEPS_MAX = 2000, STEPS_MAX = 20000 };

static double column_squares(const double loading[], size_t items, size_t factors, size_t column)
{
    double sum = 0;
    for (size_t i = 0; i < items; i++)
        sum += loading[i * factors + column] * loading[i * factors + column];
    return sum;
}

static void swap(double *a, double *b)
{
    double keep = *a;
    *a = *b;
    *b = keep;
}

void factor_order(double loading[], double phi[], size_t items, size_t factors)
{
    for (size_t a = 0; a < factors; a++) {
        size_t best = a;
        double sum = 0;
        for (size_t b = a + 1; b < factors; b++)
            if (column_squares(loading, items, factors, b) > column_squares(loading, items, factors, best))
                best = b;
        for (size_t i = 0; i < items && best != a; i++)
            swap(&loading[i * factors + a], &loading[i * factors + best]);
        for (size_t k = 0; k < factors && best != a && phi != NULL; k++)
            swap(&phi[k * factors + a], &phi[k * factors + best]);
        for (size_t k = 0; k < factors && best != a && phi != NULL; k++)
            swap(&phi[a * factors + k], &phi[best * factors + k]);
        for (size_t i = 0; i < items; i++)
            sum += loading[i * factors + a];
        if (!(sum < 0))
            continue;
        for (size_t i = 0; i < items; i++)
            loading[i * factors + a] = -loading[i * factors + a];
        for (size_t k = 0; k < factors && phi != NULL; k++) {
            phi[k * factors + a] = -phi[k * factors + a];
            phi[a * factors + k] = -phi[a * factors + k];
        }
    }
}

/* A turn of the axes, the same in every run: uniform numbers of a fixed linear congruence (Knuth's MMIX), columns made
 * orthonormal one after the other. Start 0 is no turn. */
static void turned_axes(size_t factors, unsigned start, double axes[])
{
    uint64_t state = 0x9e3779b97f4a7c15u + start;
    for (size_t k = 0; k < factors; k++) {
        double length = 0;
        for (size_t i = 0; i < factors; i++) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            axes[i * factors + k] = start == 0 ? (i == k ? 1 : 0) : (double)(state >> 11) * 0x1p-52 - 1;
        }
        for (size_t j = 0; j < k; j++) {
            double dot = 0;
            for (size_t i = 0; i < factors; i++)
                dot += axes[i * factors + j] * axes[i * factors + k];
            for (size_t i = 0; i < factors; i++)
                axes[i * factors + k] -= dot * axes[i * factors + j];
        }
        for (size_t i = 0; i < factors; i++)
            length += axes[i * factors + k] * axes[i * factors + k];
        for (size_t i = 0; i < factors; i++)
            axes[i * factors + k] /= sqrt(length);
    }
}

/* out = left (rows × inner) · right (inner × columns) */
static void multiply(const double left[], const double right[], size_t rows, size_t inner, size_t columns, double out[])
{
    for (size_t i = 0; i < rows; i++)
        for (size_t k = 0; k < columns; k++) {
            double sum = 0;
            for (size_t j = 0; j < inner; j++)
                sum += left[i * inner + j] * right[j * columns + k];
            out[i * columns + k] = sum;
        }
}

static void normalise(double loading[], double weight[], size_t items, size_t factors, bool kaiser)
{
    for (size_t i = 0; i < items; i++) {
        double square = 0;
        for (size_t k = 0; k < factors; k++)
            square += loading[i * factors + k] * loading[i * factors + k];
        weight[i] = kaiser && square > 0 ? sqrt(square) : 1;
        for (size_t k = 0; k < factors; k++)
            loading[i * factors + k] /= weight[i];
    }
}

static void unnormalise(double loading[], const double weight[], size_t items, size_t factors)
{
    for (size_t i = 0; i < items * factors; i++)
        loading[i] *= weight[i / factors];
}

/* --- varimax --- */

/* Turns columns a and b by the angle with the greatest variance of their squares; returns its absolute sine. */
static double turn(double x[], size_t items, size_t factors, size_t a, size_t b)
{
    double su = 0, sv = 0, suv = 0, sd = 0, n = (double)items;
    for (size_t i = 0; i < items; i++) {
        double one = x[i * factors + a], two = x[i * factors + b];
        double u = (one - two) * (one + two), v = 2 * one * two;
        su += u;
        sv += v;
        sd += (u - v) * (u + v);
        suv += 2 * u * v;
    }
    double angle = atan2(suv - 2 * su * sv / n, sd - (su - sv) * (su + sv) / n) / 4;
    double c = cos(angle), s = sin(angle);
    for (size_t i = 0; i < items; i++) {
        double one = x[i * factors + a], two = x[i * factors + b];
        x[i * factors + a] = c * one + s * two;
        x[i * factors + b] = c * two - s * one;
    }
    return fabs(s);
}

static double varimax_value(const double x[], size_t items, size_t factors)
{
    double value = 0;
    for (size_t k = 0; k < factors; k++) {
        double fourth = 0, second = column_squares(x, items, factors, k);
        for (size_t i = 0; i < items; i++)
            fourth += pow(x[i * factors + k], 4);
        value += fourth - second * second / (double)items;
    }
    return value;
}

enum status rotate_varimax(struct arena *arena, double loading[], size_t items, size_t factors, bool kaiser,
                           struct fail *fail)
{
    if (factors == 0 || factors > FACTORS_MAX || items < factors)
        return FAIL(fail, STATUS_INPUT, "these statements cannot determine so many factors");
    if (factors == 1)
        return STATUS_OK;
    double *memory = ARENA_NEW(arena, double, 2 * items * factors + factors * factors + items);
    if (memory == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    double *x = memory, *best = x + items * factors, *axes = best + items * factors, *weight = axes + factors * factors;
    double best_value = -(double)INFINITY;
    normalise(loading, weight, items, factors, kaiser);
    for (unsigned start = 0; start < STARTS; start++) {
        double largest = 1;
        turned_axes(factors, start, axes);
        multiply(loading, axes, items, factors, factors, x);
        for (int sweep = 0; sweep < SWEEPS_MAX && largest > 1e-14; sweep++) {
            largest = 0;
            for (size_t a = 0; a < factors; a++)
                for (size_t b = a + 1; b < factors; b++)
                    largest = fmax(largest, turn(x, items, factors, a, b));
        }
        double value = varimax_value(x, items, factors);
        if (value > best_value + 1e-12 * (1 + fabs(value))) {
            best_value = value;
            memcpy(best, x, items * factors * sizeof *best);
        }
    }
    memcpy(loading, best, items * factors * sizeof *loading);
    unnormalise(loading, weight, items, factors);
    return STATUS_OK;
}

/* --- quartimin --- */

struct oblique {
    size_t items, factors;
    const double *fixed; /* the loadings before rotation */
    double *turn, *inverse, *pattern, *slope, *gradient;
    double value, slope_length;
};

/* Gauss–Jordan with pivots: a few factors only. */
static bool invert(const double matrix[], size_t size, double inverse[])
{
    double work[FACTORS_MAX * FACTORS_MAX];
    memcpy(work, matrix, size * size * sizeof *work);
    for (size_t i = 0; i < size * size; i++)
        inverse[i] = i % (size + 1) == 0 ? 1 : 0;
    for (size_t k = 0; k < size; k++) {
        size_t pivot = k;
        for (size_t i = k + 1; i < size; i++)
            if (fabs(work[i * size + k]) > fabs(work[pivot * size + k]))
                pivot = i;
        if (!(fabs(work[pivot * size + k]) > 1e-12))
            return false;
        for (size_t j = 0; j < size && pivot != k; j++) {
            swap(&work[k * size + j], &work[pivot * size + j]);
            swap(&inverse[k * size + j], &inverse[pivot * size + j]);
        }
        double scale = work[k * size + k];
        for (size_t j = 0; j < size; j++) {
            work[k * size + j] /= scale;
            inverse[k * size + j] /= scale;
        }
        for (size_t i = 0; i < size; i++) {
            double times = i == k ? 0 : work[i * size + k];
            for (size_t j = 0; j < size && times != 0; j++) {
                work[i * size + j] -= times * work[k * size + j];
                inverse[i * size + j] -= times * inverse[k * size + j];
            }
        }
    }
    return true;
}

/* Pattern = fixed · (T⁻¹)' and the criterion Σ of products of squared loadings, a quarter as is usual. */
static bool oblique_value(struct oblique *at)
{
    const size_t k = at->factors;
    if (!invert(at->turn, k, at->inverse))
        return false;
    at->value = 0;
    for (size_t i = 0; i < at->items; i++) {
        double all = 0;
        for (size_t a = 0; a < k; a++) {
            double sum = 0;
            for (size_t b = 0; b < k; b++)
                sum += at->fixed[i * k + b] * at->inverse[a * k + b];
            at->pattern[i * k + a] = sum;
            all += sum * sum;
        }
        for (size_t a = 0; a < k; a++) {
            double own = at->pattern[i * k + a];
            at->value += own * own * (all - own * own) / 4;
            at->slope[i * k + a] = own * (all - own * own);
        }
    }
    return true;
}

/* Gradient by T, −(Λ' S T⁻¹)', projected onto columns of unit length. */
static void oblique_gradient(struct oblique *at)
{
    const size_t k = at->factors;
    double cross[FACTORS_MAX * FACTORS_MAX];
    at->slope_length = 0;
    for (size_t a = 0; a < k; a++)
        for (size_t b = 0; b < k; b++) {
            cross[a * k + b] = 0;
            for (size_t i = 0; i < at->items; i++)
                cross[a * k + b] += at->pattern[i * k + a] * at->slope[i * k + b];
        }
    for (size_t column = 0; column < k; column++) {
        double along = 0;
        for (size_t row = 0; row < k; row++) {
            double sum = 0;
            for (size_t b = 0; b < k; b++)
                sum += cross[column * k + b] * at->inverse[b * k + row];
            at->gradient[row * k + column] = -sum;
            along += -sum * at->turn[row * k + column];
        }
        for (size_t row = 0; row < k; row++) {
            at->gradient[row * k + column] -= along * at->turn[row * k + column];
            at->slope_length += at->gradient[row * k + column] * at->gradient[row * k + column];
        }
    }
    at->slope_length = sqrt(at->slope_length);
}

/* One step along the projected gradient with the largest of the halved lengths that helps enough; false when none does. */
static bool oblique_step(struct oblique *at, double *length)
{
    const size_t k = at->factors;
    double before[FACTORS_MAX * FACTORS_MAX];
    double value = at->value, expected = at->slope_length * at->slope_length;
    memcpy(before, at->turn, k * k * sizeof *before);
    *length *= 2;
    for (int half = 0; half < 40; half++, *length /= 2) {
        for (size_t column = 0; column < k; column++) {
            double square = 0;
            for (size_t row = 0; row < k; row++) {
                double entry = before[row * k + column] - *length * at->gradient[row * k + column];
                at->turn[row * k + column] = entry;
                square += entry * entry;
            }
            for (size_t row = 0; row < k; row++)
                at->turn[row * k + column] /= sqrt(square);
        }
        if (!oblique_value(at))
            continue;
        /* Near the end the differences of the criterion are rounding: any step that does not rise is taken. */
        if (value - at->value > 0.5 * expected * *length ||
            (at->slope_length < 1e-7 && at->value <= value * (1 + 1e-15)))
            return true;
    }
    memcpy(at->turn, before, k * k * sizeof *before);
    return false;
}

static bool oblique_run(struct oblique *at, double until, int steps_max)
{
    double length = 1;
    if (!oblique_value(at))
        return false;
    oblique_gradient(at);
    for (int step = 0; step < steps_max && at->slope_length > until; step++) {
        if (!oblique_step(at, &length))
            return oblique_value(at);
        oblique_gradient(at);
    }
    return true;
}

enum status rotate_oblimin(struct arena *arena, double loading[], size_t items, size_t factors, bool kaiser,
                           double phi[], double *criterion, struct fail *fail)
{
    const size_t k = factors;
    if (k == 0 || k > FACTORS_MAX || items < k)
        return FAIL(fail, STATUS_INPUT, "these statements cannot determine so many factors");
    double *memory = ARENA_NEW(arena, double, 4 * k * k + 3 * items * k + items);
    if (memory == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    double *best = memory + 3 * k * k, *rest = memory + 4 * k * k, *weight = rest + 3 * items * k;
    struct oblique at = { .items = items, .factors = k, .fixed = rest + 2 * items * k, .turn = memory,
                          .inverse = memory + k * k, .gradient = memory + 2 * k * k, .pattern = rest,
                          .slope = rest + items * k };
    double best_value = (double)INFINITY;
    normalise(loading, weight, items, k, kaiser);
    memcpy(rest + 2 * items * k, loading, items * k * sizeof *loading);
    for (unsigned start = 0; start < STARTS; start++) {
        turned_axes(k, start, at.turn);
        if (oblique_run(&at, 1e-6, 3000) && at.value < best_value - 1e-9) {
            best_value = at.value;
            memcpy(best, at.turn, k * k * sizeof *best);
        }
    }
    memcpy(at.turn, best, k * k * sizeof *best);
    if (!isfinite(best_value) || !oblique_run(&at, 1e-13, STEPS_MAX) || !(at.slope_length < 1e-6))
        return FAIL(fail, STATUS_DENIED, "the rotation did not converge");
    memcpy(loading, at.pattern, items * k * sizeof *loading);
    unnormalise(loading, weight, items, k);
    for (size_t a = 0; a < k; a++)
        for (size_t b = 0; b < k; b++) {
            phi[a * k + b] = 0;
            for (size_t i = 0; i < k; i++)
                phi[a * k + b] += at.turn[i * k + a] * at.turn[i * k + b];
        }
    *criterion = at.value;
    return STATUS_OK;
}

/* --- promax --- */

enum status rotate_promax(struct arena *arena, double loading[], size_t items, size_t factors, double power,
                          double phi[], struct fail *fail)
{
    const size_t k = factors;
    if (k == 0 || k > FACTORS_MAX || items < k)
        return FAIL(fail, STATUS_INPUT, "these statements cannot determine so many factors");
    double *memory = ARENA_NEW(arena, double, 4 * k * k + items * k);
    if (memory == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    double *square = memory, *inverse = memory + k * k, *cross = memory + 2 * k * k, *turn_to = memory + 3 * k * k;
    double *rotated = memory + 4 * k * k;
    for (size_t a = 0; a < k; a++)
        for (size_t b = 0; b < k; b++)
            for (size_t i = 0; i < items; i++) {
                double one = loading[i * k + a], two = loading[i * k + b];
                square[a * k + b] += one * two;
                cross[a * k + b] += one * two * pow(fabs(two), power - 1);
            }
    if (!invert(square, k, inverse))
        return FAIL(fail, STATUS_DENIED, "the rotation did not converge");
    multiply(inverse, cross, k, k, k, turn_to);
    for (size_t a = 0; a < k; a++)
        for (size_t b = 0; b < k; b++) {
            square[a * k + b] = 0;
            for (size_t i = 0; i < k; i++)
                square[a * k + b] += turn_to[i * k + a] * turn_to[i * k + b];
        }
    if (!invert(square, k, inverse))
        return FAIL(fail, STATUS_DENIED, "the rotation did not converge");
    for (size_t i = 0; i < k; i++)
        for (size_t a = 0; a < k; a++)
            turn_to[i * k + a] *= sqrt(inverse[a * k + a]);
    for (size_t a = 0; a < k; a++)
        for (size_t b = 0; b < k; b++)
            phi[a * k + b] = inverse[a * k + b] / sqrt(inverse[a * k + a]) / sqrt(inverse[b * k + b]);
    multiply(loading, turn_to, items, k, k, rotated);
    memcpy(loading, rotated, items * k * sizeof *loading);
    return STATUS_OK;
}
