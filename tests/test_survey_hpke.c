/* Sealing against the RFC's vector, Merkle heads against those of Certificate Transparency, the box key's file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "survey/boxkey.h"
#include "survey/merkle.h"

static void hex(const char *text, unsigned char *out, size_t length)
{
    size_t read = 0;
    assert_int_equal(sodium_hex2bin(out, length, text, strlen(text), NULL, &read, NULL), 0);
    assert_int_equal(read, length);
}

/* RFC 9180, A.3.1: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-128-GCM, base mode, sequence number 0. */
static void check_rfc(void **state)
{
    (void)state;
    unsigned char info[20], ephemeral[32], secret[32], public[65], expected[65], plain[29], sealed[65 + 29 + 16];
    unsigned char cipher[29 + 16], opened[29];
    hex("4f6465206f6e2061204772656369616e2055726e", info, sizeof info);
    hex("4995788ef4b9d6132b249ce59a77281493eb39af373d236a1fe415cb0c2d7beb", ephemeral, 32);
    hex("f3ce7fdae57e1a310d87f1ebbde6f328be0a99cdbcadf4d6589cf29de4b8ffd2", secret, 32);
    hex("04fe8c19ce0905191ebc298a9245792531f26f0cece2460639e8bc39cb7f706a826a779b4cf969b8a0e539c7f62fb3d30ad6aa8f80e3"
        "0f1d128aafd68a2ce72ea0", expected, 65);
    hex("4265617574792069732074727574682c20747275746820626561757479", plain, sizeof plain);
    hex("5ad590bb8baa577f8619db35a36311226a896e7342a6d836d8b7bcd2f20b6c7f9076ac232e3ab2523f39513434", cipher,
        sizeof cipher);
    const struct hpke_context context = { HPKE_AES_128_GCM, info, sizeof info, (const unsigned char *)"Count-0", 7 };
    assert_int_equal(hpke_key_public(secret, public, NULL), STATUS_OK);
    assert_memory_equal(public, expected, 65);
    assert_int_equal(hpke_seal(public, &context, plain, sizeof plain, ephemeral, sealed, NULL), STATUS_OK);
    hex("04a92719c6195d5085104f469a8b9814d5838ff72b60501e2c4466e5e67b325ac98536d7b61a1af4b78e5b7f951c0900be863c403ce6"
        "5c9bfcb9382657222d18c4", expected, 65);
    assert_memory_equal(sealed, expected, 65);
    assert_memory_equal(sealed + 65, cipher, sizeof cipher);
    assert_int_equal(hpke_open(secret, &context, sealed, sizeof sealed, opened, NULL), STATUS_OK);
    assert_memory_equal(opened, plain, sizeof plain);
}

/* Every part of what is bound is really bound. */
static void check_bound(void **state)
{
    (void)state;
    unsigned char secret[32], other[32], public[65], other_public[65], opened[100];
    unsigned char plain[100] = "answers", sealed[65 + 100 + 16], info[32] = { 1 }, aad[32] = { 2 };
    struct hpke_context context = { HPKE_AES_256_GCM, info, 32, aad, 32 };
    assert_int_equal(hpke_key_create(secret, public, NULL), STATUS_OK);
    assert_int_equal(hpke_key_create(other, other_public, NULL), STATUS_OK);
    assert_int_equal(hpke_seal(public, &context, plain, sizeof plain, NULL, sealed, NULL), STATUS_OK);
    assert_int_equal(hpke_open(secret, &context, sealed, sizeof sealed, opened, NULL), STATUS_OK);
    assert_memory_equal(opened, plain, sizeof plain);
    assert_int_equal(hpke_open(other, &context, sealed, sizeof sealed, opened, NULL), STATUS_CRYPTO);
    info[31] ^= 1;
    assert_int_equal(hpke_open(secret, &context, sealed, sizeof sealed, opened, NULL), STATUS_CRYPTO);
    info[31] ^= 1;
    aad[0] ^= 1;
    assert_int_equal(hpke_open(secret, &context, sealed, sizeof sealed, opened, NULL), STATUS_CRYPTO);
    aad[0] ^= 1;
    for (size_t i = 0; i < sizeof sealed; i += 17) {
        sealed[i] ^= 0x40;
        assert_int_equal(hpke_open(secret, &context, sealed, sizeof sealed, opened, NULL), STATUS_CRYPTO);
        sealed[i] ^= 0x40;
    }
    assert_int_equal(hpke_open(secret, &context, sealed, 80, opened, NULL), STATUS_CRYPTO);
    unsigned char again[sizeof sealed];
    assert_int_equal(hpke_seal(public, &context, plain, sizeof plain, NULL, again, NULL), STATUS_OK);
    assert_memory_not_equal(sealed, again, sizeof again); /* a new key each time */
    memset(public + 1, 0, 64); /* not on the curve */
    assert_int_equal(hpke_seal(public, &context, plain, sizeof plain, NULL, again, NULL), STATUS_CRYPTO);
}

/* Inputs and heads of the reference tests of google/certificate-transparency (merkletree). */
static void check_merkle(void **state)
{
    (void)state;
    static const char *const inputs[] = { "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
                                          "606162636465666768696a6b6c6d6e6f" };
    static const char *const heads[] = {
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    };
    unsigned char leaves[8][32], root[32], expected[32];
    merkle_root(NULL, 0, root);
    hex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", expected, 32);
    assert_memory_equal(root, expected, 32);
    for (size_t i = 0; i < 8; i++) {
        unsigned char bytes[16];
        hex(inputs[i], bytes, strlen(inputs[i]) / 2);
        merkle_leaf(bytes, strlen(inputs[i]) / 2, leaves[i]);
        merkle_root(leaves[0], i + 1, root);
        hex(heads[i], expected, 32);
        assert_memory_equal(root, expected, 32);
    }
}

static void check_box_key(void **state)
{
    (void)state;
    char dir[] = "/tmp/querschnitt-key-XXXXXX";
    char path[64];
    unsigned char public[65], secret[32], again[65];
    assert_non_null(mkdtemp(dir));
    snprintf(path, sizeof path, "%s/box.key", dir);
    assert_int_equal(boxkey_create(path, "too short", public, NULL), STATUS_INPUT);
    assert_int_equal(boxkey_create(path, "correct horse battery", public, NULL), STATUS_OK);
    assert_int_equal(boxkey_create(path, "correct horse battery", again, NULL), STATUS_CONFLICT);
    assert_int_equal(boxkey_open(path, "correct horse batterz", secret, NULL), STATUS_DENIED);
    assert_int_equal(boxkey_open(path, "correct horse battery", secret, NULL), STATUS_OK);
    assert_int_equal(hpke_key_public(secret, again, NULL), STATUS_OK);
    assert_memory_equal(public, again, sizeof public);
    FILE *file = fopen(path, "r+");
    assert_non_null(file);
    fputs("broken", file);
    fclose(file);
    assert_int_equal(boxkey_open(path, "correct horse battery", secret, NULL), STATUS_INPUT);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(dir), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(check_rfc),
        cmocka_unit_test(check_bound),
        cmocka_unit_test(check_merkle),
        cmocka_unit_test(check_box_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
