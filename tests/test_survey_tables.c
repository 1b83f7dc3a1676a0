/* The list of tables: known before any answer, bound to the wave, held against the release. */
#include "tests/city_fixture.h"

#include <stdlib.h>
#include <unistd.h>

#include "analysis/result.h"
#include "survey/wave_tables.h"

struct place {
    struct fixture fixture;
    char dir[64];
    struct store *store;
};

static int set_up(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    if (place == NULL)
        return 1;
    snprintf(place->dir, sizeof place->dir, "/tmp/querschnitt-tables-XXXXXX");
    assert_non_null(mkdtemp(place->dir));
    assert_int_equal(store_open(place->dir, STORE_WRITE, &place->store, NULL), STATUS_OK);
    city(&place->fixture, 3);
    *state = place;
    return 0;
}

static int tear_down(void **state)
{
    struct place *place = *state;
    char command[96];
    store_close(place->store);
    fixture_free(&place->fixture);
    snprintf(command, sizeof command, "rm -rf %s", place->dir);
    assert_int_equal(system(command), 0);
    free(place);
    return 0;
}

/* What a whole city fills is what was on the list before anybody answered: no table more, none less. */
static void list_is_the_release(void **state)
{
    struct place *place = *state;
    struct fixture *fixture = &place->fixture;
    const struct release *release = NULL;
    struct plan plan;
    assert_int_equal(plan_build(&fixture->arena, &fixture->form, &plan, NULL), STATUS_OK);
    assert_int_equal(release_build(&fixture->arena, &fixture->inputs, &policy_default, &release, NULL), STATUS_OK);
    assert_true(plan.count > 100);
    for (size_t t = 0; t < release->table_count; t++)
        if (plan_find(&plan, release->tables[t].id) == NULL)
            fail_msg("%s is published and was not on the list", release->tables[t].id);
    for (size_t i = 0; i < plan.count; i++) {
        const struct release_table *table = release_table(release, plan.tables[i].id);
        if (table == NULL)
            fail_msg("%s is on the list and never made", plan.tables[i].id);
        else
            assert_string_equal(plan.tables[i].title, table->title.key);
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(plan.tables[i].id, plan.tables[k].id);
    }
}

/* A table that is not on the list is as if it had never been computed: not in the release, not in its basis. */
static void not_on_the_list(void **state)
{
    struct place *place = *state;
    struct fixture *fixture = &place->fixture;
    static const struct basis nothing = { 0 };
    struct wave_tables tables;
    struct policy policy = policy_default;
    const struct release *release = NULL;
    struct basis made;
    assert_int_equal(tables_without(place->store, &fixture->arena, &fixture->form, "k1.unit *.contact r11", &tables, NULL), STATUS_OK);
    policy.plan = &tables.plan;
    assert_int_equal(release_build_beside(&fixture->arena, &fixture->inputs, &policy, &nothing, &release, &made, NULL), STATUS_OK);
    assert_null(release_table(release, "k1.unit"));
    assert_null(release_table(release, "k3.contact"));
    assert_null(release_table(release, "r11"));
    assert_non_null(release_table(release, "k2.unit"));
    assert_int_equal(release->table_count, tables.plan.count);
    for (size_t t = 0; t < made.count; t++)
        assert_non_null(plan_find(&tables.plan, made.tables[t]->id));
    /* The difference of groups whose table is left out stays hidden: nobody looked whether one of them is small. */
    assert_int_equal(release_cell(release, "k1.compare", "contact", 0)->sign, SIGN_SECRET);
}

static void patterns(void **state)
{
    struct place *place = *state;
    struct fixture *fixture = &place->fixture;
    static const char *const wrong[] = { "k1.nothing", "dq1.unit", "dq*", "*", "k1.unit k1.unit", "K1.unit" };
    struct wave_tables tables, all;
    struct fail fail;
    assert_int_equal(tables_next(place->store, &fixture->arena, &fixture->form, &all, NULL), STATUS_OK);
    for (size_t i = 0; i < COUNT(wrong); i++) {
        fail = (struct fail){ 0 };
        if (tables_without(place->store, &fixture->arena, &fixture->form, wrong[i], &tables, &fail) != STATUS_INPUT)
            fail_msg("taken: %s", wrong[i]);
        assert_true(strstr(fail.what, "cannot be left out") != NULL || strstr(fail.what, "no table of this survey") != NULL);
    }
    assert_int_equal(store_fact_set(place->store, "leave_out", "  *.lead   c2.gap ", NULL), STATUS_OK);
    assert_int_equal(tables_next(place->store, &fixture->arena, &fixture->form, &tables, NULL), STATUS_OK);
    assert_int_equal(tables.plan.count, all.plan.count - 8); /* six scales, c2.lead, c2.gap */
    assert_false(leave_out_ok("k1.unit; rm"));
    assert_true(leave_out_ok(""));
}

static void there_and_back(void **state)
{
    struct place *place = *state;
    struct fixture *fixture = &place->fixture;
    struct wave_tables tables, again;
    struct plan beyond;
    struct buf first, second;
    char hex[65], other[65];
    buf_init(&first, 1 << 20);
    buf_init(&second, 1 << 20);
    assert_int_equal(policy_raise(place->store, "min_answers", "14", NULL), STATUS_OK);
    assert_int_equal(tables_without(place->store, &fixture->arena, &fixture->form, "o1.unit", &tables, NULL), STATUS_OK);
    assert_int_equal(tables_list_write(&tables, &first, hex, NULL), STATUS_OK);
    assert_int_equal(tables_list_read(&fixture->arena, first.bytes, &again, NULL), STATUS_OK);
    assert_int_equal(again.least.answers_min, 14);
    assert_int_equal(tables_list_write(&again, &second, other, NULL), STATUS_OK);
    assert_string_equal(first.bytes, second.bytes);
    assert_string_equal(hex, other);
    assert_int_equal(tables_beyond(&fixture->arena, &fixture->form, &again, &beyond, NULL), STATUS_OK);
    assert_int_equal(beyond.count, 1);
    assert_string_equal(beyond.tables[0].id, "o1.unit");
    for (size_t i = 0; i + 1 < 140; i += 3) { /* head and thresholds: another byte is another list, or none */
        const char kept = first.bytes[i];
        first.bytes[i] = '#';
        assert_int_equal(tables_list_read(&fixture->arena, first.bytes, &again, NULL), STATUS_INPUT);
        first.bytes[i] = kept;
    }
    buf_free(&first);
    buf_free(&second);
}

static void change_byte(const struct place *place)
{
    char path[128];
    snprintf(path, sizeof path, "%s/waves/2025/tables.txt", place->dir);
    FILE *file = fopen(path, "r+");
    assert_non_null(file);
    assert_int_equal(fseek(file, -3, SEEK_END), 0);
    assert_true(fputc('x', file) == 'x');
    assert_int_equal(fclose(file), 0);
}

/* Frozen with its manifest; a list somebody changed afterwards stops every release; so does one that is gone. */
static void bound_by_the_manifest(void **state)
{
    struct place *place = *state;
    struct arena *arena = &place->fixture.arena;
    const struct wave_plan plan = { .name = "2025", .year = 2025, .form = "open_administration", .closes = "2025-06-30",
                                    .issue_origin = "http://survey.example", .collect_origin = "http://box.example",
                                    .passphrase = "a passphrase of some length" };
    struct manifest manifest;
    struct wave_tables tables;
    char path[128];
    struct fail fail = { 0 };
    assert_int_equal(policy_raise(place->store, "min_answers", "12", NULL), STATUS_OK);
    assert_int_equal(store_fact_set(place->store, "leave_out", "k1.lead", NULL), STATUS_OK);
    if (wave_freeze(place->store, place->dir, &plan, &fail) != STATUS_OK)
        fail_msg("%s", fail.what);
    assert_int_equal(wave_manifest(place->dir, "2025", &manifest, NULL), STATUS_OK);
    assert_int_equal(manifest.smallest_group, 12); /* what respondents are told */
    assert_int_equal(strlen(manifest.tables), 64);
    assert_int_equal(wave_tables(arena, place->dir, "2025", &tables, NULL), STATUS_OK);
    assert_true(tables.fixed && tables.least.answers_min == 12);
    assert_null(plan_find(&tables.plan, "k1.lead"));
    assert_int_equal(store_fact_set(place->store, "leave_out", "", NULL), STATUS_OK); /* too late for this one */
    assert_int_equal(wave_tables(arena, place->dir, "2025", &tables, NULL), STATUS_OK);
    assert_null(plan_find(&tables.plan, "k1.lead"));
    change_byte(place);
    assert_int_equal(wave_tables(arena, place->dir, "2025", &tables, &fail), STATUS_CONFLICT);
    assert_non_null(strstr(fail.what, "is not the list of tables the survey 2025 was frozen with"));
    snprintf(path, sizeof path, "%s/waves/2025/tables.txt", place->dir);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(wave_tables(arena, place->dir, "2025", &tables, NULL), STATUS_MISSING);
}

/* Promised thresholds hold even where another hand lowered the settings afterwards. */
static void promised_thresholds(void **state)
{
    (void)state;
    struct policy policy = policy_default, least;
    assert_int_equal(policy_scan("min_answers=12 min_heads=5 min_percent_base=30 min_decimal_base=200", &least, NULL), STATUS_OK);
    policy.heads_min = 8;
    policy_at_least(&policy, &least);
    assert_int_equal(policy.answers_min, 12);
    assert_int_equal(policy.heads_min, 8);
    assert_int_equal(policy.percent_base, 30);
    static const char *const wrong[] = { "", "min_answers=9 min_heads=5 min_percent_base=20 min_decimal_base=200",
                                         "min_answers=10 min_heads=5 min_percent_base=20", "min_answers=10",
                                         "min_answers=10 min_heads=5 min_percent_base=20 min_decimal_base=200 ",
                                         "a=10 b=5 c=20 d=200", "min_answers=99999999999 min_heads=5" };
    for (size_t i = 0; i < COUNT(wrong); i++)
        assert_int_equal(policy_scan(wrong[i], &least, NULL), STATUS_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(list_is_the_release, set_up, tear_down),
        cmocka_unit_test_setup_teardown(not_on_the_list, set_up, tear_down),
        cmocka_unit_test_setup_teardown(patterns, set_up, tear_down),
        cmocka_unit_test_setup_teardown(there_and_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(bound_by_the_manifest, set_up, tear_down),
        cmocka_unit_test(promised_thresholds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
