/* S2 against somebody who subtracts: published hours of a total minus published hours of its parts never leave the hours of fewer
 * than five people. */
#include "tests/analysis_fixture.h"

#include "base/env.h"

enum { UNITS = 8, TONGUES = 5, LEAST = 5, DRAWS = 150 };
static const char *const tongues[TONGUES] = { "tur", "ara", "pol", "rus", "kur" };
static const double month = 52.0 / 12;

struct world {
    struct fixture fixture;
    struct demand demands[UNITS * (TONGUES + 1)];
    struct supply supplies[UNITS * TONGUES];
    uint32_t willing[UNITS][TONGUES];
    uint32_t contacts[UNITS][TONGUES];
    double minutes[UNITS][TONGUES];
    const struct release *release;
};

static void draw_unit(struct world *world, struct seeded *seeded, int d)
{
    struct registers *registers = &world->fixture.inputs.registers;
    uint32_t all = 0;
    struct demand *sum = &world->demands[registers->demand_count++];
    for (int t = 0; t < TONGUES; t++) {
        const bool some = seeded_below(seeded, 3) > 0;
        world->contacts[d][t] = some ? 1 + seeded_below(seeded, seeded_below(seeded, 2) == 0 ? 6 : 60) : 0;
        world->willing[d][t] = seeded_below(seeded, 3) > 0 ? seeded_below(seeded, 9) : 0;
        world->minutes[d][t] = 10 + seeded_below(seeded, 120);
        all += world->contacts[d][t];
        if (some)
            world->demands[registers->demand_count++] = (struct demand){
                .from = 20250303, .until = 20250316, .unit = d + 1, .tongue = tongues[t], .contacts = 900,
                .in_need = world->contacts[d][t], .minutes = world->minutes[d][t], .wait_days = NAN };
        if (world->willing[d][t] > 0)
            world->supplies[registers->supply_count++] = (struct supply){
                .day = 20250630, .unit = d + 1, .tongue = tongues[t], .people = world->willing[d][t], .willing = world->willing[d][t],
                .hours = world->willing[d][t] * (1 + seeded_below(seeded, 9)) };
    }
    *sum = (struct demand){ .from = 20250303, .until = 20250316, .unit = d + 1, .tongue = "*", .contacts = 900, .in_need = all,
                            .minutes = 12, .wait_days = NAN };
}

static void draw(struct world *world, struct seeded *seeded)
{
    static const char *const ids[UNITS] = { "11", "12", "13", "14", "15", "16", "17", "18" };
    struct fail fail = { 0 };
    fixture_init(&world->fixture);
    fixture_add_unit(&world->fixture, "city", UNIT_CITY, -1, false);
    for (int d = 0; d < UNITS; d++)
        fixture_add_unit(&world->fixture, ids[d], UNIT_DEPARTMENT, 0, true);
    fixture_wave(&world->fixture, "2025", 2025, 10);
    for (int d = 0; d < UNITS; d++)
        fixture_cube(&world->fixture, d + 1, CUBE_ALL, '*', CUBE_ALL, 1, 100);
    struct registers *registers = &world->fixture.inputs.registers;
    registers->demands = world->demands;
    registers->supplies = world->supplies;
    registers->demand_count = registers->supply_count = 0;
    for (int d = 0; d < UNITS; d++)
        draw_unit(world, seeded, d);
    if (release_build(&world->fixture.arena, &world->fixture.inputs, &policy_default, &world->release, &fail) != STATUS_OK)
        fail_msg("%s", fail.what);
}

static enum release_sign sign(const struct world *world, const char *table, const char *prefix, const char *id, size_t column)
{
    char row[24];
    snprintf(row, sizeof row, "%s.%s", prefix, id);
    return release_cell(world->release, table, row, column)->sign;
}

/* City minus the departments whose coverage is told. Returns whether there was anything to hide. */
static bool check_willing(const struct world *world)
{
    bool closed = false;
    for (int t = 0; t < TONGUES; t++) {
        uint32_t others = 0, told = 0;
        for (int d = 0; d < UNITS; d++) {
            const uint32_t willing = world->willing[d][t];
            const char *id = world->fixture.units[d + 1].id;
            const bool shown = sign(world, "s2.unit", "unit", id, 1) == SIGN_SHOWN;
            others += willing;
            told += shown && willing >= LEAST ? willing : 0;
            closed = closed || sign(world, "s2.unit", "unit", id, 1) == SIGN_SECRET;
        }
        others -= told;
        if (told > 0 && others > 0 && others < LEAST)
            fail_msg("%u people who speak %s are left when %u are taken away", others, tongues[t], told);
    }
    return closed;
}

/* Hours and contacts of what is not shown, beside a total everybody knows; one hidden row alone is the difference. */
static void check_needed(const struct world *world, bool by_unit)
{
    double left = 0;
    uint32_t asked = 0;
    size_t hidden = 0;
    for (int i = 0; i < (by_unit ? UNITS : TONGUES); i++) {
        double hours = 0;
        uint32_t contacts = 0;
        for (int k = 0; k < (by_unit ? TONGUES : UNITS); k++) {
            const int d = by_unit ? i : k, t = by_unit ? k : i;
            hours += world->contacts[d][t] * world->minutes[d][t] / 60 / 2 * month;
            contacts += world->contacts[d][t];
        }
        const enum release_sign found = by_unit ? sign(world, "s2.unit", "unit", world->fixture.units[i + 1].id, 0)
                                                : sign(world, "s2.tongue", "tongue", tongues[i], 1);
        if (contacts > 0 && contacts < LEAST)
            assert_true(found != SIGN_SHOWN);
        if (found == SIGN_SHOWN || contacts == 0)
            continue;
        left += hours;
        asked += contacts;
        hidden++;
    }
    if (release_cell(world->release, "s2", "total", 2)->sign != SIGN_SHOWN)
        return;
    if (hidden == 1 || (asked > 0 && (asked < LEAST || left < LEAST)))
        fail_msg("%zu hidden rows, %u contacts and %g hours are left", hidden, asked, left);
}

static void nobody_is_left_over(void **state)
{
    struct seeded seeded;
    struct world *world = calloc(1, sizeof *world);
    size_t closed = 0;
    (void)state;
    assert_non_null(world);
    seeded_init(&seeded, 11);
    for (int i = 0; i < DRAWS; i++) {
        draw(world, &seeded);
        closed += check_willing(world);
        check_needed(world, true);
        check_needed(world, false);
        fixture_free(&world->fixture);
    }
    assert_true(closed > DRAWS / 10 && closed < DRAWS); /* the draws ask the question, and something is told */
    free(world);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(nobody_is_left_over) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
