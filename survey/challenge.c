/* One line: "querschnitt-challenge-1 WAVE FINGERPRINT PUBLIC SEALED". 80 bits are enough: the hash is only good for
 * claiming a rehearsal that did not happen, and whoever can read it could claim that in the folder itself. */
#include "survey/challenge.h"

#include <openssl/sha.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/crockford.h"

enum { FILE_MAX = 4096, DIGITS = CHALLENGE_BYTES * 8 / 5 };
static const char magic[] = "querschnitt-challenge-1";
/* Not 32 bytes like a serial: no ballot is ever sealed under it. */
static const char purpose[] = "querschnitt rehearsal";

static struct hpke_context context_of(const unsigned char fingerprint[32])
{
    return (struct hpke_context){ .aead = HPKE_AES_256_GCM,
                                  .info = fingerprint,
                                  .info_length = 32,
                                  .aad = (const unsigned char *)purpose,
                                  .aad_length = sizeof purpose - 1 };
}

static void hash_value(const unsigned char value[CHALLENGE_BYTES], const unsigned char fingerprint[32],
                       unsigned char hash[32])
{
    unsigned char input[sizeof purpose - 1 + 32 + CHALLENGE_BYTES];
    memcpy(input, purpose, sizeof purpose - 1);
    memcpy(input + sizeof purpose - 1, fingerprint, 32);
    memcpy(input + sizeof purpose - 1 + 32, value, CHALLENGE_BYTES);
    SHA256(input, sizeof input, hash);
    sodium_memzero(input, sizeof input);
}

static void add_hex(struct buf *text, const unsigned char *bytes, size_t length)
{
    buf_add_byte(text, ' ');
    for (size_t i = 0; i < length; i++)
        buf_format(text, "%02x", bytes[i]);
}

enum status challenge_make(const struct manifest *manifest, struct buf *text, unsigned char hash[32],
                           struct fail *fail)
{
    const struct hpke_context context = context_of(manifest->fingerprint);
    unsigned char value[CHALLENGE_BYTES];
    unsigned char sealed[HPKE_PUBLIC + CHALLENGE_BYTES + HPKE_TAG];
    if (sodium_init() < 0)
        return FAIL(fail, STATUS_CRYPTO, "the system gives no random bytes");
    randombytes_buf(value, sizeof value);
    enum status status = hpke_seal(manifest->box, &context, value, sizeof value, NULL, sealed, fail);
    if (status == STATUS_OK) {
        hash_value(value, manifest->fingerprint, hash);
        buf_format(text, "%s %s", magic, manifest->wave);
        add_hex(text, manifest->fingerprint, sizeof manifest->fingerprint);
        add_hex(text, manifest->box, sizeof manifest->box);
        add_hex(text, sealed, sizeof sealed);
        buf_add_byte(text, '\n');
        status = buf_status(text, "the challenge", fail);
    }
    sodium_memzero(value, sizeof value);
    return status;
}

static bool take_hex(const char *hex, unsigned char *bytes, size_t length)
{
    size_t read = 0;
    return strlen(hex) == 2 * length && sodium_hex2bin(bytes, length, hex, 2 * length, NULL, &read, NULL) == 0 &&
           read == length;
}

enum status challenge_read(const char *path, struct challenge *challenge, struct fail *fail)
{
    char word[32];
    char fingerprint[65];
    char public[2 * HPKE_PUBLIC + 1];
    char sealed[2 * sizeof challenge->sealed + 1];
    struct challenge read = { 0 };
    struct buf text;
    buf_init(&text, FILE_MAX);
    enum status status = buf_read_file(&text, path, fail);
    _Static_assert(sizeof public == 131 && sizeof sealed == 183, "the widths below");
    if (status == STATUS_OK &&
        (sscanf(text.bytes == NULL ? "" : text.bytes, "%31s %32s %64s %130s %182s", word, read.wave, fingerprint, public,
                sealed) != 5 ||
         strcmp(word, magic) != 0 || !wave_name_ok(read.wave) ||
         !take_hex(fingerprint, read.fingerprint, sizeof read.fingerprint) ||
         !take_hex(public, read.public, sizeof read.public) || !take_hex(sealed, read.sealed, sizeof read.sealed)))
        status = FAIL(fail, STATUS_INPUT, "%s is no challenge, or it is damaged: querschnitt wave rehearse writes one",
                      path);
    buf_free(&text);
    if (status == STATUS_OK)
        *challenge = read;
    return status;
}

enum status challenge_open(const struct challenge *challenge, const unsigned char secret[HPKE_PRIVATE],
                           char answer[CHALLENGE_ANSWER_ROOM], struct fail *fail)
{
    const struct hpke_context context = context_of(challenge->fingerprint);
    unsigned char public[HPKE_PUBLIC];
    unsigned char value[CHALLENGE_BYTES];
    enum status status = hpke_key_public(secret, public, fail);
    if (status == STATUS_OK && memcmp(public, challenge->public, sizeof public) != 0)
        status = FAIL(fail, STATUS_CONFLICT,
                      "the challenge of the wave %s is sealed to another key: this key would not open its ballots",
                      challenge->wave);
    if (status == STATUS_OK)
        status = hpke_open(secret, &context, challenge->sealed, sizeof challenge->sealed, value, fail);
    if (status == STATUS_OK)
        crockford_write(value, DIGITS, '-', answer);
    sodium_memzero(value, sizeof value);
    return status;
}

bool challenge_hash(const char *typed, const unsigned char fingerprint[32], unsigned char hash[32])
{
    unsigned char value[CHALLENGE_BYTES];
    bool good = crockford_read(typed, DIGITS, value);
    if (good)
        hash_value(value, fingerprint, hash);
    sodium_memzero(value, sizeof value);
    return good;
}
