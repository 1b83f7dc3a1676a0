/* Applications by stage and group, summed: what the recruitment indicators share. People of the voluntary card
 * (TRAIT_SELF) only: the personnel office does not know immigration histories. */
#ifndef ANALYSIS_FUNNEL_H
#define ANALYSIS_FUNNEL_H

#include "analysis/counted.h"

enum { FUNNEL_STAGES = FUNNEL_HIRED + 1, FUNNEL_GROUPS = 2, FUNNEL_ANY = -1 };

struct funnel_sum {
    double people[FUNNEL_STAGES][FUNNEL_GROUPS]; /* by stage (1..6), without and with immigration history */
    double unknown;                              /* applicants without a card */
    bool delivered[FUNNEL_STAGES];
    double qualified[FUNNEL_STAGES][FUNNEL_GROUPS]; /* of them, people who met all scored requirements … */
    bool rated[FUNNEL_STAGES];                      /* … where every row says so */
};

/* Of the years last - years + 1 … last; kind and band FUNNEL_ANY: all. Rows of single procedures and of the year alike. */
struct funnel_sum funnel_sum(const struct inputs *inputs, int last, int years, int kind, int band);

/* Kinds and bands that occur, as rows: "trainees", "band.2" … of external applications. */
struct funnel_group {
    const char *id, *name; /* English */
    int kind, band;
};
enum { FUNNEL_GROUP_COUNT = 6 };
extern const struct funnel_group funnel_groups[FUNNEL_GROUP_COUNT];

#endif
