/* Sealing to a public key: HPKE base mode (RFC 9180), DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM; one message a
 * key. OpenSSL 3.0 has no HPKE of its own. */
#ifndef SURVEY_HPKE_H
#define SURVEY_HPKE_H

#include "base/status.h"

enum { HPKE_PUBLIC = 65, HPKE_PRIVATE = 32, HPKE_TAG = 16 };
enum hpke_aead { HPKE_AES_128_GCM = 1, HPKE_AES_256_GCM = 2 }; /* 128 only for the RFC's own vectors */

/* Associated bytes: info binds the wave, aad the single message. */
struct hpke_context {
    enum hpke_aead aead;
    const unsigned char *info;
    size_t info_length;
    const unsigned char *aad;
    size_t aad_length;
};

MUST_USE enum status hpke_key_create(unsigned char secret[HPKE_PRIVATE], unsigned char public[HPKE_PUBLIC],
                                     struct fail *fail);
MUST_USE enum status hpke_key_public(const unsigned char secret[HPKE_PRIVATE], unsigned char public[HPKE_PUBLIC],
                                     struct fail *fail);

/* out has room for HPKE_PUBLIC + length + HPKE_TAG bytes: enc || ciphertext. ephemeral NULL: a new one (always, except
 * in tests of published vectors). */
MUST_USE enum status hpke_seal(const unsigned char public[HPKE_PUBLIC], const struct hpke_context *context,
                               const unsigned char *plain, size_t length, const unsigned char *ephemeral,
                               unsigned char *out, struct fail *fail);

/* plain has room for length - HPKE_PUBLIC - HPKE_TAG bytes. STATUS_CRYPTO when the seal does not hold. */
MUST_USE enum status hpke_open(const unsigned char secret[HPKE_PRIVATE], const struct hpke_context *context,
                               const unsigned char *sealed, size_t length, unsigned char *plain, struct fail *fail);

#endif
