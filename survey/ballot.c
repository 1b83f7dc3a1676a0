/* Padding is 0x80 and zeros up to the slot, so that every ballot of a wave has the same length. */
#include "survey/ballot.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

static struct hpke_context context_of(const struct manifest *manifest, const unsigned char serial[BOX_SERIAL])
{
    return (struct hpke_context){ .aead = HPKE_AES_256_GCM,
                                  .info = manifest->fingerprint,
                                  .info_length = sizeof manifest->fingerprint,
                                  .aad = serial,
                                  .aad_length = BOX_SERIAL };
}

enum status ballot_make(const struct manifest *manifest, const struct credential *credential,
                        const unsigned char signature[RSA_BYTES], const char *json, size_t length,
                        unsigned char **body, size_t *body_length, struct fail *fail)
{
    const struct hpke_context context = context_of(manifest, credential->serial);
    if (length + 1 > manifest->slot)
        return FAIL(fail, STATUS_LIMIT, "the answers need %zu bytes, the wave has room for %zu", length + 1,
                    (size_t)manifest->slot);
    size_t made_length = BALLOT_HEAD + HPKE_PUBLIC + manifest->slot + HPKE_TAG;
    unsigned char *plain = calloc(1, manifest->slot);
    unsigned char *made = malloc(made_length);
    enum status status = STATUS_OK;
    if (plain == NULL || made == NULL) {
        status = FAIL(fail, STATUS_MEMORY, "not enough memory for a ballot");
    } else {
        memcpy(plain, json, length);
        plain[length] = 0x80;
        made[0] = BALLOT_FIRST;
        memcpy(made + 1, credential->prefix, BOX_PREFIX);
        memcpy(made + 1 + BOX_PREFIX, credential->serial, BOX_SERIAL);
        memcpy(made + 1 + BOX_PREFIX + BOX_SERIAL, signature, BOX_SIGNATURE);
        made[BALLOT_NUMBER] = 0;
        randombytes_buf(made + BALLOT_NUMBER + 1, 32);
        status = hpke_seal(manifest->box, &context, plain, manifest->slot, NULL, made + BALLOT_HEAD, fail);
        sodium_memzero(plain, manifest->slot);
    }
    free(plain);
    if (status != STATUS_OK) {
        free(made);
        return status;
    }
    *body = made;
    *body_length = made_length;
    return STATUS_OK;
}

/* A first ballot with number and key put in. Random bytes stand in place of what a withdrawal does not say. */
enum status ballot_make_change(const struct manifest *manifest, const struct credential *credential,
                               const unsigned char signature[RSA_BYTES], unsigned change, const char *json,
                               size_t length, unsigned char **body, size_t *body_length, struct fail *fail)
{
    enum status status = ballot_make(manifest, credential, signature, json == NULL ? "" : json, json == NULL ? 0 : length,
                                     body, body_length, fail);
    if (status != STATUS_OK)
        return status;
    (*body)[0] = json == NULL ? BALLOT_WITHDRAWAL : BALLOT_CHANGE;
    (*body)[BALLOT_NUMBER] = (unsigned char)change;
    memcpy(*body + BALLOT_NUMBER + 1, credential->edit_keys[change], 32);
    if (json == NULL)
        randombytes_buf(*body + BALLOT_HEAD, *body_length - BALLOT_HEAD);
    return STATUS_OK;
}

/* Length of the answers before the padding 0x80 00 00 …; false when the padding is not of that shape. */
static bool unpad(const unsigned char *plain, size_t slot, size_t *length)
{
    size_t end = slot;
    while (end > 0 && plain[end - 1] == 0)
        end--;
    if (end == 0 || plain[end - 1] != 0x80)
        return false;
    *length = end - 1;
    return true;
}

enum status ballot_open(const struct manifest *manifest, const struct blind_key *key,
                        const unsigned char secret[HPKE_PRIVATE], const struct ballot *ballot, unsigned char *plain,
                        size_t *length, struct fail *fail)
{
    const struct hpke_context context = context_of(manifest, ballot->serial);
    unsigned char message[BOX_PREFIX + BOX_SERIAL];
    memcpy(message, ballot->prefix, BOX_PREFIX);
    memcpy(message + BOX_PREFIX, ballot->serial, BOX_SERIAL);
    if (ballot->sealed_length != HPKE_PUBLIC + manifest->slot + HPKE_TAG)
        return FAIL(fail, STATUS_CRYPTO, "the ballot has another size than those of its wave");
    enum status status = blind_verify(key, message, sizeof message, ballot->signature, fail);
    if (status == STATUS_OK)
        status = hpke_open(secret, &context, ballot->sealed, ballot->sealed_length, plain, fail);
    if (status == STATUS_OK && !unpad(plain, manifest->slot, length))
        status = FAIL(fail, STATUS_CRYPTO, "the padding of the ballot does not hold");
    return status;
}
