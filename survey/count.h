/* Opens, checks and sorts the ballots of a closed wave; writes the files of docs/protocol.md. What is written depends on
 * the set of ballots alone: not on their order or place, not on the number of threads.
 *
 * count_folder needs a folder and the box key, no instance and no network: it may run on the staff council's own machine.
 * count_turnout and count_keep are the parts that need the database. */
#ifndef SURVEY_COUNT_H
#define SURVEY_COUNT_H

#include "survey/hpke.h"
#include "survey/steps.h"
#include "survey/wave.h"

enum { COUNT_HEX = 65, BALLOTS_MAX = 1 << 24 };

struct count_result {
    uint64_t invited, drawn, ballots, invalid, withdrawn;
    char root[COUNT_HEX], answers_sha256[COUNT_HEX];
    char credentials_sha256[COUNT_HEX], withdrawn_sha256[COUNT_HEX], drawn_sha256[COUNT_HEX];
    char fingerprint[COUNT_HEX]; /* of the manifest */
    char check[COUNT_HEX];       /* SHA-256 of the canonical text before it: the check code of the result */
};

/* Canonical text of result.json, one line; sets result->check. */
void count_result_write(struct count_result *result, struct buf *out);
/* STATUS_INPUT: not the canonical text, or its check code does not hold. */
MUST_USE enum status count_result_read(const char *text, size_t length, struct count_result *result, struct fail *fail);
/* FOLDER/result.json. STATUS_MISSING: not counted yet. */
MUST_USE enum status count_result_file(const char *folder, struct count_result *result, struct fail *fail);

/* Line of a leaf: SHA-256(0x00 || serial || SHA-256(sealed)). */
void count_leaf(const unsigned char serial[32], const unsigned char sealed_hash[32], unsigned char leaf[32]);
/* Line of credentials.txt, with its line feed: serial, prefix, signature, SHA-256(sealed). */
enum { COUNT_CREDENTIAL_ROOM = 965 };
void count_credential_line(const unsigned char serial[32], const unsigned char prefix[32],
                           const unsigned char signature[384], const unsigned char sealed_hash[32],
                           char line[COUNT_CREDENTIAL_ROOM]);
/* What drawn.txt holds of a code: SHA-256("drawn" || code_hash). */
void count_drawn(const unsigned char code_hash[32], unsigned char hash[32]);

/* The wave, when it is closed and its box is still there. */
MUST_USE enum status count_closed(struct store *store, const char *dir, const char *name, struct wave *wave,
                                  struct fail *fail);
/* Writes drawn.txt and turnout.json into the wave's folder, from the database. For closed waves. */
MUST_USE enum status count_turnout(struct store *store, const char *dir, const struct wave *wave, struct fail *fail);

struct count_job {
    const char *folder;          /* with manifest, form.yaml, units.tsv, ballots.box, turnout.json, drawn.txt */
    const unsigned char *secret; /* HPKE_PRIVATE bytes */
    unsigned threads;            /* 0: as many as the machine has processors */
    const struct steps *steps;   /* NULL: silent */
};
/* Files appear when all of them are complete. STATUS_DENIED: the steps said stop; nothing is changed. */
MUST_USE enum status count_folder(const struct count_job *job, struct count_result *result, struct fail *fail);

/* Answers of the wave's folder into the database; state COUNTED. Whole or not at all. */
MUST_USE enum status count_keep(struct store *store, const char *dir, const struct wave *wave,
                                const struct count_result *result, struct fail *fail);

/* The three together. secret NULL: the key lies in the wave's folder, locked by passphrase. */
struct count_request {
    const unsigned char *secret;
    const char *passphrase;
    const struct steps *steps;
};
MUST_USE enum status count_here(struct store *store, const char *dir, const char *wave,
                                const struct count_request *request, struct count_result *result, struct fail *fail);
MUST_USE enum status count_wave(struct store *store, const char *dir, const char *wave, const char *passphrase,
                                struct count_result *result, struct fail *fail);

/* Brings what count_folder made elsewhere into the instance: public verification, the copy's hashes, the turnout of the
 * database and the serials of the instance's own box must agree, else nothing is taken. */
MUST_USE enum status count_take(struct store *store, const char *dir, const char *wave, const char *folder,
                                const struct steps *steps, struct count_result *result, struct fail *fail);

#endif
