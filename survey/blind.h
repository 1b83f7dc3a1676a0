/* Blind signatures RSABSSA-SHA384-PSS-Randomized (RFC 9474), e = 65537: the issuer signs what it cannot see.
 * Sizes follow the modulus (256 bytes in the shortest vectors, 384 in waves); prefix and serial are one message. */
#ifndef SURVEY_BLIND_H
#define SURVEY_BLIND_H

#include "base/status.h"

enum { BLIND_MAX = 512, /* bytes of the largest modulus: the RFC's vectors have 4096 bits */
        BLIND_SALT = 48, BLIND_MESSAGE_MAX = 256 };

struct blind_key; /* holds a private or a public half; may be used by several threads */

MUST_USE enum status blind_key_create(unsigned bits, struct blind_key **key, struct fail *fail);
MUST_USE enum status blind_key_public(const unsigned char *n, size_t length, struct blind_key **key, struct fail *fail);
/* Private key as unencrypted PEM (PKCS #8). */
MUST_USE enum status blind_key_read(const char *pem, size_t length, struct blind_key **key, struct fail *fail);
struct buf;
MUST_USE enum status blind_key_write(const struct blind_key *key, struct buf *pem, struct fail *fail);
/* Public half as PEM (SubjectPublicKeyInfo), as openssl reads it. */
MUST_USE enum status blind_key_publish(const struct blind_key *key, struct buf *pem, struct fail *fail);
/* From raw numbers, for the tests' vectors. */
MUST_USE enum status blind_key_raw(const unsigned char *n, const unsigned char *d, const unsigned char *p,
                                   const unsigned char *q, size_t length, struct blind_key **key, struct fail *fail);
void blind_key_free(struct blind_key *key); /* accepts NULL */
size_t blind_key_bytes(const struct blind_key *key);
void blind_key_modulus(const struct blind_key *key, unsigned char *n);

/* Issuer. STATUS_INPUT when blinded is not below n; STATUS_CRYPTO when the result does not hold (a fault). */
MUST_USE enum status blind_sign(const struct blind_key *key, const unsigned char *blinded, unsigned char *blind_signature,
                                struct fail *fail);

/* Respondent: blinded = EMSA-PSS(message, salt) * r^e mod n. */
MUST_USE enum status blind_blind(const struct blind_key *key, const unsigned char *message, size_t length,
                                 const unsigned char salt[BLIND_SALT], const unsigned char *r, unsigned char *blinded,
                                 struct fail *fail);
/* signature = blind_signature / r, verified. STATUS_CRYPTO: another key signed. */
MUST_USE enum status blind_finalise(const struct blind_key *key, const unsigned char *message, size_t length,
                                    const unsigned char *r, const unsigned char *blind_signature,
                                    unsigned char *signature, struct fail *fail);
/* Everybody: RSASSA-PSS with SHA-384, MGF1 SHA-384, salt 48. */
MUST_USE enum status blind_verify(const struct blind_key *key, const unsigned char *message, size_t length,
                                  const unsigned char *signature, struct fail *fail);

#endif
