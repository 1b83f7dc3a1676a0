/* What a list of tables would hide: tried with the figures of the newest counted survey, because the next one has none yet.
 * Nothing is stored and no figure of the trial is shown to anybody: only how many cells carry which sign. */
#ifndef SURVEY_TABLES_TRIAL_H
#define SURVEY_TABLES_TRIAL_H

#include "survey/wave_tables.h"

/* Cells by sign; other: too few answers, not delivered, no sense. */
struct signs {
    size_t shown, secret, other;
};

struct trial {
    char wave[33]; /* whose figures; "": no survey has been counted yet, then release is NULL */
    const struct release *release;
    struct signs signs; /* of all tables */
    double seconds;
};

MUST_USE enum status tables_try(struct arena *arena, const char *dir, const struct wave_tables *tables, struct trial *trial,
                                struct fail *fail);
/* Of one table; false when the trial has none of that id. */
bool trial_signs(const struct trial *trial, const char *id, struct signs *signs);

#endif
