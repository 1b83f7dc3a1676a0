/* Secrecy: no hidden figure may be computable. Random tables, checked by counting integer solutions (no linear program);
 * with a negative control that switches the partners off and must find leaks. Linked tables: test_analysis_lattice.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "analysis/attack.h"
#include "analysis/inputs.h"
#include "analysis/protect.h"
#include "analysis/suppress.h"
#include "base/env.h"

enum { ROWS_MAX = 9, TABLES = 400 };

/* One table as a release of its own. */
static enum status protect_table(struct arena *arena, struct raw_table *table, bool partners,
                                 enum release_sign signs[], struct fail *fail)
{
    table->signs = NULL;
    enum status status = protect_tables(arena, &table, 1, &policy_default, partners, fail);
    for (size_t i = 0; table->signs != NULL && i < table->row_count * table->column_count; i++)
        signs[i] = table->signs[i];
    return status;
}

/* A table of one column: total, then rows. */
static struct raw_table *random_table(struct arena *arena, struct seeded *seeded, struct result *result)
{
    static const struct inputs none = { 0 };
    result_init(result, arena, &none);
    size_t rows = 2 + seeded_below(seeded, ROWS_MAX - 2);
    struct raw_table *table = result_table(result, "t", "t", rows + 1, 1);
    assert_non_null(table);
    table_column(table, 0, "x", RELEASE_SCORE, FOLLOWS_NONE);
    uint32_t all = 0, outside = 0;
    size_t total = table_total(result, table);
    for (size_t r = 0; r < rows; r++) {
        uint32_t n = seeded_below(seeded, 3) == 0 ? seeded_below(seeded, 12) : seeded_below(seeded, 60);
        uint32_t y = n == 0 ? 0 : seeded_below(seeded, n / 2 + 1);
        char id[] = { (char)('a' + r), '\0' };
        cell_answers_value(table_cell(table, table_row(result, table, id, LABEL_KEY("row")), 0), 50, n, y,
                           seeded_below(seeded, 4) == 0 ? 30 : 10);
        all += n;
        outside += y;
    }
    uint32_t rest = seeded_below(seeded, 2) * seeded_below(seeded, 20);
    cell_answers_value(table_cell(table, total, 0), 50, all + rest, outside + rest / 2, 10);
    table_partition(table, 0, rest, rest / 2);
    return table;
}

/* Largest number of people the first of `count` hidden groups can have if they sum up to sum and the others have at
 * least least[i]: by counting down, not by an equation solver. */
static uint32_t largest(uint32_t sum, const uint32_t least[], size_t count)
{
    for (uint32_t candidate = sum;; candidate--) {
        uint32_t left = sum - candidate, needed = 0;
        for (size_t i = 1; i < count; i++)
            needed += least[i];
        if (needed <= left && (count > 1 || left == 0))
            return candidate;
        if (candidate == 0)
            return 0;
    }
}

/* Leaks of a table: a group below ten that an intruder can bound below ten, or a hidden group that stands alone. */
static size_t leaks(const struct raw_table *table, const enum release_sign signs[])
{
    uint32_t hidden_people = table->columns[0].rest, least[ROWS_MAX + 2];
    size_t found = 0;
    if (signs[0] == SIGN_SECRET) { /* the total is hidden as well: then every row must be */
        for (size_t r = 1; r < table->row_count; r++)
            found += signs[r] != SIGN_SECRET;
        return found;
    }
    for (size_t r = 1; r < table->row_count; r++)
        hidden_people += signs[r] == SIGN_SHOWN ? 0 : table->cells[r].base;
    for (size_t p = 1; p <= table->row_count; p++) {
        bool rest = p == table->row_count;
        uint32_t people = rest ? table->columns[0].rest : table->cells[p].base;
        bool asked = rest ? people > 0 && people < 10 : signs[p] == SIGN_SECRET;
        if (!asked)
            continue;
        size_t count = 1;
        for (size_t r = 1; r <= table->row_count; r++)
            if (r != p && (r == table->row_count || signs[r] != SIGN_SHOWN))
                least[count++] = r < table->row_count && signs[r] == SIGN_UNSAFE ? 10 : 0;
        bool alone = count == 1 || (count == 2 && p < table->row_count && table->columns[0].rest == 0 && people > 0);
        if (people < 10 && largest(hidden_people, least, count) < 10)
            found++;
        else if (alone && people < 10)
            found++;
    }
    return found;
}

static void check_property(void **state)
{
    (void)state;
    struct seeded seeded;
    size_t with = 0, without = 0, secret = 0;
    seeded_init(&seeded, 20251122);
    for (size_t t = 0; t < TABLES; t++) {
        struct arena arena;
        struct result result;
        enum release_sign signs[ROWS_MAX + 2];
        struct fail fail = { 0 };
        arena_init(&arena, 4 << 20);
        struct raw_table *table = random_table(&arena, &seeded, &result);
        if (protect_table(&arena, table, true, signs, &fail) != STATUS_OK)
            fail_msg("table %zu: %s", t, fail.what);
        for (size_t r = 1; r < table->row_count; r++) {
            const struct raw_cell *cell = &table->cells[r];
            secret += signs[r] == SIGN_SECRET;
            assert_false(signs[r] == SIGN_SHOWN && (cell->base < 10 || cell->outside < 2));
        }
        with += leaks(table, signs);
        assert_int_equal(protect_table(&arena, table, false, signs, NULL), STATUS_OK);
        without += leaks(table, signs);
        arena_free(&arena);
    }
    assert_true(secret > 100);
    assert_int_equal(with, 0);
    assert_true(without > 20); /* negative control: without partners the same check must find leaks */
}

/* Unanimity: the only group in which all agree must not be left alone either. */
static void check_unanimity(void **state)
{
    (void)state;
    static const struct inputs none = { 0 };
    struct arena arena;
    struct result result;
    enum release_sign signs[4];
    arena_init(&arena, 1 << 20);
    result_init(&result, &arena, &none);
    struct raw_table *table = result_table(&result, "t", "t", 4, 1);
    assert_non_null(table);
    table_column(table, 0, "x", RELEASE_PERCENT, FOLLOWS_NONE);
    cell_answers_value(table_cell(table, table_total(&result, table), 0), 50, 120, 50, 10);
    static const uint32_t people[3] = { 30, 40, 50 }, outside[3] = { 0, 20, 25 };
    for (size_t r = 0; r < 3; r++)
        cell_answers_value(table_cell(table, table_row(&result, table, "r", LABEL_KEY("r")), 0), 50, people[r],
                           outside[r], 10);
    table_partition(table, 0, 0, 0);
    assert_int_equal(protect_table(&arena, table, true, signs, NULL), STATUS_OK);
    assert_int_equal(signs[1], SIGN_SECRET);
    assert_int_equal(signs[2], SIGN_SECRET);
    assert_int_equal(signs[3], SIGN_SHOWN);
    arena_free(&arena);
}

/* HR counts rounded to 5 leave room even without partners: three rounded neighbours are known to ± 2 each. */
static void check_rounding(void **state)
{
    (void)state;
    struct lattice_cell cells[4] = {
        { .value = 3, .least = 1, .most = 100, .protect = true, .reach_low = 3, .reach_high = 5 },
        { .value = 20, .open_low = 18, .open_high = 22, .most = 100, .group = 1 },
        { .value = 30, .open_low = 28, .open_high = 32, .most = 100, .group = 2 },
        { .value = 53, .open_low = 51, .open_high = 55, .group = LATTICE_FIXED },
    };
    cells[0].open_low = cells[0].open_high = 3;
    struct lattice_group groups[3] = { { .hidden = true }, { .movable = true, .cost = 20 },
                                       { .movable = true, .cost = 30 } };
    struct lattice_member members[4] = { { 0, 1 }, { 1, 1 }, { 2, 1 }, { 3, -1 } };
    struct lattice_relation relation = { .count = 4 };
    struct lattice lattice = { cells, 4, groups, 3, &relation, 1, members };
    struct interval found[4];
    struct attack_result result;
    struct suppress_result done = { 0 };
    assert_int_equal(attack(&lattice, NULL, found, &result, NULL), STATUS_OK);
    assert_int_equal(result.leak, 4);
    assert_true(found[0].low < 1.001 && found[0].high > 8.999); /* 3 ± 6, not below 1 */
    assert_int_equal(suppress(&lattice, NULL, &done, NULL), STATUS_OK);
    assert_int_equal(done.added, 0); /* the rounding protects it already */
    for (size_t i = 1; i < 4; i++)
        cells[i].open_low = cells[i].open_high = cells[i].value;
    assert_int_equal(attack(&lattice, NULL, found, &result, NULL), STATUS_OK);
    assert_int_equal(result.leak, 0); /* exact neighbours: computable */
    assert_int_equal(result.exact, 1);
    assert_int_equal(suppress(&lattice, NULL, &done, NULL), STATUS_OK);
    assert_int_equal(done.added, 1);
    assert_true(groups[1].hidden && !groups[2].hidden); /* the cheaper one */
    assert_int_equal(attack(&lattice, NULL, found, &result, NULL), STATUS_OK);
    assert_int_equal(result.leak, 4);
}

/* Published tables that contradict each other are refused. */
static void check_contradiction(void **state)
{
    (void)state;
    struct lattice_cell cells[2] = {
        { .value = 3, .open_low = 3, .open_high = 3, .least = 0, .most = 9, .protect = true, .reach_low = 3,
          .reach_high = 5 },
        { .value = 9, .open_low = 9, .open_high = 9, .group = LATTICE_FIXED },
    };
    struct lattice_group group = { .hidden = true };
    struct lattice_member members[2] = { { 0, 1 }, { 1, -1 } };
    struct lattice_relation relation = { .count = 2 };
    struct lattice lattice = { cells, 2, &group, 1, &relation, 1, members };
    struct interval found[2];
    struct attack_result result;
    struct lattice_fault fault;
    assert_int_equal(attack(&lattice, NULL, found, &result, NULL), STATUS_CONFLICT);
    assert_int_equal(suppress(&lattice, NULL, NULL, NULL), STATUS_CONFLICT);
    assert_int_equal(lattice_check(&lattice, &fault, NULL), STATUS_CONFLICT);
    assert_int_equal(fault.kind, LATTICE_SUM);
    cells[0].value = cells[0].open_low = cells[0].open_high = 9;
    cells[0].most = 5;
    assert_int_equal(lattice_check(&lattice, &fault, NULL), STATUS_CONFLICT);
    assert_int_equal(fault.kind, LATTICE_BOUNDS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        { "random tables give nothing away; without partners they do", check_property, NULL, NULL, NULL },
        { "a unanimous group is not left alone", check_unanimity, NULL, NULL, NULL },
        { "rounded neighbours are intervals", check_rounding, NULL, NULL, NULL },
        { "contradicting tables are refused", check_contradiction, NULL, NULL, NULL },
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
