/* Looks things up in a form, and binds the city's lists into it. */
#include "forms/form.h"

#include <string.h>

#include "base/language.h"

/* Position in form->languages, -1 when the form does not speak it. */
static int find_language(const struct form *form, const char *language)
{
    for (size_t i = 0; language != NULL && i < form->language_count; i++)
        if (strcmp(form->languages[i], language) == 0)
            return (int)i;
    return -1;
}

int form_language_of(const struct form *form, const struct text *text, const char *language)
{
    int position = find_language(form, language);
    if (position >= 0 && text->in[position] != NULL)
        return position;
    const struct language *known = language_exact(language);
    position = known == NULL ? -1 : find_language(form, known->fallback);
    return position >= 0 && text->in[position] != NULL ? position : 0;
}

const char *form_text(const struct form *form, const struct text *text, const char *language)
{
    const char *found = text->in[form_language_of(form, text, language)];
    return found != NULL ? found : "";
}

bool form_language_draft(const struct form *form, const char *language)
{
    int position = find_language(form, language);
    return position >= 0 && form->draft[position];
}

const struct item *form_item(const struct form *form, const char *id)
{
    for (size_t i = 0; i < form->item_count; i++)
        if (strcmp(form->items[i].id, id) == 0)
            return &form->items[i];
    return NULL;
}

const struct scale *form_scale(const struct form *form, const char *id)
{
    for (size_t i = 0; i < form->scale_count; i++)
        if (strcmp(form->scales[i].id, id) == 0)
            return &form->scales[i];
    return NULL;
}

const struct notice *form_notice(const struct form *form, const char *id)
{
    for (size_t i = 0; i < form->notice_count; i++)
        if (strcmp(form->notices[i].id, id) == 0)
            return &form->notices[i];
    return NULL;
}

int item_option(const struct item *item, const char *code)
{
    for (size_t i = 0; i < item->option_count; i++)
        if (strcmp(item->options[i].code, code) == 0)
            return (int)i;
    return -1;
}

bool form_id_fits(const char *id)
{
    size_t length = strlen(id);
    return length >= 1 && length <= FORM_ID_MAX &&
           strspn(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == length;
}

bool form_code_fits(const char *code)
{
    size_t length = strlen(code);
    return length >= 1 && length <= FORM_CODE_MAX && strspn(code, FORM_CODE_CHARACTERS) == length;
}
