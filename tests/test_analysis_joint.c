/* All tables of a release are protected together. Random cities with a table of ballots and tables of single questions by
 * department; the auditor gets all tables at once. Negative control: every table protected for itself, same auditor. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "analysis/inputs.h"
#include "analysis/protect.h"
#include "base/env.h"

enum { CITIES = 150, DEPARTMENTS = 12, QUESTIONS = 3, TABLES = QUESTIONS + 2 };

static const struct inputs none = { 0 };

static const char *const ids[DEPARTMENTS] = { "unit.1", "unit.2", "unit.3", "unit.4",  "unit.5",  "unit.6",
                                              "unit.7", "unit.8", "unit.9", "unit.10", "unit.11", "unit.12" };

/* Rows are departments; answers NULL: heads. */
static void fill(struct result *result, struct raw_table *table, size_t column, const uint32_t people[],
                 const uint32_t outside[], bool heads)
{
    uint32_t all = 0, apart = 0;
    for (size_t d = 0; d < DEPARTMENTS; d++) {
        struct raw_cell *cell = table_cell(table, d + 1, column);
        if (heads)
            cell_heads(cell, people[d], false);
        else
            cell_answers_value(cell, outside == NULL ? people[d] : 40 + people[d] % 7, people[d],
                               outside == NULL ? OUTSIDE_NONE : outside[d], outside == NULL ? 0 : 10);
        all += people[d];
        apart += outside == NULL ? 0 : outside[d];
    }
    if (heads)
        cell_heads(table_cell(table, 0, column), all, false);
    else
        cell_answers_value(table_cell(table, 0, column), 50, all, outside == NULL ? OUTSIDE_NONE : apart, 10);
    table_partition(table, column, 0, 0);
    (void)result;
}

static struct raw_table *open_table(struct result *result, const char *id, size_t columns)
{
    struct raw_table *table = result_table(result, id, "t", DEPARTMENTS + 1, columns);
    if (table == NULL)
        abort();
    table_total(result, table);
    for (size_t d = 0; d < DEPARTMENTS; d++)
        table_row(result, table, ids[d], LABEL_NAME(ids[d]));
    return table;
}

static void city(struct arena *arena, struct seeded *seeded, struct raw_table *tables[TABLES])
{
    static const char *const names[TABLES] = { "dq1.unit", "r2", "c1.unit", "k1.unit", "o1.unit" };
    struct result result;
    uint32_t staff[DEPARTMENTS], ballots[DEPARTMENTS], answers[DEPARTMENTS], outside[DEPARTMENTS];
    result_init(&result, arena, &none);
    for (size_t d = 0; d < DEPARTMENTS; d++) {
        staff[d] = seeded_below(seeded, 4) == 0 ? 3 + seeded_below(seeded, 20) : 20 + seeded_below(seeded, 60);
        ballots[d] = staff[d] * (20 + seeded_below(seeded, 60)) / 100;
    }
    tables[0] = open_table(&result, names[0], 2);
    table_column(tables[0], 0, "Staff", RELEASE_COUNT, FOLLOWS_NONE);
    table_column(tables[0], 1, "Answers", RELEASE_COUNT, FOLLOWS_NONE);
    fill(&result, tables[0], 0, staff, NULL, true);
    fill(&result, tables[0], 1, ballots, NULL, false);
    tables[0]->columns[1].ballots = true;
    tables[1] = open_table(&result, names[1], 1);
    table_column(tables[1], 0, "Staff", RELEASE_COUNT, FOLLOWS_NONE);
    fill(&result, tables[1], 0, staff, NULL, true);
    for (size_t q = 0; q < QUESTIONS; q++) {
        for (size_t d = 0; d < DEPARTMENTS; d++) {
            answers[d] = ballots[d] - (ballots[d] > 5 ? seeded_below(seeded, 3) : 0);
            outside[d] = seeded_below(seeded, answers[d] / 2 + 1);
        }
        tables[2 + q] = open_table(&result, names[2 + q], 1);
        table_column(tables[2 + q], 0, "Score", RELEASE_SCORE, FOLLOWS_NONE);
        fill(&result, tables[2 + q], 0, answers, outside, false);
    }
}

static size_t leaks(struct arena *arena, struct raw_table *const tables[])
{
    struct attack_result audit = { 0 };
    struct fail fail = { 0 };
    if (protect_audit(arena, tables, TABLES, &policy_default, &audit, &fail) != STATUS_OK)
        fail_msg("%s", fail.what);
    return audit.exact + audit.inadequate;
}

static size_t hidden(struct raw_table *const tables[])
{
    size_t count = 0;
    for (size_t t = 0; t < TABLES; t++)
        for (size_t i = 0; i < tables[t]->row_count * tables[t]->column_count; i++)
            count += tables[t]->signs[i] == SIGN_SECRET;
    return count;
}

static void check_cities(void **state)
{
    (void)state;
    struct seeded seeded;
    size_t alone = 0, unprotected = 0, cells = 0;
    seeded_init(&seeded, 20261123);
    for (size_t i = 0; i < CITIES; i++) {
        struct arena arena;
        struct raw_table *tables[TABLES];
        struct fail fail = { 0 };
        arena_init(&arena, 32 << 20);
        city(&arena, &seeded, tables);
        for (size_t t = 0; t < TABLES; t++)
            assert_int_equal(protect_tables(&arena, &tables[t], 1, &policy_default, true, &fail), STATUS_OK);
        alone += leaks(&arena, tables);
        assert_int_equal(protect_tables(&arena, tables, TABLES, &policy_default, false, &fail), STATUS_OK);
        unprotected += leaks(&arena, tables);
        if (protect_tables(&arena, tables, TABLES, &policy_default, true, &fail) != STATUS_OK)
            fail_msg("city %zu: %s", i, fail.what);
        assert_int_equal(leaks(&arena, tables), 0);
        cells += hidden(tables);
        assert_true(hidden(tables) < TABLES * DEPARTMENTS); /* something is left to publish */
        arena_free(&arena);
    }
    print_message("leaks: alone %zu, primary rules only %zu; hidden %zu\n", alone, unprotected, cells);
    assert_true(alone > 0);
    assert_true(unprotected > alone);
}

/* The same people in two tables are hidden in both: HR's secret line does not stand in the next table. */
static void check_same_people(void **state)
{
    (void)state;
    struct seeded seeded;
    struct arena arena;
    struct raw_table *tables[TABLES];
    arena_init(&arena, 32 << 20);
    seeded_init(&seeded, 7);
    city(&arena, &seeded, tables);
    table_cell(tables[0], 3, 0)->secret = true;
    assert_int_equal(protect_tables(&arena, tables, TABLES, &policy_default, true, NULL), STATUS_OK);
    for (size_t r = 1; r <= DEPARTMENTS; r++)
        assert_int_equal(tables[0]->signs[r * 2], tables[1]->signs[r]);
    assert_int_equal(tables[1]->signs[3], SIGN_SECRET);
    arena_free(&arena);
}

/* Two hidden departments with 7 and 12 ballots: 19 together. A score of the second one says that it has ten at least, so
 * the first one has nine at most. */
static void check_ballots(void **state)
{
    (void)state;
    struct arena arena;
    struct result result;
    struct raw_table *tables[2];
    static const uint32_t ballots[DEPARTMENTS] = { 7, 12, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40 };
    static const uint32_t answers[DEPARTMENTS] = { 0, 12, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40 };
    static const uint32_t outside[DEPARTMENTS] = { 0, 5, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20 };
    struct attack_result audit = { 0 };
    arena_init(&arena, 32 << 20);
    result_init(&result, &arena, &none);
    tables[0] = open_table(&result, "dq1.unit", 1);
    table_column(tables[0], 0, "Answers", RELEASE_COUNT, FOLLOWS_NONE);
    fill(&result, tables[0], 0, ballots, NULL, false);
    tables[0]->columns[0].ballots = true;
    tables[1] = open_table(&result, "c1.unit", 1);
    table_column(tables[1], 0, "Score", RELEASE_SCORE, FOLLOWS_NONE);
    fill(&result, tables[1], 0, answers, outside, false);
    for (size_t t = 0; t < 2; t++)
        assert_int_equal(protect_tables(&arena, &tables[t], 1, &policy_default, true, NULL), STATUS_OK);
    enum release_sign *signs = ARENA_NEW(&arena, enum release_sign, DEPARTMENTS + 1);
    assert_non_null(signs);
    signs[1] = signs[2] = SIGN_SECRET;
    tables[0]->signs = signs;
    enum release_sign *scores = ARENA_NEW(&arena, enum release_sign, DEPARTMENTS + 1);
    assert_non_null(scores);
    scores[1] = SIGN_SECRET;
    tables[1]->signs = scores;
    assert_int_equal(protect_audit(&arena, tables, 2, &policy_default, &audit, NULL), STATUS_OK);
    assert_true(audit.exact + audit.inadequate > 0);
    assert_int_equal(protect_tables(&arena, tables, 2, &policy_default, true, NULL), STATUS_OK);
    assert_int_equal(protect_audit(&arena, tables, 2, &policy_default, &audit, NULL), STATUS_OK);
    assert_int_equal(audit.exact + audit.inadequate, 0);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        { "random cities: nothing computable from all tables", check_cities, NULL, NULL, NULL },
        { "the same people are hidden in every table", check_same_people, NULL, NULL, NULL },
        { "a shown score bounds hidden ballots", check_ballots, NULL, NULL, NULL },
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
