/* Immigration history, citizenship, M1..M5 and jobs of the demo city's staff.
 * The shares by age, band and leadership are fitted to schema.md section 7 by raking (Deming and Stephan 1940, Annals
 * of Mathematical Statistics 11:427-444), on odds instead of counts. */
#include "survey/demo_people.h"


enum { CLASS_AGE = 5, CLASS_BAND = 5, CLASS_LEAD = 3 };

struct raking {
    double age[CLASS_AGE], band[CLASS_BAND], lead[CLASS_LEAD];
};

static const double total_share = 0.17;
static const double age_share[CLASS_AGE] = { 0.30, 0.24, 0.18, 0.11, 0.06 };
static const double band_share[CLASS_BAND] = { 0.33, 0.30, 0.18, 0.14, 0.11 };
/* None, level 1, levels 2 and 3: the second follows from "17 % of those with lead, 24 % of the others". */
static const double lead_share[CLASS_LEAD] = { 0.183, 0.145, 0.09 };

static size_t lead_class(const struct demo_person *person)
{
    return person->leadership == 0 ? 0 : person->leadership == 1 ? 1 : 2;
}

static double probability(const struct demo_city *city, const struct raking *raking, const struct demo_person *person)
{
    const double odds = raking->age[demo_age_band(person) - 1] * raking->band[person->band] *
                        raking->lead[lead_class(person)] * demo_profiles[city->units[person->unit].profile].migration;
    return odds / (1.0 + odds);
}

/* Moves the factors of one margin so that its expected shares become shares, scaled so that they sum to the total. */
static void rake(const struct demo_city *city, const struct demo_year *year, struct raking *raking, double factors[],
                 const double shares[], size_t count, size_t (*class_of)(const struct demo_person *))
{
    double heads[5] = { 0.0 };
    double expected[5] = { 0.0 };
    for (size_t i = 0; i < year->person_count; i++) {
        const size_t class = class_of(&year->persons[i]);
        heads[class] += 1.0;
        expected[class] += probability(city, raking, &year->persons[i]);
    }
    double wanted = 0.0;
    for (size_t i = 0; i < count; i++)
        wanted += heads[i] * shares[i];
    const double scale = wanted > 0.0 ? total_share * (double)year->person_count / wanted : 1.0;
    for (size_t i = 0; i < count; i++)
        if (expected[i] > 0.0)
            factors[i] *= shares[i] * scale * heads[i] / expected[i];
}

static size_t age_class(const struct demo_person *person)
{
    return demo_age_band(person) - 1;
}

static size_t band_class(const struct demo_person *person)
{
    return person->band;
}

static void fit(const struct demo_city *city, const struct demo_year *year, struct raking *raking)
{
    *raking = (struct raking){ { 1, 1, 1, 1, 1 }, { 1, 1, 1, 1, 1 }, { 0.2, 0.2, 0.2 } };
    for (int round = 0; round < 40; round++) {
        rake(city, year, raking, raking->age, age_share, CLASS_AGE, age_class);
        rake(city, year, raking, raking->band, band_share, CLASS_BAND, band_class);
        rake(city, year, raking, raking->lead, lead_share, CLASS_LEAD, lead_class);
    }
}

/* Civil servants need German or EU citizenship; unskilled work is where newcomers start. */
static double foreign_weight(const struct demo_person *person)
{
    if (!person->migration)
        return 0.0;
    return person->employment == 'B' || person->employment == 'W' ? 0.004 : person->band <= 1 ? 0.03 : 0.015;
}

enum status demo_origin(struct arena *arena, struct demo_city *city, struct demo_year *year, struct fail *fail)
{
    double *weights = ARENA_NEW(arena, double, year->person_count);
    bool *chosen = ARENA_NEW(arena, bool, year->person_count);
    if (weights == NULL || chosen == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the demo city");
    struct raking raking;
    fit(city, year, &raking);
    struct seeded seeded;
    demo_generator(&seeded, city->seed, PURPOSE_ORIGIN, (uint64_t)year->year);
    const bool first = year == &city->years[0];
    for (size_t i = 0; i < year->person_count; i++)
        weights[i] = probability(city, &raking, &year->persons[i]);
    if (first)
        demo_choose(weights, year->person_count, total_share * (double)year->person_count, seeded_unit(&seeded),
                    chosen);
    for (size_t i = 0; i < year->person_count; i++) {
        struct demo_person *person = &year->persons[i];
        if (first)
            person->migration = chosen[i];
        else if (person->key >= city->years[0].person_count) /* hired since: a fifth more often than the stock */
            person->migration = demo_chance(&seeded, 1.2 * weights[i]);
    }
    for (size_t i = 0; i < year->person_count; i++)
        weights[i] = foreign_weight(&year->persons[i]);
    if (first)
        demo_choose(weights, year->person_count, 0.031 * (double)year->person_count, seeded_unit(&seeded), chosen);
    for (size_t i = 0; i < year->person_count; i++) {
        struct demo_person *person = &year->persons[i];
        if (!first && person->key < city->years[0].person_count)
            continue;
        demo_facts(city, person, first ? chosen[i] : demo_chance(&seeded, 13.0 * weights[i]));
        demo_attitudes(city, person);
    }
    return STATUS_OK;
}

static void set_facts(struct demo_person *person, const char *facts)
{
    for (size_t i = 0; i < COUNT(person->facts); i++)
        person->facts[i] = (uint8_t)(facts[i] - '0');
}

/* The five codes of M1..M5 in one word, drawn with the weights beside it. */
void demo_facts(const struct demo_city *city, struct demo_person *person, bool foreign)
{
    static const char *const kinds[3][8] = {
        { "11111", "11411", "11141", "11442", "11331", "11511", "11441", "21111" }, /* none after TINTG_2021 */
        { "22553", "22223", "21223", "11223", "11212", "11122", "22222", "12111" }, /* German citizens with */
        { "32553", "32223", "31223", "32523", "31122", "32253", "32552", "31212" }, /* other citizens */
    };
    static const unsigned weights[3][8] = {
        { 880, 28, 28, 12, 10, 8, 30, 4 }, { 14, 20, 18, 15, 13, 12, 6, 2 }, { 45, 18, 14, 8, 3, 6, 3, 3 },
    };
    struct seeded seeded;
    demo_generator(&seeded, city->seed, PURPOSE_FACTS, person->key);
    const size_t kind = foreign ? 2 : person->migration ? 1 : 0;
    set_facts(person, kinds[kind][demo_draw(&seeded, weights[kind], 8)]);
}

/* Complete facts only; the analysis has its own derivation with three-valued logic. Rules: derive.py of the domain. */
bool demo_definition(const struct demo_person *person, enum definition definition)
{
    const uint8_t *m = person->facts;
    const bool foreign = m[0] == 3;
    const bool abroad = m[1] == 2;
    const bool mother50 = m[2] == 2 || m[2] == 3;
    const bool father50 = m[3] == 2 || m[3] == 3;
    const bool home_or_expelled = (m[2] == 1 || m[2] == 4) && (m[3] == 1 || m[3] == 4);
    const bool expelled = home_or_expelled && (m[2] == 4 || m[3] == 4) && m[0] == 1;
    switch (definition) {
    case DEFINITION_STAATSANG:
        return foreign;
    case DEFINITION_ZENSUS_EINGEWANDERT:
        return abroad;
    case DEFINITION_MELDEREGISTER:
        return m[0] != 1 || abroad;
    case DEFINITION_MH_DESTATIS:
        return m[0] != 1 || (m[4] != 1 && !expelled);
    case DEFINITION_EG_DESTATIS:
        return abroad || (mother50 && father50);
    case DEFINITION_EG_EINSEITIG:
        return mother50 != father50 && !abroad;
    case DEFINITION_TINTG_2012:
        return foreign || abroad || mother50 || father50;
    case DEFINITION_TINTG_2021:
        return foreign || abroad || m[2] == 2 || m[3] == 2;
    case DEFINITION_COUNT:
        break;
    }
    return false;
}
