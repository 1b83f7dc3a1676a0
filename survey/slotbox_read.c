/* Reads the ballots of a box in the order of their serials, which no time has any part in. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

static enum status collect(int file, const char *path, const struct box_shape *shape, unsigned char *record,
                           struct found *list, size_t *count, struct fail *fail)
{
    for (uint32_t slot = 0; slot < shape->slots; slot++) {
        struct ballot ballot;
        if (!box_read(file, record, shape->room, box_offset(shape, slot)))
            return fail_errno(fail, "pread", path);
        if (box_record_read(shape, record, &ballot) != SLOT_RECORD)
            continue;
        memcpy(list[*count].serial, ballot.serial, 32);
        list[*count].slot = slot;
        list[(*count)++].version = ballot.version;
    }
    qsort(list, *count, sizeof *list, by_serial);
    return STATUS_OK;
}

static enum status show(int file, const char *path, const struct box_shape *shape, unsigned char *record,
                        const struct found *list, size_t count, box_visit *visit, void *context, struct fail *fail)
{
    for (size_t i = 0; i < count; i++) {
        struct ballot ballot;
        if (i > 0 && memcmp(list[i].serial, list[i - 1].serial, 32) == 0)
            continue; /* an older version */
        if (!box_read(file, record, shape->room, box_offset(shape, list[i].slot)))
            return fail_errno(fail, "pread", path);
        if (box_record_read(shape, record, &ballot) == SLOT_RECORD && !visit(context, &ballot))
            break;
    }
    return STATUS_OK;
}

enum status slotbox_read(const char *path, const unsigned char fingerprint[32], box_visit *visit, void *context,
                         struct fail *fail)
{
    struct box_shape shape = { 0 };
    struct found *list = NULL;
    unsigned char *record = NULL;
    size_t count = 0;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return errno == ENOENT ? FAIL(fail, STATUS_MISSING, "%s: there is no ballot box", path)
                               : fail_errno(fail, "open", path);
    enum status status = box_header_read(file, path, fingerprint, &shape, fail);
    if (status == STATUS_OK) {
        list = calloc(shape.slots, sizeof *list);
        record = malloc(shape.room);
        if (list == NULL || record == NULL)
            status = FAIL(fail, STATUS_MEMORY, "not enough memory for the ballot box %s", path);
    }
    if (status == STATUS_OK)
        status = collect(file, path, &shape, record, list, &count, fail);
    if (status == STATUS_OK)
        status = show(file, path, &shape, record, list, count, visit, context, fail);
    free(record);
    free(list);
    close(file);
    return status;
}
