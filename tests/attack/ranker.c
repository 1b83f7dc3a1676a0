/* Collects the scores of all runs, turns scores into positions, and learns: a linear ranking over all adversaries' ranks,
 * their squares included, fitted to pairs of the first half of the runs (logistic loss, Burges et al. 2005) and judged on
 * the second half. */
#include <math.h>
#include <openssl/sha.h>
#include <stdlib.h>
#include <string.h>

#include "adversary.h"
#include "attack.h"

enum { EPOCHS = 40, WEIGHT_MAX = 128 };

void bench_add(struct bench *bench, const struct snapshot *snapshot, uint64_t seed)
{
    size_t n = snapshot->count;
    if (n < 2)
        return;
    if (bench->runs == bench->room) {
        bench->room = bench->room == 0 ? 64 : bench->room * 2;
        bench->scores = realloc(bench->scores, bench->room * sizeof *bench->scores);
        bench->truths = realloc(bench->truths, bench->room * sizeof *bench->truths);
        bench->ties = realloc(bench->ties, bench->room * sizeof *bench->ties);
        bench->counts = realloc(bench->counts, bench->room * sizeof *bench->counts);
        if (bench->scores == NULL || bench->truths == NULL || bench->ties == NULL || bench->counts == NULL)
            die("no memory");
    }
    double *scores = calloc(adversary_count * n, sizeof *scores);
    unsigned *truths = calloc(n, sizeof *truths);
    unsigned *ties = calloc(n, sizeof *ties);
    if (scores == NULL || truths == NULL || ties == NULL)
        die("no memory");
    for (size_t a = 0; a < adversary_count; a++) {
        adversaries[a].rank(snapshot, scores + a * n);
        for (size_t i = 0; i < n; i++)
            scores[a * n + i] *= adversaries[a].sign;
    }
    for (size_t i = 0; i < n; i++) {
        unsigned char bytes[40];
        unsigned char hash[32];
        memcpy(bytes, &seed, 8);
        memcpy(bytes + 8, snapshot->items[i].serial, 32);
        SHA256(bytes, sizeof bytes, hash);
        memcpy(&ties[i], hash, sizeof ties[i]);
        truths[i] = snapshot->items[i].truth;
    }
    bench->scores[bench->runs] = scores;
    bench->truths[bench->runs] = truths;
    bench->ties[bench->runs] = ties;
    bench->counts[bench->runs++] = n;
}

void bench_free(struct bench *bench)
{
    for (size_t run = 0; run < bench->runs; run++) {
        free(bench->scores[run]);
        free(bench->truths[run]);
        free(bench->ties[run]);
    }
    free(bench->scores);
    free(bench->truths);
    free(bench->ties);
    free(bench->counts);
    *bench = (struct bench){ 0 };
}

void positions(const double score[], const unsigned tie[], size_t count, unsigned place[])
{
    for (size_t i = 0; i < count; i++) {
        place[i] = 0;
        for (size_t k = 0; k < count; k++)
            place[i] += score[k] < score[i] || (!(score[k] > score[i]) && tie[k] < tie[i]);
    }
}

void bench_judge(const struct bench *bench, size_t adversary, struct score *score)
{
    unsigned place[ITEM_MAX];
    for (size_t run = 0; run < bench->runs; run++) {
        size_t n = bench->counts[run];
        positions(bench->scores[run] + adversary * n, bench->ties[run], n, place);
        score_add(score, place, bench->truths[run], n);
    }
}

/* Features of item i: its position in each adversary's ranking, from -1 to 1, and the square of it. Equal scores share the
 * middle, so that the tie-breaking hash teaches nothing. */
static size_t features(const struct bench *bench, size_t run, size_t i, double out[WEIGHT_MAX])
{
    size_t n = bench->counts[run];
    size_t used = 0;
    for (size_t a = 0; a < adversary_count && used + 2 <= WEIGHT_MAX; a++) {
        const double *score = bench->scores[run] + a * n;
        double place = 0;
        if (adversaries[a].sign < 0)
            continue; /* the same feature with the other sign */
        for (size_t k = 0; k < n; k++)
            place += score[k] < score[i] ? 1 : score[k] > score[i] ? -1 : 0;
        place /= (double)n;
        out[used++] = place;
        out[used++] = place * place;
    }
    return used;
}

static void fit_run(const struct bench *bench, size_t run, double rate, double weights[WEIGHT_MAX],
                    double (*table)[WEIGHT_MAX])
{
    size_t n = bench->counts[run];
    double gradient[WEIGHT_MAX] = { 0 };
    size_t used = 0;
    for (size_t i = 0; i < n; i++)
        used = features(bench, run, i, table[i]);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++) {
            double margin = 0;
            if (bench->truths[run][i] <= bench->truths[run][k])
                continue; /* pairs in which i came later */
            for (size_t f = 0; f < used; f++)
                margin += weights[f] * (table[i][f] - table[k][f]);
            double pull = 1 / (1 + exp(margin));
            for (size_t f = 0; f < used; f++)
                gradient[f] += pull * (table[i][f] - table[k][f]);
        }
    for (size_t f = 0; f < used; f++)
        weights[f] += rate * (gradient[f] / ((double)n * (double)(n - 1) / 2) - 1e-3 * weights[f]);
}

void bench_learn(const struct bench *bench, struct score *score)
{
    double weights[WEIGHT_MAX] = { 0 };
    unsigned place[ITEM_MAX];
    double guess[ITEM_MAX];
    double(*table)[WEIGHT_MAX] = calloc(ITEM_MAX, sizeof *table);
    if (table == NULL)
        die("no memory");
    for (int epoch = 0; epoch < EPOCHS; epoch++)
        for (size_t run = 0; run < bench->runs / 2; run++)
            fit_run(bench, run, 2.0 / (1 + epoch / 8.0), weights, table);
    for (size_t run = bench->runs / 2; run < bench->runs; run++) {
        size_t n = bench->counts[run];
        for (size_t i = 0; i < n; i++) {
            size_t used = features(bench, run, i, table[0]);
            guess[i] = 0;
            for (size_t f = 0; f < used; f++)
                guess[i] += weights[f] * table[0][f];
        }
        positions(guess, bench->ties[run], n, place);
        score_add(score, place, bench->truths[run], n);
    }
    free(table);
}
