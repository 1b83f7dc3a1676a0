/* Finds languages and translates: a small reader of .mo files (GNU gettext manual, section "The Format of GNU MO Files")
 * over built-in assets. Translations are made by msgfmt at build time. */
#include "base/language.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/asset.h"

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
