/* Languages of the interface and their texts. The language belongs to the call, never to the process (setlocale is
 * banned: it would put commas into PDF operators). Texts of questionnaires live in the form.
 *
 * Adding a language: one line in base/languages.def and one file po/CODE.po. */
#ifndef BASE_LANGUAGE_H
#define BASE_LANGUAGE_H

#include <stdbool.h>

/* Marks a literal for translation where it cannot be translated yet (tables). */
#define N_(text) text

struct language {
    const char *code; /* "de", "de-simple": BCP 47 */
    const char *name; /* "Deutsch" */
    bool right_to_left;
    bool respondents_only; /* only what respondents read is translated: nothing for staff, reports, the command line */
    bool draft;            /* no native speaker has checked it yet */
    const char *fallback;  /* code of the language a missing text is taken from; NULL: English, the keys */
    const char *decimal;
    const char *grouping;
    const char *percent_before; /* what stands before the number of a percentage, and behind it */
    const char *percent_after;
    unsigned (*plural)(unsigned long n);
    const char *asset; /* the translations; NULL for English, the language of the keys */
};

extern const struct language *const languages[]; /* English first, NULL at the end */
extern const struct language *const language_default; /* German */

/* Next language that is translated as a whole, for a loop: from NULL over all of them to NULL. German is the first. */
const struct language *language_staff_next(const struct language *language);

/* code like "de" or "de-DE,de;q=0.9" (Accept-Language, LANG): the best known one; fallback when none is known. */
const struct language *language_find(const char *code, const struct language *fallback);
/* The language of exactly that code, as in languages.def; NULL when there is none. */
const struct language *language_exact(const char *code);
/* For staff, reports and the command line: the language itself, else its fallback, else German. */
const struct language *language_staff(const struct language *language);
const char *language_code(const struct language *language); /* "de" */
const char *language_name(const struct language *language); /* "Deutsch" */
/* "ltr" or "rtl", the value of HTML's dir; also for codes that only a questionnaire uses ("fa"). */
const char *language_direction(const char *code);

/* Translation of an English text: of the language, of its fallback, else the text itself. NULL language means English. */
const char *tr(const struct language *language, const char *text) __attribute__((format_arg(2)));
/* Plural: form chosen by the rule of the language. Both literals; the key is one. */
const char *tr_plural(const struct language *language, const char *one, const char *many, unsigned long n)
    __attribute__((format_arg(2))) __attribute__((format_arg(3)));

#endif
