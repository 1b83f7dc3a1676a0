/* Column maps: what they make of foreign exports, which maps are refused, and that the shipped one fits its kind. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "survey/import_private.h"

static void ignore(void *context, uint32_t line, const char *message)
{
    (void)line;
    (void)message;
    ++*(size_t *)context;
}

static void read_csv(struct arena *arena, const char *text, struct csv *csv)
{
    size_t faults = 0;
    assert_int_equal(csv_read(arena, text, strlen(text), csv, ignore, &faults, NULL), STATUS_OK);
    assert_int_equal(faults, 0);
}

static const char *field(const struct csv *csv, size_t row, const char *column)
{
    int at = csv_column(csv, column);
    assert_true(at >= 0);
    return csv_field(csv, row, (size_t)at);
}

#define MAP(columns) "{\"map\":\"m\",\"version\":\"2\",\"kind\":\"units\",\"columns\":[" columns "]}"

#define FIXED(columns) "{\"map\":\"m\",\"version\":\"2\",\"kind\":\"units\",\"fixed\":true,\"columns\":[" columns "]}"

/* Characters count, not bytes; short lines have empty fields; what nobody takes is a column as well, for the search for persons. */
static void fixed_widths(void **state)
{
    (void)state;
    static const char text[] = FIXED("{\"to\":\"b\",\"from\":[8,9]},{\"to\":\"a\",\"from\":[1,4]},{\"to\":\"c\",\"from\":[8,9],"
                                     "\"codes\":{\"01\":\"x\"}},{\"to\":\"d\",\"ask\":\"date\"}");
    static const struct {
        const char *bytes;
        enum encoding encoding;
    } files[] = { { "\xC3\x84\xC3\xB6  abc01rest\r\n\n   \nlangezz 2\nk", ENCODING_UTF8 },
                  { "\xC4\xF6  abc01rest\r\n\n   \nlangezz 2\nk", ENCODING_WINDOWS_1252 },
                  { "\xC3\x84\xC3\xB6  abc01rest\r\n\n   \nlangezz 2\nk", ENCODING_UTF8 } }; /* a copy */
    for (size_t i = 0; i < COUNT(files); i++) {
        struct arena arena;
        struct import_map map;
        struct csv csv, mapped;
        struct fail fail = { 0 };
        const char *missing = NULL;
        arena_init(&arena, 8 << 20);
        assert_int_equal(import_map_read(&arena, text, strlen(text), &map, NULL), STATUS_OK);
        assert_true(map.fixed && map.headless && map.asks);
        struct buf own;
        buf_init(&own, 1000);
        buf_add_string(&own, files[i].bytes);
        const struct import_file file = { .kind = "units", .bytes = own.bytes, .length = own.length, .map = &map,
                                          .own = i < 2 ? &own : NULL };
        assert_int_equal(import_fixed_read(&arena, &file, &csv, NULL), STATUS_OK);
        assert_int_equal(csv.encoding, files[i].encoding);
        assert_int_equal(csv.row_count, 3);
        assert_int_equal(csv.lines[1], 4);
        assert_int_equal(csv.column_count, 4);
        assert_string_equal(csv.header[1], "5-7");
        assert_string_equal(field(&csv, 0, "5-7"), "abc");
        assert_string_equal(field(&csv, 0, "10-"), "rest");
        assert_int_equal(import_map_apply(&arena, &map, &csv, &mapped, &missing, &fail), STATUS_INPUT);
        assert_non_null(strstr(fail.what, "--date"));
        assert_int_equal(import_map_date(&map, "2026-02-30", NULL), STATUS_INPUT);
        assert_int_equal(import_map_date(NULL, "2026-06-30", NULL), STATUS_INPUT);
        assert_int_equal(import_map_date(NULL, "", NULL), STATUS_OK);
        assert_int_equal(import_map_date(&map, "2026-06-30", NULL), STATUS_OK);
        assert_int_equal(import_map_apply(&arena, &map, &csv, &mapped, &missing, NULL), STATUS_OK);
        assert_string_equal(field(&mapped, 0, "a"), "Äö");
        assert_string_equal(field(&mapped, 0, "b"), "01");
        assert_string_equal(field(&mapped, 0, "c"), "x");
        assert_string_equal(field(&mapped, 2, "d"), "2026-06-30");
        assert_string_equal(field(&mapped, 1, "a"), "lang");
        assert_string_equal(field(&mapped, 1, "b"), "2");
        assert_string_equal(field(&mapped, 2, "a"), "k");
        assert_string_equal(field(&mapped, 2, "b"), "");
        buf_free(&own);
        arena_free(&arena);
    }
}

static void columns_are_mapped(void **state)
{
    (void)state;
    static const char text[] = MAP(
        "{\"to\":\"a\",\"from\":\"Über\"},{\"to\":\"b\",\"from\":\"art\",\"codes\":{\"1\":\"x\",\"\":\"leer\"},"
        "\"else\":\"?\"},"
        "{\"to\":\"c\",\"value\":\"2025\"},{\"to\":\"d\",\"row\":4},{\"to\":\"e\",\"from\":\"Zeit\",\"percent\":true}");
    struct arena arena;
    struct import_map map;
    struct csv csv, mapped;
    const char *missing = NULL;
    arena_init(&arena, 8 << 20);
    assert_int_equal(import_map_read(&arena, text, strlen(text), &map, NULL), STATUS_OK);
    read_csv(&arena, "Über;Art;Zeit\nÄ;1;62,5\nÖ;;100\nÜ;7;viel\n", &csv);
    assert_int_equal(import_map_apply(&arena, &map, &csv, &mapped, &missing, NULL), STATUS_OK);
    assert_int_equal(mapped.row_count, 3);
    assert_string_equal(field(&mapped, 0, "a"), "Ä");
    assert_string_equal(field(&mapped, 0, "b"), "x");
    assert_string_equal(field(&mapped, 1, "b"), "leer");
    assert_string_equal(field(&mapped, 2, "b"), "?");
    assert_string_equal(field(&mapped, 2, "c"), "2025");
    assert_string_equal(field(&mapped, 1, "d"), "0002");
    assert_string_equal(field(&mapped, 0, "e"), "0.625");
    assert_string_equal(field(&mapped, 1, "e"), "1");
    assert_string_equal(field(&mapped, 2, "e"), "viel"); /* the importer says what belongs there */
    read_csv(&arena, "Über;Zeit;x\nÄ;1;2\n", &csv);
    assert_int_equal(import_map_apply(&arena, &map, &csv, &mapped, &missing, NULL), STATUS_INPUT);
    assert_string_equal(missing, "art");
    arena_free(&arena);
}

static void files_without_names(void **state)
{
    (void)state;
    static const char text[] = "{\"map\":\"m\",\"version\":\"1\",\"kind\":\"units\",\"header\":false,"
                               "\"columns\":[{\"to\":\"a\",\"from\":3},{\"to\":\"b\",\"from\":1}]}";
    struct arena arena;
    struct import_map map;
    struct csv csv, mapped;
    struct buf named;
    const char *missing = NULL;
    arena_init(&arena, 8 << 20);
    buf_init(&named, 1000);
    assert_int_equal(import_map_read(&arena, text, strlen(text), &map, NULL), STATUS_OK);
    assert_true(map.headless);
    assert_int_equal(import_map_names("\xEF\xBB\xBFx;y,y;z\n1;2;3\n", 17, &named, NULL), STATUS_OK);
    assert_string_equal(named.bytes, "#1;#2;#3\n");
    read_csv(&arena, "#1;#2;#3\nx;y,y;z\n1;2;3\n", &csv);
    assert_int_equal(import_map_apply(&arena, &map, &csv, &mapped, &missing, NULL), STATUS_OK);
    assert_string_equal(field(&mapped, 0, "a"), "z");
    assert_string_equal(field(&mapped, 1, "b"), "1");
    buf_clear(&named);
    assert_int_equal(import_map_names("\xFF\xFE"
                                     "1",
                                     3, &named, NULL),
                     STATUS_INPUT);
    buf_free(&named);
    arena_free(&arena);
}

static void wrong_maps_are_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",
        "[]",
        "{",
        "{\"map\":\"m\"}",
        MAP(""),
        MAP("1"),
        MAP("{\"to\":\"a\"}"),
        MAP("{\"from\":\"a\"}"),
        MAP("{\"to\":\"a\",\"from\":\"b\",\"value\":\"c\"}"),
        MAP("{\"to\":\"a\",\"from\":2}"),
        MAP("{\"to\":\"a\",\"from\":[1,2]}"),
        MAP("{\"to\":\"a\",\"ask\":\"name\"}"),
        MAP("{\"to\":\"a\",\"ask\":\"date\",\"value\":\"1\"}"),
        FIXED("{\"to\":\"a\",\"from\":1}"),
        FIXED("{\"to\":\"a\",\"from\":[1]}"),
        FIXED("{\"to\":\"a\",\"from\":[0,3]}"),
        FIXED("{\"to\":\"a\",\"from\":[4,3]}"),
        FIXED("{\"to\":\"a\",\"from\":[1,10001]}"),
        FIXED("{\"to\":\"a\",\"from\":\"x\"}"),
        FIXED("{\"to\":\"a\",\"from\":[1,4]},{\"to\":\"b\",\"from\":[4,6]}"),
        MAP("{\"to\":\"a\",\"row\":0}"),
        MAP("{\"to\":\"a\",\"row\":65}"),
        MAP("{\"to\":\"a\",\"form\":\"b\"}"),
        MAP("{\"to\":\"a\",\"from\":\"b\",\"codes\":[]}"),
        MAP("{\"to\":\"a\",\"from\":\"b\",\"codes\":{\"1\":2}}"),
        MAP("{\"to\":\"a\",\"from\":\"b\",\"else\":1}"),
        MAP("{\"to\":\"a\",\"from\":\"b\"},{\"to\":\"a\",\"from\":\"c\"}"),
        "{\"map\":\"m\",\"version\":1,\"kind\":\"units\",\"columns\":[{\"to\":\"a\",\"from\":\"b\"}]}",
        "{\"map\":\"m\",\"version\":\"1\",\"kind\":\"units\",\"extra\":1,\"columns\":[{\"to\":\"a\",\"from\":\"b\"}]}",
        "{\"map\":\"m\",\"version\":\"1\",\"kind\":\"units\",\"header\":false,\"columns\":[{\"to\":\"a\",\"from\":"
        "\"b\"}]}",
        "{\"map\":\"m\",\"version\":\"1\",\"kind\":\"units\",\"header\":false,\"columns\":[{\"to\":\"a\",\"from\":257}]"
        "}",
    };
    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct arena arena;
        struct import_map map;
        struct fail fail = { 0 };
        arena_init(&arena, 8 << 20);
        if (import_map_read(&arena, wrong[i], strlen(wrong[i]), &map, &fail) != STATUS_INPUT)
            fail_msg("taken: %s", wrong[i]);
        assert_true(strlen(fail.what) > 10);
        arena_free(&arena);
    }
}

/* Every column the kind needs is made, and none it does not know. */
static void shipped_maps_fit(void **state)
{
    (void)state;
    size_t count = 0;
    for (const char *name; (name = import_map_shipped(count)) != NULL; count++) {
        char path[64];
        struct arena arena;
        struct import_map map;
        struct import_kind kind;
        struct import_column column;
        arena_init(&arena, 8 << 20);
        snprintf(path, sizeof path, "%.*s", (int)strcspn(name, "."), name);
        assert_int_equal(import_map_open(&arena, path, &map, NULL), STATUS_OK);
        assert_string_equal(map.name, path);
        assert_int_equal(import_kind_find(map.kind, &kind, NULL), STATUS_OK);
        size_t used = 0;
        for (size_t i = 0; import_column_at(&kind, i, NULL, &column); i++) {
            size_t k = 0;
            while (k < map.column_count && strcmp(map.columns[k].to, column.name) != 0)
                k++;
            used += k < map.column_count ? 1 : 0;
            if (k == map.column_count && !column.optional)
                fail_msg("%s lacks the column %s", name, column.name);
        }
        assert_int_equal(used, map.column_count);
        arena_free(&arena);
    }
    assert_true(count > 0);
}

static void make_nothing(void *context, const struct csv *csv, size_t row, const char *fields[])
{
    (void)context;
    (void)row;
    for (size_t i = 0; i < csv->column_count; i++)
        fields[i] = "";
    csv->cursor->failed = true;
}

/* A row that could not be made for want of memory is not taken for one with empty fields, however many maps lie above it. */
static void want_of_memory_is_handed_on(void **state)
{
    (void)state;
    static const char text[] = MAP("{\"to\":\"a\",\"from\":\"x\"}");
    const char *header[] = { "x" }, *missing = NULL;
    struct csv_cursor cursor = { .open = false };
    const struct csv csv = { .column_count = 1, .row_count = 1, .header = header, .make = make_nothing, .cursor = &cursor };
    struct csv mapped;
    struct import_map map;
    struct arena arena;
    arena_init(&arena, 8 << 20);
    assert_int_equal(import_map_read(&arena, text, strlen(text), &map, NULL), STATUS_OK);
    assert_int_equal(import_map_apply(&arena, &map, &csv, &mapped, &missing, NULL), STATUS_OK);
    assert_false(mapped.cursor->failed);
    assert_string_equal(field(&mapped, 0, "a"), "");
    assert_true(mapped.cursor->failed);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(columns_are_mapped), cmocka_unit_test(fixed_widths), cmocka_unit_test(files_without_names),
                                        cmocka_unit_test(wrong_maps_are_refused), cmocka_unit_test(shipped_maps_fit),
                                        cmocka_unit_test(want_of_memory_is_handed_on) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
