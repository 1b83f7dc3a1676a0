/* What is signed at the end of a wave: the minutes of closing and the protocol of deletion, as text files in every
 * language of the program, one after the other. */
#ifndef SURVEY_MINUTES_H
#define SURVEY_MINUTES_H

#include "survey/wave.h"

#define MINUTES_CLOSING "minutes-closing.txt"

/* DIR/waves/WAVE/minutes-closing.txt: day, fingerprint, invited, drawn, hash of the box, lines to sign. */
MUST_USE enum status minutes_closing(struct store *store, const char *dir, const struct wave *wave, struct fail *fail);

/* What a deletion is about. */
struct deletion {
    const struct wave *wave;
    const struct manifest *manifest;
    const char *day;    /* ISO, on which it began */
    const char *person; /* who ordered it */
    uint64_t codes;     /* rows of invitations */
    const char *const *files;
    size_t file_count;
};
MUST_USE enum status minutes_deletion(const struct deletion *deletion, const char *path, struct fail *fail);

#endif
