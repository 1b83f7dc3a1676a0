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
#include "survey/service.h"
#include "survey/simulate.h"

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
    const struct wave_plan plan = { .name = "2025", .year = 2025, .form = "open_administration", .closes = "2025-09-30",
                                    .issue_origin = "http://127.0.0.1:1", .collect_origin = "http://127.0.0.1:2",
                                    .passphrase = passphrase };
    for (size_t i = 0; i < PEOPLE; i++)
        units[i] = "";
    OK(store_open(round->dir, STORE_WRITE, &round->store, &fail));
    OK(wave_freeze(round->store, round->dir, &plan, &fail));
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
