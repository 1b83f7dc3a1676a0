/* The rehearsal of a box key that is not on the server: a random value sealed to the key, which its holders open on
 * their machine and read out. Who reads out the right answer can open the ballots, too.
 *
 * A challenge is sealed under other associated data than a ballot: a ballot handed to the staff council as a challenge
 * does not open. Format: docs/protocol.md. */
#ifndef SURVEY_CHALLENGE_H
#define SURVEY_CHALLENGE_H

#include "survey/hpke.h"
#include "survey/wave.h"

enum { CHALLENGE_BYTES = 10, CHALLENGE_ANSWER_ROOM = 20 };

struct challenge {
    char wave[33];
    unsigned char fingerprint[32];
    unsigned char public[HPKE_PUBLIC];
    unsigned char sealed[HPKE_PUBLIC + CHALLENGE_BYTES + HPKE_TAG];
};

/* text: the challenge's one line; hash: what the answer is held against (the value itself is forgotten). */
MUST_USE enum status challenge_make(const struct manifest *manifest, struct buf *text, unsigned char hash[32],
                                    struct fail *fail);
MUST_USE enum status challenge_read(const char *path, struct challenge *challenge, struct fail *fail);
/* answer: "XXXX-XXXX-XXXX-XXXX". STATUS_CONFLICT: it is sealed to another key than secret. */
MUST_USE enum status challenge_open(const struct challenge *challenge, const unsigned char secret[HPKE_PRIVATE],
                                    char answer[CHALLENGE_ANSWER_ROOM], struct fail *fail);
/* Hash of an answer as people type it; false when it is not 16 characters of the alphabet. */
bool challenge_hash(const char *typed, const unsigned char fingerprint[32], unsigned char hash[32]);

#endif
