/* Submissions: checks the credential, puts the sealed ballot into the box, answers with a signed receipt. A box is opened
 * with the first submission or at start, and closed with the server. Nothing here knows the time or the sender. */
#include "survey/collect.h"

#include <dirent.h>
#include <openssl/sha.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "survey/ballot.h"
#include "survey/merkle.h"
#include "survey/reply.h"
#include "survey/tell.h"

enum { BOX_MAX = 64 };

struct held_box {
    char wave[33];
    struct manifest manifest;
    struct blind_key *key; /* public half */
    struct slotbox *box;
    unsigned char receipt_key[crypto_sign_SECRETKEYBYTES];
    bool locked; /* kept from the swap file */
};

struct collect {
    pthread_mutex_t lock; /* guards the list; a box in it stays until the end */
    struct held_box *boxes[BOX_MAX];
    size_t count;
    bool told_memory, told_disk; /* each is said once */
};

static void release(struct held_box *held)
{
    if (held == NULL)
        return;
    slotbox_close(held->box);
    blind_key_free(held->key);
    (void)sodium_munlock(held, sizeof *held); /* wipes it too */
    free(held);
}

static enum status read_receipt_key(const char *path, struct held_box *held, struct fail *fail)
{
    struct buf text;
    size_t length = 0;
    buf_init(&text, 1024);
    enum status status = buf_read_file(&text, path, fail);
    if (status == STATUS_OK &&
        (text.length < 2 * sizeof held->receipt_key ||
         sodium_hex2bin(held->receipt_key, sizeof held->receipt_key, text.bytes, 2 * sizeof held->receipt_key, NULL,
                        &length, NULL) != 0 ||
         length != sizeof held->receipt_key || memcmp(held->receipt_key + 32, held->manifest.receipt, 32) != 0))
        status = FAIL(fail, STATUS_INPUT, "%s does not belong to the manifest beside it", path);
    if (text.bytes != NULL)
        sodium_memzero(text.bytes, text.length);
    buf_free(&text);
    return status;
}

/* For the person who runs the server; never a word on a respondent. */
static void tell(bool *told, const char *sentence)
{
    if (!*told)
        tell_operator(sentence);
    *told = true;
}

static enum status hold(struct service *service, const char *wave, struct held_box **taken, struct fail *fail)
{
    char path[WAVE_PATH_ROOM];
    struct held_box *held = calloc(1, sizeof *held);
    if (held == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the ballot box of %s", wave);
    held->locked = sodium_mlock(held, sizeof *held) == 0;
    snprintf(held->wave, sizeof held->wave, "%s", wave);
    enum status status = wave_manifest(service->dir, wave, &held->manifest, fail);
    if (status == STATUS_OK)
        status = blind_key_public(held->manifest.n, sizeof held->manifest.n, &held->key, fail);
    wave_path(path, service->dir, wave, "receipt.key");
    if (status == STATUS_OK)
        status = read_receipt_key(path, held, fail);
    wave_path(path, service->dir, wave, "ballots.box");
    if (status == STATUS_OK)
        status = slotbox_open(path, held->manifest.fingerprint, &held->box, fail);
    if (status == STATUS_OK && slotbox_sealed(held->box) != HPKE_PUBLIC + held->manifest.slot + HPKE_TAG)
        status = FAIL(fail, STATUS_INPUT, "%s has slots of another size than its manifest says", path);
    if (status != STATUS_OK) {
        release(held);
        return status;
    }
    if (!held->locked || !slotbox_locked(held->box))
        tell(&service->collect->told_memory,
             tr(language_default, N_("The memory of the ballot box cannot be locked: raise LimitMEMLOCK or switch swap off, "
                                     "else the swap file may tell which ballots came between two moments.")));
    *taken = held;
    return STATUS_OK;
}

static enum status find_box(struct service *service, const char *wave, struct held_box **found, struct fail *fail)
{
    struct collect *collect = service->collect;
    enum status status = STATUS_OK;
    *found = NULL;
    pthread_mutex_lock(&collect->lock);
    for (size_t i = 0; i < collect->count && *found == NULL; i++)
        if (strcmp(collect->boxes[i]->wave, wave) == 0)
            *found = collect->boxes[i];
    if (*found == NULL && collect->count == BOX_MAX) {
        status = FAIL(fail, STATUS_LIMIT, "the collector holds %d ballot boxes; restart it", (int)BOX_MAX);
    } else if (*found == NULL) {
        status = hold(service, wave, found, fail);
        if (status == STATUS_OK)
            collect->boxes[collect->count++] = *found;
    }
    pthread_mutex_unlock(&collect->lock);
    return status;
}

static bool exists(const char *dir, const char *wave, const char *file)
{
    char path[WAVE_PATH_ROOM];
    wave_path(path, dir, wave, file);
    return access(path, F_OK) == 0;
}

/* Boxes of open waves are taken at start, so that a damaged one is noticed by the person who starts the server. */
enum status collect_open(struct service *service, struct fail *fail)
{
    char path[WAVE_PATH_ROOM];
    struct collect *collect = calloc(1, sizeof *collect);
    if (collect == NULL || sodium_init() < 0) {
        free(collect);
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the collector");
    }
    pthread_mutex_init(&collect->lock, NULL);
    service->collect = collect;
    snprintf(path, sizeof path, "%s/waves", service->dir);
    DIR *waves = opendir(path);
    enum status status = STATUS_OK;
    for (struct dirent *entry = waves == NULL ? NULL : readdir(waves); entry != NULL && status == STATUS_OK;
         entry = readdir(waves)) {
        struct held_box *held = NULL;
        if (wave_name_ok(entry->d_name) && exists(service->dir, entry->d_name, "ballots.box") &&
            !exists(service->dir, entry->d_name, "closed"))
            status = find_box(service, entry->d_name, &held, fail);
    }
    if (waves != NULL)
        closedir(waves);
    return status;
}

void collect_close(struct service *service)
{
    struct collect *collect = service->collect;
    if (collect == NULL)
        return;
    for (size_t i = 0; i < collect->count; i++)
        release(collect->boxes[i]);
    pthread_mutex_destroy(&collect->lock);
    free(collect);
    service->collect = NULL;
}

/* Signed receipt; Ed25519 is deterministic, so the same ballot gets the same bytes again. */
static void write_receipt(const struct held_box *held, const struct ballot *ballot, struct response *response)
{
    unsigned char content[64];
    unsigned char leaf[32];
    unsigned char signature[crypto_sign_BYTES];
    char leaf_hex[65];
    char signature_hex[2 * crypto_sign_BYTES + 1];
    memcpy(content, ballot->serial, 32);
    SHA256(ballot->sealed, ballot->sealed_length, content + 32);
    merkle_leaf(content, sizeof content, leaf);
    (void)crypto_sign_detached(signature, NULL, leaf, sizeof leaf, held->receipt_key);
    sodium_bin2hex(leaf_hex, sizeof leaf_hex, leaf, sizeof leaf);
    sodium_bin2hex(signature_hex, sizeof signature_hex, signature, sizeof signature);
    response->content_type = "application/json";
    buf_format(&response->page.out, "{\"receipt\":\"%s\",\"signature\":\"%s\"}", leaf_hex, signature_hex);
}

/* 409 tells how far the changes have come, so that another device of the same person can go on from there. */
static enum status refuse_sent(struct held_box *held, const struct ballot *ballot, const struct request *request,
                               struct response *response)
{
    char change[32];
    uint32_t version = slotbox_version(held->box, ballot->serial) & ~BOX_WITHDRAWN;
    int length = snprintf(change, sizeof change, ",\"change\":%u}", version == 0 ? 0 : version - 1);
    enum status status = reply_refuse(request, response, 409, "already-sent",
                                      N_("Answers were already sent with this credential."));
    struct buf *out = &response->page.out;
    if (out->length > 0)
        out->length--; /* the closing brace */
    buf_add(out, change, (size_t)length);
    return status;
}

static enum status answer(struct held_box *held, const struct ballot *ballot, enum box_result result,
                          const struct request *request, struct response *response)
{
    switch (result) {
    case BOX_NEW:
    case BOX_CHANGE:
    case BOX_REPEAT: write_receipt(held, ballot, response); break;
    case BOX_CONFLICT: return refuse_sent(held, ballot, request, response);
    case BOX_FULL:
        return reply_refuse(request, response, 507, "box-full",
                            N_("The ballot box is full. Please tell the people who run the survey."));
    }
    return STATUS_OK;
}

/* Points into the body. key: the edit key, NULL for a first ballot. */
static bool read_submission(const struct request *request, size_t sealed, struct ballot *ballot,
                            const unsigned char **key)
{
    const unsigned char *body = (const unsigned char *)request->body;
    size_t length = request->body_length;
    unsigned kind = length > 0 ? body[0] : 0;
    if (kind < BALLOT_FIRST || kind > BALLOT_WITHDRAWAL || length != BALLOT_HEAD + sealed)
        return false;
    unsigned change = body[BALLOT_NUMBER];
    *key = kind == BALLOT_FIRST ? NULL : body + BALLOT_NUMBER + 1;
    *ballot = (struct ballot){ .prefix = body + 1,
                               .serial = body + 33,
                               .signature = body + 65,
                               .sealed = body + BALLOT_HEAD,
                               .sealed_length = sealed,
                               .version = (change + 1) | (kind == BALLOT_WITHDRAWAL ? BOX_WITHDRAWN : 0) };
    return kind == BALLOT_FIRST ? change == 0 : change >= 1 && change <= EDIT_MAX;
}

static bool key_fits(const unsigned char *key, const struct ballot *ballot)
{
    unsigned char serial[32];
    edit_key_serial(key, (ballot->version & ~BOX_WITHDRAWN) - 1, serial);
    return sodium_memcmp(serial, ballot->serial, sizeof serial) == 0;
}

/* The box of a wave that takes ballots now, else the refusal (then *held is NULL). */
static enum status open_box(struct service *service, const struct request *request, struct response *response,
                            struct held_box **held, struct fail *fail)
{
    const char *wave = request->parts[0];
    *held = NULL;
    if (!wave_name_ok(wave) || !exists(service->dir, wave, "manifest"))
        return reply_refuse(request, response, 404, "unknown-wave", N_("There is no such survey."));
    if (exists(service->dir, wave, "closed"))
        return reply_refuse(request, response, 410, "closed", N_("The survey is closed."));
    if (!exists(service->dir, wave, "ballots.box"))
        return reply_refuse(request, response, 425, "not-open", N_("The survey has not begun yet."));
    return find_box(service, wave, held, fail);
}

static enum status put(struct service *service, struct held_box *held, const struct ballot *ballot,
                       const struct request *request, struct response *response, struct fail *fail)
{
    enum box_result result = BOX_FULL;
    enum status status = slotbox_put(held->box, ballot, &result, fail);
    if (status == STATUS_IO) {
        pthread_mutex_lock(&service->collect->lock);
        tell(&service->collect->told_disk,
             tr(language_default, N_("The disk of the ballot box does not store. Nothing is taken any more: check the disk, "
                                     "then restart the server. Nothing that was acknowledged is lost.")));
        pthread_mutex_unlock(&service->collect->lock);
    }
    /* Closed meanwhile: the count may have read the box before this ballot, so it must not be acknowledged. */
    if (status == STATUS_OK && exists(service->dir, held->wave, "closed"))
        return reply_refuse(request, response, 410, "closed", N_("The survey is closed."));
    return status == STATUS_OK ? answer(held, ballot, result, request, response) : status;
}

enum status collect_submit(struct service *service, const struct request *request, struct response *response,
                           struct fail *fail)
{
    struct held_box *held = NULL;
    struct ballot ballot;
    const unsigned char *key = NULL;
    response->allow_origin = "*"; /* refined below; nothing is allowed by a cookie here */
    enum status status = open_box(service, request, response, &held, fail);
    if (held == NULL)
        return status;
    response->allow_origin = held->manifest.issuer;
    size_t sealed = HPKE_PUBLIC + held->manifest.slot + HPKE_TAG;
    if (!read_submission(request, sealed, &ballot, &key)) {
        bool large = request->body_length > BALLOT_HEAD + sealed;
        return reply_refuse(request, response, large ? 413 : 400, large ? "too-large" : "malformed",
                            N_("The survey page and the server do not understand each other. Please reload the page."));
    }
    /* prefix and serial stand side by side: together they are the signed message */
    if (blind_verify(held->key, ballot.prefix, BOX_PREFIX + BOX_SERIAL, ballot.signature, NULL) != STATUS_OK)
        return reply_refuse(request, response, 403, "bad-credential",
                            N_("The credential is not valid for this survey."));
    if (key != NULL && !key_fits(key, &ballot))
        return reply_refuse(request, response, 403, "bad-edit-key",
                            N_("The answers of this credential cannot be changed with this key."));
    return put(service, held, &ballot, request, response, fail);
}
