/* Shares of answers with chosen codes among answers with others, for the city, departments, leaders and staff with client
 * contact: what indicators of single questions share. */
#ifndef ANALYSIS_ANSWERED_H
#define ANALYSIS_ANSWERED_H

#include "analysis/shared.h"

enum { ANSWERED_CODES = 32 };

/* Bit c of hits and of base: code c of the item. A row counts when with (NULL: always) has a code of with_base too. */
struct answered {
    const char *item, *with;
    uint32_t hits, base, with_base;
};

enum answered_part { ANSWERED_ALL, ANSWERED_LEADERS, ANSWERED_CONTACT };
/* One cell, per cent, unweighted, Wilson's range with the staff as population (0: infinite). department: position or
 * WEIGHTS_NONE. */
void answered_cell(struct raw_cell *cell, const struct sample *sample, const struct answered *answered, enum answered_part part,
                   size_t department, uint32_t least);
/* Table ID.unit: total and every department, one column for each share; rows are protected as parts of the total. */
void answered_units(struct result *result, const struct sample *sample, const char *id, const char *title,
                    const struct answered shares[], const char *const heads[], size_t count, uint32_t least);

#endif
