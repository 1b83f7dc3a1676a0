/* Judges all adversaries over the runs of a profile. */
#include "verdict.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "attack.h"

static const char learned[] = "learned from all of them";

static void judge(const struct bench *bench, size_t adversary, struct score *score)
{
    *score = (struct score){ 0 };
    if (adversary < adversary_count)
        bench_judge(bench, adversary, score);
    else
        bench_learn(bench, score);
}

static const char *name_of(size_t adversary)
{
    return adversary < adversary_count ? adversaries[adversary].name : learned;
}

static void row(const char *profile, const char *name, const struct score *score, const struct threshold *threshold,
                bool recognised)
{
    char json[512];
    report_line("%-42s %5u /%4u  %+7.4f /%.4f  %4u /%3u  1e%-5.1f %s", name, score->exact, threshold->exact,
                score_tau(score), threshold->tau, score->newest, threshold->newest, score_best_p(score),
                recognised ? "RECOGNISED" : "chance");
    snprintf(json, sizeof json,
             "{\"part\":\"linkage\",\"profile\":\"%s\",\"adversary\":\"%s\",\"runs\":%u,\"exact\":%u,\"exact_limit\":%u,"
             "\"tau\":%.5f,\"tau_limit\":%.5f,\"newest\":%u,\"newest_limit\":%u,\"log10_p\":%.2f,\"ok\":%s}",
             profile, name, score->runs, score->exact, threshold->exact, score_tau(score), threshold->tau, score->newest,
             threshold->newest, score_best_p(score), recognised ? "false" : "true");
    report_row(json);
}

unsigned verdict_table(const char *profile, const struct bench *bench)
{
    double alpha = FAMILY_ERROR / (3.0 * (double)(adversary_count + 1));
    unsigned failed = 0;
    report_line("%-42s %11s  %15s  %9s  %s", "adversary", "T1 / limit", "mean tau / limit", "T3 / lim", "p");
    for (size_t a = 0; a <= adversary_count; a++) {
        struct score score;
        judge(bench, a, &score);
        struct threshold threshold = score_threshold(&score, alpha);
        bool recognised = score_best_p(&score) <= log10(alpha);
        row(profile, name_of(a), &score, &threshold, recognised);
        failed += recognised;
        score_free(&score);
    }
    return failed;
}

double verdict_strongest(const struct bench *bench, const char **name, struct score *best)
{
    double least = 1;
    *best = (struct score){ 0 };
    for (size_t a = 0; a <= adversary_count; a++) {
        struct score score;
        judge(bench, a, &score);
        double p = score_best_p(&score);
        if (p < least) {
            least = p;
            *name = name_of(a);
            score_free(best);
            *best = score;
        } else {
            score_free(&score);
        }
    }
    return least;
}

unsigned verdict_self_check(void)
{
    struct score score = { .runs = 200 };
    score.chances = calloc(200, sizeof *score.chances);
    if (score.chances == NULL)
        die("no memory");
    for (size_t i = 0; i < 200; i++)
        score.chances[i] = 1.0 / 30;
    score.tau_variance = 200 * 2 * 65.0 / (9.0 * 30 * 29);
    struct threshold threshold = score_threshold(&score, FAMILY_ERROR / 60);
    unsigned failed = report_check(threshold.exact == 270 && fabs(threshold.tau - 0.042) < 0.0006 && threshold.newest == 22,
                                   "thresholds of 200 runs, 30 ballots, 20 adversaries: T1 %u (270), tau %.4f (0.042), T3 %u (22)",
                                   threshold.exact, threshold.tau, threshold.newest);
    score_free(&score);
    return failed;
}
