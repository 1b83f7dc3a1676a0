/* Reads the ballots of a box in the order of their serials, which no time has any part in. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "survey/slotbox_file.h"

struct found {
    unsigned char serial[32];
    uint32_t slot, version;
};

static int by_serial(const void *left, const void *right)
{
    const struct found *a = left;
    const struct found *b = right;
    int order = memcmp(a->serial, b->serial, 32);
    if (order != 0)
        return order;
    uint32_t first = a->version & ~BOX_WITHDRAWN;
    uint32_t second = b->version & ~BOX_WITHDRAWN;
    return first > second ? -1 : first < second;
}

struct reading {
    int file;
    const char *path;
    struct box_shape shape;
    const struct steps *steps;
    unsigned char *record;
    struct found *list;
    size_t count;
};

static enum status stopped(struct fail *fail)
{
    return FAIL(fail, STATUS_DENIED, "stopped; nothing was changed");
}

static bool read_slot(const struct reading *reading, uint32_t slot)
{
    return box_read(reading->file, reading->record, reading->shape.room,
                    box_offset(&reading->shape, slot));
}

static enum status collect(struct reading *reading, struct fail *fail)
{
    const struct box_shape *shape = &reading->shape;
    for (uint32_t slot = 0; slot < shape->slots; slot++) {
        struct ballot ballot;
        if (!steps_go(reading->steps, N_("Reading the ballot box"), slot, shape->slots))
            return stopped(fail);
        if (!read_slot(reading, slot))
            return fail_errno(fail, "pread", reading->path);
        if (box_record_read(shape, reading->record, &ballot) != SLOT_RECORD)
            continue;
        struct found *found = &reading->list[reading->count++];
        memcpy(found->serial, ballot.serial, 32);
        found->slot = slot;
        found->version = ballot.version;
    }
    qsort(reading->list, reading->count, sizeof *reading->list, by_serial);
    return STATUS_OK;
}

static enum status show(const struct reading *reading, box_visit *visit, void *context, struct fail *fail)
{
    const struct found *list = reading->list;
    for (size_t i = 0; i < reading->count; i++) {
        struct ballot ballot;
        if (!steps_go(reading->steps, N_("Opening the ballots"), i, reading->count))
            return stopped(fail);
        if (i > 0 && memcmp(list[i].serial, list[i - 1].serial, 32) == 0)
            continue; /* an older version */
        if (!read_slot(reading, list[i].slot))
            return fail_errno(fail, "pread", reading->path);
        if (box_record_read(&reading->shape, reading->record, &ballot) == SLOT_RECORD && !visit(context, &ballot))
            break;
    }
    return STATUS_OK;
}

static enum status open_box(const char *path, int *file, struct fail *fail)
{
    *file = open(path, O_RDONLY | O_CLOEXEC);
    if (*file >= 0)
        return STATUS_OK;
    return errno == ENOENT ? FAIL(fail, STATUS_MISSING, "%s: there is no ballot box", path)
                           : fail_errno(fail, "open", path);
}

enum status slotbox_capacity(const char *path, const unsigned char fingerprint[32], uint32_t *ballots,
                             struct fail *fail)
{
    struct box_shape shape;
    int file = -1;
    enum status status = open_box(path, &file, fail);
    if (status != STATUS_OK)
        return status;
    status = box_header_read(file, path, fingerprint, &shape, fail);
    if (status == STATUS_OK)
        *ballots = shape.slots < BOX_RESERVE ? 0 : shape.slots - BOX_RESERVE;
    close(file);
    return status;
}

enum status slotbox_scan(const char *path, const unsigned char fingerprint[32], const struct steps *steps,
                         box_visit *visit, void *context, struct fail *fail)
{
    struct reading reading = { .path = path, .steps = steps };
    enum status status = open_box(path, &reading.file, fail);
    if (status != STATUS_OK)
        return status;
    status = box_header_read(reading.file, path, fingerprint, &reading.shape, fail);
    if (status == STATUS_OK) {
        reading.list = calloc(reading.shape.slots, sizeof *reading.list);
        reading.record = malloc(reading.shape.room);
        if (reading.list == NULL || reading.record == NULL)
            status = FAIL(fail, STATUS_MEMORY, "not enough memory for the ballot box %s", path);
    }
    if (status == STATUS_OK)
        status = collect(&reading, fail);
    if (status == STATUS_OK)
        status = show(&reading, visit, context, fail);
    free(reading.record);
    free(reading.list);
    close(reading.file);
    return status;
}

enum status slotbox_read(const char *path, const unsigned char fingerprint[32], box_visit *visit, void *context,
                         struct fail *fail)
{
    return slotbox_scan(path, fingerprint, NULL, visit, context, fail);
}
