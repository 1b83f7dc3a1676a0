/* A file of slots like the ballot box, but the slot is not drawn uniformly. */
#include <fcntl.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "attack.h"
#include "control.h"

struct slots {
    int file;
    struct seeded *random;
    unsigned percent;
    bool used[CONTROL_SLOTS];
};

static bool holds(const unsigned char record[CONTROL_ROOM])
{
    unsigned char checksum[32];
    SHA256(record + 32, CONTROL_ROOM - 32, checksum);
    return memcmp(record, checksum, 32) == 0;
}

void *control_slots_open(const char *dir, struct seeded *random, unsigned percent_lowest)
{
    char path[PATH_ROOM + 32];
    unsigned char record[CONTROL_ROOM];
    struct slots *slots = calloc(1, sizeof *slots);
    if (slots == NULL)
        die("no memory");
    snprintf(path, sizeof path, "%s/control.box", dir);
    bool fresh = access(path, F_OK) != 0;
    slots->file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    slots->random = random;
    slots->percent = percent_lowest;
    for (size_t i = 0; i < CONTROL_SLOTS; i++) {
        off_t at = (off_t)(i * CONTROL_ROOM);
        if (!fresh && pread(slots->file, record, sizeof record, at) != (ssize_t)sizeof record)
            die("%s cannot be read", path);
        slots->used[i] = !fresh && holds(record);
        if (!slots->used[i] && (RAND_bytes(record, sizeof record) != 1 ||
                                pwrite(slots->file, record, sizeof record, at) != (ssize_t)sizeof record))
            die("%s cannot be written", path);
    }
    return slots;
}

static size_t choose(struct slots *slots)
{
    size_t free_slots[CONTROL_SLOTS];
    size_t count = 0;
    for (size_t i = 0; i < CONTROL_SLOTS; i++)
        if (!slots->used[i])
            free_slots[count++] = i;
    if (count == 0)
        die("the control's box is full");
    bool lowest = seeded_below(slots->random, 100) < slots->percent;
    return free_slots[lowest ? 0 : seeded_below(slots->random, (uint32_t)count)];
}

void control_slots_put(void *store, const unsigned char serial[32], const unsigned char *sealed, size_t length)
{
    struct slots *slots = store;
    unsigned char record[CONTROL_ROOM];
    for (size_t i = 0; i < CONTROL_SLOTS; i++)
        if (slots->used[i] && pread(slots->file, record, 64, (off_t)(i * CONTROL_ROOM)) == 64 &&
            memcmp(record + 32, serial, 32) == 0)
            return; /* repeated */
    size_t slot = choose(slots);
    if (RAND_bytes(record, sizeof record) != 1 || length > sizeof record - 64)
        die("a record cannot be made");
    memcpy(record + 32, serial, 32);
    memcpy(record + 64, sealed, length);
    SHA256(record + 32, sizeof record - 32, record);
    if (pwrite(slots->file, record, sizeof record, (off_t)(slot * CONTROL_ROOM)) != (ssize_t)sizeof record ||
        fdatasync(slots->file) != 0)
        die("a record cannot be written");
    slots->used[slot] = true;
}
