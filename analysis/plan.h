/* The tables a wave may publish. Known before the first answer: they follow from the questionnaire and the indicators, so
 * the list can be fixed and shown to the staff council before the survey opens. Not responsible for keeping it
 * (survey/wave_tables.h) or for leaving out what is not on it (disclose.h). */
#ifndef ANALYSIS_PLAN_H
#define ANALYSIS_PLAN_H

#include "analysis/indicator.h"

struct planned_table {
    const char *id;                /* "k1.unit" */
    const char *indicator, *title; /* English, to translate with tr() */
    const char *const *columns;    /* their heads, English; "" for one that the questionnaire names */
    size_t column_count;
};

struct plan {
    const struct planned_table *tables;
    size_t count;
};

/* Every table the indicators make of this questionnaire, whatever will be answered or delivered: with an earlier wave of the
 * same questionnaire beside it, as if nobody had answered yet. Lives in the arena.
 * STATUS_MEMORY, STATUS_LIMIT; else whatever an indicator fails with. */
MUST_USE enum status plan_build(struct arena *arena, const struct form *form, struct plan *plan, struct fail *fail);

const struct planned_table *plan_find(const struct plan *plan, const char *id); /* NULL: not on the list */

#endif
