/* Entries, exits and promotions of personal_ereignis, summed. Every event stands in one row of the delivery. */
#ifndef ANALYSIS_MOVEMENT_H
#define ANALYSIS_MOVEMENT_H

#include "analysis/counted.h"

enum { MOVEMENT_ANY = -1 };
struct movement_query {
    int last, years;   /* the years last - years + 1 … last */
    int kind, reason;  /* enum flow_kind, enum flow_reason or MOVEMENT_ANY */
    uint8_t german, age; /* or CUBE_ALL: not selected on */
};
/* *found (NULL: not asked): some row of those years and that kind was delivered. */
double movement_sum(const struct inputs *inputs, const struct movement_query *query, bool *found);

/* Mean number of staff over the reported wave and the one before, by citizenship (0, 1, CUBE_ANY); 0 when not delivered. */
double movement_staff(const struct inputs *inputs, uint8_t german);

#endif
