/* Directions of text over FriBidi. */
#include "base/bidi.h"

#include <fribidi.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

/* The first byte of U+0590, where the first script from right to left begins: most texts are told by bytes alone. */
enum { LEAD_FIRST = 0xD6 };

enum bidi bidi_of(const char *text, size_t length)
{
    bool left_first = false;
    bool steered = false;
    for (size_t at = 0; at < length;) {
        if ((unsigned char)text[at] < LEAD_FIRST) {
            left_first = left_first || (text[at] >= 'A' && text[at] <= 'Z') || (text[at] >= 'a' && text[at] <= 'z') ||
                         (unsigned char)text[at] >= 0xC3; /* Latin with marks, Greek, Cyrillic */
            at++;
            continue;
        }
        int32_t point;
        size_t step = utf8_next(text + at, &point);
        if (step == 0)
            break;
        FriBidiCharType type = fribidi_get_bidi_type((FriBidiChar)point);
        steered = steered || bidi_control(point);
        if (FRIBIDI_IS_STRONG(type) && FRIBIDI_IS_RTL(type))
            return left_first ? BIDI_MIXED : BIDI_RTL;
        left_first = left_first || FRIBIDI_IS_STRONG(type);
        at += step;
    }
    return steered ? BIDI_MIXED : BIDI_LTR;
}

bool bidi_control(int32_t point)
{
    return point == 0x061C || point == 0x200E || point == 0x200F || (point >= 0x202A && point <= 0x202E) ||
           (point >= 0x2066 && point <= 0x2069);
}

bool bidi_levels(const int32_t points[], size_t count, bool rtl, uint8_t levels[])
{
    if (count == 0)
        return true;
    if (count > INT32_MAX / 16)
        return false;
    FriBidiParType direction = rtl ? FRIBIDI_PAR_RTL : FRIBIDI_PAR_LTR;
    FriBidiCharType *types = malloc(count * sizeof *types);
    FriBidiBracketType *brackets = malloc(count * sizeof *brackets);
    FriBidiChar *characters = malloc(count * sizeof *characters);
    FriBidiLevel *found = malloc(count * sizeof *found);
    bool done = types != NULL && brackets != NULL && characters != NULL && found != NULL;
    if (done) {
        const FriBidiStrIndex length = (FriBidiStrIndex)count;
        for (size_t i = 0; i < count; i++)
            characters[i] = (FriBidiChar)points[i];
        fribidi_get_bidi_types(characters, length, types);
        fribidi_get_bracket_types(characters, length, types, brackets);
        done = fribidi_get_par_embedding_levels_ex(types, brackets, length, &direction, found) != 0;
        for (size_t i = 0; i < count && done; i++)
            levels[i] = found[i] < 0 ? 0 : (uint8_t)found[i];
    }
    free(types);
    free(brackets);
    free(characters);
    free(found);
    return done;
}

void bidi_order(const uint8_t levels[], size_t count, size_t order[])
{
    uint8_t highest = 0;
    for (size_t i = 0; i < count; i++) {
        order[i] = i;
        highest = levels[i] > highest ? levels[i] : highest;
    }
    for (uint8_t level = highest; level > 0; level--)
        for (size_t i = 0; i < count; i++) {
            size_t end = i;
            while (end < count && levels[order[end]] >= level)
                end++;
            for (size_t low = i, high = end; low + 1 < high; low++, high--) {
                size_t kept = order[low];
                order[low] = order[high - 1];
                order[high - 1] = kept;
            }
            i = end;
        }
}
