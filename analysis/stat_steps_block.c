/* Vectors of 32 bytes in the compiler's own notation: it turns them into whatever the processor has. Only the products
 * need an instruction that C has no word for. */
#include "analysis/stat_steps_block.h"

#include <stdbool.h>
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#define WITH_AVX2 __attribute__((target("avx2")))
#endif
#define EVERYWHERE static inline __attribute__((always_inline))

enum { AHEAD = 512 }; /* rows; forty columns are more than a processor reads ahead by itself */
typedef uint8_t lanes __attribute__((vector_size(BLOCK_LANES)));

/* The last rows of a column that do not fill a vector are read from a copy that ends with 255. */
EVERYWHERE void load(lanes *to, const uint8_t from[], size_t rows)
{
    if (rows >= BLOCK_LANES) {
        memcpy(to, from, BLOCK_LANES);
        return;
    }
    memset(to, 255, BLOCK_LANES);
    memcpy(to, from, rows);
}

/* Sum of 32 bytes: in pairs to 16 bits a lane, then all four lanes by one multiplication. */
EVERYWHERE uint64_t bytes_sum(const lanes *bytes)
{
    const uint64_t every_other = 0x00ff00ff00ff00ff;
    uint64_t word[BLOCK_LANES / 8];
    uint64_t sum = 0;
    memcpy(word, bytes, sizeof word);
    for (size_t k = 0; k < BLOCK_LANES / 8; k++)
        sum += (word[k] & every_other) + (word[k] >> 8 & every_other);
    return sum * 0x0001000100010001 >> 48;
}

/* Four levels at a time stay in registers. A lane counts at most 64 rows and cannot overflow. */
EVERYWHERE void frequencies(const uint8_t column[], size_t rows, unsigned levels, uint64_t frequency[])
{
    for (unsigned level = 0; level < levels; level += 4) {
        lanes count[4] = { 0 };
        for (size_t i = 0; i < rows; i += BLOCK_LANES) {
            lanes here;
            load(&here, column + i, rows - i);
            for (unsigned k = 0; k < 4; k++)
                count[k] -= (lanes)(here == (uint8_t)(level + k));
        }
        for (unsigned k = 0; k < 4 && level + k < levels; k++)
            frequency[level + k] += bytes_sum(&count[k]);
    }
}

EVERYWHERE void clean_rows(const uint8_t *const column[], size_t items, size_t first, size_t rows, unsigned levels,
                           uint8_t clean[])
{
    for (size_t i = 0; i < rows; i += BLOCK_LANES) {
        lanes complete = ~(lanes){ 0 };
        lanes here;
        for (size_t k = 0; k < items; k++) {
            load(&here, column[k] + first + i, rows - i);
            complete &= (lanes)(here < (uint8_t)levels);
        }
        for (size_t k = 0; k < items; k++) {
            load(&here, column[k] + first + i, rows - i);
            here &= complete;
            memcpy(clean + k * BLOCK_ROWS + i, &here, BLOCK_LANES);
        }
        complete &= (lanes){ 0 } + (uint8_t)1;
        memcpy(clean + items * BLOCK_ROWS + i, &complete, BLOCK_LANES);
    }
    size_t filled = (rows + BLOCK_LANES - 1) / BLOCK_LANES * BLOCK_LANES;
    for (size_t k = 0; k <= items && filled < BLOCK_ROWS; k++)
        memset(clean + k * BLOCK_ROWS + filled, 0, BLOCK_ROWS - filled);
}

/* Levels add up in bytes as long as they cannot overflow, then in 16 bits. */
EVERYWHERE void row_sums(const uint8_t *const column[], size_t items, const uint8_t reversed[], size_t first,
                         size_t rows, unsigned levels, uint16_t sum[], uint8_t answered[])
{
    const size_t together = 255 / (levels - 1);
    for (size_t i = 0; i < rows; i += BLOCK_LANES) {
        lanes count = { 0 };
        memset(sum + i, 0, BLOCK_LANES * sizeof *sum);
        for (size_t k = 0; k < items;) {
            lanes part = { 0 };
            uint8_t each[BLOCK_LANES];
            for (size_t end = k + together; k < items && k < end; k++) {
                lanes here;
                load(&here, column[k] + first + i, rows - i);
                __builtin_prefetch(column[k] + first + i + AHEAD);
                lanes valid = (lanes)(here < (uint8_t)levels);
                if (reversed != NULL && reversed[k])
                    here = (uint8_t)(levels - 1) - here;
                part += here & valid;
                count -= valid;
            }
            memcpy(each, &part, sizeof each);
            for (size_t lane = 0; lane < BLOCK_LANES; lane++)
                sum[i + lane] = (uint16_t)(sum[i + lane] + each[lane]);
        }
        memcpy(answered + i, &count, sizeof count);
    }
}

static void products_plain(const uint8_t clean[], size_t columns, uint64_t product[])
{
    for (size_t a = 0; a < columns; a++)
        for (size_t b = a; b < columns; b++) {
            const uint8_t *left = clean + a * BLOCK_ROWS;
            const uint8_t *right = clean + b * BLOCK_ROWS;
            uint32_t sum = 0;
            for (size_t i = 0; i < BLOCK_ROWS; i++)
                sum += (uint32_t)left[i] * right[i];
            product[a * columns + b] += sum;
        }
}

#if defined(__x86_64__)
enum { TILE_A = 2, TILE_B = 4 };

WITH_AVX2 static uint32_t across(__m256i sums)
{
    uint32_t each[8];
    uint32_t sum = 0;
    sums = _mm256_madd_epi16(sums, _mm256_set1_epi16(1));
    memcpy(each, &sums, sizeof each);
    for (size_t k = 0; k < 8; k++)
        sum += each[k];
    return sum;
}

/* Two columns against four: eight sums stay in registers, each load serves several products. */
WITH_AVX2 static void products_tile(const uint8_t left[], const uint8_t right[], uint32_t sums[TILE_A][TILE_B])
{
    __m256i sum[TILE_A][TILE_B];
    for (size_t a = 0; a < TILE_A; a++)
        for (size_t b = 0; b < TILE_B; b++)
            sum[a][b] = _mm256_setzero_si256();
    for (size_t i = 0; i < BLOCK_ROWS; i += BLOCK_LANES) {
        __m256i x[TILE_A];
        for (size_t a = 0; a < TILE_A; a++)
            x[a] = _mm256_loadu_si256((const __m256i_u *)(const void *)(left + a * BLOCK_ROWS + i));
        for (size_t b = 0; b < TILE_B; b++) {
            __m256i y = _mm256_loadu_si256((const __m256i_u *)(const void *)(right + b * BLOCK_ROWS + i));
            for (size_t a = 0; a < TILE_A; a++)
                sum[a][b] = _mm256_add_epi16(sum[a][b], _mm256_maddubs_epi16(x[a], y));
        }
    }
    for (size_t a = 0; a < TILE_A; a++)
        for (size_t b = 0; b < TILE_B; b++)
            sums[a][b] = across(sum[a][b]);
}

WITH_AVX2 static void products_avx2(const uint8_t clean[], size_t columns, size_t padded, uint64_t product[])
{
    for (size_t a = 0; a < padded; a += TILE_A)
        for (size_t b = a / TILE_B * TILE_B; b < padded; b += TILE_B) {
            uint32_t sums[TILE_A][TILE_B];
            products_tile(clean + a * BLOCK_ROWS, clean + b * BLOCK_ROWS, sums);
            for (size_t i = a; i < a + TILE_A && i < columns; i++)
                for (size_t k = b < i ? i : b; k < b + TILE_B && k < columns; k++)
                    product[i * columns + k] += sums[i - a][k - b];
        }
}

WITH_AVX2 static void frequencies_avx2(const uint8_t column[], size_t rows, unsigned levels, uint64_t frequency[])
{
    frequencies(column, rows, levels, frequency);
}

WITH_AVX2 static void clean_avx2(const uint8_t *const column[], size_t items, size_t first, size_t rows,
                                 unsigned levels, uint8_t clean[])
{
    clean_rows(column, items, first, rows, levels, clean);
}

WITH_AVX2 static void sums_avx2(const uint8_t *const column[], size_t items, const uint8_t reversed[], size_t first,
                                size_t rows, unsigned levels, uint16_t sum[], uint8_t answered[])
{
    row_sums(column, items, reversed, first, rows, levels, sum, answered);
}

#else
#define products_avx2(clean, columns, padded, product) products_plain(clean, columns, product)
#define frequencies_avx2 frequencies
#define clean_avx2 clean_rows
#define sums_avx2 row_sums
#endif

bool block_wide(void)
{
#if defined(__x86_64__)
    return __builtin_cpu_supports("avx2");
#else
    return false;
#endif
}

void block_frequencies(bool wide, const uint8_t column[], size_t rows, unsigned levels, uint64_t frequency[])
{
    if (wide)
        frequencies_avx2(column, rows, levels, frequency);
    else
        frequencies(column, rows, levels, frequency);
}

void block_clean(bool wide, const uint8_t *const column[], size_t items, size_t first, size_t rows, unsigned levels,
                 uint8_t clean[])
{
    if (wide)
        clean_avx2(column, items, first, rows, levels, clean);
    else
        clean_rows(column, items, first, rows, levels, clean);
}

void block_products(bool wide, const uint8_t clean[], size_t columns, size_t padded, uint64_t product[])
{
    if (wide)
        products_avx2(clean, columns, padded, product);
    else
        products_plain(clean, columns, product);
}

void block_sums(bool wide, const uint8_t *const column[], size_t items, const uint8_t reversed[], size_t first,
                size_t rows, unsigned levels, uint16_t sum[BLOCK_ROWS], uint8_t answered[BLOCK_ROWS])
{
    if (wide)
        sums_avx2(column, items, reversed, first, rows, levels, sum, answered);
    else
        row_sums(column, items, reversed, first, rows, levels, sum, answered);
}
