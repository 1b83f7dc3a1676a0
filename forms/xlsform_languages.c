/* From the names of languages in heads ("Deutsch (de)", "English", "français") to codes. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "forms/xlsform.h"

enum { CODE_MAX = 8 };

static const char *const known[][2] = {
    { "english", "en" },    { "englisch", "en" },
    { "deutsch", "de" },    { "german", "de" },
    { "français", "fr" },   { "francais", "fr" },
    { "french", "fr" },     { "französisch", "fr" },
    { "español", "es" },    { "espanol", "es" },
    { "spanish", "es" },    { "türkçe", "tr" },
    { "turkish", "tr" },    { "türkisch", "tr" },
    { "polski", "pl" },     { "polish", "pl" },
    { "polnisch", "pl" },   { "українська", "uk" },
    { "ukrainian", "uk" },  { "ukrainisch", "uk" },
    { "العربية", "ar" },    { "arabic", "ar" },
    { "arabisch", "ar" },   { "русский", "ru" },
    { "russian", "ru" },    { "russisch", "ru" },
    { "italiano", "it" },   { "italian", "it" },
    { "português", "pt" },  { "portuguese", "pt" },
    { "română", "ro" },     { "romanian", "ro" },
    { "chinese", "zh" },    { "中文", "zh" },
    { "nederlands", "nl" }, { "dutch", "nl" },
    { "swahili", "sw" },    { "leichte sprache", "de-simple" },
};

/* "de", "pt-br", "de-simple": small letters and minus, as codes of languages are here. */
static bool take_code(const char *text, size_t length, char code[16])
{
    if (length < 2 || length > 9)
        return false;
    for (size_t i = 0; i < length; i++) {
        if (!isalpha((unsigned char)text[i]) && text[i] != '-' && text[i] != '_')
            return false;
        code[i] = text[i] == '_' ? '-' : (char)tolower((unsigned char)text[i]);
    }
    code[length] = '\0';
    return true;
}

static void code_of(const char *name, char code[16])
{
    const char *open = strrchr(name, '(');
    const char *close = open != NULL ? strchr(open, ')') : NULL;
    if (close != NULL && take_code(open + 1, (size_t)(close - open - 1), code))
        return;
    for (size_t i = 0; i < COUNT(known); i++)
        if (strcasecmp(name, known[i][0]) == 0) {
            snprintf(code, 16, "%s", known[i][1]);
            return;
        }
    if (strlen(name) <= 3 && take_code(name, strlen(name), code))
        return;
    size_t length = 2;
    memcpy(code, "x-", 3);
    for (const char *c = name; *c != '\0' && length < CODE_MAX; c++)
        if (isalpha((unsigned char)*c))
            code[length++] = (char)tolower((unsigned char)*c);
    snprintf(code + length, 16 - length, "%s", length == 2 ? "other" : "");
}

/* Position of the language in the form, which learns it when it is new; -1 when there are too many. */
static int position_of(struct xlsform *form, const char *name)
{
    char code[16];
    struct form *made = form->form;
    code_of(name, code);
    for (size_t i = 0; i < made->language_count; i++)
        if (strcmp(made->languages[i], code) == 0)
            return (int)i;
    if (made->language_count == FORM_LANGUAGE_MAX) {
        xlsform_lose(form, NULL, N_("the language “%.60s”: a form has at most %d"), name, (int)FORM_LANGUAGE_MAX);
        return -1;
    }
    if (code[0] == 'x' && code[1] == '-')
        xlsform_lose(form, N_("a code of its own"), N_("the language “%.60s” has no known code"), name);
    made->languages[made->language_count] = arena_string(form->arena, code);
    if (made->languages[made->language_count] == NULL)
        xlsform_full(form);
    return (int)made->language_count++;
}

static bool is_text(enum xlsform_key key)
{
    return key == KEY_LABEL || key == KEY_HINT || key == KEY_CONSTRAINT_MESSAGE || key == KEY_NATIVE;
}

static void place(struct xlsform *form, struct xlsform_sheet *sheet)
{
    for (size_t i = 0; sheet->table != NULL && i < sheet->table->column_count; i++) {
        struct xlsform_column *column = &sheet->columns[i];
        if (column->language == NULL || !is_text(column->key))
            continue;
        xlsform_stand_at(form, sheet, NULL, NULL);
        column->position = position_of(form, column->language);
        if (column->position < 0)
            column->key = KEY_NONE;
    }
}

/* "de, en" of a file this program wrote: codes in their order. */
static void place_native(struct xlsform *form, const char *list)
{
    while (*list != '\0') {
        char code[16];
        list += strspn(list, ", ");
        size_t length = strcspn(list, ", ");
        if (take_code(list, length, code))
            (void)position_of(form,
                              code[2] == '\0' || strlen(code) == 3 ? code : arena_format(form->arena, "(%s)", code));
        list += length;
    }
}

void xlsform_languages(struct xlsform *form)
{
    const struct table *settings = form->settings.table;
    const struct table_row *row = settings != NULL && settings->row_count > 0 ? settings->rows : NULL;
    if (row != NULL) {
        const char *list = xlsform_native(&form->settings, row, "languages");
        const char *first = xlsform_cell(&form->settings, row, KEY_DEFAULT_LANGUAGE);
        form->native = list[0] != '\0';
        xlsform_stand_at(form, &form->settings, row, NULL);
        if (form->native)
            place_native(form, list);
        else if (first[0] != '\0' && strcasecmp(first, "default") != 0)
            (void)position_of(form, first);
    }
    place(form, &form->survey);
    place(form, &form->choices);
    place(form, &form->external);
    place(form, &form->settings);
    place(form, &form->notices);
    place(form, &form->scales);
    if (form->form->language_count > 0)
        return;
    form->form->languages[form->form->language_count++] = "de";
    xlsform_stand_at(form, &form->survey, NULL, NULL);
    xlsform_lose(form, N_("German (de): change “languages” if that is wrong"),
                 N_("the file does not say which language it is in"));
}
