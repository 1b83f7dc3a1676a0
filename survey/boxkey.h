/* The private key of the ballot box as files (mode 0600), locked by passphrases: Argon2id and XChaCha20-Poly1305. Without
 * file and passphrase nobody opens the box, ever. Needs no instance: the staff council makes it on a machine of its own.
 *
 * Whole: one file. Split: two files, each with one half, locked by its own passphrase. The halves are a one-time pad
 * (random bytes; secret XOR random bytes), so that one half with its passphrase says nothing about the key.
 * Formats: docs/protocol.md. */
#ifndef SURVEY_BOXKEY_H
#define SURVEY_BOXKEY_H

#include <stdbool.h>

#include "survey/hpke.h"

enum { PASSPHRASE_MIN = 12 };

/* Make a new key pair; refuse to replace an existing file. Nothing is left behind on a failure. */
MUST_USE enum status boxkey_create(const char *path, const char *passphrase, unsigned char public[HPKE_PUBLIC],
                                   struct fail *fail);
/* STATUS_INPUT also when both passphrases are the same. */
MUST_USE enum status boxkey_create_split(const char *path_a, const char *passphrase_a, const char *path_b,
                                         const char *passphrase_b, unsigned char public[HPKE_PUBLIC],
                                         struct fail *fail);

/* STATUS_DENIED: wrong passphrase. STATUS_CONFLICT: a half where a whole key is wanted, or the other way round, or halves
 * that do not belong together. STATUS_INPUT: damaged. The caller wipes secret (sodium_memzero). */
MUST_USE enum status boxkey_open(const char *path, const char *passphrase, unsigned char secret[HPKE_PRIVATE],
                                 struct fail *fail);
/* The two halves in any order. */
MUST_USE enum status boxkey_open_split(const char *path_a, const char *passphrase_a, const char *path_b,
                                       const char *passphrase_b, unsigned char secret[HPKE_PRIVATE],
                                       struct fail *fail);

/* What a key file says without its passphrase. */
struct boxkey_facts {
    bool half; /* one of two */
    unsigned char public[HPKE_PUBLIC];
};
MUST_USE enum status boxkey_look(const char *path, struct boxkey_facts *facts, struct fail *fail);

/* The public half as a file of one line: what the server gets. split: the private half is in two files. */
MUST_USE enum status boxkey_public_write(const char *path, bool split, const unsigned char public[HPKE_PUBLIC],
                                         struct fail *fail);
MUST_USE enum status boxkey_public_read(const char *path, bool *split, unsigned char public[HPKE_PUBLIC],
                                        struct fail *fail);

#endif
