/* Clock and randomness as values, so that a test, a demo or a report can fix them. */
#ifndef BASE_ENV_H
#define BASE_ENV_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct env {
    void *state;
    int64_t (*now)(void *state); /* seconds since 1970, UTC */
    void (*random)(void *state, void *bytes, size_t length); /* never fails: aborts when the system has none */
};

extern const struct env env_system; /* clock_gettime and libsodium's randombytes_buf */

/* Calendar day of the machine's time zone at so many seconds since 1970, as ISO date. */
void env_local_day(int64_t seconds, char iso[11]);

/* Seeded generator (xoshiro256**) for demos and simulations; never for secrets. */
struct seeded {
    uint64_t state[4];
};
void seeded_init(struct seeded *seeded, uint64_t seed);
uint64_t seeded_next(struct seeded *seeded);
double seeded_unit(struct seeded *seeded);                     /* [0, 1) */
uint32_t seeded_below(struct seeded *seeded, uint32_t bound);   /* unbiased, bound ≥ 1 */

#endif
