/* Format: one line of text, "querschnitt-box-key-1 SALT NONCE PUBLIC LOCKED", all hex; PUBLIC is authenticated. */
#include "survey/boxkey.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"

enum {
    SALT = crypto_pwhash_SALTBYTES,
    NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    LOCKED = HPKE_PRIVATE + crypto_aead_xchacha20poly1305_ietf_ABYTES,
    FILE_MAX = 4096
};
static const char magic[] = "querschnitt-box-key-1";

struct parts {
    unsigned char salt[SALT], nonce[NONCE], public[HPKE_PUBLIC], locked[LOCKED];
};

static enum status stretch(const char *passphrase, const unsigned char salt[SALT], unsigned char key[32],
                           struct fail *fail)
{
    if (crypto_pwhash(key, 32, passphrase, strlen(passphrase), salt, crypto_pwhash_OPSLIMIT_MODERATE,
                      (size_t)64 << 20, crypto_pwhash_ALG_ARGON2ID13) != 0)
        return FAIL(fail, STATUS_MEMORY, "the passphrase needs 64 MB of memory to be checked");
    return STATUS_OK;
}

static void add_hex(struct buf *out, const unsigned char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        buf_format(out, "%02x", bytes[i]);
}

enum status boxkey_create(const char *path, const char *passphrase, unsigned char public[HPKE_PUBLIC],
                          struct fail *fail)
{
    struct parts parts;
    unsigned char secret[HPKE_PRIVATE];
    unsigned char key[32];
    struct buf text;
    if (strlen(passphrase) < PASSPHRASE_MIN)
        return FAIL(fail, STATUS_INPUT, "the passphrase of the ballot box has at least %d characters", PASSPHRASE_MIN);
    if (access(path, F_OK) == 0)
        return FAIL(fail, STATUS_CONFLICT, "%s exists already; a key is never replaced", path);
    if (sodium_init() < 0)
        return FAIL(fail, STATUS_CRYPTO, "the system gives no random bytes");
    randombytes_buf(parts.salt, sizeof parts.salt);
    randombytes_buf(parts.nonce, sizeof parts.nonce);
    buf_init(&text, FILE_MAX);
    enum status status = hpke_key_create(secret, parts.public, fail);
    if (status == STATUS_OK)
        status = stretch(passphrase, parts.salt, key, fail);
    if (status == STATUS_OK) {
        (void)crypto_aead_xchacha20poly1305_ietf_encrypt(parts.locked, NULL, secret, sizeof secret, parts.public,
                                                         sizeof parts.public, NULL, parts.nonce, key);
        buf_add_string(&text, magic);
        buf_add_byte(&text, ' ');
        add_hex(&text, parts.salt, sizeof parts.salt);
        buf_add_byte(&text, ' ');
        add_hex(&text, parts.nonce, sizeof parts.nonce);
        buf_add_byte(&text, ' ');
        add_hex(&text, parts.public, sizeof parts.public);
        buf_add_byte(&text, ' ');
        add_hex(&text, parts.locked, sizeof parts.locked);
        buf_add_byte(&text, '\n');
        status = buf_write_file(&text, path, 0600, fail);
    }
    if (status == STATUS_OK)
        memcpy(public, parts.public, HPKE_PUBLIC);
    sodium_memzero(secret, sizeof secret);
    sodium_memzero(key, sizeof key);
    buf_free(&text);
    return status;
}

static bool take_hex(const char **text, unsigned char *bytes, size_t length)
{
    const char *end = NULL;
    size_t read = 0;
    if (**text != ' ' ||
        sodium_hex2bin(bytes, length, *text + 1, length * 2, NULL, &read, &end) != 0 || read != length)
        return false;
    *text = end;
    return true;
}

enum status boxkey_open(const char *path, const char *passphrase, unsigned char secret[HPKE_PRIVATE],
                        struct fail *fail)
{
    struct buf text;
    struct parts parts;
    unsigned char key[32];
    buf_init(&text, FILE_MAX);
    enum status status = sodium_init() < 0 ? FAIL(fail, STATUS_CRYPTO, "the system gives no random bytes")
                                           : buf_read_file(&text, path, fail);
    if (status == STATUS_OK) {
        const char *rest = text.bytes == NULL ? "" : text.bytes;
        bool good = text.length > sizeof magic && strncmp(rest, magic, sizeof magic - 1) == 0;
        rest += good ? sizeof magic - 1 : 0;
        if (!good || !take_hex(&rest, parts.salt, SALT) || !take_hex(&rest, parts.nonce, NONCE) ||
            !take_hex(&rest, parts.public, HPKE_PUBLIC) || !take_hex(&rest, parts.locked, LOCKED))
            status = FAIL(fail, STATUS_INPUT, "%s is no key of a ballot box, or it is damaged", path);
    }
    if (status == STATUS_OK)
        status = stretch(passphrase, parts.salt, key, fail);
    if (status == STATUS_OK &&
        crypto_aead_xchacha20poly1305_ietf_decrypt(secret, NULL, NULL, parts.locked, sizeof parts.locked, parts.public,
                                                   sizeof parts.public, parts.nonce, key) != 0)
        status = FAIL(fail, STATUS_DENIED, "%s: this is not the passphrase of this key", path);
    sodium_memzero(key, sizeof key);
    buf_free(&text);
    return status;
}
