/* Figures about a release: counted by hand on releases of a few cells. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/indicator.h"
#include "analysis/inputs.h"
#include "analysis/result.h"

enum { UNITS = 4 };

static const struct release_row rows[UNITS + 1] = {
    { .id = "total", .total = true }, { .id = "unit.1" }, { .id = "unit.2" }, { .id = "unit.3" }, { .id = "unit.4" }
};
static const struct release_column columns[2];

static struct released shown(double value, bool answers)
{
    return (struct released){ .value = value, .answers = answers };
}

static const struct released secret = { .sign = SIGN_SECRET };

static struct raw_cell raw(const struct release *release, size_t column)
{
    struct arena arena;
    struct result result;
    const struct inputs inputs = { 0 };
    arena_init(&arena, 1 << 20);
    result_init(&result, &arena, &inputs);
    assert_int_equal(indicator_find("dq6")->review(release, &result, NULL), STATUS_OK);
    assert_int_equal(result.table_count, 1);
    struct raw_cell cell = result.tables[0]->cells[column];
    arena_free(&arena);
    return cell;
}

static double cell(const struct release *release, size_t column)
{
    return raw(release, column).value;
}

/* 100 ballots: 40 and 30 in two departments with figures, 20 in one with HR's figures only, a hidden one, no
 * department. */
static void answers_below_the_city(void **state)
{
    (void)state;
    struct released ballots[2 * (UNITS + 1)] = {
        secret, shown(100, false), secret, shown(40, false), secret, shown(30, false), secret, shown(20, false), secret,
        secret
    };
    struct released scores[UNITS + 1] = { shown(50, true), shown(51, true), secret, secret, secret };
    struct released shares[UNITS + 1] = { secret, secret, shown(5, true), shown(3, false), secret };
    const struct release_table tables[] = {
        { .id = "dq1.unit",
          .rows = rows,
          .row_count = UNITS + 1,
          .columns = columns,
          .column_count = 2,
          .cells = ballots },
        { .id = "k1.unit",
          .rows = rows,
          .row_count = UNITS + 1,
          .columns = columns,
          .column_count = 1,
          .cells = scores },
        { .id = "r2", .rows = rows, .row_count = UNITS + 1, .columns = columns, .column_count = 1, .cells = shares },
    };
    struct release release = { .tables = tables, .table_count = 3, .planned = 20, .suppressed = 12 };
    assert_true(fabs(cell(&release, 0) - 20) < 1e-12);
    assert_true(fabs(cell(&release, 1) - 12) < 1e-12);
    assert_true(fabs(cell(&release, 2) - 60) < 1e-12);
    assert_true(fabs(cell(&release, 3) - 30) < 1e-12);
    ballots[1] = secret; /* the number of ballots is not shown: nothing can be said */
    assert_int_equal(raw(&release, 3).kind, RAW_EMPTY);
    assert_int_equal(raw(&release, 2).kind, RAW_OPEN);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(answers_below_the_city) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
