/* Looks for many byte strings at once, in every guise they may have: raw, reversed, hex, base64 at each alignment, UTF-16.
 * A needle belongs to a kind ("blinded") and a person. Does not know where the haystack comes from. */
#ifndef ATTACK_SCANNER_H
#define ATTACK_SCANNER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { NEEDLE_ROOM = 72, NEEDLE_MIN = 8 };

struct needle {
    unsigned char bytes[NEEDLE_ROOM];
    size_t length;
    const char *guise;
    unsigned kind, person;
    uint32_t next; /* of the same bucket, + 1 */
};
struct scanner {
    struct needle *needles;
    size_t count, room;
    uint32_t *buckets;
    unsigned char *bloom;
};

void scanner_init(struct scanner *scanner);
void scanner_free(struct scanner *scanner);
/* One needle as it is; shorter than NEEDLE_MIN is not allowed. */
void scanner_add(struct scanner *scanner, unsigned kind, unsigned person, const char *guise, const void *bytes,
                 size_t length);
/* Windows of 16 bytes of a value, every 48 bytes, each in every guise. */
void scanner_add_value(struct scanner *scanner, unsigned kind, unsigned person, const void *bytes, size_t length);
void scanner_add_text(struct scanner *scanner, unsigned kind, unsigned person, const char *text);
typedef void scanner_hit(void *context, const struct needle *needle, size_t offset);
void scanner_search(const struct scanner *scanner, const void *bytes, size_t length, scanner_hit *hit, void *context);

#endif
