/* Every question type: which JSON is an answer, how it is written again, what is refused, and that no answer is longer
 * than the type says. The form is tests/data/forms/all_types.yaml. */
#include "forms_fixture.h"

#include <stdio.h>

#include "forms/answers.h"
#include "forms/measure.h"
#include "forms/qtype.h"
#include "survey/respond.h"

#define ALL_TYPES SOURCE_DIR "/tests/data/forms/all_types.yaml"

static struct value_case {
    const char *item, *in, *out; /* out: canonical; NULL: refused */
} values[] = {
    { "A0", "\"1\"", "\"1\"" },
    { "A0", "true", NULL },
    { "A2", "\"2\"", "\"2\"" },
    { "A2", "\"3\"", NULL },
    { "A3", "[\"b\",\"a\"]", "[\"a\",\"b\"]" },
    { "A3", "[\"a\"]", NULL },       /* at least two */
    { "A3", "[\"0\"]", "[\"0\"]" },  /* none of these needs no second one */
    { "A3", "[\"c\",\"d\"]", NULL }, /* not with each other */
    { "A3", "[\"d\",\"c\"]", NULL },
    { "A3", "[\"9\",\"c\",\"d\"]", NULL }, /* nor beside a code for missing */
    { "A3", "[\"9\"]", "[\"9\"]" },
    { "A3", "[\"9\",\"0\"]", NULL },
    { "A3", "[\"a\",\"c\"]", "[\"a\",\"c\"]" },
    { "A4", "\"10\"", "\"10\"" },
    { "A4", "\"11\"", NULL },
    { "C1", "38.5", "38.5" },
    { "C1", "38", "38" },
    { "C1", "38.0", "38" },
    { "C1", "3.85e1", "38.5" },
    { "C1", "38.25", NULL }, /* one decimal place */
    { "C1", "38.1", NULL },  /* steps of a half */
    { "C1", "60.5", NULL },
    { "C1", "-1", NULL },
    { "C1", "1e99", NULL },
    { "C1", "\"38\"", NULL },
    { "C2", "-20", "-20" },
    { "C2", "-0", "0" },
    { "C2", "0.5", NULL },
    { "C3", "55", "55" },
    { "C3", "56", NULL },
    { "C4", "{\"b\":40,\"a\":60}", "{\"a\":60,\"b\":40}" },
    { "C4", "{\"a\":100}", "{\"a\":100}" },
    { "C4", "{\"a\":60,\"b\":39}", NULL },
    { "C4", "{\"a\":100,\"b\":0}", NULL },
    { "C4", "{\"a\":101,\"b\":-1}", NULL },
    { "C4", "{\"a\":100,\"z\":1}", NULL },
    { "C4", "{\"a\":50.0,\"b\":50}", NULL },
    { "D1", "\"2024\"", "\"2024\"" },
    { "D1", "\"1979\"", NULL },
    { "D1", "\"2024-05\"", NULL },
    { "D2", "\"2024-Q1\"", "\"2024-Q1\"" },
    { "D2", "\"2024-Q5\"", NULL },
    { "D2", "\"2023-Q4\"", NULL },
    { "D3", "\"2025-01\"", "\"2025-01\"" },
    { "D3", "\"2025-1\"", NULL },
    { "D3", "\"2025-13\"", NULL },
    { "D3", "\"2027-01\"", NULL },
    { "D3", "\" 2025-01\"", NULL },
    { "D4", "[\"c\",\"a\"]", "[\"c\",\"a\"]" },
    { "D4", "[\"c\",\"c\"]", NULL },
    { "D4", "[\"a\",\"b\",\"c\"]", NULL }, /* two places */
    { "D4", "[]", NULL },
    { "E1", "\"gut\"", "\"gut\"" },
    { "C0", "\"1\"", NULL }, /* a note */
    { "A1_oth", "\"unterwegs\"", "\"unterwegs\"" },
};

static struct fixture shared;

static void check_value(void **state)
{
    const struct value_case *row = *state;
    const struct item *item = form_item(shared.form, row->item);
    struct answer answer = { .choice = ANSWER_NONE };
    struct fail fail = { 0 };
    struct buf out;
    assert_non_null(item);
    json_t *value = json_loads(row->in, JSON_DECODE_ANY, NULL);
    assert_non_null(value);
    enum status status =
        item->type->parse == NULL ? STATUS_INPUT : item->type->parse(&shared.arena, item, value, &answer, &fail);
    json_decref(value);
    assert_int_equal(status, row->out != NULL ? STATUS_OK : STATUS_INPUT);
    if (row->out == NULL) {
        assert_false(answer_given(item, &answer));
        return;
    }
    buf_init(&out, 1000);
    item->type->write(item, &answer, &out);
    assert_string_equal(out.bytes, row->out);
    assert_true(out.length <= item->type->length_max(item));
    buf_free(&out);
}

/* The companion of "elsewhere" stands behind its question, short, apart and only for those who chose it. */
static void check_write_in(void **state)
{
    const struct item *item = form_item(shared.form, "A1_oth");
    (void)state;
    assert_ptr_equal(item, form_item(shared.form, "A1") + 1);
    assert_true(item->detached && item->lines == 1 && item->show_if != NULL && !item->off);
    assert_string_equal(form_text(shared.form, &item->label, "en"), "Where do you work?");
    assert_ptr_equal(item_leader(shared.form, item), item - 1);
    assert_null(item_leader(shared.form, form_item(shared.form, "E1")));
    assert_null(item_leader(shared.form, form_item(shared.form, "A1")));
}

static void check_random(void **state)
{
    (void)state;
    const size_t longest = answers_length_max(shared.form);
    size_t seen[64] = { 0 };
    for (uint64_t seed = 1; seed <= 500; seed++) {
        struct buf json;
        struct buf again;
        struct arena arena;
        struct answers answers;
        struct fail fail = { 0 };
        buf_init(&json, 64 * 1024);
        buf_init(&again, 64 * 1024);
        arena_init(&arena, 4 << 20);
        assert_int_equal(respond_random(shared.form, seed, &json, NULL), STATUS_OK);
        assert_true(json.length <= longest);
        if (answers_parse(&arena, shared.form, json.bytes, json.length, &answers, NULL, NULL, &fail) != STATUS_OK)
            fail_msg("%s: %s", json.bytes, fail.what);
        answers_write(&answers, &again);
        assert_string_equal(again.bytes, json.bytes);
        for (size_t i = 0; i < shared.form->item_count; i++)
            seen[i] += answer_given(&shared.form->items[i], &answers.items[i]) ? 1 : 0;
        arena_free(&arena);
        buf_free(&again);
        buf_free(&json);
    }
    for (size_t i = 0; i < shared.form->item_count; i++) {
        const enum qtype_kind kind = shared.form->items[i].type->kind;
        if (kind != QTYPE_NONE)
            assert_true(seen[i] > 50);
    }
}

/* Random answers meet the questions' own conditions; a question that nothing can answer is skipped. */
static void check_random_valid(void **state)
{
    static const char yaml[] = "form: f\nversion: \"1\"\ntitle: T\nlanguages: [de]\npages:\n  - id: P\n    title: P\n"
                               "    items:\n"
                               "      - {id: A, type: number, min: 0, max: 9, text: A, valid_if: value mod 2 = 0}\n"
                               "      - {id: B, type: number, min: 0, max: 9, text: B, valid_if: value > A}\n"
                               "      - {id: C, type: yesno, text: C, valid_if: value = 1 and value = 2}\n";
    struct arena arena;
    const struct form *form = NULL;
    struct fail fail = { 0 };
    size_t given = 0;
    (void)state;
    arena_init(&arena, 32 << 20);
    if (form_parse_yaml(&arena, "f", yaml, sizeof yaml - 1, &form, NULL, NULL, &fail) != STATUS_OK)
        fail_msg("%s", fail.what);
    for (uint64_t seed = 1; seed <= 200; seed++) {
        struct buf json;
        struct answers answers;
        buf_init(&json, 64 * 1024);
        assert_int_equal(respond_random(form, seed, &json, NULL), STATUS_OK);
        if (answers_parse(&arena, form, json.bytes, json.length, &answers, NULL, NULL, &fail) != STATUS_OK)
            fail_msg("%s: %s", json.bytes, fail.what);
        given += answers.items[1].given ? 1 : 0;
        assert_int_equal(answers.items[2].choice, ANSWER_NONE);
        buf_free(&json);
    }
    assert_true(given > 100);
    arena_free(&arena);
}

static void check_numbers(void **state)
{
    static const struct {
        const char *text;
        unsigned decimals;
        bool good;
        int64_t number;
    } rows[] = { { "0", 0, true, 0 },
                 { "12.5", 1, true, 125 },
                 { "12.5", 3, true, 12500 },
                 { "-7", 2, true, -700 },
                 { "1000000000", 6, true, 1000000000000000 },
                 { "12.55", 1, false, 0 },
                 { "1000000001", 0, false, 0 },
                 { "", 0, false, 0 },
                 { "12.", 2, false, 0 },
                 { ".5", 2, false, 0 },
                 { "1e3", 0, false, 0 },
                 { " 1", 0, false, 0 },
                 { "--1", 0, false, 0 } };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t number = 0;
        assert_int_equal(number_read(rows[i].text, rows[i].decimals, &number), rows[i].good);
        if (!rows[i].good)
            continue;
        assert_true(number == rows[i].number);
        struct buf out;
        buf_init(&out, 100);
        number_write(number, rows[i].decimals, &out);
        assert_string_equal(out.bytes, rows[i].text);
        buf_free(&out);
    }
}

int main(void)
{
    static char names[COUNT(values)][80];
    struct CMUnitTest tests[COUNT(values) + 4];
    fixture_open(&shared, ALL_TYPES);
    for (size_t i = 0; i < COUNT(values); i++) {
        snprintf(names[i], sizeof names[i], "%s %.60s", values[i].item, values[i].in);
        tests[i] = (struct CMUnitTest){ names[i], check_value, NULL, NULL, &values[i] };
    }
    tests[COUNT(values)] = (struct CMUnitTest)cmocka_unit_test(check_write_in);
    tests[COUNT(values) + 1] = (struct CMUnitTest)cmocka_unit_test(check_random);
    tests[COUNT(values) + 2] = (struct CMUnitTest)cmocka_unit_test(check_numbers);
    tests[COUNT(values) + 3] = (struct CMUnitTest)cmocka_unit_test(check_random_valid);
    int failed = cmocka_run_group_tests_name("types", tests, NULL, NULL);
    arena_free(&shared.arena);
    return failed;
}
