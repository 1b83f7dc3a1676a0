/* RSABSSA over libcrypto 3.0. Signing is EVP_PKEY_sign without padding, which keeps OpenSSL's CRT, base blinding and
 * constant time; the result is checked with e, because one faulty CRT signature gives the factors away.
 * Source: RFC 9474 sections 4.2 to 4.5; RFC 8017 section 9.1 (EMSA-PSS); Boneh, DeMillo and Lipton (1997). */
#include "survey/blind.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/sha.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

struct blind_key {
    EVP_PKEY *key;
    BIGNUM *n, *e;
    size_t bytes;
};

enum { HASH = SHA384_DIGEST_LENGTH };

static enum status adopt(EVP_PKEY *pkey, struct blind_key **key, struct fail *fail)
{
    struct blind_key *made = pkey == NULL ? NULL : calloc(1, sizeof *made);
    if (made == NULL || EVP_PKEY_get_bn_param(pkey, OSSL_PKEY_PARAM_RSA_N, &made->n) != 1 ||
        EVP_PKEY_get_bn_param(pkey, OSSL_PKEY_PARAM_RSA_E, &made->e) != 1 ||
        !BN_is_word(made->e, RSA_F4) || BN_num_bits(made->n) % 8 != 0 || BN_num_bytes(made->n) > BLIND_MAX ||
        !BN_is_odd(made->n)) {
        if (made != NULL)
            made->key = pkey;
        else
            EVP_PKEY_free(pkey);
        blind_key_free(made);
        return FAIL(fail, STATUS_CRYPTO, "this is no RSA key of at most 4096 bits with e = 65537");
    }
    made->key = pkey;
    made->bytes = (size_t)BN_num_bytes(made->n);
    *key = made;
    return STATUS_OK;
}

enum status blind_key_create(unsigned bits, struct blind_key **key, struct fail *fail)
{
    return adopt(EVP_PKEY_Q_keygen(NULL, NULL, "RSA", (size_t)bits), key, fail);
}

static BIGNUM *number(const unsigned char *bytes, size_t length)
{
    return bytes == NULL ? NULL : BN_bin2bn(bytes, (int)length, NULL);
}

static bool push(OSSL_PARAM_BLD *builder, const char *name, const BIGNUM *value)
{
    return value == NULL || OSSL_PARAM_BLD_push_BN(builder, name, value) == 1;
}

enum status blind_key_raw(const unsigned char *n, const unsigned char *d, const unsigned char *p,
                          const unsigned char *q, size_t length, struct blind_key **key, struct fail *fail)
{
    EVP_PKEY *pkey = NULL;
    BN_CTX *scratch = BN_CTX_new();
    BIGNUM *numbers[] = { number(n, length), BN_new(), number(d, length), number(p, length / 2),
                          number(q, length / 2), BN_new(), BN_new(), BN_new(), BN_new() };
    static const char *const names[] = { OSSL_PKEY_PARAM_RSA_N,         OSSL_PKEY_PARAM_RSA_E,
                                         OSSL_PKEY_PARAM_RSA_D,         OSSL_PKEY_PARAM_RSA_FACTOR1,
                                         OSSL_PKEY_PARAM_RSA_FACTOR2,   OSSL_PKEY_PARAM_RSA_EXPONENT1,
                                         OSSL_PKEY_PARAM_RSA_EXPONENT2, OSSL_PKEY_PARAM_RSA_COEFFICIENT1 };
    bool private = d != NULL && p != NULL && q != NULL;
    OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new();
    OSSL_PARAM *parameters = NULL;
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, "RSA", NULL);
    bool good = scratch != NULL && builder != NULL && context != NULL && BN_set_word(numbers[1], RSA_F4) == 1;
    if (good && private)
        good = BN_sub(numbers[8], numbers[3], BN_value_one()) && BN_mod(numbers[5], numbers[2], numbers[8], scratch) &&
               BN_sub(numbers[8], numbers[4], BN_value_one()) && BN_mod(numbers[6], numbers[2], numbers[8], scratch) &&
               BN_mod_inverse(numbers[7], numbers[4], numbers[3], scratch) != NULL;
    for (size_t i = 0; i < (private ? COUNT(names) : 2) && good; i++)
        good = push(builder, names[i], numbers[i]);
    if (good && (parameters = OSSL_PARAM_BLD_to_param(builder)) != NULL && EVP_PKEY_fromdata_init(context) > 0)
        (void)EVP_PKEY_fromdata(context, &pkey, private ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY, parameters);
    for (size_t i = 0; i < COUNT(numbers); i++)
        BN_clear_free(numbers[i]);
    OSSL_PARAM_free(parameters);
    OSSL_PARAM_BLD_free(builder);
    EVP_PKEY_CTX_free(context);
    BN_CTX_free(scratch);
    return adopt(pkey, key, fail);
}

enum status blind_key_public(const unsigned char *n, size_t length, struct blind_key **key, struct fail *fail)
{
    return blind_key_raw(n, NULL, NULL, NULL, length, key, fail);
}

enum status blind_key_read(const char *pem, size_t length, struct blind_key **key, struct fail *fail)
{
    BIO *bio = BIO_new_mem_buf(pem, (int)length);
    EVP_PKEY *pkey = bio == NULL ? NULL : PEM_read_bio_PrivateKey(bio, NULL, NULL, NULL);
    BIO_free(bio);
    return adopt(pkey, key, fail);
}

enum status blind_key_write(const struct blind_key *key, struct buf *pem, struct fail *fail)
{
    BIO *bio = BIO_new(BIO_s_secmem());
    char *bytes = NULL;
    enum status status = STATUS_OK;
    if (bio == NULL || PEM_write_bio_PKCS8PrivateKey(bio, key->key, NULL, NULL, 0, NULL, NULL) != 1)
        status = FAIL(fail, STATUS_CRYPTO, "the issuer's key cannot be written");
    else
        buf_add(pem, (BIO_get_mem_data(bio, &bytes), bytes), (size_t)BIO_pending(bio));
    BIO_free(bio);
    return status;
}

enum status blind_key_publish(const struct blind_key *key, struct buf *pem, struct fail *fail)
{
    BIO *bio = BIO_new(BIO_s_mem());
    char *bytes = NULL;
    enum status status = STATUS_OK;
    if (bio == NULL || PEM_write_bio_PUBKEY(bio, key->key) != 1)
        status = FAIL(fail, STATUS_CRYPTO, "the issuer's key cannot be written");
    else
        buf_add(pem, (BIO_get_mem_data(bio, &bytes), bytes), (size_t)BIO_pending(bio));
    BIO_free(bio);
    return status;
}

void blind_key_free(struct blind_key *key)
{
    if (key == NULL)
        return;
    EVP_PKEY_free(key->key);
    BN_free(key->n);
    BN_free(key->e);
    free(key);
}

size_t blind_key_bytes(const struct blind_key *key)
{
    return key->bytes;
}

void blind_key_modulus(const struct blind_key *key, unsigned char *n)
{
    (void)BN_bn2binpad(key->n, n, (int)key->bytes);
}

/* out = in^e mod n; false unless in < n. */
static bool raise(const struct blind_key *key, const BIGNUM *in, BIGNUM *out, BN_CTX *context)
{
    return BN_cmp(in, key->n) < 0 && BN_mod_exp(out, in, key->e, key->n, context) == 1;
}

enum status blind_sign(const struct blind_key *key, const unsigned char *blinded, unsigned char *blind_signature,
                       struct fail *fail)
{
    unsigned char made[BLIND_MAX];
    size_t length = sizeof made;
    BN_CTX *scratch = BN_CTX_new();
    BIGNUM *message = number(blinded, key->bytes);
    BIGNUM *result = NULL;
    BIGNUM *back = BN_new();
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(key->key, NULL);
    enum status status = STATUS_OK;
    if (scratch == NULL || message == NULL || back == NULL || context == NULL)
        status = FAIL(fail, STATUS_MEMORY, "not enough memory to sign");
    else if (BN_cmp(message, key->n) >= 0 || BN_is_zero(message))
        status = FAIL(fail, STATUS_INPUT, "the blinded message is not below the modulus");
    else if (EVP_PKEY_sign_init(context) <= 0 || EVP_PKEY_CTX_set_rsa_padding(context, RSA_NO_PADDING) <= 0 ||
             EVP_PKEY_sign(context, made, &length, blinded, key->bytes) <= 0 || length != key->bytes)
        status = FAIL(fail, STATUS_CRYPTO, "the issuer's key does not sign");
    else if ((result = number(made, length)) == NULL || !raise(key, result, back, scratch) ||
             BN_cmp(back, message) != 0)
        status = FAIL(fail, STATUS_CRYPTO, "a signature came out wrong and was not sent: check this machine's memory");
    if (status == STATUS_OK)
        memcpy(blind_signature, made, length);
    EVP_PKEY_CTX_free(context);
    BN_free(back);
    BN_free(result);
    BN_free(message);
    BN_CTX_free(scratch);
    sodium_memzero(made, sizeof made);
    return status;
}

/* MGF1 with SHA-384 (RFC 8017 B.2.1): xors the mask into target. */
static void mask(const unsigned char seed[HASH], unsigned char *target, size_t length)
{
    unsigned char input[HASH + 4];
    unsigned char block[HASH];
    memcpy(input, seed, HASH);
    for (size_t i = 0; i < length; i++) {
        if (i % HASH == 0) {
            size_t counter = i / HASH;
            for (size_t k = 0; k < 4; k++)
                input[HASH + k] = (unsigned char)(counter >> (24 - 8 * k));
            SHA384(input, sizeof input, block);
        }
        target[i] = (unsigned char)(target[i] ^ block[i % HASH]);
    }
}

/* EMSA-PSS of RFC 8017 9.1.1 with emBits = bits - 1. All moduli here have a multiple of 8 bits, so the encoded message has as many
 * bytes as the modulus and its top bit is cleared. */
static void encode(const unsigned char *message, size_t length, const unsigned char salt[BLIND_SALT], size_t bytes,
                   unsigned char em[BLIND_MAX])
{
    unsigned char input[8 + HASH + BLIND_SALT] = { 0 };
    SHA384(message, length, input + 8);
    memcpy(input + 8 + HASH, salt, BLIND_SALT);
    size_t data = bytes - HASH - 1; /* DB = zeros || 0x01 || salt */
    memset(em, 0, bytes);
    SHA384(input, sizeof input, em + data);
    em[data - BLIND_SALT - 1] = 0x01;
    memcpy(em + data - BLIND_SALT, salt, BLIND_SALT);
    mask(em + data, em, data);
    em[0] &= 0x7f;
    em[bytes - 1] = 0xbc;
}

enum status blind_blind(const struct blind_key *key, const unsigned char *message, size_t length,
                        const unsigned char salt[BLIND_SALT], const unsigned char *r, unsigned char *blinded,
                        struct fail *fail)
{
    unsigned char em[BLIND_MAX];
    encode(message, length, salt, key->bytes, em);
    BN_CTX *context = BN_CTX_new();
    BIGNUM *encoded = number(em, key->bytes);
    BIGNUM *factor = number(r, key->bytes);
    BIGNUM *power = BN_new();
    bool done = context != NULL && encoded != NULL && factor != NULL && power != NULL &&
                raise(key, factor, power, context) && BN_mod_mul(power, power, encoded, key->n, context) == 1 &&
                BN_bn2binpad(power, blinded, (int)key->bytes) == (int)key->bytes;
    BN_clear_free(power);
    BN_clear_free(factor);
    BN_clear_free(encoded);
    BN_CTX_free(context);
    return done ? STATUS_OK : FAIL(fail, STATUS_CRYPTO, "the credential cannot be blinded");
}

enum status blind_verify(const struct blind_key *key, const unsigned char *message, size_t length,
                         const unsigned char *signature, struct fail *fail)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    EVP_PKEY_CTX *options = NULL; /* belongs to context */
    bool holds = context != NULL && EVP_DigestVerifyInit(context, &options, EVP_sha384(), NULL, key->key) == 1 &&
                 EVP_PKEY_CTX_set_rsa_padding(options, RSA_PKCS1_PSS_PADDING) > 0 &&
                 EVP_PKEY_CTX_set_rsa_mgf1_md(options, EVP_sha384()) > 0 &&
                 EVP_PKEY_CTX_set_rsa_pss_saltlen(options, BLIND_SALT) > 0 &&
                 EVP_DigestVerify(context, signature, key->bytes, message, length) == 1;
    EVP_MD_CTX_free(context);
    return holds ? STATUS_OK : FAIL(fail, STATUS_CRYPTO, "the credential does not carry this survey's signature");
}

enum status blind_finalise(const struct blind_key *key, const unsigned char *message, size_t length,
                           const unsigned char *r, const unsigned char *blind_signature, unsigned char *signature,
                           struct fail *fail)
{
    BN_CTX *context = BN_CTX_new();
    BIGNUM *factor = number(r, key->bytes);
    BIGNUM *signed_blind = number(blind_signature, key->bytes);
    BIGNUM *inverse = BN_new();
    bool done = context != NULL && factor != NULL && signed_blind != NULL && inverse != NULL &&
                BN_mod_inverse(inverse, factor, key->n, context) != NULL &&
                BN_mod_mul(inverse, inverse, signed_blind, key->n, context) == 1 &&
                BN_bn2binpad(inverse, signature, (int)key->bytes) == (int)key->bytes;
    BN_clear_free(inverse);
    BN_clear_free(signed_blind);
    BN_clear_free(factor);
    BN_CTX_free(context);
    if (!done)
        return FAIL(fail, STATUS_CRYPTO, "the credential cannot be unblinded");
    return blind_verify(key, message, length, signature, fail);
}
