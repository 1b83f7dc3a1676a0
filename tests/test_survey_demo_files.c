/* The demo city's files of tables.def: one for every table, each can be imported, and figures to compute with come out.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "survey/demo_city.h"
#include "survey/store_private.h"
#include "survey/table.h"

enum { STAFF = 1200 };

static void take(struct store *store, const char *kind, struct buf *bytes)
{
    struct arena arena;
    struct import_report report;
    arena_init(&arena, 64 << 20);
    const struct import_file file = { kind, bytes->bytes, bytes->length, .user = "test", .accept_warnings = true };
    enum status status = import_bytes(store, &arena, &file, &report, NULL);
    for (size_t i = 0; i < report.finding_count; i++)
        print_error("%s:%u %s %s\n", kind, (unsigned)report.findings[i].line, report.findings[i].rule,
                    report.findings[i].message);
    assert_int_equal(status, STATUS_OK);
    arena_free(&arena);
    buf_clear(bytes);
}

/* Every number of rows that the loading fills in. */
static void check_filled(const struct registers *registers)
{
    for (size_t i = 0; tables[i] != NULL; i++) {
        size_t count = 0;
        memcpy(&count, (const char *)registers + tables[i]->count, sizeof count);
        if (count == 0)
            fail_msg("no rows of %s", tables[i]->kind);
    }
}

static void check_magnitudes(const struct registers *registers)
{
    uint32_t entries = 0, exits = 0, hired[2] = { 0 }, applied[2] = { 0 };
    for (size_t i = 0; i < registers->flow_count; i++) {
        const struct flow *flow = &registers->flows[i];
        entries += flow->year == 2025 && flow->kind == FLOW_ENTRY ? flow->count : 0;
        exits += flow->year == 2025 && flow->kind == FLOW_EXIT ? flow->count : 0;
    }
    assert_in_range(entries, STAFF * 5 / 100, STAFF * 7 / 100); /* 5 per cent leave, the city grows by 1 */
    assert_int_equal(entries - exits, STAFF - (STAFF - STAFF / 100));
    for (size_t i = 0; i < registers->funnel_count; i++) {
        const struct funnel *row = &registers->funnels[i];
        if (row->trait != TRAIT_SELF || row->group > 1)
            continue;
        hired[row->group] += row->stage == FUNNEL_HIRED ? row->count : 0;
        applied[row->group] += row->stage == FUNNEL_APPLIED ? row->count : 0;
    }
    const uint32_t ratio = hired[1] * applied[0] * 100 / (hired[0] * applied[1]);
    assert_in_range(ratio, 60, 95);
}

static void every_table_has_its_file(void **state)
{
    (void)state;
    char dir[] = "/tmp/querschnitt-demo-XXXXXX";
    char path[64];
    struct arena arena;
    struct demo_city city;
    struct store *store = NULL;
    struct buf bytes;
    struct registers registers;
    const struct unit *units = NULL;
    size_t unit_count = 0;
    arena_init(&arena, 256 << 20);
    buf_init(&bytes, 16 << 20);
    assert_non_null(mkdtemp(dir));
    assert_int_equal(demo_city_create(&arena, STAFF, 3, &city, NULL), STATUS_OK);
    assert_int_equal(store_open(dir, STORE_WRITE, &store, NULL), STATUS_OK);
    demo_units_csv(&city, 2025, &bytes);
    take(store, "units", &bytes);
    for (const struct demo_file *file = demo_files; file->kind != NULL; file++) {
        assert_string_equal(table_find(file->kind)->file, file->file);
        file->write(&arena, &city, &bytes);
        take(store, file->kind, &bytes);
    }
    assert_int_equal(store_unit_list(store, &arena, &units, &unit_count, NULL), STATUS_OK);
    assert_int_equal(table_load(store, &arena, units, unit_count, &registers, NULL), STATUS_OK);
    check_filled(&registers);
    check_magnitudes(&registers);
    store_close(store);
    snprintf(path, sizeof path, "%s/querschnitt.sqlite", dir);
    unlink(path);
    rmdir(dir);
    buf_free(&bytes);
    arena_free(&arena);
}

int main(void)
{
    static const struct CMUnitTest all[] = { cmocka_unit_test(every_table_has_its_file) };
    return cmocka_run_group_tests(all, NULL, NULL);
}
