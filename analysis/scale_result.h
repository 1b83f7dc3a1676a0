/* Scale scores and the tables every scale has: total, departments, contact, leadership, items, change. */
#ifndef ANALYSIS_SCALE_RESULT_H
#define ANALYSIS_SCALE_RESULT_H

#include "analysis/shared.h"

/* Scores 0..100 per row of a frame, NaN for who has none; of is what the maker needs to know. STATUS_MEMORY. */
typedef enum status score_maker(struct arena *arena, const struct frame *frame, const void *of, double **scores,
                                struct fail *fail);

/* score_maker of a scale, of: its id. Score 0..100 per row: (mean of the answered items after reversal − 1) · 25, NaN when fewer than answered_min items
 * are answered or the form lacks the scale. STATUS_MEMORY. */
score_maker scale_scores;

struct scored {
    struct range range; /* t range with finite population correction */
    uint32_t base;
    uint32_t outside; /* people outside the most frequent score */
};
/* Mean of the rows with a score and group[row] == kept (group NULL: all). population 0: the sampling fraction of the
 * whole survey holds. */
MUST_USE enum status scale_mean(struct arena *arena, const struct sample *sample, const double scores[],
                                const uint8_t group[], uint8_t kept, double population, struct scored *scored,
                                struct fail *fail);

/* Table of the total and two groups of a byte variable (1 and 0); NULL group label rows are left out. */
struct two_groups {
    const char *table, *title, *id_one, *name_one, *id_zero, *name_zero;
};
MUST_USE enum status scale_two_groups(struct result *result, const struct sample *sample, const double scores[],
                                      const uint8_t group[], const struct two_groups *names, uint32_t answers_min,
                                      struct scored both[2], struct raw_table **table, struct fail *fail);

/* Whether two forms measure the same: only then a change between their waves is one (V-REF). */
typedef bool score_same(const struct form *one, const struct form *other, const void *of);

/* Scores of a wave and their mean. */
struct scoring {
    struct sample sample;
    score_maker *make;
    score_same *same;
    const void *of;
    double *scores;
    struct scored all;
};
MUST_USE enum status scoring_open(struct result *result, score_maker *make, score_same *same, const void *of,
                                  struct scoring *scoring, struct fail *fail);
void score_cell(struct raw_cell *cell, const struct scored *scored, uint32_t answers_min);
/* Tables by department, contact and leadership, their differences, and the change since the wave before, void where that one
 * measured something else.
 * contact_only: people without contact are not asked. */
MUST_USE enum status scoring_tables(struct result *result, const char *id, const struct scoring *scoring,
                                    bool contact_only, struct fail *fail);

/* All tables of indicator id (a lower-case literal such as "k1") about a scale such as "HM". */
MUST_USE enum status scale_tables(struct result *result, const char *id, const char *scale, struct fail *fail);

#endif
