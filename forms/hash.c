/* SHA-256 by libcrypto. */
#include "forms/hash.h"

#include <openssl/evp.h>

enum status hash_hex(const void *bytes, size_t length, char hex[65], struct fail *fail)
{
    static const char digits[] = "0123456789abcdef";
    unsigned char hash[EVP_MAX_MD_SIZE];
    unsigned hash_length = 0;
    if (EVP_Digest(bytes, length, hash, &hash_length, EVP_sha256(), NULL) != 1 || hash_length != 32)
        return FAIL(fail, STATUS_CRYPTO, "SHA-256 failed");
    for (size_t i = 0; i < 32; i++) {
        hex[2 * i] = digits[hash[i] >> 4];
        hex[2 * i + 1] = digits[hash[i] & 15];
    }
    hex[64] = '\0';
    return STATUS_OK;
}
