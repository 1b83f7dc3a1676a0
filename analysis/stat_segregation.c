/* Spread over units. */
#include <math.h>
#include <stdlib.h>

#include "analysis/stat_diversity.h"

static double entropy_of(double p)
{
    return p > 0 ? -p * log(p) : 0;
}

struct unit_share {
    double share, people;
};

static int by_share(const void *left, const void *right)
{
    const struct unit_share *a = left;
    const struct unit_share *b = right;
    return (a->share > b->share) - (a->share < b->share);
}

/* Σ Σ tᵢtⱼ|pᵢ − pⱼ| / (2T²P(1 − P)); with the units in order of their shares one walk suffices. */
static double gini_of(struct unit_share units[], size_t count, double total, double share)
{
    double sum = 0, people = 0, members = 0;
    qsort(units, count, sizeof *units, by_share);
    for (size_t i = 0; i < count; i++) {
        sum += units[i].people * (units[i].share * people - members);
        people += units[i].people;
        members += units[i].people * units[i].share;
    }
    return sum / (total * total * share * (1 - share)); /* each pair was met once: the 2 is gone */
}

static struct segregated_group against_rest(const double people[], const double counts[], size_t units, size_t groups,
                                            size_t group, double own, double total, struct unit_share shares[])
{
    struct segregated_group made = { .total = own, .share = own / total };
    const double rest = total - own;
    const double entropy = entropy_of(made.share) + entropy_of(1 - made.share);
    size_t used = 0;
    for (size_t u = 0; u < units; u++) {
        const double x = counts[u * groups + group];
        if (!(people[u] > 0))
            continue;
        const double p = x / people[u];
        shares[used++] = (struct unit_share){ p, people[u] };
        made.dissimilarity += fabs(x / own - (people[u] - x) / rest) / 2;
        made.isolation += x * p / own;
        made.exposure += x * ((people[u] - x) / people[u]) / own;
        made.information += people[u] * (entropy - entropy_of(p) - entropy_of(1 - p)) / (total * entropy);
    }
    made.eta2 = (made.isolation - made.share) / (1 - made.share);
    made.gini = gini_of(shares, used, total, made.share);
    return made;
}

static void multigroup(const double people[], const double counts[], size_t units, struct segregation *result)
{
    double interaction = 0, lost = 0, distance = 0, squares = 0;
    for (size_t g = 0; g < result->group_count; g++) {
        interaction += result->groups[g].share * (1 - result->groups[g].share);
        result->entropy += entropy_of(result->groups[g].share);
    }
    for (size_t u = 0; u < units; u++) {
        if (!(people[u] > 0))
            continue;
        double own = 0;
        for (size_t g = 0; g < result->group_count; g++) {
            const double share = result->groups[g].share;
            const double p = counts[u * result->group_count + g] / people[u];
            own += entropy_of(p);
            distance += people[u] * fabs(p - share);
            squares += people[u] * (p - share) * (p - share);
            result->normalised_exposure += people[u] * (p - share) * (p - share) / (1 - share) / result->total;
        }
        lost += people[u] * (result->entropy - own);
        result->units++;
    }
    result->dissimilarity = distance / (2 * result->total * interaction);
    result->mutual = lost / result->total;
    result->information = result->mutual / result->entropy;
    result->relative_diversity = squares / (result->total * interaction);
}

enum status segregation_of(struct arena *arena, const double counts[], size_t units, size_t groups,
                           struct segregation *segregation, struct fail *fail)
{
    struct segregation made = { .group_count = groups };
    if (groups < 2)
        return FAIL(fail, STATUS_INPUT, "a comparison needs at least two groups");
    made.groups = ARENA_NEW(arena, struct segregated_group, groups);
    double *people = ARENA_NEW(arena, double, units + 1);
    double *totals = ARENA_NEW(arena, double, groups);
    struct unit_share *shares = ARENA_NEW(arena, struct unit_share, units + 1);
    if (made.groups == NULL || people == NULL || totals == NULL || shares == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    for (size_t i = 0; i < units * groups; i++) {
        if (!(counts[i] >= 0) || !isfinite(counts[i]))
            return FAIL(fail, STATUS_INPUT, "a count is negative or no number");
        people[i / groups] += counts[i];
        totals[i % groups] += counts[i];
    }
    for (size_t u = 0; u < units; u++)
        made.total += people[u];
    for (size_t g = 0; g < groups; g++)
        if (!(totals[g] > 0))
            return FAIL(fail, STATUS_DENIED, "a group is empty");
    for (size_t g = 0; g < groups; g++)
        made.groups[g] = against_rest(people, counts, units, groups, g, totals[g], made.total, shares);
    multigroup(people, counts, units, &made);
    *segregation = made;
    return STATUS_OK;
}

double segregation_dissimilarity(const double counts[], size_t units, size_t groups, size_t a, size_t b)
{
    double all_a = 0, all_b = 0, sum = 0;
    for (size_t u = 0; u < units; u++) {
        all_a += counts[u * groups + a];
        all_b += counts[u * groups + b];
    }
    for (size_t u = 0; u < units; u++)
        sum += fabs(counts[u * groups + a] / all_a - counts[u * groups + b] / all_b);
    return sum / 2;
}

double segregation_exposure(const double counts[], size_t units, size_t groups, size_t a, size_t b)
{
    double all = 0, sum = 0;
    for (size_t u = 0; u < units; u++) {
        double people = 0;
        for (size_t g = 0; g < groups; g++)
            people += counts[u * groups + g];
        all += counts[u * groups + a];
        sum += people > 0 ? counts[u * groups + a] * counts[u * groups + b] / people : 0;
    }
    return sum / all;
}
