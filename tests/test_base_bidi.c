/* Directions of text: what a text is made of, and the order in which its characters are seen. Expected orders follow
 * from UAX 9; capital letters stand for letters from right to left, as in its examples. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/bidi.h"

static void check_kinds(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum bidi bidi;
    } rows[] = {
        { "", BIDI_LTR },
        { "Straße, Українська – 12 €", BIDI_LTR },
        { "إدارة", BIDI_RTL },
        { "12 (إدارة)", BIDI_RTL },
        { "«إدارة» heißt Verwaltung", BIDI_RTL },
        { "Verwaltung heißt «إدارة»", BIDI_MIXED },
        { "мова – إدارة", BIDI_MIXED },
        { "שלום", BIDI_RTL },
        { "a\u200Eb", BIDI_MIXED },
        { "\u2026 \u201Eso\u201C", BIDI_LTR },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        if (bidi_of(rows[i].text, strlen(rows[i].text)) != rows[i].bidi)
            fail_msg("%s", rows[i].text);
}

static struct order_case {
    const char *name, *read;
    bool rtl;
    const char *seen;
} orders[] = {
    { "all from left to right", "car means car.", false, "car means car." },
    { "a word from right to left", "car means CAR.", false, "car means RAC." },
    { "a sentence from right to left", "CAR MEANS car.", true, ".car SNAEM RAC" },
    { "numbers keep their order", "CAR 12 TO 15", true, "15 OT 12 RAC" },
    { "a number and brackets", "CAR (IN 2026).", true, ".)2026 NI( RAC" },
    { "Latin letters in brackets", "CAR (bmw) OK", true, "KO )bmw( RAC" },
    { "a date with dots", "ON 30.06.2027 AND", true, "DNA 30.06.2027 NO" },
    { "Latin words with blanks between", "THE open source A", true, "A open source EHT" },
    { "a question mark behind Latin words", "DO office 365?", true, "?office 365 OD" },
    { "nothing", "", true, "" },
};

static void check_order(void **state)
{
    const struct order_case *row = *state;
    int32_t points[64] = { 0 };
    uint8_t levels[64] = { 0 };
    size_t order[64] = { 0 };
    char seen[64] = { 0 };
    const size_t count = strlen(row->read);
    for (size_t i = 0; i < count; i++)
        points[i] = row->read[i] >= 'A' && row->read[i] <= 'Z' ? 0x5D0 + row->read[i] - 'A' : row->read[i];
    assert_true(bidi_levels(points, count, row->rtl, levels));
    bidi_order(levels, count, order);
    for (size_t i = 0; i < count; i++)
        seen[i] = row->read[order[i]];
    assert_string_equal(seen, row->seen);
}

static void check_controls(void **state)
{
    (void)state;
    static const int32_t controls[] = { 0x61C, 0x200E, 0x200F, 0x202A, 0x202E, 0x2066, 0x2069 };
    static const int32_t others[] = { 'a', ' ', 0x200C, 0x200D, 0x2026, 0x2070, 0x627 };
    for (size_t i = 0; i < COUNT(controls); i++)
        assert_true(bidi_control(controls[i]));
    for (size_t i = 0; i < COUNT(others); i++)
        assert_false(bidi_control(others[i]));
}

int main(void)
{
    struct CMUnitTest tests[COUNT(orders) + 2] = {
        { "what a text is made of", check_kinds, NULL, NULL, NULL },
        { "characters that steer", check_controls, NULL, NULL, NULL },
    };
    for (size_t i = 0; i < COUNT(orders); i++)
        tests[i + 2] = (struct CMUnitTest){ orders[i].name, check_order, NULL, NULL, &orders[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
