/* Reads pay grades. One table says which grades there are and in which band each stands; everything else is cleaning
 * the text. Not responsible for what an export calls its columns, nor for the kind of contract. */
#include "analysis/grade.h"

#include <stddef.h>
#include <string.h>

#include "base/status.h"

/* clang-format off */
static const struct range {
    char family;
    uint8_t first, last;
    const char *letters; /* one of them must stand there; "" for none */
    uint8_t band;
    uint8_t lower;             /* band up to that career, where a grade belongs to two bands */
    enum career lower_up_to;   /* CAREER_UNKNOWN: one band only */
} ranges[] = {
    { 'E',  1,  4, "",   1, 0, CAREER_UNKNOWN },
    { 'E',  5,  8, "",   2, 0, CAREER_UNKNOWN },
    { 'E',  9,  9, "A",  2, 0, CAREER_UNKNOWN },
    { 'E',  9,  9, "BC", 3, 0, CAREER_UNKNOWN },
    { 'E',  9,  9, "",   3, 2, CAREER_1_2 },     /* before 2017, and where a spreadsheet lost the letter */
    { 'E', 10, 12, "",   3, 0, CAREER_UNKNOWN },
    { 'E', 13, 15, "",   4, 0, CAREER_UNKNOWN },
    { 'S',  2,  8, "",   2, 0, CAREER_UNKNOWN }, /* S 5, S 6, S 10: older tables */
    { 'S',  8,  8, "AB", 2, 0, CAREER_UNKNOWN },
    { 'S',  9, 18, "",   3, 0, CAREER_UNKNOWN },
    { 'S', 11, 11, "AB", 3, 0, CAREER_UNKNOWN },
    { 'P',  5,  6, "",   1, 0, CAREER_UNKNOWN }, /* bands of care: our convention, schema.md names none */
    { 'P',  7,  8, "",   2, 0, CAREER_UNKNOWN },
    { 'P',  9, 16, "",   3, 0, CAREER_UNKNOWN },
    { 'A',  5,  8, "",   2, 0, CAREER_UNKNOWN },
    { 'A',  9,  9, "",   3, 2, CAREER_1_2 },
    { 'A', 10, 12, "",   3, 0, CAREER_UNKNOWN },
    { 'A', 13, 13, "",   4, 3, CAREER_2_1 },
    { 'A', 14, 16, "",   4, 0, CAREER_UNKNOWN },
    { 'B',  1, 11, "",   4, 0, CAREER_UNKNOWN },
    { 'W',  1,  3, "",   4, 0, CAREER_UNKNOWN },
};
/* clang-format on */

enum { TEXT_MAX = 48 };

/* Upper case without blanks, dots and hyphens; umlauts as AE OE UE, so that one spelling is left. false: too long. */
static bool squeeze(const char *text, char out[TEXT_MAX])
{
    static const struct {
        const char *from, *to;
    } letters[] = { { "ä", "AE" }, { "Ä", "AE" },    { "ö", "OE" },    { "Ö", "OE" },    { "ü", "UE" },
                    { "Ü", "UE" }, { "\u00A0", "" }, { "\u202F", "" }, { "\u2011", "" }, { "–", "" } };
    size_t length = 0;
    while (*text != '\0') {
        char plain[2] = { *text, '\0' };
        const char *add = plain;
        size_t step = 1;
        if (*text >= 'a' && *text <= 'z')
            plain[0] = (char)(*text - 'a' + 'A');
        else if (strchr(" \t.-", *text) != NULL)
            add = "";
        else if ((unsigned char)*text >= 0x80)
            for (size_t i = 0; i < COUNT(letters); i++)
                if (strncmp(text, letters[i].from, strlen(letters[i].from)) == 0) {
                    add = letters[i].to;
                    step = strlen(letters[i].from);
                    break;
                }
        size_t wide = strlen(add);
        if (length + wide >= TEXT_MAX)
            return false;
        memcpy(out + length, add, wide);
        length += wide;
        text += step;
    }
    out[length] = '\0';
    return true;
}

static bool skip_word(const char **text, const char *word)
{
    size_t length = strlen(word);
    if (strncmp(*text, word, length) != 0)
        return false;
    *text += length;
    return true;
}

/* What stands around a grade without being one. A single V belongs to TVöD-V; no grade begins with it. */
static void skip_frame(const char **text)
{
    static const char *const words[] = { "ENTGELTGRUPPE", "BESOLDUNGSGRUPPE", "BESGR",  "BES", "TVOED", "TVSUE", "VKA",
                                         "SUE",           "VERGGR",           "GRUPPE", "EG" };
    bool again = true;
    while (again) {
        again = false;
        for (size_t i = 0; i < COUNT(words) && !again; i++)
            again = skip_word(text, words[i]);
        if (!again && (*text)[0] == 'V')
            again = skip_word(text, "V");
    }
}

static unsigned read_number(const char **text)
{
    unsigned number = 0;
    size_t digits = 0;
    for (; **text >= '0' && **text <= '9' && digits < 4; (*text)++, digits++)
        number = number * 10 + (unsigned)(**text - '0');
    return number;
}

/* Additions, the step, and the tariff's name behind the grade: "9BTVOEDV", "A13Z", "15UE", "9A/3", "9ASTUFE3". */
static bool is_end(const char *text)
{
    if (skip_word(&text, "UE") || skip_word(&text, "MZ") || skip_word(&text, "Z"))
        (void)0;
    if (skip_word(&text, "/") || skip_word(&text, "STUFE")) {
        (void)read_number(&text);
        (void)skip_word(&text, "+");
    }
    skip_frame(&text);
    return *text == '\0';
}

static struct grade find_range(char family, unsigned number, char letter, enum career career)
{
    for (size_t i = 0; i < COUNT(ranges); i++) {
        const struct range *range = &ranges[i];
        bool fits = letter == '\0' ? range->letters[0] == '\0' : strchr(range->letters, letter) != NULL;
        if (range->family != family || number < range->first || number > range->last || !fits)
            continue;
        bool two = range->lower_up_to != CAREER_UNKNOWN;
        bool low = two && career != CAREER_UNKNOWN && career <= range->lower_up_to;
        return (struct grade){ .family = family,
                               .number = (uint8_t)number,
                               .letter = letter == '\0' ? '\0' : (char)(letter - 'A' + 'a'),
                               .band = low ? range->lower : range->band,
                               .open = two && career == CAREER_UNKNOWN };
    }
    return (struct grade){ .band = BAND_UNKNOWN };
}

static bool is_junior(const char *text)
{
    static const char *const words[] = { "AZUBI", "AUSZUB", "AUSBILD", "DUAL", "ANW", "TVAOED", "BEAMTENANW" };
    for (size_t i = 0; i < COUNT(words); i++)
        if (skip_word(&text, words[i]))
            return true;
    return false;
}

struct grade grade_read(const char *text, enum career career)
{
    char squeezed[TEXT_MAX];
    const char *rest = squeezed;
    if (!squeeze(text, squeezed))
        return (struct grade){ .band = BAND_UNKNOWN };
    if (is_junior(rest))
        return (struct grade){ .family = 'N', .band = BAND_JUNIOR };
    skip_frame(&rest);
    if (strcmp(rest, "AT") == 0 || strcmp(rest, "AUSSERTARIFLICH") == 0)
        return (struct grade){ .family = 'X', .band = 4 };
    char family = *rest >= '0' && *rest <= '9' && rest != squeezed ? 'E' : *rest; /* "EG 9b" leaves "9B" */
    if (*rest != '\0' && strchr("ESPABW", *rest) != NULL)
        rest++;
    else if (family != 'E')
        return (struct grade){ .band = BAND_UNKNOWN };
    unsigned number = read_number(&rest);
    char letter = *rest >= 'A' && *rest <= 'C' ? *rest++ : '\0';
    return is_end(rest) ? find_range(family, number, letter, career) : (struct grade){ .band = BAND_UNKNOWN };
}

enum career career_read(const char *text)
{
    static const struct {
        const char *text;
        enum career career;
    } careers[] = {
        { "11", CAREER_1_1 },   { "12", CAREER_1_2 },   { "21", CAREER_2_1 },   { "22", CAREER_2_2 },
        { "1E1", CAREER_1_1 },  { "1E2", CAREER_1_2 },  { "2E1", CAREER_2_1 },  { "2E2", CAREER_2_2 },
        { "ED", CAREER_1_1 },   { "MD", CAREER_1_2 },   { "GD", CAREER_2_1 },   { "HD", CAREER_2_2 },
        { "1EA1", CAREER_1_1 }, { "1EA2", CAREER_1_2 }, { "2EA1", CAREER_2_1 }, { "2EA2", CAREER_2_2 },
    };
    char squeezed[TEXT_MAX];
    const char *rest = squeezed;
    if (!squeeze(text, squeezed))
        return CAREER_UNKNOWN;
    (void)(skip_word(&rest, "LAUFBAHNGRUPPE") || skip_word(&rest, "LG"));
    for (size_t i = 0; i < COUNT(careers); i++)
        if (strcmp(rest, careers[i].text) == 0)
            return careers[i].career;
    return CAREER_UNKNOWN;
}
