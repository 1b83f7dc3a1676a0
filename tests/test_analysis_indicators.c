/* Every indicator: expected figures of its vector file, and denial for groups below the threshold. */
#include "tests/analysis_fixture.h"

#include "analysis/protect.h"
#include "analysis/result.h"

#include <assert.h>
#include <gsl/gsl_errno.h>

struct run {
    struct fixture fixture;
    struct result result;
    const struct release *release;
};

static const struct raw_table *raw_table(const struct run *run, const char *id)
{
    for (size_t i = 0; i < run->result.table_count; i++)
        if (strcmp(run->result.tables[i]->id, id) == 0)
            return run->result.tables[i];
    fail_msg("no table %s", id);
    abort();
}

static const struct raw_cell *raw_cell(const struct run *run, const char *id, const char *row, size_t column)
{
    const struct raw_table *table = raw_table(run, id);
    for (size_t r = 0; r < table->row_count; r++)
        if (strcmp(table->rows[r].id, row) == 0)
            return &table->cells[r * table->column_count + column];
    fail_msg("no row %s in %s", row, id);
    abort();
}

static void near(const char *where, double found, const char *expected, double tolerance)
{
    if (strcmp(expected, "-") == 0)
        return;
    double wanted = strtod(expected, NULL);
    if (!(fabs(found - wanted) <= tolerance))
        fail_msg("%s: found %.10g, expected %s ± %g", where, found, expected, tolerance);
}

static void compute(struct run *run, const struct indicator *indicator)
{
    struct fail fail = { 0 };
    result_init(&run->result, &run->fixture.arena, &run->fixture.inputs);
    if ((indicator->compute != NULL && indicator->compute(&run->fixture.inputs, &run->result, &fail) != STATUS_OK) ||
        result_status(&run->result, &fail) != STATUS_OK)
        fail_msg("%s: %s", indicator->id, fail.what);
    if (release_build(&run->fixture.arena, &run->fixture.inputs, &policy_default, &run->release, &fail) != STATUS_OK)
        fail_msg("%s: %s", indicator->id, fail.what);
}

/* What is made of data was on the list before there were any (plan.h). */
static void check_listed(const struct run *run)
{
    struct plan plan;
    struct arena arena;
    arena_init(&arena, 256 << 20);
    assert_int_equal(plan_build(&arena, &run->fixture.form, &plan, NULL), STATUS_OK);
    for (size_t t = 0; t < run->release->table_count; t++)
        if (plan_find(&plan, run->release->tables[t].id) == NULL)
            fail_msg("%s is made of these data and missing on the list of tables", run->release->tables[t].id);
    arena_free(&arena);
}

static void expect(struct run *run, char *field[], size_t fields)
{
    char where[200];
    assert_true(fields >= 5);
    size_t column = (size_t)strtol(field[3], NULL, 10);
    snprintf(where, sizeof where, "%s %s column %zu", field[1], field[2], column);
    const struct released *cell = release_cell(run->release, field[1], field[2], column);
    if (strcmp(field[0], "sign") == 0) {
        const char *sign = cell->sign == SIGN_SHOWN ? "-" : release_sign(cell->sign);
        if (strcmp(sign, field[4]) != 0)
            fail_msg("%s: sign %s, expected %s", where, sign, field[4]);
    } else if (strcmp(field[0], "shown") == 0) {
        if (cell->sign != SIGN_SHOWN)
            fail_msg("%s: not shown but %s", where, release_sign(cell->sign));
        near(where, cell->value, field[4], 1e-9);
    } else if (strcmp(field[0], "word") == 0) {
        assert_string_equal(release_word(cell->word, languages[0]), field[4]);
    } else if (strcmp(field[0], "expect") == 0) {
        assert_int_equal(fields, 8);
        const struct raw_cell *raw = raw_cell(run, field[1], field[2], column);
        double tolerance = strtod(field[7], NULL);
        near(where, raw->value, field[4], tolerance);
        near(where, raw->low, field[5], tolerance);
        near(where, raw->high, field[6], tolerance);
    } else {
        fail_msg("unknown line %s", field[0]);
    }
}

static void check_vectors(void **state)
{
    const struct indicator *indicator = *state;
    struct run *run = calloc(1, sizeof *run);
    char path[300], *field[80];
    size_t expected = 0;
    assert_non_null(run);
    fixture_init(&run->fixture);
    snprintf(path, sizeof path, "%s/tests/vectors/ind_%s.csv", SOURCE_DIR, indicator->id);
    char *text = fixture_read(&run->fixture, path);
    bool computed = false;
    for (char *line = text, *end; line != NULL && *line != '\0'; line = end) {
        end = strchr(line, '\n');
        if (end != NULL)
            *end++ = '\0';
        if (line[0] == '#' || line[0] == '\0')
            continue;
        size_t fields = fixture_split(line, ';', field, 80);
        if (fixture_line(&run->fixture, field, fields))
            continue;
        if (!computed) {
            compute(run, indicator);
            check_listed(run);
        }
        computed = true;
        expect(run, field, fields);
        expected++;
    }
    assert_true(expected > 0); /* a vector file must expect something */
    fixture_free(&run->fixture);
    free(run);
}

/* Nine people answer everything: no figure that rests on answers may be shown, of any indicator. */
static void check_denial(void **state)
{
    const struct indicator *indicator = *state;
    struct run *run = calloc(1, sizeof *run);
    assert_non_null(run);
    struct fixture *fixture = &run->fixture;
    fixture_init(fixture);
    fixture_add_unit(fixture, "city", UNIT_CITY, -1, false);
    fixture_add_unit(fixture, "51", UNIT_DEPARTMENT, 0, true);
    fixture_add_unit(fixture, "52", UNIT_DEPARTMENT, 0, true);
    for (int wave = 0; wave < 2; wave++) {
        fixture_wave(fixture, wave == 0 ? "2024" : "2025", 2024 + wave, 20);
        for (int unit = 1; unit < 3; unit++)
            for (uint8_t german = 0; german < 2; german++)
                fixture_cube(fixture, unit, CUBE_ALL, '*', CUBE_ALL, german, german == 1 ? 180 : 20);
        for (size_t i = 0; i < 9; i++) {
            size_t row = fixture_person(fixture);
            for (size_t k = 0; k < fixture->item_count; k++) {
                const struct item *item = &fixture->items[k];
                if (!item->detached && item->option_count > 0)
                    fixture_answer(fixture, row, item->id, item->options[i % item->option_count].code);
            }
        }
    }
    compute(run, indicator);
    for (size_t t = 0; t < run->result.table_count; t++) {
        const struct raw_table *table = run->result.tables[t];
        const struct release_table *published = release_table(run->release, table->id);
        if (published == NULL)
            abort();
        for (size_t c = 0; c < table->row_count * table->column_count; c++)
            if (table->cells[c].kind == RAW_ANSWERS && published->cells[c].sign == SIGN_SHOWN)
                fail_msg("%s shows row %s of nine people", table->id, table->rows[c / table->column_count].id);
    }
    fixture_free(fixture);
    free(run);
}

/* Every descriptor is filled and its texts are sentences. */
static void check_descriptor(void **state)
{
    const struct indicator *indicator = *state;
    assert_true(indicator->lowest < indicator->highest);
    assert_true(indicator->answers_min >= 10);
    assert_ptr_equal(indicator_find(indicator->id), indicator);
    const char *texts[] = { indicator->title, indicator->definition, indicator->misreading, indicator->method,
                            indicator->source };
    for (size_t i = 0; i < COUNT(texts); i++)
        assert_true(texts[i] != NULL && texts[i][0] != '\0');
}

int main(void)
{
    enum { KINDS = 3, MOST = 64 };
    static const struct {
        const char *name;
        void (*test)(void **);
    } kinds[KINDS] = { { "vectors", check_vectors }, { "nine people", check_denial }, { "descriptor", check_descriptor } };
    static char names[MOST * KINDS][40];
    struct CMUnitTest tests[MOST * KINDS];
    size_t count = 0;
    gsl_set_error_handler_off();
    for (size_t i = 0; indicators[i] != NULL; i++) {
        assert(i < MOST); /* an indicator beyond would go untested */
        for (size_t k = 0; k < KINDS; k++, count++) {
            snprintf(names[count], sizeof names[count], "%s %s", indicators[i]->id, kinds[k].name);
            void *state = (void *)(uintptr_t)indicators[i];
            tests[count] = (struct CMUnitTest){ names[count], kinds[k].test, NULL, NULL, state };
        }
    }
    return _cmocka_run_group_tests("indicators", tests, count, NULL, NULL);
}
