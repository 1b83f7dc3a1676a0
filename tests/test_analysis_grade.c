/* Pay grades: every class of domain schema.md section 4, as exports write it, and what is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analysis/grade.h"
#include "base/status.h"

static struct grade_case {
    const char *text;
    enum career career;
    char family;
    uint8_t number;
    char letter;
    uint8_t band;
    bool open;
} cases[] = {
    { "E 1", CAREER_UNKNOWN, 'E', 1, 0, 1, false },
    { "E2Ü", CAREER_UNKNOWN, 'E', 2, 0, 1, false },
    { "e 2ü", CAREER_UNKNOWN, 'E', 2, 0, 1, false },
    { "EG 04", CAREER_UNKNOWN, 'E', 4, 0, 1, false },
    { "E5", CAREER_UNKNOWN, 'E', 5, 0, 2, false },
    { "E\u00A08", CAREER_UNKNOWN, 'E', 8, 0, 2, false },
    { "E 8 Z", CAREER_UNKNOWN, 'E', 8, 0, 2, false },
    { "E9a", CAREER_UNKNOWN, 'E', 9, 'a', 2, false },
    { "EG 9b", CAREER_UNKNOWN, 'E', 9, 'b', 3, false },
    { "EG. 09 c", CAREER_UNKNOWN, 'E', 9, 'c', 3, false },
    { "Entgeltgruppe 9b TVöD-V", CAREER_UNKNOWN, 'E', 9, 'b', 3, false },
    { "TVöD (VKA) E 9", CAREER_UNKNOWN, 0, 0, 0, 9, false },
    { "TVÖD-VKA E 11", CAREER_UNKNOWN, 'E', 11, 0, 3, false },
    { "E 9b/3", CAREER_UNKNOWN, 'E', 9, 'b', 3, false },
    { "E 9b Stufe 5", CAREER_UNKNOWN, 'E', 9, 'b', 3, false },
    { "E 9", CAREER_UNKNOWN, 'E', 9, 0, 3, true },
    { "E 9", CAREER_1_2, 'E', 9, 0, 2, false },
    { "E 9", CAREER_2_1, 'E', 9, 0, 3, false },
    { "E12", CAREER_UNKNOWN, 'E', 12, 0, 3, false },
    { "E13", CAREER_UNKNOWN, 'E', 13, 0, 4, false },
    { "E 15 Ü", CAREER_UNKNOWN, 'E', 15, 0, 4, false },
    { "E 15Ue", CAREER_UNKNOWN, 'E', 15, 0, 4, false },
    { "S 2", CAREER_UNKNOWN, 'S', 2, 0, 2, false },
    { "S\u00A08b", CAREER_UNKNOWN, 'S', 8, 'b', 2, false },
    { "S08A", CAREER_UNKNOWN, 'S', 8, 'a', 2, false },
    { "SuE S 11b", CAREER_UNKNOWN, 'S', 11, 'b', 3, false },
    { "TVöD-SuE S 9", CAREER_UNKNOWN, 'S', 9, 0, 3, false },
    { "S 18", CAREER_UNKNOWN, 'S', 18, 0, 3, false },
    { "P5", CAREER_UNKNOWN, 'P', 5, 0, 1, false },
    { "P 8", CAREER_UNKNOWN, 'P', 8, 0, 2, false },
    { "P-16", CAREER_UNKNOWN, 'P', 16, 0, 3, false },
    { "A 5", CAREER_UNKNOWN, 'A', 5, 0, 2, false },
    { "BesGr. A 8", CAREER_UNKNOWN, 'A', 8, 0, 2, false },
    { "A9", CAREER_UNKNOWN, 'A', 9, 0, 3, true },
    { "A 9", CAREER_1_2, 'A', 9, 0, 2, false },
    { "A 9 Z", CAREER_1_2, 'A', 9, 0, 2, false },
    { "A 9", CAREER_2_1, 'A', 9, 0, 3, false },
    { "Bes.Gr. A 12", CAREER_2_1, 'A', 12, 0, 3, false },
    { "A13", CAREER_UNKNOWN, 'A', 13, 0, 4, true },
    { "A13", CAREER_2_1, 'A', 13, 0, 3, false },
    { "A 13", CAREER_2_2, 'A', 13, 0, 4, false },
    { "A 16", CAREER_2_2, 'A', 16, 0, 4, false },
    { "B 3", CAREER_UNKNOWN, 'B', 3, 0, 4, false },
    { "Besoldungsgruppe B 11", CAREER_UNKNOWN, 'B', 11, 0, 4, false },
    { "W2", CAREER_UNKNOWN, 'W', 2, 0, 4, false },
    { "AT", CAREER_UNKNOWN, 'X', 0, 0, 4, false },
    { "Azubi", CAREER_UNKNOWN, 'N', 0, 0, 0, false },
    { "Dual Studierende", CAREER_UNKNOWN, 'N', 0, 0, 0, false },
    { "Anw.", CAREER_UNKNOWN, 'N', 0, 0, 0, false },
    { "TVAöD", CAREER_UNKNOWN, 'N', 0, 0, 0, false },
    /* what is no grade stays unknown and is listed (V07) */
    { "", CAREER_UNKNOWN, 0, 0, 0, 9, false },
    { "E", CAREER_UNKNOWN, 0, 0, 0, 9, false },
    { "9b", CAREER_UNKNOWN, 0, 0, 0, 9, false },
    { "E 0", CAREER_UNKNOWN, 0, 0, 0, 9, false },
    { "E 16", CAREER_UNKNOWN, 0, 0, 0, 9, false },
    { "E 5a", CAREER_UNKNOWN, 0, 0, 0, 9, false },
    { "S 1", CAREER_UNKNOWN, 0, 0, 0, 9, false },
    { "S 19", CAREER_UNKNOWN, 0, 0, 0, 9, false },
    { "P 4", CAREER_UNKNOWN, 0, 0, 0, 9, false },
    { "A 17", CAREER_UNKNOWN, 0, 0, 0, 9, false },
    { "E 99999999999999999999", CAREER_UNKNOWN, 0, 0, 0, 9, false },
    { "1,2E+07", CAREER_UNKNOWN, 0, 0, 0, 9, false },
    { "01. Feb", CAREER_UNKNOWN, 0, 0, 0, 9, false },
    { "Musterfrau", CAREER_UNKNOWN, 0, 0, 0, 9, false },
    { "EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEE", CAREER_UNKNOWN, 0, 0, 0, 9, false },
};

static void check_grade(void **state)
{
    const struct grade_case *row = *state;
    struct grade grade = grade_read(row->text, row->career);
    assert_int_equal(grade.family, row->family);
    assert_int_equal(grade.number, row->number);
    assert_int_equal(grade.letter, row->letter);
    assert_int_equal(grade.band, row->band);
    assert_int_equal(grade.open, row->open);
}

static void check_careers(void **state)
{
    (void)state;
    assert_int_equal(career_read("2.1"), CAREER_2_1);
    assert_int_equal(career_read("LG 1.2"), CAREER_1_2);
    assert_int_equal(career_read("LG2 E2"), CAREER_2_2);
    assert_int_equal(career_read("mD"), CAREER_1_2);
    assert_int_equal(career_read("hD"), CAREER_2_2);
    assert_int_equal(career_read(""), CAREER_UNKNOWN);
    assert_int_equal(career_read("3"), CAREER_UNKNOWN);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(cases) + 1];
    for (size_t i = 0; i < COUNT(cases); i++)
        tests[i] = (struct CMUnitTest){ cases[i].text, check_grade, NULL, NULL, &cases[i] };
    tests[COUNT(cases)] = (struct CMUnitTest){ "careers", check_careers, NULL, NULL, NULL };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
