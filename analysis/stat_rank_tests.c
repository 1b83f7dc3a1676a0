/* Rank tests; the exact distribution is counted, the median of differences selected without sorting them. */
#include "analysis/stat_rank_tests.h"

#include "analysis/stat_distribution.h"
#include "analysis/stat_rank.h"

/* Ranks in the order group after group. */
static enum status joint_ranks(struct arena *arena, const struct grouped *grouped, double **ranks, struct ties *ties,
                               struct fail *fail)
{
    *ranks = ARENA_NEW(arena, double, grouped->n + 1);
    if (*ranks == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    enum status status = ranks_make(arena, grouped->groups[0].values, grouped->n, *ranks, NULL, ties, fail);
    if (status == STATUS_OK && ties->distinct < 2)
        return FAIL(fail, STATUS_DENIED, "the values do not vary");
    return status;
}

enum status kruskal_wallis_test(struct arena *arena, const struct grouped *grouped, struct kruskal_wallis *result,
                                struct fail *fail)
{
    const size_t k = grouped->group_count;
    const double n = (double)grouped->n;
    double *ranks = NULL;
    double *sorted = ARENA_NEW(arena, double, grouped->n + 1);
    struct ties ties;
    struct kruskal_wallis made = { .mean_ranks = ARENA_NEW(arena, double, k), .medians = ARENA_NEW(arena, double, k) };
    if (sorted == NULL || made.mean_ranks == NULL || made.medians == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    if (grouped->n <= k)
        return FAIL(fail, STATUS_DENIED, "too few answers for a reliable figure");
    enum status status = joint_ranks(arena, grouped, &ranks, &ties, fail);
    if (status != STATUS_OK)
        return status;
    double spread = 0;
    for (size_t g = 0; g < k; g++) {
        const struct group *own = &grouped->groups[g];
        double sum = 0;
        for (size_t i = 0; i < own->n; i++) {
            sorted[i] = own->values[i];
            sum += *ranks++;
        }
        made.medians[g] = median_take(sorted, own->n);
        made.mean_ranks[g] = sum / (double)own->n;
        spread += (double)own->n * pow(made.mean_ranks[g] - (n + 1) / 2, 2);
    }
    made.uncorrected = 12 * spread / (n * (n + 1));
    made.tie_factor = 1 - ties.cubes / (n * (n - 1) * (n + 1));
    made.statistic = made.uncorrected / made.tie_factor;
    made.degrees = (double)k - 1;
    made.p = chi_square_above(made.statistic, made.degrees);
    made.epsilon2 = made.statistic / (n - 1);
    made.eta2 = (made.statistic - (double)k + 1) / (n - (double)k);
    *result = made;
    return STATUS_OK;
}

/* P(U ≤ u) without ties. Ways to draw `least` of the ranks with a given sum, by taking rank after rank: as in a knapsack. */
static double exact_below(struct arena *arena, size_t n1, size_t n2, size_t u)
{
    const size_t most = n1 * n2;
    double *ways = ARENA_NEW(arena, double, (n1 + 1) * (most + 1));
    double all = 0, below = 0;
    if (ways == NULL)
        return NOT_A_NUMBER;
    /* ways[j][s]: j people of the first group, s people of the second behind them in all. */
    ways[0] = 1;
    for (size_t place = 1; place <= n1 + n2; place++)
        for (size_t j = place < n1 ? place : n1; j > 0; j--) {
            const size_t behind = place - j; /* of the second group, if the person here is the j-th of the first */
            for (size_t s = behind; s <= most && behind <= n2; s++)
                ways[j * (most + 1) + s] += ways[(j - 1) * (most + 1) + s - behind];
        }
    for (size_t s = 0; s <= most; s++) {
        all += ways[n1 * (most + 1) + s];
        below += s <= u ? ways[n1 * (most + 1) + s] : 0;
    }
    return below / all;
}

/* The k-th smallest (from 0), by parting around a value from the middle; reorders. Expected time proportional to n. */
static double select_number(double values[], size_t n, size_t k)
{
    size_t from = 0, to = n;
    while (to - from > 1) {
        const double pivot = values[from + (to - from) / 2];
        size_t less = from, at = from, more = to;
        while (at < more) {
            const double value = values[at];
            if (value < pivot) {
                values[at++] = values[less];
                values[less++] = value;
            } else if (value > pivot) {
                values[at] = values[--more];
                values[more] = value;
            } else {
                at++;
            }
        }
        if (k < less)
            to = less;
        else if (k >= more)
            from = more;
        else
            return pivot;
    }
    return values[from];
}

static enum status shift_of(struct arena *arena, const struct group *x, const struct group *y, double *shift,
                            struct fail *fail)
{
    *shift = NOT_A_NUMBER;
    if ((double)x->n * (double)y->n > SHIFT_PAIRS_MAX)
        return STATUS_OK;
    const size_t n = x->n * y->n;
    double *differences = ARENA_NEW(arena, double, n);
    if (differences == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    for (size_t i = 0; i < n; i++)
        differences[i] = x->values[i / y->n] - y->values[i % y->n];
    *shift = select_number(differences, n, n / 2);
    if (n % 2 == 0)
        *shift = (*shift + select_number(differences, n, n / 2 - 1)) / 2;
    return STATUS_OK;
}

/* Numbers of sorted values below and above x. */
static void around(const double sorted[], size_t n, double x, double *below, double *above)
{
    size_t ends[2];
    for (int strict = 0; strict < 2; strict++) {
        size_t low = 0, high = n;
        while (low < high) {
            const size_t middle = low + (high - low) / 2;
            if (strict == 0 ? sorted[middle] < x : sorted[middle] <= x)
                low = middle + 1;
            else
                high = middle;
        }
        ends[strict] = low;
    }
    *below = (double)ends[0];
    *above = (double)(n - ends[1]);
}

/* Dominance of each person over the other group; its spread gives the variance of delta. */
static enum status cliff(struct arena *arena, const struct group *x, const struct group *y, double z,
                         struct mann_whitney *result, struct fail *fail)
{
    const struct group *groups[] = { x, y };
    const double delta = 2 * result->superiority - 1;
    const double n1 = (double)x->n, n2 = (double)y->n;
    double spread[2] = { 0, 0 };
    double larger = 0, smaller = 0;
    for (size_t side = 0; side < 2; side++) {
        const struct group *own = groups[side], *other = groups[1 - side];
        double *sorted = ARENA_NEW(arena, double, other->n + 1);
        if (sorted == NULL)
            return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
        for (size_t i = 0; i < other->n; i++)
            sorted[i] = other->values[i];
        sort_numbers(sorted, other->n);
        for (size_t i = 0; i < own->n; i++) {
            double below = 0, above = 0;
            around(sorted, other->n, own->values[i], &below, &above);
            const double dominance = (side == 0 ? below - above : above - below) / (double)other->n;
            spread[side] += (dominance - delta) * (dominance - delta);
            larger += side == 0 ? below : 0;
            smaller += side == 0 ? above : 0;
        }
    }
    const double equal = n1 * n2 - larger - smaller;
    const double cells = larger * (1 - delta) * (1 - delta) + smaller * (1 + delta) * (1 + delta) + equal * delta * delta;
    const double variance = (n2 * n2 * spread[0] + n1 * n1 * spread[1] - cells) / (n1 * n2 * (n1 - 1) * (n2 - 1));
    const double rest = 1 - delta * delta;
    const double half = z * sqrt(variance) * sqrt(rest * rest + z * z * variance);
    const double centre = delta - delta * delta * delta;
    result->delta_variance = variance;
    result->delta = (struct range){ delta, (centre - half) / (rest + z * z * variance),
                                    (centre + half) / (rest + z * z * variance) };
    return STATUS_OK;
}

enum status mann_whitney_test(struct arena *arena, const struct grouped *grouped, double confidence,
                              struct mann_whitney *result, struct fail *fail)
{
    double *ranks = NULL;
    struct ties ties;
    struct mann_whitney made = { .p_exact = NOT_A_NUMBER };
    if (grouped->group_count != 2)
        return FAIL(fail, STATUS_INPUT, "this comparison needs exactly two groups");
    if (!(confidence > 0) || !(confidence < 1))
        return FAIL(fail, STATUS_INPUT, "the confidence must lie between 0 and 1");
    const struct group *x = &grouped->groups[0], *y = &grouped->groups[1];
    enum status status = joint_ranks(arena, grouped, &ranks, &ties, fail);
    if (status != STATUS_OK)
        return status;
    const double n1 = (double)x->n, n2 = (double)y->n, n = n1 + n2;
    for (size_t i = 0; i < x->n; i++)
        made.u_first += ranks[i];
    made.u_first -= n1 * (n1 + 1) / 2;
    made.u_least = fmin(made.u_first, n1 * n2 - made.u_first);
    const double distance = made.u_first - n1 * n2 / 2;
    const double error = sqrt(n1 * n2 / 12 * (n + 1 - ties.cubes / (n * (n - 1))));
    made.z = distance / error;
    made.p = normal_both_tails(made.z);
    made.z_corrected = (distance - (distance > 0 ? 0.5 : distance < 0 ? -0.5 : 0)) / error;
    made.p_corrected = normal_both_tails(made.z_corrected);
    if (ties.distinct == grouped->n && grouped->n <= EXACT_PEOPLE_MAX)
        made.p_exact = fmin(1, 2 * exact_below(arena, x->n, y->n, (size_t)made.u_least));
    made.superiority = made.u_first / (n1 * n2);
    made.r = made.z / sqrt(n);
    status = cliff(arena, x, y, normal_two_sided(confidence), &made, fail);
    if (status == STATUS_OK)
        status = shift_of(arena, x, y, &made.shift, fail);
    if (status == STATUS_OK)
        *result = made;
    return status;
}
