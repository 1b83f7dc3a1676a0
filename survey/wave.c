/* Life of a wave: the steps an administrator takes, each leaving folder and database in agreement. Keys are made here and
 * the issuer's key is destroyed here; reading the folder is wave_folder.c. */
#include "survey/wave.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/sha.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/asset.h"
#include "base/day.h"
#include "base/env.h"
#include "forms/answers.h"
#include "survey/blind.h"
#include "survey/boxkey.h"
#include "survey/credential.h"
#include "survey/slotbox.h"

enum { KEY_BITS = 3072, GROUP_MIN = 10, SPARE_SLOTS = 64, FILE_MAX = 4 << 20, SLOT_MAX = 65536, OBJECTION_DAYS = 90 };

/* *fresh tells whether the wave's folder is ours to remove again. */
static enum status make_folder(const char *dir, const char *wave, bool *fresh, struct fail *fail)
{
    char path[WAVE_PATH_ROOM];
    snprintf(path, sizeof path, "%s/waves", dir);
    if (mkdir(path, 0700) != 0 && errno != EEXIST)
        return fail_errno(fail, "mkdir", path);
    snprintf(path, sizeof path, "%s/waves/%s", dir, wave);
    *fresh = mkdir(path, 0700) == 0;
    if (!*fresh && errno != EEXIST)
        return fail_errno(fail, "mkdir", path);
    wave_path(path, dir, wave, "manifest");
    if (access(path, F_OK) == 0)
        return FAIL(fail, STATUS_CONFLICT, "the wave %s is frozen already: %s exists", wave, path);
    return STATUS_OK;
}

/* Takes back a freezing that failed half-way, so that it can be repeated; nothing was sealed with these keys yet. */
static void discard_folder(const char *dir, const char *wave)
{
    static const char *const files[] = { "form.yaml", "units.tsv", "box.key", "issuer.key", "receipt.key", "manifest" };
    char path[WAVE_PATH_ROOM];
    for (size_t i = 0; i < COUNT(files); i++) {
        wave_path(path, dir, wave, files[i]);
        (void)unlink(path);
    }
    wave_path(path, dir, wave, ".");
    path[strlen(path) < 2 ? 0 : strlen(path) - 2] = '\0';
    (void)rmdir(path);
}

static enum status write_form(struct store *store, const char *dir, const struct wave_plan *plan,
                              struct manifest *manifest, struct fail *fail)
{
    char path[WAVE_PATH_ROOM];
    struct arena arena;
    struct buf bytes;
    const struct form *form = NULL;
    arena_init(&arena, 64 << 20);
    buf_init(&bytes, FILE_MAX);
    enum status status = wave_form_bytes(plan->form, &bytes, fail);
    wave_path(path, dir, plan->name, "form.yaml");
    if (status == STATUS_OK)
        status = buf_write_file(&bytes, path, 0600, fail);
    wave_path(path, dir, plan->name, "units.tsv");
    if (status == STATUS_OK)
        status = wave_units_write(store, path, fail);
    if (status == STATUS_OK)
        status = wave_form(&arena, dir, plan->name, &form, fail);
    if (status == STATUS_OK) {
        size_t slot = (answers_length_max(form) + 1 + 511) / 512 * 512;
        manifest->slot = slot < SLOT_BYTES ? SLOT_BYTES : (unsigned)(slot < SLOT_MAX ? slot : SLOT_MAX);
        snprintf(manifest->form, sizeof manifest->form, "%s", form->sha256);
        if (slot > SLOT_MAX)
            status = FAIL(fail, STATUS_LIMIT, "%s: the longest answers need %zu bytes, %d are possible", plan->form,
                          slot, (int)SLOT_MAX);
    }
    buf_free(&bytes);
    arena_free(&arena);
    return status;
}

static enum status write_issuer_key(const char *path, unsigned char n[RSA_BYTES], struct fail *fail)
{
    struct blind_key *key = NULL;
    struct buf pem;
    buf_init(&pem, 64 * 1024);
    enum status status = blind_key_create(KEY_BITS, &key, fail);
    if (status == STATUS_OK)
        status = blind_key_write(key, &pem, fail);
    if (status == STATUS_OK) {
        blind_key_modulus(key, n);
        status = buf_write_file(&pem, path, 0600, fail);
    }
    if (pem.bytes != NULL)
        sodium_memzero(pem.bytes, pem.length);
    buf_free(&pem);
    blind_key_free(key);
    return status;
}

static enum status write_receipt_key(const char *path, unsigned char public[32], struct fail *fail)
{
    unsigned char secret[crypto_sign_SECRETKEYBYTES];
    char hex[2 * crypto_sign_SECRETKEYBYTES + 1];
    struct buf text;
    buf_init(&text, 1024);
    if (sodium_init() < 0 || crypto_sign_keypair(public, secret) != 0)
        return FAIL(fail, STATUS_CRYPTO, "the system gives no random bytes");
    sodium_bin2hex(hex, sizeof hex, secret, sizeof secret);
    buf_format(&text, "%s\n", hex);
    enum status status = buf_write_file(&text, path, 0600, fail);
    sodium_memzero(secret, sizeof secret);
    sodium_memzero(hex, sizeof hex);
    if (text.bytes != NULL)
        sodium_memzero(text.bytes, text.length);
    buf_free(&text);
    return status;
}

static void client_hash(char hex[97])
{
    unsigned char hash[SHA384_DIGEST_LENGTH];
    const struct asset *asset = asset_find("survey/assets/client.js");
    SHA384(asset == NULL ? (const unsigned char *)"" : asset->bytes, asset == NULL ? 0 : asset->length, hash);
    sodium_bin2hex(hex, 97, hash, sizeof hash);
}

/* As browsers send it: scheme and host without a final slash, else their comparison of origins fails. */
static bool origin_ok(const char *origin)
{
    size_t scheme = strncmp(origin, "https://", 8) == 0 ? 8 : strncmp(origin, "http://", 7) == 0 ? 7 : 0;
    size_t length = strlen(origin);
    return scheme > 0 && length > scheme && length < 128 && strpbrk(origin + scheme, "/?#\"\\ \t\r\n") == NULL;
}

static enum status check_plan(const struct wave_plan *plan, int64_t *closes, struct fail *fail)
{
    int64_t deletes = 0;
    if (!wave_name_ok(plan->name))
        return FAIL(fail, STATUS_INPUT, "a wave is named with a-z, 0-9 and -, at most 32 characters: \"%s\" is not",
                    plan->name);
    if (!day_read(plan->closes, closes))
        return FAIL(fail, STATUS_INPUT, "\"%s\" is no date like 2026-06-30", plan->closes);
    if (plan->deletes != NULL && (!day_read(plan->deletes, &deletes) || deletes <= *closes))
        return FAIL(fail, STATUS_INPUT, "\"%s\" is no date like 2026-09-30 after the last day for answers",
                    plan->deletes);
    if (plan->delay > 60)
        return FAIL(fail, STATUS_INPUT, "a delay has 0 to 60 minutes, not %u", plan->delay);
    if (!origin_ok(plan->issue_origin) || !origin_ok(plan->collect_origin))
        return FAIL(fail, STATUS_INPUT, "an address of the survey looks like https://survey.example.org, not \"%s\"",
                    origin_ok(plan->issue_origin) ? plan->collect_origin : plan->issue_origin);
    return STATUS_OK;
}

enum status wave_freeze(struct store *store, const char *dir, const struct wave_plan *plan, struct fail *fail)
{
    char path[WAVE_PATH_ROOM];
    struct manifest manifest = { .smallest_group = GROUP_MIN };
    struct wave wave = { .year = plan->year, .state = WAVE_FROZEN, .rehearsal = plan->rehearsal };
    struct buf bytes;
    int64_t id = 0;
    bool fresh = false;
    int64_t closes = 0;
    enum status status = check_plan(plan, &closes, fail);
    if (status != STATUS_OK)
        return status;
    if (store_wave_find(store, plan->name, &wave, NULL) == STATUS_OK)
        return FAIL(fail, STATUS_CONFLICT, "there is a wave %s already", plan->name);
    snprintf(wave.name, sizeof wave.name, "%s", plan->name);
    snprintf(wave.closes, sizeof wave.closes, "%s", plan->closes);
    snprintf(manifest.wave, sizeof manifest.wave, "%s", plan->name);
    snprintf(manifest.closes, sizeof manifest.closes, "%s", plan->closes);
    snprintf(manifest.issuer, sizeof manifest.issuer, "%s", plan->issue_origin);
    snprintf(manifest.collector, sizeof manifest.collector, "%s", plan->collect_origin);
    client_hash(manifest.client);
    snprintf(manifest.key, sizeof manifest.key, "server");
    manifest.delay = plan->delay;
    if (plan->deletes != NULL)
        snprintf(manifest.deletes, sizeof manifest.deletes, "%s", plan->deletes);
    else
        day_write(closes + OBJECTION_DAYS, manifest.deletes);
    buf_init(&bytes, 64 * 1024);
    status = make_folder(dir, plan->name, &fresh, fail);
    if (status == STATUS_OK)
        status = write_form(store, dir, plan, &manifest, fail);
    wave_path(path, dir, plan->name, "box.key");
    if (status == STATUS_OK)
        status = boxkey_create(path, plan->passphrase, manifest.box, fail);
    wave_path(path, dir, plan->name, "issuer.key");
    if (status == STATUS_OK)
        status = write_issuer_key(path, manifest.n, fail);
    wave_path(path, dir, plan->name, "receipt.key");
    if (status == STATUS_OK)
        status = write_receipt_key(path, manifest.receipt, fail);
    if (status == STATUS_OK)
        status = manifest_write(&manifest, &bytes, fail);
    wave_path(path, dir, plan->name, "manifest");
    if (status == STATUS_OK)
        status = buf_write_file(&bytes, path, 0644, fail);
    if (status == STATUS_OK)
        status = store_wave_add(store, &wave, &id, fail);
    if (status != STATUS_OK && fresh)
        discard_folder(dir, plan->name);
    buf_free(&bytes);
    return status;
}

/* Codes and hashes; row order[i] of the database belongs to unit i, so that it tells nothing about the list given. */
static enum status make_invitations(const char *const units[], size_t count, const size_t order[],
                                    struct invitation invitations[], char (*codes)[CODE_TEXT_ROOM], struct fail *fail)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        char code[CODE_LENGTH + 1];
        struct invitation *invitation = &invitations[order[i]];
        status = code_make(codes[i], fail);
        if (status == STATUS_OK)
            status = code_read(codes[i], code, fail);
        if (status == STATUS_OK)
            code_hash(code, invitation->code_hash);
        invitation->unit = units[i];
        sodium_memzero(code, sizeof code);
    }
    return status;
}

enum status wave_invite(struct store *store, const char *name, const char *const units[], size_t count,
                        char (*codes)[CODE_TEXT_ROOM], struct fail *fail)
{
    struct wave wave;
    enum status status = store_wave_find(store, name, &wave, fail);
    if (status != STATUS_OK || count == 0)
        return status;
    if (wave.state != WAVE_FROZEN && wave.state != WAVE_OPEN)
        return FAIL(fail, STATUS_CONFLICT, "invitations are made after freezing and before closing the wave %s", name);
    size_t *order = calloc(count, sizeof *order);
    struct invitation *invitations = calloc(count, sizeof *invitations);
    if (order == NULL || invitations == NULL || sodium_init() < 0 || count > UINT32_MAX)
        status = FAIL(fail, STATUS_MEMORY, "not enough memory for %zu invitations", count);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) { /* Fisher and Yates, inside out */
        size_t j = randombytes_uniform((uint32_t)(i + 1));
        order[i] = order[j];
        order[j] = i;
    }
    if (status == STATUS_OK)
        status = make_invitations(units, count, order, invitations, codes, fail);
    if (status == STATUS_OK)
        status = store_invite(store, wave.id, invitations, count, fail);
    free(invitations);
    free(order);
    return status;
}

/* Slots for everybody invited, one in twenty more, and some for cards. */
static enum status slot_count(struct store *store, int64_t wave, uint32_t *slots, struct fail *fail)
{
    struct arena arena;
    const struct unit everybody = { .id = "", .name = "", .level = UNIT_CITY, .parent = -1 };
    const struct participation *rows = NULL;
    size_t count = 0;
    uint64_t invited = 0;
    arena_init(&arena, 1 << 20);
    enum status status = store_participation(store, &arena, wave, &everybody, 1, &rows, &count, fail);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        invited += rows[i].invited;
    if (status == STATUS_OK && invited == 0)
        status = FAIL(fail, STATUS_CONFLICT, "nobody is invited yet: make the invitations before opening the wave");
    *slots = (uint32_t)(invited + invited / 20 + SPARE_SLOTS);
    arena_free(&arena);
    return status;
}

enum status wave_open(struct store *store, const char *dir, const char *name, struct fail *fail)
{
    char path[WAVE_PATH_ROOM];
    struct wave wave;
    struct manifest manifest;
    uint32_t slots = 0;
    enum status status = store_wave_find(store, name, &wave, fail);
    if (status == STATUS_OK && wave.state != WAVE_FROZEN)
        status = FAIL(fail, STATUS_CONFLICT, "only a frozen wave can be opened; %s is not, or was opened before", name);
    if (status == STATUS_OK)
        status = wave_manifest(dir, name, &manifest, fail);
    if (status == STATUS_OK)
        status = slot_count(store, wave.id, &slots, fail);
    wave_path(path, dir, name, "ballots.box");
    if (status == STATUS_OK)
        status = slotbox_create(path, slots, HPKE_PUBLIC + manifest.slot + HPKE_TAG, manifest.fingerprint,
                                env_system.now(env_system.state), fail);
    return status == STATUS_OK ? store_wave_state(store, wave.id, WAVE_OPEN, fail) : status;
}

/* Overwrites before removing. On flash memory old blocks may survive; the disk should be encrypted. */
static enum status destroy(const char *path, struct fail *fail)
{
    static const char zeros[8192];
    int file = open(path, O_WRONLY | O_CLOEXEC);
    if (file < 0)
        return errno == ENOENT ? STATUS_OK : fail_errno(fail, "open", path);
    bool done = write(file, zeros, sizeof zeros) == (ssize_t)sizeof zeros && fsync(file) == 0;
    close(file);
    return done && unlink(path) == 0 ? STATUS_OK : fail_errno(fail, "unlink", path);
}

enum status wave_close(struct store *store, const char *dir, const char *name, struct fail *fail)
{
    char path[WAVE_PATH_ROOM];
    struct wave wave;
    struct buf marker;
    enum status status = store_wave_find(store, name, &wave, fail);
    if (status == STATUS_OK && wave.state != WAVE_OPEN)
        status = FAIL(fail, STATUS_CONFLICT, "only an open wave can be closed; %s is not open", name);
    buf_init(&marker, 64);
    buf_add_string(&marker, "closed\n");
    wave_path(path, dir, name, "closed"); /* what a collector without database looks for */
    if (status == STATUS_OK)
        status = buf_write_file(&marker, path, 0644, fail);
    wave_path(path, dir, name, "issuer.key");
    if (status == STATUS_OK)
        status = destroy(path, fail);
    if (status == STATUS_OK)
        status = store_wave_state(store, wave.id, WAVE_CLOSED, fail);
    buf_free(&marker);
    return status;
}
