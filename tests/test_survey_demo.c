/* The demo city: the same everywhere, HR's files agree with each other, magnitudes of schema.md
 * section 7. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "survey/demo_city.h"

struct world {
    struct arena arena;
    struct demo_city city;
    struct demo_truth truth[DEMO_YEAR_COUNT];
};

static int make_world(void **state)
{
    struct world *world = calloc(1, sizeof *world);
    if (world == NULL)
        return -1;
    *state = world;
    arena_init(&world->arena, (size_t)64 << 20);
    if (demo_city_create(&world->arena, DEMO_STAFF_DEFAULT, DEMO_SEED_DEFAULT, &world->city, NULL) != STATUS_OK)
        return -1;
    for (size_t i = 0; i < DEMO_YEAR_COUNT; i++)
        demo_truth(&world->city, DEMO_YEAR_FIRST + (int)i, &world->truth[i]);
    return 0;
}

static int end_world(void **state)
{
    struct world *world = *state;
    arena_free(&world->arena);
    free(world);
    return 0;
}

/* Everything the city can write, one after the other. */
static void write_all(const struct demo_city *city, struct arena *arena, struct buf *out)
{
    buf_init(out, (size_t)16 << 20);
    for (int year = DEMO_YEAR_FIRST; year < DEMO_YEAR_FIRST + DEMO_YEAR_COUNT; year++) {
        demo_units_csv(city, year, out);
        assert_int_equal(demo_workforce_csv(arena, city, year, out, NULL), STATUS_OK);
    }
    demo_population_csv(out);
    for (const struct demo_file *file = demo_files; file->kind != NULL; file++)
        file->write(arena, city, out);
    demo_truth_json(city, out);
    assert_false(out->failed);
}

static void same_seed_same_bytes(void **state)
{
    struct world *world = *state;
    struct buf first, second, other;
    struct demo_city again;
    struct arena arena;
    arena_init(&arena, (size_t)64 << 20);
    write_all(&world->city, &arena, &first);
    assert_int_equal(demo_city_create(&arena, DEMO_STAFF_DEFAULT, DEMO_SEED_DEFAULT, &again, NULL), STATUS_OK);
    write_all(&again, &arena, &second);
    assert_int_equal(first.length, second.length);
    assert_memory_equal(first.bytes, second.bytes, first.length);
    assert_int_equal(demo_city_create(&arena, DEMO_STAFF_DEFAULT, DEMO_SEED_DEFAULT + 1, &again, NULL), STATUS_OK);
    write_all(&again, &arena, &other);
    assert_true(first.length != other.length || memcmp(first.bytes, other.bytes, first.length) != 0);
    buf_free(&first);
    buf_free(&second);
    buf_free(&other);
    arena_free(&arena);
}

/* FNV-1a over everything: differs when a compiler, a machine or a change moves a single number. Change it knowingly. */
static void bytes_of_the_default_seed(void **state)
{
    struct world *world = *state;
    struct buf all;
    write_all(&world->city, &world->arena, &all);
    uint64_t hash = 0xCBF29CE484222325u;
    for (size_t i = 0; i < all.length; i++)
        hash = (hash ^ (unsigned char)all.bytes[i]) * 0x100000001B3u;
    buf_free(&all);
    assert_int_equal(hash, 0x43a84d24c745d5e3u);
}

struct margins {
    uint64_t heads[4], fte[4]; /* per delivery */
    uint64_t german[4];        /* heads with a German passport */
    uint64_t band[4][5];
};

enum { COLUMN_UNIT = 1, COLUMN_BAND = 2, COLUMN_EMPLOYMENT = 3, COLUMN_GERMAN = 9, COLUMN_HEADS = 10, COLUMN_FTE = 11 };

/* Adds one line of the cube; unit heads of the first two deliveries go to frame and citizenship. */
static void add_line(const struct demo_city *city, char *line, struct margins *margins, uint64_t *frame,
                     uint64_t *passport)
{
    char *fields[12] = { NULL };
    size_t count = 0;
    for (char *rest = line; rest != NULL && count < 12; count++) {
        fields[count] = rest;
        rest = strchr(rest, ';');
        if (rest != NULL)
            *rest++ = '\0';
    }
    assert_int_equal(count, 12);
    const bool by_unit = fields[COLUMN_UNIT][0] != '*';
    const bool by_german = fields[COLUMN_GERMAN][0] != '*';
    const size_t delivery = by_unit ? (by_german ? 1 : 0) : fields[COLUMN_BAND][0] != '*' ? 2 : 3;
    const uint64_t heads = strtoull(fields[COLUMN_HEADS], NULL, 10);
    char *cents = NULL;
    margins->heads[delivery] += heads;
    margins->fte[delivery] += 100 * strtoull(fields[COLUMN_FTE], &cents, 10);
    assert_int_equal(*cents, ',');
    margins->fte[delivery] += strtoull(cents + 1, NULL, 10);
    if (fields[COLUMN_GERMAN][0] == '1')
        margins->german[delivery] += heads;
    if (fields[COLUMN_BAND][0] != '*')
        margins->band[delivery][fields[COLUMN_BAND][0] - '0'] += heads;
    for (size_t i = 0; by_unit && i < city->unit_count; i++)
        if (strcmp(city->units[i].id, fields[COLUMN_UNIT]) == 0)
            *(delivery == 0 ? &frame[i] : &passport[i]) += heads;
}

static void deliveries_agree(void **state)
{
    struct world *world = *state;
    for (int year = DEMO_YEAR_FIRST; year < DEMO_YEAR_FIRST + DEMO_YEAR_COUNT; year++) {
        struct buf csv;
        struct margins margins = { .heads = { 0 } };
        uint64_t frame[256] = { 0 }, passport[256] = { 0 };
        buf_init(&csv, (size_t)4 << 20);
        assert_int_equal(demo_workforce_csv(&world->arena, &world->city, year, &csv, NULL), STATUS_OK);
        char *rest = NULL;
        size_t lines = 0;
        for (char *line = strtok_r(csv.bytes, "\r\n", &rest); line != NULL; line = strtok_r(NULL, "\r\n", &rest))
            if (lines++ > 0)
                add_line(&world->city, line, &margins, frame, passport);
        buf_free(&csv);
        for (size_t i = 0; i < 4; i++) {
            assert_int_equal(margins.heads[i], demo_year(&world->city, year)->person_count);
            assert_int_equal(margins.fte[i], margins.fte[0]);
            if (i > 0)
                assert_int_equal(margins.german[i], margins.german[1]);
        }
        assert_memory_equal(margins.band[0], margins.band[2], sizeof margins.band[0]);
        assert_memory_equal(frame, passport, sizeof frame);
    }
}

static void encodings_differ(void **state)
{
    struct world *world = *state;
    struct buf old, new, read;
    buf_init(&old, 100000);
    buf_init(&new, 100000);
    buf_init(&read, 100000);
    demo_units_csv(&world->city, 2024, &old);
    demo_units_csv(&world->city, 2025, &new);
    enum encoding encoding = ENCODING_UTF8;
    assert_false(utf8_valid(old.bytes, old.length));
    assert_true(utf8_valid(new.bytes, new.length));
    assert_int_equal(utf8_import(old.bytes, old.length, &read, &encoding, NULL), STATUS_OK);
    assert_int_equal(encoding, ENCODING_WINDOWS_1252);
    assert_non_null(strstr(read.bytes, "Dezernat III – Bürgerservice"));
    assert_null(strchr(read.bytes, '?'));
    buf_free(&old);
    buf_free(&new);
    buf_free(&read);
}

static void structure_is_a_tree(void **state)
{
    struct world *world = *state;
    size_t levels[UNIT_ENTERPRISE + 1] = { 0 };
    size_t small = 0;
    for (size_t i = 0; i < world->city.unit_count; i++) {
        const struct demo_unit *unit = &world->city.units[i];
        levels[unit->level]++;
        assert_true(unit->parent < (int)i && (unit->parent >= 0) == (i > 0));
        if (i > 0)
            assert_true(world->city.units[unit->parent].level < unit->level);
        size_t heads = 0;
        for (size_t j = 0; j < world->city.years[1].person_count; j++) {
            const struct demo_unit *home = &world->city.units[world->city.years[1].persons[j].unit];
            heads += home == unit || (home->parent >= 0 && &world->city.units[home->parent] == unit);
        }
        small += unit->level == UNIT_DEPARTMENT && heads < 30;
    }
    assert_int_equal(levels[UNIT_CITY], 1);
    assert_int_equal(levels[UNIT_DIVISION], 6);
    assert_int_equal(levels[UNIT_DEPARTMENT], 25);
    assert_in_range(levels[UNIT_SECTION], 100, 120);
    assert_in_range(small, 1, 10); /* some departments are below 30 heads */
}

static void turnover_is_small(void **state)
{
    struct world *world = *state;
    size_t stays = 0;
    for (size_t i = 0; i < world->city.years[0].person_count; i++)
        stays += world->city.years[0].persons[i].key == world->city.years[1].persons[i].key;
    assert_in_range(stays * 1000 / world->city.years[0].person_count, 945, 955);
    /* Four points of 100 in one year is more than programmes of one year have brought anywhere we know of. */
    for (size_t i = 0; i < DEMO_SCALE_COUNT; i++)
        assert_true(fabs(world->truth[1].scale[i] - world->truth[0].scale[i]) < 4.0);
}

static void staff_is_bounded(void **state)
{
    struct world *world = *state;
    struct demo_city city;
    struct arena arena;
    arena_init(&arena, (size_t)64 << 20);
    assert_int_equal(demo_city_create(&arena, DEMO_STAFF_MIN - 1, 1, &city, NULL), STATUS_INPUT);
    assert_int_equal(demo_city_create(&arena, DEMO_STAFF_MAX + 1, 1, &city, NULL), STATUS_INPUT);
    assert_int_equal(demo_city_create(&arena, DEMO_STAFF_MIN, 1, &city, NULL), STATUS_OK);
    assert_int_equal(city.years[1].person_count, DEMO_STAFF_MIN);
    assert_int_equal(demo_city_create(&arena, DEMO_STAFF_MAX, 1, &city, NULL), STATUS_OK);
    assert_int_equal(city.years[1].person_count, DEMO_STAFF_MAX);
    assert_false(demo_responds(&world->city, 2023, 0));
    assert_false(demo_responds(&world->city, 2025, DEMO_STAFF_DEFAULT));
    arena_free(&arena);
}

#define YEARS(field) offsetof(struct demo_truth, field)
/* Both years must lie between; figures of schema.md section 7 unless the row says otherwise. */
static struct magnitude {
    const char *name;
    size_t field;
    double low[DEMO_YEAR_COUNT], high[DEMO_YEAR_COUNT];
} magnitudes[] = {
    { "women are 59 %", YEARS(women), { 0.58, 0.58 }, { 0.60, 0.60 } },
    { "women are 43 % of managers", YEARS(women_leading), { 0.42, 0.42 }, { 0.44, 0.44 } },
    { "3.1 % have no German passport", YEARS(definition[DEFINITION_STAATSANG]), { 0.029, 0.029 }, { 0.033, 0.033 } },
    { "immigration history is 17 %", YEARS(definition[DEFINITION_TINTG_2021]), { 0.168, 0.168 }, { 0.172, 0.185 } },
    { "the older cut-off gives more", YEARS(definition[DEFINITION_TINTG_2012]), { 0.172, 0.175 }, { 0.19, 0.20 } },
    { "up to 29 years: 30 %", YEARS(migration_age[0]), { 0.26, 0.26 }, { 0.34, 0.34 } },
    { "30 to 39 years: 24 %", YEARS(migration_age[1]), { 0.21, 0.21 }, { 0.27, 0.27 } },
    { "40 to 49 years: 18 %", YEARS(migration_age[2]), { 0.15, 0.15 }, { 0.21, 0.21 } },
    { "50 to 59 years: 11 %", YEARS(migration_age[3]), { 0.09, 0.09 }, { 0.13, 0.13 } },
    { "60 years and more: 6 %", YEARS(migration_age[4]), { 0.04, 0.04 }, { 0.08, 0.08 } },
    { "trainees: 33 %", YEARS(migration_band[0]), { 0.28, 0.28 }, { 0.38, 0.38 } },
    { "band 1: 30 %", YEARS(migration_band[1]), { 0.27, 0.27 }, { 0.33, 0.33 } },
    { "band 2: 18 %", YEARS(migration_band[2]), { 0.16, 0.16 }, { 0.20, 0.20 } },
    { "band 3: 14 %", YEARS(migration_band[3]), { 0.11, 0.11 }, { 0.16, 0.16 } },
    { "band 4: 11 %", YEARS(migration_band[4]), { 0.08, 0.08 }, { 0.14, 0.14 } },
    { "17 % of those with lead", YEARS(leading_with), { 0.155, 0.155 }, { 0.185, 0.185 } },
    { "24 % of those without lead", YEARS(leading_without), { 0.23, 0.23 }, { 0.25, 0.25 } },
    { "fixed-term with: 16 %", YEARS(fixed_with), { 0.15, 0.15 }, { 0.17, 0.17 } },
    { "fixed-term without: 10 %", YEARS(fixed_without), { 0.095, 0.095 }, { 0.105, 0.105 } },
    { "worse treatment with: 27 %", YEARS(worse_with), { 0.26, 0.26 }, { 0.28, 0.28 } },
    { "worse treatment without: 11 %", YEARS(worse_without), { 0.105, 0.105 }, { 0.115, 0.115 } },
    { "response is 27 and 38 %", YEARS(response), { 0.265, 0.375 }, { 0.275, 0.385 } },
    { "response ratio is 0.8", YEARS(response_ratio), { 0.78, 0.78 }, { 0.82, 0.82 } },
    { "lowest department above 12 %", YEARS(response_low), { 0.12, 0.12 }, { 0.25, 0.25 } },
    { "highest department below 60 %", YEARS(response_high), { 0.45, 0.45 }, { 0.6001, 0.6001 } },
};

static struct world *shared_world; /* cmocka has one state for the group and one for the row */

static void check_magnitude(void **state)
{
    const struct magnitude *row = *state;
    for (size_t i = 0; i < DEMO_YEAR_COUNT; i++) {
        double value = 0.0;
        memcpy(&value, (const char *)&shared_world->truth[i] + row->field, sizeof value);
        if (value < row->low[i] || value > row->high[i])
            fail_msg("%d: %.4f is not between %.4f and %.4f", shared_world->truth[i].year, value, row->low[i],
                     row->high[i]);
    }
}

int main(void)
{
    static const struct {
        const char *name;
        CMUnitTestFunction run;
    } checks[] = {
        { "the same seed gives the same bytes", same_seed_same_bytes },
        { "the default seed's bytes are known", bytes_of_the_default_seed },
        { "V12: the four deliveries agree", deliveries_agree },
        { "2024 is Windows-1252, 2025 UTF-8", encodings_differ },
        { "V06: one root, levels descend", structure_is_a_tree },
        { "about 5 % leave, trends are small", turnover_is_small },
        { "staff has bounds", staff_is_bounded },
    };
    struct CMUnitTest tests[COUNT(checks) + COUNT(magnitudes)];
    void *world = NULL;
    if (make_world(&world) != 0)
        return 1;
    shared_world = world;
    for (size_t i = 0; i < COUNT(checks); i++)
        tests[i] = (struct CMUnitTest){ checks[i].name, checks[i].run, NULL, NULL, world };
    for (size_t i = 0; i < COUNT(magnitudes); i++)
        tests[COUNT(checks) + i] =
            (struct CMUnitTest){ magnitudes[i].name, check_magnitude, NULL, NULL, &magnitudes[i] };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    end_world(&world);
    return failed;
}
