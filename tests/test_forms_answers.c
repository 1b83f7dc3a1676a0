/* Answers: canonical text, faults, hidden items, detached lines, the longest ballot. */
#include "forms_fixture.h"

#include <stdio.h>

#include "base/env.h"
#include "forms/answers.h"
#include "forms/answers_line.h"
#include "forms/qtype.h"

static struct good_case {
    const char *name, *in, *out; /* of "answers"; out NULL: the same */
} good_cases[] = {
    { "nothing answered", "{}", NULL },
    { "one choice", "{\"Q1\":\"no\"}", NULL },
    { "order of the form", "{\"S1\":\"1\",\"Q1\":\"yes\"}", "{\"Q1\":\"yes\",\"S1\":\"1\"}" },
    { "order of the options", "{\"Q1\":\"yes\",\"Q2\":[\"bb\",\"a\"]}", "{\"Q1\":\"yes\",\"Q2\":[\"a\",\"bb\"]}" },
    { "blanks do not matter", " { \"Q1\" : \"no\" } ", "{\"Q1\":\"no\"}" },
    { "exclusive option alone", "{\"Q1\":\"yes\",\"Q2\":[\"0\"]}", NULL },
    { "chain of conditions", "{\"Q1\":\"yes\",\"Q2\":[\"a\"],\"S2\":\"98\"}", NULL },
    { "text escaped as the browser does", "{\"T1\":\"a\\\"b\\\\c\\nd\\te/ä€\\u00e4\"}",
      "{\"T1\":\"a\\\"b\\\\c\\nd\\te/ä€ä\"}" },
};

static void note(void *context, const char *item, const char *message)
{
    char *text = context;
    size_t length = strlen(text);
    snprintf(text + length, 1000 - length, "%s: %s\n", item != NULL ? item : "-", message);
}

static enum status parse(struct fixture *fixture, const char *hash, const char *items, struct answers *answers,
                         char faults[1000])
{
    char json[9000];
    snprintf(json, sizeof json, "{\"form\":\"%s\",\"answers\":%s}", hash, items);
    faults[0] = '\0';
    return answers_parse(&fixture->arena, fixture->form, json, strlen(json), answers, note, faults, NULL);
}

static void check_good(void **state)
{
    const struct good_case *row = *state;
    struct fixture fixture;
    fixture_open(&fixture, SMALL_FORM);
    struct answers answers;
    char faults[1000];
    assert_int_equal(parse(&fixture, fixture.form->sha256, row->in, &answers, faults), STATUS_OK);
    char expected[9000];
    snprintf(expected, sizeof expected, "{\"form\":\"%s\",\"answers\":%s}", fixture.form->sha256,
             row->out != NULL ? row->out : row->in);
    struct buf out;
    buf_init(&out, 9000);
    answers_write(&answers, &out);
    assert_string_equal(out.bytes, expected);
    buf_free(&out);
    arena_free(&fixture.arena);
}

static struct bad_case {
    const char *name, *in, *faults; /* beginning of every line */
} bad_cases[] = {
    { "unknown item", "{\"QQ\":\"1\"}", "-: an answer to a question" },
    { "unknown code", "{\"Q1\":\"maybe\"}", "Q1: there is no option" },
    { "number instead of code", "{\"Q1\":1}", "Q1: the answer must be one code" },
    { "null", "{\"Q1\":null}", "Q1: the answer must be one code" },
    { "list for a single choice", "{\"Q1\":[\"yes\"]}", "Q1: the answer must be one code" },
    { "string for several", "{\"Q1\":\"yes\",\"Q2\":\"a\"}", "Q2: the answer must be a list" },
    { "empty list", "{\"Q1\":\"yes\",\"Q2\":[]}", "Q2: the answer must be a list" },
    { "too many choices", "{\"Q1\":\"yes\",\"Q2\":[\"a\",\"bb\",\"ccc\"]}", "Q2: 3 options" },
    { "same choice twice", "{\"Q1\":\"yes\",\"Q2\":[\"a\",\"a\"]}", "Q2: option “a” is chosen twice" },
    { "exclusive with another", "{\"Q1\":\"yes\",\"Q2\":[\"a\",\"0\"]}", "Q2: option “0” cannot be combined" },
    { "hidden item", "{\"Q1\":\"no\",\"Q2\":[\"a\"]}", "Q2: answered, but" },
    { "hidden because its condition is not answered", "{\"Q2\":[\"a\"]}", "Q2: answered, but" },
    { "hidden by a hidden item", "{\"Q1\":\"yes\",\"S2\":\"1\"}", "S2: answered, but" },
    { "switched off", "{\"X1\":\"1\"}", "X1: answered, but" },
    { "empty text", "{\"T1\":\"\"}", "T1: an empty text" },
    { "control character", "{\"T1\":\"a\\u0007b\"}", "T1: the text contains a control" },
    { "not an object", "[]", "-: exactly the two fields" },
    { "same question twice", "{\"Q1\":\"no\",\"Q1\":\"no\"}", "-: the answers are not a JSON object" },
    { "something behind it", "{}},{", "-: the answers are not a JSON object" },
    { "all faults at once", "{\"Q1\":\"x\",\"S1\":\"x\"}",
      "Q1: there is no option with the code “x”\nS1: there is no" },
};

static void check_bad(void **state)
{
    const struct bad_case *row = *state;
    struct fixture fixture;
    fixture_open(&fixture, SMALL_FORM);
    struct answers answers = { 0 };
    char faults[1000];
    assert_int_equal(parse(&fixture, fixture.form->sha256, row->in, &answers, faults), STATUS_INPUT);
    assert_null(answers.items);
    if (strncmp(faults, row->faults, strlen(row->faults)) != 0)
        fail_msg("%s", faults);
    arena_free(&fixture.arena);
}

/* The quick reader gives what the general one gives, or leaves the line to it. */
static bool read_quickly(struct fixture *fixture, const char *items, struct answers *quick)
{
    const struct answers_plan *plan = NULL;
    char json[9000];
    snprintf(json, sizeof json, "{\"form\":\"%s\",\"answers\":%s}", fixture->form->sha256, items);
    assert_int_equal(answers_plan_make(&fixture->arena, fixture->form, &plan, NULL), STATUS_OK);
    assert_int_equal(answers_create(&fixture->arena, fixture->form, quick, NULL), STATUS_OK);
    for (size_t i = 0; i < fixture->form->item_count; i++)
        quick->items[i].choice = 3; /* of the line before */
    return answers_line(plan, json, strlen(json), quick);
}

static void check_lines(void **state)
{
    (void)state;
    struct fixture fixture;
    struct answers quick, general;
    char faults[1000];
    static const char *const strange[] = { "{\"Q1\":\"no\",}", "{\"Q1\":\"no\"},", "{\"Q1\":\"no", "{\"Q1\":\"", "{", "",
                                           "{,\"Q1\":\"no\"}", "{\"Q1\":\"no\"\"S1\":\"1\"}" };
    fixture_open(&fixture, SMALL_FORM);
    for (size_t i = 0; i < COUNT(bad_cases); i++)
        assert_false(read_quickly(&fixture, bad_cases[i].in, &quick));
    for (size_t i = 0; i < COUNT(strange); i++)
        assert_false(read_quickly(&fixture, strange[i], &quick));
    size_t taken = 0;
    for (size_t i = 0; i < COUNT(good_cases); i++) {
        if (!read_quickly(&fixture, good_cases[i].in, &quick))
            continue;
        taken++;
        assert_int_equal(parse(&fixture, fixture.form->sha256, good_cases[i].in, &general, faults), STATUS_OK);
        for (size_t k = 0; k < fixture.form->item_count; k++) {
            assert_int_equal(quick.items[k].choice, general.items[k].choice);
            assert_int_equal(general.items[k].set, 0);
        }
    }
    assert_int_equal(taken, 2); /* nothing answered, one choice */
    assert_true(read_quickly(&fixture, "{\"Q1\":\"yes\",\"S1\":\"1\"}", &quick));
    arena_free(&fixture.arena);
}

static void check_other_form(void **state)
{
    (void)state;
    struct fixture fixture;
    fixture_open(&fixture, SMALL_FORM);
    struct answers answers;
    char faults[1000];
    assert_int_equal(parse(&fixture, "00", "{}", &answers, faults), STATUS_INPUT);
    assert_non_null(strstr(faults, "another form"));
    arena_free(&fixture.arena);
}

static void check_text_length(void **state)
{
    (void)state;
    struct fixture fixture;
    fixture_open(&fixture, SMALL_FORM);
    struct answers answers;
    char faults[1000];
    char json[9000] = "{\"T1\":\"";
    for (size_t i = 0; i < ANSWERS_TEXT_MAX; i++)
        strcat(json, "ä");
    char longer[9100];
    snprintf(longer, sizeof longer, "%sä\"}", json);
    strcat(json, "\"}");
    assert_int_equal(parse(&fixture, fixture.form->sha256, json, &answers, faults), STATUS_OK);
    assert_int_equal(parse(&fixture, fixture.form->sha256, longer, &answers, faults), STATUS_INPUT);
    arena_free(&fixture.arena);
}

static void check_detached(void **state)
{
    (void)state;
    struct fixture fixture;
    fixture_open(&fixture, SMALL_FORM);
    struct answers answers;
    char faults[1000];
    const char *items = "{\"Q1\":\"no\",\"T1\":\"x\",\"U1\":\"9\",\"L1\":[\"ara\",\"tur\"]}";
    assert_int_equal(parse(&fixture, fixture.form->sha256, items, &answers, faults), STATUS_OK);
    struct buf out;
    buf_init(&out, 9000);
    answers_write_part(&answers, ANSWERS_ATTACHED, &out);
    assert_non_null(strstr(out.bytes, "\"answers\":{\"Q1\":\"no\",\"U1\":\"9\"}}"));
    buf_clear(&out);
    size_t languages_item = (size_t)(form_item(fixture.form, "L1") - fixture.form->items);
    assert_true(answers_write_detached(&answers, languages_item, &out));
    assert_string_equal(out.bytes, "{\"L1\":[\"ara\",\"tur\"],\"U1\":\"9\"}");
    buf_clear(&out);
    assert_true(answers_write_detached(&answers, (size_t)(form_item(fixture.form, "T1") - fixture.form->items), &out));
    assert_string_equal(out.bytes, "{\"T1\":\"x\"}");
    assert_false(answers_write_detached(&answers, 0, &out));
    buf_free(&out);
    arena_free(&fixture.arena);
}

/* Random answers of the shipped form: written, read again, written: the same; never longer than promised. */
static void check_random_answers(void **state)
{
    (void)state;
    struct fixture fixture;
    fixture_open(&fixture, "open_administration");
    const struct form *form = fixture.form;
    struct seeded seeded;
    seeded_init(&seeded, 17);
    struct buf first, second;
    buf_init(&first, 64 * 1024);
    buf_init(&second, 64 * 1024);
    for (int round = 0; round < 500; round++) {
        struct answers answers, again;
        assert_int_equal(answers_create(&fixture.arena, form, &answers, NULL), STATUS_OK);
        for (size_t i = 0; i < form->item_count; i++) {
            const struct item *item = &form->items[i];
            if (item->type->kind == QTYPE_TEXT || !answers_shown(&answers, i))
                continue;
            uint32_t option = seeded_below(&seeded, (uint32_t)item->option_count + 1);
            if (item->type->kind == QTYPE_CHOICE)
                answers.items[i].choice = option == item->option_count ? (uint8_t)ANSWER_NONE : (uint8_t)option;
            else
                answers.items[i].set = option == item->option_count ? 0 : UINT32_C(1) << option;
        }
        buf_clear(&first);
        buf_clear(&second);
        answers_write(&answers, &first);
        assert_int_equal(
            answers_parse(&fixture.arena, form, first.bytes, first.length, &again, note, (char[1000]){ 0 }, NULL),
            STATUS_OK);
        answers_write(&again, &second);
        assert_string_equal(first.bytes, second.bytes);
        assert_true(first.length <= answers_length_max(form));
    }
    buf_free(&first);
    buf_free(&second);
    arena_free(&fixture.arena);
}

/* The longest ballot of the small form, by hand, is what answers_length_max says (but for one comma). */
static void check_length_max(void **state)
{
    (void)state;
    struct fixture fixture;
    fixture_open(&fixture, SMALL_FORM);
    const char *items = "\"Q1\":\"yes\",\"Q2\":[\"bb\",\"ccc\"],\"S1\":\"1\",\"S2\":\"98\",\"T1\":\"\",\"U1\":\"9\","
                        "\"L1\":[\"ara\",\"tur\"],\"J1\":\"a\",";
    size_t expected = strlen("{\"form\":\"\",\"answers\":{}}") + 64 + strlen(items) + 4 * (size_t)ANSWERS_TEXT_MAX;
    assert_int_equal(answers_length_max(fixture.form), expected);
    arena_free(&fixture.arena);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(good_cases) + COUNT(bad_cases) + 6];
    size_t count = 0;
    for (size_t i = 0; i < COUNT(good_cases); i++)
        tests[count++] = (struct CMUnitTest){ good_cases[i].name, check_good, NULL, NULL, &good_cases[i] };
    for (size_t i = 0; i < COUNT(bad_cases); i++)
        tests[count++] = (struct CMUnitTest){ bad_cases[i].name, check_bad, NULL, NULL, &bad_cases[i] };
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(check_lines);
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(check_other_form);
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(check_text_length);
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(check_detached);
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(check_random_answers);
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(check_length_max);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
