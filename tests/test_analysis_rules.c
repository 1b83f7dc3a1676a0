/* The primary rules, one row each: what may be shown of a cell before anything is known of the other cells. */
#include "tests/analysis_fixture.h"

#include "analysis/protect.h"
#include "analysis/result.h"

static const struct rule {
    const char *name;
    enum raw_kind kind;
    enum release_unit unit;
    double value;
    uint32_t base, of, outside, answers_min, heads_least, sides;
    bool secret;
    enum release_sign sign;
} rules[] = {
#define ANSWERS(name, unit, value, base, outside, sign) { name, RAW_ANSWERS, unit, value, base, 0, outside, 10, 0, 2, false, sign }
#define HEADS(name, unit, value, base, outside, sign) { name, RAW_HEADS, unit, value, base, 0, outside, 0, 0, 2, false, sign }
    ANSWERS("ten answers", RELEASE_SCORE, 50, 10, 5, SIGN_SHOWN),
    ANSWERS("nine answers", RELEASE_SCORE, 50, 9, 5, SIGN_SECRET),
    ANSWERS("all of one opinion", RELEASE_SCORE, 75, 40, 0, SIGN_SECRET),
    ANSWERS("one of another opinion knows of all others", RELEASE_SCORE, 75, 40, 1, SIGN_SECRET),
    ANSWERS("two of another opinion", RELEASE_SCORE, 75, 40, 2, SIGN_SHOWN),
    ANSWERS("nobody left a question out", RELEASE_PERCENT, 0, 40, 0, SIGN_SECRET),
    ANSWERS("a percentage of nineteen", RELEASE_PERCENT, 50, 19, 9, SIGN_UNSAFE),
    ANSWERS("a percentage of twenty", RELEASE_PERCENT, 50, 20, 9, SIGN_SHOWN),
    { "reliable from thirty answers", RAW_ANSWERS, RELEASE_SCORE, 50, 29, 0, 10, 30, 0, 2, false, SIGN_UNSAFE },
    { "origin in a department: ten on each side", RAW_ANSWERS, RELEASE_PERCENT, 20, 45, 0, 9, 10, 0, 10, false, SIGN_SECRET },
    { "ten on each side", RAW_ANSWERS, RELEASE_PERCENT, 20, 50, 0, 10, 10, 0, 10, false, SIGN_SHOWN },
    { "a response rate of nine people", RAW_ANSWERS, RELEASE_PERCENT, 50, 30, 9, OUTSIDE_NONE, 0, 0, 2, true, SIGN_SECRET },
    { "a rate refers to the people asked", RAW_ANSWERS, RELEASE_PERCENT, 90, 18, 20, OUTSIDE_NONE, 0, 0, 2, false, SIGN_SHOWN },
    HEADS("five heads", RELEASE_COUNT, 5, 5, OUTSIDE_NONE, SIGN_SHOWN),
    HEADS("four heads", RELEASE_COUNT, 4, 4, OUTSIDE_NONE, SIGN_SECRET),
    HEADS("one head", RELEASE_COUNT, 1, 1, OUTSIDE_NONE, SIGN_SECRET),
    HEADS("nobody may be told: zeros are shown", RELEASE_COUNT, 0, 0, OUTSIDE_NONE, SIGN_SHOWN),
    HEADS("four on the other side of a known total", RELEASE_COUNT, 60, 64, 4, SIGN_SECRET),
    HEADS("nobody on the other side", RELEASE_COUNT, 60, 60, 0, SIGN_SHOWN),
    HEADS("a share of nineteen heads", RELEASE_PERCENT, 40, 19, 8, SIGN_UNSAFE),
    { "joiners and leavers: ten", RAW_HEADS, RELEASE_COUNT, 9, 9, 0, OUTSIDE_NONE, 0, 10, 2, false, SIGN_SECRET },
    { "secret for a reason of its own", RAW_HEADS, RELEASE_COUNT, 500, 500, 0, OUTSIDE_NONE, 0, 0, 2, true, SIGN_SECRET },
    { "published elsewhere", RAW_OPEN, RELEASE_COUNT, 3, 0, 0, OUTSIDE_NONE, 0, 0, 2, false, SIGN_SHOWN },
    { "no number", RAW_OPEN, RELEASE_RATIO, NAN, 0, 0, OUTSIDE_NONE, 0, 0, 2, false, SIGN_VOID },
};

static void check_rule(void **state)
{
    const struct rule *rule = *state;
    struct raw_cell cell = { .kind = rule->kind, .value = rule->value, .base = rule->base, .of = rule->of, .outside = rule->outside,
                             .answers_min = rule->answers_min, .heads_least = rule->heads_least, .secret = rule->secret };
    struct raw_column column = { .head = { .unit = rule->unit }, .follows = FOLLOWS_NONE };
    const struct raw_table table = { .sides_min = rule->sides, .row_count = 1, .columns = &column, .column_count = 1, .cells = &cell };
    const enum release_sign sign = protect_primary(&table, 0, 0, &policy_default);
    if (sign != rule->sign)
        fail_msg("%s: \"%s\", expected \"%s\"", rule->name, release_sign(sign), release_sign(rule->sign));
}

/* A city in which one person of thirty declines one question: nobody learns that it was exactly one. */
static void one_who_declines(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    const struct release *release = NULL;
    (void)state;
    assert_non_null(fixture);
    fixture_init(fixture);
    fixture_add_unit(fixture, "city", UNIT_CITY, -1, false);
    fixture_add_unit(fixture, "51", UNIT_DEPARTMENT, 0, true);
    fixture_wave(fixture, "2025", 2025, 30);
    fixture_cube(fixture, 1, CUBE_ALL, '*', CUBE_ALL, 1, 60);
    for (size_t i = 0; i < 30; i++) {
        size_t row = fixture_person(fixture);
        for (size_t k = 0; k < fixture->item_count; k++) {
            const struct item *item = &fixture->items[k];
            const bool declined = (strcmp(item->id, "HM1") == 0 && i < 1) || (strcmp(item->id, "HM2") == 0 && i < 6);
            if (!item->detached && item->option_count > 0 && !declined)
                fixture_answer(fixture, row, item->id, item->options[i % item->option_count].code);
        }
    }
    assert_int_equal(release_build(&fixture->arena, &fixture->inputs, &policy_default, &release, NULL), STATUS_OK);
    assert_int_equal(release_cell(release, "dq1.items", "item.HM1", 0)->sign, SIGN_SECRET);
    assert_int_equal(release_cell(release, "dq1.items", "item.HM2", 0)->sign, SIGN_SHOWN);
    assert_true(fabs(release_cell(release, "dq1.items", "item.HM2", 0)->value - 20) < 1e-9);
    fixture_free(fixture);
    free(fixture);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(rules) + 1] = { cmocka_unit_test(one_who_declines) };
    for (size_t i = 0; i < COUNT(rules); i++)
        tests[i + 1] = (struct CMUnitTest){ rules[i].name, check_rule, NULL, NULL, (void *)(uintptr_t)&rules[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
