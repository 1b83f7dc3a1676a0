/* A box in use: index of serials and map of free slots in memory, group commit, recovery. The slot is drawn with
 * RAND_priv_bytes and rejection: a generator with a stored state would repeat an order. What is kept in memory depends on
 * the ballots in the box alone, not on their order: a memory image tells no more than the file. No clock is read here. */
#include "survey/slotbox.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/rand.h>
#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "survey/slotbox_file.h"

enum { DAY = 86400, EMPTY = 0, SCAN_BYTES = 4 << 20 };

/* Eight bytes a ballot, so that a million of them fit into 16 MB; everything else is read from the slot when asked for. In a
 * run of neighbours the larger tag stands first: then the table is the same whatever the order of insertion (Amble and
 * Knuth 1974, "Ordered hash tables", The Computer Journal 17). */
struct entry {
    uint32_t tag;   /* of the serial, which is a hash already */
    uint32_t place; /* slot + 1; 0: no entry */
};

struct slotbox {
    int file;
    char *path;
    struct box_shape shape;
    struct timespec pinned[2];
    pthread_mutex_t lock;
    pthread_cond_t changed;
    uint64_t written, synced; /* tickets: durable once synced reaches them */
    bool syncing, broken, locked;
    unsigned char *taken; /* a bit a slot */
    uint32_t free_count, count;
    uint32_t replacing; /* old versions that are not wiped yet: slots that will be free */
    struct entry *entries; /* open addressing */
    uint32_t mask;
    unsigned char *record; /* under lock: the record asked for last, or the one to be written */
};

static enum status prepare(struct slotbox *box, struct fail *fail)
{
    uint32_t room = 16;
    while (room < box->shape.slots + box->shape.slots / 2)
        room *= 2;
    box->mask = room - 1;
    box->entries = calloc(room, sizeof *box->entries);
    box->taken = calloc(box->shape.slots / 8 + 1, 1);
    box->record = malloc(box->shape.room);
    if (box->entries == NULL || box->taken == NULL || box->record == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the ballot box %s", box->path);
    /* Two states of this memory in a swap file would tell which ballots came between them. */
    box->locked = sodium_mlock(box->entries, room * sizeof *box->entries) == 0 &&
                  sodium_mlock(box->taken, box->shape.slots / 8 + 1) == 0 &&
                  sodium_mlock(box->record, box->shape.room) == 0;
    return STATUS_OK;
}

static void home(const struct slotbox *box, const unsigned char serial[BOX_SERIAL], uint32_t *i, uint32_t *tag)
{
    memcpy(i, serial, sizeof *i);
    memcpy(tag, serial + sizeof *i, sizeof *tag);
    *i &= box->mask;
}

/* Entry of the serial, its record then read into *stored; NULL when the box has none. */
static enum status find(struct slotbox *box, const unsigned char serial[BOX_SERIAL], struct entry **entry,
                        struct ballot *stored, struct fail *fail)
{
    uint32_t i = 0;
    uint32_t tag = 0;
    *entry = NULL;
    home(box, serial, &i, &tag);
    for (; box->entries[i].place != EMPTY && box->entries[i].tag >= tag; i = (i + 1) & box->mask) {
        if (box->entries[i].tag != tag)
            continue;
        if (!box_read(box->file, box->record, box->shape.room, box_offset(&box->shape, box->entries[i].place - 1)))
            return fail_errno(fail, "pread", box->path);
        if (box_record_read(&box->shape, box->record, stored) != SLOT_RECORD)
            return FAIL(fail, STATUS_IO, "%s was changed by somebody else or is damaged; restore it from the backup",
                        box->path);
        if (memcmp(stored->serial, serial, BOX_SERIAL) == 0) {
            *entry = &box->entries[i];
            return STATUS_OK;
        }
    }
    return STATUS_OK;
}

static void set_taken(struct slotbox *box, uint32_t slot, bool taken)
{
    unsigned char bit = (unsigned char)(1u << (slot % 8));
    box->taken[slot / 8] = (unsigned char)(taken ? box->taken[slot / 8] | bit : box->taken[slot / 8] & ~bit);
    box->free_count = taken ? box->free_count - 1 : box->free_count + 1;
}

/* entry: of the version before, NULL for a new serial. */
static void point(struct slotbox *box, struct entry *entry, const unsigned char serial[BOX_SERIAL], uint32_t slot)
{
    struct entry moved = { .place = slot + 1 };
    uint32_t i = 0;
    set_taken(box, slot, true);
    if (entry != NULL) {
        entry->place = slot + 1;
        return;
    }
    box->count++;
    home(box, serial, &i, &moved.tag);
    for (; box->entries[i].place != EMPTY; i = (i + 1) & box->mask)
        if (box->entries[i].tag < moved.tag) {
            struct entry smaller = box->entries[i];
            box->entries[i] = moved;
            moved = smaller;
        }
    box->entries[i] = moved;
}

static uint32_t age(uint32_t version)
{
    return version & ~BOX_WITHDRAWN;
}

/* A slot becomes noise. Its first sector goes first: it holds the key of the rest. */
static enum status wipe(struct slotbox *box, uint32_t slot, struct fail *fail)
{
    if (!box_noise(box->record, box->shape.room))
        return FAIL(fail, STATUS_CRYPTO, "the system gives no random bytes");
    if (!box_write(box->file, box->record, box->shape.room, box_offset(&box->shape, slot)))
        return fail_errno(fail, "pwrite", box->path);
    box->written++;
    return STATUS_OK;
}

/* --- recovery --- */

static enum status recover_slot(struct slotbox *box, uint32_t slot, unsigned char *record, struct fail *fail)
{
    struct ballot ballot;
    struct ballot other;
    struct entry *entry = NULL;
    switch (box_record_read(&box->shape, record, &ballot)) {
    case SLOT_FREE: return STATUS_OK;
    case SLOT_TORN: return wipe(box, slot, fail); /* its repetition will lie elsewhere and must not be recognised by it */
    case SLOT_RECORD: break;
    }
    enum status status = find(box, ballot.serial, &entry, &other, fail);
    if (status != STATUS_OK)
        return status;
    if (entry != NULL && age(other.version) >= age(ballot.version))
        return wipe(box, slot, fail); /* stopped in the middle of a change */
    uint32_t before = entry == NULL ? EMPTY : entry->place;
    point(box, entry, ballot.serial, slot);
    if (before == EMPTY)
        return STATUS_OK;
    set_taken(box, before - 1, false);
    return wipe(box, before - 1, fail);
}

/* One pass in large pieces: a box of a million slots is read as fast as the disk gives it. */
static enum status recover(struct slotbox *box, struct fail *fail)
{
    uint32_t at_once = SCAN_BYTES / box->shape.room;
    unsigned char *block = malloc((size_t)at_once * box->shape.room);
    if (block == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the ballot box %s", box->path);
    enum status status = STATUS_OK;
    box->free_count = box->shape.slots;
    (void)posix_fadvise(box->file, 0, 0, POSIX_FADV_SEQUENTIAL);
    for (uint32_t slot = 0; slot < box->shape.slots && status == STATUS_OK;) {
        uint32_t part = box->shape.slots - slot < at_once ? box->shape.slots - slot : at_once;
        if (!box_read(box->file, block, (size_t)part * box->shape.room, box_offset(&box->shape, slot)))
            status = fail_errno(fail, "pread", box->path);
        for (uint32_t i = 0; i < part && status == STATUS_OK; i++)
            status = recover_slot(box, slot + i, block + (size_t)i * box->shape.room, fail);
        slot += part;
    }
    (void)posix_fadvise(box->file, 0, 0, POSIX_FADV_NORMAL);
    if (status == STATUS_OK && box->written > 0 && fdatasync(box->file) != 0)
        status = fail_errno(fail, "fdatasync", box->path);
    if (status == STATUS_OK && futimens(box->file, box->pinned) != 0)
        status = fail_errno(fail, "futimens", box->path);
    box->synced = box->written;
    sodium_memzero(block, (size_t)at_once * box->shape.room);
    sodium_memzero(box->record, box->shape.room);
    free(block);
    return status;
}

enum status slotbox_open(const char *path, const unsigned char fingerprint[32], struct slotbox **opened,
                         struct fail *fail)
{
    struct stat info;
    struct slotbox *box = calloc(1, sizeof *box);
    if (box == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the ballot box %s", path);
    pthread_mutex_init(&box->lock, NULL);
    pthread_cond_init(&box->changed, NULL);
    box->path = strdup(path);
    box->file = open(path, O_RDWR | O_CLOEXEC);
    enum status status = STATUS_OK;
    if (box->path == NULL || sodium_init() < 0)
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
    if (status != STATUS_OK) {
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
    if (box->file >= 0)
        close(box->file); /* lets the lock go */
    if (box->entries != NULL) /* munlock wipes, too */
        (void)sodium_munlock(box->entries, (box->mask + UINT64_C(1)) * sizeof *box->entries);
    if (box->taken != NULL)
        (void)sodium_munlock(box->taken, box->shape.slots / 8 + 1);
    if (box->record != NULL)
        (void)sodium_munlock(box->record, box->shape.room);
    free(box->entries);
    free(box->taken);
    free(box->record);
    free(box->path);
    pthread_cond_destroy(&box->changed);
    pthread_mutex_destroy(&box->lock);
    free(box);
}

/* --- taking ballots --- */

/* Uniform among the free slots: any slot, again and again until one is free; one in twenty is, also at the end. Numbers of
 * the last, incomplete block are thrown away. */
static bool draw_slot(struct slotbox *box, uint32_t *slot)
{
    uint64_t bound = box->shape.slots;
    uint64_t limit = UINT64_MAX - UINT64_MAX % bound;
    uint64_t number = 0;
    do {
        if (RAND_priv_bytes((unsigned char *)&number, sizeof number) != 1)
            return false;
        *slot = (uint32_t)(number % bound);
    } while (number >= limit || (box->taken[*slot / 8] >> (*slot % 8) & 1) != 0);
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

/* The box stops after a write that failed: a slot is neither old nor new then. */
static enum status stop(struct slotbox *box, enum status status)
{
    box->broken = true;
    pthread_cond_broadcast(&box->changed);
    return status;
}

/* Into a fresh slot, durable; only then the old version is wiped, and the answer waits for that as well: whenever no change
 * is on its way, every ballot stands in the box once. */
static enum status put_record(struct slotbox *box, struct entry *entry, const struct ballot *ballot, struct fail *fail)
{
    uint32_t slot = 0;
    uint32_t before = entry == NULL ? EMPTY : entry->place;
    if (!draw_slot(box, &slot) || !box_record_make(&box->shape, ballot, box->record))
        return FAIL(fail, STATUS_CRYPTO, "the system gives no random bytes");
    if (!box_record_write(box->file, &box->shape, box->record, slot))
        return stop(box, fail_errno(fail, "pwrite", box->path));
    sodium_memzero(box->record, box->shape.room); /* it would name the newest ballot */
    point(box, entry, ballot->serial, slot);
    box->replacing += before != EMPTY;
    enum status status = wait_durable(box, ++box->written, fail);
    if (status != STATUS_OK || before == EMPTY)
        return status;
    status = wipe(box, before - 1, fail);
    if (status != STATUS_OK)
        return stop(box, status);
    set_taken(box, before - 1, false);
    box->replacing--;
    pthread_cond_broadcast(&box->changed); /* the slot is free for a change that waits for one */
    return wait_durable(box, box->written, fail);
}

static bool same(const struct box_shape *shape, const struct ballot *a, const struct ballot *b)
{
    return a->version == b->version && memcmp(a->prefix, b->prefix, BOX_PREFIX) == 0 &&
           memcmp(a->signature, b->signature, BOX_SIGNATURE) == 0 && memcmp(a->sealed, b->sealed, shape->sealed) == 0;
}

static enum status put_locked(struct slotbox *box, const struct ballot *ballot, enum box_result *result,
                              struct fail *fail)
{
    struct entry *entry = NULL;
    struct ballot stored = { 0 };
    for (;;) {
        if (box->broken)
            return FAIL(fail, STATUS_IO, "the disk of the ballot box does not store; restart the server");
        enum status status = find(box, ballot->serial, &entry, &stored, fail);
        if (status != STATUS_OK)
            return status;
        bool known = entry != NULL;
        if (known && same(&box->shape, &stored, ballot)) {
            *result = BOX_REPEAT;
            return wait_durable(box, box->written, fail);
        }
        if (known && age(ballot->version) <= age(stored.version)) {
            *result = BOX_CONFLICT;
            return STATUS_OK;
        }
        if (box->free_count > (known ? 0 : BOX_RESERVE)) {
            *result = known ? BOX_CHANGE : BOX_NEW;
            return put_record(box, entry, ballot, fail);
        }
        *result = BOX_FULL;
        if (!known || box->replacing == 0)
            return STATUS_OK;
        pthread_cond_wait(&box->changed, &box->lock); /* other changes hold the reserve: a slot is free in a moment */
    }
}

enum status slotbox_put(struct slotbox *box, const struct ballot *ballot, enum box_result *result, struct fail *fail)
{
    if (ballot->sealed_length != box->shape.sealed || age(ballot->version) == 0)
        return FAIL(fail, STATUS_INPUT, "a ballot of this wave has %u bytes", box->shape.sealed);
    pthread_mutex_lock(&box->lock);
    enum status status = put_locked(box, ballot, result, fail);
    sodium_memzero(box->record, box->shape.room);
    pthread_mutex_unlock(&box->lock);
    return status;
}

uint32_t slotbox_version(struct slotbox *box, const unsigned char serial[BOX_SERIAL])
{
    struct entry *entry = NULL;
    struct ballot stored = { 0 };
    pthread_mutex_lock(&box->lock);
    enum status status = find(box, serial, &entry, &stored, NULL);
    uint32_t version = status == STATUS_OK && entry != NULL ? stored.version : 0;
    sodium_memzero(box->record, box->shape.room);
    pthread_mutex_unlock(&box->lock);
    return version;
}

bool slotbox_locked(const struct slotbox *box)
{
    return box->locked;
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
