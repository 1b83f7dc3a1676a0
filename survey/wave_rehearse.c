/* The rehearsal of a wave: one ballot goes the whole way, drawn, sealed, opened and read, with the wave's own keys and
 * without the box. A lost key is a lost survey, and this is the last moment to notice. The success stands in the file
 * "rehearsed" and holds for one fingerprint. */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/env.h"
#include "survey/ballot.h"
#include "survey/boxkey.h"
#include "survey/challenge.h"
#include "survey/respond.h"

enum { MEMORY = 64 << 20, TEXT_MAX = 1 << 20, KEY_FILE_MAX = 64 * 1024, NOTE_MAX = 256 };

struct trial {
    struct arena arena;
    const struct form *form;
    struct manifest manifest;
    struct blind_key *issuer, *public; /* private half; public half as the browser knows it */
    struct credential credential;
    unsigned char signature[RSA_BYTES];
    struct buf json; /* what the imagined person answers */
    unsigned char *body;
    size_t length;
};

static enum status read_issuer_key(const char *path, struct blind_key **key, struct fail *fail)
{
    struct buf pem;
    buf_init(&pem, KEY_FILE_MAX);
    enum status status = buf_read_file(&pem, path, fail);
    if (status == STATUS_OK)
        status = blind_key_read(pem.bytes == NULL ? "" : pem.bytes, pem.length, key, fail);
    if (pem.bytes != NULL)
        sodium_memzero(pem.bytes, pem.length);
    buf_free(&pem);
    return status;
}

/* The draw: blinded, signed by the issuer, unblinded, verified with the key of the manifest. */
static enum status draw(struct trial *trial, struct fail *fail)
{
    unsigned char seed[SEED_BYTES];
    unsigned char message[BOX_PREFIX + BOX_SERIAL];
    unsigned char blinded[RSA_BYTES];
    unsigned char signed_blindly[RSA_BYTES];
    randombytes_buf(seed, sizeof seed);
    enum status status =
        credential_derive(seed, trial->manifest.fingerprint, trial->manifest.n, &trial->credential, fail);
    if (status != STATUS_OK)
        return status;
    memcpy(message, trial->credential.prefix, BOX_PREFIX);
    memcpy(message + BOX_PREFIX, trial->credential.serial, BOX_SERIAL);
    status = blind_blind(trial->public, message, sizeof message, trial->credential.salt, trial->credential.r, blinded,
                         fail);
    if (status == STATUS_OK)
        status = blind_sign(trial->issuer, blinded, signed_blindly, fail);
    if (status == STATUS_OK)
        status = blind_finalise(trial->public, message, sizeof message, trial->credential.r, signed_blindly,
                                trial->signature, fail);
    return status;
}

/* Up to the body of a submission. */
static enum status make(struct trial *trial, const char *dir, const char *wave, struct fail *fail)
{
    char path[WAVE_PATH_ROOM];
    uint64_t seed = 0;
    arena_init(&trial->arena, MEMORY);
    buf_init(&trial->json, TEXT_MAX);
    wave_path(path, dir, wave, "closed");
    if (access(path, F_OK) == 0)
        return FAIL(fail, STATUS_CONFLICT, "the wave %s is closed: there is nothing to rehearse any more", wave);
    enum status status = sodium_init() < 0 ? FAIL(fail, STATUS_CRYPTO, "the system gives no random bytes") : STATUS_OK;
    if (status == STATUS_OK)
        status = wave_manifest(dir, wave, &trial->manifest, fail);
    if (status == STATUS_OK)
        status = wave_form(&trial->arena, dir, wave, &trial->form, fail);
    if (status == STATUS_OK && strcmp(trial->form->sha256, trial->manifest.form) != 0)
        status = FAIL(fail, STATUS_CONFLICT, "the form of the wave %s was changed after it was frozen", wave);
    if (status == STATUS_OK)
        status = blind_key_public(trial->manifest.n, sizeof trial->manifest.n, &trial->public, fail);
    wave_path(path, dir, wave, "issuer.key");
    if (status == STATUS_OK)
        status = read_issuer_key(path, &trial->issuer, fail);
    if (status == STATUS_OK)
        status = draw(trial, fail);
    randombytes_buf(&seed, sizeof seed);
    if (status == STATUS_OK)
        status = respond_random(trial->form, seed, &trial->json, fail);
    if (status == STATUS_OK)
        status = ballot_make(&trial->manifest, &trial->credential, trial->signature, trial->json.bytes,
                             trial->json.length, &trial->body, &trial->length, fail);
    return status;
}

static void discard(struct trial *trial)
{
    blind_key_free(trial->issuer);
    blind_key_free(trial->public);
    sodium_memzero(&trial->credential, sizeof trial->credential);
    free(trial->body);
    buf_free(&trial->json);
    arena_free(&trial->arena);
}

/* As the count does it; what comes out must be what went in. */
static enum status open_again(struct trial *trial, const unsigned char secret[HPKE_PRIVATE], struct fail *fail)
{
    const struct ballot ballot = { .prefix = trial->body + 1,
                                   .serial = trial->body + 1 + BOX_PREFIX,
                                   .signature = trial->body + 1 + BOX_PREFIX + BOX_SERIAL,
                                   .sealed = trial->body + BALLOT_HEAD,
                                   .sealed_length = trial->length - BALLOT_HEAD,
                                   .version = 1 };
    unsigned char public[HPKE_PUBLIC];
    struct answers answers;
    struct buf again;
    size_t length = 0;
    unsigned char *plain = malloc(trial->manifest.slot);
    if (plain == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for a ballot");
    buf_init(&again, TEXT_MAX);
    enum status status = hpke_key_public(secret, public, fail);
    if (status == STATUS_OK && memcmp(public, trial->manifest.box, sizeof public) != 0)
        status = FAIL(fail, STATUS_CONFLICT, "this is the key of another ballot box than that of the wave %s",
                      trial->manifest.wave);
    if (status == STATUS_OK)
        status = ballot_open(&trial->manifest, trial->public, secret, &ballot, plain, &length, fail);
    if (status == STATUS_OK)
        status = answers_parse(&trial->arena, trial->form, (const char *)plain, length, &answers, NULL, NULL, fail);
    if (status == STATUS_OK) {
        answers_write(&answers, &again);
        if (again.failed || again.length != trial->json.length ||
            memcmp(again.bytes, trial->json.bytes, again.length) != 0)
            status = FAIL(fail, STATUS_CRYPTO, "what was sealed came out different: check this machine's memory");
    }
    buf_free(&again);
    free(plain);
    return status;
}

static enum status note(const char *dir, const struct manifest *manifest, const char *way, struct fail *fail)
{
    char path[WAVE_PATH_ROOM];
    char hex[65];
    char day[11];
    struct buf line;
    env_local_day(env_system.now(env_system.state), day);
    sodium_bin2hex(hex, sizeof hex, manifest->fingerprint, sizeof manifest->fingerprint);
    buf_init(&line, NOTE_MAX);
    buf_format(&line, "%s %s %s\n", hex, day, way);
    wave_path(path, dir, manifest->wave, "rehearsed");
    enum status status = buf_write_file(&line, path, 0600, fail);
    buf_free(&line);
    return status;
}

void wave_rehearsed(const char *dir, const struct manifest *manifest, struct rehearsal *rehearsal)
{
    char path[WAVE_PATH_ROOM];
    char hex[65];
    char way[8] = "";
    char expected[65];
    struct buf line;
    *rehearsal = (struct rehearsal){ .done = false };
    sodium_bin2hex(expected, sizeof expected, manifest->fingerprint, sizeof manifest->fingerprint);
    buf_init(&line, NOTE_MAX);
    wave_path(path, dir, manifest->wave, "rehearsed");
    if (buf_read_file(&line, path, NULL) == STATUS_OK && line.bytes != NULL &&
        sscanf(line.bytes, "%64s %10s %7s", hex, rehearsal->day, way) == 3) {
        rehearsal->done = strcmp(hex, expected) == 0;
        rehearsal->by_answer = strcmp(way, "answer") == 0;
    }
    buf_free(&line);
}

enum status wave_rehearse(const char *dir, const char *wave, const unsigned char secret[HPKE_PRIVATE],
                          struct fail *fail)
{
    struct trial trial = { .form = NULL };
    enum status status = make(&trial, dir, wave, fail);
    if (status == STATUS_OK)
        status = open_again(&trial, secret, fail);
    if (status == STATUS_OK)
        status = note(dir, &trial.manifest, "key", fail);
    discard(&trial);
    return status;
}

enum status wave_rehearse_here(const char *dir, const char *wave, const char *passphrase, struct fail *fail)
{
    char path[WAVE_PATH_ROOM];
    unsigned char secret[HPKE_PRIVATE];
    wave_path(path, dir, wave, "box.key");
    enum status status = boxkey_open(path, passphrase, secret, fail);
    if (status == STATUS_OK)
        status = wave_rehearse(dir, wave, secret, fail);
    sodium_memzero(secret, sizeof secret);
    return status;
}

enum status wave_challenge(const char *dir, const char *wave, struct fail *fail)
{
    char path[WAVE_PATH_ROOM];
    char hex[65];
    unsigned char hash[32];
    struct challenge known;
    struct buf text;
    struct buf expected;
    struct trial trial = { .form = NULL };
    buf_init(&text, KEY_FILE_MAX);
    buf_init(&expected, NOTE_MAX);
    enum status status = make(&trial, dir, wave, fail);
    wave_path(path, dir, wave, "challenge");
    /* A second call must not spoil the answer to the first: its challenge may be on its way already. */
    bool fresh = status == STATUS_OK &&
                 (challenge_read(path, &known, NULL) != STATUS_OK ||
                  memcmp(known.fingerprint, trial.manifest.fingerprint, sizeof known.fingerprint) != 0);
    if (fresh) {
        status = challenge_make(&trial.manifest, &text, hash, fail);
        sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
        buf_format(&expected, "%s\n", hex);
        wave_path(path, dir, wave, "challenge.expected");
        if (status == STATUS_OK)
            status = buf_write_file(&expected, path, 0600, fail);
        wave_path(path, dir, wave, "challenge"); /* second: without its hash it could not be answered */
        if (status == STATUS_OK)
            status = buf_write_file(&text, path, 0644, fail);
    }
    buf_free(&text);
    buf_free(&expected);
    discard(&trial);
    return status;
}

enum status wave_challenge_answer(const char *dir, const char *wave, const char *typed, struct fail *fail)
{
    char path[WAVE_PATH_ROOM];
    char hex[65];
    unsigned char hash[32];
    struct manifest manifest;
    struct buf expected;
    buf_init(&expected, NOTE_MAX);
    enum status status = wave_manifest(dir, wave, &manifest, fail);
    wave_path(path, dir, wave, "challenge.expected");
    if (status == STATUS_OK && access(path, F_OK) != 0)
        status = FAIL(fail, STATUS_MISSING, "there is no challenge to answer yet: querschnitt wave rehearse %s writes it",
                      wave);
    if (status == STATUS_OK)
        status = buf_read_file(&expected, path, fail);
    if (status == STATUS_OK && !challenge_hash(typed, manifest.fingerprint, hash))
        status = FAIL(fail, STATUS_INPUT, "an answer has 16 letters and digits like ABCD-EFGH-JKMN-PQRS: \"%.40s\" has not",
                      typed);
    if (status == STATUS_OK) {
        sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
        if (expected.length < 64 || sodium_memcmp(expected.bytes, hex, 64) != 0)
            status = FAIL(fail, STATUS_DENIED,
                          "this is not the answer to the challenge of the wave %s: compare it letter by letter, and "
                          "whether the challenge is the newest one",
                          wave);
    }
    if (status == STATUS_OK)
        status = note(dir, &manifest, "answer", fail);
    buf_free(&expected);
    return status;
}
