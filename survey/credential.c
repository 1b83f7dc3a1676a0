/* Codes in Crockford's base 32 with his check character (modulo 37), and HKDF-SHA256 from the respondent's seed.
 * Source: D. Crockford, Base 32, crockford.com/base32.html; RFC 5869 (HKDF). */
#include "survey/credential.h"

#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U";

/* Remainder of the 100-bit number modulo 37, digit by digit. */
static char check_character(const char code[CODE_LENGTH])
{
    unsigned rest = 0;
    for (size_t i = 0; i < CODE_LENGTH; i++)
        rest = (rest * 32 + (unsigned)(strchr(alphabet, code[i]) - alphabet)) % 37;
    return alphabet[rest];
}

enum status code_make(char printed[CODE_ROOM], struct fail *fail)
{
    unsigned char random[CODE_LENGTH];
    char code[CODE_LENGTH + 1] = "";
    if (RAND_priv_bytes(random, sizeof random) != 1)
        return FAIL(fail, STATUS_CRYPTO, "the system gives no random bytes");
    for (size_t i = 0; i < CODE_LENGTH; i++)
        code[i] = alphabet[random[i] % 32];
    snprintf(printed, CODE_ROOM, "%.5s-%.5s-%.5s-%.5s-%c", code, code + 5, code + 10, code + 15,
             check_character(code));
    sodium_memzero(random, sizeof random);
    sodium_memzero(code, sizeof code);
    return STATUS_OK;
}

static char canonical(char c)
{
    if (c >= 'a' && c <= 'z')
        c = (char)(c - 'a' + 'A');
    return c == 'I' || c == 'L' ? '1' : c == 'O' ? '0' : c;
}

enum status code_read(const char *typed, char code[CODE_LENGTH + 1], struct fail *fail)
{
    char read[CODE_LENGTH + 1];
    size_t length = 0;
    for (const char *t = typed; *t != '\0'; t++) {
        if (*t == ' ' || *t == '-' || *t == '\t')
            continue;
        char c = canonical(*t);
        const char *found = strchr(alphabet, c);
        if (found == NULL || length > CODE_LENGTH || (found - alphabet >= 32 && length < CODE_LENGTH))
            return FAIL(fail, STATUS_INPUT, "the code is not complete or has a wrong character");
        read[length++] = c;
    }
    if (length != CODE_LENGTH + 1)
        return FAIL(fail, STATUS_INPUT, "the code is not complete or has a wrong character");
    if (check_character(read) != read[CODE_LENGTH])
        return FAIL(fail, STATUS_INPUT, "there is a typing error in the code");
    memcpy(code, read, CODE_LENGTH);
    code[CODE_LENGTH] = '\0';
    return STATUS_OK;
}

void code_hash(const char code[CODE_LENGTH + 1], unsigned char hash[32])
{
    static const char label[] = "querschnitt-code";
    unsigned char input[sizeof label - 1 + CODE_LENGTH];
    memcpy(input, label, sizeof label - 1);
    memcpy(input + sizeof label - 1, code, CODE_LENGTH);
    SHA256(input, sizeof input, hash);
    sodium_memzero(input, sizeof input);
}

static bool hkdf(const unsigned char *key, size_t key_length, const unsigned char salt[32], const void *info,
                 size_t info_length, unsigned char *out, size_t length)
{
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_id(EVP_PKEY_HKDF, NULL);
    bool done = context != NULL && EVP_PKEY_derive_init(context) > 0 &&
                EVP_PKEY_CTX_set_hkdf_md(context, EVP_sha256()) > 0 &&
                EVP_PKEY_CTX_set1_hkdf_salt(context, salt, 32) > 0 &&
                EVP_PKEY_CTX_set1_hkdf_key(context, key, (int)key_length) > 0 &&
                EVP_PKEY_CTX_add1_hkdf_info(context, info, (int)info_length) > 0 &&
                EVP_PKEY_derive(context, out, &length) > 0;
    EVP_PKEY_CTX_free(context);
    return done;
}

/* First i for which the number modulo n has an inverse; with an honest n that is i = 0. */
static bool blinding_factor(const unsigned char seed[SEED_BYTES], const unsigned char fingerprint[32],
                            const unsigned char n[RSA_BYTES], unsigned char r[RSA_BYTES])
{
    static const char label[] = "querschnitt blind";
    unsigned char info[sizeof label];
    unsigned char wide[400];
    BN_CTX *context = BN_CTX_new();
    BIGNUM *modulus = BN_bin2bn(n, RSA_BYTES, NULL);
    BIGNUM *number = BN_new();
    BIGNUM *common = BN_new();
    bool found = false;
    memcpy(info, label, sizeof label - 1);
    for (unsigned i = 0; i < 256 && !found && common != NULL && number != NULL && modulus != NULL; i++) {
        info[sizeof label - 1] = (unsigned char)i;
        found = hkdf(seed, SEED_BYTES, fingerprint, info, sizeof info, wide, sizeof wide) &&
                BN_bin2bn(wide, sizeof wide, number) != NULL && BN_mod(number, number, modulus, context) == 1 &&
                BN_gcd(common, number, modulus, context) == 1 && BN_is_one(common) &&
                BN_bn2binpad(number, r, RSA_BYTES) == RSA_BYTES;
    }
    BN_free(common);
    BN_clear_free(number);
    BN_free(modulus);
    BN_CTX_free(context);
    sodium_memzero(wide, sizeof wide);
    return found;
}

/* SHA-256(label || key); label has at most 32 characters. */
static void hash_labelled(const char *label, const unsigned char key[32], unsigned char out[32])
{
    unsigned char input[64];
    size_t length = strlen(label);
    memcpy(input, label, length);
    memcpy(input + length, key, 32);
    SHA256(input, length + 32, out);
    sodium_memzero(input, sizeof input);
}

void edit_key_serial(const unsigned char key[32], unsigned change, unsigned char serial[32])
{
    unsigned char at[32];
    memcpy(at, key, sizeof at);
    while (change-- > 0)
        hash_labelled("querschnitt edit", at, at);
    hash_labelled("querschnitt serial", at, serial);
    sodium_memzero(at, sizeof at);
}

enum status credential_derive(const unsigned char seed[SEED_BYTES], const unsigned char fingerprint[FINGERPRINT_BYTES],
                              const unsigned char n[RSA_BYTES], struct credential *credential, struct fail *fail)
{
    static const char edit[] = "querschnitt edit";
    static const char prefix[] = "querschnitt prefix";
    static const char salt[] = "querschnitt salt";
    bool done = hkdf(seed, SEED_BYTES, fingerprint, edit, sizeof edit - 1, credential->edit_keys[EDIT_MAX], 32) &&
                hkdf(seed, SEED_BYTES, fingerprint, prefix, sizeof prefix - 1, credential->prefix, 32) &&
                hkdf(seed, SEED_BYTES, fingerprint, salt, sizeof salt - 1, credential->salt, 48) &&
                blinding_factor(seed, fingerprint, n, credential->r);
    for (size_t i = EDIT_MAX; i > 0; i--)
        hash_labelled(edit, credential->edit_keys[i], credential->edit_keys[i - 1]);
    hash_labelled("querschnitt serial", credential->edit_keys[0], credential->serial);
    return done ? STATUS_OK : FAIL(fail, STATUS_CRYPTO, "the credential cannot be derived from its seed");
}
