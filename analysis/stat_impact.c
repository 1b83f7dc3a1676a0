/* Ratios of rates with the ranges that are in use beside each other. */
#include "analysis/stat_impact.h"

#include "analysis/stat_diff.h"
#include "analysis/stat_distribution.h"
#include "analysis/stat_proportion.h"

enum { STEPS = 200 };

struct rates {
    double a, n1, b, n2; /* a of n1, b of n2 */
};

/* (p1 − θp2) over its error under the hypothesis that the ratio is θ: rates fitted by maximum likelihood. */
static double score(struct rates r, double theta)
{
    const double n = r.n1 + r.n2;
    const double square = n * theta;
    const double linear = r.n1 * theta + r.a + r.n2 + r.b * theta;
    const double both = r.a + r.b;
    const double p2 = 2 * both / (linear + sqrt(fmax(0, linear * linear - 4 * square * both)));
    const double p1 = fmin(1, theta * p2);
    const double variance = p1 * (1 - p1) / r.n1 + theta * theta * p2 * (1 - p2) / r.n2;
    return (r.a / r.n1 - theta * r.b / r.n2) / sqrt(variance);
}

/* The score falls with θ; bisection on its logarithm. */
static double score_root(struct rates r, double target)
{
    double low = -50;
    double high = 50;
    for (int i = 0; i < STEPS; i++) {
        const double middle = low + (high - low) / 2;
        if (score(r, exp(middle)) > target)
            low = middle;
        else
            high = middle;
    }
    return exp(low + (high - low) / 2);
}

static struct range katz(struct rates r, double z)
{
    const double ratio = r.a / r.n1 / (r.b / r.n2);
    const double error = sqrt(1 / r.a - 1 / r.n1 + 1 / r.b - 1 / r.n2);
    return (struct range){ ratio, exp(log(ratio) - z * error), exp(log(ratio) + z * error) };
}

/* Ratio of the rates to be expected when both groups and the number selected are given and the odds ratio is that. */
static double ratio_at(struct rates r, const struct conditional *conditional, double odds)
{
    const double selected = conditional_mean(conditional, odds);
    return selected / r.n1 / ((r.a + r.b - selected) / r.n2);
}

static bool possible(double part, double all)
{
    return part >= 0 && part <= all && isfinite(all);
}

enum status impact_test(struct arena *arena, double selected_focal, double n_focal, double selected_reference,
                        double n_reference, double confidence, struct impact *impact, struct fail *fail)
{
    const struct rates r = { selected_focal, n_focal, selected_reference, n_reference };
    struct conditional conditional;
    if (!possible(r.a, r.n1) || !possible(r.b, r.n2))
        return FAIL(fail, STATUS_INPUT, "a count is negative or no number");
    if (!(confidence > 0) || !(confidence < 1))
        return FAIL(fail, STATUS_INPUT, "the confidence must lie between 0 and 1");
    const double n = r.n1 + r.n2;
    const double pooled = (r.a + r.b) / n;
    if (!(r.n1 > 0) || !(r.n2 > 0))
        return FAIL(fail, STATUS_DENIED, "a group is empty");
    if (!(pooled > 0) || !(pooled < 1))
        return FAIL(fail, STATUS_DENIED, "the values do not vary");
    const double z = normal_two_sided(confidence);
    const double p1 = r.a / r.n1, p2 = r.b / r.n2;
    const double difference_error = z * sqrt(p1 * (1 - p1) / r.n1 + p2 * (1 - p2) / r.n2);
    const double sizes = 1 / r.n1 + 1 / r.n2;
    struct impact made = { .rate_focal = p1, .rate_reference = p2, .ratio = p1 / p2 };
    made.four_fifths_violated = made.ratio < 0.8;
    made.katz = katz(r, z);
    made.koopman = (struct range){ made.ratio, r.a > 0 ? score_root(r, z) : 0, r.b > 0 ? score_root(r, -z) : (double)INFINITY };
    made.newcombe = difference(proportion_ranges(r.a, r.n1, confidence).wilson,
                               proportion_ranges(r.b, r.n2, confidence).wilson);
    made.wald = (struct range){ p1 - p2, p1 - p2 - difference_error, p1 - p2 + difference_error };
    made.z = (p1 - p2) / sqrt(pooled * (1 - pooled) * sizes);
    made.z_p = normal_both_tails(made.z);
    made.z_ratio = log(made.ratio) / sqrt((1 - pooled) / pooled * sizes);
    made.z_ratio_p = normal_both_tails(made.z_ratio);
    made.cohens_h = 2 * asin(sqrt(p1)) - 2 * asin(sqrt(p2));
    made.odds_ratio = r.a * (r.n2 - r.b) / ((r.n1 - r.a) * r.b);
    made.shortfall_parity = pooled * r.n1 - r.a;
    made.shortfall_four_fifths = fmax(0, 0.8 * p2 * r.n1 - r.a);
    if (conditional_make(arena, r.n1, r.n2, r.a + r.b, &conditional, NULL) != STATUS_OK ||
        conditional_exact(&conditional, r.a, confidence, &made.exact, NULL) != STATUS_OK) {
        made.exact = EXACT_NONE;
        made.mid_p = RANGE_NONE;
    } else {
        made.mid_p = (struct range){ made.ratio, ratio_at(r, &conditional, made.exact.odds_mid.low),
                                     ratio_at(r, &conditional, made.exact.odds_mid.high) };
    }
    *impact = made;
    return STATUS_OK;
}

static struct range over(struct range range, double share)
{
    return (struct range){ range.value / share, range.low / share, range.high / share };
}

enum status representation_test(struct arena *arena, double workforce, double workforce_focal, double leaders,
                                double leaders_focal, double confidence, struct representation *result,
                                struct fail *fail)
{
    const double others = workforce - leaders; /* people who do not lead */
    const double others_focal = workforce_focal - leaders_focal;
    struct conditional conditional;
    struct exact exact;
    if (!possible(workforce_focal, workforce) || !possible(leaders, workforce) || !possible(leaders_focal, leaders) ||
        !possible(others_focal, others))
        return FAIL(fail, STATUS_INPUT, "a count is negative or no number");
    if (!(confidence > 0) || !(confidence < 1))
        return FAIL(fail, STATUS_INPUT, "the confidence must lie between 0 and 1");
    if (!(leaders > 0) || !(workforce_focal > 0))
        return FAIL(fail, STATUS_DENIED, "a group is empty");
    struct representation made = { .workforce = workforce,
                                   .workforce_focal = workforce_focal,
                                   .leaders = leaders,
                                   .leaders_focal = leaders_focal,
                                   .share_leaders = leaders_focal / leaders,
                                   .share_workforce = workforce_focal / workforce,
                                   .expected = leaders * workforce_focal / workforce,
                                   .hypergeometric_p = NOT_A_NUMBER,
                                   .hypergeometric_p_lower = NOT_A_NUMBER };
    const double z = normal_two_sided(confidence);
    const double p = made.share_leaders;
    const struct proportion_ranges ranges = proportion_ranges(leaders_focal, leaders, confidence);
    made.ratio = p / made.share_workforce;
    made.log_ratio = log(made.ratio);
    made.shortfall = made.expected - leaders_focal;
    made.wilson = over(ranges.wilson, made.share_workforce);
    made.clopper_pearson = over(ranges.exact, made.share_workforce);
    const double error = sqrt((1 - p) / (leaders * p) * (1 - leaders / workforce));
    made.log_finite = (struct range){ made.ratio, exp(made.log_ratio - z * error), exp(made.log_ratio + z * error) };
    made.rate_ratio = katz((struct rates){ leaders_focal, leaders, others_focal, others }, z);
    made.odds_ratio = leaders_focal * (others - others_focal) / ((leaders - leaders_focal) * others_focal);
    if (conditional_make(arena, workforce_focal, workforce - workforce_focal, leaders, &conditional, NULL) == STATUS_OK &&
        conditional_exact(&conditional, leaders_focal, confidence, &exact, NULL) == STATUS_OK) {
        made.hypergeometric_p = exact.p_two_sided;
        made.hypergeometric_p_lower = exact.p_less;
    }
    *result = made;
    return STATUS_OK;
}
