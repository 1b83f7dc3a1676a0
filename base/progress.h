/* Progress of a long job: a bar on a terminal, nothing in a pipe. Writes to standard error. */
#ifndef BASE_PROGRESS_H
#define BASE_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

struct progress {
    const char *label; /* borrowed; already in the reader's language */
    bool visible;
    int shown; /* percent last drawn, -1 before the first */
};

void progress_start(struct progress *progress, const char *label);
void progress_step(struct progress *progress, size_t done, size_t total);
void progress_end(struct progress *progress); /* leaves the finished line on the screen */

#endif
