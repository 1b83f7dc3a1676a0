/* Text and memory of the base: escaping, encodings, numbers and dates per language, limits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <utf8proc.h>

#include "base/arena.h"
#include "base/html.h"
#include "base/i18n.h"
#include "base/utf8.h"

static struct escape_case {
    const char *name, *in, *out;
} escapes[] = {
    { "umlaut stays", "Straße", "Straße" },
    { "ampersand first", "&lt;", "&amp;lt;" },
    { "quotes for attributes", "\"'", "&quot;&#39;" },
    { "control characters are replaced",
      "a\x01"
      "b",
      "a\xEF\xBF\xBD"
      "b" },
};

static void check_escape(void **state)
{
    const struct escape_case *row = *state;
    struct html html = { 0 };
    buf_init(&html.out, 1000);
    html_text(&html, row->in);
    assert_string_equal(html.out.bytes, row->out);
    buf_free(&html.out);
}

static struct number_case {
    const char *name, *language;
    double number;
    int decimals;
    const char *out;
} numbers[] = {
    { "German thousands and comma", "de", 1234.5, 1, "1.234,5" },
    { "English thousands and point", "en", 1234.5, 1, "1,234.5" },
    { "minus is U+2212", "de", -3.0, 0,
      "\xE2\x88\x92"
      "3" },
    { "no minus before zero", "de", -0.04, 1, "0,0" },
};

static void check_number(void **state)
{
    const struct number_case *row = *state;
    char out[64];
    number_format(language_find(row->language, NULL), row->number, row->decimals, out, sizeof out);
    assert_string_equal(out, row->out);
}

static struct language_case {
    const char *name, *wish, *found;
} wishes[] = {
    { "region is ignored", "de-AT", "de" },
    { "first known one wins", "fr,en;q=0.8,de;q=0.5", "en" },
    { "LANG of a system", "de_DE.UTF-8", "de" },
    { "nothing known", "xx", "de" },
    { "plain German has a code of its own", "de-simple", "de-simple" },
    { "from right to left", "ar-EG", "ar" },
};

static void check_language(void **state)
{
    const struct language_case *row = *state;
    assert_string_equal(language_code(language_find(row->wish, language_default)), row->found);
}

static struct encoding_case {
    const char *name, *bytes;
    size_t length;
    const char *out; /* NULL: refused */
} encodings[] = {
    { "UTF-8", "\xC3\xA4", 2, "ä" },
    { "decomposed letters are composed", "a\xCC\x88", 3, "ä" },
    { "Windows-1252 euro and dash", "\x80\x96", 2, "€–" },
    { "Windows-1252 behind many letters", "0123456789abcdef\xE4" "01234567\xFC", 26, "0123456789abcdefä01234567ü" },
    { "Windows-1252 with a NUL", "0123456789\0abc\xE4", 15, NULL },
    { "UTF-16LE with surrogates", "\xFF\xFE\x3D\xD8\x00\xDE", 6, "\xF0\x9F\x98\x80" },
    { "UTF-16LE whose text begins with a mark of its own", "\xFF\xFE\xFF\xFE;\0", 6, "\xEF\xBB\xBF;" },
    { "UTF-16LE to be composed", "\xFF\xFE" "a\0\x08\x03", 6, "ä" },
    { "UTF-8 with a mark", "\xEF\xBB\xBF" "a\xCC\x88", 6, "ä" },
    { "UTF-16LE cut in half", "\xFF\xFE\x3D", 3, NULL },
};

static void check_encoding(void **state)
{
    const struct encoding_case *row = *state;
    struct buf out;
    enum encoding encoding;
    buf_init(&out, 1000);
    enum status status = utf8_import(row->bytes, row->length, &out, &encoding, NULL);
    if (row->out == NULL)
        assert_int_not_equal(status, STATUS_OK);
    else
        assert_string_equal(out.bytes, row->out);
    /* The same where it stands. */
    struct buf own;
    enum encoding again;
    size_t skip = 0;
    buf_init(&own, 1000);
    buf_add(&own, row->bytes, row->length);
    assert_int_equal(utf8_import_own(&own, &again, &skip, NULL), status);
    if (row->out != NULL) {
        assert_string_equal(own.bytes + skip, row->out);
        assert_int_equal(again, encoding);
    }
    buf_free(&own);
    buf_free(&out);
}

/* Below U+0300 nothing composes: every pair of characters is told to be normal, as utf8proc's own normal form says; from there
 * on the line is composed wherever it is cut in words of eight bytes. */
static void inert_pairs(void **state)
{
    char text[16];
    struct buf out;
    enum encoding encoding;
    (void)state;
    buf_init(&out, 1000);
    for (int32_t first = 1; first < 0x300; first++)
        for (int32_t second = 1; second < 0x300; second += first % 7 + 1) {
            buf_clear(&out);
            utf8_add(&out, first);
            utf8_add(&out, second);
            utf8proc_uint8_t *normal = utf8proc_NFC((const utf8proc_uint8_t *)out.bytes);
            assert_string_equal((const char *)normal, out.bytes);
            assert_true(utf8_is_normal(out.bytes, out.length));
            free(normal);
        }
    for (int before = 0; before < 10; before++) {
        snprintf(text, sizeof text, "%.*sa\xCC\x88", before, "0123456789");
        assert_true(utf8_valid(text, strlen(text)));
        assert_false(utf8_is_normal(text, strlen(text)));
        buf_clear(&out);
        assert_int_equal(utf8_import(text, strlen(text), &out, &encoding, NULL), STATUS_OK);
        assert_int_equal(out.length, before + 2);
        assert_string_equal(out.bytes + before, "ä");
        text[before] = '\0'; /* a NUL is never good, wherever it stands */
        assert_false(utf8_valid(text, (size_t)before + 3));
        assert_false(utf8_is_normal(text, (size_t)before + 1));
        text[before] = '\xE4';
        assert_false(utf8_valid(text, (size_t)before + 1));
    }
    buf_free(&out);
}

static void percent_and_date(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out, 1000);
    buf_percent(&out, language_default, 17.8, 1);
    assert_string_equal(out.bytes, "17,8\xC2\xA0%");
    buf_clear(&out);
    buf_date(&out, language_default, 2025, 12, 31);
    assert_string_equal(out.bytes, "31. Dezember 2025");
    buf_clear(&out);
    buf_date(&out, language_exact("pl"), 2026, 5, 3);
    assert_string_equal(out.bytes, "3 maja 2026"); /* of May: not as in a list of months */
    buf_free(&out);
}

/* Rules of the Unicode CLDR: n = 0, 1, 2, 5, 11, 21, 22, 112, 100. */
static struct plural_case {
    const char *name, *code;
    unsigned forms[9];
} plurals[] = {
    { "German: one and other", "de", { 1, 0, 1, 1, 1, 1, 1, 1, 1 } },
    { "Polish: one, few, many", "pl", { 2, 0, 1, 2, 2, 2, 1, 2, 2 } },
    { "Ukrainian: 21 is one again", "uk", { 2, 0, 1, 2, 2, 0, 1, 2, 2 } },
    { "Arabic: six forms", "ar", { 0, 1, 2, 3, 4, 4, 4, 4, 5 } },
};

static void check_plural(void **state)
{
    static const unsigned long numbers_of[] = { 0, 1, 2, 5, 11, 21, 22, 112, 100 };
    const struct plural_case *row = *state;
    for (size_t i = 0; i < COUNT(numbers_of); i++)
        assert_int_equal(language_exact(row->code)->plural(numbers_of[i]), row->forms[i]);
}

static void staff_and_direction(void **state)
{
    (void)state;
    assert_string_equal(language_staff(language_exact("de-simple"))->code, "de");
    assert_string_equal(language_staff(language_exact("ar"))->code, "de");
    assert_string_equal(language_staff(language_exact("en"))->code, "en");
    const struct language *second = language_staff_next(language_staff_next(NULL));
    assert_string_equal(second->code, "en");
    assert_null(language_staff_next(second));
    assert_string_equal(language_direction("ar"), "rtl");
    assert_string_equal(language_direction("fa-AF"), "rtl"); /* only questionnaires speak it */
    assert_string_equal(language_direction("de-simple"), "ltr");
    /* what plain German does not say is said in German, not in English */
    assert_string_equal(tr(language_exact("de-simple"), "January"), "Januar");
}

static void limits(void **state)
{
    (void)state;
    struct buf buf;
    struct arena arena;
    buf_init(&buf, 4);
    buf_add_string(&buf, "four");
    assert_false(buf.failed);
    buf_add_byte(&buf, '!');
    buf_add_string(&buf, ""); /* a failure sticks */
    assert_int_equal(buf_status(&buf, "test", NULL), STATUS_LIMIT);
    buf_free(&buf);
    arena_init(&arena, 1024);
    assert_non_null(arena_get(&arena, 1, 512));
    assert_null(arena_get(&arena, 1, 4096));
    assert_null(arena_get(&arena, SIZE_MAX / 2, 4)); /* the product overflows */
    arena_free(&arena);
}

int main(void)
{
    enum { TEST_MAX = COUNT(escapes) + COUNT(numbers) + COUNT(wishes) + COUNT(encodings) + COUNT(plurals) + 4 };
    struct CMUnitTest tests[TEST_MAX];
    size_t n = 0;
    for (size_t i = 0; i < COUNT(escapes); i++)
        tests[n++] = (struct CMUnitTest){ escapes[i].name, check_escape, NULL, NULL, &escapes[i] };
    for (size_t i = 0; i < COUNT(numbers); i++)
        tests[n++] = (struct CMUnitTest){ numbers[i].name, check_number, NULL, NULL, &numbers[i] };
    for (size_t i = 0; i < COUNT(wishes); i++)
        tests[n++] = (struct CMUnitTest){ wishes[i].name, check_language, NULL, NULL, &wishes[i] };
    for (size_t i = 0; i < COUNT(encodings); i++)
        tests[n++] = (struct CMUnitTest){ encodings[i].name, check_encoding, NULL, NULL, &encodings[i] };
    for (size_t i = 0; i < COUNT(plurals); i++)
        tests[n++] = (struct CMUnitTest){ plurals[i].name, check_plural, NULL, NULL, &plurals[i] };
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(staff_and_direction);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(inert_pairs);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(percent_and_date);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(limits);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
