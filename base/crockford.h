/* Crockford's base 32: bytes as characters that people read out and type. Used for check codes and answers; invitation
 * codes have a check character of their own (survey/credential.h).
 * Source: D. Crockford, Base 32, crockford.com/base32.html. */
#ifndef BASE_CROCKFORD_H
#define BASE_CROCKFORD_H

#include <stdbool.h>
#include <stddef.h>

/* The first digits × 5 bits in groups of four, parted by separator. bytes holds at least that many bits; out has room for
 * digits + (digits - 1) / 4 + 1. */
void crockford_write(const unsigned char *bytes, size_t digits, char separator, char *out);

/* Reads exactly so many digits, a multiple of 8: upper or lower case; I and L are 1, O is 0; blanks and hyphens do not
 * matter. bytes has room for digits × 5 / 8. false for anything else. */
bool crockford_read(const char *typed, size_t digits, unsigned char *bytes);

#endif
