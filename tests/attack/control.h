/* A store that is known to leak. It runs in a child that is killed like the product. */
#ifndef ATTACK_CONTROL_H
#define ATTACK_CONTROL_H

#include <stddef.h>

#include "base/env.h"

struct control {
    const char *name;
    const char *words;
    void *(*open)(const char *dir, struct seeded *random);
    void (*put)(void *store, const unsigned char serial[32], const unsigned char *sealed, size_t length);
};

enum { CONTROL_SEALED = 3000, CONTROL_SLOTS = 64, CONTROL_ROOM = 4096 };

/* control_sqlite.c: used by both SQLite stores. */
void *control_sqlite_open(const char *dir, const char *schema);
void control_sqlite_put(void *store, const unsigned char serial[32], const unsigned char *sealed, size_t length);

/* control_slots.c: slots that are chosen wrongly. */
void *control_slots_open(const char *dir, struct seeded *random, unsigned percent_lowest);
void control_slots_put(void *store, const unsigned char serial[32], const unsigned char *sealed, size_t length);

#endif
