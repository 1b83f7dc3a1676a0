/* The answers while they are counted: lines of each output file, collected by several threads, sorted at the end. */
#ifndef SURVEY_COUNT_LINES_H
#define SURVEY_COUNT_LINES_H

#include "base/share.h"
#include "forms/answers.h"
#include "survey/count_file.h"

struct count_lines; /* one for the answers, then one a detached item */

MUST_USE enum status count_lines_create(const struct form *form, unsigned threads, struct count_lines **lines,
                                        struct fail *fail);
void count_lines_free(struct count_lines *lines); /* accepts NULL; wipes the answers */

/* One person's answers; each thread its own number. */
void count_lines_add(struct count_lines *lines, unsigned thread, const struct answers *answers);

size_t count_lines_files(const struct count_lines *lines);
/* "answers.txt", "detached-D8.txt" */
void count_lines_name(const struct count_lines *lines, size_t file, char name[96]);
/* Sorted bytewise, one a line. STATUS_MEMORY */
MUST_USE enum status count_lines_write(struct count_lines *lines, size_t file, struct count_file *out,
                                       struct fail *fail);

#endif
