/* Spreadsheets: what cells read as, damaged files, and hostile ones, each within two seconds of the processor and 200
 * MB of memory. The files are made here. */
#define _GNU_SOURCE /* wait4 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/spreadsheet.h"
#include "zip_make.h"

#if defined(__SANITIZE_ADDRESS__)
enum { SECONDS_MAX = 40 }; /* sanitizers take their time, and memory */
#else
enum { SECONDS_MAX = 2 };
#endif
enum { LIMIT = 64 << 20, KILOBYTES_MAX = 200 * 1024 };

static const char strings[] =
    "<sst><si><t>first</t></si><si><r><t>bo</t></r><r><rPr><b/></rPr><t>ld</t></r>"
    "<rPh sb='0' eb='1'><t>reading</t></rPh></si><si><t>a_x000D__x000A_b_x005F_c</t></si></sst>";
static const char styles[] =
    "<styleSheet><numFmts count='2'><numFmt numFmtId='164' formatCode='[Red]0.00\\d'/><numFmt numFmtId='165' "
    "formatCode='dd/mm/yyyy'/></numFmts><cellStyleXfs><xf numFmtId='14'/></cellStyleXfs><cellXfs><xf numFmtId='0'/>"
    "<xf numFmtId='14'><alignment/></xf><xf numFmtId='164'/><xf numFmtId='165'/></cellXfs></styleSheet>";

static enum status join(void *context, const struct sheet_row *row, struct fail *fail)
{
    (void)fail;
    struct buf *out = context;
    buf_format(out, "%u:", row->number);
    for (size_t i = 0; i < row->cell_count; i++)
        buf_format(out, "%s|", row->cells[i]);
    return STATUS_OK;
}

static enum status read_all(const char *bytes, size_t length, struct buf *out, struct fail *fail)
{
    struct spreadsheet *spreadsheet = NULL;
    enum status status = spreadsheet_open("file", bytes, length, LIMIT, &spreadsheet, fail);
    for (size_t i = 0; status == STATUS_OK && i < spreadsheet_sheet_count(spreadsheet); i++)
        status = spreadsheet_rows(spreadsheet, i, join, out, fail);
    spreadsheet_close(spreadsheet);
    return status;
}

static struct sheet_case {
    const char *name, *rows;
    const char *expected; /* rows as text, or what the sentence says */
    enum status status;
} sheets[] = {
    { "shared, inline and formula texts",
      "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c><c r='D1' "
      "t='inlineStr'><is><t>in</t></is></c>"
      "<c r='E1' t='str'><f>A1</f><v>made</v></c></row>",
      "1:first|bold||in|made|", STATUS_OK },
    { "escapes", "<row r='1'><c r='A1' t='s'><v>2</v></c></row>", "1:a\nb_c|", STATUS_OK },
    { "numbers as short as they can be",
      "<row r='2'><c r='A2'><v>5</v></c><c r='B2'><v>0.1000000000000000055</v></c><c r='C2'><v>-3.0</v></c><c r='D2'>"
      "<v>1E3</v></c><c r='E2' s='2'><v>40000</v></c><c r='F2'><v>007</v></c></row>",
      "2:5|0.1|-3|1000|40000|7|", STATUS_OK },
    { "booleans and errors",
      "<row r='1'><c r='A1' t='b'><v>1</v></c><c r='B1' t='b'><v>0</v></c><c r='C1' t='e'>"
      "<v>#REF!</v></c></row>",
      "1:TRUE|FALSE|#REF!|", STATUS_OK },
    { "dates and times",
      "<row r='1'><c r='A1' s='1'><v>46203</v></c><c r='B1' s='3'><v>46203.586805555555</v></c><c r='C1' s='1'>"
      "<v>0.25</v></c><c r='D1' s='1'><v>1</v></c><c r='E1' s='1'><v>61</v></c><c r='F1' s='1'><v>-1</v></c></row>",
      "1:2026-06-30|2026-06-30T14:05:00|06:00:00|1900-01-01|1900-03-01|-1|", STATUS_OK },
    { "rows and cells without a place", "<row><c><v>1</v></c><c/><c><v>3</v></c></row><row/><row><c><v>4</v></c></row>",
      "1:1||3|3:4|", STATUS_OK },
    { "empty cells far to the right do not count", "<row r='1'><c r='A1'><v>1</v></c><c r='XFD1' s='1'/></row>", "1:1|",
      STATUS_OK },
    { "index of a text out of range", "<row r='1'><c r='A1' t='s'><v>3</v></c></row>", "does not exist", STATUS_INPUT },
    { "index of a text negative", "<row r='1'><c r='A1' t='s'><v>-1</v></c></row>", "does not exist", STATUS_INPUT },
    { "index of a text overflows", "<row r='1'><c r='A1' t='s'><v>99999999999999999999999</v></c></row>",
      "does not exist", STATUS_INPUT },
    { "negative row", "<row r='-1'><c r='A-1'><v>1</v></c></row>", "“-1” is no number of a row", STATUS_INPUT },
    { "row overflows", "<row r='99999999999999999999'><c><v>1</v></c></row>", "rows", STATUS_LIMIT },
    { "row too far down", "<row r='1048577'><c><v>1</v></c></row>", "rows", STATUS_LIMIT },
    { "row twice", "<row r='2'><c><v>1</v></c></row><row r='2'><c><v>1</v></c></row>", "after", STATUS_INPUT },
    { "cell of another row", "<row r='2'><c r='A1'><v>1</v></c></row>", "“A1” is no cell of row 2", STATUS_INPUT },
    { "cell without a column", "<row r='2'><c r='2'><v>1</v></c></row>", "“2” is no cell", STATUS_INPUT },
    { "column overflows", "<row r='1'><c r='AAAAAAAAAAAAAAAAAAAA1'><v>1</v></c></row>", "is no cell", STATUS_INPUT },
    { "column too far right", "<row r='1'><c r='XFD1'><v>1</v></c></row>", "columns", STATUS_LIMIT },
    { "cells out of order", "<row r='1'><c r='B1'><v>1</v></c><c r='A1'><v>1</v></c></row>", "out of order",
      STATUS_INPUT },
    { "cut off", "<row r='1'><c", "not well-formed", STATUS_INPUT },
};

static void make_sheet(struct zip_make *zip, const char *rows)
{
    struct buf sheet;
    buf_init(&sheet, 1 << 20);
    buf_format(&sheet,
               "<worksheet><dimension ref='A1:XFD1048576'/><cols/><sheetData>%s</sheetData><ignored><row/>"
               "</ignored></worksheet>",
               rows);
    zip_make_workbook(zip, strings, styles);
    zip_make_add(zip, "xl/worksheets/sheet1.xml", sheet.bytes, sheet.length);
    zip_make_end(zip);
    buf_free(&sheet);
}

static void check_sheet(void **state)
{
    const struct sheet_case *row = *state;
    struct zip_make zip;
    struct fail fail = { 0 };
    struct buf out;
    buf_init(&out, 1 << 20);
    buf_add(&out, "", 0);
    make_sheet(&zip, row->rows);
    assert_int_equal(read_all(zip.out.bytes, zip.out.length, &out, &fail), row->status);
    if (row->status == STATUS_OK)
        assert_string_equal(out.bytes, row->expected);
    else if (strstr(fail.what, row->expected) == NULL)
        fail_msg("%s", fail.what);
    buf_free(&out);
    buf_free(&zip.out);
}

/* Cut at every length and with every 7th byte changed: an answer, never a crash. */
static void check_damage(void **state)
{
    (void)state;
    struct zip_make zip;
    struct buf out;
    buf_init(&out, 1 << 20);
    make_sheet(&zip, sheets[0].rows);
    for (size_t length = 0; length < zip.out.length; length++) {
        struct fail fail = { 0 };
        assert_int_not_equal(read_all(zip.out.bytes, length, &out, &fail), STATUS_OK);
        assert_true(fail.what[0] != '\0');
    }
    for (size_t i = 0; i < zip.out.length; i += 7) {
        zip.out.bytes[i] = (char)(zip.out.bytes[i] ^ 0x55);
        (void)!read_all(zip.out.bytes, zip.out.length, &out, NULL);
        zip.out.bytes[i] = (char)(zip.out.bytes[i] ^ 0x55);
    }
    buf_free(&out);
    buf_free(&zip.out);
}

static const char begin[] = "<worksheet><sheetData>";

static void make_gigabyte(struct zip_make *zip, uint32_t says)
{
    struct buf block;
    buf_init(&block, 2 << 20);
    while (block.length < 1 << 20)
        buf_format(&block, "<row><c><v>%zu</v></c><c t='str'><v>%0120zu</v></c></row>",
                   block.length * 2654435761u % 1000, block.length);
    zip_make_workbook(zip, strings, styles);
    zip_make_packed(zip, "xl/worksheets/sheet1.xml", begin, block.bytes, says == 0 ? 1024 : 100, says);
    buf_free(&block);
}

static void make_honest_gigabyte(struct zip_make *zip)
{
    make_gigabyte(zip, 0);
}

static void make_lying_gigabyte(struct zip_make *zip)
{
    make_gigabyte(zip, 1000);
}

static void make_bomb(struct zip_make *zip)
{
    char *blanks = malloc((1 << 20) + 1);
    assert_non_null(blanks);
    memset(blanks, ' ', 1 << 20);
    blanks[1 << 20] = '\0';
    zip_make_workbook(zip, strings, styles);
    zip_make_packed(zip, "xl/worksheets/sheet1.xml", begin, blanks, 50, 0);
    free(blanks);
}

static void make_string_bomb(struct zip_make *zip)
{
    struct buf block;
    buf_init(&block, 2 << 20);
    while (block.length < 1 << 20)
        buf_format(&block, "<si><t>%zu</t></si>", block.length * 2654435761u % 100000);
    zip_make_workbook(zip, NULL, styles);
    zip_make_packed(zip, "xl/sharedStrings.xml", "<sst>", block.bytes, 300, 0);
    zip_make_add(zip, "xl/worksheets/sheet1.xml", "<worksheet/>", 12);
    buf_free(&block);
}

static void make_entries(struct zip_make *zip)
{
    zip_make_workbook(zip, strings, styles);
    for (int i = 0; i < 60000; i++) {
        char name[32];
        snprintf(name, sizeof name, "entry%d", i);
        zip_make_add(zip, name, "", 0);
    }
}

static void make_entities(struct zip_make *zip)
{
    static const char sheet[] = "<!DOCTYPE w [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]><worksheet>"
                                "<sheetData><row><c t='str'><v>&b;</v></c></row></sheetData></worksheet>";
    zip_make_workbook(zip, strings, styles);
    zip_make_add(zip, "xl/worksheets/sheet1.xml", sheet, sizeof sheet - 1);
}

static void make_deep(struct zip_make *zip)
{
    zip_make_workbook(zip, strings, styles);
    zip_make_packed(zip, "xl/worksheets/sheet1.xml", begin, "<a>", 100 * 1000, 0);
}

static void make_columns(struct zip_make *zip)
{
    zip_make_workbook(zip, strings, styles);
    zip_make_packed(zip, "xl/worksheets/sheet1.xml", "<worksheet><sheetData><row r='1'>", "<c><v>1</v></c>",
                    1000 * 1000, 0);
}

/* An archive inside is just an entry nobody asked for. */
static void make_nested(struct zip_make *zip)
{
    struct zip_make inner;
    make_bomb(&inner);
    zip_make_end(&inner);
    zip_make_workbook(zip, strings, styles);
    zip_make_add(zip, "xl/worksheets/inner.zip", inner.out.bytes, inner.out.length);
    buf_free(&inner.out);
}

static struct hostile_case {
    const char *name;
    void (*make)(struct zip_make *zip);
    const char *says;
} hostile[] = {
    { "a sheet of 1 GB", make_honest_gigabyte, "larger than 64 MB" },
    { "a sheet of 100 MB that claims to be small", make_lying_gigabyte, "64 MB" },
    { "packed 1000 to 1", make_bomb, "packed more than" },
    { "300 MB of texts", make_string_bomb, "larger than 64 MB" },
    { "60,000 entries", make_entries, "entries" },
    { "entities", make_entities, "document type" },
    { "100,000 levels", make_deep, "inside one another" },
    { "1,000,000 columns", make_columns, "columns" },
    { "an archive in the archive, no sheet", make_nested, "missing in the file" },
};

static _Noreturn void read_in_bounds(const struct zip_make *zip, const char *says)
{
    struct rlimit seconds = { SECONDS_MAX, SECONDS_MAX };
    setrlimit(RLIMIT_CPU, &seconds);
    struct fail fail = { 0 };
    struct buf out;
    buf_init(&out, 32 << 20);
    enum status status = read_all(zip->out.bytes, zip->out.length, &out, &fail);
    if (strstr(fail.what, says) == NULL)
        fprintf(stderr, "%zu bytes: %s\n", zip->out.length, fail.what);
    _exit(status != STATUS_OK && strstr(fail.what, says) != NULL ? 0 : 1);
}

static void check_hostile(void **state)
{
    const struct hostile_case *row = *state;
    struct zip_make zip;
    row->make(&zip);
    zip_make_end(&zip);
    assert_false(zip.out.failed);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        read_in_bounds(&zip, row->says);
    int ended = 0;
    struct rusage used;
    assert_int_equal(wait4(child, &ended, 0, &used), child);
    assert_true(WIFEXITED(ended));
    assert_int_equal(WEXITSTATUS(ended), 0);
#if !defined(__SANITIZE_ADDRESS__)
    assert_in_range(used.ru_maxrss, 1, KILOBYTES_MAX);
#endif
    buf_free(&zip.out);
}

static void check_others(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out, 1 << 20);
    static const char *const files[] = { "", "survey,,\n", "PK\5\6", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and no more" };
    for (size_t i = 0; i < COUNT(files); i++) {
        struct fail fail = { 0 };
        assert_int_equal(read_all(files[i], strlen(files[i]), &out, &fail), STATUS_INPUT);
        assert_non_null(strstr(fail.what, "spreadsheet"));
    }
    spreadsheet_close(NULL);
    buf_free(&out);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(sheets) + COUNT(hostile) + 2];
    size_t count = 0;
    for (size_t i = 0; i < COUNT(sheets); i++)
        tests[count++] = (struct CMUnitTest){ sheets[i].name, check_sheet, NULL, NULL, &sheets[i] };
    for (size_t i = 0; i < COUNT(hostile); i++)
        tests[count++] = (struct CMUnitTest){ hostile[i].name, check_hostile, NULL, NULL, &hostile[i] };
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(check_damage);
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(check_others);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
