/* The protocol's steps of one respondent, in the order of docs/protocol.md. Receipts are checked like the browser does. */
#include "survey/respond.h"

#include <jansson.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "survey/ballot.h"
#include "survey/merkle.h"

enum { ANSWER_MAX = 64 * 1024, RETRY_MS = 60000, PAUSE_MS = 50 };

double respond_clock(void)
{
    struct timespec now = { 0 };
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

enum status respond_ask(const struct simulate_options *options, struct http_client *client,
                        const struct http_question *question, unsigned *status, struct buf *answer, struct fail *fail)
{
    double begin = respond_clock();
    for (;;) {
        enum status asked = http_ask(client, question, status, answer, NULL);
        if (asked == STATUS_OK && (*status < 500 || *status == 507))
            return STATUS_OK;
        if (!options->retry || respond_clock() - begin > RETRY_MS)
            return asked == STATUS_OK
                       ? STATUS_OK
                       : FAIL(fail, STATUS_IO, "no answer from http://%s:%s", client->host, client->port);
        const struct timespec pause = { .tv_nsec = PAUSE_MS * 1000000L };
        (void)nanosleep(&pause, NULL);
    }
}

static bool take_hex(const json_t *root, const char *key, unsigned char *out, size_t length)
{
    const char *text = json_string_value(json_object_get(root, key));
    size_t read = 0;
    return text != NULL && strlen(text) == 2 * length &&
           sodium_hex2bin(out, length, text, 2 * length, NULL, &read, NULL) == 0 && read == length;
}

/* The server's own sentence, when it sent one. */
static enum status refused(const char *what, unsigned status, const struct buf *answer, struct fail *fail)
{
    json_t *root = json_loadb(answer->bytes == NULL ? "" : answer->bytes, answer->length, 0, NULL);
    const char *word = json_string_value(json_object_get(root, "error"));
    enum status result = FAIL(fail, STATUS_DENIED, "%s was refused: %u %s", what, status, word == NULL ? "" : word);
    json_decref(root);
    return result;
}

static enum status draw(const struct respond *shared, struct http_client *client, const char *code,
                        const struct credential *credential, unsigned char signature[RSA_BYTES], struct fail *fail)
{
    unsigned char message[64];
    unsigned char blinded[RSA_BYTES];
    unsigned char blind_signature[RSA_BYTES];
    char hex[2 * RSA_BYTES + 1];
    char body[1024];
    char path[64];
    unsigned http = 0;
    struct buf answer;
    memcpy(message, credential->prefix, 32);
    memcpy(message + 32, credential->serial, 32);
    enum status status = blind_blind(shared->key, message, sizeof message, credential->salt, credential->r, blinded, fail);
    if (status != STATUS_OK)
        return status;
    buf_init(&answer, ANSWER_MAX);
    sodium_bin2hex(hex, sizeof hex, blinded, sizeof blinded);
    snprintf(body, sizeof body, "{\"code\":\"%s\",\"blinded\":\"%s\"}", code, hex);
    snprintf(path, sizeof path, "/w/%s/draw", shared->manifest.wave);
    const struct http_question question = { path, "application/json", body, strlen(body), false };
    status = respond_ask(shared->options, client, &question, &http, &answer, fail);
    if (status == STATUS_OK && http != 200)
        status = refused("the draw", http, &answer, fail);
    if (status == STATUS_OK) {
        json_t *root = json_loadb(answer.bytes, answer.length, 0, NULL);
        if (!take_hex(root, "signature", blind_signature, sizeof blind_signature))
            status = FAIL(fail, STATUS_INPUT, "the issuer's answer cannot be read");
        json_decref(root);
    }
    if (status == STATUS_OK)
        status = blind_finalise(shared->key, message, sizeof message, credential->r, blind_signature, signature, fail);
    buf_free(&answer);
    return status;
}

static enum status submit(const struct respond *shared, struct http_client *client, const unsigned char *body,
                          size_t length, unsigned char leaf[32], struct fail *fail)
{
    unsigned char content[64];
    unsigned char expected[32];
    unsigned char signature[crypto_sign_BYTES];
    char path[64];
    unsigned http = 0;
    struct buf answer;
    buf_init(&answer, ANSWER_MAX);
    snprintf(path, sizeof path, "/w/%s/submit", shared->manifest.wave);
    const struct http_question question = { path, "application/octet-stream", body, length, true };
    enum status status = respond_ask(shared->options, client, &question, &http, &answer, fail);
    if (status == STATUS_OK && http != 200)
        status = refused("the submission", http, &answer, fail);
    if (status == STATUS_OK) {
        json_t *root = json_loadb(answer.bytes, answer.length, 0, NULL);
        memcpy(content, body + 33, 32);
        SHA256(body + BALLOT_HEAD, length - BALLOT_HEAD, content + 32);
        merkle_leaf(content, sizeof content, expected);
        if (!take_hex(root, "receipt", leaf, 32) || !take_hex(root, "signature", signature, sizeof signature) ||
            memcmp(leaf, expected, 32) != 0 ||
            crypto_sign_verify_detached(signature, leaf, 32, shared->manifest.receipt) != 0)
            status = FAIL(fail, STATUS_CRYPTO, "the receipt does not hold");
        json_decref(root);
    }
    buf_free(&answer);
    return status;
}

static enum status edit(const struct respond *shared, struct respond_line *line, const struct credential *credential,
                        const unsigned char signature[RSA_BYTES], unsigned change, const char *json, size_t length,
                        unsigned char leaf[32], struct fail *fail)
{
    unsigned char *body = NULL;
    size_t body_length = 0;
    enum status status = ballot_make_change(&shared->manifest, credential, signature, change, json, length, &body,
                                            &body_length, fail);
    if (status == STATUS_OK)
        status = submit(shared, &line->collector, body, body_length, leaf, fail);
    free(body);
    return status;
}

enum status respond_once(const struct respond *shared, struct respond_line *line, const struct respond_wish *wish,
                         unsigned char leaf[32], double *draw_ms, double *submit_ms, struct fail *fail)
{
    unsigned char seed[SEED_BYTES];
    unsigned char signature[RSA_BYTES];
    unsigned char received[32];
    struct credential credential;
    unsigned char *body = NULL;
    size_t body_length = 0;
    unsigned change = 0;
    if (RAND_priv_bytes(seed, sizeof seed) != 1)
        return FAIL(fail, STATUS_CRYPTO, "the system gives no random bytes");
    enum status status = credential_derive(seed, shared->manifest.fingerprint, shared->manifest.n, &credential, fail);
    double begin = respond_clock();
    if (status == STATUS_OK)
        status = draw(shared, &line->issuer, wish->code, &credential, signature, fail);
    double drawn = respond_clock();
    if (status == STATUS_OK)
        status = ballot_make(&shared->manifest, &credential, signature, wish->json, wish->length, &body, &body_length,
                             fail);
    double sealed = respond_clock();
    if (status == STATUS_OK)
        status = submit(shared, &line->collector, body, body_length, received, fail);
    double sent = respond_clock();
    if (status == STATUS_OK && wish->later != NULL)
        status = edit(shared, line, &credential, signature, ++change, wish->later, wish->later_length, received, fail);
    if (status == STATUS_OK && wish->withdraw)
        status = edit(shared, line, &credential, signature, ++change, NULL, 0, received, fail);
    if (status == STATUS_OK) {
        memcpy(leaf, received, sizeof received);
        *draw_ms = drawn - begin;
        *submit_ms = sent - sealed;
    }
    sodium_memzero(seed, sizeof seed);
    sodium_memzero(&credential, sizeof credential);
    free(body);
    return status;
}
