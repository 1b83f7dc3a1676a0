/* Contracts, contact with residents, attitudes, experiences and the inclination to answer, person by person. */
#include "survey/demo_people.h"

static void draw_job(const struct demo_city *city, struct demo_person *person)
{
    static const unsigned desk[] = { 48, 28, 10, 11, 3 };
    static const unsigned back[] = { 4, 12, 14, 42, 28 };
    static const uint8_t part[] = { 50, 50, 60, 75, 75, 80, 30 };
    const struct demo_unit *unit = &city->units[person->unit];
    struct seeded seeded;
    demo_generator(&seeded, city->seed, PURPOSE_JOB, person->key);
    person->contact = (uint8_t)(1 + demo_draw(&seeded, unit->contact ? desk : back, 5));
    unsigned chance = demo_profiles[unit->profile].part_time;
    chance = person->sex == 'w' ? chance : chance / 5;
    chance = person->leadership > 1 ? chance / 3 : chance;
    const bool learns = person->employment == 'A' || person->employment == 'P' || person->employment == 'W';
    const bool reduced = seeded_below(&seeded, 100) < chance;
    person->fte = !learns && reduced ? part[seeded_below(&seeded, COUNT(part))] : 100;
}

static double fixed_weight(const struct demo_person *person)
{
    if (person->employment == 'P')
        return 1.0;
    if (person->employment != 'T' || person->leadership > 1)
        return 0.0;
    return (person->tenure == 1 ? 0.03 : 0.006) * (person->age < 40 ? 1.5 : 1.0);
}

/* Marks a share of those with (or without) an immigration history, by weight. */
static void mark(const struct demo_year *year, bool migration, double target, double start,
                 double (*weight)(const struct demo_person *), double weights[], bool chosen[])
{
    for (size_t i = 0; i < year->person_count; i++)
        weights[i] = year->persons[i].migration == migration ? weight(&year->persons[i]) : 0.0;
    demo_choose(weights, year->person_count, target, start, chosen);
}

/* More often where the climate is felt to be worse. */
static double worse_weight(const struct demo_person *person)
{
    const double climate = person->attitude[DEMO_IK];
    return climate < -0.7 ? 0.03 : climate < 0.3 ? 0.01 : 0.006;
}

enum status demo_job(struct arena *arena, const struct demo_city *city, struct demo_year *year, struct fail *fail)
{
    double *weights = ARENA_NEW(arena, double, year->person_count);
    bool *chosen = ARENA_NEW(arena, bool, year->person_count);
    if (weights == NULL || chosen == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the demo city");
    struct seeded seeded;
    demo_generator(&seeded, city->seed, PURPOSE_WORSE, (uint64_t)year->year);
    for (int migration = 0; migration <= 1; migration++) {
        size_t heads = 0;
        size_t settled = 0; /* not in training */
        for (size_t i = 0; i < year->person_count; i++) {
            const struct demo_person *person = &year->persons[i];
            heads += person->migration == (migration == 1);
            settled += person->migration == (migration == 1) && person->employment != 'A';
        }
        const bool with = migration == 1;
        mark(year, with, (with ? 0.16 : 0.10) * (double)settled, seeded_unit(&seeded), fixed_weight, weights, chosen);
        for (size_t i = 0; i < year->person_count; i++)
            if (year->persons[i].migration == with)
                year->persons[i].fixed_term = chosen[i] || year->persons[i].employment == 'A';
        mark(year, with, (with ? 0.27 : 0.11) * (double)heads, seeded_unit(&seeded), worse_weight, weights, chosen);
        for (size_t i = 0; i < year->person_count; i++)
            if (year->persons[i].migration == with)
                year->persons[i].worse = chosen[i];
    }
    for (size_t i = 0; i < year->person_count; i++)
        draw_job(city, &year->persons[i]);
    return STATUS_OK;
}

/* Standardised attitudes: a common part, a part of the department, and differences between groups that the reports are
 * to find: lower climate with an immigration history, better structures seen from above. Sizes are assumptions. */
void demo_attitudes(const struct demo_city *city, struct demo_person *person)
{
    static const double with[DEMO_SCALE_COUNT] = { 0.30, 0.25, 0.15, 0.15, -0.10, -0.45 };
    static const double leads[DEMO_SCALE_COUNT] = { 0.10, 0.25, 0.10, 0.00, 0.35, 0.30 };
    static const double desk[DEMO_SCALE_COUNT] = { 0.15, 0.20, 0.05, 0.10, -0.10, 0.00 };
    struct seeded own;
    struct seeded shared;
    demo_generator(&own, city->seed, PURPOSE_PERSON, person->key);
    demo_generator(&shared, city->seed, PURPOSE_PERSON, (1u << 31) + (uint64_t)demo_department(city, person->unit));
    const double common = demo_normal(&own);
    for (size_t scale = 0; scale < DEMO_SCALE_COUNT; scale++) {
        double value = 0.4 * common + 0.9 * demo_normal(&own) + 0.25 * demo_normal(&shared);
        value += person->migration ? with[scale] : 0.0;
        value += person->leadership > 0 ? leads[scale] : 0.0;
        value += city->units[person->unit].contact ? desk[scale] : 0.0;
        person->attitude[scale] = value;
    }
}

/* Department rates lie between 12 and 60 %, their staff-weighted mean is the wave's response. */
static void department_rates(const struct demo_city *city, const struct demo_year *year, double response,
                             double rates[], double heads[])
{
    double wave_factor = 1.0;
    for (size_t unit = 0; unit < city->unit_count; unit++) {
        struct seeded seeded;
        demo_generator(&seeded, city->seed, PURPOSE_RESPONSE, unit);
        rates[unit] = demo_profiles[city->units[unit].profile].answering / 100.0 * (0.55 + 0.9 * seeded_unit(&seeded));
        heads[unit] = 0.0;
    }
    for (size_t i = 0; i < year->person_count; i++)
        heads[demo_department(city, year->persons[i].unit)] += 1.0;
    for (int round = 0; round < 60; round++) {
        double expected = 0.0;
        for (size_t unit = 0; unit < city->unit_count; unit++) {
            rates[unit] *= wave_factor;
            rates[unit] = rates[unit] < 0.12 ? 0.12 : rates[unit] > 0.60 ? 0.60 : rates[unit];
            expected += heads[unit] * rates[unit];
        }
        wave_factor = response * (double)year->person_count / expected;
    }
}

/* Sets propensities so that each department keeps its rate; ratio is with / without within a department. Returns the
 * ratio over the whole staff, which differs because the departments differ in both. */
static double set_propensities(const struct demo_city *city, struct demo_year *year, const double rates[],
                               const double heads[], double relative[], double ratio)
{
    for (size_t unit = 0; unit < city->unit_count; unit++)
        relative[unit] = 0.0;
    for (size_t i = 0; i < year->person_count; i++) {
        struct demo_person *person = &year->persons[i];
        /* The band can be weighted away with HR's margins; the immigration history cannot: it is the built-in bias. */
        person->propensity = (person->migration ? ratio : 1.0) * (person->band == 1 ? 0.8 : 1.0);
        relative[demo_department(city, person->unit)] += person->propensity;
    }
    double sum[2] = { 0.0, 0.0 };
    double count[2] = { 0.0, 0.0 };
    for (size_t i = 0; i < year->person_count; i++) {
        struct demo_person *person = &year->persons[i];
        const int unit = demo_department(city, person->unit);
        person->propensity *= rates[unit] * heads[unit] / relative[unit];
        person->propensity = person->propensity > 0.95 ? 0.95 : person->propensity;
        sum[person->migration] += person->propensity;
        count[person->migration] += 1.0;
    }
    return sum[0] > 0.0 && count[1] > 0.0 ? sum[1] / count[1] / (sum[0] / count[0]) : ratio;
}

enum status demo_response(struct arena *arena, const struct demo_city *city, struct demo_year *year, struct fail *fail)
{
    double *rates = ARENA_NEW(arena, double, city->unit_count);
    double *heads = ARENA_NEW(arena, double, city->unit_count);
    double *relative = ARENA_NEW(arena, double, city->unit_count);
    if (rates == NULL || heads == NULL || relative == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the demo city");
    department_rates(city, year, year == &city->years[0] ? 0.27 : 0.38, rates, heads);
    double ratio = 0.8;
    for (int round = 0; round < 12; round++)
        ratio *= 0.8 / set_propensities(city, year, rates, heads, relative, ratio);
    set_propensities(city, year, rates, heads, relative, ratio);
    struct seeded seeded;
    demo_generator(&seeded, city->seed, PURPOSE_RESPONSE, 1000000u + (uint64_t)year->year);
    double sum = seeded_unit(&seeded);
    /* Systematic along citizenship, origin and place: the wave's total and both ratios come out as planned. */
    for (int group = 0; group < 3; group++) {
        for (size_t i = 0; i < year->person_count; i++) {
            struct demo_person *person = &year->persons[i];
            if ((person->facts[0] == 3 ? 2 : person->migration ? 1 : 0) != group)
                continue;
            const uint64_t before = (uint64_t)sum;
            sum += person->propensity;
            person->responds = (uint64_t)sum > before;
        }
    }
    return STATUS_OK;
}

bool demo_responds(const struct demo_city *city, int year, size_t person)
{
    const struct demo_year *staff = demo_year(city, year);
    return staff != NULL && person < staff->person_count && staff->persons[person].responds;
}
