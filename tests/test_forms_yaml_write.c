/* The native writer: whatever a form says, its file says it again, and lists that are shared stay shared. */
#include "forms_equal.h"
#include "forms_generate.h"

#include "forms/form_yaml_write.h"
#include "forms/yaml_tree.h"
#include "forms/yaml_write.h"

static struct string_case {
    const char *name, *value, *written;
} strings[] = {
    { "a word stays bare", "Straße, die (lange)", "key: Straße, die (lange)\n" },
    { "a word that others take for false", "No", "key: \"No\"\n" },
    { "a number", "1", "key: \"1\"\n" },
    { "a colon before a blank", "Ja: nein", "key: \"Ja: nein\"\n" },
    { "a colon at the end", "Ja:", "key: \"Ja:\"\n" },
    { "what looks like a comment", "a #b", "key: \"a #b\"\n" },
    { "a blank at the beginning", " a", "key: \" a\"\n" },
    { "blanks at the end go", "a \n ", "key: a\n" },
    { "quotes at the beginning", "\"a\"", "key: '\"a\"'\n" },
    { "both quotes", "\"it's\"", "key: '\"it''s\"'\n" },
    { "paragraphs", "one\n\ntwo: 2", "key: |-\n  one\n\n  two: 2\n" },
    { "a line of blanks", "a\n  \nb", "key: \"a\\n  \\nb\"\n" },
    { "a block cannot begin with a blank", " a\nb", "key: \" a\\nb\"\n" },
    { "a tab", "a\tb", "key: \"a\\tb\"\n" },
    { "a line separator", "a\xE2\x80\xA8" "b", "key: \"a\\u2028b\"\n" },
    { "nothing", " \n", "" },
};

static void check_string(void **state)
{
    const struct string_case *row = *state;
    struct buf out;
    buf_init(&out, 1000);
    struct yaml_writer writer = { .out = &out };
    yaml_write_string(&writer, "key", row->value);
    assert_string_equal(out.bytes != NULL ? out.bytes : "", row->written);
    buf_free(&out);
}

static void round_trip(struct arena *arena, const struct form *form, struct buf *yaml, const struct form **again)
{
    struct fail fail = { 0 };
    buf_init(yaml, YAML_LENGTH_MAX);
    assert_int_equal(form_write_yaml(form, yaml, &fail), STATUS_OK);
    if (form_parse_yaml(arena, "written", yaml->bytes, yaml->length, again, fixture_print, NULL, &fail) != STATUS_OK)
        fail_msg("%s", fail.what);
    equal_form(form, *again);
}

static void shipped_forms(void **state)
{
    static const char *const forms[] = { "open_administration", SMALL_FORM, SOURCE_DIR "/tests/data/forms/paper.yaml" };
    (void)state;
    for (size_t i = 0; i < COUNT(forms); i++) {
        struct fixture fixture;
        struct buf yaml;
        struct buf twice;
        const struct form *again = NULL;
        fixture_open(&fixture, forms[i]);
        round_trip(&fixture.arena, fixture.form, &yaml, &again);
        round_trip(&fixture.arena, again, &twice, &again);
        assert_string_equal(yaml.bytes, twice.bytes); /* writing is settled after once */
        buf_free(&yaml);
        buf_free(&twice);
        arena_free(&fixture.arena);
    }
}

static void shared_lists_stay_shared(void **state)
{
    (void)state;
    struct fixture fixture;
    struct buf yaml;
    const struct form *again = NULL;
    fixture_open(&fixture, SMALL_FORM);
    round_trip(&fixture.arena, fixture.form, &yaml, &again);
    assert_non_null(strstr(yaml.bytes, "\n        options: steps\n"));
    assert_non_null(strstr(yaml.bytes, "\n  steps_judge:\n    - steps\n    - code: \"98\"\n"));
    buf_free(&yaml);
    arena_free(&fixture.arena);
}

static void random_forms(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 1500; seed++) {
        struct arena arena;
        struct buf yaml;
        const struct form *again = NULL;
        arena_init(&arena, 64 << 20);
        round_trip(&arena, generate_form(&arena, seed), &yaml, &again);
        buf_free(&yaml);
        arena_free(&arena);
    }
}

int main(void)
{
    struct CMUnitTest tests[COUNT(strings) + 3];
    size_t n = 0;
    for (size_t i = 0; i < COUNT(strings); i++)
        tests[n++] = (struct CMUnitTest){ strings[i].name, check_string, NULL, NULL, &strings[i] };
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(shipped_forms);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(shared_lists_stay_shared);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(random_forms);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
