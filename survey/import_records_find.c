/* What is looked up for every record: the unit by its id and the pay grade by its text. A million rows name a few hundred of
 * each, so both are found by a hash of the text. Not responsible for what a grade means (analysis/grade.c). */
#include <sodium.h>
#include <string.h>

#include "survey/import_records.h"

enum { GRADE_SLOTS = 1024, GRADE_KEPT = 24, CAREER_KEPT = 8, UNIT_SLOTS_MIN = 64 };

struct known_grade {
    bool known;
    char text[GRADE_KEPT], career[CAREER_KEPT];
    struct grade grade;
};

struct finder {
    const struct unit *units;
    uint32_t *slots; /* position of a unit + 1; 0: free. At most half of them are taken */
    size_t slot_count; /* a power of two */
    struct known_grade grades[GRADE_SLOTS]; /* each slot keeps the last one that fell into it */
};

/* FNV-1a, 32 bits: Fowler, Noll, Vo; both numbers as in RFC 9923. */
static const uint32_t HASH_BASIS = UINT32_C(0x811C9DC5);

static uint32_t hash_of(const char *text, uint32_t hash)
{
    for (; *text != '\0'; text++)
        hash = (hash ^ (unsigned char)*text) * UINT32_C(16777619);
    return hash;
}

struct finder *finder_create(struct arena *arena, const struct unit *units, size_t count)
{
    struct finder *finder = ARENA_NEW(arena, struct finder, 1);
    if (finder == NULL)
        return NULL;
    finder->units = units;
    for (finder->slot_count = UNIT_SLOTS_MIN; finder->slot_count < 2 * count;)
        finder->slot_count *= 2;
    finder->slots = ARENA_NEW(arena, uint32_t, finder->slot_count);
    if (finder->slots == NULL)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        size_t at = hash_of(units[i].id, HASH_BASIS) & (finder->slot_count - 1);
        while (finder->slots[at] != 0)
            at = (at + 1) & (finder->slot_count - 1);
        finder->slots[at] = (uint32_t)i + 1;
    }
    return finder;
}

int finder_unit(const struct finder *finder, const char *id)
{
    const size_t mask = finder->slot_count - 1;
    for (size_t at = hash_of(id, HASH_BASIS) & mask; finder->slots[at] != 0; at = (at + 1) & mask)
        if (strcmp(finder->units[finder->slots[at] - 1].id, id) == 0)
            return (int)finder->slots[at] - 1;
    return -1;
}

struct grade finder_grade(struct finder *finder, const char *text, const char *career)
{
    struct known_grade *known = &finder->grades[hash_of(career, hash_of(text, HASH_BASIS)) % GRADE_SLOTS];
    if (known->known && strcmp(known->text, text) == 0 && strcmp(known->career, career) == 0)
        return known->grade;
    const struct grade grade = grade_read(text, career_read(career));
    if (strlen(text) < GRADE_KEPT && strlen(career) < CAREER_KEPT) {
        strcpy(known->text, text);
        strcpy(known->career, career);
        known->grade = grade;
        known->known = true;
    }
    return grade;
}

void finder_wipe(struct finder *finder)
{
    sodium_memzero(finder->grades, sizeof finder->grades); /* the text of a grade may be anything */
}
