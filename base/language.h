/* Languages of the interface and their texts. The language belongs to the call, never to the process (setlocale is
 * banned: it would put commas into PDF operators). Texts of questionnaires live in the form.
 *
 * Adding a language: one line in base/languages.def and one file po/CODE.po. */
#ifndef BASE_LANGUAGE_H
#define BASE_LANGUAGE_H

/* Marks a literal for translation where it cannot be translated yet (tables). */
#define N_(text) text

struct language {
    const char *code; /* "de" */
    const char *name; /* "Deutsch" */
    const char *decimal;
    const char *grouping;
    const char *percent_gap; /* between number and percent sign */
    const char *day_sign;    /* behind the day of a date */
    const char *asset;       /* the translations; NULL for English, the language of the keys */
};

extern const struct language *const languages[]; /* English first, NULL at the end */
extern const struct language *const language_default; /* German */

/* code like "de" or "de-DE,de;q=0.9" (Accept-Language, LANG): the best known one; fallback when none is known. */
const struct language *language_find(const char *code, const struct language *fallback);
const char *language_code(const struct language *language); /* "de" */
const char *language_name(const struct language *language); /* "Deutsch" */

/* Translation of an English text; the text itself when there is none. NULL language means English. */
const char *tr(const struct language *language, const char *text) __attribute__((format_arg(2)));
/* Plural: form chosen by the rule of the language. Both literals; the key is one. */
const char *tr_plural(const struct language *language, const char *one, const char *many, unsigned long n)
    __attribute__((format_arg(2))) __attribute__((format_arg(3)));

#endif
