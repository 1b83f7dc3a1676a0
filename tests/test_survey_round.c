/* A whole wave inside one process: freeze, invite, open, serve, take part over HTTP, close, count. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "survey/count.h"
#include "survey/hpke.h"
#include "survey/service.h"
#include "survey/simulate.h"
#include "survey/slotbox.h"

enum { PEOPLE = 40 };

static const char passphrase[] = "twelve or more characters";

#define OK(call) \
    do { \
        struct fail *told = &fail; \
        enum status status_of_call = (call); \
        if (status_of_call != STATUS_OK) \
            fail_msg("%s: %s", #call, told->what); \
    } while (0)

struct round {
    char dir[64];
    struct store *store;
    char codes[PEOPLE][CODE_TEXT_ROOM];
    struct respondent respondents[PEOPLE];
    struct arena arena;
    const struct form *form;
};

static int begin(void **state)
{
    struct fail fail = { 0 };
    struct round *round = calloc(1, sizeof *round);
    const char *units[PEOPLE];
    snprintf(round->dir, sizeof round->dir, "/tmp/querschnitt-round-XXXXXX");
    assert_non_null(mkdtemp(round->dir));
    arena_init(&round->arena, 64 << 20);
    const struct wave_plan plan = { .name = "2025", .year = 2025, .form = "open_administration", .closes = "2099-09-30",
                                    .issue_origin = "http://127.0.0.1:1", .collect_origin = "http://127.0.0.1:2",
                                    .passphrase = passphrase };
    for (size_t i = 0; i < PEOPLE; i++)
        units[i] = "";
    OK(store_open(round->dir, STORE_WRITE, &round->store, &fail));
    struct wave_plan wrong = plan; /* refusals leave nothing behind that would stop the next try */
    wrong.passphrase = "short";
    assert_int_equal(wave_freeze(round->store, round->dir, &wrong, NULL), STATUS_INPUT);
    wrong = plan;
    wrong.issue_origin = "https://survey.example/";
    assert_int_equal(wave_freeze(round->store, round->dir, &wrong, NULL), STATUS_INPUT);
    wrong = plan;
    wrong.form = "no_such_form";
    assert_int_equal(wave_freeze(round->store, round->dir, &wrong, NULL), STATUS_MISSING);
    wrong = plan;
    wrong.name = "../2025";
    assert_int_equal(wave_freeze(round->store, round->dir, &wrong, NULL), STATUS_INPUT);
    OK(wave_freeze(round->store, round->dir, &plan, &fail));
    OK(wave_rehearse_here(round->dir, "2025", passphrase, &fail));
    OK(wave_invite(round->store, "2025", units, PEOPLE, round->codes, &fail));
    OK(wave_open(round->store, round->dir, "2025", &fail));
    OK(wave_form(&round->arena, round->dir, "2025", &round->form, &fail));
    for (size_t i = 0; i < PEOPLE; i++)
        round->respondents[i].code = round->codes[i];
    *state = round;
    return 0;
}

static int end(void **state)
{
    struct round *round = *state;
    char command[128];
    store_close(round->store);
    arena_free(&round->arena);
    snprintf(command, sizeof command, "rm -r %s", round->dir);
    int removed = system(command);
    free(round);
    return removed;
}

/* Plays some respondents against a server of its own. */
static void play(struct round *round, size_t first, size_t count, unsigned clients, struct simulate_result *result)
{
    struct fail fail = { 0 };
    struct service *service = NULL;
    char origin[64];
    unsigned port = 20000 + (unsigned)getpid() % 20000; /* the collector is looked for on the next port */
    struct service_options serving = { .dir = round->dir, .faces = FACE_ISSUE | FACE_COLLECT, .address = "127.0.0.1" };
    enum status status = STATUS_IO;
    for (int tries = 0; tries < 50 && status != STATUS_OK; tries++) {
        serving.port = port + 7 * (unsigned)tries;
        fail = (struct fail){ 0 };
        status = service_start(&serving, &service, &fail);
    }
    if (status != STATUS_OK)
        fail_msg("%s", fail.what);
    snprintf(origin, sizeof origin, "http://127.0.0.1:%u", service_port(service, FACE_ISSUE));
    struct simulate_options options = { .issue_origin = origin, .wave = "2025", .form = round->form,
                                        .clients = clients, .seed = 7 };
    status = simulate(round->respondents + first, count, &options, result, &fail);
    service_stop(service);
    if (status != STATUS_OK)
        fail_msg("%s", fail.what);
}

struct shelf { /* ballots read from one box, to be put into another in another order */
    unsigned char *bytes[PEOPLE];
    size_t length, count;
};

static bool take(void *context, const struct ballot *ballot)
{
    struct shelf *shelf = context;
    shelf->length = 448 + ballot->sealed_length;
    unsigned char *bytes = malloc(shelf->length);
    assert_true(bytes != NULL && shelf->count < PEOPLE);
    memcpy(bytes, ballot->serial, 32);
    memcpy(bytes + 32, ballot->prefix, 32);
    memcpy(bytes + 64, ballot->signature, 384);
    memcpy(bytes + 448, ballot->sealed, ballot->sealed_length);
    shelf->bytes[shelf->count++] = bytes;
    return true;
}

static void read_outputs(const struct round *round, struct buf *all)
{
    static const char *const files[] = { "answers.txt", "detached-D8.txt", "leaves.txt", "result.json" };
    buf_clear(all);
    for (size_t i = 0; i < COUNT(files); i++) {
        char path[WAVE_PATH_ROOM];
        wave_path(path, round->dir, "2025", files[i]);
        assert_int_equal(buf_read_file(all, path, NULL), STATUS_OK);
    }
}

/* The same ballots, arrived in other orders, into boxes of other sizes: the same bytes everywhere. */
static void check_orders(struct round *round)
{
    struct fail fail = { 0 };
    struct shelf shelf = { .count = 0 };
    struct manifest manifest;
    struct count_result counted;
    struct buf before, after;
    char path[WAVE_PATH_ROOM];
    buf_init(&before, 1 << 24);
    buf_init(&after, 1 << 24);
    read_outputs(round, &before);
    assert_true(before.length > 35 * 64);
    wave_path(path, round->dir, "2025", "ballots.box");
    OK(wave_manifest(round->dir, "2025", &manifest, &fail));
    OK(slotbox_read(path, manifest.fingerprint, take, &shelf, &fail));
    for (size_t order = 0; order < 5; order++) {
        struct slotbox *box = NULL;
        enum box_result result = BOX_FULL;
        assert_int_equal(unlink(path), 0);
        OK(slotbox_create(path, (uint32_t)(shelf.count + order * 9), HPKE_PUBLIC + manifest.slot + HPKE_TAG,
                          manifest.fingerprint, 0, &fail));
        OK(slotbox_open(path, manifest.fingerprint, &box, &fail));
        for (size_t i = 0; i < shelf.count; i++) { /* steps that share no factor with 35 reach every ballot */
            static const size_t steps[] = { 1, 34, 2, 11, 23 };
            const unsigned char *bytes = shelf.bytes[(i + 1) * steps[order] % shelf.count];
            const struct ballot ballot = { bytes, bytes + 32, bytes + 64, bytes + 448, shelf.length - 448, 1 };
            OK(slotbox_put(box, &ballot, &result, &fail));
            assert_int_equal(result, BOX_NEW);
        }
        slotbox_close(box);
        OK(count_wave(round->store, round->dir, "2025", passphrase, &counted, &fail));
        assert_int_equal(counted.ballots, shelf.count);
        read_outputs(round, &after);
        assert_int_equal(before.length, after.length);
        assert_memory_equal(before.bytes, after.bytes, before.length);
    }
    for (size_t i = 0; i < shelf.count; i++)
        free(shelf.bytes[i]);
    buf_free(&before);
    buf_free(&after);
}

static void check_round(void **state)
{
    struct round *round = *state;
    struct fail fail = { 0 };
    struct simulate_result result;
    struct count_result counted;
    struct count_result again;
    struct buf leaves;
    char path[WAVE_PATH_ROOM];
    play(round, 0, 25, 8, &result);
    assert_int_equal(result.completed, 25);
    assert_int_equal(count_wave(round->store, round->dir, "2025", passphrase, &counted, NULL), STATUS_CONFLICT);
    struct simulate_result rest;
    play(round, 25, 10, 3, &rest); /* a second server finds the box as the first left it */
    assert_int_equal(rest.completed, 10);
    OK(wave_close(round->store, round->dir, "2025", &fail));
    assert_int_equal(count_wave(round->store, round->dir, "2025", "a wrong passphrase", &counted, NULL), STATUS_DENIED);
    OK(count_wave(round->store, round->dir, "2025", passphrase, &counted, &fail));
    assert_int_equal(counted.invited, PEOPLE);
    assert_int_equal(counted.drawn, 35);
    assert_int_equal(counted.ballots, 35);
    assert_int_equal(counted.invalid, 0);
    OK(count_wave(round->store, round->dir, "2025", passphrase, &again, &fail)); /* may be repeated */
    assert_memory_equal(counted.root, again.root, sizeof counted.root);
    buf_init(&leaves, 1 << 20);
    wave_path(path, round->dir, "2025", "leaves.txt");
    OK(buf_read_file(&leaves, path, &fail));
    for (size_t i = 0; i < 25; i++) { /* every receipt is in the published list */
        char hex[65];
        for (size_t k = 0; k < 32; k++)
            snprintf(hex + 2 * k, 3, "%02x", result.leaves[i][k]);
        assert_non_null(strstr(leaves.bytes, hex));
    }
    buf_free(&leaves);
    check_orders(round);
    wave_path(path, round->dir, "2025", "issuer.key");
    assert_int_equal(access(path, F_OK), -1);
    free(result.leaves);
    free(rest.leaves);
}

/* A spent code, a closed wave: nothing gets through. */
static void check_refusals(void **state)
{
    struct round *round = *state;
    struct fail fail = { 0 };
    struct simulate_result result;
    play(round, 0, 2, 1, &result);
    free(result.leaves);
    round->respondents[2] = round->respondents[0]; /* the code again, with a new seed */
    play(round, 2, 2, 1, &result);
    assert_int_equal(result.completed, 1);
    assert_int_equal(result.lost, 1);
    free(result.leaves);
    OK(wave_close(round->store, round->dir, "2025", &fail));
    struct fail told = { 0 };
    assert_int_equal(wave_open(round->store, round->dir, "2025", &told), STATUS_CONFLICT);
    assert_int_equal(wave_invite(round->store, "2025", (const char *const[]){ "" }, 1, round->codes, &told),
                     STATUS_CONFLICT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(check_round, begin, end),
        cmocka_unit_test_setup_teardown(check_refusals, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
