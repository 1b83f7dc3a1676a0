/* Pieces several indicators share: department rows, labels of bands, the label of an item. */
#ifndef ANALYSIS_SHARED_H
#define ANALYSIS_SHARED_H

#include "analysis/result.h"
#include "analysis/sample.h"

extern const char *const band_names[5]; /* English, N_() */
extern const char *const age_names[5];  /* of the age codes 1..5; English, N_() */

/* Sample of the reported wave (last) or of the wave `back` before it. */
MUST_USE enum status shared_sample(struct result *result, size_t back, struct sample *sample, struct fail *fail);
/* Row of department position d ("unit.ID"). */
size_t shared_unit_row(struct result *result, struct raw_table *table, const struct sample *sample, size_t d);
size_t shared_band_row(struct result *result, struct raw_table *table, uint8_t band);
size_t shared_age_row(struct result *result, struct raw_table *table, uint8_t age); /* 1..5 */
size_t shared_row_format(struct result *result, struct raw_table *table, const char *prefix, const char *id,
                         struct release_label label);
/* Share within a pay band; its staff is the finite population where HR counted as many. */
struct share shared_band_share(const struct sample *sample, const uint8_t truth[], uint8_t band);

/* Education a reference tells of, "*" all; and whether it tells of both sexes. */
const char *shared_education(const struct reference *reference);
bool shared_both_sexes(const struct reference *reference);
/* A reference that tells of residents, all of them: not of workers or commuters, not of one sex or education. */
bool shared_residents(const struct reference *reference);
/* Its share, 0..1. A full count has no error of its own; a sample source brings its relative standard error. */
struct range shared_reference(const struct reference *reference);
int shared_reference_day(const struct reference *reference); /* only to compare two of them */
/* Residents of working age, else of all ages, under that definition, the latest; NULL: none was delivered (V-REF). */
const struct reference *shared_working_age(const struct inputs *inputs, enum definition definition);
/* Table that names the references behind another one, and its rows. */
struct raw_table *shared_sources(struct result *result, const char *id, size_t rows);
void shared_source_row(struct result *result, struct raw_table *sources, const char *id,
                       const struct reference *reference);
/* A share as percent cell: two-sided. */
void shared_share(struct raw_cell *cell, const struct share *share, uint32_t answers_min);
/* Share minus that of the residents in points, Newcombe's range, with the word of the rule (3 points matter). */
void shared_gap(struct raw_cell *cell, const struct share *share, struct range residents, uint32_t answers_min);
/* Share over that of the residents, log-normal range. */
void shared_ratio(struct raw_cell *cell, const struct share *share, struct range residents, uint32_t answers_min);

static inline uint32_t smaller(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

#endif
