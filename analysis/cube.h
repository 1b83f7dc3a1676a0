/* Sums over HR's cube. A delivery gives some dimensions and leaves the others at "all"; sums are taken from the
 * coarsest delivery that has the dimensions asked for, so that no person is counted twice. */
#ifndef ANALYSIS_CUBE_H
#define ANALYSIS_CUBE_H

#include "analysis/inputs.h"

/* Dimensions asked for; CUBE_ANY: do not select on it. */
enum { CUBE_ANY = 254 };
struct cube_query {
    int department;    /* position of the department, -1: the whole city */
    uint8_t band;      /* or CUBE_ANY */
    char sex;          /* or 0 */
    uint8_t age;       /* or CUBE_ANY */
    uint8_t german;    /* or CUBE_ANY */
    char employment;   /* or 0 */
    uint8_t fixed_term; /* or CUBE_ANY */
    uint8_t part_time;  /* or CUBE_ANY */
    bool contact;       /* only units with client contact */
};
#define CUBE_CITY                                                                                                      \
    ((struct cube_query){ .department = -1, .band = CUBE_ANY, .age = CUBE_ANY, .german = CUBE_ANY,                      \
                          .fixed_term = CUBE_ANY, .part_time = CUBE_ANY })

struct cube_sum {
    double heads, fte;
    bool found;   /* some line matched */
    bool hidden;  /* HR kept a line secret: heads is a lower bound */
};
struct cube_sum cube_sum(const struct inputs *inputs, const struct cube *cube, const struct cube_query *query);

/* Marks the lines such a sum would be taken from, one mark a line of the cube; only which dimensions are asked for matters, not
 * their values. False: no delivery has them all. */
bool cube_lines(const struct cube *cube, const struct cube_query *query, bool chosen[]);

/* Department a unit is reported under: itself, or the nearest unit above that the question on the unit offers; where that
 * is not known, the nearest department, enterprise or division. A division that is offered because a small department
 * below it is not stands for what its other departments leave over. -1 for the city or an unknown unit. */
int unit_department(const struct inputs *inputs, int unit);
/* Position of the unit with that id, -1 when there is none. */
int unit_find(const struct inputs *inputs, const char *id);

#endif
