/* A score is a sum divided by the number of answered items. Sums and squares are kept apart by that number, so that
 * they stay whole until every row is counted. */
#include "analysis/stat_steps_units.h"

#include <stdlib.h>

#include "analysis/stat_mean.h"
#include "analysis/stat_steps_block.h"
#include "analysis/stat_wide.h"
#include "base/share.h"

enum { ITEMS_MAX = 255, QUANTILES = 4096, PIECE = 512 };
static const uint64_t whole_most = (uint64_t)1 << 53; /* doubles hold every whole number below it */
static const double noise = 1e-24; /* of the squares: below it, scores are equal */

struct tally {
    uint64_t n, sum, squares; /* of the sums of levels */
};

struct pass {
    const struct steps *steps;
    const struct steps_units *units;
    bool wide;
    size_t least, kinds;  /* answered items: least .. least + kinds − 1 */
    uint8_t *reversed;    /* NULL for none */
    struct tally **table; /* [thread * ITEMS_MAX + answered − least][unit]; NULL: nobody answered so many items */
    bool short_of_memory[SHARE_MAX];
    double *quantile;     /* of t for units of this many people, up to QUANTILES; 0: not yet asked for */
    struct unit_score *score;
};

static void pass_block(void *context, size_t block, unsigned thread)
{
    struct pass *pass = context;
    uint16_t sum[BLOCK_ROWS];
    uint8_t answered[BLOCK_ROWS];
    struct tally *tally[BLOCK_ROWS]; /* known early, so that it can be fetched before it is needed; NULL for none */
    size_t first = block * BLOCK_ROWS;
    size_t units = pass->units->unit_count;
    size_t rows = pass->steps->rows - first < BLOCK_ROWS ? pass->steps->rows - first : BLOCK_ROWS;
    struct tally **tables = pass->table + thread * ITEMS_MAX;
    block_sums(pass->wide, pass->steps->column, pass->steps->items, pass->reversed, first, rows, pass->steps->levels,
               sum, answered);
    for (size_t i = 0; i < rows; i++) {
        size_t unit = pass->units->unit[first + i];
        tally[i] = NULL;
        if (unit >= units || answered[i] < pass->least)
            continue;
        struct tally **table = &tables[answered[i] - pass->least];
        if (*table == NULL)
            *table = calloc(units, sizeof **table); /* most numbers of answered items do not occur */
        if (*table == NULL) {
            pass->short_of_memory[thread] = true;
            return;
        }
        tally[i] = *table + unit;
        __builtin_prefetch(tally[i], 1);
    }
    for (size_t i = 0; i < rows; i++) {
        if (tally[i] == NULL)
            continue;
        tally[i]->n++;
        tally[i]->sum += sum[i];
        tally[i]->squares += (uint64_t)sum[i] * sum[i];
    }
}

static struct wide share(uint64_t whole, size_t divisor)
{
    return wide_divide(wide_sum((double)(whole >> 32) * 4294967296.0, (double)(whole & 0xffffffff)),
                       (struct wide){ (double)divisor, 0 });
}

/* Everybody answered as many items: all stays whole, and one division each is exact to the last digit. Sums below 2^53. */
static struct unit_score score_of_whole(const struct tally *tally, size_t answered, double first)
{
    struct unit_score score = { .n = tally->n, .sd = NOT_A_NUMBER, .range = RANGE_NONE };
    double n = (double)tally->n, items = (double)answered, sum = (double)tally->sum, squares = (double)tally->squares;
    double rest = wide_value(wide_subtract(wide_product(n, squares), wide_product(sum, sum)));
    score.range.value = first + sum / (items * n);
    if (score.n > 1)
        score.sd = rest > 0 ? sqrt(rest / (n * (n - 1))) / items : 0;
    return score;
}

/* The only table of the unit in which somebody stands; kinds if there are none or several. */
static size_t only_kind(const struct pass *pass, size_t unit)
{
    size_t only = pass->kinds;
    for (size_t kind = 0; kind < pass->kinds; kind++) {
        if (pass->table[kind] == NULL || pass->table[kind][unit].n == 0)
            continue;
        if (only < pass->kinds)
            return pass->kinds;
        only = kind;
    }
    return only;
}

static struct unit_score score_of(const struct pass *pass, size_t unit)
{
    struct wide sum = { 0, 0 }, squares = { 0, 0 };
    struct unit_score score = { .sd = NOT_A_NUMBER, .range = RANGE_NONE };
    const size_t only = only_kind(pass, unit);
    if (only < pass->kinds && pass->table[only][unit].squares < whole_most)
        return score_of_whole(&pass->table[only][unit], pass->least + only, pass->steps->first);
    for (size_t kind = 0; kind < pass->kinds; kind++) {
        if (pass->table[kind] == NULL)
            continue;
        const struct tally *tally = &pass->table[kind][unit];
        size_t answered = pass->least + kind;
        score.n += tally->n;
        sum = wide_add(sum, share(tally->sum, answered));
        squares = wide_add(squares, share(tally->squares, answered * answered));
    }
    if (score.n == 0)
        return score;
    struct wide mean = wide_divide(sum, (struct wide){ (double)score.n, 0 });
    double rest = wide_value(wide_subtract(squares, wide_times(mean, sum)));
    score.range.value = pass->steps->first + wide_value(mean);
    if (score.n > 1)
        score.sd = rest > noise * wide_value(squares) ? sqrt(rest / (double)(score.n - 1)) : 0;
    return score;
}

static enum status prepare(struct arena *arena, struct pass *pass, unsigned threads, struct fail *fail)
{
    const struct steps *steps = pass->steps;
    pass->least = pass->units->answered_min < 1 ? 1 : pass->units->answered_min;
    pass->kinds = pass->least > steps->items ? 0 : steps->items - pass->least + 1;
    pass->table = ARENA_NEW(arena, struct tally *, threads * ITEMS_MAX);
    uint8_t *reversed = ARENA_NEW(arena, uint8_t, steps->items);
    pass->quantile = ARENA_NEW(arena, double, QUANTILES + 1);
    if (pass->table == NULL || pass->quantile == NULL || reversed == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    for (size_t k = 0; steps->reversed != NULL && k < steps->items; k++)
        reversed[k] = steps->reversed[k];
    pass->reversed = steps->reversed == NULL ? NULL : reversed;
    return STATUS_OK;
}

/* Adds what the other threads counted to the tables of the first. */
static void merge(const struct pass *pass, unsigned threads)
{
    for (unsigned thread = 1; thread < threads; thread++)
        for (size_t kind = 0; kind < pass->kinds; kind++) {
            struct tally **sum = &pass->table[kind], **other = &pass->table[thread * ITEMS_MAX + kind];
            if (*sum == NULL) {
                *sum = *other;
                *other = NULL;
            }
            for (size_t unit = 0; unit < pass->units->unit_count && *other != NULL; unit++) {
                (*sum)[unit].n += (*other)[unit].n;
                (*sum)[unit].sum += (*other)[unit].sum;
                (*sum)[unit].squares += (*other)[unit].squares;
            }
        }
}

static enum status memory_status(const struct pass *pass, unsigned threads, struct fail *fail)
{
    for (unsigned thread = 0; thread < threads; thread++)
        if (pass->short_of_memory[thread])
            return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    return STATUS_OK;
}

/* The quantile of t takes longer than everything else and depends on the size of the unit alone. */
static void add_ranges(const struct pass *pass)
{
    for (size_t unit = 0; unit < pass->units->unit_count; unit++) {
        struct unit_score *score = &pass->score[unit];
        if (score->n < 2)
            continue;
        double unknown = 0;
        double *quantile = score->n > QUANTILES ? &unknown : &pass->quantile[score->n];
        if (*quantile == 0)
            *quantile = t_975((double)score->n - 1);
        score->range = mean_range_of(score->range.value, score->sd, (double)score->n,
                                     pass->units->population == NULL ? 0 : pass->units->population[unit], *quantile);
    }
}

static void score_piece(void *context, size_t piece, unsigned thread)
{
    const struct pass *pass = context;
    size_t end = (piece + 1) * PIECE < pass->units->unit_count ? (piece + 1) * PIECE : pass->units->unit_count;
    (void)thread;
    for (size_t unit = piece * PIECE; unit < end; unit++)
        pass->score[unit] = score_of(pass, unit);
}

enum status steps_by_unit(struct arena *arena, const struct steps *steps, const struct steps_units *units,
                          unsigned threads, struct unit_score score[], struct fail *fail)
{
    struct pass pass = { .steps = steps, .units = units, .wide = block_wide(), .score = score };
    if (steps->levels < 2 || steps->levels > STEPS_LEVELS || steps->items == 0 || steps->items > ITEMS_MAX)
        return FAIL(fail, STATUS_INPUT, "a scale has 1 to %d statements with 2 to %d steps, not %zu with %u",
                    (int)ITEMS_MAX, (int)STEPS_LEVELS, steps->items, steps->levels);
    if (units->unit_count == 0 || units->unit_count > STEPS_UNITS)
        return FAIL(fail, STATUS_INPUT, "a comparison has 1 to %d units, not %zu", (int)STEPS_UNITS, units->unit_count);
    size_t blocks = (steps->rows + BLOCK_ROWS - 1) / BLOCK_ROWS;
    threads = threads < 1 ? 1 : threads > SHARE_MAX ? SHARE_MAX : threads;
    threads = threads > blocks ? (blocks == 0 ? 1 : (unsigned)blocks) : threads;
    enum status status = prepare(arena, &pass, threads, fail);
    if (status == STATUS_OK) {
        share_out(pass.kinds == 0 ? 0 : blocks, threads, pass_block, &pass);
        status = memory_status(&pass, threads, fail);
    }
    if (status == STATUS_OK) {
        merge(&pass, threads);
        share_out((units->unit_count + PIECE - 1) / PIECE, threads, score_piece, &pass);
        add_ranges(&pass);
    }
    for (size_t i = 0; pass.table != NULL && i < (size_t)threads * ITEMS_MAX; i++)
        free(pass.table[i]);
    return status;
}
