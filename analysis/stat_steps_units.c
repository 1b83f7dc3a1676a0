/* A score is a sum divided by the number of answered items. Sums and squares are kept apart by that number, so that
 * they stay whole until every row is counted. */
#include "analysis/stat_steps_units.h"

#include "analysis/stat_mean.h"
#include "analysis/stat_steps_block.h"
#include "analysis/stat_wide.h"
#include "base/share.h"

enum { ITEMS_MAX = 255, QUANTILES = 4096 };
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
    struct tally *tables; /* [thread][answered − least][unit] */
};

static void pass_block(void *context, size_t block, unsigned thread)
{
    const struct pass *pass = context;
    uint16_t sum[BLOCK_ROWS];
    uint8_t answered[BLOCK_ROWS];
    size_t first = block * BLOCK_ROWS;
    size_t units = pass->units->unit_count;
    size_t rows = pass->steps->rows - first < BLOCK_ROWS ? pass->steps->rows - first : BLOCK_ROWS;
    struct tally *table = pass->tables + thread * pass->kinds * units;
    block_sums(pass->wide, pass->steps->column, pass->steps->items, pass->reversed, first, rows, pass->steps->levels,
               sum, answered);
    for (size_t i = 0; i < rows; i++) {
        size_t unit = pass->units->unit[first + i];
        if (unit >= units || answered[i] < pass->least)
            continue;
        struct tally *tally = &table[(answered[i] - pass->least) * units + unit];
        tally->n++;
        tally->sum += sum[i];
        tally->squares += (uint64_t)sum[i] * sum[i];
    }
}

static struct wide share(uint64_t whole, size_t divisor)
{
    return wide_divide(wide_sum((double)(whole >> 32) * 4294967296.0, (double)(whole & 0xffffffff)),
                       (struct wide){ (double)divisor, 0 });
}

static struct unit_score score_of(const struct pass *pass, size_t unit)
{
    struct wide sum = { 0, 0 }, squares = { 0, 0 };
    struct unit_score score = { .sd = NOT_A_NUMBER, .range = RANGE_NONE };
    for (size_t kind = 0; kind < pass->kinds; kind++) {
        const struct tally *tally = &pass->tables[kind * pass->units->unit_count + unit];
        size_t answered = pass->least + kind;
        if (tally->n == 0)
            continue;
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

/* The quantile of t takes longer than everything else and depends on the size of the unit alone. */
static double quantile_of(double known[QUANTILES + 1], uint64_t n)
{
    if (n > QUANTILES)
        return t_975((double)n - 1);
    if (known[n] == 0)
        known[n] = t_975((double)n - 1);
    return known[n];
}

static enum status prepare(struct arena *arena, struct pass *pass, unsigned threads, struct fail *fail)
{
    const struct steps *steps = pass->steps;
    pass->least = pass->units->answered_min < 1 ? 1 : pass->units->answered_min;
    pass->kinds = pass->least > steps->items ? 0 : steps->items - pass->least + 1;
    pass->tables = ARENA_NEW(arena, struct tally, threads * pass->kinds * pass->units->unit_count + 1);
    uint8_t *reversed = ARENA_NEW(arena, uint8_t, steps->items);
    if (pass->tables == NULL || reversed == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    for (size_t k = 0; steps->reversed != NULL && k < steps->items; k++)
        reversed[k] = steps->reversed[k];
    pass->reversed = steps->reversed == NULL ? NULL : reversed;
    return STATUS_OK;
}

enum status steps_by_unit(struct arena *arena, const struct steps *steps, const struct steps_units *units,
                          unsigned threads, struct unit_score score[], struct fail *fail)
{
    struct pass pass = { .steps = steps, .units = units, .wide = block_wide() };
    if (steps->levels < 2 || steps->levels > STEPS_LEVELS || steps->items == 0 || steps->items > ITEMS_MAX)
        return FAIL(fail, STATUS_INPUT, "a scale has 1 to %d statements with 2 to %d steps, not %zu with %u",
                    (int)ITEMS_MAX, (int)STEPS_LEVELS, steps->items, steps->levels);
    if (units->unit_count == 0 || units->unit_count > STEPS_UNITS)
        return FAIL(fail, STATUS_INPUT, "a comparison has 1 to %d units, not %zu", (int)STEPS_UNITS, units->unit_count);
    size_t blocks = (steps->rows + BLOCK_ROWS - 1) / BLOCK_ROWS;
    threads = threads < 1 ? 1 : threads > SHARE_MAX ? SHARE_MAX : threads;
    threads = threads > blocks ? (blocks == 0 ? 1 : (unsigned)blocks) : threads;
    double *known = ARENA_NEW(arena, double, QUANTILES + 1);
    enum status status = known == NULL ? FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis")
                                       : prepare(arena, &pass, threads, fail);
    if (status != STATUS_OK)
        return status;
    size_t size = pass.kinds * units->unit_count;
    share_out(pass.kinds == 0 ? 0 : blocks, threads, pass_block, &pass);
    for (unsigned thread = 1; thread < threads; thread++)
        for (size_t i = 0; i < size; i++) {
            const struct tally *other = &pass.tables[thread * size + i];
            pass.tables[i].n += other->n;
            pass.tables[i].sum += other->sum;
            pass.tables[i].squares += other->squares;
        }
    for (size_t unit = 0; unit < units->unit_count; unit++) {
        score[unit] = score_of(&pass, unit);
        double people = (double)score[unit].n;
        if (score[unit].n > 1)
            score[unit].range = mean_range_of(score[unit].range.value, score[unit].sd, people,
                                              units->population == NULL ? 0 : units->population[unit],
                                              quantile_of(known, score[unit].n));
    }
    return STATUS_OK;
}
