/* Runs reference cases (JSON: id, statistic, dataset, variables, options, values) through the product's statistics.
 * A case_*.c file turns a case into calls of analysis/stat_*.h and puts the results into a JSON object with the names of the
 * reference; compare.c holds them against the expected values. Nothing statistical is computed in this folder. */
#ifndef TESTS_CONFORMANCE_H
#define TESTS_CONFORMANCE_H

#include <jansson.h>
#include <math.h>
#include <stdbool.h>

#include "base/arena.h"

/* A data set: CSV with a header; a field is "" when it is missing. */
struct table {
    size_t rows, columns;
    const char **names;  /* columns */
    const char **fields; /* row-major */
};
/* NULL with a message on standard error when the file is not there or no CSV. Lives in the arena. */
const struct table *table_read(struct arena *arena, const char *folder, const char *dataset);
const struct table *table_other(const char *dataset); /* another data set of the same folder, or NULL */

struct problem { /* one case */
    const char *id;
    const json_t *variables, *options, *expected;
    const struct table *table;
    size_t *rows; /* rows the option "filter" keeps */
    size_t row_count;
    struct arena *arena;
};

/* --- variables --- */
size_t column_of(const struct problem *problem, const char *name); /* exits with a message when there is none */
const char *variable(const struct problem *problem, const char *key); /* "y" → column name; NULL when not given */
/* Names of a list variable ("items"), or of a single one as a list of one. */
const char **variable_list(const struct problem *problem, const char *key, size_t *count);
const char *text_at(const struct problem *problem, size_t row, size_t column);
/* NaN for an empty field; the option "reverse" is applied. */
double number_at(const struct problem *problem, size_t row, size_t column);
/* Rows in which none of the columns is empty. */
size_t *complete_rows(const struct problem *problem, const char *const names[], size_t name_count, size_t *count);
/* values[person * names + name] of the complete rows. */
double *complete_values(const struct problem *problem, const char *const names[], size_t name_count, size_t *persons);
/* The same of all chosen rows (row_count), NaN where nothing stands. */
double *gapped_values(const struct problem *problem, const char *const names[], size_t name_count);
/* Different values of a column among the rows: in numeric order when all are numbers, else in the order of bytes. */
const char **levels_of(const struct problem *problem, const char *name, const size_t rows[], size_t row_count,
                       size_t *count);
/* The option's list of strings or numbers as texts, or NULL. */
const char **option_list(const struct problem *problem, const char *key, size_t *count);
double option_number(const struct problem *problem, const char *key, double fallback);
size_t position_of(const char *const list[], size_t count, const char *text); /* count when it is not there */

/* --- results --- */
json_t *put_object(json_t *parent, const char *key);
void put(json_t *object, const char *key, double value); /* NaN → null, infinities → "Inf", "-Inf" */
void put_pair(json_t *object, const char *key, double low, double high);
void put_list(json_t *object, const char *key, const double values[], size_t count);
void put_text(json_t *object, const char *key, const char *text);
void put_bool(json_t *object, const char *key, bool value);

/* Fills values; false when the product cannot compute the case (said on standard error). */
typedef bool statistic_run(const struct problem *problem, json_t *values);

struct agreement {
    double worst;      /* relative error of the worst number that is asserted */
    size_t compared, failed;
    char where[256];   /* first failure */
};
/* Walks the expected tree; tolerance is the case's {rel, abs, note}, statistic chooses looser parts (compare.c). exact: the
 * case's exact_for_double_input or NULL. */
void compare(const char *statistic, const json_t *expected, const json_t *found, const json_t *tolerance,
             const json_t *exact, struct agreement *agreement);

#define STATISTIC(name) statistic_run case_##name;
#include "statistics.def"
#undef STATISTIC

#endif
