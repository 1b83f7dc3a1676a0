/* Turns the variables of a case into the terms of a model and names its columns as the reference does. */
#ifndef TESTS_CONFORMANCE_MODEL_H
#define TESTS_CONFORMANCE_MODEL_H

#include "analysis/stat_design.h"
#include "conformance.h"

struct model {
    size_t rows;
    const size_t *row;          /* of the table: complete in outcome, x and extra columns, levels known */
    size_t term_count, main_count;
    const char **names;         /* per term */
    const char ***levels;       /* per term; NULL for numeric ones */
    struct design_term *terms;
    struct design design;       /* with a constant */
};

/* outcome: a column that must not be empty, or NULL. False with a message when there is no such model. */
bool model_read(const struct problem *problem, const char *outcome, struct model *model);
/* The same; rows whose outcome is none of the levels, or for which also (a column or NULL) is empty, are left out too. */
bool model_read_outcome(const struct problem *problem, const char *outcome, const char *const levels[],
                        size_t level_count, const char *also, struct model *model);
bool same_text(const char *text, const char *level); /* "1" and "1.0" are the same */
double *model_numbers(const struct problem *problem, const struct model *model, const char *name);
const char *model_column(const struct problem *problem, const struct model *model, size_t column); /* "sexFemale" */

#endif
