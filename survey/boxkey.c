/* One line of text a file, all hex: "querschnitt-box-key-1 SALT NONCE PUBLIC LOCKED" for a whole key,
 * "querschnitt-box-half-1 HALF SALT NONCE PUBLIC LOCKED" for a half (01 or 02), "querschnitt-box-public-1 PLACE PUBLIC".
 * PUBLIC and HALF are authenticated: a file put together from two others does not open. */
#include "survey/boxkey.h"

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
static const char whole_magic[] = "querschnitt-box-key-1";
static const char half_magic[] = "querschnitt-box-half-1";
static const char public_magic[] = "querschnitt-box-public-1";

struct parts {
    unsigned char half; /* 0: a whole key; 1, 2 */
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

/* PUBLIC, and for halves their number. Returns the length. */
static size_t bound(const struct parts *parts, unsigned char bytes[HPKE_PUBLIC + 1])
{
    memcpy(bytes, parts->public, HPKE_PUBLIC);
    bytes[HPKE_PUBLIC] = parts->half;
    return parts->half == 0 ? HPKE_PUBLIC : HPKE_PUBLIC + 1;
}

static void add_hex(struct buf *out, const unsigned char *bytes, size_t length)
{
    buf_add_byte(out, ' ');
    for (size_t i = 0; i < length; i++)
        buf_format(out, "%02x", bytes[i]);
}

static enum status check_new(const char *path, const char *passphrase, struct fail *fail)
{
    if (strlen(passphrase) < PASSPHRASE_MIN)
        return FAIL(fail, STATUS_INPUT, "the passphrase of the ballot box has at least %d characters", PASSPHRASE_MIN);
    if (access(path, F_OK) == 0)
        return FAIL(fail, STATUS_CONFLICT, "%s exists already; a key is never replaced", path);
    return STATUS_OK;
}

/* Locks secret (a key or a half of it) into path; parts holds half and public. */
static enum status lock(const char *path, const char *passphrase, struct parts *parts,
                        const unsigned char secret[HPKE_PRIVATE], struct fail *fail)
{
    unsigned char key[32];
    unsigned char associated[HPKE_PUBLIC + 1];
    struct buf text;
    randombytes_buf(parts->salt, sizeof parts->salt);
    randombytes_buf(parts->nonce, sizeof parts->nonce);
    enum status status = stretch(passphrase, parts->salt, key, fail);
    if (status != STATUS_OK)
        return status;
    (void)crypto_aead_xchacha20poly1305_ietf_encrypt(parts->locked, NULL, secret, HPKE_PRIVATE, associated,
                                                     bound(parts, associated), NULL, parts->nonce, key);
    sodium_memzero(key, sizeof key);
    buf_init(&text, FILE_MAX);
    buf_add_string(&text, parts->half == 0 ? whole_magic : half_magic);
    if (parts->half != 0)
        add_hex(&text, &parts->half, 1);
    add_hex(&text, parts->salt, sizeof parts->salt);
    add_hex(&text, parts->nonce, sizeof parts->nonce);
    add_hex(&text, parts->public, sizeof parts->public);
    add_hex(&text, parts->locked, sizeof parts->locked);
    buf_add_byte(&text, '\n');
    status = buf_write_file(&text, path, 0600, fail);
    buf_free(&text);
    return status;
}

enum status boxkey_create(const char *path, const char *passphrase, unsigned char public[HPKE_PUBLIC],
                          struct fail *fail)
{
    struct parts parts = { .half = 0 };
    unsigned char secret[HPKE_PRIVATE];
    enum status status = check_new(path, passphrase, fail);
    if (status == STATUS_OK && sodium_init() < 0)
        status = FAIL(fail, STATUS_CRYPTO, "the system gives no random bytes");
    if (status == STATUS_OK)
        status = hpke_key_create(secret, parts.public, fail);
    if (status == STATUS_OK)
        status = lock(path, passphrase, &parts, secret, fail);
    if (status == STATUS_OK)
        memcpy(public, parts.public, HPKE_PUBLIC);
    sodium_memzero(secret, sizeof secret);
    return status;
}

enum status boxkey_create_split(const char *path_a, const char *passphrase_a, const char *path_b,
                                const char *passphrase_b, unsigned char public[HPKE_PUBLIC], struct fail *fail)
{
    struct parts parts = { .half = 1 };
    unsigned char secret[HPKE_PRIVATE];
    unsigned char pad[HPKE_PRIVATE];
    enum status status = check_new(path_a, passphrase_a, fail);
    if (status == STATUS_OK)
        status = check_new(path_b, passphrase_b, fail);
    if (status == STATUS_OK && strcmp(path_a, path_b) == 0)
        status = FAIL(fail, STATUS_INPUT, "the two halves of a key need two files, not %s twice", path_a);
    if (status == STATUS_OK && strcmp(passphrase_a, passphrase_b) == 0)
        status = FAIL(fail, STATUS_INPUT, "the two halves of a key need different passphrases, known to different people");
    if (status == STATUS_OK && sodium_init() < 0)
        status = FAIL(fail, STATUS_CRYPTO, "the system gives no random bytes");
    if (status == STATUS_OK)
        status = hpke_key_create(secret, parts.public, fail);
    if (status == STATUS_OK) {
        randombytes_buf(pad, sizeof pad);
        for (size_t i = 0; i < sizeof pad; i++)
            secret[i] ^= pad[i]; /* from here on secret is the second half */
        status = lock(path_a, passphrase_a, &parts, pad, fail);
    }
    if (status == STATUS_OK) {
        parts.half = 2;
        status = lock(path_b, passphrase_b, &parts, secret, fail);
        if (status != STATUS_OK)
            (void)unlink(path_a); /* opens nothing on its own */
    }
    if (status == STATUS_OK)
        memcpy(public, parts.public, HPKE_PUBLIC);
    sodium_memzero(secret, sizeof secret);
    sodium_memzero(pad, sizeof pad);
    return status;
}

static bool take_hex(const char **text, unsigned char *bytes, size_t length)
{
    const char *end = NULL;
    size_t read = 0;
    if (**text != ' ' ||
        sodium_hex2bin(bytes, length, *text + 1, strnlen(*text + 1, length * 2), NULL, &read, &end) != 0 ||
        read != length)
        return false;
    *text = end;
    return true;
}

static bool take_word(const char **text, const char *word)
{
    size_t length = strlen(word);
    if (strncmp(*text, word, length) != 0)
        return false;
    *text += length;
    return true;
}

static bool at_end(const char *text)
{
    return text[strspn(text, "\r\n")] == '\0';
}

static enum status read_parts(const char *path, struct parts *parts, struct fail *fail)
{
    struct buf text;
    buf_init(&text, FILE_MAX);
    enum status status = sodium_init() < 0 ? FAIL(fail, STATUS_CRYPTO, "the system gives no random bytes")
                                           : buf_read_file(&text, path, fail);
    if (status == STATUS_OK) {
        const char *rest = text.bytes == NULL ? "" : text.bytes;
        parts->half = 0;
        bool good = take_word(&rest, whole_magic) ||
                    (take_word(&rest, half_magic) && take_hex(&rest, &parts->half, 1) && parts->half >= 1 &&
                     parts->half <= 2);
        if (!good || !take_hex(&rest, parts->salt, SALT) || !take_hex(&rest, parts->nonce, NONCE) ||
            !take_hex(&rest, parts->public, HPKE_PUBLIC) || !take_hex(&rest, parts->locked, LOCKED) || !at_end(rest))
            status = FAIL(fail, STATUS_INPUT, "%s is no key of a ballot box, or it is damaged", path);
    }
    buf_free(&text);
    return status;
}

static enum status unlock(const char *path, const struct parts *parts, const char *passphrase,
                          unsigned char secret[HPKE_PRIVATE], struct fail *fail)
{
    unsigned char key[32];
    unsigned char associated[HPKE_PUBLIC + 1];
    enum status status = stretch(passphrase, parts->salt, key, fail);
    if (status == STATUS_OK &&
        crypto_aead_xchacha20poly1305_ietf_decrypt(secret, NULL, NULL, parts->locked, sizeof parts->locked, associated,
                                                   bound(parts, associated), parts->nonce, key) != 0)
        status = FAIL(fail, STATUS_DENIED, "%s: this is not the passphrase of this key", path);
    sodium_memzero(key, sizeof key);
    return status;
}

/* The private key must be the one that PUBLIC stands for; a made-up file could say anything. */
static enum status check_pair(const char *path, const struct parts *parts, const unsigned char secret[HPKE_PRIVATE],
                              struct fail *fail)
{
    unsigned char public[HPKE_PUBLIC];
    if (hpke_key_public(secret, public, NULL) != STATUS_OK || memcmp(public, parts->public, sizeof public) != 0)
        return FAIL(fail, STATUS_INPUT, "%s is no key of a ballot box, or it is damaged", path);
    return STATUS_OK;
}

enum status boxkey_open(const char *path, const char *passphrase, unsigned char secret[HPKE_PRIVATE],
                        struct fail *fail)
{
    struct parts parts;
    unsigned char opened[HPKE_PRIVATE];
    enum status status = read_parts(path, &parts, fail);
    if (status == STATUS_OK && parts.half != 0)
        status = FAIL(fail, STATUS_CONFLICT, "%s is one half of a key: name both files", path);
    if (status == STATUS_OK)
        status = unlock(path, &parts, passphrase, opened, fail);
    if (status == STATUS_OK)
        status = check_pair(path, &parts, opened, fail);
    if (status == STATUS_OK)
        memcpy(secret, opened, sizeof opened);
    sodium_memzero(opened, sizeof opened);
    return status;
}

enum status boxkey_open_split(const char *path_a, const char *passphrase_a, const char *path_b,
                              const char *passphrase_b, unsigned char secret[HPKE_PRIVATE], struct fail *fail)
{
    struct parts a = { .half = 0 };
    struct parts b = { .half = 0 };
    unsigned char opened[HPKE_PRIVATE];
    unsigned char pad[HPKE_PRIVATE];
    enum status status = read_parts(path_a, &a, fail);
    if (status == STATUS_OK)
        status = read_parts(path_b, &b, fail);
    if (status == STATUS_OK && (a.half == 0 || b.half == 0))
        status = FAIL(fail, STATUS_CONFLICT, "%s is a whole key, not one half: name this file alone",
                      a.half == 0 ? path_a : path_b);
    if (status == STATUS_OK && (a.half == b.half || memcmp(a.public, b.public, sizeof a.public) != 0))
        status = FAIL(fail, STATUS_CONFLICT, "%s and %s are not the two halves of one key", path_a, path_b);
    if (status == STATUS_OK)
        status = unlock(path_a, &a, passphrase_a, opened, fail);
    if (status == STATUS_OK)
        status = unlock(path_b, &b, passphrase_b, pad, fail);
    if (status == STATUS_OK) {
        for (size_t i = 0; i < sizeof pad; i++)
            opened[i] ^= pad[i];
        status = check_pair(path_a, &a, opened, fail);
    }
    if (status == STATUS_OK)
        memcpy(secret, opened, sizeof opened);
    sodium_memzero(opened, sizeof opened);
    sodium_memzero(pad, sizeof pad);
    return status;
}

enum status boxkey_look(const char *path, struct boxkey_facts *facts, struct fail *fail)
{
    struct parts parts;
    enum status status = read_parts(path, &parts, fail);
    if (status == STATUS_OK) {
        facts->half = parts.half != 0;
        memcpy(facts->public, parts.public, sizeof facts->public);
    }
    return status;
}

enum status boxkey_public_write(const char *path, bool split, const unsigned char public[HPKE_PUBLIC],
                                struct fail *fail)
{
    struct buf text;
    if (access(path, F_OK) == 0)
        return FAIL(fail, STATUS_CONFLICT, "%s exists already; a key is never replaced", path);
    buf_init(&text, FILE_MAX);
    buf_format(&text, "%s %s", public_magic, split ? "split" : "council");
    add_hex(&text, public, HPKE_PUBLIC);
    buf_add_byte(&text, '\n');
    enum status status = buf_write_file(&text, path, 0644, fail);
    buf_free(&text);
    return status;
}

enum status boxkey_public_read(const char *path, bool *split, unsigned char public[HPKE_PUBLIC], struct fail *fail)
{
    static const unsigned char trial[1] = { 0 };
    const struct hpke_context context = { .aead = HPKE_AES_256_GCM };
    unsigned char sealed[HPKE_PUBLIC + sizeof trial + HPKE_TAG];
    unsigned char read[HPKE_PUBLIC];
    struct buf text;
    buf_init(&text, FILE_MAX);
    enum status status = buf_read_file(&text, path, fail);
    if (status == STATUS_OK) {
        const char *rest = text.bytes == NULL ? "" : text.bytes;
        bool two = false;
        bool good = take_word(&rest, public_magic) && (take_word(&rest, " council") || (two = take_word(&rest, " split")));
        /* Sealing refuses bytes that are no point of the curve. */
        if (!good || !take_hex(&rest, read, sizeof read) || !at_end(rest) ||
            hpke_seal(read, &context, trial, sizeof trial, NULL, sealed, NULL) != STATUS_OK)
            status = FAIL(fail, STATUS_INPUT,
                          "%s is no public key of a ballot box: querschnitt box-key create writes it beside the key, "
                          "its name ends in .pub",
                          path);
        if (status == STATUS_OK) {
            *split = two;
            memcpy(public, read, sizeof read);
        }
    }
    buf_free(&text);
    return status;
}
