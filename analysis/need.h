/* Contacts with a language need, summed over the count weeks of the reported year: what the language indicators share. */
#ifndef ANALYSIS_NEED_H
#define ANALYSIS_NEED_H

#include "analysis/counted.h"

struct need {
    double contacts, in_need, inside, interpreter, relatives, children, app, unsolved;
    bool found, estimated; /* estimated: one delivery at least was no count */
};

/* department: position in sample->departments, -1 the city. tongue "*": all languages, from the rows that say so and, where a
 * department and period has none, from the rows of single languages. */
struct need need_of(const struct sample *sample, int department, const char *tongue);

/* Languages that occur in the reported year, by need; at most most. Returns how many. */
size_t need_tongues(const struct sample *sample, const char *tongues[], size_t most);

#endif
