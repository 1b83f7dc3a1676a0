/* Bytes of a ballot box on disk. Free slots are random bytes, a free slot is one whose checksum does not hold. */
#include "survey/slotbox_file.h"

#include <errno.h>
#include <linux/fs.h>
#include <linux/magic.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

static const char magic[8] = { 'Q', 'S', 'B', 'O', 'X', '0', '0', '1' };
enum { HEADER_CLEAN = 52, FILL_BLOCK = 1 << 20 };

static void put32(unsigned char *bytes, uint32_t number)
{
    for (int i = 0; i < 4; i++)
        bytes[i] = (unsigned char)(number >> (8 * i));
}

static uint32_t get32(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

bool box_write(int file, const void *bytes, size_t length, uint64_t offset)
{
    const unsigned char *rest = bytes;
    while (length > 0) {
        ssize_t done = pwrite(file, rest, length, (off_t)offset);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return false;
        rest += done;
        length -= (size_t)done;
        offset += (uint64_t)done;
    }
    return true;
}

bool box_read(int file, void *bytes, size_t length, uint64_t offset)
{
    unsigned char *rest = bytes;
    while (length > 0) {
        ssize_t done = pread(file, rest, length, (off_t)offset);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return false;
        rest += done;
        length -= (size_t)done;
        offset += (uint64_t)done;
    }
    return true;
}

uint32_t box_room(uint32_t sealed_length)
{
    return (RECORD_HEAD + sealed_length + 511) / 512 * 512;
}

enum status box_header_write(int file, const char *path, const struct box_shape *shape,
                             const unsigned char fingerprint[32], struct fail *fail)
{
    unsigned char header[BOX_HEADER] = { 0 };
    memcpy(header, magic, sizeof magic);
    put32(header + 8, shape->slots);
    put32(header + 12, shape->room);
    put32(header + 16, shape->sealed);
    memcpy(header + 20, fingerprint, 32);
    header[HEADER_CLEAN] = shape->clean ? 1 : 0;
    return box_write(file, header, sizeof header, 0) ? STATUS_OK : fail_errno(fail, "pwrite", path);
}

enum status box_header_read(int file, const char *path, const unsigned char fingerprint[32], struct box_shape *shape,
                            struct fail *fail)
{
    unsigned char header[BOX_HEADER];
    struct stat info;
    if (!box_read(file, header, sizeof header, 0) || memcmp(header, magic, sizeof magic) != 0)
        return FAIL(fail, STATUS_INPUT, "%s is no ballot box, or its head is damaged; restore it from the backup", path);
    *shape = (struct box_shape){ .slots = get32(header + 8),
                                 .room = get32(header + 12),
                                 .sealed = get32(header + 16),
                                 .clean = header[HEADER_CLEAN] == 1 };
    if (shape->slots == 0 || shape->slots > 1u << 24 || shape->sealed < 81 || shape->sealed > 1u << 20 ||
        shape->room != box_room(shape->sealed))
        return FAIL(fail, STATUS_INPUT, "%s is no ballot box, or its head is damaged; restore it from the backup", path);
    if (memcmp(header + 20, fingerprint, 32) != 0)
        return FAIL(fail, STATUS_INPUT, "%s is the ballot box of another wave: its manifest is a different one", path);
    if (fstat(file, &info) != 0)
        return fail_errno(fail, "fstat", path);
    uint64_t wanted = BOX_HEADER + (uint64_t)shape->slots * shape->room;
    if ((uint64_t)info.st_size != wanted)
        return FAIL(fail, STATUS_INPUT, "%s is not complete: %lld of %llu bytes; restore it from the backup", path,
                    (long long)info.st_size, (unsigned long long)wanted);
    return STATUS_OK;
}

bool box_record_make(const struct box_shape *shape, const struct ballot *ballot, unsigned char *record)
{
    size_t used = RECORD_HEAD + shape->sealed;
    put32(record + RECORD_VERSION, ballot->version);
    put32(record + RECORD_LENGTH, shape->sealed);
    memcpy(record + RECORD_SERIAL, ballot->serial, BOX_SERIAL);
    memcpy(record + RECORD_SERIAL + 32, ballot->prefix, BOX_PREFIX);
    memcpy(record + RECORD_SERIAL + 64, ballot->signature, BOX_SIGNATURE);
    memcpy(record + RECORD_HEAD, ballot->sealed, shape->sealed);
    if (shape->room > used && RAND_bytes(record + used, (int)(shape->room - used)) != 1)
        return false;
    SHA256(record + 32, shape->room - 32, record);
    return true;
}

bool box_record_read(const struct box_shape *shape, const unsigned char *record, struct ballot *ballot)
{
    unsigned char checksum[32];
    /* The length is looked at first: it differs in nearly every free slot, which saves hashing the rest. */
    if (get32(record + RECORD_LENGTH) != shape->sealed)
        return false;
    SHA256(record + 32, shape->room - 32, checksum);
    if (memcmp(checksum, record, 32) != 0)
        return false;
    *ballot = (struct ballot){ .serial = record + RECORD_SERIAL,
                               .prefix = record + RECORD_SERIAL + 32,
                               .signature = record + RECORD_SERIAL + 64,
                               .sealed = record + RECORD_HEAD,
                               .sealed_length = shape->sealed,
                               .version = get32(record + RECORD_VERSION) };
    return true;
}

enum status box_fill(int file, const char *path, uint64_t offset, uint64_t length, struct fail *fail)
{
    unsigned char *block = malloc(FILL_BLOCK);
    enum status status = block == NULL ? FAIL(fail, STATUS_MEMORY, "not enough memory for a ballot box") : STATUS_OK;
    while (length > 0 && status == STATUS_OK) {
        size_t part = length < FILL_BLOCK ? (size_t)length : FILL_BLOCK;
        if (RAND_bytes(block, (int)part) != 1)
            status = FAIL(fail, STATUS_CRYPTO, "the system gives no random bytes");
        else if (!box_write(file, block, part, offset))
            status = fail_errno(fail, "pwrite", path);
        offset += part;
        length -= part;
    }
    free(block);
    return status;
}

/* btrfs with copy on write, ZFS and bcachefs keep blocks in the order of writing even where a file is overwritten. */
enum status box_file_system(int file, const char *path, struct fail *fail)
{
    static const struct {
        long type;
        const char *name;
    } refused[] = { { 0x9123683e, "btrfs" }, { 0x2fc12fc1, "ZFS" }, { (long)0xca451a4e, "bcachefs" } };
    struct statfs info;
    if (fstatfs(file, &info) != 0)
        return fail_errno(fail, "fstatfs", path);
    for (size_t i = 0; i < COUNT(refused); i++)
        if ((unsigned long)(info.f_type & 0xffffffff) == (unsigned long)(refused[i].type & 0xffffffff))
            return FAIL(fail, STATUS_DENIED,
                        "%s lies on %s, which records the order in which ballots arrive; use ext4 or XFS", path,
                        refused[i].name);
    int flags = 0; /* best effort: other file systems answer with an error */
    if (ioctl(file, FS_IOC_GETFLAGS, &flags) == 0) {
        flags |= FS_NOCOW_FL;
        (void)ioctl(file, FS_IOC_SETFLAGS, &flags);
    }
    return STATUS_OK;
}
