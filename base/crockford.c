/* Five bits a character, the highest first. */
#include "base/crockford.h"

#include <string.h>

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

void crockford_write(const unsigned char *bytes, size_t digits, char separator, char *out)
{
    unsigned window = 0;
    unsigned held = 0; /* bits of window not written yet */
    for (size_t i = 0; i < digits; i++) {
        if (held < 5) {
            window = (window << 8 | *bytes++) & 0xfff;
            held += 8;
        }
        held -= 5;
        if (i > 0 && i % 4 == 0)
            *out++ = separator;
        *out++ = alphabet[window >> held & 31];
    }
    *out = '\0';
}

static int digit_of(char c)
{
    if (c >= 'a' && c <= 'z')
        c = (char)(c - 'a' + 'A');
    c = (char)(c == 'I' || c == 'L' ? '1' : c == 'O' ? '0' : c);
    const char *found = c == '\0' ? NULL : strchr(alphabet, c);
    return found == NULL ? -1 : (int)(found - alphabet);
}

bool crockford_read(const char *typed, size_t digits, unsigned char *bytes)
{
    unsigned window = 0;
    unsigned held = 0;
    size_t count = 0;
    for (; *typed != '\0'; typed++) {
        if (*typed == ' ' || *typed == '-' || *typed == '\t')
            continue;
        int digit = digit_of(*typed);
        if (digit < 0 || count == digits)
            return false;
        count++;
        window = (window << 5 | (unsigned)digit) & 0xfff;
        held += 5;
        if (held >= 8) {
            held -= 8;
            *bytes++ = (unsigned char)(window >> held & 0xff);
        }
    }
    return count == digits;
}
