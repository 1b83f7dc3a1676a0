/* Tables of counts from a case's rows and columns, and matrices with names. */
#ifndef TESTS_CROSSTAB_H
#define TESTS_CROSSTAB_H

#include "analysis/range.h"
#include "analysis/stat_table.h"
#include "conformance.h"

struct crosstab {
    const char **row_names, **column_names;
    size_t rows, columns;
    double *cells;
    struct counts counts;
};

/* variables row, col, count (may be missing: each row counts one); options row_levels, col_levels. A row whose value is
 * not among the levels, or empty, does not count. NULL with a message when the product refuses the table. */
const struct crosstab *crosstab_read(const struct problem *problem);
/* The same within one stratum; no margins: counts is empty. stratum NULL: all rows. */
struct crosstab *crosstab_cells(const struct problem *problem, const char *stratum);
void put_matrix(json_t *object, const char *key, const struct crosstab *table, const double cells[]);
void put_range(json_t *object, const char *key, struct range range); /* its limits as a pair */
/* Says on standard error why the product refuses a case; returns false. */
bool refused(const struct problem *problem, const struct fail *fail);

/* Complete rows of a value and a group; group[i] is the place in names (option group_order, else all groups sorted).
 * Values are numbers, or places 1, 2, … in the option y_levels. Rows of other groups are left out. */
struct samples {
    const char **names;
    size_t group_count, n;
    double *values;
    size_t *group;
};
struct samples samples_read(const struct problem *problem);

#endif
