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
double *model_numbers(const struct problem *problem, const struct model *model, const char *name);
const char *model_column(const struct problem *problem, const struct model *model, size_t column); /* "sexFemale" */

#endif
