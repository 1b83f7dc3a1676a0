/* Secrecy: no hidden figure may be computable. Random tables, checked by counting integer solutions (no linear program);
 * with a negative control that switches the partners off and must find leaks. Published instances through the auditor. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/attack.h"
#include "analysis/inputs.h"
#include "analysis/protect.h"
#include "analysis/suppress.h"
#include "base/buf.h"
#include "base/env.h"

enum { ROWS_MAX = 9, TABLES = 400 };

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
        if (protect_table(&arena, table, &policy_default, true, signs, &fail) != STATUS_OK)
            fail_msg("table %zu: %s", t, fail.what);
        for (size_t r = 1; r < table->row_count; r++) {
            const struct raw_cell *cell = &table->cells[r];
            secret += signs[r] == SIGN_SECRET;
            assert_false(signs[r] == SIGN_SHOWN && (cell->base < 10 || cell->outside < 2));
        }
        with += leaks(table, signs);
        assert_int_equal(protect_table(&arena, table, &policy_default, false, signs, NULL), STATUS_OK);
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
    assert_int_equal(protect_table(&arena, table, &policy_default, true, signs, NULL), STATUS_OK);
    assert_int_equal(signs[1], SIGN_SECRET);
    assert_int_equal(signs[2], SIGN_SECRET);
    assert_int_equal(signs[3], SIGN_SHOWN);
    arena_free(&arena);
}

/* HR counts rounded to 5 leave room even without partners: three rounded neighbours are known to ± 2 each. */
static void check_rounding(void **state)
{
    (void)state;
    struct puzzle_cell cells[4] = {
        { .value = 3, .least = 1, .most = 100, .protect = true, .reach_low = 3, .reach_high = 5 },
        { .value = 20, .slack = 2, .group = 1 },
        { .value = 30, .slack = 2, .group = 2 },
        { .value = 53, .slack = 2, .group = PUZZLE_FIXED },
    };
    struct puzzle_group groups[3] = { { .hidden = true }, { .movable = true, .cost = 20 }, { .movable = true, .cost = 30 } };
    struct puzzle_member members[4] = { { 0, 1 }, { 1, 1 }, { 2, 1 }, { 3, -1 } };
    struct puzzle_relation relation = { 0, 4 };
    struct puzzle puzzle = { cells, 4, groups, 3, &relation, 1, members };
    struct interval found[4];
    size_t leak = 0;
    assert_int_equal(attack(&puzzle, found, &leak, NULL), STATUS_OK);
    assert_int_equal(leak, 4);
    assert_true(found[0].low < 1.001 && found[0].high > 8.999); /* 3 ± 6, not below 1 */
    for (size_t i = 1; i < 4; i++)
        cells[i].slack = 0;
    assert_int_equal(attack(&puzzle, found, &leak, NULL), STATUS_OK);
    assert_int_equal(leak, 0); /* exact neighbours: computable */
}

/* Published tables that contradict each other are refused. */
static void check_contradiction(void **state)
{
    (void)state;
    struct puzzle_cell cells[2] = {
        { .value = 3, .least = 0, .most = 2, .protect = true, .reach_low = 3, .reach_high = 5 },
        { .value = 9, .group = PUZZLE_FIXED },
    };
    struct puzzle_group group = { .hidden = true };
    struct puzzle_member members[2] = { { 0, 1 }, { 1, -1 } };
    struct puzzle_relation relation = { 0, 2 };
    struct puzzle puzzle = { cells, 2, &group, 1, &relation, 1, members };
    struct interval found[2];
    size_t leak = 0;
    assert_int_equal(attack(&puzzle, found, &leak, NULL), STATUS_CONFLICT);
}

static double number(char **at)
{
    while (**at == ' ' || **at == '\n' || **at == ':' || **at == '(' || **at == ')' || **at == '\r' || **at == '\t')
        ++*at;
    return strtod(*at, at);
}

static char word(char **at)
{
    while (**at == ' ')
        ++*at;
    return *(*at)++;
}

static void load_cells(char **at, struct puzzle *puzzle)
{
    for (size_t i = 0; i < puzzle->cell_count; i++) {
        size_t id = (size_t)number(at);
        assert_true(id < puzzle->cell_count);
        struct puzzle_cell *cell = &puzzle->cells[id];
        cell->value = number(at);
        puzzle->groups[id].cost = number(at);
        char status = word(at);
        cell->least = number(at);
        cell->most = number(at);
        double down = number(at), up = number(at);
        (void)number(at);
        cell->group = status == 'z' ? PUZZLE_FIXED : (int)id;
        cell->protect = status == 'u';
        cell->reach_low = cell->value - down;
        cell->reach_high = cell->value + up;
        puzzle->groups[id].hidden = status == 'u';
        puzzle->groups[id].movable = status == 's';
    }
}

/* Instance of ../shared/reference/sdc: partners are found and the auditor passes; without partners it does not. */
static void check_instance(void **state)
{
    char path[300];
    struct arena arena;
    struct buf buf;
    snprintf(path, sizeof path, "%s/../shared/reference/sdc/%s.jj", SOURCE_DIR, (const char *)*state);
    buf_init(&buf, 4 << 20);
    if (buf_read_file(&buf, path, NULL) != STATUS_OK) {
        buf_free(&buf);
        skip();
        return;
    }
    arena_init(&arena, 64 << 20);
    char *at = buf.bytes;
    (void)number(&at);
    struct puzzle puzzle = { .cell_count = (size_t)number(&at) };
    puzzle.group_count = puzzle.cell_count;
    puzzle.cells = ARENA_NEW(&arena, struct puzzle_cell, puzzle.cell_count);
    puzzle.groups = ARENA_NEW(&arena, struct puzzle_group, puzzle.cell_count);
    assert_non_null(puzzle.cells);
    assert_non_null(puzzle.groups);
    load_cells(&at, &puzzle);
    size_t relations = (size_t)number(&at), members = 0;
    puzzle.relations = ARENA_NEW(&arena, struct puzzle_relation, relations);
    puzzle.members = ARENA_NEW(&arena, struct puzzle_member, buf.length);
    assert_non_null(puzzle.relations);
    assert_non_null(puzzle.members);
    puzzle.relation_count = relations;
    for (size_t r = 0; r < relations; r++) {
        assert_true(number(&at) == 0);
        puzzle.relations[r] = (struct puzzle_relation){ members, (size_t)number(&at) };
        for (size_t k = 0; k < puzzle.relations[r].count; k++, members++) {
            puzzle.members[members].cell = (size_t)number(&at);
            puzzle.members[members].sign = number(&at);
        }
    }
    struct interval *found = ARENA_NEW(&arena, struct interval, puzzle.cell_count);
    size_t leak = 0, added = 0;
    struct fail fail = { 0 };
    assert_non_null(found);
    assert_int_equal(attack(&puzzle, found, &leak, &fail), STATUS_OK);
    assert_true(leak < puzzle.cell_count);
    if (suppress(&arena, &puzzle, &added, &fail) != STATUS_OK)
        fail_msg("%s", fail.what);
    assert_true(added > 0);
    assert_int_equal(attack(&puzzle, found, &leak, &fail), STATUS_OK);
    assert_int_equal(leak, puzzle.cell_count);
    arena_free(&arena);
    buf_free(&buf);
}

int main(void)
{
    static char toy[] = "fs_toy", eight[] = "rnd2d_8x8_s1", fifteen[] = "rnd2d_15x10_s2", linked[] = "usersupport_136";
    const struct CMUnitTest tests[] = {
        { "random tables give nothing away; without partners they do", check_property, NULL, NULL, NULL },
        { "a unanimous group is not left alone", check_unanimity, NULL, NULL, NULL },
        { "rounded neighbours are intervals", check_rounding, NULL, NULL, NULL },
        { "contradicting tables are refused", check_contradiction, NULL, NULL, NULL },
        { "instance fs_toy", check_instance, NULL, NULL, toy },
        { "instance rnd2d_8x8_s1", check_instance, NULL, NULL, eight },
        { "instance rnd2d_15x10_s2", check_instance, NULL, NULL, fifteen },
        { "instance usersupport_136", check_instance, NULL, NULL, linked },
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
