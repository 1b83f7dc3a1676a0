/* Contracts as they are counted, for the few moments between reading the file and the cube. Included by
 * import_records*.c only; nothing of it is ever stored. */
#ifndef SURVEY_IMPORT_RECORDS_H
#define SURVEY_IMPORT_RECORDS_H

#include "analysis/grade.h"
#include "survey/import_private.h"

struct contract {
    uint64_t person[2]; /* the first 32 hex digits of the keyed hash; people are told apart by it */
    double fte;         /* share of full time */
    uint32_t number;    /* vertrag_nr */
    uint32_t line;      /* in the file */
    int unit;
    uint8_t band, age, german, leadership;
    uint8_t employment, sex; /* positions in "BTAPXW", "wmdx" */
    bool fixed_term;
};

static inline bool same_person(const struct contract *a, const struct contract *b)
{
    return a->person[0] == b->person[0] && a->person[1] == b->person[1];
}

/* By person, the contract with the largest share first: it stands for the person. Then by number and line. */
void records_sort(struct contract contracts[], size_t count);

struct finder; /* in the arena; borrows units */
struct finder *finder_create(struct arena *arena, const struct unit *units, size_t count); /* NULL: no memory */
int finder_unit(const struct finder *finder, const char *id); /* position, -1 for none */
struct grade finder_grade(struct finder *finder, const char *text, const char *career); /* grade_read */
void finder_wipe(struct finder *finder); /* of the texts it keeps */

/* One row each for unit × band × sex × age, unit × citizenship, band × citizenship × leadership, and contract × term ×
 * part time × citizenship (schema.md 3.3). contracts are sorted by person, the main one first; every person counts
 * once, with the attributes of the main contract and the shares of all. ids[row] is the unit's id or "*". */
MUST_USE enum status records_cube(struct arena *arena, const struct contract contracts[], size_t count,
                                  const struct unit *units, size_t unit_count, struct cube *cube,
                                  const char *const **ids, struct fail *fail);

#endif
