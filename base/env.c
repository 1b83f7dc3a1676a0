/* System clock and randomness; a seeded generator beside them.
 * xoshiro256** and splitmix64: Blackman and Vigna (2018), Scrambled linear pseudorandom number generators. */
#include "base/env.h"

#include <sodium.h>
#include <string.h>
#include <time.h>

static int64_t system_now(void *state)
{
    (void)state;
    struct timespec now;
    return clock_gettime(CLOCK_REALTIME, &now) == 0 ? (int64_t)now.tv_sec : 0;
}

static void system_random(void *state, void *bytes, size_t length)
{
    (void)state;
    randombytes_buf(bytes, length);
}

const struct env env_system = { .state = NULL, .now = system_now, .random = system_random };

void env_local_day(int64_t seconds, char iso[11])
{
    struct tm date = { .tm_mday = 1, .tm_year = 70 };
    time_t moment = (time_t)seconds;
    tzset(); /* localtime_r alone need not look at the time zone */
    (void)localtime_r(&moment, &date);
    if (strftime(iso, 11, "%Y-%m-%d", &date) != 10)
        memcpy(iso, "1970-01-01", 11);
}

void seeded_init(struct seeded *seeded, uint64_t seed)
{
    for (size_t i = 0; i < COUNT(seeded->state); i++) {
        seed += 0x9E3779B97F4A7C15u;
        uint64_t mixed = seed;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
        seeded->state[i] = mixed ^ (mixed >> 31);
    }
}

static uint64_t rotate(uint64_t value, unsigned bits)
{
    return (value << bits) | (value >> (64 - bits));
}

uint64_t seeded_next(struct seeded *seeded)
{
    uint64_t *s = seeded->state;
    const uint64_t result = rotate(s[1] * 5, 7) * 9;
    const uint64_t shifted = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotate(s[3], 45);
    return result;
}

double seeded_unit(struct seeded *seeded)
{
    return (double)(seeded_next(seeded) >> 11) * 0x1.0p-53;
}

uint32_t seeded_below(struct seeded *seeded, uint32_t bound)
{
    const uint64_t limit = UINT64_MAX - UINT64_MAX % bound;
    uint64_t value = seeded_next(seeded);
    while (value >= limit)
        value = seeded_next(seeded);
    return (uint32_t)(value % bound);
}
