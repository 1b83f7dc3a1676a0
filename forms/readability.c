/* One pass over the code points; a word is a run of letters and digits, with hyphens and apostrophes inside. */
#include "forms/readability.h"

#include <math.h>
#include <string.h>
#include <utf8proc.h>

#include "base/utf8.h"

struct word {
    size_t letters, syllables, points;
    int32_t vowel; /* the vowel just before, 0 after a consonant or when it is already part of a pair */
};

static int32_t vowel_of(int32_t point)
{
    point = utf8proc_tolower(point);
    static const int32_t vowels[] = { 'a',   'e',   'i',   'o',   'u',   'y',   0xE4,  0xF6,  0xFC,
                                      0xE9,  0xE8,  0x105, 0x119, 0xF3,  0x131, 0x430, 0x435, 0x438,
                                      0x43E, 0x443, 0x44E, 0x44F, 0x454, 0x456, 0x457, 0x44B, 0x44D };
    for (size_t i = 0; i < sizeof vowels / sizeof vowels[0]; i++)
        if (vowels[i] == point)
            return point;
    return 0;
}

/* Two vowels that are spoken as one syllable. */
static bool is_pair(int32_t first, int32_t second)
{
    static const int32_t pairs[][2] = { { 'a', 'u' }, { 'a', 'i' }, { 'e', 'i' }, { 'e', 'u' }, { 0xE4, 'u' },
                                        { 'i', 'e' }, { 'a', 'a' }, { 'e', 'e' }, { 'o', 'o' }, { 'o', 'u' } };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        if (pairs[i][0] == first && pairs[i][1] == second)
            return true;
    return false;
}

static void word_add(struct word *word, int32_t point)
{
    word->letters++;
    int32_t vowel = vowel_of(point);
    if (vowel == 0 || word->vowel == 0 || !is_pair(word->vowel, vowel)) {
        word->syllables += vowel != 0 ? 1 : 0;
        word->vowel = vowel;
    } else {
        word->vowel = 0; /* the pair is complete: a third vowel begins a syllable */
    }
}

static void word_end(struct readability *counts, struct word *word, size_t *sentence)
{
    if (word->points == 0)
        return;
    counts->words++;
    (*sentence)++;
    counts->long_words += word->letters > 6 ? 1 : 0;
    counts->one_syllable += word->syllables <= 1 ? 1 : 0;
    counts->many_syllables += word->syllables >= 3 ? 1 : 0;
    *word = (struct word){ 0 };
}

static void sentence_end(struct readability *counts, size_t *sentence)
{
    if (*sentence == 0)
        return;
    counts->sentences++;
    if (*sentence > counts->longest)
        counts->longest = *sentence;
    *sentence = 0;
}

static bool is_letter(int32_t point)
{
    utf8proc_category_t category = utf8proc_category(point);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_MC;
}

static bool ends_sentence(int32_t point)
{
    return point == '.' || point == '!' || point == '?' || point == 0x2026 || point == 0x61F || point == '\n';
}

void readability_add(struct readability *counts, const char *text)
{
    struct word word = { 0 };
    size_t sentence = 0;
    size_t before = 0; /* letters of the word that a full stop may have ended: “z. B.” and “§ 13.” end no sentence */
    int32_t point = 0;
    for (size_t step = utf8_next(text, &point); step > 0; text += step, step = utf8_next(text, &point)) {
        bool digit = utf8proc_category(point) == UTF8PROC_CATEGORY_ND;
        if (is_letter(point)) {
            word.points++;
            word_add(&word, point);
            continue;
        }
        if (digit || (word.points > 0 && (point == '-' || point == 0x2019 || point == '\'' || point == 0xB7))) {
            word.points++;
            word.vowel = 0;
            continue;
        }
        before = word.letters;
        word_end(counts, &word, &sentence);
        if (ends_sentence(point) && (point != '.' || before > 1))
            sentence_end(counts, &sentence);
    }
    word_end(counts, &word, &sentence);
    sentence_end(counts, &sentence);
}

double readability_words_per_sentence(const struct readability *counts)
{
    return counts->sentences == 0 ? (double)NAN : (double)counts->words / (double)counts->sentences;
}

double readability_wstf(const struct readability *counts)
{
    if (counts->words == 0)
        return (double)NAN;
    const double percent = 100.0 / (double)counts->words;
    return 0.1935 * percent * (double)counts->many_syllables + 0.1672 * readability_words_per_sentence(counts) +
           0.1297 * percent * (double)counts->long_words - 0.0327 * percent * (double)counts->one_syllable - 0.875;
}

double readability_lix(const struct readability *counts)
{
    if (counts->words == 0)
        return (double)NAN;
    return readability_words_per_sentence(counts) + 100.0 * (double)counts->long_words / (double)counts->words;
}

enum readability_formula readability_formula(const char *language)
{
    if (strncmp(language, "de", 2) == 0 && (language[2] == '\0' || language[2] == '-'))
        return READABILITY_WSTF;
    static const char *const without[] = { "ar", "fa", "he", "ja", "ku", "ur", "zh" };
    for (size_t i = 0; i < sizeof without / sizeof without[0]; i++)
        if (strncmp(language, without[i], 2) == 0)
            return READABILITY_NONE;
    return READABILITY_LIX;
}

struct readability_limit readability_limit(const char *language)
{
    const bool simple = strstr(language, "simple") != NULL;
    if (readability_formula(language) == READABILITY_WSTF)
        return (struct readability_limit){ simple ? 6.0 : 9.0, simple ? 12 : 20 };
    return (struct readability_limit){ 55.0, 20 };
}

bool readability_hard(const struct readability *counts, const char *language)
{
    const struct readability_limit limit = readability_limit(language);
    double value = 0.0;
    switch (readability_formula(language)) {
    case READABILITY_WSTF: value = readability_wstf(counts); break;
    case READABILITY_LIX: value = readability_lix(counts); break;
    case READABILITY_NONE: break;
    }
    /* Of a text of three words a formula says nothing. */
    return counts->longest > limit.words || (counts->words >= 6 && value > limit.formula);
}
