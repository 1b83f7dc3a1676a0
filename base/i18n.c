/* Languages: a small reader of .mo files (GNU gettext manual, section "The Format of GNU MO Files") over built-in
 * assets, and the forms of numbers, percentages and dates. Translations are made by msgfmt at build time. */
#include "base/i18n.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/asset.h"

struct language {
    const char *code;
    const char *name;
    const char *decimal;
    const char *grouping;
    const char *percent_gap;
    const char *day_sign;
    const char *asset; /* NULL for English, the language of the keys */
};

static const struct language english = { "en", "English", ".", ",", "", "", NULL };

#define LANGUAGE(id, own, decimal, grouping, gap, day_sign) \
    static const struct language language_##id = { #id, own, decimal, grouping, gap, day_sign, "po/" #id ".mo" };
#include "base/languages.def"
#undef LANGUAGE

#define LANGUAGE(id, own, decimal, grouping, gap, day_sign) &language_##id,
const struct language *const languages[] = { &english,
#include "base/languages.def"
                                             NULL };
#undef LANGUAGE

const struct language *const language_default = &language_de;

const char *language_code(const struct language *language)
{
    return language == NULL ? "en" : language->code;
}

const char *language_name(const struct language *language)
{
    return language == NULL ? "English" : language->name;
}

const struct language *language_find(const char *code, const struct language *fallback)
{
    while (code != NULL && *code != '\0') {
        code += strspn(code, " ,\t");
        size_t length = strcspn(code, "-_;,. \t");
        for (size_t i = 0; languages[i] != NULL && length > 0; i++)
            if (strlen(languages[i]->code) == length && strncasecmp(languages[i]->code, code, length) == 0)
                return languages[i];
        code += strcspn(code, ",");
    }
    return fallback;
}

static uint32_t read_u32(const unsigned char *bytes)
{
    return bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

/* The translation with its plural forms behind one another, or NULL. The asset is trusted: msgfmt made it. */
static const char *lookup(const struct language *language, const char *key)
{
    if (language == NULL || language->asset == NULL)
        return NULL;
    const struct asset *catalogue = asset_find(language->asset);
    if (catalogue == NULL || catalogue->length < 28 || read_u32(catalogue->bytes) != 0x950412DEu)
        return NULL;
    const unsigned char *bytes = catalogue->bytes;
    uint32_t low = 0;
    uint32_t high = read_u32(bytes + 8);
    const unsigned char *keys = bytes + read_u32(bytes + 12);
    const unsigned char *texts = bytes + read_u32(bytes + 16);
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = strcmp(key, (const char *)bytes + read_u32(keys + (size_t)middle * 8 + 4));
        if (order == 0)
            return (const char *)bytes + read_u32(texts + (size_t)middle * 8 + 4);
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

const char *tr(const struct language *language, const char *text)
{
    const char *translation = *text == '\0' ? NULL : lookup(language, text);
    return translation == NULL || *translation == '\0' ? text : translation;
}

const char *tr_plural(const struct language *language, const char *one, const char *many, unsigned long n)
{
    const char *translation = lookup(language, one);
    if (translation == NULL || *translation == '\0')
        return n == 1 ? one : many;
    return n == 1 ? translation : translation + strlen(translation) + 1;
}

void number_format(const struct language *language, double number, int decimals, char *out, size_t room)
{
    const struct language *style = language == NULL ? &english : language;
    struct buf buf;
    buf_init(&buf, room - 1);
    char digits[400];
    snprintf(digits, sizeof digits, "%.*f", decimals, fabs(number));
    size_t whole = strcspn(digits, ".");
    if (number < 0 && strpbrk(digits, "123456789") != NULL)
        buf_add_string(&buf, "\xE2\x88\x92");
    for (size_t i = 0; i < whole; i++) {
        if (i > 0 && (whole - i) % 3 == 0)
            buf_add_string(&buf, style->grouping);
        buf_add_byte(&buf, digits[i]);
    }
    if (digits[whole] == '.') {
        buf_add_string(&buf, style->decimal);
        buf_add_string(&buf, digits + whole + 1);
    }
    snprintf(out, room, "%s", buf.bytes == NULL ? "" : buf.bytes);
    buf_free(&buf);
}

void buf_number(struct buf *buf, const struct language *language, double number, int decimals)
{
    char digits[450];
    number_format(language, number, decimals, digits, sizeof digits);
    buf_add_string(buf, digits);
}

void buf_percent(struct buf *buf, const struct language *language, double percent, int decimals)
{
    buf_number(buf, language, percent, decimals);
    buf_add_string(buf, language == NULL ? "" : language->percent_gap);
    buf_add_byte(buf, '%');
}

void buf_date(struct buf *buf, const struct language *language, int year, int month, int day)
{
    static const char *const months[] = { N_("January"), N_("February"), N_("March"),     N_("April"),
                                          N_("May"),     N_("June"),     N_("July"),      N_("August"),
                                          N_("September"), N_("October"), N_("November"), N_("December") };
    const struct language *style = language == NULL ? &english : language;
    const char *name = month >= 1 && month <= 12 ? tr(language, months[month - 1]) : "?";
    buf_format(buf, "%d%s %s %d", day, style->day_sign, name, year);
}
