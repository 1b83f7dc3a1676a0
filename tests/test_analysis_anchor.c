/* Simulation: a city with 30,000 staff in which people with immigration history answer 0.8 times as often as others. The
 * anchor check must find it, the anchored share must come closer to the truth, and the ranges must cover. */
#include "tests/analysis_fixture.h"

#include "base/env.h"

#ifdef __SANITIZE_ADDRESS__
enum { RUNS = 12 }; /* eight times slower, and nothing new to find in the others */
#else
enum { RUNS = 40 };
#endif
enum { STAFF = 30000, DEPARTMENTS = 10 };
static const double history_share = 0.17, foreign_share = 0.05, others_answer = 0.40, relative = 0.8;

struct outcome {
    double r, r_low, r_high, plain, anchored, low, high;
};

static void simulate(uint64_t seed, struct outcome *outcome)
{
    static const char *const ids[DEPARTMENTS] = { "50", "51", "52", "53", "54", "55", "56", "57", "58", "59" };
    struct fixture *fixture = calloc(1, sizeof *fixture);
    struct seeded seeded;
    uint32_t heads[DEPARTMENTS][2] = { { 0 } };
    assert_non_null(fixture);
    fixture_init(fixture);
    seeded_init(&seeded, seed);
    fixture_add_unit(fixture, "city", UNIT_CITY, -1, false);
    for (size_t d = 0; d < DEPARTMENTS; d++)
        fixture_add_unit(fixture, ids[d], UNIT_DEPARTMENT, 0, false);
    fixture_wave(fixture, "2025", 2025, STAFF);
    for (size_t i = 0; i < STAFF; i++) {
        uint32_t d = seeded_below(&seeded, DEPARTMENTS);
        double kind = seeded_unit(&seeded);
        bool foreign = kind < foreign_share, history = kind < history_share;
        heads[d][!foreign]++;
        if (seeded_unit(&seeded) >= others_answer * (history ? relative : 1))
            continue;
        size_t row = fixture_person(fixture);
        fixture_answer(fixture, row, "D1", ids[d]);
        fixture_answer(fixture, row, "M1", foreign ? "3" : history ? "2" : "1");
        fixture_answer(fixture, row, "M2", history ? "2" : "1");
        fixture_answer(fixture, row, "M3", history ? "5" : "1");
        fixture_answer(fixture, row, "M4", history ? "5" : "1");
        fixture_answer(fixture, row, "M5", history ? "3" : "1");
    }
    for (size_t d = 0; d < DEPARTMENTS; d++)
        for (uint8_t german = 0; german < 2; german++)
            fixture_cube(fixture, (int)d + 1, CUBE_ALL, '*', CUBE_ALL, german, heads[d][german]);
    const struct release *release = NULL;
    struct fail fail = { 0 };
    if (release_build(&fixture->arena, &fixture->inputs, &policy_default, &release, &fail) != STATUS_OK)
        fail_msg("%s", fail.what);
    const struct released *r = release_cell(release, "dq3", "wave", 2);
    const struct released *share = release_cell(release, "dq3.anchored", "wave", 1);
    assert_int_equal(r->sign, SIGN_SHOWN);
    *outcome = (struct outcome){ r->value, r->low, r->high, release_cell(release, "r1", "total", 0)->value, share->value,
                                 share->low, share->high };
    fixture_free(fixture);
    free(fixture);
}

static void check_simulation(void **state)
{
    (void)state;
    /* Truth of the ratio of odds: the group without citizenship answers 0.8 times as often, but so do the other people
     * with history among the Germans, who are the comparison here. */
    double answer_foreign = relative * others_answer;
    double answer_german = ((history_share - foreign_share) * relative + (1 - history_share)) / (1 - foreign_share) *
                           others_answer;
    double truth = answer_foreign / answer_german;
    size_t covers_r = 0, covers_share = 0, closer = 0;
    double sum = 0;
    for (size_t i = 0; i < RUNS; i++) {
        struct outcome one;
        simulate(1000 + i, &one);
        sum += one.r;
        covers_r += one.r_low <= truth + 0.005 && truth <= one.r_high + 0.005;
        covers_share += one.low <= 100 * history_share + 0.05 && 100 * history_share <= one.high + 0.05;
        closer += fabs(one.anchored - 100 * history_share) < fabs(one.plain - 100 * history_share);
    }
    printf("r found %.3f (truth %.3f); range covers r %zu, share %zu, anchored closer %zu of %d\n", sum / RUNS, truth,
           covers_r, covers_share, closer, RUNS);
    assert_true(fabs(sum / RUNS - truth) < 0.03);
    assert_true(covers_r >= RUNS * 85 / 100);
    assert_true(covers_share >= RUNS * 85 / 100);
    assert_true(closer >= RUNS * 85 / 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = { { "the anchor check finds 0.8", check_simulation, NULL, NULL, NULL } };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
