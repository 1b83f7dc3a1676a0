/* The shelf of questionnaires: keeping, refusing, one step back; nothing outside the folder is ever touched. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "survey/shelf.h"

struct place {
    char dir[64];
    struct arena arena;
};

static int set_up(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    assert_non_null(place);
    snprintf(place->dir, sizeof place->dir, "/tmp/querschnitt-shelf-XXXXXX");
    assert_non_null(mkdtemp(place->dir));
    arena_init(&place->arena, 8 << 20);
    *state = place;
    return 0;
}

static int tear_down(void **state)
{
    struct place *place = *state;
    static const char *const files[] = { "/forms/mine.yaml", "/forms/mine.before", "/forms", "" };
    for (size_t i = 0; i < COUNT(files); i++) {
        char path[128];
        snprintf(path, sizeof path, "%s%s", place->dir, files[i]);
        (void)!remove(path);
    }
    arena_free(&place->arena);
    free(place);
    return 0;
}

static enum status keep(const struct place *place, const char *name, const char *text, bool replace)
{
    struct buf buf;
    buf_init(&buf, 1000);
    buf_add_string(&buf, text);
    enum status status = shelf_keep(place->dir, name, &buf, replace, NULL);
    buf_free(&buf);
    return status;
}

static void assert_text(const struct place *place, const char *expected)
{
    char path[SHELF_PATH_ROOM];
    struct buf buf;
    buf_init(&buf, 1000);
    assert_int_equal(shelf_path(place->dir, "mine", path, NULL), STATUS_OK);
    assert_int_equal(buf_read_file(&buf, path, NULL), STATUS_OK);
    assert_string_equal(buf.bytes, expected);
    buf_free(&buf);
}

static const struct shelf_entry *find(struct place *place, const char *name)
{
    const struct shelf_entry *entries = NULL;
    size_t count = 0;
    assert_int_equal(shelf_list(&place->arena, place->dir, &entries, &count, NULL), STATUS_OK);
    for (size_t i = 0; i < count; i++)
        if (strcmp(entries[i].name, name) == 0)
            return &entries[i];
    return NULL;
}

static void check_life(void **state)
{
    struct place *place = *state;
    assert_true(find(place, "open_administration")->shipped);
    assert_null(find(place, "mine"));
    assert_int_equal(keep(place, "mine", "one", false), STATUS_OK);
    assert_text(place, "one");
    assert_int_equal(keep(place, "mine", "two", false), STATUS_CONFLICT);
    assert_text(place, "one");
    assert_int_equal(keep(place, "mine", "two", true), STATUS_OK);
    assert_text(place, "two");
    assert_int_equal(shelf_undo(place->dir, "mine", NULL), STATUS_OK);
    assert_text(place, "one");
    assert_int_equal(shelf_undo(place->dir, "mine", NULL), STATUS_OK);
    assert_text(place, "two");
    assert_int_equal(shelf_remove(place->dir, "mine", NULL), STATUS_OK);
    assert_true(!find(place, "mine")->present && find(place, "mine")->before);
    assert_int_equal(shelf_remove(place->dir, "mine", NULL), STATUS_MISSING);
    assert_int_equal(shelf_undo(place->dir, "mine", NULL), STATUS_OK);
    assert_text(place, "two");
}

static void check_refusals(void **state)
{
    struct place *place = *state;
    char path[SHELF_PATH_ROOM];
    static const char *const strange[] = { "", "..", "../x", "a/b", "a.b", "open_administration.tr", "ä" };
    for (size_t i = 0; i < COUNT(strange); i++) {
        assert_int_equal(keep(place, strange[i], "x", true), STATUS_INPUT);
        assert_int_equal(shelf_path(place->dir, strange[i], path, NULL), STATUS_MISSING);
        assert_int_equal(shelf_undo(place->dir, strange[i], NULL), STATUS_MISSING);
        assert_int_equal(shelf_remove(place->dir, strange[i], NULL), STATUS_DENIED);
    }
    assert_int_equal(keep(place, "open_administration", "x", true), STATUS_CONFLICT);
    assert_int_equal(shelf_remove(place->dir, "open_administration", NULL), STATUS_DENIED);
    assert_int_equal(shelf_path(place->dir, "nothing", path, NULL), STATUS_MISSING);
    assert_int_equal(shelf_undo(place->dir, "nothing", NULL), STATUS_MISSING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(check_life, set_up, tear_down),
        cmocka_unit_test_setup_teardown(check_refusals, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("shelf", tests, NULL, NULL);
}
