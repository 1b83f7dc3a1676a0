/* Two waves are compared only where both measured the same: the same statements turned the same way, the same
 * situations with the same key. Each row changes the form of the wave before in one way. */
#include "tests/analysis_fixture.h"

static void as_it_is(struct fixture *fixture, struct form *before)
{
    (void)fixture;
    (void)before;
}

static struct scale *own_scales(struct fixture *fixture, struct form *before)
{
    struct scale *scales = ARENA_NEW(&fixture->arena, struct scale, before->scale_count);
    assert_non_null(scales);
    memcpy(scales, before->scales, before->scale_count * sizeof *scales);
    before->scales = scales;
    return scales;
}

static void fewer_statements(struct fixture *fixture, struct form *before)
{
    own_scales(fixture, before)[0].item_count--;
}

static void other_statement(struct fixture *fixture, struct form *before)
{
    struct scale *scale = own_scales(fixture, before);
    size_t *items = ARENA_NEW(&fixture->arena, size_t, scale->item_count);
    assert_non_null(items);
    memcpy(items, scale->items, scale->item_count * sizeof *items);
    items[0] = fixture_position(fixture, "WI1");
    scale->items = items;
}

static void turned_statement(struct fixture *fixture, struct form *before)
{
    struct scale *scale = own_scales(fixture, before);
    bool *reversed = ARENA_NEW(&fixture->arena, bool, scale->item_count);
    assert_non_null(reversed);
    memcpy(reversed, scale->reversed, scale->item_count * sizeof *reversed);
    reversed[0] = !reversed[0];
    scale->reversed = reversed;
}

static struct item *own_items(struct fixture *fixture, struct form *before)
{
    struct item *items = ARENA_NEW(&fixture->arena, struct item, before->item_count);
    assert_non_null(items);
    memcpy(items, before->items, before->item_count * sizeof *items);
    before->items = items;
    return &items[fixture_position(fixture, "SJ1")];
}

static void other_points(struct fixture *fixture, struct form *before)
{
    struct item *item = own_items(fixture, before);
    struct option *options = ARENA_NEW(&fixture->arena, struct option, item->option_count);
    assert_non_null(options);
    memcpy(options, item->options, item->option_count * sizeof *options);
    options[0].points = 2;
    item->options = options;
}

static void fewer_situations(struct fixture *fixture, struct form *before)
{
    own_items(fixture, before)->off = true;
}

static void draft_key(struct fixture *fixture, struct form *before)
{
    (void)fixture;
    before->key_raters = 1;
}

static struct sameness_case {
    const char *name, *table;
    void (*change)(struct fixture *fixture, struct form *before);
    enum release_sign sign;
} cases[] = {
    { "the same scale is compared", "k1.change", as_it_is, SIGN_SHOWN },
    { "a scale with fewer statements is not", "k1.change", fewer_statements, SIGN_VOID },
    { "a scale with another statement is not", "k1.change", other_statement, SIGN_VOID },
    { "a scale with a statement turned round is not", "k1.change", turned_statement, SIGN_VOID },
    { "another key does not touch the scales", "k1.change", draft_key, SIGN_SHOWN },
    { "the same key is compared", "k5.change", as_it_is, SIGN_SHOWN },
    { "a key with other points is not", "k5.change", other_points, SIGN_VOID },
    { "fewer situations are not", "k5.change", fewer_situations, SIGN_VOID },
    { "a draft of the key is not", "k5.change", draft_key, SIGN_VOID },
};

static void answer(struct fixture *fixture)
{
    static const char *const codes[] = { "1", "2", "3", "4", "5" };
    for (size_t i = 0; i < 60; i++) {
        size_t row = fixture_person(fixture);
        for (size_t k = 0; k < 5; k++) {
            char id[8];
            snprintf(id, sizeof id, "HM%zu", k + 1);
            fixture_answer(fixture, row, id, codes[(i + k) % 5]);
        }
        fixture_answer(fixture, row, "SJ1", i % 3 == 0 ? "a" : "b");
        fixture_answer(fixture, row, "SJ2", i % 2 == 0 ? "c" : "d");
    }
}

static void check_case(void **state)
{
    const struct sameness_case *row = *state;
    struct fixture *fixture = calloc(1, sizeof *fixture);
    char city[] = "unit;city;0;-;0", one[] = "key;10;SJ1;a=0;b=3;c=1;d=1", two[] = "key;10;SJ2;a=0;b=1;c=3;d=2";
    char *const lines[] = { city, one, two };
    char *field[12];
    const struct release *release = NULL;
    assert_non_null(fixture);
    fixture_init(fixture);
    for (size_t i = 0; i < COUNT(lines); i++)
        assert_true(fixture_line(fixture, field, fixture_split(lines[i], ';', field, 12)));
    fixture_wave(fixture, "2024", 2024, 60);
    answer(fixture);
    struct form before = fixture->form;
    row->change(fixture, &before);
    fixture->waves[0].form = &before;
    fixture->waves[0].frame.form = &before;
    fixture_wave(fixture, "2025", 2025, 60);
    answer(fixture);
    assert_int_equal(release_build(&fixture->arena, &fixture->inputs, &policy_default, &release, NULL), STATUS_OK);
    for (size_t column = 0; column < 3; column++)
        assert_int_equal(release_cell(release, row->table, "total", column)->sign, row->sign);
    fixture_free(fixture);
    free(fixture);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(cases)];
    for (size_t i = 0; i < COUNT(cases); i++)
        tests[i] = (struct CMUnitTest){ cases[i].name, check_case, NULL, NULL, &cases[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
