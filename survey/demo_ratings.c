/* Ratings of the keyed items: attitude plus an error of the item, cut into five steps.
 * A latent correlation of .40 between items gives Cronbach's alpha of about .65 (4 items) to .80 (7 items) after the
 * cut (questionnaire.md section 0, planning table). */
#include "survey/demo_people.h"

#include <string.h>

/* Means in raw steps of the good direction; several per cent a year of change where the city worked on it. */
static const struct rated {
    char id[4];
    bool reversed;
    double mean;
    double trend; /* second year */
} table[DEMO_SCALE_COUNT][7] = {
    [DEMO_HM] = { { "HM1", 0, 3.9, 0.02 }, { "HM2", 1, 3.5, 0.02 }, { "HM3", 0, 3.9, 0.03 }, { "HM4", 1, 3.8, 0.02 },
                  { "HM5", 0, 3.5, 0.03 } },
    [DEMO_WI] = { { "WI1", 0, 3.0, 0.08 }, { "WI2", 0, 2.6, 0.22 }, { "WI3", 1, 2.6, 0.03 }, { "WI4", 1, 2.3, 0.02 } },
    [DEMO_RE] = { { "RE1", 0, 3.6, 0.02 }, { "RE2", 1, 3.7, 0.02 }, { "RE3", 0, 3.2, 0.03 }, { "RE4", 1, 2.9, 0.00 } },
    [DEMO_VH] = { { "VH1", 0, 4.0, 0.03 }, { "VH2", 0, 3.6, 0.04 }, { "VH3", 1, 3.5, 0.04 }, { "VH4", 0, 3.4, 0.02 },
                  { "VH5", 1, 3.4, 0.08 } },
    [DEMO_ST] = { { "ST1", 0, 2.5, 0.05 }, { "ST2", 1, 2.6, 0.12 }, { "ST3", 0, 3.2, 0.05 }, { "ST4", 0, 2.8, 0.06 },
                  { "ST5", 1, 2.7, 0.06 }, { "ST6", 1, 2.3, -0.05 }, { "ST7", 0, 2.6, 0.20 } },
    [DEMO_IK] = { { "IK1", 0, 4.2, 0.01 }, { "IK2", 1, 3.8, 0.01 }, { "IK3", 0, 3.8, 0.02 }, { "IK4", 1, 3.6, 0.02 },
                  { "IK5", 0, 3.2, 0.03 }, { "IK6", 1, 3.6, 0.04 } },
};

bool demo_rated(const char *id, enum demo_scale *scale, size_t *item)
{
    for (size_t i = 0; i < DEMO_SCALE_COUNT; i++)
        for (size_t j = 0; j < COUNT(table[i]) && table[i][j].id[0] != '\0'; j++)
            if (strcmp(id, table[i][j].id) == 0) {
                *scale = (enum demo_scale)i;
                *item = j;
                return true;
            }
    return false;
}

bool demo_reversed(enum demo_scale scale, size_t item)
{
    return item < COUNT(table[scale]) && table[scale][item].reversed;
}

unsigned demo_rating(const struct demo_city *city, const struct demo_year *year, const struct demo_person *person,
                     enum demo_scale scale, size_t item)
{
    if (item >= COUNT(table[scale]) || table[scale][item].id[0] == '\0')
        return 0;
    const struct rated *rated = &table[scale][item];
    struct seeded seeded;
    demo_generator(&seeded, city->seed, PURPOSE_RATING,
                   ((uint64_t)year->year << 40) + ((uint64_t)person->key << 8) + (uint64_t)scale * 8 + item);
    /* Agreeing out of habit pulls raw answers up, whatever the direction of the item. */
    struct seeded habit;
    demo_generator(&habit, city->seed, PURPOSE_RATING, person->key);
    const double agreeing = 0.15 * demo_normal(&habit);
    double good = rated->mean + (year->year > DEMO_YEAR_FIRST ? rated->trend : 0.0);
    good += 0.65 * person->attitude[scale] + 0.80 * demo_normal(&seeded);
    good -= scale == DEMO_IK && person->worse ? 0.5 : 0.0;
    const double raw = (rated->reversed ? 6.0 - good : good) + agreeing;
    return raw < 1.5 ? 1 : raw < 2.5 ? 2 : raw < 3.5 ? 3 : raw < 4.5 ? 4 : 5;
}
