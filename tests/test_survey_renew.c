/* A reminder and a draw at the same moment, on two connections as server and command line have them: each person keeps
 * exactly one code that works, or has drawn with the old one. Never neither, never both. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "survey/store.h"

enum { PEOPLE = 120 };

struct person {
    struct recipient recipient;
    unsigned char old_code[32], new_code[32];
    enum draw_result drawn;
    bool renewed;
};

struct scene {
    char dir[64];
    int64_t wave;
    struct person people[PEOPLE];
    pthread_barrier_t start; /* each person anew: both hands reach for the same row */
    enum status drawing, renewing;
};

static enum status try_draw(struct store *store, int64_t wave, const unsigned char code[32], enum draw_result *result)
{
    struct draw draw = { .wave = wave };
    memcpy(draw.code_hash, code, 32);
    memset(draw.blinded_hash, 0x5A, 32);
    enum status status = store_draw(store, &draw, NULL);
    *result = draw.result;
    return status;
}

static void *draw_all(void *context)
{
    struct scene *scene = context;
    struct store *store = NULL;
    scene->drawing = store_open(scene->dir, STORE_WRITE, &store, NULL);
    for (size_t i = 0; i < PEOPLE; i++) {
        struct person *person = &scene->people[i];
        pthread_barrier_wait(&scene->start);
        if (scene->drawing == STATUS_OK)
            scene->drawing = try_draw(store, scene->wave, person->old_code, &person->drawn);
    }
    store_close(store);
    return NULL;
}

static void *renew_all(void *context)
{
    struct scene *scene = context;
    struct store *store = NULL;
    scene->renewing = store_open(scene->dir, STORE_WRITE, &store, NULL);
    for (size_t i = 0; i < PEOPLE; i++) {
        struct person *person = &scene->people[i];
        pthread_barrier_wait(&scene->start);
        for (volatile unsigned k = 0; k < (i % 8) * 4000; k++) /* now the one, now the other comes first */
            ;
        if (scene->renewing == STATUS_OK)
            scene->renewing = store_recipient_code(store, scene->wave, &person->recipient, person->new_code,
                                                   &person->renewed, NULL);
    }
    store_close(store);
    return NULL;
}

static struct store *prepare(struct scene *scene)
{
    struct wave wave = { .name = "2025", .year = 2025, .state = WAVE_OPEN, .closes = "2025-06-30" };
    struct store *store = NULL;
    snprintf(scene->dir, sizeof scene->dir, "/tmp/querschnitt-renew-XXXXXX");
    assert_non_null(mkdtemp(scene->dir));
    assert_int_equal(store_open(scene->dir, STORE_WRITE, &store, NULL), STATUS_OK);
    assert_int_equal(store_wave_add(store, &wave, &scene->wave, NULL), STATUS_OK);
    for (size_t i = 0; i < PEOPLE; i++) {
        struct person *person = &scene->people[i];
        bool given = false;
        person->recipient =
            (struct recipient){ .line = (uint32_t)i, .unit = "51", .language = "de", .email = "", .address = "" };
        memset(person->recipient.id, 0xA0, sizeof person->recipient.id);
        memset(person->old_code, 0x10, sizeof person->old_code);
        memset(person->new_code, 0x20, sizeof person->new_code);
        person->recipient.id[0] = person->old_code[0] = person->new_code[0] = (unsigned char)i;
        assert_int_equal(store_recipients_add(store, scene->wave, &person->recipient, 1, NULL), STATUS_OK);
        assert_int_equal(store_recipient_code(store, scene->wave, &person->recipient, person->old_code, &given, NULL),
                         STATUS_OK);
        assert_true(given);
    }
    return store;
}

static void one_of_them_wins(void **state)
{
    static struct scene scene;
    (void)state;
    struct store *store = prepare(&scene);
    pthread_t hands[2];
    size_t drawn = 0;
    char path[128];
    assert_int_equal(pthread_barrier_init(&scene.start, NULL, 2), 0);
    assert_int_equal(pthread_create(&hands[0], NULL, draw_all, &scene), 0);
    assert_int_equal(pthread_create(&hands[1], NULL, renew_all, &scene), 0);
    pthread_join(hands[0], NULL);
    pthread_join(hands[1], NULL);
    pthread_barrier_destroy(&scene.start);
    assert_int_equal(scene.drawing, STATUS_OK);
    assert_int_equal(scene.renewing, STATUS_OK);
    for (size_t i = 0; i < PEOPLE; i++) {
        const struct person *person = &scene.people[i];
        enum draw_result again = DRAW_UNKNOWN;
        enum draw_result fresh = DRAW_UNKNOWN;
        assert_int_equal(try_draw(store, scene.wave, person->old_code, &again), STATUS_OK);
        assert_int_equal(try_draw(store, scene.wave, person->new_code, &fresh), STATUS_OK);
        if (person->renewed) {
            assert_int_equal(person->drawn, DRAW_UNKNOWN);
            assert_int_equal(again, DRAW_UNKNOWN);
            assert_int_equal(fresh, DRAW_NEW);
        } else {
            assert_int_equal(person->drawn, DRAW_NEW);
            assert_int_equal(again, DRAW_REPEAT);
            assert_int_equal(fresh, DRAW_UNKNOWN);
        }
        drawn += !person->renewed;
    }
    uint64_t codes = 0;
    assert_int_equal(store_personal(store, scene.wave, &codes, NULL), STATUS_OK);
    assert_int_equal(codes, PEOPLE); /* one row a person, whoever won */
    print_message("%zu drew first, %zu were reminded first\n", drawn, (size_t)PEOPLE - drawn);
    store_close(store);
    static const char *const files[] = { "querschnitt.sqlite", "querschnitt.sqlite-journal" };
    for (size_t i = 0; i < COUNT(files); i++) {
        snprintf(path, sizeof path, "%s/%s", scene.dir, files[i]);
        unlink(path);
    }
    assert_int_equal(rmdir(scene.dir), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(one_of_them_wins) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
