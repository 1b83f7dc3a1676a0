/* Freezing a wave: folder, form bound to the city's units, keys, manifest. From here on the fingerprint says what the wave
 * is. Not responsible for its life afterwards: wave.c. */
#include "survey/wave.h"

#include <errno.h>
#include <openssl/sha.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/asset.h"
#include "base/day.h"
#include "forms/answers.h"
#include "survey/blind.h"
#include "survey/boxkey.h"
#include "survey/credential.h"
#include "survey/wave_tables.h"

enum { KEY_BITS = 3072, FILE_MAX = 4 << 20, SLOT_MAX = 65536, OBJECTION_DAYS = 90 };

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
    static const char *const files[] = { "form.yaml", "units.tsv", "box.key", "issuer.key", "receipt.key", TABLES_FILE, "manifest" };
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

/* What will be published of the answers, fixed before there is one; with the thresholds in force. */
static enum status write_tables(struct store *store, const char *dir, const char *wave, struct manifest *manifest,
                                struct fail *fail)
{
    char path[WAVE_PATH_ROOM];
    struct arena arena;
    struct buf bytes;
    const struct form *form = NULL;
    struct wave_tables tables = { .fixed = false };
    arena_init(&arena, 64 << 20);
    buf_init(&bytes, FILE_MAX);
    enum status status = wave_form(&arena, dir, wave, &form, fail);
    if (status == STATUS_OK)
        status = tables_next(store, &arena, form, &tables, fail);
    if (status == STATUS_OK)
        status = tables_list_write(&tables, &bytes, manifest->tables, fail);
    wave_path(path, dir, wave, TABLES_FILE);
    if (status == STATUS_OK)
        status = buf_write_file(&bytes, path, 0644, fail);
    manifest->smallest_group = tables.least.answers_min;
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

/* Standard mode: a new key in the wave's folder, locked by the passphrase. With the public half from the staff council the
 * private half never comes here. */
static enum status take_box_key(const char *dir, const struct wave_plan *plan, struct manifest *manifest,
                                struct fail *fail)
{
    char path[WAVE_PATH_ROOM];
    bool split = false;
    if (plan->box_key == NULL) {
        snprintf(manifest->key, sizeof manifest->key, "server");
        wave_path(path, dir, plan->name, "box.key");
        return boxkey_create(path, plan->passphrase, manifest->box, fail);
    }
    enum status status = boxkey_public_read(plan->box_key, &split, manifest->box, fail);
    snprintf(manifest->key, sizeof manifest->key, split ? "split" : "council");
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
    struct manifest manifest = { .delay = plan->delay };
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
    if (plan->deletes != NULL)
        snprintf(manifest.deletes, sizeof manifest.deletes, "%s", plan->deletes);
    else
        day_write(closes + OBJECTION_DAYS, manifest.deletes);
    buf_init(&bytes, 64 * 1024);
    status = make_folder(dir, plan->name, &fresh, fail);
    if (status == STATUS_OK)
        status = write_form(store, dir, plan, &manifest, fail);
    if (status == STATUS_OK)
        status = write_tables(store, dir, plan->name, &manifest, fail);
    if (status == STATUS_OK)
        status = take_box_key(dir, plan, &manifest, fail);
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
