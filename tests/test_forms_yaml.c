/* Faults of form files: each with line, column and a sentence that helps. */
#include "forms_fixture.h"

#include <stdio.h>

#include "base/buf.h"
#include "forms/form_check.h"

#define HEAD                                                                                                           \
    "form: f\nversion: \"1\"\nlanguages: [de]\ntitle: T\npages:\n  - id: A\n    title: T\n    items:\n" /* 8 lines */
#define Q1 "      - {id: Q1, type: single, text: T, options: [{code: a, de: A}, {code: b, de: B}]}\n"

static struct fault_case {
    const char *name, *yaml, *where, *words;
    size_t faults;
} cases[] = {
    { "empty file", "", "f:1:1", "empty", 1 },
    { "syntax", "form: [", "f:2:1", "YAML", 1 },
    { "not UTF-8", "form: \xFF\n", "f:1:1", "UTF-8", 1 },
    { "a list instead of keys", "- a\n", "f:1:1", "form:", 1 },
    { "unknown key lists the known ones", "colour: red\n" HEAD Q1, "f:1:1", "known are: form, version", 1 },
    { "key twice", "form: f\n" HEAD Q1, "f:2:1", "twice", 1 },
    { "anchor", HEAD "      - {id: Q1, type: single, text: &x T, options: [{code: a, de: A}, {code: b, de: B}]}\n",
      "f:9:38", "anchors", 1 },
    { "alias", "form: *x\n", "f:1:7", "aliases", 1 },
    { "tag", "form: !!str f\n", "f:1:7", "tags", 1 },
    { "second document", HEAD Q1 "---\na: b\n", "f:10:1", "one document", 1 },
    { "id missing", HEAD "      - {type: single, text: T, options: [{code: a, de: A}, {code: b, de: B}]}\n", "f:9:9",
      "“id” is missing", 1 },
    { "id with a blank",
      HEAD "      - {id: Q 1, type: single, text: T, options: [{code: a, de: A}, {code: b, de: B}]}\n", "f:9:14",
      "letters, digits", 1 },
    { "unknown type lists the known ones",
      HEAD "      - {id: Q1, type: geopoint, text: T, options: [{code: a, de: A}, {code: b, de: B}]}\n", "f:9:24",
      "single, scale, multiple, text, situation", 1 },
    { "id twice", HEAD Q1 Q1, "f:10:9", "occurs twice", 1 },
    { "code twice", HEAD "      - {id: Q1, type: single, text: T, options: [{code: a, de: A}, {code: a, de: B}]}\n",
      "f:9:9", "occurs twice", 1 },
    { "unknown language",
      HEAD "      - {id: Q1, type: single, text: {de: T, fr: T}, options: [{code: a, de: A}, {code: b, de: B}]}\n",
      "f:9:46", "unknown key “fr”", 1 },
    { "unknown list", HEAD "      - {id: Q1, type: single, text: T, options: nowhere}\n", "f:9:50", "no list", 1 },
    { "flag that is neither",
      HEAD "      - {id: Q1, type: single, off: maybe, text: T, options: [{code: a, de: A}, {code: b, de: B}]}\n",
      "f:9:37", "yes or no", 1 },
    { "number out of range",
      HEAD "      - {id: Q1, type: multiple, choose_max: 33, text: T, options: [{code: a, de: A}, {code: b, de: B}]}\n",
      "f:9:46", "whole number from 0 to 32", 1 },
    { "choose_max above the options",
      HEAD "      - {id: Q1, type: multiple, choose_max: 3, text: T, options: [{code: a, de: A}, {code: b, de: B}]}\n",
      "f:9:9", "more than the 2 options", 1 },
    { "one option only", HEAD "      - {id: Q1, type: single, text: T, options: [{code: a, de: A}]}\n", "f:9:9",
      "two options", 1 },
    { "points where there are none",
      HEAD "      - {id: Q1, type: single, text: T, options: [{code: a, points: 1, de: A}, {code: b, de: B}]}\n",
      "f:9:9", "has points", 1 },
    { "situation without points",
      HEAD "      - {id: Q1, type: situation, text: T, options: [{code: a, points: 1, de: A}, {code: b, de: B}]}\n",
      "f:9:9", "needs points", 1 },
    { "free text that is not detached", HEAD "      - {id: Q1, type: text, text: T}\n", "f:9:9", "detached", 1 },
    { "condition: syntax",
      HEAD Q1
      "      - {id: Q2, show_if: Q1 ~ a, type: single, text: T, options: [{code: a, de: A}, {code: b, de: B}]}\n",
      "f:10:30", "is expected here", 1 },
    { "condition: unknown item",
      HEAD Q1 "      - {id: Q2, show_if: Q1 = a or ZZ = 1, type: single, text: T, options: [{code: a, de: A}, {code: "
              "b, de: B}]}\n",
      "f:10:37", "no question “ZZ”", 1 },
    { "condition: later item",
      HEAD
      "      - {id: Q0, show_if: Q1 = a, type: single, text: T, options: [{code: a, de: A}, {code: b, de: B}]}\n" Q1,
      "f:9:27", "comes later", 1 },
    { "condition: itself",
      HEAD "      - {id: Q1, show_if: Q1 = a, type: single, text: T, options: [{code: a, de: A}, {code: b, de: B}]}\n",
      "f:9:27", "comes later", 1 },
    { "condition: unknown code",
      HEAD Q1
      "      - {id: Q2, show_if: Q1 = z, type: single, text: T, options: [{code: a, de: A}, {code: b, de: B}]}\n",
      "f:10:32", "no option with the code “z”", 1 },
    { "scale: unknown item", HEAD Q1 "scales: [{id: S, title: T, items: [Q9], answered_min: 1}]\n", "f:10:36",
      "no question “Q9”", 1 },
    { "scale: answered_min too large", HEAD Q1 "scales: [{id: S, title: T, items: [Q1], answered_min: 2}]\n", "f:0:0",
      "answered_min", 1 },
    { "scale: item twice", HEAD Q1 "scales: [{id: S, title: T, items: [Q1, -Q1], answered_min: 1}]\n", "f:0:0",
      "stands twice", 1 },
    { "rotate above the items",
      "form: f\nversion: \"1\"\nlanguages: [de]\ntitle: T\npages:\n  - id: A\n    rotate: 2\n    title: T\n    "
      "items:\n" Q1,
      "f:10:9", "rotate is 2", 1 },
    { "page without items",
      "form: f\nversion: \"1\"\nlanguages: [de]\ntitle: T\npages:\n  - {id: A, title: T, items: []}\n", "f:6:30",
      "no questions", 1 },
    { "lists that refer to themselves",
      "options: {l: [l]}\n" HEAD "      - {id: Q1, type: single, text: T, options: l}\n", "f:1:15", "more than 4 deep",
      1 },
    { "all faults at once", "a: 1\nb: 2\n" HEAD "      - {id: Q1, type: none, text: T}\n", "f:1:1", "unknown key “a”",
      3 },
};

struct faults {
    size_t count;
    bool found;
    const struct fault_case *row;
};

static void take(void *context, const char *where, const char *message)
{
    struct faults *faults = context;
    faults->count++;
    if (strcmp(where, faults->row->where) == 0 && strstr(message, faults->row->words) != NULL)
        faults->found = true;
    else if (faults->count >= faults->row->faults && !faults->found)
        print_error("%s: %s\n", where, message);
}

static void check_faults(void **state)
{
    const struct fault_case *row = *state;
    struct arena arena;
    arena_init(&arena, 8 << 20);
    struct faults faults = { .row = row };
    const struct form *form = NULL;
    struct fail fail = { 0 };
    enum status status = form_parse_yaml(&arena, "f", row->yaml, strlen(row->yaml), &form, take, &faults, &fail);
    assert_int_equal(status, STATUS_INPUT);
    assert_true(faults.found);
    assert_int_equal(fail.status, STATUS_INPUT);
    assert_int_equal(faults.count, row->faults);
    assert_null(form);
    arena_free(&arena);
}

static void check_small(void **state)
{
    (void)state;
    struct fixture fixture;
    fixture_open(&fixture, SMALL_FORM);
    const struct form *form = fixture.form;
    assert_int_equal(form->item_count, 9);
    assert_string_equal(form_item(form, "Q1")->options[1].code, "no"); /* not false */
    assert_int_equal(form_item(form, "S2")->option_count, 3);
    assert_true(form_item(form, "S2")->options[2].missing);
    assert_int_equal(form_item(form, "J1")->options[1].points, 3);
    assert_int_equal(form_item(form, "S1")->options[0].points, -1);
    assert_string_equal(form_text(form, &form->title, "en"), "Small");
    assert_string_equal(form_text(form, &form->title, "fr"), "Klein");
    assert_string_equal(form_text(form, &form_item(form, "Q2")->options[2].label, "en"), "C"); /* falls back */
    assert_true(form_scale(form, "S")->reversed[1]);
    assert_false(form_scale(form, "S")->reversed[0]);
    assert_null(form_item(form, "nothing"));
    arena_free(&fixture.arena);
}

static void count_warning(void *context, const struct form_finding *finding)
{
    size_t *count = context;
    assert_int_equal(finding->kind, FINDING_WARNING);
    assert_string_equal(finding->where, "Q2");
    (*count)++;
}

static void check_counts(void **state)
{
    (void)state;
    struct fixture fixture;
    fixture_open(&fixture, SMALL_FORM);
    struct form_counts counts;
    size_t warnings = 0;
    form_check(fixture.form, count_warning, &warnings, NULL, &counts);
    assert_int_equal(warnings, 1); /* option ccc has no English text */
    struct buf out;
    buf_init(&out, 10000);
    struct form_message error = { "f:1:2", "say \"why\"" };
    const struct form_loss loss = { "Q1", "a picture", NULL };
    form_check_json(&(struct form_report){ .format = "yaml", .form = fixture.form, .counts = counts, .errors = &error,
                                           .error_count = 1, .losses = &loss, .loss_count = 1 }, &out);
    assert_string_equal(
        out.bytes, "{\"ok\":false,\"format\":\"yaml\",\"title\":\"Klein\",\"languages\":[\"de\",\"en\"],"
                   "\"drafts\":[],\"pages\":3,"
                   "\"questions\":9,\"answers\":18,\"types\":{\"single\":3,\"scale\":2,\"multiple\":2,\"text\":1,"
                   "\"situation\":1},\"texts\":35,\"untranslated\":{\"en\":1},"
                   "\"lost\":[{\"where\":\"Q1\",\"what\":\"a picture\",\"kept_as\":null}],\"warnings\":[],\"errors\":[{\"where\":\"f:1:2\","
                   "\"message\":\"say \\\"why\\\"\"}]}");
    buf_free(&out);
    arena_free(&fixture.arena);
}

static void check_unreachable(void **state)
{
    (void)state;
    static const char yaml[] = HEAD Q1 "      - {id: Q2, show_if: Q1 = a and Q1 = b, type: single, text: T, options: "
                                       "[{code: a, de: A}, {code: b, de: B}]}\n";
    struct arena arena;
    arena_init(&arena, 8 << 20);
    const struct form *form = NULL;
    assert_int_equal(form_parse_yaml(&arena, "f", yaml, sizeof yaml - 1, &form, fixture_print, NULL, NULL), STATUS_OK);
    size_t warnings = 0;
    form_check(form, count_warning, &warnings, NULL, NULL);
    assert_int_equal(warnings, 1);
    arena_free(&arena);
}

static void take_german(void *context, const char *where, const char *message)
{
    (void)where;
    *(bool *)context = strcmp(message, "unbekannter Schlüssel „a“; bekannt sind: form, version, title, languages, "
                                       "drafts, options, free_text, key_raters, notices, pages, scales") == 0;
}

static void check_german(void **state)
{
    (void)state;
    static const char yaml[] = "a: 1\n" HEAD Q1;
    struct arena arena;
    arena_init(&arena, 8 << 20);
    const struct form *form = NULL;
    bool german = false;
    struct fail fail = { .language = language_default };
    assert_int_equal(form_parse_yaml(&arena, "f", yaml, sizeof yaml - 1, &form, take_german, &german, &fail),
                     STATUS_INPUT);
    assert_true(german);
    arena_free(&arena);
}

static void check_bind(void **state)
{
    (void)state;
    struct fixture fixture;
    fixture_open(&fixture, SMALL_FORM);
    static const struct listed units[] = { { "u1", "Bauhof" }, { "u2", "Kita & Co" } };
    const struct form *bound = NULL;
    assert_int_equal(form_bind(&fixture.arena, fixture.form, "units", units, 2, &bound, NULL), STATUS_OK);
    const struct item *item = form_item(bound, "U1");
    assert_int_equal(item->option_count, 3);
    assert_string_equal(item->options[1].label.in[1], "Kita & Co");
    assert_string_equal(item->options[2].code, "9");
    assert_string_not_equal(bound->sha256, fixture.form->sha256);
    const struct form *other = NULL;
    assert_int_equal(form_bind(&fixture.arena, fixture.form, "units", units, 1, &other, NULL), STATUS_OK);
    assert_string_not_equal(bound->sha256, other->sha256);
    static const struct listed twice[] = { { "u1", "A" }, { "u1", "B" } };
    assert_int_equal(form_bind(&fixture.arena, fixture.form, "units", twice, 2, &other, NULL), STATUS_CONFLICT);
    static const struct listed taken[] = { { "9", "A" } };
    assert_int_equal(form_bind(&fixture.arena, fixture.form, "units", taken, 1, &other, NULL), STATUS_CONFLICT);
    static const struct listed bad[] = { { "u\"1", "A" } };
    assert_int_equal(form_bind(&fixture.arena, fixture.form, "units", bad, 1, &other, NULL), STATUS_INPUT);
    arena_free(&fixture.arena);
}

static void check_limits(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, 64 << 20);
    static char many[(4 << 20) + 1];
    memset(many, '[', sizeof many);
    const struct form *form = NULL;
    assert_int_equal(form_parse_yaml(&arena, "f", many, sizeof many, &form, NULL, NULL, NULL), STATUS_LIMIT);
    assert_int_equal(form_parse_yaml(&arena, "f", many, 100, &form, NULL, NULL, NULL), STATUS_LIMIT); /* depth */
    /* Lists of lists of lists …: must end at once. */
    struct buf bomb;
    buf_init(&bomb, 1 << 20);
    buf_add_string(&bomb, "options:\n  l0: []\n");
    for (int level = 1; level <= 4; level++) {
        buf_format(&bomb, "  l%d: [l%d", level, level - 1);
        for (int i = 0; i < 5000; i++)
            buf_format(&bomb, ", l%d", level - 1);
        buf_add_string(&bomb, "]\n");
    }
    buf_add_string(&bomb, HEAD "      - {id: Q1, type: single, text: T, options: l4}\n");
    assert_int_equal(form_parse_yaml(&arena, "f", bomb.bytes, bomb.length, &form, NULL, NULL, NULL), STATUS_INPUT);
    buf_free(&bomb);
    struct fail fail = { 0 };
    assert_int_equal(form_read(&arena, "no_such_form", &form, NULL, NULL, &fail), STATUS_MISSING);
    arena_free(&arena);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(cases) + 6];
    size_t count = 0;
    for (size_t i = 0; i < COUNT(cases); i++)
        tests[count++] = (struct CMUnitTest){ cases[i].name, check_faults, NULL, NULL, &cases[i] };
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(check_small);
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(check_counts);
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(check_unreachable);
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(check_german);
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(check_bind);
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(check_limits);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
