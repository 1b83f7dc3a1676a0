/* The ballot box: exactly once, changes, full, recovery, damaged files, lock, uniform slots. Kills, power failures and shared
 * syncs: test_survey_slotbox_crash.c. */
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

enum { SEALED = 700, SLOTS = 12, ALL_SLOTS = SLOTS + BOX_RESERVE, DAY = 86400, OPENED = 1700000000 };

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
static enum box_result put_version(struct place *place, unsigned number, unsigned variant, uint32_t version)
{
    unsigned char bytes[SEALED + 448];
    enum box_result result = BOX_FULL;
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)(number * 31 + variant * 17 * (i > 600) + i);
    bytes[0] = (unsigned char)number;
    bytes[1] = (unsigned char)(number >> 8);
    const struct ballot ballot = { bytes, bytes + 32, bytes + 64, bytes + 448, SEALED, version };
    assert_int_equal(slotbox_put(place->box, &ballot, &result, NULL), STATUS_OK);
    return result;
}

static enum box_result put(struct place *place, unsigned number, unsigned variant)
{
    return put_version(place, number, variant, 1);
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
    assert_int_equal(info.st_size, BOX_HEADER + ALL_SLOTS * box_room(SEALED));
}

static void check_lock(void **state)
{
    struct place *place = *state;
    struct slotbox *second = NULL;
    assert_int_equal(slotbox_open(place->path, place->fingerprint, &second, NULL), STATUS_CONFLICT);
    assert_int_equal(slotbox_create(place->path, 1, SEALED, place->fingerprint, 0, NULL), STATUS_CONFLICT);
}

/* Position of the only record. */
static uint32_t find_slot(unsigned char *bytes, const struct box_shape *shape)
{
    struct ballot ballot;
    for (uint32_t slot = 0; slot < shape->slots; slot++)
        if (box_record_read(shape, bytes + BOX_HEADER + (size_t)slot * shape->room, &ballot) == SLOT_RECORD)
            return slot;
    return shape->slots;
}

static unsigned char *read_all(struct place *place, size_t *size)
{
    struct box_shape shape = { ALL_SLOTS, box_room(SEALED), SEALED };
    *size = BOX_HEADER + (size_t)ALL_SLOTS * shape.room;
    unsigned char *bytes = malloc(*size);
    int file = open(place->path, O_RDONLY);
    assert_true(file >= 0 && bytes != NULL && box_read(file, bytes, *size, 0));
    close(file);
    return bytes;
}

/* A slot whose writing was cut off is free again, nothing of it stays after the next start, and nothing else is touched. */
static void check_torn(void **state)
{
    struct place *place = *state;
    struct box_shape shape = { ALL_SLOTS, box_room(SEALED), SEALED };
    size_t size = 0;
    put(place, 1, 0);
    unsigned char *before = read_all(place, &size);
    unsigned char *plain = read_all(place, &size);
    uint32_t slot = find_slot(plain, &shape);
    assert_true(slot < ALL_SLOTS);
    slotbox_close(place->box);
    place->box = NULL;
    int file = open(place->path, O_RDWR);
    assert_true(box_write(file, "torn", 4, box_offset(&shape, slot) + shape.room - 4));
    close(file);
    assert_int_equal(slotbox_open(place->path, place->fingerprint, &place->box, NULL), STATUS_OK);
    assert_int_equal(slotbox_count(place->box), 0);
    unsigned char *after = read_all(place, &size);
    for (uint32_t i = 0; i < ALL_SLOTS; i++)
        for (uint32_t at = 0; at < shape.room; at += BOX_SECTOR) {
            uint64_t offset = box_offset(&shape, i) + at;
            assert_true((memcmp(before + offset, after + offset, BOX_SECTOR) == 0) == (i != slot));
        }
    assert_int_equal(put(place, 1, 0), BOX_NEW);
    free(before);
    free(plain);
    free(after);
}

static void check_change(void **state)
{
    struct place *place = *state;
    unsigned char serial[BOX_SERIAL];
    for (size_t i = 0; i < sizeof serial; i++)
        serial[i] = (unsigned char)(31 + i);
    serial[0] = 1;
    serial[1] = 0;
    assert_int_equal(slotbox_version(place->box, serial), 0);
    assert_int_equal(put(place, 1, 0), BOX_NEW);
    assert_int_equal(put_version(place, 1, 1, 3), BOX_CHANGE);
    assert_int_equal(put_version(place, 1, 1, 3), BOX_REPEAT);
    assert_int_equal(put_version(place, 1, 2, 3), BOX_CONFLICT);
    assert_int_equal(put_version(place, 1, 1, 3 | BOX_WITHDRAWN), BOX_CONFLICT);
    assert_int_equal(put_version(place, 1, 1, 2), BOX_CONFLICT);
    assert_int_equal(put(place, 1, 0), BOX_CONFLICT);
    assert_int_equal(put_version(place, 1, 3, 4 | BOX_WITHDRAWN), BOX_CHANGE);
    assert_int_equal(slotbox_version(place->box, serial), 4 | BOX_WITHDRAWN);
    reopen(place);
    assert_int_equal(slotbox_count(place->box), 1);
    assert_int_equal(put_version(place, 1, 3, 4 | BOX_WITHDRAWN), BOX_REPEAT);
    assert_int_equal(put_version(place, 1, 4, 5), BOX_CHANGE); /* takes the withdrawal back */
    assert_int_equal(put_version(place, 2, 4, 2), BOX_NEW);    /* the first submission never arrived */
    assert_int_equal(slotbox_version(place->box, serial), 5);
}

/* A box that takes no new ballot still takes every change, again and again. */
static void check_change_full(void **state)
{
    struct place *place = *state;
    for (unsigned i = 0; i < SLOTS; i++)
        assert_int_equal(put(place, i, 0), BOX_NEW);
    for (uint32_t version = 2; version < 8; version++)
        for (unsigned i = 0; i < SLOTS; i++)
            assert_int_equal(put_version(place, i, version, version), BOX_CHANGE);
    assert_int_equal(put(place, 99, 0), BOX_FULL);
    assert_int_equal(put_version(place, 99, 0, 2), BOX_FULL);
    reopen(place);
    assert_int_equal(slotbox_count(place->box), SLOTS);
    assert_int_equal(put_version(place, 3, 7, 7), BOX_REPEAT);
}

struct seen {
    unsigned count;
    uint32_t versions;
};

static bool see(void *context, const struct ballot *ballot)
{
    struct seen *seen = context;
    seen->count++;
    seen->versions += ballot->version;
    return true;
}

/* What the count sees: one record a serial; and the file holds no other. */
static void check_read(void **state)
{
    struct place *place = *state;
    struct box_shape shape = { ALL_SLOTS, box_room(SEALED), SEALED };
    struct seen seen = { 0 };
    struct ballot ballot;
    size_t size = 0;
    unsigned records = 0;
    put(place, 1, 0);
    put(place, 2, 0);
    put_version(place, 1, 1, 2);
    assert_int_equal(slotbox_read(place->path, place->fingerprint, see, &seen, NULL), STATUS_OK);
    assert_int_equal(seen.count, 2);
    assert_int_equal(seen.versions, 3);
    unsigned char *bytes = read_all(place, &size);
    for (uint32_t slot = 0; slot < ALL_SLOTS; slot++)
        records += box_record_read(&shape, bytes + box_offset(&shape, slot), &ballot) != SLOT_FREE;
    assert_int_equal(records, 2);
    free(bytes);
}

/* The memory of a process whose ballots came in another order: the same answers, whatever runs of neighbours form. */
static void check_many(void **state)
{
    struct place *place = *state;
    slotbox_close(place->box);
    place->box = NULL;
    assert_int_equal(unlink(place->path), 0);
    assert_int_equal(slotbox_create(place->path, 600, SEALED, place->fingerprint, OPENED, NULL), STATUS_OK);
    assert_int_equal(slotbox_open(place->path, place->fingerprint, &place->box, NULL), STATUS_OK);
    for (unsigned i = 0; i < 600; i++)
        assert_int_equal(put(place, i * 7 % 600, 0), BOX_NEW);
    for (unsigned i = 0; i < 600; i++)
        assert_int_equal(put(place, i, 0), BOX_REPEAT);
    reopen(place);
    assert_int_equal(slotbox_count(place->box), 600);
    for (unsigned i = 0; i < 600; i++)
        assert_int_equal(put(place, i, 0), BOX_REPEAT);
    assert_int_equal(put(place, 700, 0), BOX_FULL);
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

/* The slot of a first ballot over many boxes. With a uniform draw over 20 slots the chi-squared statistic of 400 boxes has 19
 * degrees of freedom: above 60 four times in a million runs. The lowest-free-slot rule would give 7,600. */
static void check_uniform(void **state)
{
    struct place *place = *state;
    struct box_shape shape = { ALL_SLOTS, box_room(SEALED), SEALED };
    unsigned seen[ALL_SLOTS] = { 0 };
    double chi = 0;
    for (int run = 0; run < 400; run++) {
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
    for (int i = 0; i < ALL_SLOTS; i++)
        chi += (seen[i] - 20.0) * (seen[i] - 20.0) / 20.0;
    assert_true(chi < 60.0);
}

static struct {
    const char *name;
    void (*check)(void **state);
} cases[] = {
    { "each serial once, repeats get the same answer", check_once },
    { "a full box says so and keeps answering repeats", check_full },
    { "the file's time and mode stay", check_time },
    { "one collector a box", check_lock },
    { "a change replaces, only a higher one", check_change },
    { "a full box takes changes", check_change_full },
    { "one record a serial, in the file as well", check_read },
    { "hundreds of serials in any order", check_many },
    { "a torn slot is wiped, all others stay", check_torn },
    { "a restart rewrites nothing", check_clean },
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
