/* The private key of the ballot box as a file (mode 0600), locked by the staff council's passphrase: Argon2id and
 * XChaCha20-Poly1305. Without file and passphrase nobody opens the box, ever. */
#ifndef SURVEY_BOXKEY_H
#define SURVEY_BOXKEY_H

#include "survey/hpke.h"

enum { PASSPHRASE_MIN = 12 };

/* Makes a new key pair; refuses to replace an existing file. */
MUST_USE enum status boxkey_create(const char *path, const char *passphrase, unsigned char public[HPKE_PUBLIC],
                                   struct fail *fail);
/* STATUS_DENIED: wrong passphrase. The caller wipes secret (sodium_memzero). */
MUST_USE enum status boxkey_open(const char *path, const char *passphrase, unsigned char secret[HPKE_PRIVATE],
                                 struct fail *fail);

#endif
