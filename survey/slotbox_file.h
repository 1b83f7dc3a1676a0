/* The bytes of a ballot box: header, record, random slots, file system. Used by slotbox.c and slotbox_read.c only. */
#ifndef SURVEY_SLOTBOX_FILE_H
#define SURVEY_SLOTBOX_FILE_H

#include "survey/slotbox.h"

/* Record: a random key (32), then under ChaCha20 with that key (RFC 8439, nonce and counter 0): checksum 32, version 4,
 * length 4, serial, prefix, signature, sealed, zeros. So a piece of a record without its first sector is noise, also to
 * somebody who holds the repetition of the same ballot, and a piece with its first sector is recognised (decision 0006). */
enum {
    RECORD_KEY = 32,
    RECORD_CHECKSUM = RECORD_KEY,
    RECORD_VERSION = RECORD_CHECKSUM + 32,
    RECORD_LENGTH = RECORD_VERSION + 4,
    RECORD_SERIAL = RECORD_LENGTH + 4,
    RECORD_HEAD = RECORD_SERIAL + BOX_SERIAL + BOX_PREFIX + BOX_SIGNATURE,
    BOX_SECTOR = 512 /* what a disk writes whole or not at all */
};

struct box_shape {
    uint32_t slots, room, sealed;
};

enum box_slot { SLOT_FREE, SLOT_RECORD, SLOT_TORN };

uint32_t box_room(uint32_t sealed_length);
MUST_USE enum status box_header_write(int file, const char *path, const struct box_shape *shape,
                                      const unsigned char fingerprint[32], struct fail *fail);
MUST_USE enum status box_header_read(int file, const char *path, const unsigned char fingerprint[32],
                                     struct box_shape *shape, struct fail *fail);
/* record has shape->room bytes; false when the system gives no random bytes for the key. */
bool box_record_make(const struct box_shape *shape, const struct ballot *ballot, unsigned char *record);
/* Takes the mask off a record in place; on SLOT_RECORD ballot points into it. SLOT_TORN: the beginning of a record whose
 * rest is missing. */
enum box_slot box_record_read(const struct box_shape *shape, unsigned char *record, struct ballot *ballot);
/* The first sector last: a kill of the process leaves a whole record or noise. */
bool box_record_write(int file, const struct box_shape *shape, const unsigned char *record, uint32_t slot);
uint64_t box_offset(const struct box_shape *shape, uint32_t slot);
bool box_noise(unsigned char *bytes, size_t length);
/* Why a file system of this type (statfs) must not carry a box: its name, or NULL when it may. no_copy: the file is marked
 * NOCOW, which btrfs obeys. */
const char *box_file_system_refused(long type, bool no_copy);
/* Asks not to copy on write, as long as the file is empty, and refuses file systems that record the order of writing. */
MUST_USE enum status box_file_system(int file, const char *path, struct fail *fail);
bool box_write(int file, const void *bytes, size_t length, uint64_t offset);
bool box_read(int file, void *bytes, size_t length, uint64_t offset);

#endif
