/* Draws: checks the code, marks it in a transaction, then signs without seeing. Draws that arrive while a transaction is
 * being written share the next one. The key of a wave is read with its first draw. */
#include "survey/issue.h"

#include <jansson.h>
#include <openssl/sha.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/day.h"
#include "base/env.h"
#include "survey/blind.h"
#include "survey/credential.h"
#include "survey/reply.h"
#include "survey/wave_cache.h"
#include "survey/wave_view.h"

enum { KEY_MAX = 16, QUEUE_MAX = 512 };

struct held_key {
    char wave[33];
    struct blind_key *key; /* NULL: the place is free */
    _Atomic unsigned users; /* draws that sign with it; grows under the service's lock only */
};

enum refusal { REFUSE_NOTHING, REFUSE_WAVE, REFUSE_EARLY, REFUSE_CLOSED, REFUSE_CODE, REFUSE_DRAWN, REFUSE_TAKEN, REFUSE_PERSONAL };

/* One draw on its way through a shared transaction. */
struct waiting {
    const char *wave;
    struct draw draw;
    struct held_key *held;
    enum refusal refusal;
    enum status status;
    struct fail *fail;
    bool done;
};

struct issue {
    struct held_key keys[KEY_MAX]; /* guarded by the service's lock */
    pthread_mutex_t lock; /* guards the queue; taken before the service's lock, never after it */
    pthread_cond_t changed;
    struct waiting *queue[QUEUE_MAX];
    size_t waiting;
    bool writing;
};

enum status issue_open(struct service *service, struct fail *fail)
{
    service->issue = calloc(1, sizeof *service->issue);
    if (service->issue == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the issuer");
    pthread_mutex_init(&service->issue->lock, NULL);
    pthread_cond_init(&service->issue->changed, NULL);
    return STATUS_OK;
}

void issue_close(struct service *service)
{
    if (service->issue == NULL)
        return;
    for (size_t i = 0; i < KEY_MAX; i++)
        blind_key_free(service->issue->keys[i].key);
    pthread_cond_destroy(&service->issue->changed);
    pthread_mutex_destroy(&service->issue->lock);
    free(service->issue);
    service->issue = NULL;
}

/* Locked. The caller gives the key back with one less user. */
static enum status find_key(struct service *service, const char *wave, struct held_key **found, struct fail *fail)
{
    struct issue *issue = service->issue;
    struct held_key *held = NULL;
    char path[WAVE_PATH_ROOM];
    struct buf pem;
    for (size_t i = 0; i < KEY_MAX; i++) {
        struct held_key *place = &issue->keys[i];
        if (place->key != NULL && strcmp(place->wave, wave) == 0) {
            place->users++;
            *found = place;
            return STATUS_OK;
        }
        held = place->key == NULL && held == NULL ? place : held;
    }
    if (held == NULL)
        return FAIL(fail, STATUS_LIMIT, "the issuer serves %d waves at once; restart it", (int)KEY_MAX);
    buf_init(&pem, 64 * 1024);
    wave_path(path, service->dir, wave, "issuer.key");
    enum status status = buf_read_file(&pem, path, fail);
    if (status == STATUS_OK)
        status = blind_key_read(pem.bytes == NULL ? "" : pem.bytes, pem.length, &held->key, fail);
    if (status == STATUS_OK) {
        snprintf(held->wave, sizeof held->wave, "%s", wave);
        held->users = 1;
        *found = held;
    }
    if (pem.bytes != NULL)
        sodium_memzero(pem.bytes, pem.length);
    buf_free(&pem);
    return status;
}

/* Destroyed at closing means in memory, too. A key that somebody still signs with goes the next time. */
void issue_forget(struct service *service)
{
    for (size_t i = 0; service->issue != NULL && i < KEY_MAX; i++) {
        struct held_key *held = &service->issue->keys[i];
        struct wave wave;
        if (held->key == NULL || held->users > 0 ||
            (store_wave_find(service->store, held->wave, &wave, NULL) == STATUS_OK && wave.state == WAVE_OPEN))
            continue;
        blind_key_free(held->key); /* OpenSSL wipes it */
        held->key = NULL;
    }
}

/* {"code":"…","blinded":"HEX"}, from a kiosk with "card":true */
static bool read_draw(const struct request *request, char code[CODE_LENGTH + 1], bool *code_good,
                      unsigned char blinded[RSA_BYTES], bool *card_only)
{
    json_t *root = json_loadb(request->body, request->body_length, JSON_REJECT_DUPLICATES, NULL);
    const char *typed = json_string_value(json_object_get(root, "code"));
    const char *hex = json_string_value(json_object_get(root, "blinded"));
    size_t length = 0;
    bool good = typed != NULL && strlen(typed) < 100 && hex != NULL && strlen(hex) == 2 * RSA_BYTES &&
                sodium_hex2bin(blinded, RSA_BYTES, hex, 2 * RSA_BYTES, NULL, &length, NULL) == 0 &&
                length == RSA_BYTES;
    *card_only = json_is_true(json_object_get(root, "card"));
    *code_good = good && code_read(typed, code, NULL) == STATUS_OK;
    json_decref(root);
    return good;
}

/* Locked: state of the wave and its key, before the draw: a code must not be spent without a key. */
static void look_up(struct service *service, struct waiting *waiting)
{
    struct wave wave;
    struct fail missing = { 0 };
    enum status status = store_wave_find(service->store, waiting->wave, &wave, &missing);
    if (status == STATUS_MISSING) {
        waiting->refusal = REFUSE_WAVE;
        return;
    }
    if (status != STATUS_OK) {
        waiting->status = FAIL(waiting->fail, status, "%s", missing.what);
        return;
    }
    waiting->draw.wave = wave.id;
    char today[DAY_ROOM];
    env_local_day(service->env->now(service->env->state), today);
    /* The day counts, not only the state: draws end at midnight even if nobody has closed the wave yet. */
    bool over = wave.state > WAVE_OPEN || wave_over(wave.closes, today);
    waiting->refusal = wave.state < WAVE_OPEN ? REFUSE_EARLY : over ? REFUSE_CLOSED : REFUSE_NOTHING;
    if (waiting->refusal == REFUSE_NOTHING)
        waiting->status = find_key(service, waiting->wave, &waiting->held, waiting->fail);
}

static void draw_batch(struct service *service, struct waiting *const batch[], size_t count)
{
    struct draw *draws[QUEUE_MAX];
    size_t drawing = 0;
    struct fail failure = { 0 };
    service_lock(service);
    for (size_t i = 0; i < count; i++) {
        look_up(service, batch[i]);
        if (batch[i]->status == STATUS_OK && batch[i]->refusal == REFUSE_NOTHING)
            draws[drawing++] = &batch[i]->draw;
    }
    enum status status = drawing == 0 ? STATUS_OK : store_draw_many(service->store, draws, drawing, &failure);
    service_unlock(service);
    for (size_t i = 0; i < count; i++) {
        struct waiting *waiting = batch[i];
        if (waiting->status != STATUS_OK || waiting->refusal != REFUSE_NOTHING)
            continue;
        if (status != STATUS_OK)
            waiting->status = FAIL(waiting->fail, status, "%s", failure.what);
        else if (waiting->draw.result == DRAW_UNKNOWN)
            waiting->refusal = REFUSE_CODE;
        else if (waiting->draw.result == DRAW_CONFLICT)
            waiting->refusal = REFUSE_DRAWN;
        else if (waiting->draw.result == DRAW_TAKEN)
            waiting->refusal = REFUSE_TAKEN;
        else if (waiting->draw.result == DRAW_PERSONAL)
            waiting->refusal = REFUSE_PERSONAL;
    }
}

/* Returns when the draw is durable or refused. Whoever finds no transaction being written writes the next one for all
 * that wait. */
static enum status mark_drawn(struct service *service, struct waiting *waiting)
{
    struct issue *issue = service->issue;
    struct waiting *batch[QUEUE_MAX];
    pthread_mutex_lock(&issue->lock);
    while (issue->waiting == QUEUE_MAX)
        pthread_cond_wait(&issue->changed, &issue->lock);
    issue->queue[issue->waiting++] = waiting;
    while (!waiting->done) {
        if (issue->writing) {
            pthread_cond_wait(&issue->changed, &issue->lock);
            continue;
        }
        size_t count = issue->waiting;
        memcpy(batch, issue->queue, count * sizeof batch[0]);
        issue->waiting = 0;
        issue->writing = true;
        pthread_mutex_unlock(&issue->lock);
        draw_batch(service, batch, count);
        pthread_mutex_lock(&issue->lock);
        for (size_t i = 0; i < count; i++)
            batch[i]->done = true;
        issue->writing = false;
        pthread_cond_broadcast(&issue->changed);
    }
    pthread_mutex_unlock(&issue->lock);
    return waiting->status;
}

static enum status refuse(const struct request *request, struct response *response, enum refusal refusal)
{
    switch (refusal) {
    case REFUSE_WAVE:
        return reply_refuse(request, response, 404, "unknown-wave", N_("There is no such survey."));
    case REFUSE_EARLY:
        return reply_refuse(request, response, 425, "not-open", N_("The survey has not begun yet."));
    case REFUSE_CLOSED:
        return reply_refuse(request, response, 410, "closed", N_("The survey is closed."));
    case REFUSE_CODE:
        return reply_refuse(request, response, 404, "unknown-code",
                            N_("This code does not exist. Please compare it with your letter."));
    case REFUSE_DRAWN:
        return reply_refuse(request, response, 409, "already-drawn",
                            N_("This code was used on another device or in another browser. Please continue there."));
    case REFUSE_TAKEN:
        return reply_refuse(request, response, 409, "card-taken",
                            N_("A card was handed out for this code. Please take part with the card."));
    case REFUSE_PERSONAL:
        return reply_refuse(request, response, 403, "personal-code",
                            N_("This is a personal code. Here only cards can be used: please take part on another "
                               "device, or ask the staff council for a card."));
    case REFUSE_NOTHING: break;
    }
    return STATUS_OK;
}

static enum status malformed(const struct request *request, struct response *response)
{
    return reply_refuse(request, response, 400, "malformed",
                        N_("The survey page and the server do not understand each other. Please reload the page."));
}

enum status issue_draw(struct service *service, const struct request *request, struct response *response,
                       struct fail *fail)
{
    char code[CODE_LENGTH + 1] = "";
    unsigned char blinded[RSA_BYTES];
    unsigned char signature[BLIND_MAX];
    struct waiting waiting = { .wave = request->parts[0], .draw.result = DRAW_UNKNOWN, .fail = fail };
    bool code_good = false;
    if (!wave_name_ok(request->parts[0]))
        return refuse(request, response, REFUSE_WAVE);
    if (!read_draw(request, code, &code_good, blinded, &waiting.draw.card_only))
        return malformed(request, response);
    if (!code_good)
        return refuse(request, response, REFUSE_CODE);
    const struct frozen *frozen = NULL;
    /* Checked before the draw: a number that cannot be signed must not spend the code. */
    if (wave_cache_find(service->waves, request->arena, service->dir, request->parts[0], &frozen, NULL) == STATUS_OK &&
        memcmp(blinded, frozen->manifest.n, RSA_BYTES) >= 0)
        return malformed(request, response);
    code_hash(code, waiting.draw.code_hash);
    sodium_memzero(code, sizeof code);
    SHA256(blinded, RSA_BYTES, waiting.draw.blinded_hash);
    enum status status = mark_drawn(service, &waiting);
    if (status == STATUS_OK && waiting.refusal == REFUSE_NOTHING)
        status = blind_sign(waiting.held->key, blinded, signature, fail);
    if (waiting.held != NULL)
        waiting.held->users--;
    if (status != STATUS_OK)
        return status;
    if (waiting.refusal != REFUSE_NOTHING)
        return refuse(request, response, waiting.refusal);
    char hex[2 * RSA_BYTES + 1];
    sodium_bin2hex(hex, sizeof hex, signature, RSA_BYTES);
    json_t *text = json_string(waiting.draw.unit);
    char *quoted = json_dumps(text, JSON_ENCODE_ANY | JSON_COMPACT);
    json_decref(text);
    response->content_type = "application/json";
    buf_format(&response->page.out, "{\"signature\":\"%s\",\"unit\":%s}", hex, quoted == NULL ? "\"\"" : quoted);
    free(quoted);
    return STATUS_OK;
}
