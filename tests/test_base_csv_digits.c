/* The fast reader for tables of small numbers: the shapes it takes, the faults with their lines, the same result for any
 * number of threads, and agreement with the general reader. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/csv_digits.h"
#include "base/env.h"

static void keep(const char *bytes, size_t length, char path[64])
{
    strcpy(path, "/tmp/csv_digits_XXXXXX");
    int file = mkstemp(path);
    assert_true(file >= 0 && write(file, bytes, length) == (ssize_t)length);
    close(file);
}

static struct shape {
    const char *name, *bytes;
    size_t columns, rows;
    uint8_t last[3]; /* the last row */
} shapes[] = {
    { "comma", "a,b,c\n1,2,3\n4,5,5\n", 3, 2, { 4, 5, 5 } },
    { "semicolon and CRLF", "a;b;c\r\n1;2;3\r\n", 3, 1, { 1, 2, 3 } },
    { "tab", "a\tb\tc\n1\t2\t3\n", 3, 1, { 1, 2, 3 } },
    { "quotation marks and blanks", "a;b;c\n\"1\"; 2 ;\" 3\"\n", 3, 1, { 1, 2, 3 } },
    { "empty and NA", "a;b;c\n;NA;3\n", 3, 1, { 255, 255, 3 } },
    { "empty at the end", "a;b;c\n1;2;\n", 3, 1, { 1, 2, 255 } },
    { "several digits", "a;b;c\n250;10;3\n", 3, 1, { 250, 10, 3 } },
    { "no line end at the end", "a;b;c\n1;2;3\n4;5;6", 3, 2, { 4, 5, 6 } },
    { "blank lines", "a;b;c\n\n1;2;3\n \r\n4;5;6\n\n", 3, 2, { 4, 5, 6 } },
    { "trailing delimiters", "a;b;c;;\n1;2;3;;\n", 3, 1, { 1, 2, 3 } },
    { "byte order mark", "\xEF\xBB\xBF" "a;b;c\n1;2;3\n", 3, 1, { 1, 2, 3 } },
    { "header alone", "a;b;c\n", 3, 0, { 0 } },
    { "header without line end", "a;b;c", 3, 0, { 0 } },
};

static void check_shape(void **state)
{
    const struct shape *row = *state;
    struct arena arena;
    struct digits digits;
    char path[64];
    arena_init(&arena, 1 << 24);
    keep(row->bytes, strlen(row->bytes), path);
    assert_int_equal(digits_read(&arena, path, 2, &digits, NULL, NULL, NULL), STATUS_OK);
    unlink(path);
    assert_int_equal(digits.column_count, row->columns);
    assert_int_equal(digits.row_count, row->rows);
    assert_string_equal(digits.header[0], "a");
    for (size_t c = 0; c < row->columns && row->rows > 0; c++)
        assert_int_equal(digits.column[c][row->rows - 1], row->last[c]);
    arena_free(&arena);
}

struct seen {
    size_t count;
    uint32_t line;
};

static void note(void *context, uint32_t line, const char *message)
{
    struct seen *seen = context;
    assert_true(message[0] != '\0' && line > seen->line); /* in the order of the file */
    seen->line = line;
    seen->count++;
}

static struct wrong {
    const char *name, *bytes;
    size_t faults;
    uint32_t line; /* of the last */
} wrongs[] = {
    { "a word", "a;b;c\n1;2;3\n1;x;3\n", 1, 3 },
    { "a word where a digit was expected", "a;b;c\n1;x;3\n4;5;6\n", 1, 2 },
    { "too large", "a;b;c\n1;251;3\n", 1, 2 },
    { "far too large", "a;b;c\n1;99999999999999999999;3\n", 1, 2 },
    { "negative", "a;b;c\n1;-1;3\n", 1, 2 },
    { "decimal", "a;b;c\n1;1.5;3\n", 1, 2 },
    { "too few columns", "a;b;c\n1;2;3\n\n1;2\n", 1, 4 },
    { "too many columns", "a;b;c\n1;2;3;4\n", 1, 2 },
    { "quotation mark not closed", "a;b;c\n\"1;2;3\n4;5;6\n", 1, 2 },
    { "other delimiter", "a;b;c\n1,2,3\n", 1, 2 },
    { "every fault is told", "a;b;c\nx;2;3\n1;2;3\n1;2\n1;2;3\n1;2;y\n", 3, 6 },
    { "no header", "", 0, 0 },
    { "one column", "a\n1\n", 0, 0 },
};

static void check_wrong(void **state)
{
    const struct wrong *row = *state;
    struct arena arena;
    struct digits digits;
    struct fail fail = { 0 };
    struct seen seen = { 0 };
    char path[64];
    arena_init(&arena, 1 << 24);
    keep(row->bytes, strlen(row->bytes), path);
    assert_int_equal(digits_read(&arena, path, 2, &digits, note, &seen, &fail), STATUS_INPUT);
    unlink(path);
    assert_int_equal(seen.count, row->faults);
    assert_int_equal(seen.line, row->line);
    assert_true(fail.what[0] != '\0');
    arena_free(&arena);
}

/* A file of several chunks with lines of all kinds; fault: a word in one of the last rows. */
static size_t large(char *bytes, size_t room, bool fault)
{
    struct seeded seeded;
    size_t length = 0;
    seeded_init(&seeded, 3);
    length += (size_t)snprintf(bytes, room, "a,b,c,d,e,f,g\n");
    for (size_t row = 0; length + 100 < room; row++) {
        uint32_t kind = seeded_below(&seeded, 20);
        for (size_t c = 0; c < 7 && kind != 0; c++) {
            uint32_t value = kind == 1 ? seeded_below(&seeded, 251) : 1 + seeded_below(&seeded, 5);
            const char *mark = kind == 2 ? "\"" : kind == 3 ? " " : "";
            if (kind != 4 || c == 2 || value > 2)
                length += (size_t)snprintf(bytes + length, room - length, "%s%u%s", mark, (unsigned)value, mark);
            if (fault && length + 300 > room)
                bytes[length++] = 'x';
            bytes[length++] = c < 6 ? ',' : kind == 5 ? '\r' : '\n';
        }
        if (kind == 0 || kind == 5)
            bytes[length++] = '\n';
    }
    return length;
}

static void agrees_with_the_general_reader(void **state)
{
    (void)state;
    enum { ROOM = 5 << 20 };
    char path[64];
    char *bytes = malloc(ROOM);
    size_t length = large(bytes, ROOM, false);
    struct arena arena;
    struct digits digits[3];
    struct csv csv;
    struct seen seen = { 0 };
    arena_init(&arena, 512u << 20);
    keep(bytes, length, path);
    for (unsigned i = 0; i < 3; i++)
        assert_int_equal(digits_read(&arena, path, 1 + 3 * i, &digits[i], NULL, NULL, NULL), STATUS_OK);
    assert_int_equal(csv_read(&arena, bytes, length, &csv, NULL, NULL, NULL), STATUS_OK);
    assert_int_equal(digits[0].row_count, csv.row_count);
    for (size_t c = 0; c < 7; c++) {
        for (unsigned i = 1; i < 3; i++)
            assert_memory_equal(digits[0].column[c], digits[i].column[c], csv.row_count);
        for (size_t row = 0; row < csv.row_count; row++) {
            const char *field = csv_field(&csv, row, c);
            assert_int_equal(digits[0].column[c][row], *field == '\0' ? DIGITS_NONE : atoi(field));
        }
    }
    unlink(path);
    length = large(bytes, ROOM, true);
    keep(bytes, length, path);
    assert_int_equal(digits_read(&arena, path, 2, &digits[0], note, &seen, NULL), STATUS_INPUT);
    assert_true(seen.count > 0 && seen.line > 200000);
    unlink(path);
    arena_free(&arena);
    free(bytes);
}

static void long_lines_and_limits(void **state)
{
    (void)state;
    char path[64];
    size_t length = 2 << 20;
    char *bytes = malloc(length);
    struct arena arena;
    struct digits digits;
    struct seen seen = { 0 };
    memset(bytes, ' ', length);
    memcpy(bytes, "a;b;c\n1;2;3\n", 12);
    arena_init(&arena, 1 << 24);
    keep(bytes, length, path);
    assert_int_equal(digits_read(&arena, path, 2, &digits, note, &seen, NULL), STATUS_INPUT);
    assert_true(seen.count == 1 && seen.line == 3);
    unlink(path);
    memset(bytes, '\n', length);
    memcpy(bytes, "a;b;c\n1;2;3\n", 12);
    arena_free(&arena);
    arena_init(&arena, 1 << 20); /* two million rows do not fit */
    keep(bytes, length, path);
    assert_int_equal(digits_read(&arena, path, 2, &digits, NULL, NULL, NULL), STATUS_LIMIT);
    unlink(path);
    assert_int_equal(digits_read(&arena, path, 2, &digits, NULL, NULL, NULL), STATUS_MISSING);
    assert_int_equal(digits_read(&arena, "/tmp", 2, &digits, NULL, NULL, NULL), STATUS_IO);
    arena_free(&arena);
    free(bytes);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(shapes) + COUNT(wrongs) + 2];
    size_t n = 0;
    for (size_t i = 0; i < COUNT(shapes); i++)
        tests[n++] = (struct CMUnitTest){ shapes[i].name, check_shape, NULL, NULL, &shapes[i] };
    for (size_t i = 0; i < COUNT(wrongs); i++)
        tests[n++] = (struct CMUnitTest){ wrongs[i].name, check_wrong, NULL, NULL, &wrongs[i] };
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(agrees_with_the_general_reader);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(long_lines_and_limits);
    return _cmocka_run_group_tests("csv_digits", tests, n, NULL, NULL);
}
