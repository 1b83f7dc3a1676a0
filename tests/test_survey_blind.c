/* Blind signatures and seeds against vectors that other programs made (tests/data), and the edges of the numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <jansson.h>
#include <openssl/bn.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "survey/blind.h"
#include "survey/credential.h"

static json_t *load(const char *name)
{
    char path[512];
    snprintf(path, sizeof path, SOURCE_DIR "/tests/data/%s", name);
    json_t *root = json_load_file(path, 0, NULL);
    assert_non_null(root);
    return root;
}

static size_t hex(const json_t *row, const char *key, unsigned char *out, size_t room)
{
    const char *text = json_string_value(json_object_get(row, key));
    size_t length = 0;
    assert_non_null(text);
    assert_int_equal(sodium_hex2bin(out, room, text, strlen(text), NULL, &length, NULL), 0);
    return length;
}

/* r = blind_sig / sig mod n: the vectors do not give it. */
static void recover_factor(const unsigned char *n, const unsigned char *blind_signature, const unsigned char *signature,
                           size_t length, unsigned char *r)
{
    BN_CTX *context = BN_CTX_new();
    BIGNUM *modulus = BN_bin2bn(n, (int)length, NULL);
    BIGNUM *number = BN_bin2bn(signature, (int)length, NULL);
    BIGNUM *other = BN_bin2bn(blind_signature, (int)length, NULL);
    assert_non_null(BN_mod_inverse(number, number, modulus, context));
    assert_int_equal(BN_mod_mul(number, number, other, modulus, context), 1);
    assert_int_equal(BN_bn2binpad(number, r, (int)length), (int)length);
    BN_free(other);
    BN_free(number);
    BN_free(modulus);
    BN_CTX_free(context);
}

static void check_file(const char *name, size_t least)
{
    json_t *root = load(name);
    size_t i;
    json_t *row;
    assert_true(json_array_size(root) >= least);
    json_array_foreach(root, i, row) {
        unsigned char n[BLIND_MAX], d[BLIND_MAX], p[BLIND_MAX / 2], q[BLIND_MAX / 2], message[BLIND_MESSAGE_MAX];
        unsigned char blinded[BLIND_MAX], blind_signature[BLIND_MAX], signature[BLIND_MAX];
        unsigned char made[BLIND_MAX], r[BLIND_MAX];
        struct blind_key *key = NULL;
        size_t length = hex(row, "n", n, sizeof n);
        (void)hex(row, "d", d, sizeof d);
        (void)hex(row, "p", p, sizeof p);
        (void)hex(row, "q", q, sizeof q);
        size_t message_length = hex(row, "msg", message, sizeof message);
        (void)hex(row, "blinded_msg", blinded, sizeof blinded);
        (void)hex(row, "blind_sig", blind_signature, sizeof blind_signature);
        (void)hex(row, "sig", signature, sizeof signature);
        assert_int_equal(blind_key_raw(n, d, p, q, length, &key, NULL), STATUS_OK);
        assert_int_equal(blind_sign(key, blinded, made, NULL), STATUS_OK);
        assert_memory_equal(made, blind_signature, length);
        recover_factor(n, blind_signature, signature, length, r);
        assert_int_equal(blind_finalise(key, message, message_length, r, blind_signature, made, NULL), STATUS_OK);
        assert_memory_equal(made, signature, length);
        assert_int_equal(blind_verify(key, message, message_length, signature, NULL), STATUS_OK);
        message[0] ^= 1;
        assert_int_equal(blind_verify(key, message, message_length, signature, NULL), STATUS_CRYPTO);
        message[0] ^= 1;
        signature[length - 1] ^= 1;
        assert_int_equal(blind_verify(key, message, message_length, signature, NULL), STATUS_CRYPTO);
        if (json_object_get(row, "salt") != NULL) { /* then the blinding itself can be held against the vector */
            unsigned char salt[BLIND_SALT];
            (void)hex(row, "salt", salt, sizeof salt);
            assert_int_equal(blind_blind(key, message, message_length, salt, r, made, NULL), STATUS_OK);
            assert_memory_equal(made, blinded, length);
        }
        blind_key_free(key);
    }
    json_decref(root);
}

static void check_vectors(void **state)
{
    (void)state;
    check_file("blind_vectors.json", 4);
    check_file("rfc9474_vectors.json", 1);
}

static void check_seeds(void **state)
{
    (void)state;
    json_t *root = load("seed_vectors.json");
    size_t i;
    json_t *row;
    assert_true(json_array_size(root) >= 2);
    json_array_foreach(root, i, row) {
        unsigned char n[RSA_BYTES], fingerprint[32], seed[SEED_BYTES], expected[RSA_BYTES], message[64];
        unsigned char blinded[RSA_BYTES];
        struct credential credential;
        struct blind_key *key = NULL;
        assert_int_equal(hex(row, "n", n, sizeof n), sizeof n);
        assert_int_equal(hex(row, "fingerprint", fingerprint, sizeof fingerprint), sizeof fingerprint);
        assert_int_equal(hex(row, "seed", seed, sizeof seed), sizeof seed);
        assert_int_equal(credential_derive(seed, fingerprint, n, &credential, NULL), STATUS_OK);
        static const struct {
            const char *name;
            unsigned change;
        } keys[] = { { "edit_key_0", 0 }, { "edit_key_1", 1 }, { "edit_key_16", EDIT_MAX } };
        for (size_t k = 0; k < COUNT(keys); k++) {
            unsigned char serial[32];
            assert_int_equal(hex(row, keys[k].name, expected, sizeof expected), 32);
            assert_memory_equal(credential.edit_keys[keys[k].change], expected, 32);
            edit_key_serial(expected, keys[k].change, serial);
            assert_memory_equal(serial, credential.serial, 32);
        }
        assert_int_equal(hex(row, "serial", expected, sizeof expected), 32);
        assert_memory_equal(credential.serial, expected, 32);
        assert_int_equal(hex(row, "prefix", expected, sizeof expected), 32);
        assert_memory_equal(credential.prefix, expected, 32);
        assert_int_equal(hex(row, "salt", expected, sizeof expected), 48);
        assert_memory_equal(credential.salt, expected, 48);
        assert_int_equal(hex(row, "r", expected, sizeof expected), RSA_BYTES);
        assert_memory_equal(credential.r, expected, RSA_BYTES);
        memcpy(message, credential.prefix, 32);
        memcpy(message + 32, credential.serial, 32);
        assert_int_equal(blind_key_public(n, sizeof n, &key, NULL), STATUS_OK);
        assert_int_equal(blind_blind(key, message, 64, credential.salt, credential.r, blinded, NULL), STATUS_OK);
        assert_int_equal(hex(row, "blinded", expected, sizeof expected), RSA_BYTES);
        assert_memory_equal(blinded, expected, RSA_BYTES);
        blind_key_free(key);
    }
    json_decref(root);
}

/* A new key through its file; numbers at the ends of the range; another key's signature. */
static void check_edges(void **state)
{
    (void)state;
    static const unsigned char fingerprint[32] = { 9 };
    unsigned char n[RSA_BYTES], number[RSA_BYTES] = { 0 }, made[RSA_BYTES], again[RSA_BYTES], message[64];
    unsigned char seed[SEED_BYTES] = { 1, 2, 3 };
    struct blind_key *key = NULL;
    struct blind_key *read = NULL;
    struct blind_key *other = NULL;
    struct credential credential;
    struct buf pem;
    buf_init(&pem, 65536);
    assert_int_equal(blind_key_create(3072, &key, NULL), STATUS_OK);
    assert_int_equal(blind_key_write(key, &pem, NULL), STATUS_OK);
    assert_int_equal(blind_key_read(pem.bytes, pem.length, &read, NULL), STATUS_OK);
    assert_int_equal(blind_key_read("no key", 6, &other, NULL), STATUS_CRYPTO);
    blind_key_modulus(key, n);
    assert_int_equal(blind_sign(read, number, made, NULL), STATUS_INPUT); /* 0 */
    assert_int_equal(blind_sign(read, n, made, NULL), STATUS_INPUT);      /* n */
    memset(number, 0xff, sizeof number);
    assert_int_equal(blind_sign(read, number, made, NULL), STATUS_INPUT); /* above n */
    memcpy(number, n, sizeof number);
    number[sizeof number - 1] ^= 1; /* n - 1, n being odd: its own signature, since e is odd */
    assert_int_equal(blind_sign(read, number, made, NULL), STATUS_OK);
    assert_memory_equal(made, number, sizeof made);
    assert_int_equal(credential_derive(seed, fingerprint, n, &credential, NULL), STATUS_OK);
    memcpy(message, credential.prefix, 32);
    memcpy(message + 32, credential.serial, 32);
    assert_int_equal(blind_blind(key, message, 64, credential.salt, credential.r, number, NULL), STATUS_OK);
    assert_int_equal(blind_sign(read, number, made, NULL), STATUS_OK);
    assert_int_equal(blind_sign(read, number, again, NULL), STATUS_OK);
    assert_memory_equal(made, again, sizeof made); /* a repeated draw gives the same bytes */
    assert_int_equal(blind_key_create(3072, &other, NULL), STATUS_OK);
    assert_int_equal(blind_finalise(other, message, 64, credential.r, made, again, NULL), STATUS_CRYPTO);
    assert_int_equal(blind_finalise(key, message, 64, credential.r, made, again, NULL), STATUS_OK);
    blind_key_free(other);
    blind_key_free(read);
    blind_key_free(key);
    buf_free(&pem);
}

static struct code_case {
    const char *name, *typed, *code; /* NULL: refused */
} codes[] = {
    { "as printed", "00000-00000-00000-00000-0", "00000000000000000000" },
    { "no hyphens, small letters", "0000000000000000000aa", "0000000000000000000A" },
    { "I and L are one, O is zero", "oOoOoooooooooooooooi1", "00000000000000000001" },
    { "check character beyond the alphabet", "00000-00000-00000-00010-*", "00000000000000000010" },
    { "blanks of a phone", " 00000 00000 00000 0000L 1 ", "00000000000000000001" },
    { "wrong check character", "00000-00000-00000-00001-2", NULL },
    { "two neighbours exchanged", "00000-00000-00000-00010-1", NULL },
    { "one too short", "00000-00000-00000-0000-0", NULL },
    { "one too long", "00000-00000-00000-00000-00", NULL },
    { "check sign inside", "0000*-00000-00000-00000-0", NULL },
    { "U is no letter of it", "0000U-00000-00000-00000-0", NULL },
    { "empty", "", NULL },
    { "umlaut", "0000Ä-00000-00000-00000-0", NULL },
};

static void check_code(void **state)
{
    const struct code_case *row = *state;
    char code[CODE_LENGTH + 1] = "";
    enum status status = code_read(row->typed, code, NULL);
    assert_int_equal(status, row->code == NULL ? STATUS_INPUT : STATUS_OK);
    assert_string_equal(code, row->code == NULL ? "" : row->code);
}

static void check_new_codes(void **state)
{
    (void)state;
    char before[CODE_LENGTH + 1] = "";
    for (int i = 0; i < 500; i++) {
        char printed[CODE_ROOM];
        char code[CODE_LENGTH + 1];
        assert_int_equal(code_make(printed, NULL), STATUS_OK);
        assert_int_equal(strlen(printed), 25);
        assert_int_equal(code_read(printed, code, NULL), STATUS_OK);
        assert_string_not_equal(code, before);
        memcpy(before, code, sizeof before);
        char *wrong = &printed[i % 23]; /* any single wrong character is noticed: 37 is prime */
        if (*wrong != '-') {
            *wrong = *wrong == '7' ? '8' : '7';
            assert_int_equal(code_read(printed, code, NULL), STATUS_INPUT);
        }
    }
}

int main(void)
{
    struct CMUnitTest tests[COUNT(codes) + 4] = {
        cmocka_unit_test(check_vectors),
        cmocka_unit_test(check_seeds),
        cmocka_unit_test(check_edges),
        cmocka_unit_test(check_new_codes),
    };
    for (size_t i = 0; i < COUNT(codes); i++)
        tests[i + 4] = (struct CMUnitTest){ codes[i].name, check_code, NULL, NULL, &codes[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
