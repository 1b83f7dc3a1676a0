/* The release of a whole city: rules hold for every cell, nothing is left in hidden cells, sums do not give hidden
 * departments away, the same input gives the same fingerprint, memory failures are statuses. */
#include "tests/city_fixture.h"

#include "analysis/cube.h"

static const struct release *build(struct fixture *fixture)
{
    const struct release *release = NULL;
    struct fail fail = { 0 };
    if (release_build(&fixture->arena, &fixture->inputs, &policy_default, &release, &fail) != STATUS_OK)
        fail_msg("%s", fail.what);
    if (release == NULL)
        abort();
    return release;
}

static void check_cell(const struct release_table *table, size_t i)
{
    const struct released *cell = &table->cells[i];
    enum release_unit unit = table->columns[i % table->column_count].unit;
    if (cell->sign != SIGN_SHOWN) {
        assert_true(isnan(cell->value) && isnan(cell->low) && isnan(cell->high));
        assert_int_equal(cell->base, 0);
        assert_false(cell->ranged);
        return;
    }
    bool empty = isnan(cell->value);
    assert_false(empty);
    bool heads = strncmp(table->id, "r2", 2) == 0;
    uint32_t least = unit == RELEASE_PERCENT ? 20 : 10;
    if (cell->base > 0 && !heads && unit != RELEASE_COUNT)
        assert_in_range(cell->base, least, UINT32_MAX);
    double scale = pow(10, cell->decimals);
    assert_true(fabs(cell->value * scale - round(cell->value * scale)) < 1e-6);
    if (cell->ranged) {
        assert_true(cell->low <= cell->high);
        assert_false(cell->base > 0 && cell->base < 20 && strncmp(table->rows[i / table->column_count].id, "unit", 4) != 0);
    }
}

static void check_rules(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 5; seed++) {
        struct fixture *fixture = calloc(1, sizeof *fixture);
        assert_non_null(fixture);
        city(fixture, seed);
        const struct release *release = build(fixture);
        size_t secret = 0, planned = 0;
        for (size_t t = 0; t < release->table_count; t++) {
            const struct release_table *table = &release->tables[t];
            for (size_t i = 0; i < table->row_count * table->column_count; i++) {
                check_cell(table, i);
                secret += table->cells[i].sign == SIGN_SECRET;
                planned++;
            }
        }
        assert_true(secret > 0 && secret == release->suppressed && planned == release->planned);
        fixture_free(fixture);
        free(fixture);
    }
}

/* Sum differencing on the published release: total minus shown rows is never the count of one hidden department, and
 * never fewer than ten people. */
static void check_differencing(void **state)
{
    (void)state;
    size_t hidden_tables = 0;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        struct fixture *fixture = calloc(1, sizeof *fixture);
        assert_non_null(fixture);
        city(fixture, seed);
        const struct release *release = build(fixture);
        const struct release_table *table = release_table(release, "dq1.unit");
        if (table == NULL)
            abort();
        double left = release_cell(release, "dq1.unit", "total", 1)->value;
        size_t hidden = 0;
        for (size_t r = 0; r < table->row_count; r++) {
            const struct released *cell = &table->cells[r * table->column_count + 1];
            if (table->rows[r].total)
                continue;
            hidden += cell->sign != SIGN_SHOWN;
            left -= cell->sign == SIGN_SHOWN ? cell->value : 0;
        }
        hidden_tables += hidden > 0;
        assert_true(left >= 10 || (left == 0 && hidden == 0)); /* the people without an answer are among them */
        fixture_free(fixture);
        free(fixture);
    }
    assert_true(hidden_tables > 0);
}

/* Departments show the same number of ballots in every table, or none. */
static void check_bases(void **state)
{
    (void)state;
    struct fixture *fixture = calloc(1, sizeof *fixture);
    assert_non_null(fixture);
    city(fixture, 3);
    const struct release *release = build(fixture);
    static const char *const tables[] = { "k1.unit", "c1.unit", "o1.unit", "r1.unit" };
    for (size_t t = 0; t < COUNT(tables); t++) {
        const struct release_table *table = release_table(release, tables[t]);
        if (table == NULL)
            abort();
        for (size_t r = 0; r < table->row_count; r++) {
            const struct released *cell = &table->cells[r], *ballots = release_cell(release, "dq1.unit",
                                                                                     table->rows[r].id, 1);
            if (!table->rows[r].total && cell->base > 0)
                assert_true(ballots->sign == SIGN_SHOWN && (double)cell->base == ballots->value);
        }
    }
    fixture_free(fixture);
    free(fixture);
}

static void check_fingerprint(void **state)
{
    (void)state;
    char first[65] = "", third[65] = "";
    for (int i = 0; i < 3; i++) {
        struct fixture *fixture = calloc(1, sizeof *fixture);
        assert_non_null(fixture);
        city(fixture, i < 2 ? 9 : 10);
        const struct release *release = build(fixture);
        assert_int_equal(strlen(release->fingerprint), 64);
        if (i == 0)
            snprintf(first, sizeof first, "%s", release->fingerprint);
        else
            snprintf(third, sizeof third, "%s", release->fingerprint);
        if (i == 1)
            assert_string_equal(first, third);
        fixture_free(fixture);
        free(fixture);
    }
    assert_string_not_equal(first, third);
}

static void check_floor(void **state)
{
    (void)state;
    struct fixture *fixture = calloc(1, sizeof *fixture);
    const struct release *release = NULL;
    assert_non_null(fixture);
    city(fixture, 1);
    struct policy low[4] = { policy_default, policy_default, policy_default, policy_default };
    low[0].answers_min = 9;
    low[1].heads_min = 4;
    low[2].percent_base = 19;
    low[3].decimal_base = 199;
    for (size_t i = 0; i < COUNT(low); i++)
        assert_int_equal(release_build(&fixture->arena, &fixture->inputs, &low[i], &release, NULL), STATUS_INPUT);
    fixture->inputs.wave_count = 0;
    assert_int_equal(release_build(&fixture->arena, &fixture->inputs, &policy_default, &release, NULL), STATUS_INPUT);
    assert_null(release);
    fixture_free(fixture);
    free(fixture);
}

/* Running out of memory anywhere is a status, never a crash and never half a release. */
static void check_memory(void **state)
{
    (void)state;
    struct fixture *fixture = calloc(1, sizeof *fixture);
    assert_non_null(fixture);
    city(fixture, 2);
    size_t failures = 0;
    for (size_t limit = 1024; limit < (64U << 20); limit += limit / 16 + 1) {
        struct arena arena;
        const struct release *release = NULL;
        arena_init(&arena, limit);
        enum status status = release_build(&arena, &fixture->inputs, &policy_default, &release, NULL);
        assert_true(status == STATUS_OK || status == STATUS_MEMORY);
        assert_true((status == STATUS_OK) == (release != NULL));
        failures += status == STATUS_MEMORY;
        arena_free(&arena);
        if (status == STATUS_OK)
            break;
    }
    assert_true(failures > 20);
    fixture_free(fixture);
    free(fixture);
}

/* An empty survey gives a release of signs, not a failure. */
static void check_empty(void **state)
{
    (void)state;
    struct fixture *fixture = calloc(1, sizeof *fixture);
    assert_non_null(fixture);
    fixture_init(fixture);
    fixture_add_unit(fixture, "city", UNIT_CITY, -1, false);
    fixture_wave(fixture, "2025", 2025, 1);
    const struct release *release = build(fixture);
    assert_int_not_equal(release_cell(release, "r1", "total", 0)->sign, SIGN_SHOWN);
    assert_int_equal(release_cell(release, "no", "such", 0)->sign, SIGN_PENDING);
    fixture_free(fixture);
    free(fixture);
}

/* HR keeps a line secret: the city's sum comes from a delivery without secret lines, and the unit says so. */
static void check_secret_line(void **state)
{
    (void)state;
    struct fixture *fixture = calloc(1, sizeof *fixture);
    assert_non_null(fixture);
    fixture_init(fixture);
    fixture_add_unit(fixture, "city", UNIT_CITY, -1, false);
    fixture_add_unit(fixture, "51", UNIT_DEPARTMENT, 0, false);
    fixture_add_unit(fixture, "52", UNIT_DEPARTMENT, 0, false);
    struct wave_inputs *wave = fixture_wave(fixture, "2025", 2025, 1);
    fixture_cube(fixture, 1, CUBE_ALL, '*', CUBE_ALL, 0, 0);
    fixture->cubes[0][0].suppressed = true;
    fixture_cube(fixture, 2, CUBE_ALL, '*', CUBE_ALL, 0, 12);
    fixture_cube(fixture, -1, 2, '*', CUBE_ALL, 0, 15);
    struct cube_query query = CUBE_CITY;
    query.german = 0;
    struct cube_sum sum = cube_sum(&fixture->inputs, &wave->cube, &query);
    assert_true(sum.heads > 14.5 && sum.heads < 15.5);
    assert_false(sum.hidden);
    query.department = 1;
    assert_true(cube_sum(&fixture->inputs, &wave->cube, &query).hidden);
    query.department = 2;
    assert_false(cube_sum(&fixture->inputs, &wave->cube, &query).hidden);
    fixture_free(fixture);
    free(fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        { "rules hold for every cell", check_rules, NULL, NULL, NULL },
        { "sums do not give departments away", check_differencing, NULL, NULL, NULL },
        { "departments have one base", check_bases, NULL, NULL, NULL },
        { "same input, same fingerprint", check_fingerprint, NULL, NULL, NULL },
        { "thresholds cannot be lowered", check_floor, NULL, NULL, NULL },
        { "memory failures are statuses", check_memory, NULL, NULL, NULL },
        { "a line HR keeps secret", check_secret_line, NULL, NULL, NULL },
        { "an empty survey", check_empty, NULL, NULL, NULL },
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
