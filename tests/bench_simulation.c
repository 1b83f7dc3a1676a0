/* ./dev bench simulation: a thousand invented cities with known truth and people who do not answer, each through the
 * whole analysis up to the released figure. The 95 % ranges of R1, of a scale mean and of a difference must cover the
 * truth in 93 to 97 of 100 cities; the anchor check must find a response ratio of 0.8 as often as docs/method.md
 * promises, and raise no more than its share of false alarms. Seeded, not timed; takes minutes, and so is no part of
 * the test suite. Usage: bench_simulation [CITIES] */
#include "tests/analysis_fixture.h"

#include <gsl/gsl_cdf.h>

#include "base/env.h"

enum { DEPARTMENTS = 10, SMALL = 3345, LARGE = 10000, SCALE = 5, BANDS = 2, FIRST_BAND = 1 };
static const double foreign_share = 0.05;
static size_t cities = 1000;

struct whole { /* of everybody in the city, whether they answer or not */
    double people, history, score[2], of[2];
};

struct city {
    size_t staff;
    double relative;    /* how often people with immigration history answer, compared with others */
    bool by_department; /* response and share with history differ between departments: the weights' task */
    struct whole truth;
    double answers, foreign; /* answered */
    struct fixture *fixture;
};

static const char *const codes[] = { "1", "2", "3", "4", "5" };

static double about_normal(struct seeded *seeded)
{
    double sum = -6;
    for (int i = 0; i < 12; i++)
        sum += seeded_unit(seeded);
    return sum;
}

/* Answers to the five items of HM as levels 0..4; people with contact score higher. */
static double make_scores(struct seeded *seeded, bool contact, unsigned level[SCALE])
{
    double sum = 0;
    double attitude = about_normal(seeded) * 0.8 + (contact ? 0.4 : 0);
    for (size_t k = 0; k < SCALE; k++) {
        double value = floor(2.5 + attitude + about_normal(seeded) * 0.9);
        level[k] = value < 0 ? 0 : value > 4 ? 4 : (unsigned)value;
        sum += level[k];
    }
    return sum / SCALE * 25;
}

static void add_person(struct city *city, const char *department, size_t band, bool foreign, bool history, bool contact,
                       const unsigned level[SCALE])
{
    struct fixture *fixture = city->fixture;
    size_t row = fixture_person(fixture);
    city->answers++;
    city->foreign += foreign;
    fixture_answer(fixture, row, "D1", department);
    fixture_answer(fixture, row, "D2", codes[band]);
    fixture_answer(fixture, row, "KP1", contact ? "1" : "5");
    fixture_answer(fixture, row, "M1", foreign ? "3" : history ? "2" : "1");
    fixture_answer(fixture, row, "M2", history ? "2" : "1");
    fixture_answer(fixture, row, "M3", history ? "5" : "1");
    fixture_answer(fixture, row, "M4", history ? "5" : "1");
    fixture_answer(fixture, row, "M5", history ? "3" : "1");
    for (size_t k = 0; k < SCALE; k++) {
        char id[4] = { 'H', 'M', (char)('1' + k), '\0' };
        fixture_answer(fixture, row, id, codes[k % 2 == 1 ? 4 - level[k] : level[k]]);
    }
}

static void make_city(struct city *city, uint64_t seed)
{
    static const char *const ids[DEPARTMENTS] = { "50", "51", "52", "53", "54", "55", "56", "57", "58", "59" };
    struct seeded seeded;
    uint32_t heads[DEPARTMENTS][BANDS][2] = { 0 };
    struct fixture *fixture = calloc(1, sizeof *fixture);
    assert_non_null(fixture);
    city->fixture = fixture;
    fixture_init(fixture);
    seeded_init(&seeded, seed);
    fixture_add_unit(fixture, "city", UNIT_CITY, -1, false);
    for (size_t d = 0; d < DEPARTMENTS; d++)
        fixture_add_unit(fixture, ids[d], UNIT_DEPARTMENT, 0, false);
    fixture_wave(fixture, "2025", 2025, city->staff);
    for (size_t i = 0; i < city->staff; i++) {
        uint32_t d = seeded_below(&seeded, DEPARTMENTS);
        double history_share = city->by_department ? 0.10 + 0.02 * d : 0.17;
        double answers = city->by_department ? 0.30 + 0.04 * d : 0.40;
        double kind = seeded_unit(&seeded);
        bool foreign = kind < foreign_share, history = kind < history_share, contact = seeded_below(&seeded, 2) == 0;
        unsigned level[SCALE];
        size_t band = seeded_below(&seeded, BANDS);
        double score = make_scores(&seeded, contact, level);
        heads[d][band][!foreign]++;
        city->truth.people++;
        city->truth.history += history;
        city->truth.score[contact] += score;
        city->truth.of[contact]++;
        if (seeded_unit(&seeded) < answers * (history ? city->relative : 1))
            add_person(city, ids[d], band, foreign, history, contact, level);
    }
    for (size_t d = 0; d < DEPARTMENTS; d++)
        for (uint8_t cell = 0; cell < 2 * BANDS; cell++)
            fixture_cube(fixture, (int)d + 1, (uint8_t)(cell / 2 + FIRST_BAND), '*', CUBE_ALL, cell % 2,
                         heads[d][cell / 2][cell % 2]);
}

static void drop_city(struct city *city)
{
    fixture_free(city->fixture);
    free(city->fixture);
}

struct covered {
    const char *says, *table, *row;
    size_t column, shown, below, above; /* below: the whole range lies below the truth */
};

static void look(struct covered *covered, const struct release *release, double truth)
{
    const struct released *cell = release_cell(release, covered->table, covered->row, covered->column);
    assert_non_null(cell);
    if (cell->sign != SIGN_SHOWN)
        return;
    covered->shown++;
    covered->below += cell->high < truth;
    covered->above += cell->low > truth;
}

static void the_ranges_cover(void **state)
{
    (void)state;
    struct covered all[] = {
        { "share with immigration history (R1)", "r1", "total", 0, 0, 0, 0 },
        { "mean of a scale (K1)", "k1", "total", 0, 0, 0, 0 },
        { "difference of two groups (K1)", "k1.compare", "contact", 0, 0, 0, 0 },
        { "anchor check, everybody answers alike", "dq3", "wave", 2, 0, 0, 0 },
    };
    for (size_t i = 0; i < cities; i++) {
        struct city city = { .staff = SMALL, .relative = 1, .by_department = true };
        const struct release *release = NULL;
        struct fail fail = { 0 };
        make_city(&city, 1 + i);
        if (release_build(&city.fixture->arena, &city.fixture->inputs, &policy_default, &release, &fail) != STATUS_OK)
            fail_msg("%s", fail.what);
        const struct whole *truth = &city.truth;
        look(&all[0], release, 100 * truth->history / truth->people);
        look(&all[1], release, (truth->score[0] + truth->score[1]) / truth->people);
        look(&all[2], release, truth->score[1] / truth->of[1] - truth->score[0] / truth->of[0]);
        look(&all[3], release, 1);
        drop_city(&city);
    }
    bool good = true;
    for (size_t k = 0; k < COUNT(all); k++) {
        double share = 1 - (double)(all[k].below + all[k].above) / (double)all[k].shown;
        printf("%-40s covers in %5.1f %% of %zu cities (too low %zu, too high %zu)\n", all[k].says, 100 * share,
               all[k].shown, all[k].below, all[k].above);
        double slack = cities < 1000 ? 0.03 : 0;
        good = good && all[k].shown == cities && share >= 0.93 - slack && share <= 0.97 + slack;
    }
    assert_true(good);
}

/* The power docs/method.md promises: Φ(|ln r| / s − 1.96), s² = (1 − n/N)/(n p (1 − p)). */
static double promised(const struct city *city, double ratio, double answers, double foreign)
{
    double p = foreign / answers;
    double s = sqrt((1 - answers / (double)city->staff) / (answers * p * (1 - p)));
    return gsl_cdf_ugaussian_P(fabs(log(ratio)) / s - 1.959963985);
}

static void find_ratio(size_t staff, size_t runs)
{
    size_t found = 0;
    double answers = 0, foreign = 0;
    /* Foreigners answer 0.8 times as often; among the others, people with history do so too. */
    const double ratio = 0.8 / ((0.12 * 0.8 + 0.83) / 0.95);
    struct city city = { 0 };
    for (size_t i = 0; i < runs; i++) {
        const struct release *release = NULL;
        city = (struct city){ .staff = staff, .relative = 0.8 };
        make_city(&city, 1000000 + i);
        if (release_build(&city.fixture->arena, &city.fixture->inputs, &policy_default, &release, NULL) != STATUS_OK)
            fail_msg("the release cannot be built");
        const struct released *cell = release_cell(release, "dq3", "wave", 2);
        found += cell->sign == SIGN_SHOWN && cell->high < 1;
        answers += city.answers / (double)runs;
        foreign += city.foreign / (double)runs;
        drop_city(&city);
    }
    double share = (double)found / (double)runs, promise = promised(&city, ratio, answers, foreign);
    printf(
        "anchor check, response ratio 0.8, %zu staff, %.0f answers, %.0f without German citizenship: found in %.0f %% "
        "of %zu cities, promised %.0f %%\n",
        staff, answers, foreign, 100 * share, runs, 100 * promise);
    assert_true(fabs(share - promise) <= 0.02 + 3 * sqrt(promise * (1 - promise) / (double)runs));
}

static void the_anchor_check_keeps_its_promise(void **state)
{
    (void)state;
    find_ratio(SMALL, cities / 2);
    find_ratio(LARGE, cities / 5);
}

int main(int count, char **words)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(the_ranges_cover),
                                        cmocka_unit_test(the_anchor_check_keeps_its_promise) };
    if (count > 1)
        cities = (size_t)strtoul(words[1], NULL, 10);
    return cities < 20 || cities > 100000 ? 2 : cmocka_run_group_tests(tests, NULL, NULL);
}
