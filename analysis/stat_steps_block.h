/* The inner loops of stat_steps.h on a block of rows that stays in the cache. Two variants with the same results: AVX2
 * where the processor has it, plain C elsewhere. Not responsible for rows beyond the block, threads or meaning. */
#ifndef ANALYSIS_STAT_STEPS_BLOCK_H
#define ANALYSIS_STAT_STEPS_BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    BLOCK_ROWS = 2048, /* the sums of a block fit in 16 bits a lane: 64 · 2 · 15 · 15 < 2^15 */
    BLOCK_LANES = 32,
};

/* Whether the processor has AVX2: what the functions below take as wide. */
bool block_wide(void);

/* Adds to frequency[level] how many of the rows hold each level; rows ≤ BLOCK_ROWS. */
void block_frequencies(bool wide, const uint8_t column[], size_t rows, unsigned levels, uint64_t frequency[]);

/* Copies the rows from first on of every column into clean[item * BLOCK_ROWS + row]; rows in which a value is not below
 * levels become 0 in every item. clean[items * BLOCK_ROWS …] is 1 for the complete rows and 0 for the others, so that
 * its products are sums and counts. The rest of the block is 0. */
void block_clean(bool wide, const uint8_t *const column[], size_t items, size_t first, size_t rows, unsigned levels,
                 uint8_t clean[]);

/* product[a * columns + b] += Σ clean[a][row] · clean[b][row] for a ≤ b. clean has room for padded columns, a multiple
 * of 4 and at least columns; those beyond columns are 0. */
void block_products(bool wide, const uint8_t clean[], size_t columns, size_t padded, uint64_t product[]);

/* Per row the sum of its answered items (levels reversed where reversed is not NULL and true) and how many these are.
 * items ≤ 255. */
void block_sums(bool wide, const uint8_t *const column[], size_t items, const uint8_t reversed[], size_t first,
                size_t rows, unsigned levels, uint16_t sum[BLOCK_ROWS], uint8_t answered[BLOCK_ROWS]);

#endif
