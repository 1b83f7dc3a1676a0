#include "analysis/suppress_rank.h"

#include <stdlib.h>

static int by_rank(const void *left, const void *right)
{
    const struct ranked *a = left, *b = right;
    if (a->rank < b->rank || a->rank > b->rank)
        return a->rank < b->rank ? -1 : 1;
    return a->id < b->id ? -1 : a->id > b->id;
}

void rank_sort(struct ranked ranked[], size_t count)
{
    qsort(ranked, count, sizeof *ranked, by_rank);
}
