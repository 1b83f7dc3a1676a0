/* How hard a text is to read: words, sentences and syllables counted, and two formulas over them.
 *
 * A formula sees lengths, not meaning: its value is a hint where to look, never a proof of a level such as B1. Not
 * responsible for how long reading takes (duration.h). */
#ifndef FORMS_READABILITY_H
#define FORMS_READABILITY_H

#include <stdbool.h>
#include <stddef.h>

struct readability {
    size_t words, sentences;
    size_t long_words;     /* more than six letters */
    size_t one_syllable;   /* words of one syllable */
    size_t many_syllables; /* words of three and more */
    size_t longest;        /* words of the longest sentence */
};

/* Adds the counts of a text (valid UTF-8). A text without a full stop is one sentence. Syllables are groups of vowels,
 * with the German diphthongs as one: right for nine of ten German words. */
void readability_add(struct readability *counts, const char *text);

double readability_words_per_sentence(const struct readability *counts); /* NaN without words, like the next two */

/* First Wiener Sachtextformel: about the school grade, 4 (very easy) to 15. German only.
 * Source: Bamberger, Vanecek (1984), Lesen – Verstehen – Lernen – Schreiben. */
double readability_wstf(const struct readability *counts);

/* LIX: below 40 easy, above 60 hard. Made for Swedish, used for languages with Latin and Cyrillic letters.
 * Source: Björnsson (1968), Läsbarhet. */
double readability_lix(const struct readability *counts);

/* Whether a formula exists for the language ("de", "de-simple": WSTF; letters without cases, as in Arabic: none). */
enum readability_formula { READABILITY_NONE, READABILITY_WSTF, READABILITY_LIX };
enum readability_formula readability_formula(const char *language);

/* A text is marked as hard when its formula value or its longest sentence is above these. */
struct readability_limit {
    double formula;
    size_t words;
};
struct readability_limit readability_limit(const char *language);
bool readability_hard(const struct readability *counts, const char *language);

#endif
