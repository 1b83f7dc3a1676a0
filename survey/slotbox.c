/* A box in use: index of serials and list of free slots in memory, group commit, recovery. The slot is drawn with
 * RAND_priv_bytes and rejection: a generator with a stored state would repeat an order. No clock is read here. */
#include "survey/slotbox.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "survey/slotbox_file.h"

enum { DAY = 86400, EMPTY = 0 };

struct entry {
    unsigned char serial[32];
    unsigned char content[32]; /* SHA-256 of what was sent */
    uint32_t place;            /* slot + 1; 0: no entry */
    uint32_t version;
    uint64_t ticket; /* durable once synced reaches it */
};

struct slotbox {
    int file;
    char *path;
    struct box_shape shape;
    unsigned char fingerprint[32];
    struct timespec pinned[2];
    pthread_mutex_t lock;
    pthread_cond_t changed;
    uint64_t written, synced; /* tickets */
    bool syncing, broken;
    uint32_t *free_slots;
    uint32_t free_count, count;
    struct entry *entries; /* open addressing; the serial is a hash already */
    uint32_t mask;
    unsigned char *record; /* under lock */
};

static enum status prepare(struct slotbox *box, struct fail *fail)
{
    uint32_t room = 16;
    while (room < box->shape.slots * 2)
        room *= 2;
    box->mask = room - 1;
    box->entries = calloc(room, sizeof *box->entries);
    box->free_slots = calloc(box->shape.slots, sizeof *box->free_slots);
    box->record = malloc(box->shape.room);
    if (box->entries == NULL || box->free_slots == NULL || box->record == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the ballot box %s", box->path);
    return STATUS_OK;
}

/* Entry of the serial, or the empty place where it belongs. The table is never more than half full. */
static struct entry *find(struct slotbox *box, const unsigned char serial[32])
{
    uint32_t i = 0;
    memcpy(&i, serial, sizeof i);
    for (i &= box->mask; box->entries[i].place != EMPTY; i = (i + 1) & box->mask)
        if (memcmp(box->entries[i].serial, serial, 32) == 0)
            break;
    return &box->entries[i];
}

static void hash_content(const struct slotbox *box, const struct ballot *ballot, unsigned char content[32])
{
    unsigned char hashes[96];
    SHA256(ballot->prefix, BOX_PREFIX, hashes);
    SHA256(ballot->signature, BOX_SIGNATURE, hashes + 32);
    SHA256(ballot->sealed, box->shape.sealed, hashes + 64);
    SHA256(hashes, sizeof hashes, content);
}

static void remember(struct slotbox *box, struct entry *entry, const struct ballot *ballot, uint32_t slot,
                     uint64_t ticket)
{
    if (entry->place == EMPTY)
        box->count++;
    memcpy(entry->serial, ballot->serial, 32);
    hash_content(box, ballot, entry->content);
    entry->place = slot + 1;
    entry->version = ballot->version;
    entry->ticket = ticket;
}

static uint64_t slot_offset(const struct slotbox *box, uint32_t slot)
{
    return BOX_HEADER + (uint64_t)slot * box->shape.room;
}

static enum status recover(struct slotbox *box, struct fail *fail)
{
    for (uint32_t slot = 0; slot < box->shape.slots; slot++) {
        struct ballot ballot;
        if (!box_read(box->file, box->record, box->shape.room, slot_offset(box, slot)))
            return fail_errno(fail, "pread", box->path);
        if (!box_record_read(&box->shape, box->record, &ballot)) {
            box->free_slots[box->free_count++] = slot;
            continue;
        }
        struct entry *entry = find(box, ballot.serial);
        if (entry->place == EMPTY || entry->version < ballot.version)
            remember(box, entry, &ballot, slot, 0);
    }
    return STATUS_OK;
}

/* After a kill a free slot may hold half of a ballot that was never acknowledged. The repeated ballot lies elsewhere, so the
 * half would tell that it came at that moment: all free slots are filled anew. Neighbours are filled together. */
static enum status refill(struct slotbox *box, struct fail *fail)
{
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < box->free_count && status == STATUS_OK;) {
        uint32_t run = 1;
        while (i + run < box->free_count && box->free_slots[i + run] == box->free_slots[i] + run)
            run++;
        status = box_fill(box->file, box->path, slot_offset(box, box->free_slots[i]), (uint64_t)run * box->shape.room,
                          fail);
        i += run;
    }
    return status;
}

static enum status mark(struct slotbox *box, bool clean, struct fail *fail)
{
    box->shape.clean = clean;
    enum status status = box_header_write(box->file, box->path, &box->shape, box->fingerprint, fail);
    if (status == STATUS_OK && (futimens(box->file, box->pinned) != 0 || fdatasync(box->file) != 0))
        status = fail_errno(fail, "fdatasync", box->path);
    return status;
}

enum status slotbox_create(const char *path, uint32_t slots, uint32_t sealed_length,
                           const unsigned char fingerprint[32], int64_t opened, struct fail *fail)
{
    struct box_shape shape = { slots, box_room(sealed_length), sealed_length, true };
    struct timespec day = { .tv_sec = (time_t)(opened - opened % DAY) };
    const struct timespec times[2] = { day, day };
    int file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0)
        return errno == EEXIST ? FAIL(fail, STATUS_CONFLICT, "%s exists already; a ballot box is never replaced", path)
                               : fail_errno(fail, "open", path);
    enum status status = box_file_system(file, path, fail);
    if (status == STATUS_OK)
        status = box_header_write(file, path, &shape, fingerprint, fail);
    if (status == STATUS_OK)
        status = box_fill(file, path, BOX_HEADER, (uint64_t)slots * shape.room, fail);
    if (status == STATUS_OK && (futimens(file, times) != 0 || fsync(file) != 0))
        status = fail_errno(fail, "fsync", path);
    close(file);
    if (status != STATUS_OK)
        (void)unlink(path);
    return status;
}

enum status slotbox_open(const char *path, const unsigned char fingerprint[32], struct slotbox **opened,
                         struct fail *fail)
{
    struct stat info;
    struct slotbox *box = calloc(1, sizeof *box);
    if (box == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the ballot box %s", path);
    memcpy(box->fingerprint, fingerprint, 32);
    pthread_mutex_init(&box->lock, NULL);
    pthread_cond_init(&box->changed, NULL);
    box->path = strdup(path);
    box->file = open(path, O_RDWR | O_CLOEXEC);
    enum status status = STATUS_OK;
    if (box->path == NULL)
        status = FAIL(fail, STATUS_MEMORY, "not enough memory for the ballot box %s", path);
    else if (box->file < 0)
        status = errno == ENOENT ? FAIL(fail, STATUS_MISSING, "%s: there is no ballot box; open the wave first", path)
                                 : fail_errno(fail, "open", path);
    else if (flock(box->file, LOCK_EX | LOCK_NB) != 0)
        status = FAIL(fail, STATUS_CONFLICT, "%s is in use by another collector", path);
    else if (fstat(box->file, &info) != 0)
        status = fail_errno(fail, "fstat", path);
    else
        status = box_file_system(box->file, path, fail);
    if (status == STATUS_OK) {
        box->pinned[0] = box->pinned[1] = (struct timespec){ .tv_sec = info.st_mtim.tv_sec - info.st_mtim.tv_sec % DAY };
        status = box_header_read(box->file, path, fingerprint, &box->shape, fail);
    }
    if (status == STATUS_OK)
        status = prepare(box, fail);
    if (status == STATUS_OK)
        status = recover(box, fail);
    if (status == STATUS_OK && !box->shape.clean)
        status = refill(box, fail);
    if (status == STATUS_OK)
        status = mark(box, false, fail);
    if (status != STATUS_OK) {
        box->broken = true; /* closing must not call it clean */
        slotbox_close(box);
        return status;
    }
    *opened = box;
    return STATUS_OK;
}

void slotbox_close(struct slotbox *box)
{
    if (box == NULL)
        return;
    if (!box->broken)
        (void)mark(box, true, NULL); /* when it fails the next start fills the free slots */
    if (box->file >= 0)
        close(box->file); /* lets the lock go */
    free(box->entries);
    free(box->free_slots);
    free(box->record);
    free(box->path);
    pthread_cond_destroy(&box->changed);
    pthread_mutex_destroy(&box->lock);
    free(box);
}

/* Uniform among the free slots: numbers of the last, incomplete block are thrown away. */
static bool draw_slot(struct slotbox *box, uint32_t *position)
{
    uint64_t bound = box->free_count;
    uint64_t limit = UINT64_MAX - UINT64_MAX % bound;
    uint64_t number = 0;
    do {
        if (RAND_priv_bytes((unsigned char *)&number, sizeof number) != 1)
            return false;
    } while (number >= limit);
    *position = (uint32_t)(number % bound);
    return true;
}

/* Waits, with the lock held, until the ticket is durable. One of the waiters syncs for all that have written by then. */
static enum status wait_durable(struct slotbox *box, uint64_t ticket, struct fail *fail)
{
    while (box->synced < ticket && !box->broken) {
        if (box->syncing) {
            pthread_cond_wait(&box->changed, &box->lock);
            continue;
        }
        uint64_t target = box->written;
        box->syncing = true;
        pthread_mutex_unlock(&box->lock);
        bool done = futimens(box->file, box->pinned) == 0 && fdatasync(box->file) == 0;
        pthread_mutex_lock(&box->lock);
        box->syncing = false;
        box->synced = done ? target : box->synced;
        box->broken = box->broken || !done; /* after a failed sync the kernel may have dropped the pages */
        pthread_cond_broadcast(&box->changed);
    }
    return box->synced >= ticket ? STATUS_OK
                                 : FAIL(fail, STATUS_IO, "the disk of the ballot box does not store; restart the server");
}

static enum status put_new(struct slotbox *box, struct entry *entry, const struct ballot *ballot, struct fail *fail)
{
    uint32_t position = 0;
    if (!draw_slot(box, &position) || !box_record_make(&box->shape, ballot, box->record))
        return FAIL(fail, STATUS_CRYPTO, "the system gives no random bytes");
    uint32_t slot = box->free_slots[position];
    bool written = box_write(box->file, box->record, box->shape.room, slot_offset(box, slot));
    sodium_memzero(box->record, box->shape.room); /* it would name the newest ballot */
    if (!written) {
        box->broken = true;
        return fail_errno(fail, "pwrite", box->path);
    }
    /* The list stays sorted: one whose places were swapped would keep traces of the order in memory. */
    memmove(box->free_slots + position, box->free_slots + position + 1,
            (--box->free_count - position) * sizeof *box->free_slots);
    remember(box, entry, ballot, slot, ++box->written);
    return wait_durable(box, box->written, fail);
}

enum status slotbox_put(struct slotbox *box, const struct ballot *ballot, enum box_result *result, struct fail *fail)
{
    unsigned char content[32];
    if (ballot->sealed_length != box->shape.sealed)
        return FAIL(fail, STATUS_INPUT, "a ballot of this wave has %u bytes", box->shape.sealed);
    hash_content(box, ballot, content);
    pthread_mutex_lock(&box->lock);
    enum status status = STATUS_OK;
    struct entry *entry = find(box, ballot->serial);
    if (box->broken) {
        status = FAIL(fail, STATUS_IO, "the disk of the ballot box does not store; restart the server");
    } else if (entry->place != EMPTY) {
        *result = memcmp(entry->content, content, 32) == 0 ? BOX_REPEAT : BOX_CONFLICT;
        if (*result == BOX_REPEAT)
            status = wait_durable(box, entry->ticket, fail);
    } else if (box->free_count == 0) {
        *result = BOX_FULL;
    } else {
        *result = BOX_NEW;
        status = put_new(box, entry, ballot, fail);
    }
    if (status == STATUS_OK && (*result == BOX_NEW || *result == BOX_REPEAT))
        entry->ticket = 0; /* durable: the number would tell who came when */
    pthread_mutex_unlock(&box->lock);
    return status;
}

uint32_t slotbox_count(struct slotbox *box)
{
    pthread_mutex_lock(&box->lock);
    uint32_t count = box->count;
    pthread_mutex_unlock(&box->lock);
    return count;
}

uint32_t slotbox_slots(const struct slotbox *box)
{
    return box->shape.slots;
}

uint32_t slotbox_sealed(const struct slotbox *box)
{
    return box->shape.sealed;
}
