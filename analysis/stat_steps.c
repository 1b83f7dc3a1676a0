/* Blocks of rows are shared out among threads; each thread adds whole numbers into tables of its own, which are added
 * up in the end. Means and covariances follow from the tables without rounding before the last division. */
#include "analysis/stat_steps.h"

#include <math.h>
#include <string.h>

#include "analysis/stat_steps_block.h"
#include "base/share.h"

enum { PADDING = 4 };

struct pass {
    const struct steps *steps;
    unsigned parts;
    bool wide;           /* processor */
    size_t padded;       /* items + 1, up to a multiple of PADDING */
    uint8_t *clean;      /* one block a thread */
    uint64_t *frequency; /* one table a thread */
    uint64_t *product;
};

static void pass_block(void *context, size_t block, unsigned thread)
{
    const struct pass *pass = context;
    const struct steps *steps = pass->steps;
    size_t columns = steps->items + 1;
    size_t first = block * BLOCK_ROWS;
    size_t rows = steps->rows - first < BLOCK_ROWS ? steps->rows - first : BLOCK_ROWS;
    if (pass->parts & STEPS_FREQUENCIES) {
        uint64_t *frequency = pass->frequency + thread * steps->items * steps->levels;
        for (size_t k = 0; k < steps->items; k++)
            block_frequencies(pass->wide, steps->column[k] + first, rows, steps->levels, frequency + k * steps->levels);
    }
    if (pass->parts & STEPS_PRODUCTS) {
        uint8_t *clean = pass->clean + thread * pass->padded * BLOCK_ROWS;
        block_clean(pass->wide, steps->column, steps->items, first, rows, steps->levels, clean);
        block_products(pass->wide, clean, columns, pass->padded, pass->product + thread * columns * columns);
    }
}

/* Everything into the table of the first thread. */
static void add_up(uint64_t *tables, size_t size, unsigned threads)
{
    for (unsigned thread = 1; thread < threads; thread++)
        for (size_t i = 0; i < size; i++)
            tables[i] += tables[thread * size + i];
}

enum status steps_count(struct arena *arena, const struct steps *steps, unsigned parts, unsigned threads,
                        struct steps_counts *counts, struct fail *fail)
{
    if (steps->levels < 2 || steps->levels > STEPS_LEVELS || steps->items == 0 || steps->items > STEPS_ITEMS)
        return FAIL(fail, STATUS_INPUT, "a scale has 1 to %d statements with 2 to %d steps, not %zu with %u",
                    (int)STEPS_ITEMS, (int)STEPS_LEVELS, steps->items, steps->levels);
    size_t blocks = (steps->rows + BLOCK_ROWS - 1) / BLOCK_ROWS;
    size_t columns = steps->items + 1;
    threads = threads < 1 ? 1 : threads > SHARE_MAX ? SHARE_MAX : threads;
    threads = threads > blocks ? (blocks == 0 ? 1 : (unsigned)blocks) : threads;
    struct pass pass = { .steps = steps,
                         .parts = parts,
                         .wide = block_wide(),
                         .padded = (columns + PADDING - 1) / PADDING * PADDING,
                         .frequency = ARENA_NEW(arena, uint64_t, threads * steps->items * steps->levels),
                         .product = ARENA_NEW(arena, uint64_t, threads * columns * columns) };
    pass.clean = ARENA_NEW(arena, uint8_t, parts & STEPS_PRODUCTS ? threads * pass.padded * BLOCK_ROWS : 1);
    if (pass.clean == NULL || pass.frequency == NULL || pass.product == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    share_out(blocks, threads, pass_block, &pass);
    add_up(pass.frequency, steps->items * steps->levels, threads);
    add_up(pass.product, columns * columns, threads);
    *counts = (struct steps_counts){ .steps = *steps,
                                     .frequency = parts & STEPS_FREQUENCIES ? pass.frequency : NULL,
                                     .product = parts & STEPS_PRODUCTS ? pass.product : NULL };
    return STATUS_OK;
}

static bool is_reversed(const struct steps *steps, size_t item)
{
    return steps->reversed != NULL && steps->reversed[item];
}

static double value_of(const struct steps *steps, size_t item, double level)
{
    return steps->first + (is_reversed(steps, item) ? (double)(steps->levels - 1) - level : level);
}

/* n Σxy − Σx Σy without error: the parts may exceed 64 bits only beyond 10^8 rows, the difference does not wrap below
 * 2^63. */
static double centred(uint64_t n, uint64_t xy, uint64_t x, uint64_t y)
{
    return (double)(int64_t)(n * xy - x * y);
}

struct moments steps_moments(const struct steps_counts *counts, size_t item)
{
    const uint64_t *frequency = counts->frequency + item * counts->steps.levels;
    uint64_t n = 0, sum = 0, squares = 0;
    for (uint64_t level = 0; level < counts->steps.levels; level++) {
        n += frequency[level];
        sum += level * frequency[level];
        squares += level * level * frequency[level];
    }
    struct moments moments = { (double)n, NOT_A_NUMBER, NOT_A_NUMBER, NOT_A_NUMBER, NOT_A_NUMBER, NOT_A_NUMBER };
    if (n == 0)
        return moments;
    moments.mean = value_of(&counts->steps, item, (double)sum / (double)n);
    moments.squares = centred(n, squares, sum, sum) / (double)n;
    if (n > 1) {
        moments.variance = moments.squares / (double)(n - 1);
        moments.sd = sqrt(moments.variance);
    }
    return moments;
}

/* Table of the complete rows; a ≤ b. */
static uint64_t product_of(const struct steps_counts *counts, size_t a, size_t b)
{
    return counts->product[a * (counts->steps.items + 1) + b];
}

uint64_t steps_complete(const struct steps_counts *counts)
{
    return product_of(counts, counts->steps.items, counts->steps.items);
}

double steps_complete_mean(const struct steps_counts *counts, size_t item)
{
    uint64_t n = steps_complete(counts);
    if (n == 0)
        return NOT_A_NUMBER;
    return value_of(&counts->steps, item, (double)product_of(counts, item, counts->steps.items) / (double)n);
}

void steps_covariance(const struct steps_counts *counts, double covariance[])
{
    size_t items = counts->steps.items;
    uint64_t n = steps_complete(counts);
    for (size_t a = 0; a < items; a++)
        for (size_t b = a; b < items; b++) {
            double sum =
                centred(n, product_of(counts, a, b), product_of(counts, a, items), product_of(counts, b, items));
            double sign = is_reversed(&counts->steps, a) == is_reversed(&counts->steps, b) ? 1 : -1;
            double made = n < 2 ? NOT_A_NUMBER : sum == 0 ? 0 : sign * (sum / (double)n / (double)(n - 1));
            covariance[a * items + b] = covariance[b * items + a] = made;
        }
}

enum status steps_consistency(struct arena *arena, const struct steps_counts *counts, struct consistency *consistency,
                              struct fail *fail)
{
    size_t items = counts->steps.items;
    double *covariance = ARENA_NEW(arena, double, items *items);
    double *mean = ARENA_NEW(arena, double, items);
    if (covariance == NULL || mean == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    steps_covariance(counts, covariance);
    for (size_t i = 0; i < items; i++)
        mean[i] = steps_complete_mean(counts, i);
    return consistency_of(arena, covariance, mean, (double)steps_complete(counts), items, consistency, fail);
}
