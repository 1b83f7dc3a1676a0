/* Text that runs from right to left, alone or mixed with text that runs the other way (Unicode Standard Annex 9, on
 * FriBidi). Knows levels of characters; fonts and joined letters are the business of who draws them. */
#ifndef BASE_BIDI_H
#define BASE_BIDI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

/* What a text is made of: nothing from right to left; both, the first letter from left to right (or characters that
 * steer the direction); both or only letters from right to left, which come first (UAX 9, rules P2 and P3). */
enum bidi { BIDI_LTR, BIDI_MIXED, BIDI_RTL };

enum bidi bidi_of(const char *text, size_t length);

/* A character that only steers the direction and is never seen (U+200E, U+2066 …). */
bool bidi_control(int32_t point);

/* Levels of the characters of one line; odd: from right to left. rtl is the direction of its paragraph.
 * False: no memory. */
MUST_USE bool bidi_levels(const int32_t points[], size_t count, bool rtl, uint8_t levels[]);

/* Positions in the order of sight, from left to right (rule L2): order[i] is what stands i-th. */
void bidi_order(const uint8_t levels[], size_t count, size_t order[]);

#endif
