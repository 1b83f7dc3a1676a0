/* Hostile bytes for the readers of forms and answers: random ones, and good files with random damage. Seeded, bounded;
 * meant to run under the sanitizers. The only promise: an answer, never a crash, and no form with a fault. */
#include "forms_fixture.h"

#include <stdlib.h>

#include "base/env.h"
#include "forms/answers.h"
#include "forms/expression.h"
#include "forms/render.h"

static const char yaml_letters[] = "{}[]:,-#&*!|>'\"% \n\n  abQ1=()?\t\\\xC3\xA4\xEF\xBB\xBF\x01";
static const char json_letters[] = "{}[]:,\"\\u0019 \nformanswersQ1Q2abyes-\xC3\xA4\x01";
static const char condition_letters[] = "()=!,\" Q1Q2 and or not in answered ab\xC3\xA4<+-*/.5";

static void fill(struct seeded *seeded, const char *letters, char *out, size_t length)
{
    for (size_t i = 0; i < length; i++)
        out[i] = letters[seeded_below(seeded, (uint32_t)strlen(letters))];
}

static void try_form(const char *bytes, size_t length, size_t *read)
{
    struct arena arena;
    arena_init(&arena, 8 << 20);
    const struct form *form = NULL;
    struct fail fail = { 0 };
    if (form_parse_yaml(&arena, "f", bytes, length, &form, NULL, NULL, &fail) == STATUS_OK) {
        struct html html = { 0 };
        buf_init(&html.out, 1 << 20);
        form_render_pages(form, "de", language_default, &html);
        assert_true(answers_length_max(form) > 64);
        buf_free(&html.out);
        (*read)++;
    } else {
        assert_true(fail.status != STATUS_OK);
        assert_true(fail.what[0] != '\0');
    }
    arena_free(&arena);
}

static void check_random_forms(void **state)
{
    (void)state;
    struct seeded seeded;
    seeded_init(&seeded, 1);
    char bytes[400];
    size_t read = 0;
    for (int i = 0; i < 5000; i++) {
        size_t length = seeded_below(&seeded, sizeof bytes);
        fill(&seeded, yaml_letters, bytes, length);
        try_form(bytes, length, &read);
    }
    assert_int_equal(read, 0);
}

/* One or two bytes changed, or a piece cut out: many of these are still forms, so that the checks are reached too. */
static void check_damaged_forms(void **state)
{
    (void)state;
    struct buf good;
    buf_init(&good, 1 << 20);
    assert_int_equal(buf_read_file(&good, SMALL_FORM, NULL), STATUS_OK);
    struct seeded seeded;
    seeded_init(&seeded, 2);
    size_t read = 0;
    for (int i = 0; i < 2000; i++) {
        char *bytes = malloc(good.length);
        assert_non_null(bytes);
        memcpy(bytes, good.bytes, good.length);
        size_t length = good.length;
        for (uint32_t n = seeded_below(&seeded, 2) + 1; n > 0; n--) /* a letter keeps the syntax, a sign breaks it */
            fill(&seeded, i % 2 == 0 ? "abQ1" : yaml_letters, bytes + seeded_below(&seeded, (uint32_t)length), 1);
        if (i % 5 == 0) {
            size_t from = seeded_below(&seeded, (uint32_t)length / 2);
            size_t cut = seeded_below(&seeded, (uint32_t)length / 2);
            memmove(bytes + from, bytes + from + cut, length - from - cut);
            length -= cut;
        }
        try_form(bytes, length, &read);
        free(bytes);
    }
    assert_true(read > 100);
    buf_free(&good);
}

static void try_answers(struct fixture *fixture, const char *bytes, size_t length, size_t *read)
{
    struct arena arena;
    arena_init(&arena, 1 << 20);
    struct answers answers;
    struct fail fail = { 0 };
    if (answers_parse(&arena, fixture->form, bytes, length, &answers, NULL, NULL, &fail) == STATUS_OK)
        (*read)++;
    else
        assert_true(fail.what[0] != '\0');
    arena_free(&arena);
}

static void check_random_answers(void **state)
{
    (void)state;
    struct fixture fixture;
    fixture_open(&fixture, SMALL_FORM);
    char bytes[600];
    struct seeded seeded;
    seeded_init(&seeded, 3);
    size_t read = 0;
    for (int i = 0; i < 20000; i++) {
        size_t length = seeded_below(&seeded, 200);
        fill(&seeded, json_letters, bytes, length);
        try_answers(&fixture, bytes, length, &read);
    }
    assert_int_equal(read, 0);
    struct buf good;
    buf_init(&good, sizeof bytes);
    buf_format(&good,
               "{\"form\":\"%s\",\"answers\":{\"Q1\":\"yes\",\"Q2\":[\"a\",\"bb\"],\"S1\":\"1\",\"T1\":\"Text\"}}",
               fixture.form->sha256);
    for (int i = 0; i < 20000; i++) {
        memcpy(bytes, good.bytes, good.length);
        fill(&seeded, json_letters, bytes + seeded_below(&seeded, (uint32_t)good.length), 1);
        try_answers(&fixture, bytes, good.length, &read);
    }
    assert_true(read > 100);
    static char deep[70000];
    memset(deep, '[', sizeof deep);
    try_answers(&fixture, deep, 60000, &read);
    struct answers answers;
    assert_int_equal(answers_parse(&fixture.arena, fixture.form, deep, sizeof deep, &answers, NULL, NULL, NULL),
                     STATUS_LIMIT);
    buf_free(&good);
    arena_free(&fixture.arena);
}

static void check_random_conditions(void **state)
{
    (void)state;
    struct seeded seeded;
    seeded_init(&seeded, 4);
    for (int i = 0; i < 50000; i++) {
        char text[81] = { 0 };
        size_t length = seeded_below(&seeded, sizeof text - 1);
        fill(&seeded, condition_letters, text, length);
        struct arena arena;
        arena_init(&arena, 1 << 20);
        const struct expression *condition = NULL;
        size_t column = 0;
        enum status status = expression_parse(&arena, text, &condition, &column, NULL);
        assert_true((status == STATUS_OK) == (condition != NULL));
        assert_true(column >= 1 && column <= length + 1);
        arena_free(&arena);
    }
}

/* Too little memory at every size up to what the form needs: a status, no crash. */
static void check_small_memory(void **state)
{
    (void)state;
    struct buf good;
    buf_init(&good, 1 << 20);
    assert_int_equal(buf_read_file(&good, SMALL_FORM, NULL), STATUS_OK);
    size_t refused = 0;
    for (size_t limit = 0; limit < 60000; limit += 97) {
        struct arena arena;
        arena_init(&arena, limit);
        const struct form *form = NULL;
        struct fail fail = { 0 };
        enum status status = form_parse_yaml(&arena, "f", good.bytes, good.length, &form, NULL, NULL, &fail);
        assert_true(status == STATUS_OK || status == STATUS_MEMORY);
        refused += status == STATUS_MEMORY ? 1 : 0;
        arena_free(&arena);
    }
    assert_true(refused > 100);
    buf_free(&good);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(check_random_forms),   cmocka_unit_test(check_damaged_forms),
        cmocka_unit_test(check_random_answers), cmocka_unit_test(check_random_conditions),
        cmocka_unit_test(check_small_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
