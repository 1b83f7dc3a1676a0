/* Brings the contracts of one person together. The hash of a person is as good as random, so its first bits say about where a
 * contract will stand: every contract is put into its bucket where it stands, then the buckets, which are small, are sorted. */
#include <stdlib.h>

#include "survey/import_records.h"

enum { BUCKET_BITS = 12, BUCKETS = 1 << BUCKET_BITS };

static size_t bucket_of(const struct contract *contract)
{
    return (size_t)(contract->person[0] >> (64 - BUCKET_BITS));
}

static int compare_contracts(const void *first, const void *second)
{
    const struct contract *a = first;
    const struct contract *b = second;
    for (size_t i = 0; i < COUNT(a->person); i++)
        if (a->person[i] != b->person[i])
            return a->person[i] < b->person[i] ? -1 : 1;
    if (a->fte < b->fte || a->fte > b->fte)
        return a->fte > b->fte ? -1 : 1;
    return a->number != b->number ? (a->number < b->number ? -1 : 1) : a->line < b->line ? -1 : a->line > b->line;
}

void records_sort(struct contract contracts[], size_t count)
{
    size_t next[BUCKETS] = { 0 }; /* where the next contract of each bucket goes */
    size_t end[BUCKETS];
    for (size_t i = 0; i < count; i++)
        next[bucket_of(&contracts[i])]++;
    for (size_t b = 0, before = 0; b < BUCKETS; b++) {
        const size_t own = next[b];
        next[b] = before;
        before += own;
        end[b] = before;
    }
    for (size_t b = 0; b < BUCKETS; b++) {
        const size_t begin = b == 0 ? 0 : end[b - 1];
        while (next[b] < end[b]) { /* whoever stands here changes places until the right one comes */
            struct contract moved = contracts[next[b]];
            for (size_t to = bucket_of(&moved); to != b; to = bucket_of(&moved)) {
                const struct contract other = contracts[next[to]];
                contracts[next[to]++] = moved;
                moved = other;
            }
            contracts[next[b]++] = moved;
        }
        if (end[b] - begin > 1)
            qsort(contracts + begin, end[b] - begin, sizeof *contracts, compare_contracts);
    }
}
