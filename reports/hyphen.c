/* Liang's patterns as a first-child, next-sibling tree. The files are sorted, so the newest child is nearly always the
 * one wanted and building takes one step a letter.
 *
 * German files have two levels: patterns before NEXTLEVEL find the seams of compounds, those after it the syllables of
 * each part (README.compound of libhyphen). Letters are kept in Latin-1, which holds both languages. */
#include "reports/hyphen.h"

#include <stdint.h>
#include <string.h>

#include "base/asset.h"
#include "base/utf8.h"

enum { TREE_MAX = 64 * 1024 * 1024, WORD_MIN = 6 };

struct node {
    uint32_t child, sibling;
    uint32_t values; /* 1 + offset of the digits, 0 = no pattern ends here */
    unsigned char letter, count;
};

void hyphen_init(struct hyphen *hyphen, const char *language_code)
{
    *hyphen = (struct hyphen){ .left = 2, .right = 2 };
    if (strcmp(language_code, "de") == 0)
        hyphen->asset = "hyphen/de.dic";
    else if (strcmp(language_code, "en") == 0)
        hyphen->asset = "hyphen/en.dic";
}

static void level_free(struct hyphen_level *level)
{
    buf_free(&level->nodes);
    buf_free(&level->values);
}

void hyphen_free(struct hyphen *hyphen)
{
    level_free(&hyphen->compound);
    level_free(&hyphen->syllable);
}

bool hyphen_failed(const struct hyphen *hyphen)
{
    return hyphen->compound.nodes.failed || hyphen->compound.values.failed || hyphen->syllable.nodes.failed ||
           hyphen->syllable.values.failed;
}

static struct node *node_at(const struct hyphen_level *level, uint32_t i)
{
    return (struct node *)(void *)level->nodes.bytes + i;
}

static void level_init(struct hyphen_level *level)
{
    buf_init(&level->nodes, TREE_MAX);
    buf_init(&level->values, TREE_MAX);
    struct node root = { 0 };
    buf_add(&level->nodes, &root, sizeof root);
}

static uint32_t find_child(const struct hyphen_level *level, uint32_t parent, unsigned char letter)
{
    uint32_t i = node_at(level, parent)->child;
    while (i != 0 && node_at(level, i)->letter != letter)
        i = node_at(level, i)->sibling;
    return i;
}

static uint32_t need_child(struct hyphen_level *level, uint32_t parent, unsigned char letter)
{
    uint32_t i = find_child(level, parent, letter);
    if (i != 0)
        return i;
    struct node node = { .letter = letter, .sibling = node_at(level, parent)->child };
    i = (uint32_t)(level->nodes.length / sizeof node);
    buf_add(&level->nodes, &node, sizeof node);
    if (level->nodes.failed)
        return 0;
    node_at(level, parent)->child = i;
    return i;
}

static void add_pattern(struct hyphen_level *level, const unsigned char *letters, const char *digits, size_t count)
{
    uint32_t node = 0;
    for (size_t i = 0; i < count && !level->nodes.failed; i++) {
        node = need_child(level, node, letters[i]);
        if (node == 0)
            return;
    }
    if (node == 0)
        return;
    uint32_t offset = (uint32_t)level->values.length;
    buf_add(&level->values, digits, count + 1);
    if (level->values.failed)
        return;
    node_at(level, node)->values = offset + 1;
    node_at(level, node)->count = (unsigned char)(count + 1);
    level->any = true;
}

/* One line like ".aa6l" or "ab1brand" into letters and the digits between them. */
static void read_pattern(struct hyphen_level *level, const char *line, size_t length, bool utf8)
{
    unsigned char letters[HYPHEN_WORD_MAX];
    char digits[HYPHEN_WORD_MAX + 1] = { 0 };
    size_t count = 0;
    for (size_t i = 0; i < length;) {
        int32_t point = (unsigned char)line[i];
        i += utf8 ? utf8_next(line + i, &point) : 1;
        if (point >= '0' && point <= '9') {
            digits[count] = (char)(point - '0');
            continue;
        }
        if (point > 0xFF || point == '/' || count + 1 >= HYPHEN_WORD_MAX)
            return;
        letters[count++] = (unsigned char)point;
        digits[count] = 0;
    }
    if (count > 0)
        add_pattern(level, letters, digits, count);
}

static bool is_setting(const char *line, size_t length)
{
    return length == 0 || line[0] == '#' || (length >= 4 && line[0] >= 'A' && line[0] <= 'Z' && line[1] >= 'A' &&
                                             line[1] <= 'Z');
}

static void load(struct hyphen *hyphen)
{
    hyphen->loaded = true;
    level_init(&hyphen->compound);
    level_init(&hyphen->syllable);
    const struct asset *asset = hyphen->asset == NULL ? NULL : asset_find(hyphen->asset);
    if (asset == NULL)
        return;
    const char *text = (const char *)asset->bytes;
    bool utf8 = strncmp(text, "UTF-8", 5) == 0;
    bool two_levels = strstr(text, "\nNEXTLEVEL") != NULL;
    struct hyphen_level *level = two_levels ? &hyphen->compound : &hyphen->syllable;
    text += strcspn(text, "\n");
    while (*text != '\0') {
        text += *text == '\n';
        size_t length = strcspn(text, "\r\n");
        if (length == 9 && memcmp(text, "NEXTLEVEL", 9) == 0)
            level = &hyphen->syllable;
        else if (length > 15 && memcmp(text, "RIGHTHYPHENMIN ", 15) == 0)
            hyphen->right = (size_t)(text[15] - '0');
        else if (!is_setting(text, length))
            read_pattern(level, text, length, utf8);
        text += length;
        text += *text == '\r';
    }
}

/* Highest digit of all patterns at every gap of ".word."; gap i lies before letter i of the word. */
static void weigh(const struct hyphen_level *level, const unsigned char *word, size_t count, unsigned char *gaps)
{
    unsigned char framed[HYPHEN_WORD_MAX + 2];
    framed[0] = '.';
    memcpy(framed + 1, word, count);
    framed[count + 1] = '.';
    memset(gaps, 0, count + 1);
    if (level->nodes.failed || level->values.failed)
        return;
    for (size_t start = 0; start < count + 2; start++) {
        uint32_t node = 0;
        for (size_t i = start; i < count + 2; i++) {
            node = find_child(level, node, framed[i]);
            if (node == 0)
                break;
            const struct node *here = node_at(level, node);
            for (size_t k = 0; here->values != 0 && k < here->count; k++) {
                unsigned char digit = (unsigned char)level->values.bytes[here->values - 1 + k];
                size_t gap = start + k; /* before framed[gap] */
                if (gap >= 1 && gap - 1 <= count && digit > gaps[gap - 1])
                    gaps[gap - 1] = digit;
            }
        }
    }
}

/* Letters of the word between its punctuation, small, with the byte where each begins; 0 when it must stay whole. */
static size_t read_word(const char *word, size_t length, unsigned char *letters, size_t *starts)
{
    size_t count = 0;
    bool ended = false;
    for (size_t i = 0; i < length;) {
        int32_t point;
        size_t bytes = utf8_next(word + i, &point);
        bool big = (point >= 'A' && point <= 'Z') || (point >= 0xC0 && point <= 0xDE && point != 0xD7);
        bool small = (point >= 'a' && point <= 'z') || (point >= 0xDF && point <= 0xFF && point != 0xF7);
        bool letter = big || small;
        if ((letter && ended) || (big && count > 0) || (point >= '0' && point <= '9') || count + 1 >= HYPHEN_WORD_MAX)
            return 0;
        if (letter) {
            letters[count] = (unsigned char)(big ? point + 32 : point);
            starts[count++] = i;
        } else if (point >= 0x100 && point < 0x2000) {
            return 0;
        } else if (count > 0) {
            ended = true;
        }
        if (bytes == 0)
            break;
        i += bytes;
    }
    return count;
}

size_t hyphen_breaks(struct hyphen *hyphen, const char *word, size_t length, size_t breaks[HYPHEN_WORD_MAX])
{
    unsigned char letters[HYPHEN_WORD_MAX];
    size_t starts[HYPHEN_WORD_MAX];
    size_t count = hyphen->asset == NULL ? 0 : read_word(word, length, letters, starts);
    if (count < WORD_MIN)
        return 0;
    if (!hyphen->loaded)
        load(hyphen);
    unsigned char seams[HYPHEN_WORD_MAX + 1] = { 0 };
    unsigned char gaps[HYPHEN_WORD_MAX + 1];
    if (hyphen->compound.any)
        weigh(&hyphen->compound, letters, count, seams);
    size_t found = 0;
    for (size_t part = 0; part < count;) {
        size_t end = part + 1;
        while (end < count && seams[end] % 2 == 0)
            end++;
        weigh(&hyphen->syllable, letters + part, end - part, gaps);
        for (size_t i = part; i < end; i++) {
            bool seam = i == part && part > 0;
            bool inside = i > part && i - part >= hyphen->left && end - i >= hyphen->right && gaps[i - part] % 2 == 1;
            if ((seam || inside) && i >= hyphen->left && count - i >= hyphen->right)
                breaks[found++] = starts[i];
        }
        part = end;
    }
    return found;
}
