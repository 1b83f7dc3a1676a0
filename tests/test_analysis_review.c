/* Figures about a release: counted by hand on tables of a few cells. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/inputs.h"
#include "analysis/result.h"

enum { UNITS = 4, CELLS = 2 * (UNITS + 1) };

static struct release_row rows[UNITS + 1] = {
    { .id = "total", .total = true }, { .id = "unit.1" }, { .id = "unit.2" }, { .id = "unit.3" }, { .id = "unit.4" }
};

/* A protected table of two columns: cells of that kind, hidden where the value is negative. */
struct shown {
    struct raw_table table;
    struct raw_cell cells[CELLS];
    enum release_sign signs[CELLS];
};

static void fill(struct shown *shown, const char *id, enum raw_kind kind, const double values[CELLS])
{
    for (size_t i = 0; i < CELLS; i++) {
        shown->cells[i] = (struct raw_cell){ .kind = kind, .value = fabs(values[i]) };
        shown->signs[i] = values[i] < 0 ? SIGN_SECRET : SIGN_SHOWN;
    }
    shown->table = (struct raw_table){ .id = id, .rows = rows, .row_count = UNITS + 1, .column_count = 2,
                                       .cells = shown->cells, .signs = shown->signs };
}

static struct raw_cell raw(const struct basis *basis, size_t column)
{
    struct arena arena;
    struct result result;
    const struct inputs inputs = { 0 };
    arena_init(&arena, 1 << 20);
    result_init(&result, &arena, &inputs);
    assert_int_equal(indicator_find("dq6")->review(basis, &result, NULL), STATUS_OK);
    assert_int_equal(result.table_count, 1);
    struct raw_cell cell = result.tables[0]->cells[column];
    arena_free(&arena);
    return cell;
}

/* 100 ballots: 40 and 30 in two departments with figures, 20 in one with HR's figures only, a hidden one, no
 * department. */
static void answers_below_the_city(void **state)
{
    (void)state;
    struct shown ballots, scores, heads;
    fill(&ballots, "dq1.unit", RAW_ANSWERS, (const double[CELLS]){ -1, 100, -1, 40, -1, 30, -1, 20, -1, -1 });
    fill(&scores, "k1.unit", RAW_ANSWERS, (const double[CELLS]){ 50, -1, 51, -1, -1, 5, -1, -1, -1, -1 });
    fill(&heads, "r2", RAW_HEADS, (const double[CELLS]){ -1, -1, -1, -1, -1, -1, 3, 3, -1, -1 });
    struct raw_table *const tables[] = { &ballots.table, &scores.table, &heads.table };
    const struct basis basis = { tables, COUNT(tables) };
    assert_true(fabs(raw(&basis, 0).value - 30) < 1e-12);
    assert_true(fabs(raw(&basis, 1).value - 21) < 1e-12);
    assert_true(fabs(raw(&basis, 2).value - 70) < 1e-12);
    assert_true(fabs(raw(&basis, 3).value - 30) < 1e-12);
    ballots.signs[1] = SIGN_SECRET; /* the number of ballots is not shown: nothing can be said */
    assert_int_equal(raw(&basis, 3).kind, RAW_EMPTY);
    assert_int_equal(raw(&basis, 2).kind, RAW_OPEN);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(answers_below_the_city) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
