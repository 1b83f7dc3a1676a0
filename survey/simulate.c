/* Many respondents at once: threads that take the next one from a list, and the figures about them. */
#include "survey/simulate.h"

#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/env.h"
#include "survey/respond.h"

enum { CLIENT_MAX = 256, MANIFEST_MAX = 8192, JSON_MAX = 64 * 1024 };

struct play {
    struct respond shared;
    const struct respondent *respondents;
    size_t count;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    size_t next, done, completed;
    struct fail first; /* of a respondent that did not complete */
    double *draws, *submits; /* of those that completed */
    unsigned char (*leaves)[32];
};

/* json[0] for the first submission, json[1] for a change; prepared answers are sealed anew unchanged. */
static enum status choose_answers(const struct play *play, size_t i, struct buf json[2], struct respond_wish *wish,
                                  struct fail *fail)
{
    const struct respondent *respondent = &play->respondents[i];
    const struct simulate_options *options = play->shared.options;
    struct seeded random;
    seeded_init(&random, options->seed + i);
    bool change = seeded_below(&random, 100) < options->change;
    *wish = (struct respond_wish){ .code = respondent->code,
                                   .json = respondent->json,
                                   .length = respondent->length,
                                   .later = change ? respondent->json : NULL,
                                   .later_length = respondent->length,
                                   .withdraw = seeded_below(&random, 100) < options->withdraw };
    if (respondent->json != NULL)
        return STATUS_OK;
    if (options->form == NULL)
        return FAIL(fail, STATUS_INPUT, "random answers need the form");
    buf_clear(&json[0]);
    buf_clear(&json[1]);
    enum status status = respond_random(options->form, options->seed + i, &json[0], fail);
    if (status == STATUS_OK && change)
        status = respond_random(options->form, options->seed + i + play->count, &json[1], fail);
    wish->json = json[0].bytes;
    wish->length = json[0].length;
    wish->later = change ? json[1].bytes : NULL;
    wish->later_length = json[1].length;
    return status;
}

static enum status play_one(struct play *play, struct respond_line *line, size_t i, struct buf json[2], double *draw_ms,
                            double *submit_ms, struct fail *fail)
{
    struct respond_wish wish;
    enum status status = choose_answers(play, i, json, &wish, fail);
    return status == STATUS_OK ? respond_once(&play->shared, line, &wish, play->leaves[i], draw_ms, submit_ms, fail)
                               : status;
}

static void *run(void *context)
{
    struct play *play = context;
    struct respond_line line;
    struct buf json[2];
    struct fail setup = { 0 };
    buf_init(&json[0], JSON_MAX);
    buf_init(&json[1], JSON_MAX);
    enum status ready = http_client_init(&line.issuer, play->shared.options->issue_origin, &setup);
    if (ready == STATUS_OK)
        ready = http_client_init(&line.collector, play->shared.collector, &setup);
    else
        line.collector.socket = -1;
    pthread_mutex_lock(&play->lock);
    while (play->next < play->count) {
        size_t i = play->next++;
        double draw_ms = 0;
        double submit_ms = 0;
        struct fail fail = setup;
        pthread_mutex_unlock(&play->lock);
        enum status status =
            ready == STATUS_OK ? play_one(play, &line, i, json, &draw_ms, &submit_ms, &fail) : ready;
        pthread_mutex_lock(&play->lock);
        if (status == STATUS_OK) {
            play->draws[play->completed] = draw_ms;
            play->submits[play->completed++] = submit_ms;
        } else if (play->first.status == STATUS_OK) {
            play->first = fail;
        }
        play->done++;
        pthread_cond_signal(&play->changed);
    }
    pthread_mutex_unlock(&play->lock);
    http_client_close(&line.issuer);
    http_client_close(&line.collector);
    buf_free(&json[0]);
    buf_free(&json[1]);
    return NULL;
}

/* The manifest tells the collector's address. A server that was reached at another address than the manifest says is
 * one started for a trial on other ports: there the collector listens on the next port. */
static enum status fetch_manifest(struct play *play, struct fail *fail)
{
    const struct simulate_options *options = play->shared.options;
    struct manifest *manifest = &play->shared.manifest;
    struct http_client client;
    struct buf answer;
    char path[64];
    unsigned http = 0;
    buf_init(&answer, MANIFEST_MAX);
    snprintf(path, sizeof path, "/w/%.32s/manifest", options->wave);
    const struct http_question question = { .path = path, .last = true };
    enum status status = http_client_init(&client, options->issue_origin, fail);
    if (status == STATUS_OK)
        status = respond_ask(options, &client, &question, &http, &answer, fail);
    if (status == STATUS_OK && http != 200)
        status = FAIL(fail, STATUS_MISSING, "%s serves no wave %s", options->issue_origin, options->wave);
    if (status == STATUS_OK)
        status = manifest_read(answer.bytes, answer.length, manifest, fail);
    if (status == STATUS_OK && options->fingerprint != NULL &&
        memcmp(options->fingerprint, manifest->fingerprint, sizeof manifest->fingerprint) != 0)
        status = FAIL(fail, STATUS_CRYPTO, "the server shows another manifest than the check code names");
    if (status == STATUS_OK)
        status = blind_key_public(manifest->n, sizeof manifest->n, &play->shared.key, fail);
    if (status == STATUS_OK && strcmp(manifest->issuer, options->issue_origin) != 0)
        snprintf(play->shared.collector, sizeof play->shared.collector, "http://%s:%ld", client.host,
                 strtol(client.port, NULL, 10) + 1);
    else if (status == STATUS_OK)
        snprintf(play->shared.collector, sizeof play->shared.collector, "%s", manifest->collector);
    buf_free(&answer);
    return status;
}

static void wait_for_all(struct play *play)
{
    const struct simulate_options *options = play->shared.options;
    pthread_mutex_lock(&play->lock);
    while (play->done < play->count) {
        pthread_cond_wait(&play->changed, &play->lock);
        size_t done = play->done;
        pthread_mutex_unlock(&play->lock);
        if (options->progress != NULL)
            options->progress(options->context, done, play->count);
        pthread_mutex_lock(&play->lock);
    }
    pthread_mutex_unlock(&play->lock);
}

static enum status run_all(struct play *play, struct fail *fail)
{
    pthread_t threads[CLIENT_MAX];
    unsigned wanted = play->shared.options->clients;
    unsigned started = 0;
    wanted = wanted < 1 ? 1 : wanted > CLIENT_MAX ? CLIENT_MAX : wanted;
    while (started < wanted && pthread_create(&threads[started], NULL, run, play) == 0)
        started++;
    if (started > 0)
        wait_for_all(play);
    for (unsigned i = 0; i < started; i++)
        (void)pthread_join(threads[i], NULL);
    return started > 0 ? STATUS_OK : FAIL(fail, STATUS_MEMORY, "no thread can be started");
}

static int by_number(const void *left, const void *right)
{
    const double *a = left;
    const double *b = right;
    return (*a > *b) - (*a < *b);
}

static double quantile(double numbers[], size_t count, double share)
{
    if (count == 0)
        return 0.0;
    qsort(numbers, count, sizeof *numbers, by_number);
    size_t i = (size_t)((double)count * share);
    return numbers[i < count ? i : count - 1];
}

enum status simulate(const struct respondent respondents[], size_t count, const struct simulate_options *options,
                     struct simulate_result *result, struct fail *fail)
{
    struct play play = { .shared = { .options = options }, .respondents = respondents, .count = count };
    if (sodium_init() < 0)
        return FAIL(fail, STATUS_CRYPTO, "the system gives no random bytes");
    pthread_mutex_init(&play.lock, NULL);
    pthread_cond_init(&play.changed, NULL);
    play.draws = calloc(count + 1, sizeof *play.draws);
    play.submits = calloc(count + 1, sizeof *play.submits);
    play.leaves = calloc(count + 1, sizeof *play.leaves);
    enum status status = STATUS_OK;
    if (play.draws == NULL || play.submits == NULL || play.leaves == NULL)
        status = FAIL(fail, STATUS_MEMORY, "not enough memory for %zu respondents", count);
    if (status == STATUS_OK)
        status = fetch_manifest(&play, fail);
    double begin = respond_clock();
    if (status == STATUS_OK)
        status = run_all(&play, fail);
    if (status == STATUS_OK && count > 0 && play.completed == 0)
        status = FAIL(fail, play.first.status, "nobody could take part: %s", play.first.what);
    if (status == STATUS_OK)
        *result = (struct simulate_result){ .respondents = count,
                                            .completed = play.completed,
                                            .lost = count - play.completed,
                                            .seconds = (respond_clock() - begin) / 1e3,
                                            .draw_p50 = quantile(play.draws, play.completed, 0.5),
                                            .draw_p99 = quantile(play.draws, play.completed, 0.99),
                                            .submit_p50 = quantile(play.submits, play.completed, 0.5),
                                            .submit_p99 = quantile(play.submits, play.completed, 0.99),
                                            .leaves = play.leaves };
    else
        free(play.leaves);
    free(play.draws);
    free(play.submits);
    blind_key_free(play.shared.key);
    pthread_cond_destroy(&play.changed);
    pthread_mutex_destroy(&play.lock);
    return status;
}
