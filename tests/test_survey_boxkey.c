/* Key files of the ballot box: whole and in halves, wrong passphrases, damage, modes, challenges. The halves are opened
 * here by the format of docs/protocol.md, not by the program's own reader. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/crockford.h"
#include "survey/boxkey.h"
#include "survey/challenge.h"

static const char first[] = "the council keeps this one";
static const char second[] = "and the office keeps that one";

struct place {
    char dir[64], a[80], b[80], pub[80];
};

static int begin(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    snprintf(place->dir, sizeof place->dir, "/tmp/querschnitt-key-XXXXXX");
    assert_non_null(mkdtemp(place->dir));
    snprintf(place->a, sizeof place->a, "%s/a.key", place->dir);
    snprintf(place->b, sizeof place->b, "%s/b.key", place->dir);
    snprintf(place->pub, sizeof place->pub, "%s/a.key.pub", place->dir);
    *state = place;
    return 0;
}

static int end(void **state)
{
    struct place *place = *state;
    char command[128];
    snprintf(command, sizeof command, "rm -r %s", place->dir);
    int removed = system(command);
    free(place);
    return removed;
}

static void assert_private(const char *path)
{
    struct stat facts;
    assert_int_equal(stat(path, &facts), 0);
    assert_int_equal(facts.st_mode & 0777, 0600);
}

static void check_whole(void **state)
{
    struct place *place = *state;
    unsigned char public[HPKE_PUBLIC], again[HPKE_PUBLIC], secret[HPKE_PRIVATE];
    struct boxkey_facts facts;
    assert_int_equal(boxkey_create(place->a, "short", public, NULL), STATUS_INPUT);
    assert_int_equal(access(place->a, F_OK), -1);
    assert_int_equal(boxkey_create(place->a, first, public, NULL), STATUS_OK);
    assert_private(place->a);
    assert_int_equal(boxkey_create(place->a, first, again, NULL), STATUS_CONFLICT); /* never replaced */
    assert_int_equal(boxkey_open(place->a, first, secret, NULL), STATUS_OK);
    assert_int_equal(hpke_key_public(secret, again, NULL), STATUS_OK);
    assert_memory_equal(public, again, sizeof public);
    assert_int_equal(boxkey_open(place->a, second, secret, NULL), STATUS_DENIED);
    assert_int_equal(boxkey_open(place->a, "", secret, NULL), STATUS_DENIED);
    assert_int_equal(boxkey_open(place->b, first, secret, NULL), STATUS_MISSING);
    assert_int_equal(boxkey_look(place->a, &facts, NULL), STATUS_OK);
    assert_false(facts.half);
    assert_memory_equal(facts.public, public, sizeof public);
}

static void read_text(const char *path, struct buf *text)
{
    buf_init(text, 4096);
    assert_int_equal(buf_read_file(text, path, NULL), STATUS_OK);
}

static void write_text(const char *path, const char *bytes, size_t length)
{
    struct buf text;
    buf_init(&text, 4096);
    buf_add(&text, bytes, length);
    assert_int_equal(buf_write_file(&text, path, 0600, NULL), STATUS_OK);
    buf_free(&text);
}

/* Every single character counts, and every shortening. Beside each other: the wrong digit, a missing end, more behind. */
static void check_damage(void **state)
{
    struct place *place = *state;
    unsigned char public[HPKE_PUBLIC], secret[HPKE_PRIVATE];
    struct buf text;
    assert_int_equal(boxkey_create(place->a, first, public, NULL), STATUS_OK);
    read_text(place->a, &text);
    for (size_t i = 0; i + 1 < text.length; i += 41) {
        char kept = text.bytes[i];
        text.bytes[i] = (char)(kept == '0' ? '1' : '0');
        write_text(place->b, text.bytes, text.length);
        enum status status = boxkey_open(place->b, first, secret, NULL);
        assert_true(status == STATUS_INPUT || status == STATUS_DENIED);
        text.bytes[i] = kept;
    }
    for (size_t length = 0; length + 1 < text.length; length += 61) {
        write_text(place->b, text.bytes, length);
        assert_int_equal(boxkey_open(place->b, first, secret, NULL), STATUS_INPUT);
    }
    buf_add_string(&text, "more");
    write_text(place->b, text.bytes, text.length);
    assert_int_equal(boxkey_open(place->b, first, secret, NULL), STATUS_INPUT);
    buf_free(&text);
}

static void check_split(void **state)
{
    struct place *place = *state;
    char other[2][96];
    unsigned char public[HPKE_PUBLIC], again[HPKE_PUBLIC], secret[HPKE_PRIVATE];
    assert_int_equal(boxkey_create_split(place->a, first, place->b, first, public, NULL), STATUS_INPUT);
    assert_int_equal(boxkey_create_split(place->a, first, place->a, second, public, NULL), STATUS_INPUT);
    assert_int_equal(boxkey_create_split(place->a, first, place->b, "short", public, NULL), STATUS_INPUT);
    assert_int_equal(boxkey_create_split(place->a, first, "/no/such/folder/b", second, public, NULL), STATUS_IO);
    assert_int_equal(access(place->a, F_OK), -1); /* nothing is left behind */
    assert_int_equal(boxkey_create_split(place->a, first, place->b, second, public, NULL), STATUS_OK);
    assert_private(place->a);
    assert_private(place->b);
    /* One half opens nothing: not alone, not twice, not with the other's passphrase. */
    assert_int_equal(boxkey_open(place->a, first, secret, NULL), STATUS_CONFLICT);
    assert_int_equal(boxkey_open(place->b, second, secret, NULL), STATUS_CONFLICT);
    assert_int_equal(boxkey_open_split(place->a, first, place->a, first, secret, NULL), STATUS_CONFLICT);
    assert_int_equal(boxkey_open_split(place->a, second, place->b, first, secret, NULL), STATUS_DENIED);
    assert_int_equal(boxkey_open_split(place->a, first, place->b, first, secret, NULL), STATUS_DENIED);
    for (int order = 0; order < 2; order++) {
        assert_int_equal(boxkey_open_split(order ? place->b : place->a, order ? second : first,
                                           order ? place->a : place->b, order ? first : second, secret, NULL),
                         STATUS_OK);
        assert_int_equal(hpke_key_public(secret, again, NULL), STATUS_OK);
        assert_memory_equal(public, again, sizeof public);
    }
    /* Halves of two keys do not go together, nor does a half with a whole key. */
    snprintf(other[0], sizeof other[0], "%s/c.key", place->dir);
    snprintf(other[1], sizeof other[1], "%s/d.key", place->dir);
    assert_int_equal(boxkey_create_split(other[0], first, other[1], second, again, NULL), STATUS_OK);
    assert_int_equal(boxkey_open_split(place->a, first, other[1], second, secret, NULL), STATUS_CONFLICT);
    assert_int_equal(unlink(other[0]), 0);
    assert_int_equal(boxkey_create(other[0], first, again, NULL), STATUS_OK);
    assert_int_equal(boxkey_open_split(place->b, second, other[0], first, secret, NULL), STATUS_CONFLICT);
    /* The number of a half is authenticated: the first made to look like the second does not open. */
    struct buf text;
    read_text(place->a, &text);
    char *number = strstr(text.bytes, " 01 ");
    assert_non_null(number);
    number[2] = '2';
    write_text(other[0], text.bytes, text.length);
    assert_int_equal(boxkey_open_split(place->a, first, other[0], first, secret, NULL), STATUS_DENIED);
    buf_free(&text);
}

/* What a half holds, by docs/protocol.md. */
static void open_half(const char *path, const char *passphrase, unsigned char half[32])
{
    unsigned char salt[16], nonce[24], bound[66], locked[48], key[32];
    char number[3], hex[4][131];
    struct buf text;
    read_text(path, &text);
    assert_int_equal(sscanf(text.bytes, "querschnitt-box-half-1 %2s %32s %48s %130s %96s", number, hex[0], hex[1],
                            hex[2], hex[3]),
                     5);
    sodium_hex2bin(salt, sizeof salt, hex[0], 32, NULL, NULL, NULL);
    sodium_hex2bin(nonce, sizeof nonce, hex[1], 48, NULL, NULL, NULL);
    sodium_hex2bin(bound, 65, hex[2], 130, NULL, NULL, NULL);
    sodium_hex2bin(locked, sizeof locked, hex[3], 96, NULL, NULL, NULL);
    bound[65] = (unsigned char)(number[1] - '0');
    assert_int_equal(crypto_pwhash(key, 32, passphrase, strlen(passphrase), salt, 3, 64 << 20,
                                   crypto_pwhash_ALG_ARGON2ID13),
                     0);
    assert_int_equal(crypto_aead_xchacha20poly1305_ietf_decrypt(half, NULL, NULL, locked, sizeof locked, bound, 66,
                                                                nonce, key),
                     0);
    buf_free(&text);
}

/* Bits of each half agree with the bits of the key as often as coins do: 6 keys, 1536 bits, six deviations. */
static void check_independence(void **state)
{
    enum { KEYS = 6, LIMIT = 118 };
    struct place *place = *state;
    int agree[3] = { 0 }; /* first half with key, second half with key, halves with each other */
    for (int i = 0; i < KEYS; i++) {
        unsigned char public[HPKE_PUBLIC], halves[2][32], secret[32];
        assert_int_equal(boxkey_create_split(place->a, first, place->b, second, public, NULL), STATUS_OK);
        open_half(place->a, first, halves[0]);
        open_half(place->b, second, halves[1]);
        for (size_t k = 0; k < 32; k++) {
            secret[k] = halves[0][k] ^ halves[1][k];
            agree[0] += 8 - __builtin_popcount((unsigned)(halves[0][k] ^ secret[k]));
            agree[1] += 8 - __builtin_popcount((unsigned)(halves[1][k] ^ secret[k]));
            agree[2] += 8 - __builtin_popcount((unsigned)(halves[0][k] ^ halves[1][k]));
        }
        unsigned char again[HPKE_PUBLIC];
        assert_int_equal(hpke_key_public(secret, again, NULL), STATUS_OK);
        assert_memory_equal(public, again, sizeof public); /* the format says what the key is */
        assert_true(unlink(place->a) == 0 && unlink(place->b) == 0);
    }
    for (size_t i = 0; i < 3; i++)
        assert_true(abs(agree[i] - KEYS * 128) < LIMIT);
}

static void check_public(void **state)
{
    struct place *place = *state;
    unsigned char public[HPKE_PUBLIC], read[HPKE_PUBLIC];
    bool split = true;
    assert_int_equal(boxkey_create(place->a, first, public, NULL), STATUS_OK);
    assert_int_equal(boxkey_public_write(place->pub, false, public, NULL), STATUS_OK);
    assert_int_equal(boxkey_public_write(place->pub, false, public, NULL), STATUS_CONFLICT);
    assert_int_equal(boxkey_public_read(place->pub, &split, read, NULL), STATUS_OK);
    assert_false(split);
    assert_memory_equal(public, read, sizeof read);
    assert_int_equal(boxkey_public_read(place->a, &split, read, NULL), STATUS_INPUT); /* the private half instead */
    public[40] ^= 1; /* no point of the curve any more */
    unlink(place->pub);
    assert_int_equal(boxkey_public_write(place->pub, true, public, NULL), STATUS_OK);
    assert_int_equal(boxkey_public_read(place->pub, &split, read, NULL), STATUS_INPUT);
}

static void check_challenge(void **state)
{
    struct place *place = *state;
    struct manifest manifest = { .wave = "2026", .slot = 8192 };
    unsigned char secret[2][HPKE_PRIVATE], expected[32], hash[32];
    struct challenge challenge;
    struct buf text;
    char answer[CHALLENGE_ANSWER_ROOM];
    char typed[64];
    memset(manifest.fingerprint, 7, sizeof manifest.fingerprint);
    assert_int_equal(hpke_key_create(secret[1], manifest.box, NULL), STATUS_OK); /* another key, overwritten below */
    assert_int_equal(hpke_key_create(secret[0], manifest.box, NULL), STATUS_OK);
    buf_init(&text, 4096);
    assert_int_equal(challenge_make(&manifest, &text, expected, NULL), STATUS_OK);
    write_text(place->a, text.bytes, text.length);
    assert_int_equal(challenge_read(place->a, &challenge, NULL), STATUS_OK);
    assert_string_equal(challenge.wave, "2026");
    assert_int_equal(challenge_open(&challenge, secret[1], answer, NULL), STATUS_CONFLICT);
    assert_int_equal(challenge_open(&challenge, secret[0], answer, NULL), STATUS_OK);
    assert_true(challenge_hash(answer, manifest.fingerprint, hash));
    assert_memory_equal(hash, expected, sizeof hash);
    snprintf(typed, sizeof typed, " %.4s %.4s%.4s-%.4s ", answer, answer + 5, answer + 10, answer + 15);
    for (char *c = typed; *c != '\0'; c++) /* as somebody writes down what is read out */
        *c = (char)(*c == '1' ? 'l' : *c == '0' ? 'o' : *c >= 'A' && *c <= 'Z' ? *c + 32 : *c);
    assert_true(challenge_hash(typed, manifest.fingerprint, hash));
    assert_memory_equal(hash, expected, sizeof hash);
    answer[0] = answer[0] == '2' ? '3' : '2';
    assert_true(challenge_hash(answer, manifest.fingerprint, hash));
    assert_memory_not_equal(hash, expected, sizeof hash);
    answer[18] = '\0'; /* one character too few */
    assert_false(challenge_hash(answer, manifest.fingerprint, hash));
    assert_false(challenge_hash("UUUU-UUUU-UUUU-UUUU", manifest.fingerprint, hash));
    challenge.fingerprint[0] ^= 1; /* bound to the wave */
    assert_int_equal(challenge_open(&challenge, secret[0], answer, NULL), STATUS_CRYPTO);
    write_text(place->a, text.bytes, text.length - 20);
    assert_int_equal(challenge_read(place->a, &challenge, NULL), STATUS_INPUT);
    buf_free(&text);
}

/* A ballot given to the staff council as a challenge does not open: its associated data is a serial. */
static void check_no_oracle(void **state)
{
    struct place *place = *state;
    struct manifest manifest = { .wave = "2026" };
    unsigned char secret[HPKE_PRIVATE], serial[32] = { 1 };
    const struct hpke_context context = { HPKE_AES_256_GCM, manifest.fingerprint, 32, serial, 32 };
    struct challenge challenge = { .wave = "2026" };
    char answer[CHALLENGE_ANSWER_ROOM];
    (void)place;
    assert_int_equal(hpke_key_create(secret, manifest.box, NULL), STATUS_OK);
    memcpy(challenge.public, manifest.box, sizeof challenge.public);
    assert_int_equal(hpke_seal(manifest.box, &context, (const unsigned char *)"answers 10", CHALLENGE_BYTES, NULL,
                               challenge.sealed, NULL),
                     STATUS_OK);
    assert_int_equal(challenge_open(&challenge, secret, answer, NULL), STATUS_CRYPTO);
}

static void check_crockford(void **state)
{
    (void)state;
    unsigned char bytes[10] = { 0xff, 0, 0x84, 0x21, 0x08, 1, 2, 3, 4, 5 };
    unsigned char again[10];
    char text[32];
    crockford_write(bytes, 16, '-', text);
    assert_string_equal(text, "ZW08-8888-0410-6105"); /* by hand: 11111 11100 00000 01000 … */
    assert_true(crockford_read(text, 16, again));
    assert_memory_equal(bytes, again, sizeof bytes);
    assert_false(crockford_read("ZW02-2288-0410-61050", 16, again));
    assert_false(crockford_read("ZW02-2288-0410-610U", 16, again));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(check_whole, begin, end),
        cmocka_unit_test_setup_teardown(check_damage, begin, end),
        cmocka_unit_test_setup_teardown(check_split, begin, end),
        cmocka_unit_test_setup_teardown(check_independence, begin, end),
        cmocka_unit_test_setup_teardown(check_public, begin, end),
        cmocka_unit_test_setup_teardown(check_challenge, begin, end),
        cmocka_unit_test_setup_teardown(check_no_oracle, begin, end),
        cmocka_unit_test(check_crockford),
    };
    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
