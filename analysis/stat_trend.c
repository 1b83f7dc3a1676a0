/* Cochran-Armitage and Jonckheere-Terpstra. */
#include "analysis/stat_trend.h"

#include <math.h>

#include "analysis/range.h"
#include "analysis/stat_chi_square.h"
#include "analysis/stat_distribution.h"
#include "analysis/stat_rank.h"

enum status share_trend_test(const struct counts *counts, const double scores[], struct share_trend *trend,
                             struct fail *fail)
{
    const double n = counts->total;
    const double share = counts->column_totals[0] / n;
    double mean = 0, spread = 0, both = 0;
    if (counts->columns != 2)
        return FAIL(fail, STATUS_INPUT, "a table of counts needs exactly two columns here");
    for (size_t i = 0; i < counts->rows; i++) {
        const double score = scores == NULL ? (double)i + 1 : scores[i];
        if (!isfinite(score))
            return FAIL(fail, STATUS_INPUT, "a value is missing or no finite number");
        mean += score * counts->row_totals[i] / n;
    }
    for (size_t i = 0; i < counts->rows; i++) {
        const double distance = (scores == NULL ? (double)i + 1 : scores[i]) - mean;
        spread += distance * distance * counts->row_totals[i];
        both += distance * (counts->cells[2 * i] - counts->row_totals[i] * share);
    }
    if (!(share > 0) || !(share < 1) || !(spread > 0))
        return FAIL(fail, STATUS_DENIED, "the values do not vary");
    const double z = both / sqrt(share * (1 - share) * spread);
    *trend = (struct share_trend){ .z = z,
                                   .statistic = z * z,
                                   .p = normal_both_tails(z),
                                   .z_less_one = z * sqrt((n - 1) / n),
                                   .mantel = z * z * (n - 1) / n,
                                   .slope = both / spread,
                                   .departure = chi_square_statistic(counts) - z * z,
                                   .departure_degrees = (double)counts->rows - 2 };
    return STATUS_OK;
}

/* J by one walk over the values in ascending order: of a person, those of earlier groups with a smaller value count
 * one, with an equal value one half. */
static double pairs_in_order(const double values[], const size_t group[], size_t n, const size_t order[],
                             double smaller[], double equal[], size_t group_count)
{
    double sum = 0;
    for (size_t i = 0, next = 0; i < n; i = next) {
        for (next = i; next < n && !(values[order[next]] > values[order[i]]); next++)
            equal[group[order[next]]]++;
        double below = 0, same = 0; /* of the groups before g */
        for (size_t g = 0; g < group_count; g++) {
            sum += equal[g] * (below + same / 2);
            below += smaller[g];
            same += equal[g];
        }
        for (size_t g = 0; g < group_count; g++) {
            smaller[g] += equal[g];
            equal[g] = 0;
        }
    }
    return sum;
}

static double tied_variance(const double group_n[], size_t group_count, double n, struct ties ties)
{
    double pairs = 0, triples = 0, with_five = 0;
    for (size_t g = 0; g < group_count; g++) {
        const double own = group_n[g];
        pairs += own * (own - 1);
        triples += own * (own - 1) * (own - 2);
        with_five += own * (own - 1) * (2 * own + 5);
    }
    return (n * (n - 1) * (2 * n + 5) - with_five - ties.with_five) / 72 +
           triples * ties.triples / (36 * n * (n - 1) * (n - 2)) + pairs * ties.pairs / (8 * n * (n - 1));
}

enum status rank_trend_test(struct arena *arena, const double values[], const size_t group[], size_t n,
                            size_t group_count, struct rank_trend *trend, struct fail *fail)
{
    struct rank_trend made = { .n = (double)n, .group_n = ARENA_NEW(arena, double, group_count + 1) };
    double *ranks = ARENA_NEW(arena, double, n + 1);
    double *room = ARENA_NEW(arena, double, 2 * group_count + 1);
    size_t *order = ARENA_NEW(arena, size_t, n + 1);
    struct ties ties = { 0 };
    double squares = 0;
    size_t filled = 0;
    if (group_count < 2)
        return FAIL(fail, STATUS_INPUT, "a comparison needs at least two groups");
    if (made.group_n == NULL || ranks == NULL || room == NULL || order == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    for (size_t i = 0; i < n; i++) {
        if (group[i] >= group_count)
            return FAIL(fail, STATUS_INPUT, "a group number is out of range");
        made.group_n[group[i]]++;
    }
    enum status status = ranks_make(arena, values, n, ranks, order, &ties, fail);
    if (status != STATUS_OK)
        return status;
    for (size_t g = 0; g < group_count; g++) {
        squares += made.group_n[g] * made.group_n[g];
        filled += made.group_n[g] > 0;
    }
    if (n < 3 || filled < 2)
        return FAIL(fail, STATUS_DENIED, "too few answers for a reliable figure");
    if (ties.distinct < 2)
        return FAIL(fail, STATUS_DENIED, "the values do not vary");
    made.statistic = pairs_in_order(values, group, n, order, room, room + group_count, group_count);
    made.mean = (made.n * made.n - squares) / 4;
    made.variance = tied_variance(made.group_n, group_count, made.n, ties);
    made.z = (made.statistic - made.mean) / sqrt(made.variance);
    made.p = normal_both_tails(made.z);
    made.p_increasing = made.z > 0 ? made.p / 2 : 1 - made.p / 2;
    *trend = made;
    return STATUS_OK;
}
