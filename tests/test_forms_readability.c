/* Words, sentences and syllables counted by hand, the two formulas against the figures of the questionnaire's paper,
 * and the model of reading time. */
#include "forms_fixture.h"

#include <math.h>

#include "forms/duration.h"
#include "forms/qtype.h"
#include "forms/readability.h"

static struct count_case {
    const char *text;
    struct readability expected; /* words, sentences, long words, one syllable, three and more, longest */
} cases[] = {
    { "", { 0, 0, 0, 0, 0, 0 } },
    { "Ja", { 1, 1, 0, 1, 0, 1 } },
    { "Wie oft haben Sie Kontakt?", { 5, 1, 1, 3, 0, 5 } },
    { "Wir fragen. Sie antworten!", { 4, 2, 1, 2, 1, 2 } },
    { "Die Verwaltung hilft z. B. nach § 13 AGG.", { 8, 1, 1, 7, 1, 8 } },
    { "Eine Situation, eine Idee", { 4, 1, 1, 0, 1, 4 } },
    { "Haus Baum Leute Beere Material", { 5, 1, 1, 2, 1, 5 } },
    { "Чому так?", { 2, 1, 0, 1, 0, 2 } },
    { "ما رأيك؟ شكراً.", { 3, 2, 0, 3, 0, 2 } },
};

static void check_counts(void **state)
{
    const struct count_case *row = *state;
    struct readability counts = { 0 };
    readability_add(&counts, row->text);
    assert_int_equal(counts.words, row->expected.words);
    assert_int_equal(counts.sentences, row->expected.sentences);
    assert_int_equal(counts.long_words, row->expected.long_words);
    assert_int_equal(counts.one_syllable, row->expected.one_syllable);
    assert_int_equal(counts.many_syllables, row->expected.many_syllables);
    assert_int_equal(counts.longest, row->expected.longest);
}

static void check_formulas(void **state)
{
    (void)state;
    const struct readability counts = {
        .words = 100, .sentences = 10, .long_words = 30, .one_syllable = 50, .many_syllables = 20
    };
    assert_true(fabs(readability_wstf(&counts) - (0.1935 * 20 + 0.1672 * 10 + 0.1297 * 30 - 0.0327 * 50 - 0.875)) <
                1e-12);
    assert_true(fabs(readability_lix(&counts) - 40.0) < 1e-12);
    const struct readability nothing = { 0 };
    assert_true(isnan(readability_wstf(&nothing)) && isnan(readability_lix(&nothing)));
    assert_false(readability_hard(&nothing, "de"));
}

/* The paper computed 5.3 and 34.8 with its own syllables; the four hardest questions are the same. */
static void check_shipped(void **state)
{
    struct fixture fixture;
    struct readability all = { 0 };
    static const char *const hardest[] = { "WI3", "WI1", "WI4", "HM4" };
    (void)state;
    fixture_open(&fixture, "open_administration");
    double fourth = 99.0;
    for (size_t i = 0; i < COUNT(hardest); i++) {
        struct readability counts = { 0 };
        readability_add(&counts, form_item(fixture.form, hardest[i])->label.in[0]);
        fourth = fmin(fourth, readability_wstf(&counts));
    }
    for (size_t i = 0; i < fixture.form->item_count; i++) {
        struct readability counts = { 0 };
        readability_add(&counts, fixture.form->items[i].label.in[0]);
        readability_add(&all, fixture.form->items[i].label.in[0]);
        bool among = false;
        for (size_t k = 0; k < COUNT(hardest); k++)
            among = among || strcmp(hardest[k], fixture.form->items[i].id) == 0;
        assert_true(among || counts.words < 6 || readability_wstf(&counts) < fourth);
    }
    assert_true(fabs(readability_wstf(&all) - 5.3) < 0.3);
    assert_true(fabs(readability_lix(&all) - 34.8) < 2.0);
    arena_free(&fixture.arena);
}

/* One question alone, added up from its parts. */
static void check_duration(void **state)
{
    struct fixture fixture;
    bool shown[FORM_ITEM_MAX] = { false };
    (void)state;
    fixture_open(&fixture, "open_administration");
    const struct form *form = fixture.form;
    struct duration all = duration_estimate(form, NULL, 0, &reader_median);
    struct duration slow = duration_estimate(form, NULL, 0, &reader_slow);
    struct duration none = duration_estimate(form, shown, 0, &reader_median);
    assert_true(all.seconds > 9.0 * 60.0 && all.seconds < 13.0 * 60.0);
    assert_true(slow.seconds > 1.3 * all.seconds && slow.words == all.words);
    shown[0] = true;
    struct duration one = duration_estimate(form, shown, 0, &reader_median);
    struct readability counts = { 0 };
    readability_add(&counts, form->pages[0].title.in[0]);
    readability_add(&counts, form->items[0].label.in[0]);
    for (size_t i = 0; i < form->items[0].option_count; i++)
        readability_add(&counts, form->items[0].options[i].label.in[0]);
    assert_true(one.words - none.words == (double)counts.words);
    assert_true(fabs(one.seconds - none.seconds - (double)counts.words / 3.0 - form->items[0].type->seconds) < 1e-9);
    arena_free(&fixture.arena);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(cases) + 3];
    for (size_t i = 0; i < COUNT(cases); i++)
        tests[i] = (struct CMUnitTest){ cases[i].text, check_counts, NULL, NULL, &cases[i] };
    tests[COUNT(cases)] = (struct CMUnitTest)cmocka_unit_test(check_formulas);
    tests[COUNT(cases) + 1] = (struct CMUnitTest)cmocka_unit_test(check_shipped);
    tests[COUNT(cases) + 2] = (struct CMUnitTest)cmocka_unit_test(check_duration);
    return cmocka_run_group_tests_name("readability", tests, NULL, NULL);
}
