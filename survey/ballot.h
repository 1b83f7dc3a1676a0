/* One ballot between answers and box: made as a browser makes it, opened as the count opens it (docs/protocol.md, "Seal"
 * and "Submit"). Used by simulated respondents, by the rehearsal and by the count. */
#ifndef SURVEY_BALLOT_H
#define SURVEY_BALLOT_H

#include "survey/blind.h"
#include "survey/credential.h"
#include "survey/hpke.h"
#include "survey/slotbox.h"
#include "survey/wave.h"

/* A submission: kind, prefix, serial, signature, number of the change, edit key; the sealed bytes. A first ballot has number 0
 * and random bytes for the key: all three kinds are equally long, so the network tells nothing. */
enum { BALLOT_NUMBER = 1 + BOX_PREFIX + BOX_SERIAL + BOX_SIGNATURE, BALLOT_HEAD = BALLOT_NUMBER + 1 + 32 };
enum ballot_kind { BALLOT_FIRST = 1, BALLOT_CHANGE = 2, BALLOT_WITHDRAWAL = 3 };

/* The body of a submission. json: canonical answers. The caller frees *body. STATUS_LIMIT: longer than the slot. */
MUST_USE enum status ballot_make(const struct manifest *manifest, const struct credential *credential,
                                 const unsigned char signature[RSA_BYTES], const char *json, size_t length,
                                 unsigned char **body, size_t *body_length, struct fail *fail);

/* The body of the i-th change (1..EDIT_MAX); json NULL: a withdrawal. The caller frees *body. */
MUST_USE enum status ballot_make_change(const struct manifest *manifest, const struct credential *credential,
                                        const unsigned char signature[RSA_BYTES], unsigned change, const char *json,
                                        size_t length, unsigned char **body, size_t *body_length, struct fail *fail);

/* Credential, seal and padding. key: public half of the manifest's n. plain has room for manifest->slot bytes, of which
 * *length are the answers; the caller wipes it. STATUS_CRYPTO when something does not hold. */
MUST_USE enum status ballot_open(const struct manifest *manifest, const struct blind_key *key,
                                 const unsigned char secret[HPKE_PRIVATE], const struct ballot *ballot,
                                 unsigned char *plain, size_t *length, struct fail *fail);

#endif
