/* The bytes of a ballot box: header, record, random slots, file system. Used by slotbox.c and slotbox_read.c only. */
#ifndef SURVEY_SLOTBOX_FILE_H
#define SURVEY_SLOTBOX_FILE_H

#include "survey/slotbox.h"

/* Record: checksum 32, version 4, length 4, serial, prefix, signature, sealed, random tail. */
enum { RECORD_VERSION = 32, RECORD_LENGTH = 36, RECORD_SERIAL = 40, RECORD_HEAD = 40 + 32 + 32 + 384 };

struct box_shape {
    uint32_t slots, room, sealed;
    bool clean; /* the last process closed it */
};

uint32_t box_room(uint32_t sealed_length);
MUST_USE enum status box_header_write(int file, const char *path, const struct box_shape *shape,
                                      const unsigned char fingerprint[32], struct fail *fail);
MUST_USE enum status box_header_read(int file, const char *path, const unsigned char fingerprint[32],
                                     struct box_shape *shape, struct fail *fail);
/* record has shape->room bytes; false when the system gives no random bytes for the tail. */
bool box_record_make(const struct box_shape *shape, const struct ballot *ballot, unsigned char *record);
/* Whether the checksum holds; ballot then points into record. */
bool box_record_read(const struct box_shape *shape, const unsigned char *record, struct ballot *ballot);
MUST_USE enum status box_fill(int file, const char *path, uint64_t offset, uint64_t length, struct fail *fail);
/* Refuses file systems that record the order of writing; asks others not to copy on write. */
MUST_USE enum status box_file_system(int file, const char *path, struct fail *fail);
bool box_write(int file, const void *bytes, size_t length, uint64_t offset);
bool box_read(int file, void *bytes, size_t length, uint64_t offset);

#endif
