/* The collector's handler: first ballots, changes, withdrawals, and every refusal of docs/protocol.md. */
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

#include "survey/ballot.h"
#include "survey/collect.h"

enum { SLOT = 1024, SLOTS = 4 };

/* One wave, one person's credential; bodies as a browser sends them. */
static struct {
    char dir[64];
    struct manifest manifest;
    struct blind_key *issuer;
    struct credential credential;
    unsigned char signature[RSA_BYTES];
    struct service service;
    struct arena arena;
    struct response response;
} place;

#define OK(call) assert_int_equal((call), STATUS_OK)

static void write_file(const char *file, const void *bytes, size_t length)
{
    char path[WAVE_PATH_ROOM];
    wave_path(path, place.dir, "w", file);
    FILE *stream = fopen(path, "w");
    assert_true(stream != NULL && fwrite(bytes, 1, length, stream) == length && fclose(stream) == 0);
}

static void make_credential(unsigned char who, struct credential *credential, unsigned char signature[RSA_BYTES])
{
    unsigned char seed[SEED_BYTES] = { who };
    unsigned char message[64], blinded[RSA_BYTES];
    OK(credential_derive(seed, place.manifest.fingerprint, place.manifest.n, credential, NULL));
    memcpy(message, credential->prefix, 32);
    memcpy(message + 32, credential->serial, 32);
    OK(blind_blind(place.issuer, message, sizeof message, credential->salt, credential->r, blinded, NULL));
    OK(blind_sign(place.issuer, blinded, signature, NULL));
    OK(blind_finalise(place.issuer, message, sizeof message, credential->r, signature, signature, NULL));
}

static int begin(void **state)
{
    unsigned char secret[HPKE_PRIVATE], receipt[crypto_sign_SECRETKEYBYTES];
    char hex[2 * sizeof receipt + 1], path[WAVE_PATH_ROOM];
    struct manifest *manifest = &place.manifest;
    struct buf bytes;
    (void)state;
    *manifest = (struct manifest){ .wave = "w", .closes = "2099-12-31", .issuer = "http://issuer.example",
                                   .collector = "http://collector.example", .slot = SLOT, .smallest_group = 10,
                                   .key = "council", .deletes = "2100-03-31" };
    memset(manifest->form, 'a', 64);
    memset(manifest->client, 'b', 96);
    snprintf(place.dir, sizeof place.dir, "/tmp/querschnitt-collect-XXXXXX");
    if (mkdtemp(place.dir) == NULL || sodium_init() < 0 || crypto_sign_keypair(manifest->receipt, receipt) != 0)
        return 1;
    snprintf(path, sizeof path, "%s/waves", place.dir);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/waves/w", place.dir);
    assert_int_equal(mkdir(path, 0700), 0);
    OK(blind_key_create(3072, &place.issuer, NULL));
    blind_key_modulus(place.issuer, manifest->n);
    OK(hpke_key_create(secret, manifest->box, NULL));
    buf_init(&bytes, 1 << 16);
    OK(manifest_write(manifest, &bytes, NULL));
    OK(manifest_read(bytes.bytes, bytes.length, manifest, NULL)); /* with its fingerprint */
    write_file("manifest", bytes.bytes, bytes.length);
    buf_free(&bytes);
    sodium_bin2hex(hex, sizeof hex, receipt, sizeof receipt);
    write_file("receipt.key", hex, strlen(hex));
    wave_path(path, place.dir, "w", "ballots.box");
    OK(slotbox_create(path, SLOTS, HPKE_PUBLIC + SLOT + HPKE_TAG, manifest->fingerprint, 0, NULL));
    make_credential(1, &place.credential, place.signature);
    place.service = (struct service){ .dir = place.dir, .faces = FACE_COLLECT, .env = &env_system };
    arena_init(&place.arena, 1 << 20);
    OK(collect_open(&place.service, NULL));
    return 0;
}

static int end(void **state)
{
    static const char *const files[] = { "manifest", "receipt.key", "ballots.box" };
    char path[WAVE_PATH_ROOM];
    (void)state;
    collect_close(&place.service);
    blind_key_free(place.issuer);
    buf_free(&place.response.page.out);
    arena_free(&place.arena);
    for (size_t i = 0; i < COUNT(files); i++) {
        wave_path(path, place.dir, "w", files[i]);
        (void)unlink(path);
    }
    snprintf(path, sizeof path, "%s/waves/w", place.dir);
    (void)rmdir(path);
    snprintf(path, sizeof path, "%s/waves", place.dir);
    (void)rmdir(path);
    return rmdir(place.dir);
}

/* The status of the answer (200 for none); its text must hold part. */
static void submit(const unsigned char *body, size_t length, unsigned status, const char *part)
{
    const struct request request = { .arena = &place.arena, .method = METHOD_POST, .path = "/w/w/submit",
                                     .parts = { "w" }, .body = (const char *)body, .body_length = length,
                                     .language = language_default };
    buf_free(&place.response.page.out);
    place.response = (struct response){ 0 };
    buf_init(&place.response.page.out, 1 << 16);
    OK(collect_submit(&place.service, &request, &place.response, NULL));
    assert_int_equal(place.response.status == 0 ? 200 : place.response.status, status);
    if (strstr(place.response.page.out.bytes, part) == NULL)
        fail_msg("%s has no %s", place.response.page.out.bytes, part);
}

/* change 0: a first ballot; answers NULL: a withdrawal. The caller frees. */
static unsigned char *make(unsigned change, const char *answers, size_t *length)
{
    unsigned char *body = NULL;
    if (change == 0)
        OK(ballot_make(&place.manifest, &place.credential, place.signature, answers, strlen(answers), &body, length,
                       NULL));
    else
        OK(ballot_make_change(&place.manifest, &place.credential, place.signature, change, answers,
                              answers == NULL ? 0 : strlen(answers), &body, length, NULL));
    return body;
}

static char *keep_answer(void)
{
    char *copy = arena_string(&place.arena, place.response.page.out.bytes);
    assert_non_null(copy);
    return copy;
}

static void check_changes(void **state)
{
    (void)state;
    size_t length = 0, second_length = 0, back_length = 0, again_length = 0;
    unsigned char *first = make(0, "{}", &length);
    unsigned char *second = make(2, "{\"a\":1}", &second_length);
    unsigned char *other = make(2, "{\"a\":2}", &second_length);
    unsigned char *back = make(3, NULL, &back_length);
    unsigned char *again = make(16, "{}", &again_length);
    assert_int_equal(second_length, back_length); /* nobody sees by its length which of the three it is */
    assert_int_equal(second_length, length);
    submit(first, length, 200, "\"receipt\"");
    submit(second, second_length, 200, "\"receipt\"");
    char *receipt = keep_answer();
    submit(second, second_length, 200, receipt); /* the same bytes, the same receipt */
    submit(other, second_length, 409, "\"already-sent\"");
    assert_non_null(strstr(place.response.page.out.bytes, ",\"change\":2}"));
    submit(first, length, 409, ",\"change\":2}");
    submit(back, back_length, 200, "\"receipt\"");
    submit(first, length, 409, ",\"change\":3}"); /* a withdrawn credential stays spent */
    back[0] = BALLOT_CHANGE;                      /* the same number as a change */
    submit(back, back_length, 409, ",\"change\":3}");
    submit(again, again_length, 200, "\"receipt\""); /* and takes it back */
    submit(second, second_length, 409, ",\"change\":16}");
    free(first);
    free(second);
    free(other);
    free(back);
    free(again);
}

static void check_refusals(void **state)
{
    (void)state;
    size_t length = 0;
    unsigned char *body = make(5, "{}", &length);
    body[BALLOT_NUMBER] = 4; /* key 5 proves nothing about change 4 */
    submit(body, length, 403, "\"bad-edit-key\"");
    body[BALLOT_NUMBER] = 6;
    submit(body, length, 403, "\"bad-edit-key\"");
    body[BALLOT_NUMBER] = 0;
    submit(body, length, 400, "\"malformed\"");
    body[BALLOT_NUMBER] = 17;
    submit(body, length, 400, "\"malformed\"");
    body[BALLOT_NUMBER] = 5;
    body[40] ^= 1; /* the serial */
    submit(body, length, 403, "\"bad-credential\"");
    body[40] ^= 1;
    submit(body, length - 1, 400, "\"malformed\"");
    submit(body, 0, 400, "\"malformed\"");
    body[0] = BALLOT_FIRST; /* a first ballot has number 0 */
    submit(body, length, 400, "\"malformed\"");
    body[0] = 4;
    submit(body, length, 400, "\"malformed\"");
    free(body);
    unsigned char *large = calloc(1, length + 1);
    submit(large, length + 1, 413, "\"too-large\"");
    free(large);
}

/* As many first ballots as the wave has slots; after that only changes. */
static void check_full(void **state)
{
    (void)state;
    struct credential credential;
    unsigned char signature[RSA_BYTES];
    for (unsigned char who = 2; who <= SLOTS + 1; who++) {
        unsigned char *body = NULL;
        size_t length = 0;
        make_credential(who, &credential, signature);
        OK(ballot_make(&place.manifest, &credential, signature, "{}", 2, &body, &length, NULL));
        submit(body, length, who <= SLOTS ? 200 : 507, who <= SLOTS ? "\"receipt\"" : "\"box-full\"");
        free(body);
        OK(ballot_make_change(&place.manifest, &credential, signature, 1, "{}", 2, &body, &length, NULL));
        submit(body, length, who <= SLOTS ? 200 : 507, who <= SLOTS ? "\"receipt\"" : "\"box-full\"");
        free(body);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(check_changes),
        cmocka_unit_test(check_refusals),
        cmocka_unit_test(check_full),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
