/* Merkle tree head without recursion: a stack of finished sub-trees, joined like the carries of a binary counter, gives
 * exactly the splits of RFC 6962 (largest power of two on the left). */
#include "survey/merkle.h"

#include <openssl/evp.h>
#include <openssl/sha.h>
#include <string.h>

#include "base/status.h"

void merkle_leaf(const void *bytes, size_t length, unsigned char leaf[32])
{
    static const unsigned char zero = 0;
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    unsigned made = 32;
    memset(leaf, 0, 32);
    if (context != NULL && EVP_DigestInit_ex(context, EVP_sha256(), NULL) == 1 &&
        EVP_DigestUpdate(context, &zero, 1) == 1 && EVP_DigestUpdate(context, bytes, length) == 1)
        (void)EVP_DigestFinal_ex(context, leaf, &made);
    EVP_MD_CTX_free(context);
}

static void join(unsigned char left[32], const unsigned char right[32])
{
    unsigned char node[65] = { 0x01 };
    memcpy(node + 1, left, 32);
    memcpy(node + 33, right, 32);
    SHA256(node, sizeof node, left);
}

void merkle_root(const unsigned char *leaves, size_t count, unsigned char root[32])
{
    unsigned char stack[64][32];
    size_t depth = 0;
    if (count == 0) {
        SHA256((const unsigned char *)"", 0, root);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        memcpy(stack[depth++], leaves + 32 * i, 32);
        for (size_t carry = i + 1; carry % 2 == 0; carry /= 2, depth--)
            join(stack[depth - 2], stack[depth - 1]);
    }
    for (; depth > 1; depth--)
        join(stack[depth - 2], stack[depth - 1]);
    memcpy(root, stack[0], 32);
}
