/* Between the parts of the demo city: its table of units, kinds of work, random helpers, and the steps of its making.
 * Only demo_*.c include it. */
#ifndef SURVEY_DEMO_PEOPLE_H
#define SURVEY_DEMO_PEOPLE_H

#include "base/env.h"
#include "survey/demo_city.h"

/* Kind of work in a department; shares in per cent. */
struct demo_profile {
    unsigned women;
    unsigned band[4];   /* bands 1..4 of those who are not trainees; sum 100 */
    unsigned civil[3];  /* civil servants in bands 2..4 */
    unsigned part_time; /* of women; of men a fifth of it */
    unsigned answering; /* share that tends to answer, before scaling to the wave's response */
    double migration;   /* factor on the odds of an immigration history */
};
enum { PROFILE_OFFICE, PROFILE_COUNTER, PROFILE_SOCIAL, PROFILE_CARE, PROFILE_FIRE, PROFILE_TECHNICAL, PROFILE_YARD,
       PROFILE_CULTURE, PROFILE_COUNT };
extern const struct demo_profile demo_profiles[PROFILE_COUNT];

MUST_USE enum status demo_units_make(struct arena *arena, struct demo_city *city, struct fail *fail);
int demo_department(const struct demo_city *city, size_t unit); /* the department a unit belongs to; else the unit */

/* A generator of its own for each purpose, year and key: no step moves the numbers of another. */
enum { PURPOSE_POSTS, PURPOSE_LEAD, PURPOSE_ORIGIN, PURPOSE_FACTS, PURPOSE_JOB, PURPOSE_HIRE, PURPOSE_WORSE,
       PURPOSE_RESPONSE, PURPOSE_PERSON, PURPOSE_RATING, PURPOSE_ANSWER, PURPOSE_FLOW, PURPOSE_FUNNEL, PURPOSE_CLIENTS };
void demo_generator(struct seeded *seeded, uint64_t seed, unsigned purpose, uint64_t key);
double demo_normal(struct seeded *seeded); /* mean 0, variance 1: sum of twelve uniforms less six */
/* Position of the drawn weight. */
size_t demo_draw(struct seeded *seeded, const unsigned weights[], size_t count);
bool demo_chance(struct seeded *seeded, double probability);

/* Systematic sampling with unequal probabilities (Madow 1949, Annals of Mathematical Statistics 20:333-354): scales the
 * weights to sum to target with none over 1, then marks target of them (up to rounding) in chosen. Changes weights. */
void demo_choose(double weights[], size_t count, double target, double start, bool chosen[]);

/* Steps, in this order; each for one year's persons. */
MUST_USE enum status demo_staff_first(struct arena *arena, struct demo_city *city, size_t staff, struct fail *fail);
MUST_USE enum status demo_staff_next(struct arena *arena, struct demo_city *city, size_t staff, struct fail *fail);
MUST_USE enum status demo_origin(struct arena *arena, struct demo_city *city, struct demo_year *year,
                                 struct fail *fail);
void demo_facts(const struct demo_city *city, struct demo_person *person, bool foreign);
void demo_attitudes(const struct demo_city *city, struct demo_person *person);
MUST_USE enum status demo_job(struct arena *arena, const struct demo_city *city, struct demo_year *year,
                              struct fail *fail);
MUST_USE enum status demo_response(struct arena *arena, const struct demo_city *city, struct demo_year *year,
                                   struct fail *fail);

/* --- the files of tables.def (demo_files.c) --- */
typedef void demo_writer(struct arena *arena, const struct demo_city *city, struct buf *out);
demo_writer demo_flows_csv, demo_cards_csv, demo_cohorts_csv, demo_hires_csv, demo_funnel_csv, demo_adverts_csv, demo_demand_csv,
    demo_supply_csv, demo_documents_csv, demo_services_csv, demo_outreach_csv, demo_recommendations_csv, demo_measures_csv,
    demo_status_csv, demo_complaints_csv;

/* --- ratings (demo_ratings.c) --- */
/* Scale and position within it of an item id like "HM2"; false for other items. */
bool demo_rated(const char *id, enum demo_scale *scale, size_t *item);
bool demo_reversed(enum demo_scale scale, size_t item);

bool demo_definition(const struct demo_person *person, enum definition definition);

#endif
