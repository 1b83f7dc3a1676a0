/* Descriptor of an indicator, and the raw result it computes. Adding one: a line in indicators.def, ind_NAME.c, and
 * tests/vectors/ind_NAME.csv. Reports see the descriptor only; the raw result goes through disclose.h. */
#ifndef ANALYSIS_INDICATOR_H
#define ANALYSIS_INDICATOR_H

#include "analysis/release.h"

struct basis;
struct inputs;
struct result;

struct indicator {
    const char *id;      /* "r1" */
    const char *title;   /* English, N_() */
    const char *definition;
    const char *misreading; /* frequent misreading, one or two sentences */
    const char *method;  /* how the range is made */
    const char *source;
    enum release_unit unit;
    double lowest, highest; /* possible values */
    unsigned answers_min;
    /* Adds its tables to result. STATUS_OK also when data are missing: then cells say SIGN_PENDING.
     * Pure: no clock, no randomness but a generator seeded from inputs->seed. */
    enum status (*compute)(const struct inputs *inputs, struct result *result, struct fail *fail);
    /* Instead of compute, for a figure about the release itself: sees all other tables as they are protected. */
    enum status (*review)(const struct basis *basis, struct result *result, struct fail *fail);
};

extern const struct indicator *const indicators[]; /* order of indicators.def; NULL at the end */
const struct indicator *indicator_find(const char *id); /* NULL when there is none */

#endif
