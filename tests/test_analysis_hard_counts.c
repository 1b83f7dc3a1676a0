/* Every statistic of counted people on tables that have no answer or a strange one: nobody, an empty row, an empty
 * cell, everybody in one corner, a clean split, one person, negative and impossible counts, and ten million people a
 * cell. A row names the outcome per table: o done, every figure a number; v done, figures without an answer are NaN; u
 * done, a figure is infinite where the header says so; i STATUS_INPUT, d STATUS_DENIED, l STATUS_LIMIT, m
 * STATUS_MEMORY, each with a sentence. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <gsl/gsl_errno.h>

#include "analysis/stat_chi_square.h"
#include "analysis/stat_dissimilarity.h"
#include "analysis/stat_diversity.h"
#include "analysis/stat_fisher.h"
#include "analysis/stat_funnel.h"
#include "analysis/stat_impact.h"
#include "analysis/stat_paired.h"
#include "analysis/stat_proportion.h"
#include "analysis/stat_stratified.h"
#include "analysis/stat_trend.h"

enum { FIGURES = 10 };

/* Two groups (rows), with and without a feature. */
static const struct table {
    const char *name;
    double cells[4];
} tables[] = {
    { "nobody", { 0, 0, 0, 0 } },     { "an empty row", { 5, 7, 0, 0 } },        { "an empty column", { 5, 0, 7, 0 } },
    { "one person", { 1, 0, 0, 0 } }, { "an empty cell", { 0, 8, 5, 9 } },       { "a clean split", { 9, 0, 0, 7 } },
    { "negative", { 5, -1, 4, 6 } },  { "no number", { 5, (double)NAN, 4, 6 } }, { "many", { 1e7, 2e7, 1.1e7, 1.9e7 } },
    { "usual", { 12, 30, 25, 21 } },
};

typedef enum status entry(struct arena *arena, const double cells[4], double figure[FIGURES], struct fail *fail);

static enum status of_chi_square(struct arena *arena, const double cells[4], double figure[], struct fail *fail)
{
    struct counts counts;
    struct chi_square made;
    enum status status = counts_make(arena, cells, 2, 2, &counts, fail);
    if (status == STATUS_OK)
        status = chi_square_test(arena, &counts, 0.95, &made, fail);
    const double all[] = { made.statistic,      made.p,       made.likelihood_p, made.cramers_v.value,
                           made.cramers_v.high, made.yates_p, made.phi };
    if (status == STATUS_OK)
        memcpy(figure, all, sizeof all);
    return status;
}

static enum status of_fisher(struct arena *arena, const double cells[4], double figure[], struct fail *fail)
{
    struct counts counts;
    struct exact made;
    enum status status = counts_make(arena, cells, 2, 2, &counts, fail);
    if (status == STATUS_OK)
        status = fisher_test(arena, &counts, 0.95, &made, fail);
    if (status == STATUS_OK)
        figure[0] = made.p_two_sided;
    return status;
}

static enum status of_freeman_halton(struct arena *arena, const double cells[4], double figure[], struct fail *fail)
{
    struct counts counts;
    enum status status = counts_make(arena, cells, 2, 2, &counts, fail);
    return status == STATUS_OK ? fisher_freeman_halton(arena, &counts, &figure[0], fail) : status;
}

static enum status of_odds_ratio(struct arena *arena, const double cells[4], double figure[], struct fail *fail)
{
    (void)arena;
    (void)fail;
    struct odds_ratio made = odds_ratio_of(cells, 0.95);
    figure[0] = made.sample.value;
    figure[1] = made.haldane.low;
    return STATUS_OK;
}

static enum status of_mcnemar(struct arena *arena, const double cells[4], double figure[], struct fail *fail)
{
    (void)arena;
    struct mcnemar made;
    enum status status = mcnemar_test(cells, &made, fail);
    if (status == STATUS_OK) {
        figure[0] = made.p;
        figure[1] = made.p_exact;
        figure[2] = made.difference;
    }
    return status;
}

static enum status of_stratified(struct arena *arena, const double cells[4], double figure[], struct fail *fail)
{
    struct stratified made;
    enum status status = stratified_test(arena, cells, 1, 0.95, &made, fail);
    if (status == STATUS_OK) {
        figure[0] = made.p;
        figure[1] = made.odds.value;
    }
    return status;
}

static enum status of_share_trend(struct arena *arena, const double cells[4], double figure[], struct fail *fail)
{
    struct counts counts;
    struct share_trend made;
    enum status status = counts_make(arena, cells, 2, 2, &counts, fail);
    if (status == STATUS_OK)
        status = share_trend_test(&counts, NULL, &made, fail);
    if (status == STATUS_OK) {
        figure[0] = made.p;
        figure[1] = made.slope;
    }
    return status;
}

static enum status of_impact(struct arena *arena, const double cells[4], double figure[], struct fail *fail)
{
    struct impact made;
    enum status status =
        impact_test(arena, cells[0], cells[0] + cells[1], cells[2], cells[2] + cells[3], 0.95, &made, fail);
    const double all[] = { made.ratio, made.koopman.low, made.newcombe.low, made.newcombe.high, made.z_p };
    if (status == STATUS_OK)
        memcpy(figure, all, sizeof all);
    return status;
}

static enum status of_representation(struct arena *arena, const double cells[4], double figure[], struct fail *fail)
{
    struct representation made;
    enum status status = representation_test(arena, cells[0] + cells[1] + cells[2] + cells[3], cells[0] + cells[1],
                                             cells[0] + cells[2], cells[0], 0.95, &made, fail);
    if (status == STATUS_OK) {
        figure[0] = made.ratio;
        figure[1] = made.wilson.high;
        figure[2] = made.clopper_pearson.low;
    }
    return status;
}

static enum status of_diversity(struct arena *arena, const double cells[4], double figure[], struct fail *fail)
{
    (void)arena;
    struct diversity made;
    enum status status = diversity_of(cells, 4, 0, &made, fail);
    if (status == STATUS_OK) {
        figure[0] = made.blau;
        figure[1] = made.shannon;
        figure[2] = made.hill_1;
        figure[3] = made.blau_unbiased;
    }
    return status;
}

static enum status of_segregation(struct arena *arena, const double cells[4], double figure[], struct fail *fail)
{
    struct segregation made;
    enum status status = segregation_of(arena, cells, 2, 2, &made, fail);
    if (status == STATUS_OK) {
        figure[0] = made.dissimilarity;
        figure[1] = made.information;
        figure[2] = made.groups[0].gini;
    }
    return status;
}

static enum status of_funnel(struct arena *arena, const double cells[4], double figure[], struct fail *fail)
{
    struct funnel made;
    const double hits[] = { cells[0], cells[2] }, n[] = { cells[0] + cells[1], cells[2] + cells[3] };
    enum status status = funnel_shares(arena, hits, n, 2, (double)NAN, &made, fail);
    if (status == STATUS_OK) {
        figure[0] = made.units[0].z;
        figure[1] = made.units[1].exact_95.high;
        figure[2] = made.phi;
    }
    return status;
}

static enum status of_proportions(struct arena *arena, const double cells[4], double figure[], struct fail *fail)
{
    (void)arena;
    (void)fail;
    struct proportion_ranges made = proportion_ranges(cells[0], cells[0] + cells[1], 0.95);
    const double all[] = { made.wilson.low, made.wilson.high,  made.wilson_corrected.high, made.exact.low,
                           made.exact.high, made.jeffreys.low, made.agresti_coull.high };
    memcpy(figure, all, sizeof all);
    return STATUS_OK;
}

static struct hard {
    const char *name;
    entry *run;
    const char *outcome; /* in the order of the tables */
} hard[] = {
    { "chi_square_test", of_chi_square, "ddddooiioo" },
    { "fisher_test", of_fisher, "doooooiilo" },
    { "fisher_freeman_halton", of_freeman_halton, "doooooiimo" },
    { "odds_ratio_of", of_odds_ratio, "vvvvouvvoo" },
    { "mcnemar_test", of_mcnemar, "doovoviioo" },
    { "stratified_test", of_stratified, "ddddouiioo" },
    { "share_trend_test", of_share_trend, "ddddooiioo" },
    { "impact_test", of_impact, "ddddouiioo" },
    { "representation_test", of_representation, "doooooiioo" },
    { "diversity_of", of_diversity, "doovooiioo" },
    { "segregation_of", of_segregation, "doddooiioo" },
    { "funnel_shares", of_funnel, "iidiooiioo" },
    { "proportion_ranges", of_proportions, "vooooovvoo" },
};

static char outcome_of(enum status status, const double figure[FIGURES], const struct fail *fail)
{
    bool infinite = false, numbers = true;
    if (status != STATUS_OK && fail->what[0] == '\0')
        return '0';
    if (status != STATUS_OK)
        return status == STATUS_INPUT ? 'i' : status == STATUS_DENIED ? 'd' : status == STATUS_LIMIT ? 'l' : 'm';
    for (size_t k = 0; k < FIGURES; k++) {
        infinite = infinite || isinf(figure[k]);
        numbers = numbers && !isnan(figure[k]);
    }
    return infinite ? 'u' : numbers ? 'o' : 'v';
}

static void check(void **state)
{
    const struct hard *row = *state;
    char found[COUNT(tables) + 1] = { 0 };
    for (size_t t = 0; t < COUNT(tables); t++) {
        struct arena arena;
        struct fail fail = { 0 };
        double figure[FIGURES] = { 0 };
        arena_init(&arena, 64 << 20);
        found[t] = outcome_of(row->run(&arena, tables[t].cells, figure, &fail), figure, &fail);
        arena_free(&arena);
    }
    assert_string_equal(found, row->outcome);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(hard)];
    gsl_set_error_handler_off();
    for (size_t i = 0; i < COUNT(hard); i++)
        tests[i] = (struct CMUnitTest){ hard[i].name, check, NULL, NULL, &hard[i] };
    return _cmocka_run_group_tests("hard_counts", tests, COUNT(hard), NULL, NULL);
}
