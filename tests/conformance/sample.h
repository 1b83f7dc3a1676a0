/* Reads the sample of a case: weight, strata, clusters, populations. */
#ifndef TESTS_CONFORMANCE_SAMPLE_H
#define TESTS_CONFORMANCE_SAMPLE_H

#include "analysis/stat_survey.h"
#include "conformance.h"

/* Not yet prepared: the case may still calibrate the weights. */
void sample_read(const struct problem *problem, struct survey_design *design);
double *sample_numbers(const struct problem *problem, const char *name);
size_t *sample_codes(const struct problem *problem, const char *name, const char ***levels, size_t *count);
void sample_put(const struct problem *problem, const struct survey_design *design, const char *name, json_t *object);
/* An object for each variable "y". */
void sample_put_all(const struct problem *problem, const struct survey_design *design, json_t *parent);

#endif
