/* One output file of the count: written beside its name, hashed on the way, renamed when everything is complete. */
#ifndef SURVEY_COUNT_FILE_H
#define SURVEY_COUNT_FILE_H

#include <sodium.h>
#include <stdio.h>

#include "survey/wave.h"

struct count_file {
    char name[96];
    char path[WAVE_PATH_ROOM];
    FILE *stream; /* NULL: closed */
    bool beside;  /* NAME.new exists */
    crypto_hash_sha256_state hash;
    char sha256[65]; /* after count_file_close */
};

MUST_USE enum status count_file_open(struct count_file *file, const char *folder, const char *name, unsigned mode,
                                     struct fail *fail);
void count_file_add(struct count_file *file, const void *bytes, size_t length); /* failures stick until close */
void count_file_hash(struct count_file *file, const unsigned char hash[32]);    /* hex and a line feed */
/* On the disk, but still beside its name. */
MUST_USE enum status count_file_close(struct count_file *file, struct fail *fail);
MUST_USE enum status count_file_keep(struct count_file *file, struct fail *fail);
void count_file_drop(struct count_file *file); /* removes what is beside; accepts a zeroed or kept file */

#endif
