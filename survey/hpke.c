/* HPKE base mode over libcrypto's ECDH, HMAC and AES-GCM. Source: RFC 9180 sections 4.1, 5.1 and 5.2. */
#include "survey/hpke.h"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { LABEL_MAX = 1024, NONCE = 12 };

/* --- the curve --- */

/* x coordinate of secret * point; refuses points that are not on the curve and the point at infinity. */
static bool multiply(const unsigned char secret[HPKE_PRIVATE], const unsigned char *point /* NULL: generator */,
                     unsigned char *x /* 32 */, unsigned char *whole /* 65, or NULL */)
{
    EC_GROUP *group = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
    BN_CTX *scratch = BN_CTX_secure_new();
    BIGNUM *scalar = BN_secure_new();
    EC_POINT *in = group == NULL ? NULL : EC_POINT_new(group);
    EC_POINT *out = group == NULL ? NULL : EC_POINT_new(group);
    unsigned char bytes[HPKE_PUBLIC];
    bool done = scratch != NULL && scalar != NULL && in != NULL && out != NULL &&
                BN_bin2bn(secret, HPKE_PRIVATE, scalar) != NULL && !BN_is_zero(scalar) &&
                BN_cmp(scalar, EC_GROUP_get0_order(group)) < 0;
    if (done && point == NULL)
        done = EC_POINT_mul(group, out, scalar, NULL, NULL, scratch) == 1;
    else if (done)
        done = point[0] == 4 && EC_POINT_oct2point(group, in, point, HPKE_PUBLIC, scratch) == 1 &&
               EC_POINT_is_on_curve(group, in, scratch) == 1 &&
               EC_POINT_mul(group, out, NULL, in, scalar, scratch) == 1;
    done = done && EC_POINT_point2oct(group, out, POINT_CONVERSION_UNCOMPRESSED, bytes, sizeof bytes, scratch) ==
                       sizeof bytes;
    if (done && x != NULL)
        memcpy(x, bytes + 1, 32);
    if (done && whole != NULL)
        memcpy(whole, bytes, sizeof bytes);
    sodium_memzero(bytes, sizeof bytes);
    EC_POINT_free(in);
    EC_POINT_clear_free(out);
    BN_clear_free(scalar);
    BN_CTX_free(scratch);
    EC_GROUP_free(group);
    return done;
}

enum status hpke_key_public(const unsigned char secret[HPKE_PRIVATE], unsigned char public[HPKE_PUBLIC],
                            struct fail *fail)
{
    return multiply(secret, NULL, NULL, public) ? STATUS_OK
                                                : FAIL(fail, STATUS_CRYPTO, "this is no key of the curve P-256");
}

enum status hpke_key_create(unsigned char secret[HPKE_PRIVATE], unsigned char public[HPKE_PUBLIC], struct fail *fail)
{
    /* A random number is above the order of the curve once in 2^32 times. */
    for (int tries = 0; tries < 8; tries++)
        if (RAND_priv_bytes(secret, HPKE_PRIVATE) == 1 && multiply(secret, NULL, NULL, public))
            return STATUS_OK;
    return FAIL(fail, STATUS_CRYPTO, "no key can be made: the system gives no random bytes");
}

/* --- labelled HKDF --- */

struct label {
    unsigned char bytes[LABEL_MAX];
    size_t length;
    bool failed;
};

static void add(struct label *label, const void *bytes, size_t length)
{
    if (length > sizeof label->bytes - label->length) {
        label->failed = true;
        return;
    }
    if (length > 0)
        memcpy(label->bytes + label->length, bytes, length);
    label->length += length;
}

static void add_word(struct label *label, const char *word)
{
    add(label, word, strlen(word));
}

static bool hmac(const unsigned char key[32], size_t key_length, const struct label *label, unsigned char out[32])
{
    static const unsigned char none[1] = { 0 };
    unsigned length = 32;
    return !label->failed && HMAC(EVP_sha256(), key_length == 0 ? none : key, (int)key_length, label->bytes,
                                  label->length, out, &length) != NULL;
}

static bool extract(const unsigned char *salt, size_t salt_length, const void *suite, size_t suite_length,
                    const char *word, const void *input, size_t length, unsigned char out[32])
{
    struct label label = { 0 };
    add_word(&label, "HPKE-v1");
    add(&label, suite, suite_length);
    add_word(&label, word);
    add(&label, input, length);
    bool done = hmac(salt, salt_length, &label, out);
    sodium_memzero(&label, sizeof label);
    return done;
}

/* length ≤ 32: a single block of HKDF-Expand. */
static bool expand(const unsigned char key[32], const void *suite, size_t suite_length, const char *word,
                   const void *info, size_t info_length, unsigned char *out, size_t length)
{
    unsigned char block[32];
    const unsigned char prefix[2] = { 0, (unsigned char)length };
    struct label label = { 0 };
    add(&label, prefix, sizeof prefix);
    add_word(&label, "HPKE-v1");
    add(&label, suite, suite_length);
    add_word(&label, word);
    add(&label, info, info_length);
    add(&label, "\x01", 1);
    bool done = length <= sizeof block && hmac(key, 32, &label, block);
    if (done)
        memcpy(out, block, length);
    sodium_memzero(block, sizeof block);
    return done;
}

static size_t key_bytes(enum hpke_aead aead)
{
    return aead == HPKE_AES_128_GCM ? 16 : 32;
}

/* dh: shared x; then KEM secret, then the schedule of base mode. */
static bool schedule(const struct hpke_context *context, const unsigned char dh[32],
                     const unsigned char enc[HPKE_PUBLIC], const unsigned char public[HPKE_PUBLIC],
                     unsigned char key[32], unsigned char nonce[NONCE])
{
    static const unsigned char kem[] = { 'K', 'E', 'M', 0x00, 0x10 };
    const unsigned char suite[] = { 'H', 'P', 'K', 'E', 0x00, 0x10, 0x00, 0x01, 0x00, (unsigned char)context->aead };
    unsigned char both[2 * HPKE_PUBLIC];
    unsigned char prk[32];
    unsigned char shared[32];
    unsigned char secret[32];
    unsigned char mixed[65] = { 0 }; /* mode_base, psk_id_hash, info_hash */
    memcpy(both, enc, HPKE_PUBLIC);
    memcpy(both + HPKE_PUBLIC, public, HPKE_PUBLIC);
    bool done = extract(NULL, 0, kem, sizeof kem, "eae_prk", dh, 32, prk) &&
                expand(prk, kem, sizeof kem, "shared_secret", both, sizeof both, shared, 32) &&
                extract(NULL, 0, suite, sizeof suite, "psk_id_hash", NULL, 0, mixed + 1) &&
                extract(NULL, 0, suite, sizeof suite, "info_hash", context->info, context->info_length, mixed + 33) &&
                extract(shared, 32, suite, sizeof suite, "secret", NULL, 0, secret) &&
                expand(secret, suite, sizeof suite, "key", mixed, sizeof mixed, key, key_bytes(context->aead)) &&
                expand(secret, suite, sizeof suite, "base_nonce", mixed, sizeof mixed, nonce, NONCE);
    sodium_memzero(prk, sizeof prk);
    sodium_memzero(shared, sizeof shared);
    sodium_memzero(secret, sizeof secret);
    return done;
}

static const EVP_CIPHER *cipher(enum hpke_aead aead)
{
    return aead == HPKE_AES_128_GCM ? EVP_aes_128_gcm() : EVP_aes_256_gcm();
}

enum status hpke_seal(const unsigned char public[HPKE_PUBLIC], const struct hpke_context *context,
                      const unsigned char *plain, size_t length, const unsigned char *ephemeral, unsigned char *out,
                      struct fail *fail)
{
    unsigned char secret[HPKE_PRIVATE];
    unsigned char dh[32];
    unsigned char key[32];
    unsigned char nonce[NONCE];
    int done = 0;
    if (length > INT32_MAX - 1024)
        return FAIL(fail, STATUS_LIMIT, "too much to seal");
    if (ephemeral != NULL)
        memcpy(secret, ephemeral, sizeof secret);
    enum status status = ephemeral != NULL ? hpke_key_public(secret, out, fail) : hpke_key_create(secret, out, fail);
    EVP_CIPHER_CTX *seal = EVP_CIPHER_CTX_new();
    bool good = status == STATUS_OK && seal != NULL && multiply(secret, public, dh, NULL) &&
                schedule(context, dh, out, public, key, nonce) &&
                EVP_EncryptInit_ex2(seal, cipher(context->aead), key, nonce, NULL) == 1 &&
                EVP_EncryptUpdate(seal, NULL, &done, context->aad, (int)context->aad_length) == 1 &&
                EVP_EncryptUpdate(seal, out + HPKE_PUBLIC, &done, plain, (int)length) == 1 &&
                EVP_EncryptFinal_ex(seal, out + HPKE_PUBLIC + length, &done) == 1 &&
                EVP_CIPHER_CTX_ctrl(seal, EVP_CTRL_AEAD_GET_TAG, HPKE_TAG, out + HPKE_PUBLIC + length) == 1;
    EVP_CIPHER_CTX_free(seal);
    sodium_memzero(secret, sizeof secret);
    sodium_memzero(dh, sizeof dh);
    sodium_memzero(key, sizeof key);
    if (status != STATUS_OK || good)
        return status;
    return FAIL(fail, STATUS_CRYPTO, "the answers cannot be sealed: is the key of the ballot box damaged?");
}

enum status hpke_open(const unsigned char secret[HPKE_PRIVATE], const struct hpke_context *context,
                      const unsigned char *sealed, size_t length, unsigned char *plain, struct fail *fail)
{
    unsigned char public[HPKE_PUBLIC];
    unsigned char dh[32];
    unsigned char key[32];
    unsigned char nonce[NONCE];
    unsigned char tag[HPKE_TAG];
    int done = 0;
    if (length < HPKE_PUBLIC + HPKE_TAG || length > INT32_MAX - 1024)
        return FAIL(fail, STATUS_CRYPTO, "a ballot is too short to be opened");
    size_t inner = length - HPKE_PUBLIC - HPKE_TAG;
    memcpy(tag, sealed + length - HPKE_TAG, HPKE_TAG);
    EVP_CIPHER_CTX *open = EVP_CIPHER_CTX_new();
    bool good = open != NULL && multiply(secret, NULL, NULL, public) && multiply(secret, sealed, dh, NULL) &&
                schedule(context, dh, sealed, public, key, nonce) &&
                EVP_DecryptInit_ex2(open, cipher(context->aead), key, nonce, NULL) == 1 &&
                EVP_DecryptUpdate(open, NULL, &done, context->aad, (int)context->aad_length) == 1 &&
                EVP_DecryptUpdate(open, plain, &done, sealed + HPKE_PUBLIC, (int)inner) == 1 &&
                EVP_CIPHER_CTX_ctrl(open, EVP_CTRL_AEAD_SET_TAG, HPKE_TAG, tag) == 1 &&
                EVP_DecryptFinal_ex(open, plain + inner, &done) == 1;
    EVP_CIPHER_CTX_free(open);
    sodium_memzero(dh, sizeof dh);
    sodium_memzero(key, sizeof key);
    if (!good)
        sodium_memzero(plain, inner);
    return good ? STATUS_OK : FAIL(fail, STATUS_CRYPTO, "a ballot does not open with this key");
}
