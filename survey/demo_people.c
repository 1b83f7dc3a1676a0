/* Who works where in the demo city: posts, bands, sex, age, leadership; turnover between the years.
 * Origin, answers and response are other parts. */
#include "survey/demo_people.h"

void demo_generator(struct seeded *seeded, uint64_t seed, unsigned purpose, uint64_t key)
{
    seeded_init(seeded, seed * 0x9E3779B97F4A7C15u + key * 0xD1342543DE82EF95u + purpose * 0xA24BAED4963EE407u);
}

double demo_normal(struct seeded *seeded)
{
    double sum = -6.0;
    for (int i = 0; i < 12; i++)
        sum += seeded_unit(seeded);
    return sum;
}

size_t demo_draw(struct seeded *seeded, const unsigned weights[], size_t count)
{
    uint32_t total = 0;
    for (size_t i = 0; i < count; i++)
        total += weights[i];
    uint32_t left = seeded_below(seeded, total);
    size_t i = 0;
    while (i + 1 < count && left >= weights[i])
        left -= weights[i++];
    return i;
}

bool demo_chance(struct seeded *seeded, double probability)
{
    return seeded_unit(seeded) < probability;
}

void demo_choose(double weights[], size_t count, double target, double start, bool chosen[])
{
    for (int round = 0; round < 50; round++) {
        double full = 0.0;
        double open = 0.0;
        for (size_t i = 0; i < count; i++) {
            if (weights[i] >= 1.0)
                full += 1.0;
            else
                open += weights[i];
        }
        const double scale = open > 0.0 ? (target - full) / open : 1.0;
        if (scale < 0.0 || (scale > 0.999999 && scale < 1.000001))
            break;
        for (size_t i = 0; i < count; i++)
            if (weights[i] < 1.0)
                weights[i] = weights[i] * scale > 1.0 ? 1.0 : weights[i] * scale;
    }
    double sum = start;
    for (size_t i = 0; i < count; i++) {
        const uint64_t before = (uint64_t)sum;
        sum += weights[i];
        chosen[i] = (uint64_t)sum > before;
    }
}

const struct demo_year *demo_year(const struct demo_city *city, int year)
{
    for (size_t i = 0; i < DEMO_YEAR_COUNT; i++)
        if (city->years[i].year == year)
            return &city->years[i];
    return NULL;
}

unsigned demo_age_band(const struct demo_person *person)
{
    return person->age < 30 ? 1 : person->age < 40 ? 2 : person->age < 50 ? 3 : person->age < 60 ? 4 : 5;
}

static void draw_age(struct seeded *seeded, struct demo_person *person)
{
    static const unsigned young[] = { 17, 14, 6, 2, 1 };
    static const unsigned low[] = { 10, 20, 23, 30, 17 };
    static const unsigned high[] = { 4, 22, 28, 29, 17 };
    static const unsigned middle[] = { 13, 23, 23, 27, 14 };
    if (person->employment == 'A' || person->employment == 'P') {
        person->age = (uint8_t)(17 + 2 * demo_draw(seeded, young, COUNT(young)) + seeded_below(seeded, 2));
        person->tenure = 1;
        return;
    }
    const unsigned *weights = person->band == 1 ? low : person->band == 4 ? high : middle;
    const size_t decade = demo_draw(seeded, weights, 5);
    person->age = (uint8_t)(20 + 10 * decade + seeded_below(seeded, decade == 4 ? 7 : 10));
    const unsigned tenure[] = { 20, person->age >= 27 ? 30 : 5, person->age >= 34 ? 24 : 0,
                                person->age >= 42 ? 34 : 0 };
    person->tenure = (uint8_t)(1 + demo_draw(seeded, tenure, COUNT(tenure)));
}

static void draw_post(struct seeded *seeded, const struct demo_city *city, struct demo_person *person)
{
    const struct demo_profile *profile = &demo_profiles[city->units[person->unit].profile];
    const bool cares = profile == &demo_profiles[PROFILE_CARE] || profile == &demo_profiles[PROFILE_CULTURE];
    if (demo_chance(seeded, 0.055)) {
        person->band = 0;
        person->employment = 'A';
    } else if (cares && demo_chance(seeded, 0.04)) {
        person->band = 1;
        person->employment = 'P';
    } else {
        person->band = (uint8_t)(1 + demo_draw(seeded, profile->band, 4));
        const unsigned civil = person->band > 1 ? profile->civil[person->band - 2] : 0;
        person->employment = seeded_below(seeded, 100) < civil ? 'B' : 'T';
    }
    draw_age(seeded, person);
}

static void draw_sex(const struct demo_city *city, struct demo_year *year, double weights[], bool chosen[])
{
    struct seeded seeded;
    demo_generator(&seeded, city->seed, PURPOSE_POSTS, 1u << 30);
    for (size_t i = 0; i < year->person_count; i++) {
        const struct demo_profile *profile = &demo_profiles[city->units[year->persons[i].unit].profile];
        weights[i] = profile->women / 100.0;
    }
    demo_choose(weights, year->person_count, 0.59 * (double)year->person_count, seeded_unit(&seeded), chosen);
    for (size_t i = 0; i < year->person_count; i++) {
        const uint32_t other = seeded_below(&seeded, 1000);
        year->persons[i].sex = other < 1 ? 'd' : other < 2 ? 'x' : chosen[i] ? 'w' : 'm';
    }
}

/* Weight of a person when leaders of at least that level are chosen. */
static double leading(const struct demo_city *city, const struct demo_person *person, int level)
{
    static const double band[3][5] = {
        { 0.0, 0.30, 0.60, 1.4, 2.6 }, { 0.0, 0.05, 0.30, 1.0, 3.0 }, { 0.0, 0.01, 0.05, 0.5, 4.0 },
    };
    static const double age[5] = { 0.2, 0.8, 1.2, 1.2, 1.2 };
    if (person->employment == 'P')
        return 0.0;
    const bool section = city->units[person->unit].level == UNIT_SECTION;
    return 0.01 * band[level - 1][person->band] * age[demo_age_band(person) - 1] * (section || level == 1 ? 1.0 : 4.0);
}

/* Leadership of level 1 to 3: 22.8, 7.5 and 1.8 % of the staff (see the contradiction named in demo_city.h: 17 % of a
 * 17 % share and 24 % of the rest make 22.8 %), 43 % of them women. */
static void draw_leaders(const struct demo_city *city, struct demo_year *year, double weights[], bool chosen[])
{
    static const double share[3] = { 0.228, 0.075, 0.018 };
    struct seeded seeded;
    demo_generator(&seeded, city->seed, PURPOSE_LEAD, 0);
    for (int level = 1; level <= 3; level++) {
        for (int women = 0; women <= 1; women++) {
            for (size_t i = 0; i < year->person_count; i++) {
                const struct demo_person *person = &year->persons[i];
                const bool asked = (person->sex == 'w') == (women == 1) && person->leadership == level - 1;
                weights[i] = asked ? leading(city, person, level) : 0.0;
            }
            const double target = (women ? 0.43 : 0.57) * share[level - 1] * (double)year->person_count;
            demo_choose(weights, year->person_count, target, seeded_unit(&seeded), chosen);
            for (size_t i = 0; i < year->person_count; i++)
                if (chosen[i])
                    year->persons[i].leadership = (uint8_t)level;
        }
    }
}

/* The elected officials: the first person of each division leads it. */
static void seat_officials(const struct demo_city *city, struct demo_year *year)
{
    int last = -1;
    for (size_t i = 0; i < year->person_count; i++) {
        struct demo_person *person = &year->persons[i];
        if (city->units[person->unit].level != UNIT_DIVISION || person->unit == last)
            continue;
        last = person->unit;
        person->band = 4;
        person->employment = 'W';
        person->leadership = 3;
        person->age = person->age < 42 ? 52 : person->age;
    }
}

enum status demo_staff_first(struct arena *arena, struct demo_city *city, size_t staff, struct fail *fail)
{
    struct demo_year *year = &city->years[0];
    year->year = DEMO_YEAR_FIRST;
    year->persons = ARENA_NEW(arena, struct demo_person, staff);
    double *weights = ARENA_NEW(arena, double, staff);
    bool *chosen = ARENA_NEW(arena, bool, staff);
    if (year->persons == NULL || weights == NULL || chosen == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the demo city");
    uint64_t total = 0;
    for (size_t i = 0; i < city->unit_count; i++)
        total += city->units[i].weight;
    uint64_t sum = 0;
    for (size_t unit = 0; unit < city->unit_count; unit++) {
        sum += city->units[unit].weight;
        /* Cumulated quotas: the heads of all units add up to staff whatever its size. */
        for (; year->person_count < staff * sum / total; year->person_count++) {
            struct demo_person *person = &year->persons[year->person_count];
            struct seeded seeded;
            demo_generator(&seeded, city->seed, PURPOSE_POSTS, year->person_count);
            person->key = (uint32_t)year->person_count;
            person->unit = (uint16_t)unit;
            draw_post(&seeded, city, person);
        }
    }
    draw_sex(city, year, weights, chosen);
    draw_leaders(city, year, weights, chosen);
    seat_officials(city, year);
    return STATUS_OK;
}

/* A successor on the same post: younger; leaders come with some experience. */
static void hire(const struct demo_city *city, struct demo_person *person, uint32_t key, bool new_post)
{
    struct seeded seeded;
    demo_generator(&seeded, city->seed, PURPOSE_HIRE, key);
    const struct demo_person before = *person;
    *person = (struct demo_person){ .key = key, .unit = before.unit, .band = before.band, .tenure = 1,
                                    .employment = before.employment, .leadership = before.leadership };
    if (new_post)
        draw_post(&seeded, city, person);
    else if (before.employment == 'A' || before.employment == 'P')
        draw_age(&seeded, person);
    else
        person->age = (uint8_t)(before.leadership > 0 ? 34 + seeded_below(&seeded, 20)
                                                      : 22 + seeded_below(&seeded, 26));
    person->tenure = 1;
    person->sex = before.sex;
    const struct demo_profile *profile = &demo_profiles[city->units[person->unit].profile];
    if (new_post || demo_chance(&seeded, 0.25))
        person->sex = seeded_below(&seeded, 100) < profile->women ? 'w' : 'm';
}

static double leaving(const struct demo_person *person)
{
    if (person->employment == 'W')
        return 0.0;
    if (person->employment == 'A' || person->employment == 'P')
        return 0.03;
    return person->age >= 65 ? 0.09 : person->age >= 62 ? 0.02 : person->age < 35 ? 0.006 : 0.003;
}

enum status demo_staff_next(struct arena *arena, struct demo_city *city, size_t staff, struct fail *fail)
{
    const struct demo_year *before = &city->years[0];
    struct demo_year *year = &city->years[1];
    year->year = before->year + 1;
    year->person_count = staff;
    year->persons = ARENA_NEW(arena, struct demo_person, staff);
    double *weights = ARENA_NEW(arena, double, staff);
    bool *leaves = ARENA_NEW(arena, bool, staff);
    if (year->persons == NULL || weights == NULL || leaves == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the demo city");
    for (size_t i = 0; i < before->person_count; i++)
        weights[i] = leaving(&before->persons[i]);
    struct seeded seeded;
    demo_generator(&seeded, city->seed, PURPOSE_HIRE, UINT32_MAX);
    demo_choose(weights, before->person_count, 0.05 * (double)before->person_count, seeded_unit(&seeded), leaves);
    for (size_t i = 0; i < staff; i++) {
        struct demo_person *person = &year->persons[i];
        if (i < before->person_count) {
            *person = before->persons[i];
            person->age = (uint8_t)(person->age < 67 ? person->age + 1 : 67);
        } else {
            /* New posts are spread over the sections as the old ones are. */
            person->unit = before->persons[seeded_below(&seeded, (uint32_t)before->person_count)].unit;
        }
        if (i >= before->person_count || leaves[i])
            hire(city, person, (uint32_t)(before->person_count + i), i >= before->person_count);
    }
    return STATUS_OK;
}
