/* Ids by rank, as all of suppress_*.c sort them. */
#ifndef ANALYSIS_SUPPRESS_RANK_H
#define ANALYSIS_SUPPRESS_RANK_H

#include <stddef.h>
#include <stdint.h>

struct ranked {
    double rank;
    uint32_t id;
};

/* Upwards by rank; equal ones by id, so that no sorting library matters. */
void rank_sort(struct ranked ranked[], size_t count);

#endif
