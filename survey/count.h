/* Opens, checks and sorts the ballots of a closed wave; writes the files of docs/protocol.md and the store's rows. */
#ifndef SURVEY_COUNT_H
#define SURVEY_COUNT_H

#include "survey/wave.h"

struct count_result {
    uint64_t invited, drawn, ballots, invalid;
    char root[65], answers_sha256[65];
};
MUST_USE enum status count_wave(struct store *store, const char *dir, const char *wave, const char *passphrase,
                                struct count_result *result, struct fail *fail);

#endif
