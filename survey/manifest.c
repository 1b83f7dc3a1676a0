/* The manifest of a wave: its canonical bytes, written and read. Reading accepts canonical bytes only, so that one
 * fingerprint stands for one meaning. Not responsible for the files around it: wave.c. */
#include <jansson.h>
#include <openssl/sha.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/crockford.h"
#include "survey/wave.h"

enum { MANIFEST_MAX = 8192 };

bool wave_name_ok(const char *name)
{
    size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-");
    return length >= 1 && length <= 32 && name[length] == '\0';
}

static void add_hex(struct buf *out, const char *key, const unsigned char *bytes, size_t length)
{
    buf_format(out, ",\"%s\":\"", key);
    for (size_t i = 0; i < length; i++)
        buf_format(out, "%02x", bytes[i]);
    buf_add_byte(out, '"');
}

/* Values of a manifest never need escaping in JSON: that is checked instead of done. */
static bool plain(const char *text)
{
    if (*text == '\0')
        return false;
    for (; *text != '\0'; text++)
        if (*text < 0x21 || *text > 0x7e || *text == '"' || *text == '\\')
            return false;
    return true;
}

static bool hash_or_none(const char *hex)
{
    const size_t length = strlen(hex);
    return length == 0 || (length == 64 && strspn(hex, "0123456789abcdef") == 64);
}

/* Where the private half of the box key lies. */
static bool key_place(const char *key)
{
    return strcmp(key, "server") == 0 || strcmp(key, "council") == 0 || strcmp(key, "split") == 0;
}

enum status manifest_write(const struct manifest *manifest, struct buf *out, struct fail *fail)
{
    if (!wave_name_ok(manifest->wave))
        return FAIL(fail, STATUS_INPUT, "a wave is named with a-z, 0-9 and -, at most 32 characters: \"%s\" is not",
                    manifest->wave);
    if (!plain(manifest->form) || !plain(manifest->closes) || !plain(manifest->client) || !plain(manifest->deletes) ||
        !key_place(manifest->key) || !hash_or_none(manifest->tables))
        return FAIL(fail, STATUS_INPUT, "the manifest of %s is not complete", manifest->wave);
    if (!plain(manifest->issuer) || !plain(manifest->collector) || strncmp(manifest->issuer, "http", 4) != 0 ||
        strncmp(manifest->collector, "http", 4) != 0)
        return FAIL(fail, STATUS_INPUT, "an address of the survey looks like https://survey.example.org, not \"%s\"",
                    manifest->issuer);
    buf_format(out, "{\"querschnitt\":1,\"wave\":\"%s\",\"form\":\"%s\"", manifest->wave, manifest->form);
    add_hex(out, "n", manifest->n, sizeof manifest->n);
    buf_add_string(out, ",\"e\":\"010001\"");
    add_hex(out, "box", manifest->box, sizeof manifest->box);
    add_hex(out, "receipt", manifest->receipt, sizeof manifest->receipt);
    buf_format(out, ",\"closes\":\"%s\",\"issuer\":\"%s\",\"collector\":\"%s\",\"client\":\"%s\"", manifest->closes,
               manifest->issuer, manifest->collector, manifest->client);
    buf_format(out, ",\"slot\":%u,\"smallest_group\":%u,\"key\":\"%s\",\"deletes\":\"%s\",\"delay\":%u", manifest->slot,
               manifest->smallest_group, manifest->key, manifest->deletes, manifest->delay);
    if (manifest->tables[0] != '\0')
        buf_format(out, ",\"tables\":\"%s\"", manifest->tables);
    buf_add_byte(out, '}');
    return buf_status(out, "the manifest", fail);
}

static bool take_text(const json_t *root, const char *key, char *out, size_t room)
{
    const char *text = json_string_value(json_object_get(root, key));
    if (text == NULL || strlen(text) >= room)
        return false;
    memcpy(out, text, strlen(text) + 1);
    return true;
}

static bool take_hex(const json_t *root, const char *key, unsigned char *out, size_t length)
{
    const char *text = json_string_value(json_object_get(root, key));
    size_t read = 0;
    return text != NULL && strlen(text) == 2 * length &&
           sodium_hex2bin(out, length, text, 2 * length, NULL, &read, NULL) == 0 && read == length;
}

static bool take_number(const json_t *root, const char *key, unsigned lowest, unsigned highest, unsigned *out)
{
    json_int_t number = json_integer_value(json_object_get(root, key));
    if (number < lowest || number > highest)
        return false;
    *out = (unsigned)number;
    return true;
}

enum status manifest_read(const char *bytes, size_t length, struct manifest *manifest, struct fail *fail)
{
    static const char refusal[] = "this is no manifest of a wave, or it was changed";
    struct manifest read = { 0 };
    char e[7] = "";
    json_t *root = length > MANIFEST_MAX ? NULL : json_loadb(bytes, length, JSON_REJECT_DUPLICATES, NULL);
    bool good = root != NULL && json_integer_value(json_object_get(root, "querschnitt")) == 1 &&
                take_text(root, "wave", read.wave, sizeof read.wave) &&
                take_text(root, "form", read.form, sizeof read.form) && take_hex(root, "n", read.n, sizeof read.n) &&
                take_text(root, "e", e, sizeof e) && strcmp(e, "010001") == 0 &&
                take_hex(root, "box", read.box, sizeof read.box) &&
                take_hex(root, "receipt", read.receipt, sizeof read.receipt) &&
                take_text(root, "closes", read.closes, sizeof read.closes) &&
                take_text(root, "issuer", read.issuer, sizeof read.issuer) &&
                take_text(root, "collector", read.collector, sizeof read.collector) &&
                take_text(root, "client", read.client, sizeof read.client) &&
                take_number(root, "slot", 512, 65536, &read.slot) &&
                take_number(root, "smallest_group", 3, 1000, &read.smallest_group) &&
                take_text(root, "key", read.key, sizeof read.key) && key_place(read.key) &&
                take_text(root, "deletes", read.deletes, sizeof read.deletes) &&
                take_number(root, "delay", 0, 60, &read.delay) &&
                (read.n[0] & 0x80) != 0 && (read.n[sizeof read.n - 1] & 1) != 0;
    if (json_object_get(root, "tables") != NULL)
        good = good && take_text(root, "tables", read.tables, sizeof read.tables);
    json_decref(root);
    if (!good)
        return FAIL(fail, STATUS_INPUT, refusal);
    struct buf again;
    struct fail detail = { 0 };
    buf_init(&again, MANIFEST_MAX);
    good = manifest_write(&read, &again, &detail) == STATUS_OK && again.length == length &&
           memcmp(again.bytes, bytes, length) == 0;
    buf_free(&again);
    if (!good)
        return FAIL(fail, STATUS_INPUT, refusal);
    SHA256((const unsigned char *)bytes, length, read.fingerprint);
    *manifest = read;
    return STATUS_OK;
}

void check_code_print(const unsigned char hash[32], char printed[48])
{
    crockford_write(hash, 32, ' ', printed); /* 160 bits */
}

void manifest_print(const struct manifest *manifest, char printed[48])
{
    check_code_print(manifest->fingerprint, printed);
}
