/* The exact r × c test meets in the middle: the lines of the table are parted in two sets. For the one, all ways to fill
 * its lines are listed (who is used up of each place, logarithm of the probability); the ways of the other are walked,
 * and each looks up how much of the complement keeps the whole table at most as likely as the observed one. A thousand ×
 * a thousand half tables then cost two thousand steps instead of a million. */
#include "analysis/stat_fisher.h"

#include <assert.h>
#include <gsl/gsl_sf_gamma.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "analysis/stat_distribution.h"

static struct range log_range(double value, double error, double z)
{
    return (struct range){ value, exp(log(value) - z * error), exp(log(value) + z * error) };
}

struct odds_ratio odds_ratio_of(const double cells[4], double confidence)
{
    const double z = normal_two_sided(confidence);
    const double h = 0.5;
    const double value = cells[0] * cells[3] / (cells[1] * cells[2]);
    const double shifted = (cells[0] + h) * (cells[3] + h) / ((cells[1] + h) * (cells[2] + h));
    double variance = 0;
    double shifted_variance = 0;
    for (size_t i = 0; i < 4; i++) {
        variance += 1 / cells[i];
        shifted_variance += 1 / (cells[i] + h);
    }
    return (struct odds_ratio){ .sample = log_range(value, sqrt(variance), z),
                                .log_error = sqrt(variance),
                                .haldane = log_range(shifted, sqrt(shifted_variance), z),
                                .yule_q = (value - 1) / (value + 1) };
}

enum status fisher_test(struct arena *arena, const struct counts *counts, double confidence, struct exact *exact,
                        struct fail *fail)
{
    struct conditional conditional;
    if (counts->rows != 2 || counts->columns != 2)
        return FAIL(fail, STATUS_INPUT, "a table of counts needs exactly two rows and two columns here");
    enum status status = conditional_make(arena, counts->row_totals[0], counts->row_totals[1],
                                          counts->column_totals[0], &conditional, fail);
    if (status != STATUS_OK)
        return status;
    return conditional_exact(&conditional, counts->cells[0], confidence, exact, fail);
}

/* A way to fill some lines. Its weight is the probability that people who choose their places by the margin's shares
 * choose so: these numbers stay in range, and the factor against the hypergeometric one is the same for every table. */
struct half {
    uint64_t used; /* what each place has received, packed into a number */
    double log_weight;
    double up_to; /* weights summed up from the first of the same use */
};

struct margins {
    size_t lines, places;
    size_t line[FISHER_SIDE], place[FISHER_SIDE]; /* totals, none 0; places ≤ lines */
    double log_share[FISHER_SIDE];                /* of the places */
    uint64_t radix[FISHER_SIDE];
    const double *log_factorial;
};

struct fill { /* walks all ways to fill some lines */
    const struct margins *margins;
    const size_t *lines; /* which, line_count of them */
    size_t line_count;
    size_t room[FISHER_SIDE]; /* what is left of the places' totals */
    void (*found)(struct fill *fill, uint64_t used, double log_weight);
    struct half *halves; /* of the stored set */
    size_t half_count, half_room;
    double limit, sum;
};

static void deal(struct fill *fill, size_t at, size_t place, size_t rest, uint64_t used, double log_weight);

static void deal_line(struct fill *fill, size_t at, uint64_t used, double log_weight)
{
    const size_t n = fill->margins->line[fill->lines[at]];
    deal(fill, at, 0, n, used, log_weight + fill->margins->log_factorial[n]);
}

/* Deals the `rest` people of the current line to the places from `place` on. */
static void deal(struct fill *fill, size_t at, size_t place, size_t rest, uint64_t used, double log_weight)
{
    const struct margins *margins = fill->margins;
    const size_t room = fill->room[place];
    const bool final = place + 1 == margins->places;
    size_t later = 0;
    for (size_t k = place + 1; k < margins->places; k++)
        later += fill->room[k];
    const size_t most = rest < room ? rest : room;
    for (size_t x = rest > later ? rest - later : 0; x <= most; x++) {
        const uint64_t used_now = used + x * margins->radix[place];
        const double weight = log_weight + (double)x * margins->log_share[place] - margins->log_factorial[x];
        fill->room[place] = room - x;
        if (!final)
            deal(fill, at, place + 1, rest - x, used_now, weight);
        else if (at + 1 < fill->line_count)
            deal_line(fill, at + 1, used_now, weight);
        else
            fill->found(fill, used_now, weight);
    }
    fill->room[place] = room;
}

static void keep(struct fill *fill, uint64_t used, double log_weight)
{
    if (fill->half_count < fill->half_room)
        fill->halves[fill->half_count] = (struct half){ used, log_weight, 0 };
    fill->half_count++;
}

static size_t first_of(const struct fill *fill, uint64_t used)
{
    size_t low = 0;
    size_t high = fill->half_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (fill->halves[middle].used < used)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The stored halves of the complement, up to the limit. */
static void look_up(struct fill *fill, uint64_t used, double log_weight)
{
    const size_t first = first_of(fill, used);
    size_t low = first;
    size_t high = fill->half_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (fill->halves[middle].used == used && fill->halves[middle].log_weight + log_weight <= fill->limit)
            low = middle + 1;
        else
            high = middle;
    }
    if (low > first)
        fill->sum += fill->halves[low - 1].up_to * exp(log_weight);
}

static int by_use_and_weight(const void *left, const void *right)
{
    const struct half *a = left;
    const struct half *b = right;
    if (a->used != b->used)
        return a->used < b->used ? -1 : 1;
    return (a->log_weight > b->log_weight) - (a->log_weight < b->log_weight);
}

/* Sorts, turns the use of the one set into that of its complement, and sums up within the same use. */
static void sum_up(struct fill *fill, uint64_t whole)
{
    for (size_t i = 0; i < fill->half_count; i++)
        fill->halves[i].used = whole - fill->halves[i].used;
    qsort(fill->halves, fill->half_count, sizeof *fill->halves, by_use_and_weight);
    for (size_t i = 0; i < fill->half_count; i++) {
        struct half *half = &fill->halves[i];
        half->up_to = exp(half->log_weight);
        if (i > 0 && fill->halves[i - 1].used == half->used)
            half->up_to += fill->halves[i - 1].up_to;
    }
}

/* Number of ways to deal one line, an upper bound for the later ones; by adding place after place. */
static double ways_of(struct arena *arena, const struct margins *margins, size_t line)
{
    const size_t n = margins->line[line];
    double *ways = ARENA_NEW(arena, double, n + 1);
    double *sums = ARENA_NEW(arena, double, n + 2);
    if (ways == NULL || sums == NULL)
        return (double)INFINITY;
    ways[0] = 1;
    for (size_t k = 0; k < margins->places; k++) {
        for (size_t s = 0; s <= n; s++)
            sums[s + 1] = sums[s] + ways[s];
        for (size_t s = 0; s <= n; s++) {
            const size_t most = margins->place[k] < s ? margins->place[k] : s;
            ways[s] = sums[s + 1] - sums[s - most];
        }
    }
    return ways[n];
}

/* Non-empty lines, the longer side as lines: fewer places, fewer ways. */
static enum status take_margins(struct arena *arena, const struct counts *counts, struct margins *margins,
                                double *log_observed, struct fail *fail)
{
    const double *sides[] = { counts->row_totals, counts->column_totals };
    const size_t lengths[] = { counts->rows, counts->columns };
    size_t filled[2] = { 0, 0 };
    *margins = (struct margins){ 0 };
    if (counts->total > FISHER_VISITED)
        return FAIL(fail, STATUS_LIMIT, "the table is too large for an exact test");
    for (size_t side = 0; side < 2; side++)
        for (size_t i = 0; i < lengths[side]; i++)
            filled[side] += sides[side][i] > 0;
    if (filled[0] > FISHER_SIDE || filled[1] > FISHER_SIDE)
        return FAIL(fail, STATUS_INPUT, "the table is too large for an exact test");
    const size_t longer = filled[0] >= filled[1] ? 0 : 1;
    for (size_t i = 0; i < lengths[longer]; i++)
        if (sides[longer][i] > 0)
            margins->line[margins->lines++] = (size_t)sides[longer][i];
    for (size_t i = 0; i < lengths[1 - longer]; i++)
        if (sides[1 - longer][i] > 0)
            margins->place[margins->places++] = (size_t)sides[1 - longer][i];
    const size_t n = (size_t)counts->total;
    double *log_factorial = ARENA_NEW(arena, double, n + 1);
    if (log_factorial == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    for (size_t i = 0; i <= n; i++)
        log_factorial[i] = gsl_sf_lngamma((double)i + 1);
    margins->log_factorial = log_factorial;
    *log_observed = 0;
    for (size_t i = 0; i < counts->rows * counts->columns; i++) {
        if (floor(counts->cells[i]) < counts->cells[i])
            return FAIL(fail, STATUS_INPUT, "an exact test needs whole counts");
        *log_observed -= log_factorial[(size_t)counts->cells[i]];
    }
    for (size_t i = 0; i < margins->lines; i++)
        *log_observed += log_factorial[margins->line[i]];
    double product = 1;
    uint64_t radix = 1;
    for (size_t k = 0; k < margins->places; k++) {
        product *= (double)margins->place[k] + 1;
        margins->log_share[k] = log((double)margins->place[k] / counts->total);
        *log_observed += (double)margins->place[k] * margins->log_share[k];
        margins->radix[k] = radix;
        radix *= margins->place[k] + 1; /* may wrap; then it is refused below */
    }
    return product < 9e18 ? STATUS_OK : FAIL(fail, STATUS_LIMIT, "the table is too large for an exact test");
}

/* Which lines to store: as many ways as memory allows, so that few are left to be walked. Bit i stands for line i. */
static size_t part(const struct margins *margins, const double ways[], double *walked)
{
    size_t best = 0;
    *walked = (double)INFINITY;
    for (size_t set = 1; set + 1 < (size_t)1 << margins->lines; set++) {
        double stored = 1;
        double rest = 1;
        for (size_t i = 0; i < margins->lines; i++)
            *(set >> i & 1 ? &stored : &rest) *= ways[i];
        if (stored <= FISHER_STORED && rest + stored < *walked) {
            *walked = rest + stored;
            best = set;
        }
    }
    return best;
}

enum status fisher_freeman_halton(struct arena *arena, const struct counts *counts, double *p, struct fail *fail)
{
    struct margins margins;
    double log_observed = 0;
    double ways[FISHER_SIDE];
    double walked = 0;
    size_t lines[2][FISHER_SIDE];
    size_t line_counts[2] = { 0, 0 };
    enum status status = take_margins(arena, counts, &margins, &log_observed, fail);
    if (status != STATUS_OK)
        return status;
    if (margins.lines < 2 || margins.places < 2) {
        *p = 1; /* there is one table only */
        return STATUS_OK;
    }
    for (size_t i = 0; i < margins.lines; i++)
        ways[i] = ways_of(arena, &margins, i);
    const size_t set = part(&margins, ways, &walked);
    if (walked > FISHER_VISITED)
        return FAIL(fail, STATUS_LIMIT, "the table is too large for an exact test");
    /* The weights of all tables add up to the probability of the places' totals. */
    double log_all = margins.log_factorial[(size_t)counts->total];
    double stored = 1;
    uint64_t whole = 0;
    struct fill fill = { .margins = &margins, .found = keep, .limit = log_observed + 1e-7 };
    for (size_t k = 0; k < margins.places; k++) {
        log_all += (double)margins.place[k] * margins.log_share[k] - margins.log_factorial[margins.place[k]];
        whole += margins.place[k] * margins.radix[k];
        fill.room[k] = margins.place[k];
    }
    for (size_t i = 0; i < margins.lines; i++) {
        const size_t walk = set >> i & 1 ? 0 : 1;
        lines[walk][line_counts[walk]++] = i;
        stored *= walk == 0 ? ways[i] : 1;
    }
    fill.half_room = (size_t)stored;
    fill.halves = ARENA_NEW(arena, struct half, fill.half_room + 1);
    if (fill.halves == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    fill.lines = lines[0];
    fill.line_count = line_counts[0];
    deal_line(&fill, 0, 0, 0);
    assert(fill.half_count <= fill.half_room);
    sum_up(&fill, whole);
    fill.lines = lines[1];
    fill.line_count = line_counts[1];
    fill.found = look_up;
    deal_line(&fill, 0, 0, 0);
    *p = fmin(1, exp(log(fill.sum) - log_all));
    return STATUS_OK;
}
