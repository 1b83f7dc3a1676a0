/* Finds languages and translates: a small reader of .mo files (GNU gettext manual, section "The Format of GNU MO
 * Files") over built-in assets. Translations are made by msgfmt at build time. */
#include "base/language.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/asset.h"

enum { LEFT_TO_RIGHT, RIGHT_TO_LEFT };
enum { EVERYBODY, RESPONDENTS };
enum { CHECKED, DRAFT };

#define LANGUAGE(name, code, own, direction, reach, review, fallback, decimal, grouping, before, after, form)          \
    static unsigned plural_##name(unsigned long n)                                                                     \
    {                                                                                                                  \
        return form;                                                                                                   \
    }
LANGUAGE(en, "en", "English", LEFT_TO_RIGHT, EVERYBODY, CHECKED, NULL, ".", ",", "", "%", n != 1)
#include "base/languages.def"
#undef LANGUAGE

#define LANGUAGE(name, code, own, direction, reach, review, fallback, decimal, grouping, before, after, form)          \
    static const struct language language_##name = { code,                                                             \
                                                     own,                                                              \
                                                     (direction) == RIGHT_TO_LEFT,                                     \
                                                     (reach) == RESPONDENTS,                                           \
                                                     (review) == DRAFT,                                                \
                                                     fallback,                                                         \
                                                     decimal,                                                          \
                                                     grouping,                                                         \
                                                     before,                                                           \
                                                     after,                                                            \
                                                     plural_##name,                                                    \
                                                     "po/" code ".mo" };
#include "base/languages.def"
#undef LANGUAGE

static const struct language english = { .code = "en",
                                         .name = "English",
                                         .decimal = ".",
                                         .grouping = ",",
                                         .percent_before = "",
                                         .percent_after = "%",
                                         .plural = plural_en };

#define LANGUAGE(name, ...) &language_##name,
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

static const struct language *find(const char *code, size_t length)
{
    for (size_t i = 0; languages[i] != NULL && length > 0; i++)
        if (strlen(languages[i]->code) == length && strncasecmp(languages[i]->code, code, length) == 0)
            return languages[i];
    return NULL;
}

const struct language *language_exact(const char *code)
{
    return find(code, strlen(code));
}

const struct language *language_find(const char *code, const struct language *fallback)
{
    while (code != NULL && *code != '\0') {
        code += strspn(code, " ,\t");
        const struct language *found = find(code, strcspn(code, "_;,. \t"));
        if (found == NULL)
            found = find(code, strcspn(code, "-_;,. \t"));
        if (found != NULL)
            return found;
        code += strcspn(code, ",");
    }
    return fallback;
}

static const struct language *next_language(const struct language *language)
{
    return language == NULL || language->fallback == NULL ? NULL : language_exact(language->fallback);
}

const struct language *language_staff(const struct language *language)
{
    if (language == NULL || !language->respondents_only)
        return language;
    const struct language *next = next_language(language);
    return next == NULL || next->respondents_only ? language_default : next;
}

const struct language *language_staff_next(const struct language *language)
{
    size_t i = 0;
    if (language == NULL)
        return language_default;
    while (language != language_default && languages[i] != NULL && languages[i] != language)
        i++;
    i += language == language_default ? 0 : 1;
    while (languages[i] != NULL && (languages[i]->respondents_only || languages[i] == language_default))
        i++;
    return languages[i];
}

const char *language_direction(const char *code)
{
    /* Written from right to left, and spoken in questionnaires that come from elsewhere. */
    static const char *const others[] = { "ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi" };
    const struct language *language = language_exact(code);
    if (language != NULL)
        return language->right_to_left ? "rtl" : "ltr";
    size_t length = strcspn(code, "-_");
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (strlen(others[i]) == length && strncasecmp(others[i], code, length) == 0)
            return "rtl";
    return "ltr";
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

/* The translation in the language or its fallback; *language becomes the one it was found in. NULL: there is none. */
static const char *translate(const struct language **language, const char *key)
{
    for (int depth = 0; *language != NULL && depth < 2; depth++) {
        const char *found = lookup(*language, key);
        if (found != NULL && *found != '\0')
            return found;
        *language = next_language(*language);
    }
    return NULL;
}

const char *tr(const struct language *language, const char *text)
{
    const char *translation = *text == '\0' ? NULL : translate(&language, text);
    return translation == NULL ? text : translation;
}

const char *tr_plural(const struct language *language, const char *one, const char *many, unsigned long n)
{
    const char *translation = translate(&language, one);
    if (translation == NULL)
        return n == 1 ? one : many;
    for (unsigned form = language->plural(n); form > 0; form--) /* as many as msgfmt has checked */
        translation += strlen(translation) + 1;
    return translation;
}
