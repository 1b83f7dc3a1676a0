/* Conditions: reading with columns, prefix JSON for the browser, truth. */
#include "forms_fixture.h"

#include <stdlib.h>

#include "forms/answers.h"
#include "forms/expression.h"

static struct json_case {
    const char *name, *in, *out;
} json_cases[] = {
    { "unequal", "KP1 != 5", "[\"ne\",\"KP1\",[\"n\",\"5\"]]" },
    { "and", "KP1 != 5 and KP2 != a", "[\"and\",[\"ne\",\"KP1\",[\"n\",\"5\"]],[\"ne\",\"KP2\",[\"t\",\"a\"]]]" },
    { "in", "DI1 in (2, ab)", "[\"in\",\"DI1\",[\"n\",\"2\"],[\"t\",\"ab\"]]" },
    { "answered", "answered(X)", "[\"answered\",\"X\"]" },
    { "and binds closer than or", "A=1 or B=2 and C=3",
      "[\"or\",[\"eq\",\"A\",[\"n\",\"1\"]],[\"and\",[\"eq\",\"B\",[\"n\",\"2\"]],[\"eq\",\"C\",[\"n\",\"3\"]]]]" },
    { "parentheses", "(A=a or B=b) and C=c",
      "[\"and\",[\"or\",[\"eq\",\"A\",[\"t\",\"a\"]],[\"eq\",\"B\",[\"t\",\"b\"]]],[\"eq\",\"C\",[\"t\",\"c\"]]]" },
    { "not binds closer than and", "not A=a and B=b",
      "[\"and\",[\"not\",[\"eq\",\"A\",[\"t\",\"a\"]]],[\"eq\",\"B\",[\"t\",\"b\"]]]" },
    { "a chain is one node", "A and B and C", "[\"and\",\"A\",\"B\",\"C\"]" },
    { "two equals signs", "A == x", "[\"eq\",\"A\",[\"t\",\"x\"]]" },
    { "a word of the language in quotes", "A = \"in\"", "[\"eq\",\"A\",[\"t\",\"in\"]]" },
    { "an id that begins like a word", "android = 1", "[\"eq\",\"android\",[\"n\",\"1\"]]" },
    { "a code with a hyphen", "A = b-c", "[\"eq\",\"A\",[\"t\",\"b-c\"]]" },
    { "sums from the left", "A - B - 1 < 2", "[\"lt\",[\"sub\",[\"sub\",\"A\",\"B\"],[\"n\",\"1\"]],[\"n\",\"2\"]]" },
    { "products first", "A + B * 2 mod 3", "[\"add\",\"A\",[\"mod\",[\"mul\",\"B\",[\"n\",\"2\"]],[\"n\",\"3\"]]]" },
    { "a calculation behind equals", "A = B + 1", "[\"eq\",\"A\",[\"add\",\"B\",[\"n\",\"1\"]]]" },
    { "a minus sign is no code", "A != (-1) and B in ((-2), (C))",
      "[\"and\",[\"ne\",\"A\",[\"neg\",[\"n\",\"1\"]]],[\"in\",\"B\",[\"neg\",[\"n\",\"2\"]],\"C\"]]" },
    { "minus sign", "A > -1.50", "[\"gt\",\"A\",[\"neg\",[\"n\",\"1.50\"]]]" },
    { "function", "if(selected(A, x), round(B, 2), sum(B, 1))",
      "[\"if\",[\"selected\",\"A\",\"x\"],[\"round\",\"B\",[\"n\",\"2\"]],[\"sum\",\"B\",[\"n\",\"1\"]]]" },
    { "the answer itself", "value >= 3", "[\"ge\",[\"value\"],[\"n\",\"3\"]]" },
};

static void check_json(void **state)
{
    const struct json_case *row = *state;
    struct arena arena;
    arena_init(&arena, 1 << 20);
    const struct expression *condition = NULL;
    size_t column = 0;
    assert_int_equal(expression_parse(&arena, row->in, &condition, &column, NULL), STATUS_OK);
    struct buf out;
    buf_init(&out, 10000);
    expression_write(condition, &out);
    assert_string_equal(out.bytes, row->out);
    /* The native text of the tree is read as the same tree. */
    struct buf text;
    struct buf again;
    buf_init(&text, 10000);
    buf_init(&again, 10000);
    expression_write_text(condition, &text);
    assert_int_equal(expression_parse(&arena, text.bytes, &condition, &column, NULL), STATUS_OK);
    expression_write(condition, &again);
    assert_string_equal(again.bytes, row->out);
    buf_free(&text);
    buf_free(&again);
    buf_free(&out);
    arena_free(&arena);
}

static struct fault_case {
    const char *name, *in;
    size_t column;
} fault_cases[] = {
    { "nothing", "", 1 },
    { "no code", "KP1 = ", 7 },
    { "unknown sign", "KP1 # 3", 5 },
    { "two terms without and", "A=1 B=2", 5 },
    { "parenthesis not closed", "(A=1", 5 },
    { "list not closed", "A in (1, 2", 11 },
    { "list empty", "A in ()", 7 },
    { "and without second term", "A=1 and", 8 },
    { "unknown function", "maximal(A)", 1 },
    { "too few values", "selected(A)", 11 },
    { "reserved word as id", "and = 1", 1 },
    { "quote not closed", "A = \"1", 5 },
    { "columns count characters", "Ä = 1", 1 },
};

static void check_fault(void **state)
{
    const struct fault_case *row = *state;
    struct arena arena;
    arena_init(&arena, 1 << 20);
    const struct expression *condition = NULL;
    size_t column = 0;
    struct fail fail = { 0 };
    assert_int_equal(expression_parse(&arena, row->in, &condition, &column, &fail), STATUS_INPUT);
    assert_int_equal(column, row->column);
    assert_true(fail.what[0] != '\0');
    arena_free(&arena);
}

/* Q1 yes/no; Q2 shown when Q1 = yes, options a bb ccc 0. */
static struct truth_case {
    const char *name, *in, *q1, *q2;
    bool holds;
} truth_cases[] = {
    { "equal", "Q1 = yes", "yes", "", true },
    { "equal to another", "Q1 = yes", "no", "", false },
    { "not answered: equal is false", "Q1 = yes", "", "", false },
    { "not answered: unequal is true", "Q1 != yes", "", "", true },
    { "not answered: in is false", "Q1 in (yes, no)", "", "", false },
    { "not answered: not equal is true", "not Q1 = yes", "", "", true },
    { "answered", "answered(Q1)", "no", "", true },
    { "not answered", "answered(Q1)", "", "", false },
    { "several: one of them", "Q2 = a", "yes", "a", true },
    { "several: another", "Q2 = bb", "yes", "a", false },
    { "hidden item: equal is false", "Q2 = a", "no", "a", false },
    { "hidden item: unequal is true", "Q2 != a", "no", "a", true },
    { "hidden item: not answered", "answered(Q2)", "no", "a", false },
    { "switched-off item is never answered", "Q1 = no or answered(Q2)", "yes", "", false },
};

static bool pick(const struct fixture *fixture, struct answers *answers, const char *id, const char *code)
{
    const struct item *item = form_item(fixture->form, id);
    int option = item_option(item, code);
    if (option >= 0 && strcmp(id, "Q1") == 0)
        answers->items[item - fixture->form->items].choice = (uint8_t)option;
    else if (option >= 0)
        answers->items[item - fixture->form->items].set = UINT32_C(1) << option;
    return option >= 0;
}

static void check_truth(void **state)
{
    const struct truth_case *row = *state;
    struct fixture fixture;
    fixture_open(&fixture, SMALL_FORM);
    struct form form = *fixture.form;
    struct item items[16];
    assert_true(form.item_count <= COUNT(items));
    memcpy(items, form.items, form.item_count * sizeof items[0]);
    form.items = items;
    size_t tested = (size_t)(form_item(fixture.form, "S2") - fixture.form->items);
    size_t column = 0;
    assert_int_equal(expression_parse(&fixture.arena, row->in, &items[tested].show_if, &column, NULL), STATUS_OK);
    assert_int_equal(expression_resolve(&fixture.arena, &form, tested, NULL, items[tested].show_if,
                                        &items[tested].show_if, NULL, NULL, NULL),
                     STATUS_OK);
    struct answers answers;
    assert_int_equal(answers_create(&fixture.arena, &form, &answers, NULL), STATUS_OK);
    pick(&fixture, &answers, "Q1", row->q1);
    pick(&fixture, &answers, "Q2", row->q2);
    assert_int_equal(answers_shown(&answers, tested), row->holds);
    arena_free(&fixture.arena);
}

static void check_depth(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, 1 << 20);
    char deep[EXPRESSION_LENGTH_MAX + 2];
    memset(deep, '(', sizeof deep - 1);
    deep[sizeof deep - 1] = '\0';
    const struct expression *condition = NULL;
    size_t column = 0;
    assert_int_equal(expression_parse(&arena, deep, &condition, &column, NULL), STATUS_LIMIT);
    deep[EXPRESSION_LENGTH_MAX] = '\0';
    assert_int_equal(expression_parse(&arena, deep, &condition, &column, NULL), STATUS_INPUT);
    for (size_t i = 0; i + 4 < 400; i += 4)
        memcpy(deep + i, "not ", 5);
    assert_int_equal(expression_parse(&arena, deep, &condition, &column, NULL), STATUS_INPUT);
    arena_free(&arena);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(json_cases) + COUNT(fault_cases) + COUNT(truth_cases) + 1];
    size_t count = 0;
    for (size_t i = 0; i < COUNT(json_cases); i++)
        tests[count++] = (struct CMUnitTest){ json_cases[i].name, check_json, NULL, NULL, &json_cases[i] };
    for (size_t i = 0; i < COUNT(fault_cases); i++)
        tests[count++] = (struct CMUnitTest){ fault_cases[i].name, check_fault, NULL, NULL, &fault_cases[i] };
    for (size_t i = 0; i < COUNT(truth_cases); i++)
        tests[count++] = (struct CMUnitTest){ truth_cases[i].name, check_truth, NULL, NULL, &truth_cases[i] };
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(check_depth);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
