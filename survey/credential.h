/* Invitation codes, and the secrets one seed stands for (docs/protocol.md). No storage, no HTTP. */
#ifndef SURVEY_CREDENTIAL_H
#define SURVEY_CREDENTIAL_H

#include <stdbool.h>

#include "base/status.h"

enum { CODE_LENGTH = 20, CODE_ROOM = 32, SEED_BYTES = 20, FINGERPRINT_BYTES = 32, RSA_BYTES = 384, EDIT_MAX = 16 };

/* New code as printed: "XXXXX-XXXXX-XXXXX-XXXXX-C". Randomness of the system. */
MUST_USE enum status code_make(char printed[CODE_ROOM], struct fail *fail);

/* Reads a code as people type it: case, blanks and hyphens do not matter; I and L are 1, O is 0.
 * STATUS_INPUT when it is too short or long, has another character, or its check character is wrong. */
MUST_USE enum status code_read(const char *typed, char code[CODE_LENGTH + 1], struct fail *fail);

/* SHA-256("querschnitt-code" || 20 characters): all that is stored of a code. */
void code_hash(const char code[CODE_LENGTH + 1], unsigned char hash[32]);

/* What follows from one seed; wipe it with sodium_memzero. */
struct credential {
    unsigned char edit_keys[EDIT_MAX + 1][32]; /* [i] proves the right to the i-th change; each hashes to the one before */
    unsigned char serial[32];
    unsigned char prefix[32];
    unsigned char salt[48];
    unsigned char r[RSA_BYTES];         /* blinding factor modulo n, big-endian */
};
MUST_USE enum status credential_derive(const unsigned char seed[SEED_BYTES],
                                       const unsigned char fingerprint[FINGERPRINT_BYTES],
                                       const unsigned char n[RSA_BYTES], struct credential *credential,
                                       struct fail *fail);

/* Serial that an edit key of change 1..EDIT_MAX stands for: what the collector holds against the ballot's own. */
void edit_key_serial(const unsigned char key[32], unsigned change, unsigned char serial[32]);

#endif
