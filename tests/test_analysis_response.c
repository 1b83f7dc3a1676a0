/* The R-indicator against R 4.2: glm(cbind(r, n - r) ~ factor(u) + factor(s) + factor(a), binomial), the variance of
 * its fitted values and the correction computed from its model matrix. Joining of small levels; what is refused. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/stat_response.h"

enum { CELLS = 14, LEVELS = 4 };

static const struct response_cell example[CELLS] = {
    { { 0, 0, 0 }, 60, 21 }, { { 0, 0, 1 }, 40, 18 }, { { 0, 1, 0 }, 55, 16 }, { { 0, 1, 1 }, 35, 11 },
    { { 1, 0, 0 }, 80, 40 }, { { 1, 0, 1 }, 30, 17 }, { { 1, 1, 0 }, 20, 9 },  { { 1, 1, 1 }, 25, 13 },
    { { 2, 0, 0 }, 70, 14 }, { { 2, 0, 1 }, 45, 12 }, { { 2, 1, 0 }, 90, 11 }, { { 2, 1, 1 }, 50, 10 },
    { { 3, 0, 0 }, 33, 12 }, { { 3, 1, 1 }, 47, 15 },
};

static void close_to(double found, double wanted)
{
    if (!(fabs(found - wanted) <= 1e-11))
        fail_msg("found %.15g, expected %.15g", found, wanted);
}

static enum status fit(struct arena *arena, const struct response_cell cells[], size_t count, uint64_t seed,
                       struct response *response)
{
    struct response_cells all = { .count = count, .factor_count = 3, .level_count = { LEVELS, 2, 2 } };
    all.cells = ARENA_NEW(arena, struct response_cell, count + 1);
    assert_non_null(all.cells);
    memcpy(all.cells, cells, count * sizeof *cells);
    return response_fit(arena, &all, seed, response, NULL);
}

static void as_r_says(void **state)
{
    struct arena arena;
    struct response found;
    struct response again;
    (void)state;
    arena_init(&arena, 16 << 20);
    assert_int_equal(fit(&arena, example, CELLS, 42, &found), STATUS_OK);
    close_to(found.rate, 0.322058823529412);
    close_to(found.raw, 0.73513963054258);
    close_to(found.spread, 0.12520605675406);
    close_to(found.indicator.value, 0.749587886491879);
    close_to(found.part[0], 0.119973280432538);
    close_to(found.part[1], 0.0521626515026594);
    close_to(found.part[2], 0.0176191027120733);
    assert_true(found.indicator.low > 0.6 && found.indicator.low < found.indicator.value);
    assert_true(found.indicator.high < 0.9 && found.indicator.high > found.indicator.value);
    assert_int_equal(fit(&arena, example, CELLS, 42, &again), STATUS_OK);
    assert_memory_equal(&found.indicator, &again.indicator, sizeof found.indicator); /* the seed decides */
    arena_free(&arena);
}

/* The same rate everywhere: what is left is chance, and the correction takes it away. */
static void even_response_is_one(void **state)
{
    struct arena arena;
    struct response found;
    struct response_cell cells[CELLS];
    (void)state;
    memcpy(cells, example, sizeof cells);
    for (size_t i = 0; i < CELLS; i++) {
        cells[i].people = 60;
        cells[i].answered = i % 2 == 0 ? 20 : 19;
    }
    arena_init(&arena, 16 << 20);
    assert_int_equal(fit(&arena, cells, CELLS, 1, &found), STATUS_OK);
    assert_true(found.raw < 1);
    close_to(found.indicator.value, 1);
    close_to(found.indicator.high, 1);
    assert_true(found.indicator.low > 0.85);
    arena_free(&arena);
}

static struct refused_case {
    const char *name;
    struct response_cell cells[2];
    size_t count;
    enum status status;
} refused[] = {
    { "no cells", { { { 0 }, 0, 0 } }, 0, STATUS_INPUT },
    { "one person", { { { 0 }, 1, 1 } }, 1, STATUS_INPUT },
    { "nobody answered", { { { 0 }, 9, 0 }, { { 1 }, 9, 0 } }, 2, STATUS_DENIED },
    { "everybody answered", { { { 0 }, 9, 9 }, { { 1 }, 9, 9 } }, 2, STATUS_DENIED },
    { "more answers than people", { { { 0 }, 9, 10 }, { { 1 }, 9, 1 } }, 2, STATUS_INPUT },
    { "a level that does not exist", { { { 9 }, 9, 5 }, { { 1 }, 9, 1 } }, 2, STATUS_INPUT },
    { "levels without people", { { { 0, 0, 0 }, 9, 5 }, { { 1, 1, 1 }, 9, 1 } }, 2, STATUS_DENIED },
};

static void is_refused(void **state)
{
    const struct refused_case *row = *state;
    struct arena arena;
    struct response found;
    arena_init(&arena, 16 << 20);
    assert_int_equal(fit(&arena, row->cells, row->count, 1, &found), row->status);
    arena_free(&arena);
}

/* Levels 1 and 3 have too few answers; together enough. Level 2 is empty and disappears. */
static void small_levels_are_joined(void **state)
{
    struct response_cell cells[] = { { { 0 }, 100, 40 }, { { 1 }, 20, 6 }, { { 3 }, 30, 5 }, { { 4 }, 80, 30 } };
    struct response_cells all = { .cells = cells, .count = 4, .factor_count = 1, .level_count = { 5 } };
    struct arena arena;
    (void)state;
    arena_init(&arena, 1 << 20);
    assert_int_equal(response_join(&arena, &all, 10, NULL), STATUS_OK);
    assert_int_equal(all.level_count[0], 3);
    assert_int_equal(cells[0].level[0], 1);
    assert_int_equal(cells[1].level[0], 0);
    assert_int_equal(cells[2].level[0], 0);
    assert_int_equal(cells[3].level[0], 2);
    /* Where they are few even together, the smallest of the others joins them. */
    assert_int_equal(response_join(&arena, &all, 12, NULL), STATUS_OK);
    assert_int_equal(all.level_count[0], 2);
    assert_int_equal(cells[3].level[0], 0);
    assert_int_equal(cells[0].level[0], 1);
    arena_free(&arena);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(refused) + 3] = {
        { "as R says", as_r_says, NULL, NULL, NULL },
        { "even response is one", even_response_is_one, NULL, NULL, NULL },
        { "small levels are joined", small_levels_are_joined, NULL, NULL, NULL },
    };
    for (size_t i = 0; i < COUNT(refused); i++)
        tests[3 + i] = (struct CMUnitTest){ refused[i].name, is_refused, NULL, NULL, &refused[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
