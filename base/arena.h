/* Memory with one lifetime: a request, a report, a form. Freed as a whole, never singly.
 * Has a limit in bytes, so hostile input cannot exhaust the machine. Not thread-safe. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

struct arena_block;

struct arena {
    struct arena_block *blocks;
    size_t used;  /* bytes handed out, with alignment */
    size_t limit; /* bytes; 0 means arena_init was not called */
    bool failed;  /* something could not be had, ever: for callers that ask once at the end */
};

void arena_init(struct arena *arena, size_t limit);
void arena_free(struct arena *arena); /* accepts a zeroed arena */

/* Zeroed, aligned for any type. NULL when the limit or the machine's memory is reached. */
MUST_USE void *arena_get(struct arena *arena, size_t count, size_t size);
#define ARENA_NEW(arena, type, count) ((type *)arena_get((arena), (count), sizeof(type)))

/* Copy of length bytes plus a final NUL; NULL as above. */
MUST_USE char *arena_copy(struct arena *arena, const char *bytes, size_t length);
MUST_USE char *arena_string(struct arena *arena, const char *string);
MUST_USE char *arena_format(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
