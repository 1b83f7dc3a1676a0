/* A Bloom filter over the first eight bytes of each needle, then buckets: one pass over the haystack. */
#include "scanner.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "attack.h"

enum { BUCKETS = 1 << 16, BLOOM_BITS = 1 << 22, WINDOW = 16, STRIDE = 48 };

static uint64_t head_of(const unsigned char *bytes)
{
    uint64_t head;
    memcpy(&head, bytes, sizeof head);
    return head * UINT64_C(0x9e3779b97f4a7c15);
}

void scanner_init(struct scanner *scanner)
{
    *scanner = (struct scanner){ .buckets = calloc(BUCKETS, sizeof(uint32_t)), .bloom = calloc(BLOOM_BITS / 8, 1) };
    if (scanner->buckets == NULL || scanner->bloom == NULL)
        die("no memory");
}

void scanner_free(struct scanner *scanner)
{
    free(scanner->needles);
    free(scanner->buckets);
    free(scanner->bloom);
    *scanner = (struct scanner){ 0 };
}

void scanner_add(struct scanner *scanner, unsigned kind, unsigned person, const char *guise, const void *bytes,
                 size_t length)
{
    if (length < NEEDLE_MIN)
        die("a needle of %zu bytes is too short", length);
    if (scanner->count == scanner->room) {
        scanner->room = scanner->room == 0 ? 1024 : scanner->room * 2;
        scanner->needles = realloc(scanner->needles, scanner->room * sizeof *scanner->needles);
        if (scanner->needles == NULL)
            die("no memory");
    }
    struct needle *needle = &scanner->needles[scanner->count++];
    *needle = (struct needle){ .length = length > NEEDLE_ROOM ? NEEDLE_ROOM : length, .guise = guise, .kind = kind,
                               .person = person };
    memcpy(needle->bytes, bytes, needle->length);
    uint64_t head = head_of(needle->bytes);
    uint32_t *bucket = &scanner->buckets[head >> 48];
    scanner->bloom[(head >> 42) / 8] |= (unsigned char)(1u << ((head >> 42) % 8));
    needle->next = *bucket;
    *bucket = (uint32_t)scanner->count;
}

static void reverse(unsigned char *out, const unsigned char *in, size_t length)
{
    for (size_t i = 0; i < length; i++)
        out[i] = in[length - 1 - i];
}

static void add_base64(struct scanner *scanner, unsigned kind, unsigned person, const unsigned char *bytes, size_t length)
{
    static const char *const guises[] = { "base64", "base64+1", "base64+2" };
    for (size_t shift = 0; shift < 3; shift++) {
        unsigned char padded[64] = { 0 };
        char text[128];
        if (length + shift > 48)
            length = 48 - shift;
        memcpy(padded + shift, bytes, length);
        sodium_bin2base64(text, sizeof text, padded, shift + length, sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
        size_t first = shift == 0 ? 0 : shift + 1; /* characters that depend on what stands before */
        size_t end = (shift + length) * 8 / 6;     /* and behind */
        scanner_add(scanner, kind, person, guises[shift], text + first, end - first);
    }
}

static void add_utf16(struct scanner *scanner, unsigned kind, unsigned person, const char *text, size_t length)
{
    unsigned char wide[NEEDLE_ROOM] = { 0 };
    for (size_t i = 0; i < length && 2 * i + 1 < sizeof wide; i++)
        wide[2 * i] = (unsigned char)text[i];
    scanner_add(scanner, kind, person, "utf-16", wide, length * 2 > sizeof wide ? sizeof wide : length * 2);
}

static void add_window(struct scanner *scanner, unsigned kind, unsigned person, const unsigned char *bytes, size_t length)
{
    unsigned char other[WINDOW * 2];
    char hex[4 * WINDOW + 1];
    scanner_add(scanner, kind, person, "raw", bytes, length);
    reverse(other, bytes, length);
    scanner_add(scanner, kind, person, "reversed", other, length);
    sodium_bin2hex(hex, sizeof hex, bytes, length);
    scanner_add(scanner, kind, person, "hex", hex, 2 * length);
    add_utf16(scanner, kind, person, hex, 2 * length);
    for (char *at = hex; *at != '\0'; at++)
        if (*at >= 'a')
            *at = (char)(*at - 32);
    scanner_add(scanner, kind, person, "HEX", hex, 2 * length);
    add_base64(scanner, kind, person, bytes, length);
}

void scanner_add_value(struct scanner *scanner, unsigned kind, unsigned person, const void *bytes, size_t length)
{
    const unsigned char *value = bytes;
    for (size_t at = 0; at + WINDOW <= length; at += STRIDE)
        add_window(scanner, kind, person, value + at, WINDOW);
    if (length > WINDOW && (length - WINDOW) % STRIDE != 0)
        add_window(scanner, kind, person, value + length - WINDOW, WINDOW);
}

void scanner_add_text(struct scanner *scanner, unsigned kind, unsigned person, const char *text)
{
    unsigned char other[32];
    size_t length = strlen(text) > 32 ? 32 : strlen(text);
    scanner_add(scanner, kind, person, "text", text, length);
    reverse(other, (const unsigned char *)text, length);
    scanner_add(scanner, kind, person, "reversed", other, length);
    add_utf16(scanner, kind, person, text, length);
    if (length >= 12)
        add_base64(scanner, kind, person, (const unsigned char *)text, length);
}

void scanner_search(const struct scanner *scanner, const void *bytes, size_t length, scanner_hit *hit, void *context)
{
    const unsigned char *hay = bytes;
    for (size_t i = 0; i + NEEDLE_MIN <= length; i++) {
        uint64_t head = head_of(hay + i);
        if ((scanner->bloom[(head >> 42) / 8] & (1u << ((head >> 42) % 8))) == 0)
            continue;
        for (uint32_t at = scanner->buckets[head >> 48]; at != 0; at = scanner->needles[at - 1].next) {
            const struct needle *needle = &scanner->needles[at - 1];
            if (needle->length <= length - i && memcmp(needle->bytes, hay + i, needle->length) == 0)
                hit(context, needle, i);
        }
    }
}
