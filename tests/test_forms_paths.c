/* Ways through a questionnaire: each found once, with the fewest answers that lead there, and no question missed. */
#include "forms_fixture.h"

#include "forms/paths.h"
#include "forms/qtype.h"

static const char *yaml =
    "form: f\nversion: \"1\"\ntitle: T\nlanguages: [de]\noptions:\n  yn: [{code: a, de: A}, {code: b, de: B}]\npages:\n"
    "  - id: P\n    title: P\n    items:\n"
    "      - {id: Q1, type: single, text: T, options: yn}\n"
    "      - {id: Q2, type: single, text: T, options: yn, show_if: Q1 = a}\n"
    "      - {id: Q3, type: single, text: T, options: yn, show_if: Q2 = b}\n"
    "      - {id: N1, type: number, text: T, min: \"0\", max: \"10\"}\n"
    "  - id: R\n    title: R\n    show_if: N1 > 5 and Q1 != b\n    items:\n"
    "      - {id: Q4, type: single, text: T, options: yn}\n"
    "      - {id: Q5, type: single, text: T, options: yn, show_if: Q1 = b}\n"
    "      - {id: Q6, type: single, text: T, options: yn, off: yes}\n";

static void check_small(void **state)
{
    struct arena arena;
    const struct form *form = NULL;
    struct fail fail = { 0 };
    struct paths paths;
    (void)state;
    arena_init(&arena, 8 << 20);
    if (form_parse_yaml(&arena, "f", yaml, strlen(yaml), &form, NULL, NULL, &fail) != STATUS_OK)
        fail_msg("%s", fail.what);
    assert_int_equal(paths_find(&arena, form, &paths, NULL), STATUS_OK);
    assert_true(paths.complete);
    /* Q1 not a: without or with Q4; Q1 = a: the same two, each without and with Q3. */
    assert_int_equal(paths.count, 6);
    assert_int_equal(paths.all[0].shown_count, 5);
    for (size_t i = 0; i + 1 < paths.count; i++)
        assert_true(paths.all[i].shown_count >= paths.all[i + 1].shown_count);
    for (size_t i = 0; i < paths.count; i++) {
        bool shown[16];
        answers_shown_all(&paths.all[i].leads, shown, form->item_count);
        assert_memory_equal(shown, paths.all[i].shown, form->item_count);
    }
    const size_t q5 = (size_t)(form_item(form, "Q5") - form->items);
    assert_false(paths.reached[q5]);     /* its page is never there when it could be */
    assert_false(paths.reached[q5 + 1]); /* switched off */
    assert_true(paths.reached[q5 - 1]);
    const struct answers *shortest = &paths.all[paths.count - 1].leads;
    for (size_t i = 0; i < form->item_count; i++)
        assert_false(answer_given(&form->items[i], &shortest->items[i]));
    arena_free(&arena);
}

static void check_shipped(void **state)
{
    struct fixture fixture;
    struct paths paths;
    (void)state;
    fixture_open(&fixture, "open_administration");
    assert_int_equal(paths_find(&fixture.arena, fixture.form, &paths, NULL), STATUS_OK);
    assert_true(paths.complete && paths.count >= 8);
    for (size_t i = 0; i < fixture.form->item_count; i++)
        assert_int_equal(paths.reached[i], !fixture.form->items[i].off);
    arena_free(&fixture.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(check_small), cmocka_unit_test(check_shipped) };
    return cmocka_run_group_tests_name("paths", tests, NULL, NULL);
}
