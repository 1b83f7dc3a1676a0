/* Where a word may be divided at the end of a line: Liang's method over the patterns of OpenOffice (.dic), which the
 * build takes from the Debian packages hyphen-de and hyphen-en-us.
 * Source: Liang, F. M. (1983) Word Hy-phen-a-tion by Com-put-er, Stanford, chapter 3. */
#ifndef REPORTS_HYPHEN_H
#define REPORTS_HYPHEN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* Patterns of one level as a tree of letters. */
struct hyphen_level {
    struct buf nodes;
    struct buf values;
    bool any;
};

struct hyphen {
    const char *asset;  /* "hyphen/de.dic"; NULL: nothing is divided */
    bool loaded;        /* patterns are read when the first word needs them */
    size_t left, right; /* letters that stay before and after a break */
    struct hyphen_level compound, syllable;
};

void hyphen_init(struct hyphen *hyphen, const char *language_code);
void hyphen_free(struct hyphen *hyphen);

bool hyphen_failed(const struct hyphen *hyphen); /* no memory for the patterns: words were left whole */

enum { HYPHEN_WORD_MAX = 64 };

/* Byte positions where the word may be divided, ascending, at most HYPHEN_WORD_MAX; returns how many.
 * Punctuation around the word is skipped; words with digits or capitals inside are left whole. */
size_t hyphen_breaks(struct hyphen *hyphen, const char *word, size_t length, size_t breaks[HYPHEN_WORD_MAX]);

#endif
