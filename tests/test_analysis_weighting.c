/* What the answers are weighted to: whatever the personnel department and the questionnaire tell, and no more. Expected
 * weights follow from counts alone: staff per answer of a group, divided by staff per answer of all. */
#include "tests/analysis_fixture.h"

#include "analysis/sample.h"

static struct weighting_case {
    const char *name;
    const char *lines[10];
    const char *margins; /* id:groups:joined … */
    double first, last;  /* weight of the first and the last answer */
} cases[] = {
    { "departments without bands are weighted all the same",
      { "cube;51;*;*;*;*;300", "cube;52;*;*;*;*;100", "people;50;D1=51", "people;50;D1=52" },
      "unit:2:0",
      1.5,
      0.5 },
    { "bands that nobody was asked for do not cost the departments",
      { "cube;51;1;*;*;*;100", "cube;51;2;*;*;*;200", "cube;52;1;*;*;*;100", "people;50;D1=51", "people;50;D1=52" },
      "unit:2:0",
      1.5,
      0.5 },
    { "departments and, apart from them, bands",
      { "cube;51;*;*;*;*;200", "cube;52;*;*;*;*;200", "cube;-;1;*;*;*;300", "cube;-;2;*;*;*;100",
        "people;25;D1=51;D2=1", "people;25;D1=51;D2=2", "people;25;D1=52;D2=1", "people;25;D1=52;D2=2" },
      "unit:2:0 band:2:0",
      1.5,
      0.5 },
    { "bands by department need no margin of their own",
      { "cube;51;1;*;*;*;300", "cube;52;1;*;*;*;60", "cube;52;2;*;*;*;40", "people;50;D1=51;D2=1",
        "people;25;D1=52;D2=1", "people;25;D1=52;D2=2" },
      "cell:3:0",
      1.5,
      0.4 },
    { "no departments: the bands alone",
      { "cube;-;1;*;*;*;300", "cube;-;2;*;*;*;100", "people;50;D2=1", "people;50;D2=2" },
      "band:2:0",
      1.5,
      0.5 },
    { "departments with few answers are joined",
      { "cube;51;*;*;*;*;150", "cube;52;*;*;*;*;20", "cube;53;*;*;*;*;30", "people;92;D1=51", "people;4;D1=52",
        "people;4;D1=53" },
      "unit:3:2",
      0.75 * 100 / 92,
      25.0 / 8 },
    { "sex without anything else",
      { "cube;-;*;w;*;*;300", "cube;-;*;m;*;*;100", "people;50;D6=1", "people;50;D6=2" },
      "sex:2:0",
      1.5,
      0.5 },
    { "an answer without a department keeps its weight",
      { "cube;51;*;*;*;*;300", "cube;52;*;*;*;*;100", "people;50;D1=51", "people;50;D1=52", "people;20;D6=1" },
      "unit:2:0",
      1.5,
      1 },
    { "nothing known: every answer weighs the same", { "people;50;D1=51;D2=1" }, "", 1, 1 },
};

static void check_case(void **state)
{
    const struct weighting_case *row = *state;
    struct fixture *fixture = calloc(1, sizeof *fixture);
    struct sample sample;
    char line[200], *field[12], margins[100] = "";
    assert_non_null(fixture);
    fixture_init(fixture);
    fixture_add_unit(fixture, "city", UNIT_CITY, -1, false);
    for (int unit = 51; unit < 54; unit++) {
        snprintf(line, sizeof line, "%d", unit);
        fixture_add_unit(fixture, arena_format(&fixture->arena, "%s", line), UNIT_DEPARTMENT, 0, true);
    }
    fixture_wave(fixture, "2025", 2025, 500);
    for (size_t i = 0; i < COUNT(row->lines) && row->lines[i] != NULL; i++) {
        char *copy = arena_format(&fixture->arena, "%s", row->lines[i]);
        assert_true(fixture_line(fixture, field, fixture_split(copy, ';', field, 12)));
    }
    assert_int_equal(sample_build(&fixture->arena, &fixture->inputs, 0, &sample, NULL), STATUS_OK);
    for (size_t m = 0; m < sample.margin_count; m++)
        snprintf(margins + strlen(margins), sizeof margins - strlen(margins), "%s%s:%zu:%zu", m > 0 ? " " : "",
                 sample.margins[m].id, sample.margins[m].groups, sample.margins[m].joined);
    assert_string_equal(margins, row->margins);
    assert_true(fabs(sample.weights.weight[0] - row->first) < 1e-9);
    assert_true(fabs(sample.weights.weight[sample.count - 1] - row->last) < 1e-9);
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
