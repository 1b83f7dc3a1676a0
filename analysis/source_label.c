/* Codes to words by two tables; the year behind a code ("ZENSUS2022") follows the name. */
#include "analysis/source_label.h"

#include <string.h>

#include "base/i18n.h"

struct code_name {
    const char *code, *name; /* English, N_() */
};

static const struct code_name sources[] = {
    { "ZENSUS", N_("census") },
    { "MZ", N_("microcensus") },
    { "MELDEREGISTER", N_("population register") },
    { "AZR", N_("central register of foreigners") },
    { "BA_SVB", N_("employment statistics of the Federal Employment Agency") },
};

static const struct code_name groups[] = {
    { "WOHNBEV", N_("all residents") },
    { "ERWERBSFAEHIG_15_64", N_("residents aged 15 to 64") },
    { "ERWERBSPERSONEN", N_("labour force of the city") },
    { "EINPENDELREGION", N_("labour force of the region") },
};

static const struct code_name educations[] = {
    { "AUSBILDUNG", N_("with vocational training") },
    { "BACHELOR", N_("with a Bachelor's degree") },
    { "MASTER", N_("with a Master's degree") },
};

/* The name of a code; the code itself when it is not known. */
static const char *name_of(const struct code_name names[], size_t count, const char *code, const struct language *language)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i].code, code) == 0)
            return tr(language, names[i].name);
    return code;
}

static void add_source(struct buf *out, const char *source, const struct language *language)
{
    size_t letters = strcspn(source, "0123456789");
    const char *year = source + letters;
    for (size_t i = 0; i < COUNT(sources); i++)
        if (letters == strlen(sources[i].code) && strncmp(sources[i].code, source, letters) == 0 &&
            (*year == '\0' || (strlen(year) == 4 && strspn(year, "0123456789") == 4))) {
            buf_format(out, "%s%s%s", tr(language, sources[i].name), *year == '\0' ? "" : " ", year);
            return;
        }
    buf_add_string(out, source);
}

static void add_group(struct buf *out, const struct reference *reference, const struct language *language)
{
    buf_add_string(out, name_of(groups, COUNT(groups), reference->scope, language));
    if (reference->education != NULL && strcmp(reference->education, "*") != 0)
        buf_format(out, ", %s", name_of(educations, COUNT(educations), reference->education, language));
}

static const char *in_language(struct arena *arena, const struct reference *reference, const struct language *language)
{
    struct buf out;
    buf_init(&out, 1 << 16);
    buf_format(&out, "%s, ", reference->place);
    add_source(&out, reference->source, language);
    buf_add_string(&out, ", ");
    add_group(&out, reference, language);
    buf_add_string(&out, ", ");
    buf_date(&out, language, reference->year, reference->month, reference->day);
    const char *text = out.failed || out.bytes == NULL ? NULL : arena_string(arena, out.bytes);
    buf_free(&out);
    return text;
}

const struct text *source_label(struct arena *arena, const struct form *form, const struct reference *reference)
{
    struct text *text = ARENA_NEW(arena, struct text, 1);
    if (text == NULL)
        return NULL;
    *text = (struct text){ { 0 } };
    for (size_t i = 0; i < form->language_count; i++) {
        text->in[i] = in_language(arena, reference, language_find(form->languages[i], languages[0]));
        if (text->in[i] == NULL)
            return NULL;
    }
    return text;
}
