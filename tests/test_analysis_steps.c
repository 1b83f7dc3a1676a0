/* Whole-number statistics of Likert columns against the general ones, whatever the thread count, order and gaps. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/stat_matrix.h"
#include "analysis/stat_mean.h"
#include "analysis/stat_steps.h"
#include "analysis/stat_steps_block.h"
#include "analysis/stat_steps_units.h"
#include "base/env.h"

enum { ITEMS = 13, ROWS = 5003 };

struct fixture {
    struct arena arena;
    uint8_t *column[ITEMS];
    bool reversed[ITEMS];
    struct steps steps;
};

static void close_to(double found, double expected)
{
    if (!(fabs(found - expected) <= 1e-12 * fmax(1, fabs(expected))))
        fail_msg("found %.17g instead of %.17g", found, expected);
}

/* gaps: one answer in so many is missing; 0 for none. */
static void make(struct fixture *fixture, size_t rows, unsigned levels, uint32_t gaps)
{
    struct seeded seeded;
    seeded_init(&seeded, 7);
    arena_init(&fixture->arena, 64 << 20);
    for (size_t k = 0; k < ITEMS; k++) {
        fixture->column[k] = malloc(rows + 1); /* of its own: a read beyond the end is seen */
        fixture->reversed[k] = k % 3 == 1;
    }
    for (size_t i = 0; i < rows; i++) {
        uint32_t mood = seeded_below(&seeded, levels);
        for (size_t k = 0; k < ITEMS; k++) {
            uint32_t level = seeded_below(&seeded, 2) == 0 ? mood : seeded_below(&seeded, levels);
            bool gap = gaps > 0 && seeded_below(&seeded, gaps) == 0;
            level = fixture->reversed[k] ? levels - 1 - level : level;
            fixture->column[k][i] = (uint8_t)(gap ? 255 - seeded_below(&seeded, 256 - levels) : level);
        }
    }
    fixture->steps = (struct steps){ .rows = rows,
                                     .items = ITEMS,
                                     .levels = levels,
                                     .column = (const uint8_t *const *)fixture->column,
                                     .reversed = fixture->reversed,
                                     .first = 1 };
}

static void drop(struct fixture *fixture)
{
    for (size_t k = 0; k < ITEMS; k++)
        free(fixture->column[k]);
    arena_free(&fixture->arena);
}

static void count(struct fixture *fixture, unsigned threads, struct steps_counts *counts)
{
    assert_int_equal(
        steps_count(&fixture->arena, &fixture->steps, STEPS_FREQUENCIES | STEPS_PRODUCTS, threads, counts, NULL),
        STATUS_OK);
}

static double value(const struct fixture *fixture, size_t row, size_t item)
{
    unsigned level = fixture->column[item][row], levels = fixture->steps.levels;
    if (level >= levels)
        return (double)NAN;
    return 1 + (double)(fixture->reversed[item] ? levels - 1 - level : level);
}

static void check_against_doubles(size_t rows, unsigned levels, uint32_t gaps)
{
    struct fixture fixture;
    struct steps_counts counts;
    struct consistency whole, general;
    static double complete[ROWS * ITEMS], one[ROWS], expected[ITEMS * ITEMS], found[ITEMS * ITEMS];
    size_t persons = 0;
    make(&fixture, rows, levels, gaps);
    count(&fixture, 2, &counts);
    for (size_t k = 0; k < ITEMS; k++) {
        size_t n = 0;
        for (size_t i = 0; i < rows; i++)
            if (!isnan(value(&fixture, i, k)))
                one[n++] = value(&fixture, i, k);
        struct moments own = moments_of(one, n), made = steps_moments(&counts, k);
        close_to(made.n, own.n);
        close_to(made.mean, own.mean);
        close_to(made.sd, own.sd);
        close_to(made.squares, own.squares);
    }
    for (size_t i = 0; i < rows; i++) {
        size_t k = 0;
        for (; k < ITEMS && !isnan(value(&fixture, i, k)); k++)
            complete[persons * ITEMS + k] = value(&fixture, i, k);
        persons += k == ITEMS;
    }
    assert_int_equal(steps_complete(&counts), persons);
    covariance_of(complete, persons, ITEMS, expected);
    steps_covariance(&counts, found);
    for (size_t i = 0; i < ITEMS * ITEMS; i++)
        close_to(found[i], expected[i]);
    assert_int_equal(steps_consistency(&fixture.arena, &counts, &whole, NULL), STATUS_OK);
    assert_int_equal(consistency_compute(&fixture.arena, complete, persons, ITEMS, &general, NULL), STATUS_OK);
    close_to(whole.alpha, general.alpha);
    close_to(whole.mean, general.mean);
    for (size_t k = 0; k < ITEMS; k++) {
        close_to(whole.item[k].alpha_without, general.item[k].alpha_without);
        close_to(whole.item[k].rest_r, general.item[k].rest_r);
    }
    drop(&fixture);
}

static void the_same_as_with_doubles(void **state)
{
    (void)state;
    check_against_doubles(ROWS, 5, 0);
    check_against_doubles(ROWS, 5, 30);
    check_against_doubles(ROWS, 16, 30);
    check_against_doubles(ROWS, 2, 30);
    check_against_doubles(2048, 16, 0); /* exactly one block: the largest sums a lane must hold */
    check_against_doubles(33, 5, 0);
    check_against_doubles(7, 5, 0);
}

static void threads_and_order_change_nothing(void **state)
{
    (void)state;
    struct fixture fixture;
    struct steps_counts one, other;
    size_t products = (ITEMS + 1) * (ITEMS + 1) * sizeof *one.product;
    make(&fixture, ROWS, 5, 20);
    count(&fixture, 1, &one);
    for (unsigned threads = 2; threads <= 16; threads += 7) {
        count(&fixture, threads, &other);
        assert_memory_equal(one.product, other.product, products);
        assert_memory_equal(one.frequency, other.frequency, ITEMS * 5 * sizeof *one.frequency);
    }
    for (size_t k = 0; k < ITEMS; k++)
        for (size_t i = 0; i < ROWS / 2; i++) {
            uint8_t kept = fixture.column[k][i];
            fixture.column[k][i] = fixture.column[k][ROWS - 1 - i];
            fixture.column[k][ROWS - 1 - i] = kept;
        }
    count(&fixture, 3, &other);
    assert_memory_equal(one.product, other.product, products);
    assert_memory_equal(one.frequency, other.frequency, ITEMS * 5 * sizeof *one.frequency);
    drop(&fixture);
}

/* The variant of other processors counts the same. */
static void both_variants_agree(void **state)
{
    (void)state;
    enum { PADDED = 16 };
    struct fixture fixture;
    static uint8_t clean[2][PADDED * BLOCK_ROWS];
    uint64_t product[2][(ITEMS + 1) * (ITEMS + 1)] = { 0 }, frequency[2][16] = { 0 };
    uint16_t sum[2][BLOCK_ROWS];
    uint8_t answered[2][BLOCK_ROWS];
    make(&fixture, BLOCK_ROWS - 5, 16, 40);
    size_t rows = fixture.steps.rows;
    for (int i = 0; i < 2; i++) {
        bool wide = i == 1 && block_wide();
        block_clean(wide, fixture.steps.column, ITEMS, 0, rows, 16, clean[i]);
        block_products(wide, clean[i], ITEMS + 1, PADDED, product[i]);
        block_frequencies(wide, fixture.column[0], rows, 16, frequency[i]);
        block_sums(wide, fixture.steps.column, ITEMS, NULL, 0, rows, 16, sum[i], answered[i]);
    }
    assert_memory_equal(clean[0], clean[1], sizeof clean[0]);
    assert_memory_equal(product[0], product[1], sizeof product[0]);
    assert_memory_equal(frequency[0], frequency[1], sizeof frequency[0]);
    assert_memory_equal(sum[0], sum[1], rows * sizeof sum[0][0]);
    assert_memory_equal(answered[0], answered[1], rows);
    drop(&fixture);
}

static void everything_the_same_level(void **state)
{
    (void)state;
    struct fixture fixture;
    struct steps_counts counts;
    double covariance[ITEMS * ITEMS];
    struct consistency scale;
    make(&fixture, 2048 * 3, 16, 0);
    for (size_t k = 0; k < ITEMS; k++)
        memset(fixture.column[k], 15, fixture.steps.rows); /* the highest sum of every lane */
    count(&fixture, 2, &counts);
    assert_int_equal(counts.product[0], 225 * fixture.steps.rows);
    steps_covariance(&counts, covariance);
    for (size_t i = 0; i < ITEMS * ITEMS; i++)
        assert_true(covariance[i] == 0);
    assert_true(steps_moments(&counts, 0).variance == 0);
    assert_int_equal(steps_consistency(&fixture.arena, &counts, &scale, NULL), STATUS_DENIED);
    drop(&fixture);
}

static void few_and_none(void **state)
{
    (void)state;
    for (size_t rows = 0; rows <= 2; rows++) {
        struct fixture fixture;
        struct steps_counts counts;
        struct consistency scale;
        double covariance[ITEMS * ITEMS];
        make(&fixture, rows, 5, 0);
        count(&fixture, 4, &counts);
        struct moments moments = steps_moments(&counts, 0);
        assert_true(moments.n == (double)rows);
        assert_int_equal(isnan(moments.mean), rows == 0);
        assert_int_equal(isnan(moments.variance), rows < 2);
        steps_covariance(&counts, covariance);
        assert_int_equal(isnan(covariance[0]), rows < 2);
        enum status status = steps_consistency(&fixture.arena, &counts, &scale, NULL);
        assert_true(status == (rows < 2 ? STATUS_INPUT : STATUS_OK));
        for (size_t k = 0; k < ITEMS; k++)
            memset(fixture.column[k], 255, rows);
        count(&fixture, 1, &counts);
        assert_int_equal(steps_complete(&counts), 0);
        assert_true(isnan(steps_complete_mean(&counts, 0)) && isnan(steps_moments(&counts, 0).mean));
        drop(&fixture);
    }
}

static void units_as_one_by_one(void **state)
{
    (void)state;
    enum { UNITS = 300, LEAST = 9 };
    struct fixture fixture;
    static uint16_t unit[ROWS];
    static double population[UNITS], values[ROWS];
    static struct unit_score scores[UNITS], others[UNITS];
    struct seeded seeded;
    seeded_init(&seeded, 11);
    make(&fixture, ROWS, 5, 6);
    for (size_t i = 0; i < ROWS; i++) {
        uint32_t of = seeded_below(&seeded, UNITS);
        unit[i] = (uint16_t)(of < 20 ? (of < 3 || i % 50 > 0 ? UNITS : of) : of); /* some stay small, some empty */
    }
    for (size_t u = 0; u < UNITS; u++)
        population[u] = u % 2 == 0 ? 0 : 40;
    const struct steps_units units = { unit, UNITS, LEAST, population };
    assert_int_equal(steps_by_unit(&fixture.arena, &fixture.steps, &units, 1, scores, NULL), STATUS_OK);
    size_t small[3] = { 0 };
    for (size_t u = 0; u < UNITS; u++) {
        size_t n = 0;
        for (size_t i = 0; i < ROWS; i++) {
            double sum = 0, answered = 0;
            for (size_t k = 0; k < ITEMS && unit[i] == u; k++)
                if (!isnan(value(&fixture, i, k))) {
                    sum += value(&fixture, i, k);
                    answered++;
                }
            if (answered >= LEAST)
                values[n++] = sum / answered;
        }
        assert_int_equal(scores[u].n, n);
        small[n < 2 ? n : 2]++;
        struct range range = mean_range(values, n, population[u]);
        if (n == 1)
            close_to(scores[u].range.value, values[0]);
        assert_int_equal(isnan(scores[u].range.value), n == 0);
        assert_int_equal(isnan(scores[u].range.low), n < 2);
        assert_int_equal(isnan(scores[u].sd), n < 2);
        if (n < 2)
            continue;
        close_to(scores[u].range.value, range.value);
        close_to(scores[u].range.low, range.low);
        close_to(scores[u].range.high, range.high);
    }
    assert_true(small[0] > 0 && small[1] > 0 && small[2] > 0);
    for (unsigned threads = 2; threads < 17; threads += 7) {
        assert_int_equal(steps_by_unit(&fixture.arena, &fixture.steps, &units, threads, others, NULL), STATUS_OK);
        assert_memory_equal(scores, others, sizeof scores);
    }
    drop(&fixture);
}

/* 7/3 and 14/6 are the same score: no variance may be left of the division. */
static void equal_scores_do_not_vary(void **state)
{
    (void)state;
    struct fixture fixture;
    struct unit_score score;
    static const uint16_t unit[4] = { 0 };
    make(&fixture, 4, 5, 0);
    fixture.steps.reversed = NULL;
    for (size_t k = 0; k < ITEMS; k++)
        for (size_t i = 0; i < 4; i++)
            fixture.column[k][i] = k < (i % 2 == 0 ? 3 : 6) ? (k % 3 == 0 ? 3 : 2) : 255;
    const struct steps_units units = { unit, 1, 3, NULL };
    assert_int_equal(steps_by_unit(&fixture.arena, &fixture.steps, &units, 2, &score, NULL), STATUS_OK);
    assert_true(score.n == 4 && score.sd == 0 && score.range.low == score.range.high);
    close_to(score.range.value, 1 + 7 / 3.0);
    const struct steps_units strict = { unit, 1, ITEMS + 1, NULL };
    assert_int_equal(steps_by_unit(&fixture.arena, &fixture.steps, &strict, 2, &score, NULL), STATUS_OK);
    assert_true(score.n == 0 && isnan(score.range.value));
    const struct steps_units none = { unit, 0, 1, NULL };
    assert_int_equal(steps_by_unit(&fixture.arena, &fixture.steps, &none, 2, &score, NULL), STATUS_INPUT);
    drop(&fixture);
}

static void out_of_range_is_refused(void **state)
{
    (void)state;
    struct fixture fixture;
    struct steps_counts counts;
    make(&fixture, 10, 5, 0);
    fixture.steps.levels = 17;
    assert_int_equal(steps_count(&fixture.arena, &fixture.steps, STEPS_PRODUCTS, 1, &counts, NULL), STATUS_INPUT);
    fixture.steps.levels = 1;
    assert_int_equal(steps_count(&fixture.arena, &fixture.steps, STEPS_PRODUCTS, 1, &counts, NULL), STATUS_INPUT);
    fixture.steps.levels = 5;
    fixture.steps.items = 0;
    assert_int_equal(steps_count(&fixture.arena, &fixture.steps, STEPS_PRODUCTS, 1, &counts, NULL), STATUS_INPUT);
    drop(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_as_with_doubles),  cmocka_unit_test(threads_and_order_change_nothing),
        cmocka_unit_test(everything_the_same_level), cmocka_unit_test(few_and_none),
        cmocka_unit_test(out_of_range_is_refused),   cmocka_unit_test(both_variants_agree),
        cmocka_unit_test(units_as_one_by_one),       cmocka_unit_test(equal_scores_do_not_vary),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
