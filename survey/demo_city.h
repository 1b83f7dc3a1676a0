/* The fictional "Musterstadt an der Emscher": units, staff of two years, HR's files, answers, and the truth.
 *
 * Every number comes from struct seeded and from + - * / on doubles (no libm, -ffp-contract=off), so the same seed
 * gives the same bytes on every machine with IEEE 754. Magnitudes: domain schema.md section 7. Where two of them
 * contradict each other ("leadership 9 %" and "17 % of those with an immigration history lead, 24 % of the others"),
 * the first holds for leadership levels 2 and 3 and the second for all levels.
 * Does not talk to the server or the store: simulate.h and import.h do. */
#ifndef SURVEY_DEMO_CITY_H
#define SURVEY_DEMO_CITY_H

#include "analysis/inputs.h"

enum {
    DEMO_STAFF_DEFAULT = 3345,
    DEMO_STAFF_MIN = 200,
    DEMO_STAFF_MAX = 60000,
    DEMO_SEED_DEFAULT = 1,
    DEMO_YEAR_FIRST = 2024, /* Stichtag is 30 June of each year */
    DEMO_YEAR_COUNT = 2,
    DEMO_UNIT_ID_ROOM = 8,
};
#define DEMO_CITY_NAME "Musterstadt an der Emscher"

enum demo_scale { DEMO_HM, DEMO_WI, DEMO_RE, DEMO_VH, DEMO_ST, DEMO_IK, DEMO_SCALE_COUNT };

struct demo_unit {
    char id[DEMO_UNIT_ID_ROOM]; /* "S", "D1", "F11", "A111" */
    const char *name;           /* German, UTF-8 */
    enum unit_level level;
    int parent;      /* position, -1 for the city; parents stand before children */
    bool contact;    /* "publikum" */
    size_t profile;  /* kind of work; position in the table of demo_people.c */
    unsigned weight; /* relative size of a section; 0 for the city and the divisions */
};

struct demo_person {
    uint32_t key;       /* the same in both years for a person who stays */
    uint16_t unit;      /* position in city.units; a section, a department or a division */
    uint8_t band;       /* 0..4 as item D2 */
    char employment;    /* B T A P W */
    uint8_t leadership; /* 0..3 */
    char sex;           /* w m d x */
    uint8_t age;        /* years */
    uint8_t tenure;     /* 1..4 as item D3 */
    uint8_t facts[5];   /* codes of M1..M5 */
    uint8_t contact;    /* code of KP1: 1 daily .. 5 never */
    uint8_t fte;        /* per cent of full time */
    bool fixed_term;
    bool migration; /* immigration history after TINTG_2021 */
    bool worse;     /* treated worse in the last 12 months (DI1) */
    bool responds;  /* in the wave of that year */
    double propensity;                 /* to answer in that year, 0..1 */
    double attitude[DEMO_SCALE_COUNT]; /* standardised, in the scale's good direction */
};

struct demo_year {
    int year;
    struct demo_person *persons;
    size_t person_count;
};

struct demo_city {
    uint64_t seed;
    const struct demo_unit *units;
    size_t unit_count;
    struct demo_year years[DEMO_YEAR_COUNT]; /* staff is the count of the last year */
};

/* Everything lives in the arena (about 160 bytes a person and year). STATUS_INPUT for staff out of range. */
MUST_USE enum status demo_city_create(struct arena *arena, size_t staff, uint64_t seed, struct demo_city *city,
                                      struct fail *fail);
const struct demo_year *demo_year(const struct demo_city *city, int year); /* NULL for another year */
unsigned demo_age_band(const struct demo_person *person);                  /* 1..5 as item D5 */

/* HR's files as HR would send them: 2024 in Windows-1252 with dd.mm.yyyy, 2025 in UTF-8 with ISO dates, both with ';'
 * and decimal commas. The workforce file holds the four minimum deliveries of schema.md 3.3 with true counts, so the
 * importer warns of small cells (V21) and finds agreeing margins (V12). Errors stick in the buf. */
void demo_units_csv(const struct demo_city *city, int year, struct buf *out);
MUST_USE enum status demo_workforce_csv(struct arena *arena, const struct demo_city *city, int year, struct buf *out,
                                        struct fail *fail);
void demo_population_csv(struct buf *out); /* reference population, sources named Demo-… */

/* The tables of tables.def, each as one file with the figures of all its years, in an order in which they can be imported.
 * NULL at the end. Errors stick in the buf. */
struct demo_file {
    const char *kind, *file; /* "flows", "personal_ereignis" */
    void (*write)(struct arena *arena, const struct demo_city *city, struct buf *out);
};
extern const struct demo_file demo_files[];

/* Whether that person takes part in the wave of that year; false for a person or a year that does not exist. */
bool demo_responds(const struct demo_city *city, int year, size_t person);

/* That person's answers to the shipped questionnaire, bound to the units (any subset of them). Items and options the
 * form does not have are left out. *answers lives in the arena. */
MUST_USE enum status demo_answers(const struct demo_city *city, int year, const struct form *form, size_t person,
                                  struct arena *arena, struct answers *answers, struct fail *fail);

/* Raw answer 1..5 to a keyed item of a scale, before anything is left out; item counts from 0 within the scale.
 * 0 when the scale has no such item. */
unsigned demo_rating(const struct demo_city *city, const struct demo_year *year, const struct demo_person *person,
                     enum demo_scale scale, size_t item);

/* What a perfect survey of the whole staff would find. Shares are 0..1, scale means 0..100. */
struct demo_truth {
    int year;
    size_t staff, responded;
    double definition[DEFINITION_COUNT];
    double women, women_leading;
    double leading_with, leading_without; /* of those with and without immigration history */
    double migration_age[5], migration_band[5];
    double fixed_with, fixed_without; /* without trainees */
    double worse_with, worse_without, worse;
    double scale[DEMO_SCALE_COUNT]; /* VH: staff with contact only */
    double response, response_ratio; /* realised; with / without immigration history */
    double response_ratio_foreign;   /* realised; without / with German citizenship */
    double response_low, response_high; /* lowest and highest propensity of a department */
};
void demo_truth(const struct demo_city *city, int year, struct demo_truth *truth);
void demo_truth_json(const struct demo_city *city, struct buf *out);

#endif
