/* Languages of the interface: texts, numbers, dates, plural forms. The language belongs to the call, never to the
 * process (setlocale is banned: it would put commas into PDF operators). Texts of questionnaires live in the form.
 *
 * Adding a language: one line in base/languages.def and one file po/CODE.po. */
#ifndef BASE_I18N_H
#define BASE_I18N_H

#include <stdint.h>

#include "base/buf.h"

/* Marks a literal for translation where it cannot be translated yet (tables). */
#define N_(text) text

struct language;

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

/* 1234.5 → "1.234,5" (de) or "1,234.5" (en); minus is U+2212. decimals 0..9. room at least 64 bytes. */
void number_format(const struct language *language, double number, int decimals, char *out, size_t room);
void buf_number(struct buf *buf, const struct language *language, double number, int decimals);
/* 17.8 → "17,8 %" (U+00A0 before the sign in German) or "17.8%". */
void buf_percent(struct buf *buf, const struct language *language, double percent, int decimals);
/* year 2025, month 1..12, day 1..31 → "31. Dezember 2025" or "31 December 2025". */
void buf_date(struct buf *buf, const struct language *language, int year, int month, int day);

#endif
