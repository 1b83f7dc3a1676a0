/* Contacts with a language need of the reported year: what the language indicators share. */
#ifndef ANALYSIS_NEED_H
#define ANALYSIS_NEED_H

#include "analysis/counted.h"

/* NEED_TONGUES: languages told apart. NEED_WEEKS_LEAST: fewer counted weeks are not reliable. NEED_PEOPLE_LEAST: fewer people, or
 * fewer contacts behind hours of need, are not told, nor what gives them away. */
enum { NEED_TONGUES = 40, NEED_WEEKS_LEAST = 2, NEED_PEOPLE_LEAST = 5 };

/* Rows of the reported year by unit and period; within a period the row of all languages ("*") stands first. */
struct needs {
    const struct sample *sample;
    const struct demand **rows;
    size_t count;
};
/* The sample of the reported wave and its needs; both live in the arena of the result. */
MUST_USE enum status needs_open(struct result *result, struct sample *sample, struct needs *needs, struct fail *fail);

struct need {
    double contacts, in_need, inside, interpreter, relatives, children, app, unsolved;
    bool found, estimated; /* estimated: one delivery at least was no count */
};
/* Summed over the periods. department: position in sample->departments, -1 the city. tongue "*": all languages, from
 * the rows that say so and, where a department and period has none, from the rows of single languages. */
struct need need_of(const struct needs *needs, int department, const char *tongue);

/* Work of the counters, from the minutes of a contact; a week, because periods differ in length. */
struct load {
    double contacts, hours; /* NaN when no minutes were delivered */
    double low, high;       /* hours in the least and the most busy period of each unit, added up */
    uint32_t asked;         /* contacts in all periods together */
    double weeks;           /* counted, of the unit with the fewest */
    bool found;
};
/* tongue "*": all contacts; else the contacts in need of that language. A row without minutes takes those of all
 * languages. */
struct load need_load(const struct needs *needs, int department, const char *tongue);

/* Languages that occur, by need; at most most. Returns how many. */
size_t need_tongues(const struct needs *needs, const char *tongues[], size_t most);
/* Its name in the questionnaire's list of languages; one that is not on it keeps its code. */
struct release_label need_tongue_label(const struct sample *sample, const char *tongue);

#endif
