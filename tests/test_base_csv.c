/* CSV reader: shapes German exports come in, and the faults that must be reported with their line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/csv.h"

static struct good_case {
    const char *name, *bytes;
    size_t length; /* 0: a string */
    size_t columns, rows;
    size_t row, column;
    const char *field;
} good[] = {
    { "semicolon and CRLF", "a;b\r\n1;2\r\n", 0, 2, 1, 0, 1, "2" },
    { "comma", "a,b,c\n1,2,3\n", 0, 3, 1, 0, 2, "3" },
    { "tab", "a\tb\tc\n1\t\t3\n", 0, 3, 1, 0, 1, "" },
    { "quoted delimiter", "a;b;c\n\"x;y\";2;3\n", 0, 3, 1, 0, 0, "x;y" },
    { "doubled quotes", "a;b;c\n\"say \"\"hi\"\"\";2;3\n", 0, 3, 1, 0, 0, "say \"hi\"" },
    { "line break in quotes", "a;b;c\n\"x\ny\";2;3\n4;5;6\n", 0, 3, 2, 1, 0, "4" },
    { "title lines above the header", "Personalstand\n\na;b;c\n1;2;3\n", 0, 3, 1, 0, 0, "1" },
    { "title lines filled up", "Personalstand;;;\nStand: Juni;Amt 12;;\na;b;c;d\n1;2;3;4\n5;6;7;8\n", 0, 4, 2, 0, 3, "4" },
    { "a divided title", "Stadt;Personalamt;2025\na;b;c;d\n1;2;3;4\n5;6;7;8\n", 0, 4, 2, 0, 0, "1" },
    { "decimal commas", "a;b\n1,5;2,5\n3,5;4,5\n", 0, 2, 2, 0, 1, "2,5" },
    { "trailing delimiters", "a;b;c;;\n1;2;3;;\n", 0, 3, 1, 0, 2, "3" },
    { "blank lines and repeated header", "a;b;c\n1;2;3\n\na;b;c\n4;5;6\n", 0, 3, 2, 1, 2, "6" },
    { "no line end at the end", "a;b;c\n1;2;3", 0, 3, 1, 0, 2, "3" },
    { "blanks and NBSP trimmed", "a;b;c\n 1 ;\xC2\xA0" "2\xC2\xA0;3\n", 0, 3, 1, 0, 1, "2" },
    { "Windows-1252", "a;b;c\nStra\xDF" "e;\x80;3\n", 0, 3, 1, 0, 0, "Straße" },
    { "UTF-8 with BOM", "\xEF\xBB\xBF" "a;b;c\nä;2;3\n", 0, 3, 1, 0, 0, "ä" },
    { "letters and marks apart", "a;b;c\nx;2;3\nStraße;Mu\xCC\x88" "ller;3\nu\xCC\x88;5;6", 0, 3, 3, 1, 1, "Müller" },
    { "marks in the last line", "a;b;c\n1;2;3\n4;5;Ju\xCC\x88rgen", 0, 3, 2, 1, 2, "Jürgen" },
    { "UTF-16LE with BOM", "\xFF\xFE" "a\0;\0b\0;\0c\0\n\0\xE4\0;\0" "2\0;\0" "3\0\n\0", 26, 3, 1, 0, 0, "ä" },
};

struct seen {
    size_t count;
    uint32_t lines[16];
};

static void note(void *context, uint32_t line, const char *message)
{
    struct seen *seen = context;
    assert_true(message[0] != '\0');
    if (seen->count < COUNT(seen->lines))
        seen->lines[seen->count] = line;
    seen->count++;
}

/* Cut where it stands or copied: the same fields. */
static void check_own(const char *bytes, size_t length, const struct csv *copied)
{
    struct arena arena;
    struct csv csv;
    struct buf own;
    arena_init(&arena, 1 << 20);
    buf_init(&own, 1 << 20);
    buf_add(&own, bytes, length);
    assert_int_equal(csv_read_own(&arena, &own, &csv, NULL, NULL, NULL), STATUS_OK);
    assert_int_equal(csv.encoding, copied->encoding);
    assert_int_equal(csv.row_count, copied->row_count);
    assert_int_equal(csv.column_count, copied->column_count);
    for (size_t row = 0; row < csv.row_count; row++)
        for (size_t column = 0; column < csv.column_count; column++)
            assert_string_equal(csv_field(&csv, row, column), csv_field(copied, row, column));
    arena_free(&arena);
    buf_free(&own);
}

static void check_good(void **state)
{
    const struct good_case *row = *state;
    struct arena arena;
    struct csv csv;
    struct seen seen = { 0 };
    arena_init(&arena, 1 << 20);
    size_t length = row->length == 0 ? strlen(row->bytes) : row->length;
    assert_int_equal(csv_read(&arena, row->bytes, length, &csv, note, &seen, NULL), STATUS_OK);
    assert_int_equal(seen.count, 0);
    assert_int_equal(csv.column_count, row->columns);
    assert_int_equal(csv.row_count, row->rows);
    assert_string_equal(csv_field(&csv, row->row, row->column), row->field);
    assert_int_equal(csv_column(&csv, "B"), 1);
    assert_int_equal(csv_column(&csv, "missing"), -1);
    check_own(row->bytes, length, &csv);
    arena_free(&arena);
}

static struct bad_case {
    const char *name, *bytes;
    size_t faults;
    uint32_t first, last; /* lines */
} bad[] = {
    { "empty file", "", 1, 1, 1 },
    { "no delimiter at all", "only words\nmore words\n", 1, 1, 1 },
    { "every short and long row is reported", "a;b;c\n1;2\n1;2;3\n1;2;3;4\n", 2, 2, 4 },
    { "line counted across a quoted break", "a;b;c\n\"x\ny\";2;3\n1;2\n", 1, 4, 4 },
    { "quote never closed", "a;b;c\n\"1;2;3\n", 2, 2, 2 },
};

static void check_bad(void **state)
{
    const struct bad_case *row = *state;
    struct arena arena;
    struct csv csv;
    struct seen seen = { 0 };
    arena_init(&arena, 1 << 20);
    assert_int_equal(csv_read(&arena, row->bytes, strlen(row->bytes), &csv, note, &seen, NULL), STATUS_INPUT);
    assert_int_equal(seen.count, row->faults);
    assert_int_equal(seen.lines[0], row->first);
    assert_int_equal(seen.lines[seen.count - 1], row->last);
    arena_free(&arena);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(good) + COUNT(bad)];
    for (size_t i = 0; i < COUNT(good); i++)
        tests[i] = (struct CMUnitTest){ good[i].name, check_good, NULL, NULL, &good[i] };
    for (size_t i = 0; i < COUNT(bad); i++)
        tests[COUNT(good) + i] = (struct CMUnitTest){ bad[i].name, check_bad, NULL, NULL, &bad[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
