/* The released tables as workbook and as open data: every cell once, hidden cells by their sign and never by a number,
 * names that would break a CSV quoted, the same release the same bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/csv.h"
#include "base/spreadsheet.h"
#include "base/unzip.h"
#include "reports/cells.h"
#include "tests/release_fixture.h"

enum { OUT_MAX = 64 << 20 };

static void write_both(struct buf *workbook, struct buf *archive)
{
    struct fail fail = { 0 };
    buf_init(workbook, OUT_MAX);
    buf_init(archive, OUT_MAX);
    if (cells_xlsx(&world.release, language_default, workbook, &fail) != STATUS_OK ||
        cells_open_data(&world.release, language_default, archive, &fail) != STATUS_OK)
        fail_msg("%s", fail.what);
}

static void read_csv(const struct buf *archive, struct arena *arena, struct csv *csv)
{
    struct unzip *unzip = NULL;
    struct buf bytes;
    struct fail fail = { 0 };
    buf_init(&bytes, OUT_MAX);
    assert_int_equal(unzip_open("open", archive->bytes, archive->length, OUT_MAX, &unzip, &fail), STATUS_OK);
    assert_true(unzip_has(unzip, "tables.csv-metadata.json"));
    assert_int_equal(unzip_read(unzip, "tables.csv", &bytes, &fail), STATUS_OK);
    assert_int_equal(csv_read(arena, bytes.bytes, bytes.length, csv, NULL, NULL, &fail), STATUS_OK);
    unzip_close(unzip);
    buf_free(&bytes);
}

static const char *field(const struct csv *csv, size_t row, const char *name)
{
    return csv_field(csv, row, (size_t)csv_column(csv, name));
}

static size_t cell_count(void)
{
    size_t count = 0;
    for (size_t i = 0; i < world.release.table_count; i++)
        count += world.release.tables[i].row_count * world.release.tables[i].column_count;
    return count;
}

static void check_open_data(void **state)
{
    const enum fill fill = *(const enum fill *)*state;
    struct buf workbook;
    struct buf archive;
    struct csv csv;
    make_release(fill, WORD_LOWER);
    write_both(&workbook, &archive);
    read_csv(&archive, &world.arena, &csv);
    assert_int_equal(csv.row_count, cell_count());
    for (size_t row = 0; row < csv.row_count; row++) {
        bool shown = *field(&csv, row, "sign") == '\0';
        assert_int_equal(shown, fill == FILL_SHOWN);
        assert_int_equal(*field(&csv, row, "value") == '\0', !shown);
        assert_true(shown || (*field(&csv, row, "low") == '\0' && *field(&csv, row, "base") == '\0' &&
                              *field(&csv, row, "comparison") == '\0'));
        assert_null(strchr(field(&csv, row, "value"), ','));
    }
    bool quoted = false;
    for (size_t row = 0; row < csv.row_count; row++)
        quoted = quoted || strcmp(field(&csv, row, "row_label"), "Amt <&> %d") == 0;
    assert_true(quoted);
    buf_free(&workbook);
    buf_free(&archive);
    arena_free(&world.arena);
}

static enum status join(void *context, const struct sheet_row *row, struct fail *fail)
{
    (void)fail;
    struct buf *out = context;
    for (size_t i = 0; i < row->cell_count; i++)
        buf_format(out, "%s|", row->cells[i]);
    return STATUS_OK;
}

static void check_workbook(void **state)
{
    const enum fill fill = *(const enum fill *)*state;
    struct buf workbook;
    struct buf archive;
    struct buf text;
    struct spreadsheet *spreadsheet = NULL;
    struct fail fail = { 0 };
    make_release(fill, WORD_LOWER);
    write_both(&workbook, &archive);
    assert_int_equal(spreadsheet_open("tables", workbook.bytes, workbook.length, OUT_MAX, &spreadsheet, &fail),
                     STATUS_OK);
    assert_int_equal(spreadsheet_sheet_count(spreadsheet), world.release.table_count + 1);
    buf_init(&text, OUT_MAX);
    for (size_t i = 1; i <= world.release.table_count; i++) {
        assert_string_equal(spreadsheet_sheet_name(spreadsheet, i), world.release.tables[i - 1].id);
        assert_int_equal(spreadsheet_rows(spreadsheet, i, join, &text, &fail), STATUS_OK);
    }
    assert_int_equal(strstr(text.bytes, "17.8|16.3|20.3|") != NULL, fill == FILL_SHOWN);
    assert_int_equal(strstr(text.bytes, "|g|") != NULL, fill == FILL_SECRET);
    spreadsheet_close(spreadsheet);
    buf_free(&text);
    buf_free(&workbook);
    buf_free(&archive);
    arena_free(&world.arena);
}

/* V23: a label that a spreadsheet would compute is text; negative numbers stay numbers. */
static void check_formula(void **state)
{
    (void)state;
    struct buf workbook;
    struct buf archive;
    struct csv csv;
    make_release(FILL_SHOWN, WORD_LOWER);
    struct release_table table = world.release.tables[0];
    struct release_row *rows = ARENA_NEW(&world.arena, struct release_row, table.row_count);
    assert_non_null(rows);
    for (size_t i = 0; i < table.row_count; i++)
        rows[i] = table.rows[i];
    rows[0].label = (struct release_label){ .name = "=HYPERLINK(1)" };
    table.rows = rows;
    world.release.tables = &table;
    world.release.table_count = 1;
    write_both(&workbook, &archive);
    read_csv(&archive, &world.arena, &csv);
    assert_string_equal(field(&csv, 0, "row_label"), "'=HYPERLINK(1)");
    buf_free(&workbook);
    buf_free(&archive);
    arena_free(&world.arena);
}

static void check_same_bytes(void **state)
{
    (void)state;
    struct buf files[2][2];
    make_release(FILL_SHOWN, WORD_HIGHER);
    for (size_t i = 0; i < 2; i++)
        write_both(&files[i][0], &files[i][1]);
    for (size_t j = 0; j < 2; j++) {
        assert_int_equal(files[0][j].length, files[1][j].length);
        assert_memory_equal(files[0][j].bytes, files[1][j].bytes, files[0][j].length);
        buf_free(&files[0][j]);
        buf_free(&files[1][j]);
    }
    arena_free(&world.arena);
}

int main(void)
{
    static const enum fill shown = FILL_SHOWN;
    static const enum fill secret = FILL_SECRET;
    const struct CMUnitTest tests[] = {
        { "open data, shown", check_open_data, NULL, NULL, (void *)(uintptr_t)&shown },
        { "open data, secret", check_open_data, NULL, NULL, (void *)(uintptr_t)&secret },
        { "workbook, shown", check_workbook, NULL, NULL, (void *)(uintptr_t)&shown },
        { "workbook, secret", check_workbook, NULL, NULL, (void *)(uintptr_t)&secret },
        cmocka_unit_test(check_formula),
        cmocka_unit_test(check_same_bytes),
    };
    return cmocka_run_group_tests_name("tables as data", tests, NULL, NULL);
}
