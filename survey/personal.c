#include "survey/personal.h"

#include <ctype.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/status.h"

static bool is_upper(char c)
{
    return isupper((unsigned char)c) != 0;
}

static bool is_digit(char c)
{
    return isdigit((unsigned char)c) != 0;
}

static bool looks_like_mail(const char *text)
{
    const char *at = strchr(text, '@');
    return at != NULL && at > text && strchr(at, '.') != NULL;
}

/* Lengths of the accounts of each country: ISO 13616, register of SWIFT. A checksum alone would take one hash in a hundred. */
static const struct {
    char country[3];
    uint8_t length;
} accounts[] = {
    { "AD", 24 }, { "AE", 23 }, { "AL", 28 }, { "AT", 20 }, { "AZ", 28 }, { "BA", 20 }, { "BE", 16 }, { "BG", 22 }, { "BH", 22 },
    { "BR", 29 }, { "CH", 21 }, { "CY", 28 }, { "CZ", 24 }, { "DE", 22 }, { "DK", 18 }, { "EE", 20 }, { "EG", 29 }, { "ES", 24 },
    { "FI", 18 }, { "FR", 27 }, { "GB", 22 }, { "GE", 22 }, { "GR", 27 }, { "HR", 21 }, { "HU", 28 }, { "IE", 22 }, { "IL", 23 },
    { "IS", 26 }, { "IT", 27 }, { "JO", 30 }, { "KW", 30 }, { "KZ", 20 }, { "LB", 28 }, { "LI", 21 }, { "LT", 20 }, { "LU", 20 },
    { "LV", 21 }, { "MC", 27 }, { "MD", 24 }, { "ME", 22 }, { "MK", 19 }, { "MT", 31 }, { "NL", 18 }, { "NO", 15 }, { "PK", 24 },
    { "PL", 28 }, { "PT", 25 }, { "QA", 29 }, { "RO", 24 }, { "RS", 22 }, { "SA", 24 }, { "SE", 24 }, { "SI", 19 }, { "SK", 24 },
    { "SM", 27 }, { "TN", 24 }, { "TR", 26 }, { "UA", 29 }, { "XK", 20 },
};

/* Remainder by 97 of the account read as a number, its first four places at the end, A = 10 … Z = 35. */
static unsigned remainder_of(const char *packed, size_t length)
{
    unsigned remainder = 0;
    for (size_t i = 0; i < length; i++) {
        char c = packed[(i + 4) % length];
        unsigned value = is_digit(c) ? (unsigned)(c - '0') : (unsigned)(c - 'A') + 10;
        remainder = (remainder * (value < 10 ? 10 : 100) + value) % 97;
    }
    return remainder;
}

static bool looks_like_account(const char *text)
{
    char packed[40];
    size_t length = 0;
    if (!is_upper(text[0]))
        return false;
    for (; *text != '\0'; text++) {
        if (*text == ' ')
            continue;
        if (length == sizeof packed - 1 || !(is_digit(*text) || is_upper(*text)))
            return false;
        packed[length++] = *text;
    }
    for (size_t i = 0; i < COUNT(accounts); i++)
        if (length == accounts[i].length && memcmp(packed, accounts[i].country, 2) == 0)
            return remainder_of(packed, length) == 1;
    return false;
}

/* Place, birthday, first letter of the name at birth, number, check digit: 12 places. */
static bool looks_like_insurance(const char *text)
{
    if (strlen(text) != 12 || !is_upper(text[8]))
        return false;
    for (size_t i = 0; i < 12; i++)
        if (i != 8 && !is_digit(text[i]))
            return false;
    unsigned day = (unsigned)(text[2] - '0') * 10 + (unsigned)(text[3] - '0');
    unsigned month = (unsigned)(text[4] - '0') * 10 + (unsigned)(text[5] - '0');
    return day >= 1 && day <= 31 && month >= 1 && month <= 12;
}

/* "+49 2323 16-0", "0171/1234567": from 7 digits, with a sign that numbers and days do not have. */
static bool looks_like_telephone(const char *text)
{
    size_t digits = 0, signs = 0;
    if (*text != '+' && *text != '0' && *text != '(')
        return false;
    for (const char *at = text; *at != '\0'; at++) {
        if (is_digit(*at))
            digits++;
        else if (*at == '/' || *at == ' ' || *at == '-' || *at == '(' || *at == ')' || (*at == '+' && at == text))
            signs++;
        else
            return false;
    }
    return digits >= 7 && digits <= 15 && signs > 0;
}

/* A capital, or the first byte of a letter beyond ASCII, which may be one. */
static bool may_be_capital(char c)
{
    return is_upper(c) || ((unsigned char)c & 0xC0) == 0xC0;
}

/* "Muster, Erika": capital, letters, comma, blank, capital, no digits. */
static bool looks_like_name(const char *text)
{
    const char *comma = strstr(text, ", ");
    return may_be_capital(text[0]) && comma != NULL && comma - text >= 2 && may_be_capital(comma[2]) &&
           !is_upper(comma[3]) && comma[3] != '\0' && comma[3] != ' ' && strpbrk(text, "0123456789") == NULL;
}

/* "44623 Herne" or "Goethestraße 12". */
static bool looks_like_address(const char *text)
{
    static const char *const streets[] = { "straße ", "strasse ", "str. ", "weg ", "platz ", "allee ", "gasse " };
    size_t digits = strspn(text, "0123456789");
    if (digits == 5 && text[5] == ' ' && is_upper(text[6]))
        return true;
    for (size_t i = 0; i < COUNT(streets); i++)
        for (const char *at = text; *at != '\0'; at++)
            if (at > text && strncasecmp(at, streets[i], strlen(streets[i])) == 0 && is_digit(at[strlen(streets[i])]))
                return true;
    return false;
}

bool personal_looks(const char *text, enum personal_place place)
{
    if (text[0] == '\0' || text[1] == '\0')
        return false;
    size_t length = strlen(text);
    if (length < 7) /* the shortest, a telephone number, has that many digits */
        return place == PERSONAL_CODES && length >= 5 && looks_like_name(text);
    if (looks_like_mail(text) || looks_like_account(text) || looks_like_insurance(text) || looks_like_telephone(text))
        return true;
    return place == PERSONAL_CODES && strchr(text, ' ') != NULL && (looks_like_name(text) || looks_like_address(text));
}
