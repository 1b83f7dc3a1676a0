/* Draws: checks the code, marks it in one transaction, then signs without seeing. The key of a wave is read with its first
 * draw and dropped when the wave is closed. */
#include "survey/issue.h"

#include <jansson.h>
#include <openssl/sha.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "survey/blind.h"
#include "survey/credential.h"
#include "survey/reply.h"
#include "survey/wave.h"

enum { KEY_MAX = 16 };

struct held_key {
    char wave[33];
    struct blind_key *key; /* kept until the end: another thread may sign with it */
};

struct issue {
    struct held_key keys[KEY_MAX]; /* guarded by the service's lock */
    size_t count;
};

enum status issue_open(struct service *service, struct fail *fail)
{
    service->issue = calloc(1, sizeof *service->issue);
    return service->issue != NULL ? STATUS_OK : FAIL(fail, STATUS_MEMORY, "not enough memory for the issuer");
}

void issue_close(struct service *service)
{
    if (service->issue == NULL)
        return;
    for (size_t i = 0; i < service->issue->count; i++)
        blind_key_free(service->issue->keys[i].key);
    free(service->issue);
    service->issue = NULL;
}

/* Locked. */
static enum status find_key(struct service *service, const char *wave, struct blind_key **key, struct fail *fail)
{
    struct issue *issue = service->issue;
    char path[WAVE_PATH_ROOM];
    struct buf pem;
    for (size_t i = 0; i < issue->count; i++)
        if (strcmp(issue->keys[i].wave, wave) == 0) {
            *key = issue->keys[i].key;
            return STATUS_OK;
        }
    if (issue->count == KEY_MAX)
        return FAIL(fail, STATUS_LIMIT, "the issuer serves %d waves at once; restart it", (int)KEY_MAX);
    buf_init(&pem, 64 * 1024);
    wave_path(path, service->dir, wave, "issuer.key");
    struct held_key *held = &issue->keys[issue->count];
    enum status status = buf_read_file(&pem, path, fail);
    if (status == STATUS_OK)
        status = blind_key_read(pem.bytes == NULL ? "" : pem.bytes, pem.length, &held->key, fail);
    if (status == STATUS_OK) {
        snprintf(held->wave, sizeof held->wave, "%s", wave);
        *key = held->key;
        issue->count++;
    }
    if (pem.bytes != NULL)
        sodium_memzero(pem.bytes, pem.length);
    buf_free(&pem);
    return status;
}

/* {"code":"…","blinded":"HEX"} */
static bool read_draw(const struct request *request, char code[CODE_LENGTH + 1], bool *code_good,
                      unsigned char blinded[RSA_BYTES])
{
    json_t *root = json_loadb(request->body, request->body_length, JSON_REJECT_DUPLICATES, NULL);
    const char *typed = json_string_value(json_object_get(root, "code"));
    const char *hex = json_string_value(json_object_get(root, "blinded"));
    size_t length = 0;
    bool good = typed != NULL && strlen(typed) < 100 && hex != NULL && strlen(hex) == 2 * RSA_BYTES &&
                sodium_hex2bin(blinded, RSA_BYTES, hex, 2 * RSA_BYTES, NULL, &length, NULL) == 0 &&
                length == RSA_BYTES;
    *code_good = good && code_read(typed, code, NULL) == STATUS_OK;
    json_decref(root);
    return good;
}

enum refusal { REFUSE_NOTHING, REFUSE_WAVE, REFUSE_EARLY, REFUSE_CLOSED, REFUSE_CODE, REFUSE_DRAWN };

/* What needs the database, under the lock: state of the wave, the key, the draw itself. */
static enum status mark_drawn(struct service *service, const char *name, const char code[CODE_LENGTH + 1],
                              const unsigned char blinded[RSA_BYTES], struct blind_key **key, char unit[64],
                              enum refusal *refusal, struct fail *fail)
{
    unsigned char hash[32];
    unsigned char blinded_hash[32];
    enum draw_result result = DRAW_UNKNOWN;
    struct wave wave;
    struct fail missing = { 0 };
    enum status status = store_wave_find(service->store, name, &wave, &missing);
    if (status == STATUS_MISSING) {
        *refusal = REFUSE_WAVE;
        return STATUS_OK;
    }
    if (status != STATUS_OK)
        return FAIL(fail, status, "%s", missing.what);
    *refusal = wave.state < WAVE_OPEN ? REFUSE_EARLY : wave.state > WAVE_OPEN ? REFUSE_CLOSED : REFUSE_NOTHING;
    if (*refusal != REFUSE_NOTHING)
        return STATUS_OK;
    code_hash(code, hash);
    SHA256(blinded, RSA_BYTES, blinded_hash);
    status = find_key(service, name, key, fail); /* before the draw: a code must not be spent without a key */
    if (status == STATUS_OK)
        status = store_draw(service->store, wave.id, hash, blinded_hash, &result, unit, fail);
    *refusal = result == DRAW_UNKNOWN ? REFUSE_CODE : result == DRAW_CONFLICT ? REFUSE_DRAWN : REFUSE_NOTHING;
    return status;
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
    char unit[64] = "";
    unsigned char blinded[RSA_BYTES];
    unsigned char signature[BLIND_MAX];
    struct blind_key *key = NULL;
    bool code_good = false;
    enum refusal refusal = REFUSE_NOTHING;
    if (!wave_name_ok(request->parts[0]))
        return refuse(request, response, REFUSE_WAVE);
    if (!read_draw(request, code, &code_good, blinded))
        return malformed(request, response);
    if (!code_good)
        return refuse(request, response, REFUSE_CODE);
    struct manifest manifest;
    /* Checked before the draw: a number that cannot be signed must not spend the code. */
    if (wave_manifest(service->dir, request->parts[0], &manifest, NULL) == STATUS_OK &&
        memcmp(blinded, manifest.n, RSA_BYTES) >= 0)
        return malformed(request, response);
    service_lock(service);
    enum status status = mark_drawn(service, request->parts[0], code, blinded, &key, unit, &refusal, fail);
    service_unlock(service);
    sodium_memzero(code, sizeof code);
    if (status != STATUS_OK)
        return status;
    if (refusal != REFUSE_NOTHING)
        return refuse(request, response, refusal);
    status = blind_sign(key, blinded, signature, fail);
    if (status != STATUS_OK)
        return status;
    char hex[2 * RSA_BYTES + 1];
    sodium_bin2hex(hex, sizeof hex, signature, RSA_BYTES);
    json_t *text = json_string(unit);
    char *quoted = json_dumps(text, JSON_ENCODE_ANY | JSON_COMPACT);
    json_decref(text);
    response->content_type = "application/json";
    buf_format(&response->page.out, "{\"signature\":\"%s\",\"unit\":%s}", hex, quoted == NULL ? "\"\"" : quoted);
    free(quoted);
    return STATUS_OK;
}

/* Files of the wave's folder that everybody may read; both faces serve the same bytes. */
static enum status send_file(struct service *service, const struct request *request, struct response *response,
                             const char *file, const char *type, struct fail *fail)
{
    char path[WAVE_PATH_ROOM];
    unsigned char hash[32];
    struct fail detail = { .language = request->language };
    if (!wave_name_ok(request->parts[0]))
        return refuse(request, response, REFUSE_WAVE);
    wave_path(path, service->dir, request->parts[0], file);
    enum status status = buf_read_file(&response->page.out, path, &detail);
    if (status == STATUS_MISSING)
        return reply_refuse(request, response, 404, "missing", N_("This is not published (yet)."));
    if (status != STATUS_OK)
        return FAIL(fail, status, "%s", detail.what);
    SHA256((const unsigned char *)response->page.out.bytes, response->page.out.length, hash);
    char *etag = arena_get(request->arena, 33, 1);
    if (etag != NULL)
        sodium_bin2hex(etag, 33, hash, 16);
    response->etag = etag;
    response->content_type = type;
    response->allow_origin = "*"; /* public, and the client on the issuer's page compares both faces */
    response->cache = true;
    return STATUS_OK;
}

enum status protocol_manifest(struct service *service, const struct request *request, struct response *response,
                              struct fail *fail)
{
    return send_file(service, request, response, "manifest", "application/json", fail);
}

enum status protocol_leaves(struct service *service, const struct request *request, struct response *response,
                            struct fail *fail)
{
    return send_file(service, request, response, "leaves.txt", "text/plain; charset=utf-8", fail);
}
