/* Head of the Merkle tree of RFC 6962 section 2.1 over leaf hashes that are already made. */
#ifndef SURVEY_MERKLE_H
#define SURVEY_MERKLE_H

#include <stddef.h>

/* Leaf hash of RFC 6962: SHA-256(0x00 || bytes). */
void merkle_leaf(const void *bytes, size_t length, unsigned char leaf[32]);
/* leaves: count times 32 bytes. SHA-256 of nothing for an empty list. */
void merkle_root(const unsigned char *leaves, size_t count, unsigned char root[32]);

#endif
