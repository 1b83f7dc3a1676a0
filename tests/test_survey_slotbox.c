/* The ballot box: exactly once, full, recovery after kills, damaged files, lock, shared syncs, uniform slots. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "survey/slotbox_file.h"

enum { SEALED = 700, SLOTS = 12, DAY = 86400, OPENED = 1700000000 };

struct place {
    char dir[48], path[64];
    unsigned char fingerprint[32];
    struct slotbox *box;
};

static int begin(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    snprintf(place->dir, sizeof place->dir, "/tmp/querschnitt-box-XXXXXX");
    assert_non_null(mkdtemp(place->dir));
    snprintf(place->path, sizeof place->path, "%s/ballots.box", place->dir);
    memset(place->fingerprint, 7, 32);
    assert_int_equal(slotbox_create(place->path, SLOTS, SEALED, place->fingerprint, OPENED, NULL), STATUS_OK);
    assert_int_equal(slotbox_open(place->path, place->fingerprint, &place->box, NULL), STATUS_OK);
    *state = place;
    return 0;
}

static int end(void **state)
{
    struct place *place = *state;
    slotbox_close(place->box);
    (void)unlink(place->path);
    int left = rmdir(place->dir);
    free(place);
    return left;
}

static void reopen(struct place *place)
{
    slotbox_close(place->box);
    place->box = NULL;
    assert_int_equal(slotbox_open(place->path, place->fingerprint, &place->box, NULL), STATUS_OK);
}

/* Bytes that follow from a number. */
static enum box_result put(struct place *place, unsigned number, unsigned variant)
{
    unsigned char bytes[SEALED + 448];
    enum box_result result = BOX_FULL;
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)(number * 31 + variant * 17 * (i > 600) + i);
    bytes[0] = (unsigned char)number;
    bytes[1] = (unsigned char)(number >> 8);
    const struct ballot ballot = { bytes, bytes + 32, bytes + 64, bytes + 448, SEALED, 1 };
    assert_int_equal(slotbox_put(place->box, &ballot, &result, NULL), STATUS_OK);
    return result;
}

static void check_once(void **state)
{
    struct place *place = *state;
    assert_int_equal(put(place, 1, 0), BOX_NEW);
    assert_int_equal(put(place, 1, 0), BOX_REPEAT);
    assert_int_equal(put(place, 1, 1), BOX_CONFLICT);
    assert_int_equal(put(place, 2, 0), BOX_NEW);
    reopen(place);
    assert_int_equal(slotbox_count(place->box), 2);
    assert_int_equal(put(place, 1, 0), BOX_REPEAT);
    assert_int_equal(put(place, 1, 1), BOX_CONFLICT);
}

static void check_full(void **state)
{
    struct place *place = *state;
    for (unsigned i = 0; i < SLOTS; i++)
        assert_int_equal(put(place, i, 0), BOX_NEW);
    assert_int_equal(put(place, 99, 0), BOX_FULL);
    assert_int_equal(put(place, 3, 0), BOX_REPEAT);
    reopen(place);
    assert_int_equal(slotbox_count(place->box), SLOTS);
    assert_int_equal(put(place, 99, 0), BOX_FULL);
}

static void check_time(void **state)
{
    struct place *place = *state;
    struct stat info;
    put(place, 1, 0);
    reopen(place);
    put(place, 2, 0);
    assert_int_equal(stat(place->path, &info), 0);
    assert_int_equal(info.st_mtime, OPENED - OPENED % DAY);
    assert_int_equal(info.st_mode & 0777, 0600);
    assert_int_equal(info.st_size, BOX_HEADER + SLOTS * box_room(SEALED));
}

static void check_lock(void **state)
{
    struct place *place = *state;
    struct slotbox *second = NULL;
    assert_int_equal(slotbox_open(place->path, place->fingerprint, &second, NULL), STATUS_CONFLICT);
    assert_int_equal(slotbox_create(place->path, 1, SEALED, place->fingerprint, 0, NULL), STATUS_CONFLICT);
}

/* Position of the only record. */
static uint32_t find_slot(const unsigned char *bytes, const struct box_shape *shape)
{
    struct ballot ballot;
    for (uint32_t slot = 0; slot < SLOTS; slot++)
        if (box_record_read(shape, bytes + BOX_HEADER + (size_t)slot * shape->room, &ballot))
            return slot;
    return SLOTS;
}

static unsigned char *read_all(struct place *place, size_t *size)
{
    struct box_shape shape = { SLOTS, box_room(SEALED), SEALED, false };
    *size = BOX_HEADER + (size_t)SLOTS * shape.room;
    unsigned char *bytes = malloc(*size);
    int file = open(place->path, O_RDONLY);
    assert_true(file >= 0 && bytes != NULL && box_read(file, bytes, *size, 0));
    close(file);
    return bytes;
}

/* A slot whose writing was cut off is free again, and nothing of it stays after the next start. */
static void check_torn(void **state)
{
    struct place *place = *state;
    struct box_shape shape = { SLOTS, box_room(SEALED), SEALED, false };
    size_t size = 0;
    put(place, 1, 0);
    unsigned char *before = read_all(place, &size);
    uint32_t slot = find_slot(before, &shape);
    assert_true(slot < SLOTS);
    slotbox_close(place->box);
    place->box = NULL;
    int file = open(place->path, O_RDWR);
    assert_true(box_write(file, "torn", 4, BOX_HEADER + (uint64_t)slot * shape.room + shape.room - 4));
    assert_int_equal(box_header_write(file, place->path, &shape, place->fingerprint, NULL), STATUS_OK); /* not clean */
    close(file);
    assert_int_equal(slotbox_open(place->path, place->fingerprint, &place->box, NULL), STATUS_OK);
    assert_int_equal(slotbox_count(place->box), 0);
    unsigned char *after = read_all(place, &size);
    for (uint32_t i = 0; i < SLOTS; i++) /* all free slots have new bytes */
        assert_memory_not_equal(before + BOX_HEADER + (size_t)i * shape.room,
                                after + BOX_HEADER + (size_t)i * shape.room, shape.room);
    assert_int_equal(put(place, 1, 0), BOX_NEW);
    free(before);
    free(after);
}

static void check_clean(void **state)
{
    struct place *place = *state;
    size_t size = 0;
    unsigned char *before = read_all(place, &size);
    reopen(place); /* an orderly end leaves the slots alone: big boxes start fast */
    unsigned char *after = read_all(place, &size);
    assert_memory_equal(before + BOX_HEADER, after + BOX_HEADER, size - BOX_HEADER);
    free(before);
    free(after);
}

static void refused(struct place *place, enum status expected, const char *part)
{
    struct fail fail = { 0 };
    struct slotbox *box = NULL;
    assert_int_equal(slotbox_open(place->path, place->fingerprint, &box, &fail), expected);
    assert_non_null(strstr(fail.what, part));
}

static void check_damaged(void **state)
{
    struct place *place = *state;
    struct stat info;
    slotbox_close(place->box);
    place->box = NULL;
    place->fingerprint[0] ^= 1;
    refused(place, STATUS_INPUT, "another wave");
    place->fingerprint[0] ^= 1;
    assert_int_equal(stat(place->path, &info), 0);
    assert_int_equal(truncate(place->path, info.st_size - 1), 0);
    refused(place, STATUS_INPUT, "not complete");
    assert_int_equal(truncate(place->path, 100), 0);
    refused(place, STATUS_INPUT, "damaged");
    assert_int_equal(truncate(place->path, info.st_size), 0);
    int file = open(place->path, O_RDWR);
    assert_true(box_write(file, "X", 1, 0));
    close(file);
    refused(place, STATUS_INPUT, "damaged");
    assert_int_equal(unlink(place->path), 0);
    refused(place, STATUS_MISSING, "no ballot box");
}

struct worker {
    struct place *place;
    unsigned first;
    unsigned accepted;
};

static void *work(void *context)
{
    struct worker *worker = context;
    for (unsigned i = 0; i < 6; i++) /* the serials of two workers overlap */
        worker->accepted += put(worker->place, worker->first + i, 0) == BOX_NEW;
    return NULL;
}

static void check_threads(void **state)
{
    struct place *place = *state;
    struct worker workers[4] = { { place, 0, 0 }, { place, 3, 0 }, { place, 3, 0 }, { place, 6, 0 } };
    pthread_t threads[4];
    unsigned accepted = 0;
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, work, &workers[i]), 0);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        accepted += workers[i].accepted;
    }
    assert_int_equal(accepted, 12);
    reopen(place);
    assert_int_equal(slotbox_count(place->box), 12);
}

/* The slot of a first ballot over many boxes. With a uniform draw over 12 slots the chi-squared statistic of 240 boxes has 11
 * degrees of freedom: above 40 once in 30,000 runs. The lowest-free-slot rule would give 2,640. */
static void check_uniform(void **state)
{
    struct place *place = *state;
    struct box_shape shape = { SLOTS, box_room(SEALED), SEALED, false };
    unsigned seen[SLOTS] = { 0 };
    double chi = 0;
    for (int run = 0; run < 240; run++) {
        size_t size = 0;
        slotbox_close(place->box);
        place->box = NULL;
        assert_int_equal(unlink(place->path), 0);
        assert_int_equal(slotbox_create(place->path, SLOTS, SEALED, place->fingerprint, OPENED, NULL), STATUS_OK);
        assert_int_equal(slotbox_open(place->path, place->fingerprint, &place->box, NULL), STATUS_OK);
        put(place, 1, 0);
        unsigned char *bytes = read_all(place, &size);
        seen[find_slot(bytes, &shape)]++;
        free(bytes);
    }
    for (int i = 0; i < SLOTS; i++)
        chi += (seen[i] - 20.0) * (seen[i] - 20.0) / 20.0;
    assert_true(chi < 40.0);
}

static struct {
    const char *name;
    void (*check)(void **state);
} cases[] = {
    { "each serial once, repeats get the same answer", check_once },
    { "a full box says so and keeps answering repeats", check_full },
    { "the file's time and mode stay", check_time },
    { "one collector a box", check_lock },
    { "a torn slot is free, free slots are filled anew", check_torn },
    { "a clean restart rewrites nothing", check_clean },
    { "damaged, truncated, foreign and missing boxes are refused", check_damaged },
    { "several threads share syncs", check_threads },
    { "slots are drawn uniformly", check_uniform },
};

int main(void)
{
    struct CMUnitTest tests[COUNT(cases)];
    for (size_t i = 0; i < COUNT(cases); i++)
        tests[i] = (struct CMUnitTest){ cases[i].name, cases[i].check, begin, end, NULL };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
