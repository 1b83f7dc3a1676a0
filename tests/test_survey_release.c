/* The stored release: what comes back is what was protected, to the byte; nothing stored is ever changed; a damaged document is
 * refused. */
#include "tests/city_fixture.h"

#include <stdlib.h>
#include <unistd.h>

#include "analysis/result.h"
#include "survey/basis_json.h"
#include "survey/release_json.h"
#include "survey/store_private.h"

static const struct release *build(struct fixture *fixture)
{
    const struct release *release = NULL;
    city(fixture, 3);
    if (release_build(&fixture->arena, &fixture->inputs, &policy_default, &release, NULL) != STATUS_OK)
        fail_msg("no release");
    return release;
}

static void there_and_back(void **state)
{
    struct fixture *fixture = *state;
    const struct release *release = build(fixture), *again = NULL;
    struct buf first, second;
    buf_init(&first, 64 << 20);
    buf_init(&second, 64 << 20);
    assert_int_equal(release_json_write(release, &first, NULL), STATUS_OK);
    assert_int_equal(release_json_read(&fixture->arena, first.bytes, release->form, &again, NULL), STATUS_OK);
    assert_string_equal(again->fingerprint, release->fingerprint);
    assert_int_equal(again->suppressed, release->suppressed);
    assert_int_equal(again->planned, release->planned);
    assert_true(release->suppressed > 0);
    assert_int_equal(release_json_write(again, &second, NULL), STATUS_OK);
    assert_string_equal(first.bytes, second.bytes);
    buf_free(&first);
    buf_free(&second);
}

/* Another figure, a hidden cell that is shown, half a document, no document. */
static void damaged(void **state)
{
    struct fixture *fixture = *state;
    const struct release *release = build(fixture), *again = NULL;
    struct buf bytes;
    buf_init(&bytes, 64 << 20);
    assert_int_equal(release_json_write(release, &bytes, NULL), STATUS_OK);
    char *hidden = strstr(bytes.bytes, "[1,null,");
    assert_non_null(hidden);
    hidden[1] = '0';
    assert_int_equal(release_json_read(&fixture->arena, bytes.bytes, release->form, &again, NULL), STATUS_INPUT);
    hidden[1] = '7';
    assert_int_equal(release_json_read(&fixture->arena, bytes.bytes, release->form, &again, NULL), STATUS_INPUT);
    hidden[0] = '\0';
    assert_int_equal(release_json_read(&fixture->arena, bytes.bytes, release->form, &again, NULL), STATUS_INPUT);
    assert_int_equal(release_json_read(&fixture->arena, "{}", release->form, &again, NULL), STATUS_INPUT);
    assert_null(again);
    buf_free(&bytes);
}

static struct raw_table *find(struct raw_table *const tables[], size_t count, const char *id)
{
    for (size_t t = 0; t < count; t++)
        if (strcmp(tables[t]->id, id) == 0)
            return tables[t];
    return NULL;
}

/* With higher thresholds other cells would be chosen; but what one release hides, the other one does not show. */
static void beside_another(void **state)
{
    enum { MOST = 1000 };
    struct fixture *fixture = *state;
    struct policy higher = policy_default;
    const struct release *release = NULL;
    struct basis first, second;
    struct raw_table *tables[MOST];
    size_t count = 0, hidden = 0, others = 0;
    struct buf bytes;
    higher.answers_min = 14;
    city(fixture, 5);
    buf_init(&bytes, 64 << 20);
    assert_int_equal(release_build_beside(&fixture->arena, &fixture->inputs, &higher, NULL, &release, &first, NULL), STATUS_OK);
    assert_int_equal(basis_json_write(&first, &bytes, NULL), STATUS_OK);
    assert_int_equal(basis_json_read(&fixture->arena, bytes.bytes, tables, MOST, &count, NULL), STATUS_OK);
    assert_int_equal(count, first.count);
    const struct basis known = { tables, count };
    for (int beside = 0; beside < 2; beside++) {
        assert_int_equal(release_build_beside(&fixture->arena, &fixture->inputs, &policy_default, beside ? &known : NULL,
                                              &release, &second, NULL), STATUS_OK);
        others = 0;
        for (size_t t = 0; t < second.count; t++) {
            const struct raw_table *table = second.tables[t], *old = find(tables, count, table->id);
            for (size_t i = 0; old != NULL && table->additive && i < table->row_count * table->column_count; i++) {
                hidden += old->signs[i] == SIGN_SECRET;
                others += old->signs[i] == SIGN_SECRET && table->signs[i] == SIGN_SHOWN &&
                          table->cells[i].kind != RAW_EMPTY && table->columns[i % table->column_count].follows == FOLLOWS_NONE;
            }
        }
        if (beside == 0)
            assert_true(others > 0); /* the case is a real one */
    }
    assert_true(hidden > 0);
    assert_int_equal(others, 0);
    bytes.bytes[bytes.length / 2] = '}';
    assert_int_equal(basis_json_read(&fixture->arena, bytes.bytes, tables, MOST, &count, NULL), STATUS_INPUT);
    buf_free(&bytes);
}

/* Two who protect at the same time store one release; a new version keeps the old one; SQL itself refuses a change. */
static void kept_forever(void **state)
{
    struct fixture *fixture = *state;
    char dir[] = "/tmp/querschnitt-release-XXXXXX", path[64], command[80], data[65];
    struct store *store = NULL;
    const struct wave wave = { .name = "2025", .year = 2025, .closes = "2025-06-30", .state = WAVE_COUNTED };
    struct stored_release made = { .policy = "p", .document = "one", .basis = "b", .seed = 7 }, read;
    const char **others = NULL;
    size_t count = 0;
    int64_t id = 0;
    assert_non_null(mkdtemp(dir));
    assert_int_equal(store_open(dir, STORE_WRITE, &store, NULL), STATUS_OK);
    assert_int_equal(store_wave_add(store, &wave, &id, NULL), STATUS_OK);
    assert_int_equal(store_release(store, &fixture->arena, "2025", &read, NULL), STATUS_MISSING);
    assert_int_equal(store_release_data(store, "2025", made.data, NULL), STATUS_OK);
    memset(made.fingerprint, 'a', 64);
    assert_int_equal(store_release_add(store, "2025", &made, 0, "test", NULL), STATUS_OK);
    made.document = "two";
    assert_int_equal(store_release_add(store, "2025", &made, 0, "test", NULL), STATUS_OK); /* too late: the first one stays */
    assert_int_equal(store_release(store, &fixture->arena, "2025", &read, NULL), STATUS_OK);
    assert_string_equal(read.document, "one");
    assert_int_equal(store_release_add(store, "2025", &made, read.version, "test", NULL), STATUS_OK);
    assert_int_equal(store_release(store, &fixture->arena, "2025", &read, NULL), STATUS_OK);
    assert_string_equal(read.document, "two");
    assert_int_equal(read.version, 2);
    /* The log names both versions; it knows of no third one and of no other figures. */
    assert_int_equal(store_release_logged(store, "2025", 2, made.fingerprint, NULL), STATUS_OK);
    assert_int_equal(store_release_logged(store, "2025", 1, made.fingerprint, NULL), STATUS_OK);
    assert_int_equal(store_release_logged(store, "2025", 3, made.fingerprint, NULL), STATUS_CRYPTO);
    char other[65];
    memcpy(other, made.fingerprint, sizeof other);
    other[5] = 'b';
    assert_int_equal(store_release_logged(store, "2025", 2, other, NULL), STATUS_CRYPTO);
    assert_int_equal(sqlite3_exec(store->db, "UPDATE release SET document = 'three'", NULL, NULL, NULL), SQLITE_CONSTRAINT_TRIGGER);
    assert_int_equal(sqlite3_exec(store->db, "DELETE FROM release", NULL, NULL, NULL), SQLITE_CONSTRAINT_TRIGGER);
    assert_int_equal(store_release_others(store, &fixture->arena, "2024", &others, &count, NULL), STATUS_OK);
    assert_int_equal(count, 2);
    assert_int_equal(store_release_others(store, &fixture->arena, "2025", &others, &count, NULL), STATUS_OK);
    assert_int_equal(count, 0);
    assert_int_equal(store_fact_set(store, "to_staff:2025", "2025-09-01", NULL), STATUS_OK);
    assert_int_equal(store_release_data(store, "2025", data, NULL), STATUS_OK);
    assert_string_not_equal(data, made.data);
    store_close(store);
    assert_int_equal(store_open(dir, STORE_WRITE, &store, NULL), STATUS_OK);
    assert_int_equal(sqlite3_exec(store->db, "DROP TRIGGER audit_keep; UPDATE audit SET person = 'nobody' WHERE id = 1", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(store_release_logged(store, "2025", 2, made.fingerprint, NULL), STATUS_CRYPTO); /* a broken chain says nothing */
    store_close(store);
    snprintf(path, sizeof path, "%s/querschnitt.sqlite", dir);
    unlink(path);
    snprintf(command, sizeof command, "rm -rf %s", dir);
    assert_int_equal(system(command), 0);
}

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    if (fixture == NULL)
        return 1;
    arena_init(&fixture->arena, 1 << 20);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    fixture_free(fixture);
    free(fixture);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(there_and_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(damaged, set_up, tear_down),
        cmocka_unit_test_setup_teardown(beside_another, set_up, tear_down),
        cmocka_unit_test_setup_teardown(kept_forever, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
