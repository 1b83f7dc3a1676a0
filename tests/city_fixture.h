/* A city of 25 departments with two surveys and personnel counts, drawn from a seed: raw material for whole releases. */
#ifndef TESTS_CITY_FIXTURE_H
#define TESTS_CITY_FIXTURE_H

#include "tests/analysis_fixture.h"

#include "base/env.h"

enum { DEPARTMENTS = 25, STAFF = 3345 };

static void person(struct fixture *fixture, struct seeded *seeded, const char *unit, bool history)
{
    size_t row = fixture_person(fixture);
    for (size_t k = 0; k < fixture->item_count; k++) {
        const struct item *item = &fixture->items[k];
        if (item->detached || item->option_count == 0 || seeded_below(seeded, 30) == 0)
            continue;
        const char *code = item->options[seeded_below(seeded, (uint32_t)item->option_count)].code;
        if (strcmp(item->id, "D1") == 0)
            code = unit;
        else if (strcmp(item->id, "M1") == 0)
            code = history ? "3" : "1";
        else if (item->id[0] == 'M')
            code = history ? "2" : "1";
        fixture_answer(fixture, row, item->id, code);
    }
}

/* Departments from 30 to some 250 heads; in small ones few answer. */
static void city(struct fixture *fixture, uint64_t seed)
{
    static char ids[DEPARTMENTS][4];
    struct seeded seeded;
    fixture_init(fixture);
    seeded_init(&seeded, seed);
    fixture_add_unit(fixture, "city", UNIT_CITY, -1, false);
    for (size_t d = 0; d < DEPARTMENTS; d++) {
        snprintf(ids[d], sizeof ids[d], "%02zu", 10 + d);
        fixture_add_unit(fixture, ids[d], UNIT_DEPARTMENT, 0, d % 2 == 0);
    }
    for (int wave = 0; wave < 2; wave++) {
        fixture_wave(fixture, wave == 0 ? "2024" : "2025", 2024 + wave, STAFF);
        for (size_t d = 0; d < DEPARTMENTS; d++) {
            uint32_t heads = 30 + (uint32_t)(d * d / 3), foreign = seeded_below(&seeded, 1 + heads / 15);
            fixture_cube(fixture, (int)d + 1, CUBE_ALL, '*', CUBE_ALL, 0, foreign);
            fixture_cube(fixture, (int)d + 1, CUBE_ALL, '*', CUBE_ALL, 1, heads - foreign);
            double rate = 0.15 + 0.5 * seeded_unit(&seeded);
            for (uint32_t i = 0; i < heads; i++)
                if (seeded_unit(&seeded) < rate)
                    person(fixture, &seeded, ids[d], seeded_below(&seeded, 6) == 0);
        }
    }
}

#endif
