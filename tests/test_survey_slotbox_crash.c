/* The ballot box under kills, power failures and a disk that refuses. The program's own pwrite and fdatasync stand here: they
 * note what the disk would hold, stop at a chosen step, wait, or fail. No hook in the product. */
#define _GNU_SOURCE /* syscall */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/env.h"
#include "survey/slotbox_file.h"

enum { SEALED = 1200, SLOTS = 6, ALL_SLOTS = SLOTS + BOX_RESERVE, BYTES_MAX = 1 << 17, KILLED = 77 };

/* What the wrapped calls do. */
static struct disk {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    unsigned char *durable;    /* NULL: not noted; else the bytes a power failure leaves */
    bool dirty[BYTES_MAX / BOX_SECTOR]; /* written since the last sync */
    int steps_left;  /* before the process ends; negative: never */
    bool half;       /* the last write is cut in two */
    bool refuse_sync, hold_sync, in_sync;
    unsigned writes, syncs;
    unsigned answers, answers_before_sync; /* of the thread test */
} disk = { .lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER, .steps_left = -1 };

static ssize_t really_write(int file, const void *bytes, size_t length, off_t offset)
{
    return (ssize_t)syscall(SYS_pwrite64, file, bytes, length, offset);
}

ssize_t pwrite(int file, const void *bytes, size_t length, off_t offset)
{
    if (disk.steps_left == 0) {
        if (disk.half)
            (void)really_write(file, bytes, length / 2, offset);
        _exit(KILLED);
    }
    pthread_mutex_lock(&disk.lock);
    disk.steps_left -= disk.steps_left > 0;
    disk.writes++;
    ssize_t done = really_write(file, bytes, length, offset);
    for (off_t at = offset; disk.durable != NULL && at < offset + done; at += BOX_SECTOR)
        disk.dirty[at / BOX_SECTOR] = true;
    pthread_cond_broadcast(&disk.changed);
    pthread_mutex_unlock(&disk.lock);
    return done;
}

int fdatasync(int file)
{
    if (disk.steps_left == 0)
        _exit(KILLED);
    pthread_mutex_lock(&disk.lock);
    disk.steps_left -= disk.steps_left > 0;
    disk.syncs++;
    disk.in_sync = true;
    disk.answers_before_sync = disk.answers;
    pthread_cond_broadcast(&disk.changed);
    while (disk.hold_sync)
        pthread_cond_wait(&disk.changed, &disk.lock);
    disk.in_sync = false;
    bool refused = disk.refuse_sync;
    if (!refused && disk.durable != NULL) {
        (void)syscall(SYS_pread64, file, disk.durable, BYTES_MAX, 0);
        memset(disk.dirty, 0, sizeof disk.dirty);
    }
    pthread_mutex_unlock(&disk.lock);
    errno = EIO;
    return refused ? -1 : 0;
}

struct place {
    char dir[48], path[64];
    unsigned char fingerprint[32];
    struct box_shape shape;
};

static int begin(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    snprintf(place->dir, sizeof place->dir, "/tmp/querschnitt-crash-XXXXXX");
    assert_non_null(mkdtemp(place->dir));
    snprintf(place->path, sizeof place->path, "%s/ballots.box", place->dir);
    place->shape = (struct box_shape){ ALL_SLOTS, box_room(SEALED), SEALED };
    assert_int_equal(slotbox_create(place->path, SLOTS, SEALED, place->fingerprint, 0, NULL), STATUS_OK);
    *state = place;
    return 0;
}

static int end(void **state)
{
    struct place *place = *state;
    (void)unlink(place->path);
    int left = rmdir(place->dir);
    free(place);
    return left;
}

static struct slotbox *take(struct place *place)
{
    struct slotbox *box = NULL;
    assert_int_equal(slotbox_open(place->path, place->fingerprint, &box, NULL), STATUS_OK);
    return box;
}

static size_t box_bytes(const struct place *place)
{
    return BOX_HEADER + (size_t)ALL_SLOTS * place->shape.room;
}

static unsigned char *read_all(struct place *place)
{
    unsigned char *bytes = calloc(1, BYTES_MAX);
    int file = open(place->path, O_RDONLY);
    assert_true(bytes != NULL && file >= 0 && box_bytes(place) <= BYTES_MAX);
    assert_true(box_read(file, bytes, box_bytes(place), 0));
    close(file);
    return bytes;
}

static void write_all(struct place *place, const unsigned char *bytes)
{
    int file = open(place->path, O_WRONLY);
    assert_int_equal(really_write(file, bytes, box_bytes(place), 0), (ssize_t)box_bytes(place));
    close(file);
}

/* The bytes of a ballot follow from its number and version: the repeated one is the same. */
static enum status put(struct slotbox *box, unsigned number, uint32_t version, enum box_result *result)
{
    unsigned char bytes[448 + SEALED];
    struct seeded random;
    for (size_t i = 0; i < sizeof bytes; i++) {
        if (i == 0 || i == 64)
            seeded_init(&random, i == 0 ? number : number * UINT64_C(1000) + version);
        bytes[i] = (unsigned char)seeded_next(&random);
    }
    const struct ballot ballot = { bytes, bytes + 32, bytes + 64, bytes + 448, SEALED, version };
    *result = BOX_FULL;
    return slotbox_put(box, &ballot, result, NULL);
}

static uint32_t version_of(struct slotbox *box, unsigned number)
{
    unsigned char serial[BOX_SERIAL];
    struct seeded random;
    seeded_init(&random, number);
    for (size_t i = 0; i < sizeof serial; i++)
        serial[i] = (unsigned char)seeded_next(&random);
    return slotbox_version(box, serial);
}

/* Records and pieces of records in the file as it lies there. */
static unsigned not_free(struct place *place)
{
    struct ballot ballot;
    unsigned count = 0;
    unsigned char *bytes = read_all(place);
    for (uint32_t slot = 0; slot < ALL_SLOTS; slot++)
        count += box_record_read(&place->shape, bytes + box_offset(&place->shape, slot), &ballot) != SLOT_FREE;
    free(bytes);
    return count;
}

/* One ballot is there, another is changed from version 1 to 2; the process ends at the given step. Returns whether it
 * still got its answer. */
static bool change_killed(struct place *place, int step, bool half)
{
    pid_t child = fork();
    if (child == 0) {
        enum box_result result = BOX_FULL;
        struct slotbox *box = take(place);
        disk.steps_left = step;
        disk.half = half;
        enum status status = put(box, 2, 2, &result);
        _exit(status == STATUS_OK && result == BOX_CHANGE ? 0 : 1);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && (WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == KILLED));
    return WEXITSTATUS(status) == 0;
}

/* kill -9 at every call of a change: either the old or the new version, never none, never both, nothing else left over. */
static void check_kill(void **state)
{
    struct place *place = *state;
    enum box_result result = BOX_FULL;
    struct slotbox *box = take(place);
    assert_int_equal(put(box, 1, 1, &result), STATUS_OK);
    assert_int_equal(put(box, 2, 1, &result), STATUS_OK);
    slotbox_close(box);
    unsigned char *before = read_all(place);
    bool answered = false;
    for (int step = 0; !answered; step++) {
        for (int half = 0; half < 2; half++) {
            write_all(place, before);
            answered = change_killed(place, step, half == 1);
            box = take(place);
            uint32_t version = version_of(box, 2);
            assert_int_equal(version, step < 2 ? 1 : 2); /* the second write completes the new record */
            assert_int_equal(version_of(box, 1), 1);
            assert_int_equal(slotbox_count(box), 2);
            assert_int_equal(not_free(place), 2);
            assert_int_equal(put(box, 2, 2, &result), STATUS_OK); /* the person repeats */
            assert_int_equal(result, version == 2 ? BOX_REPEAT : BOX_CHANGE);
            slotbox_close(box);
        }
    }
    free(before);
}

/* A power failure keeps any of the sectors written since the last sync. What was answered is there, and after the next start
 * the file holds one record a ballot and no piece of another. */
static void fail_power(struct place *place, struct seeded *random, unsigned round)
{
    enum box_result result = BOX_FULL;
    struct slotbox *box = take(place);
    uint32_t answered[SLOTS] = { 0 }; /* versions */
    disk.durable = read_all(place);
    memset(disk.dirty, 0, sizeof disk.dirty);
    unsigned puts = 1 + seeded_below(random, 4);
    for (unsigned i = 0; i < puts; i++) {
        unsigned number = seeded_below(random, SLOTS);
        uint32_t version = version_of(box, number) + 1;
        /* The last one is cut off before its first, second … sync. */
        disk.refuse_sync = i + 1 == puts && round % 2 == 0;
        enum status status = put(box, number, version, &result);
        if (status == STATUS_OK)
            answered[number] = version;
        else
            assert_true(disk.refuse_sync);
    }
    disk.refuse_sync = false;
    unsigned char *cache = read_all(place);
    for (size_t sector = 0; sector < box_bytes(place) / BOX_SECTOR; sector++)
        if (disk.dirty[sector] && seeded_below(random, 2) == 0)
            memcpy(disk.durable + sector * BOX_SECTOR, cache + sector * BOX_SECTOR, BOX_SECTOR);
    slotbox_close(box);
    write_all(place, disk.durable);
    free(disk.durable);
    disk.durable = NULL;
    free(cache);
    box = take(place);
    for (unsigned number = 0; number < SLOTS; number++)
        assert_true(version_of(box, number) >= answered[number]);
    assert_int_equal(not_free(place), slotbox_count(box));
    slotbox_close(box);
}

static void check_power(void **state)
{
    struct place *place = *state;
    struct seeded random;
    seeded_init(&random, 20261123);
    for (unsigned round = 0; round < 300; round++)
        fail_power(place, &random, round);
}

/* The same ballot lies twice on the disk when its first sector got lost and it was repeated: no sector is equal. */
static void check_repeated(void **state)
{
    struct place *place = *state;
    enum box_result result = BOX_FULL;
    struct slotbox *box = take(place);
    assert_int_equal(put(box, 1, 1, &result), STATUS_OK);
    slotbox_close(box);
    unsigned char *first = read_all(place);
    for (uint32_t slot = 0; slot < ALL_SLOTS; slot++) {
        struct ballot ballot;
        unsigned char *at = first + box_offset(&place->shape, slot);
        unsigned char *copy = malloc(place->shape.room);
        memcpy(copy, at, place->shape.room);
        if (box_record_read(&place->shape, copy, &ballot) == SLOT_RECORD)
            memset(at, 0x5a, BOX_SECTOR);
        free(copy);
    }
    write_all(place, first);
    box = take(place);
    assert_int_equal(slotbox_count(box), 0);
    assert_int_equal(put(box, 1, 1, &result), STATUS_OK);
    assert_int_equal(result, BOX_NEW);
    slotbox_close(box);
    unsigned char *second = read_all(place);
    size_t sectors = box_bytes(place) / BOX_SECTOR;
    for (size_t i = BOX_HEADER / BOX_SECTOR; i < sectors; i++)
        for (size_t k = i + 1; k < sectors; k++)
            for (size_t at = 0; at < BOX_SECTOR; at += 64) /* not even in part */
                assert_memory_not_equal(second + i * BOX_SECTOR + at, second + k * BOX_SECTOR + at, 16);
    free(first);
    free(second);
}

static void check_refused(void **state)
{
    struct place *place = *state;
    enum box_result result = BOX_FULL;
    struct slotbox *box = take(place);
    assert_int_equal(put(box, 1, 1, &result), STATUS_OK);
    disk.refuse_sync = true;
    assert_int_equal(put(box, 2, 1, &result), STATUS_IO);
    disk.refuse_sync = false;
    assert_int_equal(put(box, 3, 1, &result), STATUS_IO); /* the kernel may have dropped pages: nothing until a restart */
    assert_int_equal(put(box, 1, 1, &result), STATUS_IO);
    slotbox_close(box);
    box = take(place);
    assert_int_equal(version_of(box, 1), 1);
    assert_int_equal(put(box, 2, 1, &result), STATUS_OK);
    slotbox_close(box);
}

struct sender {
    struct slotbox *box;
    unsigned number;
};

static void *send(void *context)
{
    const struct sender *sender = context;
    enum box_result result = BOX_FULL;
    assert_int_equal(put(sender->box, sender->number, 1, &result), STATUS_OK);
    pthread_mutex_lock(&disk.lock);
    disk.answers++;
    pthread_mutex_unlock(&disk.lock);
    return NULL;
}

/* The first submission is held in its fdatasync; five others are written meanwhile; then one more sync serves all five, and
 * none of them was answered before it. */
static void check_shared(void **state)
{
    struct place *place = *state;
    struct sender senders[SLOTS];
    pthread_t threads[SLOTS];
    struct slotbox *box = take(place);
    disk.writes = disk.syncs = disk.answers = 0;
    disk.hold_sync = true;
    for (unsigned i = 0; i < SLOTS; i++) {
        senders[i] = (struct sender){ box, i };
        assert_int_equal(pthread_create(&threads[i], NULL, send, &senders[i]), 0);
        pthread_mutex_lock(&disk.lock);
        while (disk.writes < 2 * (i + 1) || !disk.in_sync) /* a record is two writes */
            pthread_cond_wait(&disk.changed, &disk.lock);
        pthread_mutex_unlock(&disk.lock);
    }
    pthread_mutex_lock(&disk.lock);
    assert_int_equal(disk.syncs, 1);
    assert_int_equal(disk.answers, 0);
    disk.hold_sync = false;
    pthread_cond_broadcast(&disk.changed);
    pthread_mutex_unlock(&disk.lock);
    for (unsigned i = 0; i < SLOTS; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    assert_int_equal(disk.syncs, 2);
    assert_true(disk.answers_before_sync <= 1);
    assert_int_equal(disk.answers, SLOTS);
    slotbox_close(box);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(check_kill, begin, end),
        cmocka_unit_test_setup_teardown(check_power, begin, end),
        cmocka_unit_test_setup_teardown(check_repeated, begin, end),
        cmocka_unit_test_setup_teardown(check_refused, begin, end),
        cmocka_unit_test_setup_teardown(check_shared, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
