/* Translations in files of their own: every text finds its place, and what has none is reported. */
#include "forms_fixture.h"

#include "base/language.h"
#include "forms/library.h"
#include "forms/overlay.h"

#define FORM \
    "form: f\nversion: \"1\"\ntitle: Titel\nlanguages: [de]\noptions:\n  agree:\n    - {code: \"1\", de: ja}\n" \
    "    - {code: \"2\", de: nein}\nnotices:\n  - {id: closing, body: Danke}\npages:\n  - id: A\n    title: Seite\n" \
    "    items:\n      - {id: Q1, type: single, text: Frage, options: agree}\n" \
    "      - {id: Q2, type: single, text: {de: Frage zwei}, options: [agree, {code: \"9\", missing: yes, de: weg}]}\n" \
    "scales:\n  - {id: S, title: Skala, items: [Q1], answered_min: 1}\n"
#define HEAD "translation: f\nlanguage: tr\n"

static struct overlay_case {
    const char *name, *overlay;
    enum status status;
    const char *lost; /* what is reported, each with a bar behind it */
    const char *said; /* title, page, Q1, its option 1, Q2, its option 9, scale, notice in Turkish; a dot for none */
} cases[] = {
    { "every text", HEAD "title: T\nnotices: {closing: {body: N}}\npages: {A: {title: P}}\n"
                         "options: {agree: {\"1\": O}}\nitems: {Q1: {text: Q}, Q2: {text: R, options: {\"9\": W}}}\n"
                         "scales: {S: K}\n", STATUS_OK, "", "TPQORWKN" },
    { "nothing falls back", HEAD "status: draft\n", STATUS_OK, "", "........" },
    { "an unknown question", HEAD "items: {Q3: {text: Q}}\n", STATUS_OK, "f.tr.yaml:3:9 the form has no “Q3”|", "........" },
    { "a text the question does not have", HEAD "items: {Q1: {hint: H}}\n", STATUS_OK,
      "f.tr.yaml:3:14 the form has no text “hint” here|", "........" },
    { "an option of a shared list named in the question", HEAD "items: {Q1: {options: {\"1\": O}}}\n", STATUS_OK,
      "f.tr.yaml:3:24 the list has no option “1” of its own|", "........" },
    { "an unknown list", HEAD "options: {often: {\"1\": O}}\n", STATUS_OK,
      "f.tr.yaml:3:11 there is no list of options “often”|", "........" },
    { "an unknown part", HEAD "texts: {}\n", STATUS_OK, "f.tr.yaml:3:1 a translation has no part “texts”|", "........" },
    { "of another form", "translation: g\nlanguage: tr\n", STATUS_INPUT, "", "" },
    { "in another language", "translation: f\nlanguage: pl\n", STATUS_INPUT, "", "" },
    { "no YAML", "translation: [", STATUS_INPUT, "", "" },
};

static void keep_lost(void *context, const char *where, const char *what, const char *instead)
{
    assert_null(instead);
    buf_format(context, "%s %s|", where, what);
}

static char letter(const struct text *text)
{
    return text->in[1] != NULL ? text->in[1][0] : '.';
}

static void check_overlay(void **state)
{
    const struct overlay_case *row = *state;
    struct arena arena;
    struct buf lost;
    const struct form_hooks hooks = { .lost = keep_lost, .context = &lost };
    const struct yaml_node *root = NULL;
    const struct form *form = NULL;
    arena_init(&arena, 4 << 20);
    buf_init(&lost, 10000);
    assert_int_equal(yaml_read(&arena, FORM, sizeof FORM - 1, &root, NULL, NULL, NULL), STATUS_OK);
    struct yaml_node tree = *root;
    assert_int_equal(overlay_merge(&arena, &tree, "f.tr.yaml", row->overlay, strlen(row->overlay), "tr", &hooks, NULL),
                     row->status);
    assert_string_equal(lost.bytes != NULL ? lost.bytes : "", row->lost);
    if (row->status == STATUS_OK) {
        assert_int_equal(form_make_yaml(&arena, "f", &tree, &form, fixture_print, NULL, NULL), STATUS_OK);
        const char said[] = { letter(&form->title), letter(&form->pages[0].title), letter(&form->items[0].label),
                              letter(&form->items[0].options[0].label), letter(&form->items[1].label),
                              letter(&form->items[1].options[2].label), letter(&form->scales[0].title),
                              letter(&form->notices[0].body), '\0' };
        assert_string_equal(said, row->said);
        assert_true(form_language_draft(form, "tr")); /* "checked" has to be said */
    }
    buf_free(&lost);
    arena_free(&arena);
}

static void fail_lost(void *context, const char *where, const char *what, const char *instead)
{
    (void)context, (void)instead;
    fail_msg("%s: %s", where, what);
}

/* The shipped translations fit their form; de and en come first; the same text each time. */
static void shipped(void **state)
{
    (void)state;
    const struct form_hooks hooks = { .fault = fixture_print, .lost = fail_lost };
    struct arena arena;
    struct buf texts[2];
    const struct form *form = NULL;
    arena_init(&arena, 32 << 20);
    for (size_t i = 0; i < 2; i++) {
        buf_init(&texts[i], 1 << 22);
        assert_int_equal(format_read(&arena, "open_administration", &form, &texts[i], &hooks, NULL), STATUS_OK);
    }
    assert_string_equal(texts[0].bytes, texts[1].bytes);
    assert_string_equal(form->languages[0], "de");
    assert_string_equal(form->languages[1], "en");
    size_t known = 0;
    for (size_t i = 0; languages[i] != NULL; i++)
        for (size_t k = 0; k < form->language_count; k++)
            known += strcmp(languages[i]->code, form->languages[k]) == 0 ? 1 : 0;
    assert_int_equal(known, form->language_count);
    assert_false(form_language_draft(form, "de"));
    assert_true(form_language_draft(form, "ar"));
    buf_free(&texts[0]);
    buf_free(&texts[1]);
    arena_free(&arena);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(cases) + 1];
    size_t n = 0;
    for (size_t i = 0; i < COUNT(cases); i++)
        tests[n++] = (struct CMUnitTest){ cases[i].name, check_overlay, NULL, NULL, &cases[i] };
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(shipped);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
