/* Shares of answers with chosen codes among answers with others, for the city, departments, leaders and staff with client
 * contact: what indicators of single questions share. Not weighted. */
#ifndef ANALYSIS_ANSWERED_H
#define ANALYSIS_ANSWERED_H

#include "analysis/shared.h"

enum { ANSWERED_CODES = 32 };
#define ANSWERED_CODE(code) (1U << (code))

/* Bit c of hits and of base: code c of the item. A row counts when with (NULL: always) has a code of with_base too. */
struct answered {
    const char *item, *with;
    uint32_t hits, base, with_base;
};

enum answered_part { ANSWERED_ALL, ANSWERED_LEADERS, ANSWERED_CONTACT };
struct answered_count {
    uint32_t hits, base;
    struct range range; /* 0..1; Wilson, with the staff as population where it is known; RANGE_NONE without an answer */
};
/* department: position, or WEIGHTS_NONE for the whole city. */
struct answered_count answered_count(const struct sample *sample, const struct answered *answered, enum answered_part part,
                                     size_t department);
/* Per cent. No answer at all is hidden like few answers are. */
void answered_cell(struct raw_cell *cell, const struct answered_count *count, uint32_t least);
/* Table id: total and every department, one column for each share; a question that nobody in the city answered is pending. */
void answered_units(struct result *result, const struct sample *sample, const char *id, const char *title,
                    const struct answered shares[], const char *const heads[], size_t count, uint32_t least);

#endif
