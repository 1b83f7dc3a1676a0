/* Bytes of a ballot box on disk. Free slots are random bytes and records look random; a slot is free when its checksum
 * does not hold behind the mask. */
#include "survey/slotbox_file.h"

#include <errno.h>
#include <linux/fs.h>
#include <linux/magic.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <sodium.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

static const char magic[8] = { 'Q', 'S', 'B', 'O', 'X', '0', '0', '2' };
enum { PEEK = 128 };

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
    return box_write(file, header, sizeof header, 0) ? STATUS_OK : fail_errno(fail, "pwrite", path);
}

enum status box_header_read(int file, const char *path, const unsigned char fingerprint[32], struct box_shape *shape,
                            struct fail *fail)
{
    unsigned char header[BOX_HEADER];
    struct stat info;
    bool read = box_read(file, header, sizeof header, 0);
    if (read && memcmp(header, magic, 5) == 0 && memcmp(header, magic, sizeof magic) != 0)
        return FAIL(fail, STATUS_CONFLICT, "%s was made by another version of this program: open it with that one", path);
    if (!read || memcmp(header, magic, sizeof magic) != 0)
        return FAIL(fail, STATUS_INPUT, "%s is no ballot box, or its head is damaged; restore it from the backup", path);
    *shape = (struct box_shape){ .slots = get32(header + 8),
                                 .room = get32(header + 12),
                                 .sealed = get32(header + 16) };
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

/* What stands at offset within the record is masked with the key stream at the same place; offset: a multiple of 64. */
static void mask(unsigned char *bytes, size_t length, const unsigned char key[RECORD_KEY], uint32_t offset)
{
    static const unsigned char nonce[crypto_stream_chacha20_IETF_NONCEBYTES];
    (void)crypto_stream_chacha20_ietf_xor_ic(bytes, bytes, length, nonce, offset / 64, key);
}

bool box_noise(unsigned char *bytes, size_t length)
{
    return length <= INT32_MAX && RAND_bytes(bytes, (int)length) == 1;
}

bool box_record_make(const struct box_shape *shape, const struct ballot *ballot, unsigned char *record)
{
    size_t used = RECORD_HEAD + shape->sealed;
    if (RAND_priv_bytes(record, RECORD_KEY) != 1)
        return false;
    put32(record + RECORD_VERSION, ballot->version);
    put32(record + RECORD_LENGTH, shape->sealed);
    memcpy(record + RECORD_SERIAL, ballot->serial, BOX_SERIAL);
    memcpy(record + RECORD_SERIAL + 32, ballot->prefix, BOX_PREFIX);
    memcpy(record + RECORD_SERIAL + 64, ballot->signature, BOX_SIGNATURE);
    memcpy(record + RECORD_HEAD, ballot->sealed, shape->sealed);
    memset(record + used, 0, shape->room - used);
    SHA256(record + RECORD_VERSION, shape->room - RECORD_VERSION, record + RECORD_CHECKSUM);
    mask(record + RECORD_KEY, shape->room - RECORD_KEY, record, 0);
    return true;
}

enum box_slot box_record_read(const struct box_shape *shape, unsigned char *record, struct ballot *ballot)
{
    unsigned char peek[PEEK];
    unsigned char checksum[32];
    /* The length is looked at first: it differs in nearly every free slot, which saves reading the rest. */
    memcpy(peek, record, sizeof peek);
    mask(peek + RECORD_KEY, RECORD_SERIAL - RECORD_KEY, record, 0);
    if (get32(peek + RECORD_LENGTH) != shape->sealed)
        return SLOT_FREE;
    mask(record + RECORD_KEY, shape->room - RECORD_KEY, record, 0);
    SHA256(record + RECORD_VERSION, shape->room - RECORD_VERSION, checksum);
    if (memcmp(checksum, record + RECORD_CHECKSUM, sizeof checksum) != 0)
        return SLOT_TORN;
    *ballot = (struct ballot){ .serial = record + RECORD_SERIAL,
                               .prefix = record + RECORD_SERIAL + 32,
                               .signature = record + RECORD_SERIAL + 64,
                               .sealed = record + RECORD_HEAD,
                               .sealed_length = shape->sealed,
                               .version = get32(record + RECORD_VERSION) };
    return SLOT_RECORD;
}

uint64_t box_offset(const struct box_shape *shape, uint32_t slot)
{
    return BOX_HEADER + (uint64_t)slot * shape->room;
}

bool box_record_write(int file, const struct box_shape *shape, const unsigned char *record, uint32_t slot)
{
    uint64_t offset = box_offset(shape, slot);
    return box_write(file, record + BOX_SECTOR, shape->room - BOX_SECTOR, offset + BOX_SECTOR) &&
           box_write(file, record, BOX_SECTOR, offset);
}

/* File systems that never overwrite in place keep blocks in the order of writing, whatever the slot. btrfs overwrites in
 * place the files that were marked NOCOW while they were empty. overlayfs and network file systems show a type of their own:
 * what lies below is for `doctor` to ask about. */
const char *box_file_system_refused(long type, bool no_copy)
{
    static const struct {
        uint32_t type;
        const char *name;
        bool marks; /* obeys NOCOW */
    } refused[] = { { 0x9123683e, "btrfs", true },
                    { 0x2fc12fc1, "ZFS", false },
                    { 0xca451a4e, "bcachefs", false },
                    { 0x3434, "NILFS", false },
                    { 0xf2f52010, "F2FS", false } };
    for (size_t i = 0; i < COUNT(refused); i++)
        if ((uint32_t)type == refused[i].type && !(refused[i].marks && no_copy))
            return refused[i].name;
    return NULL;
}

enum status box_file_system(int file, const char *path, struct fail *fail)
{
    struct statfs info;
    struct stat file_info;
    int flags = 0; /* ioctl answers with an error where a file system has no such marks */
    if (fstatfs(file, &info) != 0 || fstat(file, &file_info) != 0)
        return fail_errno(fail, "fstatfs", path);
    bool marks = ioctl(file, FS_IOC_GETFLAGS, &flags) == 0;
    if (marks && (flags & FS_NOCOW_FL) == 0 && file_info.st_size == 0) {
        flags |= FS_NOCOW_FL;
        marks = ioctl(file, FS_IOC_SETFLAGS, &flags) == 0 && ioctl(file, FS_IOC_GETFLAGS, &flags) == 0;
    }
    const char *name = box_file_system_refused((long)info.f_type, marks && (flags & FS_NOCOW_FL) != 0);
    return name == NULL ? STATUS_OK
                        : FAIL(fail, STATUS_DENIED,
                               "%s lies on %s, which records the order in which ballots arrive; use ext4 or XFS", path,
                               name);
}
