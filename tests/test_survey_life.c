/* Life of real waves: no opening without a rehearsal, the strong mode from a key made elsewhere to the deletion, closing
 * at the end of the last day whatever the clock does, deletion that is killed half-way. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <fcntl.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/day.h"
#include "base/env.h"
#include "survey/boxkey.h"
#include "survey/challenge.h"
#include "survey/count.h"
#include "survey/erase.h"
#include "survey/housekeeping.h"
#include "survey/minutes.h"
#include "survey/simulate.h"
#include "survey/wave_view.h"

enum { PEOPLE = 12 };
static const char first[] = "the council keeps this one";
static const char second[] = "and the office keeps that one";

#define OK(call) \
    do { \
        struct fail *told = &fail; \
        enum status status_of_call = (call); \
        if (status_of_call != STATUS_OK) \
            fail_msg("%s: %s", #call, told->what); \
    } while (0)

struct place {
    char dir[64], elsewhere[80]; /* the instance; the staff council's machine */
    struct store *store;
    char codes[PEOPLE][CODE_TEXT_ROOM];
    struct respondent respondents[PEOPLE];
    struct arena arena;
    const struct form *form;
};

static int begin(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    snprintf(place->dir, sizeof place->dir, "/tmp/querschnitt-life-XXXXXX");
    assert_non_null(mkdtemp(place->dir));
    snprintf(place->elsewhere, sizeof place->elsewhere, "%s/elsewhere", place->dir);
    assert_int_equal(mkdir(place->elsewhere, 0700), 0);
    arena_init(&place->arena, 64 << 20);
    assert_int_equal(store_open(place->dir, STORE_WRITE, &place->store, NULL), STATUS_OK);
    *state = place;
    return 0;
}

static int end(void **state)
{
    struct place *place = *state;
    char command[128];
    store_close(place->store);
    arena_free(&place->arena);
    snprintf(command, sizeof command, "rm -r %s", place->dir);
    int removed = system(command);
    free(place);
    return removed;
}

static bool exists(const struct place *place, const char *wave, const char *file)
{
    char path[WAVE_PATH_ROOM];
    wave_path(path, place->dir, wave, file);
    return access(path, F_OK) == 0;
}

static enum wave_state state_of(const struct place *place, const char *wave)
{
    struct wave found;
    assert_int_equal(store_wave_find(place->store, wave, &found, NULL), STATUS_OK);
    return found.state;
}

static void freeze(struct place *place, const char *wave, const char *closes, const char *box_key)
{
    struct fail fail = { 0 };
    const struct wave_plan plan = { .name = wave, .year = 2026, .form = "open_administration", .closes = closes,
                                    .issue_origin = "http://127.0.0.1:1", .collect_origin = "http://127.0.0.1:2",
                                    .box_key = box_key, .passphrase = box_key == NULL ? first : NULL };
    OK(wave_freeze(place->store, place->dir, &plan, &fail));
}

static void invite(struct place *place, const char *wave)
{
    struct fail fail = { 0 };
    const char *units[PEOPLE];
    for (size_t i = 0; i < PEOPLE; i++)
        units[i] = "";
    OK(wave_invite(place->store, wave, units, PEOPLE, place->codes, &fail));
    OK(wave_form(&place->arena, place->dir, wave, &place->form, &fail));
    for (size_t i = 0; i < PEOPLE; i++)
        place->respondents[i].code = place->codes[i];
}

static void ready(struct place *place, const char *wave, const char *closes)
{
    struct fail fail = { 0 };
    freeze(place, wave, closes, NULL);
    OK(wave_rehearse_here(place->dir, wave, first, &fail));
    invite(place, wave);
    OK(wave_open(place->store, place->dir, wave, &fail));
}

/* --- the rehearsal --- */

static void check_gate(void **state)
{
    struct place *place = *state;
    struct fail fail = { 0 };
    struct manifest manifest;
    struct rehearsal rehearsal;
    char path[WAVE_PATH_ROOM];
    freeze(place, "2026", "2099-06-30", NULL);
    invite(place, "2026");
    assert_int_equal(wave_open(place->store, place->dir, "2026", &fail), STATUS_CONFLICT);
    assert_non_null(strstr(fail.what, "querschnitt wave rehearse 2026"));
    assert_int_equal(wave_rehearse_here(place->dir, "2026", second, NULL), STATUS_DENIED);
    assert_int_equal(wave_challenge_answer(place->dir, "2026", "0000-0000-0000-0000", NULL), STATUS_MISSING);
    assert_int_equal(wave_open(place->store, place->dir, "2026", NULL), STATUS_CONFLICT);
    fail = (struct fail){ 0 };
    OK(wave_rehearse_here(place->dir, "2026", first, &fail));
    OK(wave_manifest(place->dir, "2026", &manifest, &fail));
    wave_rehearsed(place->dir, &manifest, &rehearsal);
    assert_true(rehearsal.done && !rehearsal.by_answer);
    /* It holds for this manifest only. */
    manifest.fingerprint[31] ^= 1;
    wave_rehearsed(place->dir, &manifest, &rehearsal);
    assert_false(rehearsal.done);
    OK(wave_open(place->store, place->dir, "2026", &fail));
    /* A form that was changed after freezing, a lost issuer key: noticed by the rehearsal. */
    struct buf more;
    buf_init(&more, 1 << 20);
    wave_path(path, place->dir, "2026", "form.yaml");
    OK(buf_read_file(&more, path, &fail));
    buf_add_string(&more, "\n");
    OK(buf_write_file(&more, path, 0600, &fail));
    assert_int_equal(wave_rehearse_here(place->dir, "2026", first, NULL), STATUS_CONFLICT);
    buf_free(&more);
    wave_path(path, place->dir, "2026", "issuer.key");
    assert_int_equal(unlink(path), 0);
    assert_int_not_equal(wave_rehearse_here(place->dir, "2026", first, NULL), STATUS_OK);
}

/* --- serving on a day that the test chooses --- */

static int64_t clock_of(void *state)
{
    return *(const int64_t *)state;
}

/* Seconds since 1970 of a local time like "2026-06-30 23:50". */
static int64_t at(const char *local)
{
    struct tm moment = { .tm_isdst = -1 };
    assert_int_equal(sscanf(local, "%d-%d-%d %d:%d", &moment.tm_year, &moment.tm_mon, &moment.tm_mday, &moment.tm_hour,
                            &moment.tm_min),
                     5);
    moment.tm_year -= 1900;
    moment.tm_mon -= 1;
    return (int64_t)mktime(&moment);
}

static struct service *serve(struct place *place, unsigned faces, const struct env *env)
{
    struct fail fail = { 0 };
    struct service *service = NULL;
    struct service_options serving = { .dir = place->dir, .faces = faces, .address = "127.0.0.1", .env = env };
    enum status status = STATUS_IO;
    unsigned port = 20000 + (unsigned)getpid() % 20000; /* the collector is looked for on the next port */
    for (int tries = 0; tries < 50 && status != STATUS_OK; tries++) {
        serving.port = port + 7 * (unsigned)tries;
        fail = (struct fail){ 0 };
        status = service_start(&serving, &service, &fail);
    }
    if (status != STATUS_OK)
        fail_msg("%s", fail.what);
    return service;
}

/* How many of the respondents can take part; those who cannot are told that the wave is closed. */
static uint64_t play(struct place *place, struct service *service, const char *wave, size_t from, size_t count)
{
    struct fail fail = { 0 };
    struct simulate_result result = { 0 };
    char origin[64];
    snprintf(origin, sizeof origin, "http://127.0.0.1:%u", service_port(service, FACE_ISSUE));
    struct simulate_options options = { .issue_origin = origin, .wave = wave, .form = place->form, .clients = 2,
                                        .seed = 7 };
    if (simulate(place->respondents + from, count, &options, &result, &fail) != STATUS_OK)
        assert_non_null(strstr(fail.what, "410 closed"));
    free(result.leaves);
    return result.completed;
}

/* --- the strong mode, end to end --- */

static void copy(const char *from, const char *to)
{
    struct buf bytes;
    buf_init(&bytes, 1 << 20);
    assert_int_equal(buf_read_file(&bytes, from, NULL), STATUS_OK);
    assert_int_equal(buf_write_file(&bytes, to, 0600, NULL), STATUS_OK);
    buf_free(&bytes);
}

static void check_strong(void **state)
{
    struct place *place = *state;
    struct fail fail = { 0 };
    char key[128], half[2][128], pub[128], path[WAVE_PATH_ROOM], carried[128], answer[CHALLENGE_ANSWER_ROOM];
    unsigned char public[HPKE_PUBLIC], secret[HPKE_PRIVATE];
    struct challenge challenge;
    struct count_result counted;
    struct wave_view view;
    struct wave wave;
    snprintf(key, sizeof key, "%s/box.key", place->elsewhere);
    snprintf(pub, sizeof pub, "%s/box.key.pub", place->elsewhere);
    snprintf(carried, sizeof carried, "%s/challenge", place->elsewhere);
    for (int i = 0; i < 2; i++)
        snprintf(half[i], sizeof half[i], "%s/half%d", place->elsewhere, i);
    OK(boxkey_create(key, first, public, &fail));
    OK(boxkey_public_write(pub, false, public, &fail));
    freeze(place, "2026", "2099-06-30", pub);
    assert_false(exists(place, "2026", "box.key"));
    invite(place, "2026");
    /* The rehearsal with a wrong key, without one, with a made-up answer. */
    OK(boxkey_create_split(half[0], first, half[1], second, public, &fail));
    OK(boxkey_open_split(half[0], first, half[1], second, secret, &fail));
    assert_int_equal(wave_rehearse(place->dir, "2026", secret, NULL), STATUS_CONFLICT);
    assert_int_equal(wave_rehearse_here(place->dir, "2026", first, NULL), STATUS_MISSING);
    OK(wave_challenge(place->dir, "2026", &fail));
    wave_path(path, place->dir, "2026", "challenge");
    copy(path, carried);
    OK(wave_challenge(place->dir, "2026", &fail)); /* asked again: the one on its way stays good */
    assert_int_equal(wave_challenge_answer(place->dir, "2026", "ABCD-EFGH-JKMN-PQRS", NULL), STATUS_DENIED);
    assert_int_equal(wave_challenge_answer(place->dir, "2026", "ABCD", NULL), STATUS_INPUT);
    assert_int_equal(wave_open(place->store, place->dir, "2026", NULL), STATUS_CONFLICT);
    OK(boxkey_open(key, first, secret, &fail)); /* on the other machine */
    OK(challenge_read(carried, &challenge, &fail));
    OK(challenge_open(&challenge, secret, answer, &fail));
    OK(wave_challenge_answer(place->dir, "2026", answer, &fail)); /* back on the server */
    OK(wave_open(place->store, place->dir, "2026", &fail));
    struct service *service = serve(place, FACE_ISSUE | FACE_COLLECT, NULL);
    assert_int_equal(play(place, service, "2026", 0, 7), 7);
    service_stop(service);
    OK(wave_close(place->store, place->dir, "2026", &fail));
    assert_int_equal(count_wave(place->store, place->dir, "2026", first, &counted, NULL), STATUS_MISSING);
    wave_path(path, place->dir, "2026", "box.key"); /* brought for the count */
    copy(key, path);
    OK(count_wave(place->store, place->dir, "2026", first, &counted, &fail));
    assert_true(counted.ballots == 7 && counted.drawn == 7 && counted.invalid == 0);
    struct erase_order order = { .wave = "2026", .person = "Test", .today = "2099-09-27" };
    assert_int_equal(wave_erase(place->store, place->dir, &order, &fail), STATUS_DENIED);
    assert_non_null(strstr(fail.what, "2099-09-28")); /* 90 days after closing: the day is named */
    order.today = "2099-09-28";
    fail = (struct fail){ 0 };
    OK(wave_erase(place->store, place->dir, &order, &fail));
    assert_false(exists(place, "2026", "ballots.box") || exists(place, "2026", "box.key") ||
                 exists(place, "2026", "receipt.key") || exists(place, "2026", "challenge"));
    assert_true(exists(place, "2026", "answers.txt") && exists(place, "2026", "leaves.txt") &&
                exists(place, "2026", "manifest") && exists(place, "2026", DELETION_PROTOCOL));
    OK(store_wave_find(place->store, "2026", &wave, &fail));
    OK(wave_view(place->store, place->dir, &wave, "2099-10-01", &view, &fail));
    assert_int_equal(wave_rehearse(place->dir, "2026", secret, NULL), STATUS_CONFLICT);
    assert_string_equal(view.wave.erased, "2099-09-28");
    assert_true(view.invited == PEOPLE && view.drawn == 7 && !view.deletion_due);
}

/* --- the last day --- */

static void check_days(void **state)
{
    struct place *place = *state;
    struct fail fail = { 0 };
    int64_t now = at("2026-06-30 23:50");
    const struct env env = { .state = &now, .now = clock_of, .random = env_system.random };
    char path[WAVE_PATH_ROOM];
    struct buf text;
    ready(place, "2026", "2026-06-30");
    struct service *service = serve(place, FACE_ISSUE | FACE_COLLECT, &env);
    assert_int_equal(play(place, service, "2026", 0, 2), 2);
    now = at("2026-07-01 00:01"); /* refused before anybody has closed the wave; 22:01 of the last day in UTC */
    assert_int_equal(play(place, service, "2026", 2, 2), 0);
    housekeeping_round(service);
    assert_int_equal(state_of(place, "2026"), WAVE_OPEN); /* who drew before midnight may still send */
    assert_false(exists(place, "2026", "closed"));
    now = at("2026-07-01 00:11");
    housekeeping_round(service);
    assert_int_equal(state_of(place, "2026"), WAVE_CLOSED);
    assert_true(exists(place, "2026", "closed") && exists(place, "2026", MINUTES_CLOSING));
    assert_false(exists(place, "2026", "issuer.key"));
    now = at("2026-06-15 12:00"); /* the clock goes back: nothing reopens */
    housekeeping_round(service);
    assert_int_equal(play(place, service, "2026", 2, 2), 0);
    assert_int_equal(state_of(place, "2026"), WAVE_CLOSED);
    assert_int_equal(wave_open(place->store, place->dir, "2026", NULL), STATUS_CONFLICT);
    service_stop(service);
    /* The minutes: both languages, the numbers, the hash that sha256sum shows now that nobody holds the box. */
    char command[WAVE_PATH_ROOM * 2 + 64], hash[65] = "";
    wave_path(path, place->dir, "2026", "ballots.box");
    snprintf(command, sizeof command, "sha256sum %s", path);
    FILE *sum = popen(command, "r");
    assert_true(sum != NULL && fscanf(sum, "%64s", hash) == 1 && pclose(sum) == 0);
    buf_init(&text, 1 << 16);
    wave_path(path, place->dir, "2026", MINUTES_CLOSING);
    OK(buf_read_file(&text, path, &fail));
    assert_non_null(strstr(text.bytes, hash));
    assert_non_null(strstr(text.bytes, "Invited: 12\nBallots drawn: 2\n"));
    assert_non_null(strstr(text.bytes, "Eingeladen: 12\n"));
    /* Killed between the state and the minutes: the next round writes them. */
    assert_int_equal(unlink(path), 0);
    OK(housekeeping_close(place->store, place->dir, at("2026-07-02 12:00"), &fail));
    assert_true(exists(place, "2026", MINUTES_CLOSING));
    buf_free(&text);
}

/* A clock that runs ahead by mistake refuses draws, but destroys nothing until it has stayed there for a while. */
static void check_jump(void **state)
{
    struct place *place = *state;
    int64_t now = at("2026-06-15 12:00");
    const struct env env = { .state = &now, .now = clock_of, .random = env_system.random };
    ready(place, "2026", "2026-06-30");
    struct service *service = serve(place, FACE_ISSUE | FACE_COLLECT, &env);
    now = at("2028-01-01 12:00");
    housekeeping_round(service);
    assert_int_equal(state_of(place, "2026"), WAVE_OPEN);
    assert_int_equal(play(place, service, "2026", 0, 1), 0);
    now = at("2026-06-15 12:02");
    housekeeping_round(service);
    assert_int_equal(play(place, service, "2026", 0, 2), 2);
    now = at("2028-01-01 12:00");
    for (int i = 0; i <= HOUSE_DISTRUST; i++) {
        assert_int_equal(state_of(place, "2026"), WAVE_OPEN);
        housekeeping_round(service);
        now += 60;
    }
    assert_int_equal(state_of(place, "2026"), WAVE_CLOSED);
    service_stop(service);
}

/* A collector on its own: no database, only the marker; the box's times say nothing. */
static void check_collector(void **state)
{
    struct place *place = *state;
    int64_t now = at("2026-06-30 12:00");
    const struct env env = { .state = &now, .now = clock_of, .random = env_system.random };
    char path[WAVE_PATH_ROOM];
    struct stat before, after;
    ready(place, "2026", "2026-06-30");
    wave_path(path, place->dir, "2026", "ballots.box");
    assert_int_equal(stat(path, &before), 0);
    struct service *service = serve(place, FACE_COLLECT, &env);
    assert_null(service->store);
    const struct timespec wait = { .tv_nsec = 20000000 }; /* the kernel's clock for files goes in steps */
    const struct timespec odd[2] = { { .tv_sec = before.st_mtim.tv_sec + 3601 }, { .tv_sec = before.st_mtim.tv_sec + 3601 } };
    assert_int_equal(utimensat(AT_FDCWD, path, odd, 0), 0);
    assert_int_equal(stat(path, &before), 0);
    (void)nanosleep(&wait, NULL);
    housekeeping_round(service);
    assert_int_equal(stat(path, &after), 0);
    assert_true(after.st_ctim.tv_sec > before.st_ctim.tv_sec || after.st_ctim.tv_nsec > before.st_ctim.tv_nsec);
    assert_int_equal(after.st_mtim.tv_sec % DAY_SECONDS, 0);
    assert_int_equal(after.st_mtim.tv_nsec, 0);
    assert_false(exists(place, "2026", "closed"));
    for (int i = 0; i < 60; i++) { /* minute by minute over midnight */
        now = at("2026-06-30 23:40") + 60 * i;
        housekeeping_round(service);
        assert_int_equal(exists(place, "2026", "closed"), i >= 30);
    }
    service_stop(service);
    assert_int_equal(state_of(place, "2026"), WAVE_OPEN); /* the issuer's database is the issuer's business */
    assert_true(exists(place, "2026", "issuer.key"));
}

/* --- the end --- */

static size_t audit_rows(struct place *place, const char *action)
{
    const struct audit_row *rows = NULL;
    size_t count = 0;
    size_t found = 0;
    bool intact = false;
    assert_int_equal(store_audit(place->store, &place->arena, &rows, &count, &intact, NULL), STATUS_OK);
    assert_true(intact);
    for (size_t i = 0; i < count; i++)
        found += strcmp(rows[i].action, action) == 0;
    return found;
}

static void check_erase(void **state)
{
    struct place *place = *state;
    struct fail fail = { 0 };
    char path[WAVE_PATH_ROOM];
    struct buf protocol, again;
    uint64_t invited = 0, drawn = 0;
    struct erase_order order = { .wave = "2026", .person = "Frau Beispiel", .today = "2027-01-01" };
    ready(place, "2026", "2026-06-30");
    assert_int_equal(wave_erase(place->store, place->dir, &order, NULL), STATUS_CONFLICT); /* open */
    OK(wave_close(place->store, place->dir, "2026", &fail));
    OK(housekeeping_close(place->store, place->dir, at("2026-12-31 12:00"), &fail));
    OK(housekeeping_close(place->store, place->dir, at("2027-01-01 12:00"), &fail));
    assert_int_equal(audit_rows(place, "deletion due"), 1); /* announced once, and nothing is deleted */
    assert_true(exists(place, "2026", "ballots.box"));
    assert_int_equal(wave_erase(place->store, place->dir, &order, NULL), STATUS_DENIED); /* never counted */
    order.uncounted = true;
    /* Something stands in the way half-way. */
    char aside[WAVE_PATH_ROOM];
    wave_path(path, place->dir, "2026", "receipt.key");
    wave_path(aside, place->dir, "2026", "aside");
    assert_int_equal(rename(path, aside), 0);
    assert_int_equal(mkdir(path, 0700), 0);
    assert_int_not_equal(wave_erase(place->store, place->dir, &order, NULL), STATUS_OK);
    assert_false(exists(place, "2026", "ballots.box") || exists(place, "2026", DELETION_PROTOCOL));
    OK(store_turnout(place->store, 1, &invited, &drawn, &fail));
    assert_int_equal(audit_rows(place, "erase"), 0);
    assert_int_equal(rmdir(path), 0);
    assert_int_equal(rename(aside, path), 0);
    order.today = "2027-01-02"; /* it goes on, with the protocol of the first day */
    OK(wave_erase(place->store, place->dir, &order, &fail));
    assert_int_equal(audit_rows(place, "erase"), 1);
    buf_init(&protocol, 1 << 16);
    buf_init(&again, 1 << 16);
    wave_path(path, place->dir, "2026", DELETION_PROTOCOL);
    OK(buf_read_file(&protocol, path, &fail));
    static const char *const parts[] = { "* ballots.box\n", "* receipt.key\n", "* 12 invitations", "2027-01-01",
                                         "Frau Beispiel", "Löschprotokoll" };
    for (size_t i = 0; i < COUNT(parts); i++)
        assert_non_null(strstr(protocol.bytes, parts[i]));
    OK(wave_erase(place->store, place->dir, &order, &fail)); /* repeated: nothing happens */
    OK(buf_read_file(&again, path, &fail));
    assert_string_equal(protocol.bytes, again.bytes);
    assert_int_equal(audit_rows(place, "erase"), 1);
    OK(store_turnout(place->store, 1, &invited, &drawn, &fail)); /* the numbers stay, the codes are gone */
    assert_int_equal(invited, PEOPLE);
    buf_free(&protocol);
    buf_free(&again);
}

/* Killed at whatever moment: repeated, it is complete. */
static void check_kill(void **state)
{
    struct place *place = *state;
    struct fail fail = { 0 };
    const struct erase_order order = { .wave = "2026", .person = "Test", .today = "2027-01-01", .uncounted = true };
    char command[256], base[96];
    ready(place, "2026", "2026-06-30");
    OK(wave_close(place->store, place->dir, "2026", &fail));
    store_close(place->store);
    place->store = NULL;
    snprintf(base, sizeof base, "%s.base", place->dir);
    snprintf(command, sizeof command, "cp -a %s %s", place->dir, base);
    assert_int_equal(system(command), 0);
    for (long round = 0; round < 8; round++) {
        const struct timespec wait = { .tv_nsec = round * 700000 };
        snprintf(command, sizeof command, "rm -r %s && cp -a %s %s", place->dir, base, place->dir);
        assert_int_equal(system(command), 0);
        pid_t child = fork();
        if (child == 0) {
            struct store *store = NULL;
            if (store_open(place->dir, STORE_WRITE, &store, NULL) == STATUS_OK &&
                wave_erase(store, place->dir, &order, NULL) == STATUS_OK)
                _exit(0);
            _exit(1);
        }
        (void)nanosleep(&wait, NULL);
        kill(child, SIGKILL);
        assert_int_equal(waitpid(child, NULL, 0), child);
        OK(store_open(place->dir, STORE_WRITE, &place->store, &fail));
        OK(wave_erase(place->store, place->dir, &order, &fail));
        assert_true(exists(place, "2026", DELETION_PROTOCOL));
        assert_false(exists(place, "2026", "deletion.pending") || exists(place, "2026", "ballots.box") ||
                     exists(place, "2026", "box.key"));
        assert_int_equal(audit_rows(place, "erase"), 1);
        store_close(place->store);
        place->store = NULL;
    }
    snprintf(command, sizeof command, "rm -r %s", base);
    assert_int_equal(system(command), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(check_gate, begin, end),
        cmocka_unit_test_setup_teardown(check_strong, begin, end),
        cmocka_unit_test_setup_teardown(check_days, begin, end),
        cmocka_unit_test_setup_teardown(check_jump, begin, end),
        cmocka_unit_test_setup_teardown(check_collector, begin, end),
        cmocka_unit_test_setup_teardown(check_erase, begin, end),
        cmocka_unit_test_setup_teardown(check_kill, begin, end),
    };
    if (setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1) != 0 || sodium_init() < 0)
        return 1;
    tzset();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
