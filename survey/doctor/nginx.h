/* Reads nginx configuration files into a tree of directives, as far as the doctor needs it: words, quotes, comments,
 * blocks, include. Knows nothing of what a directive means. Meant for files that nginx itself accepts; whatever else it
 * is given, it ends with a sentence, within its bounds. */
#ifndef SURVEY_DOCTOR_NGINX_H
#define SURVEY_DOCTOR_NGINX_H

#include <stdbool.h>

#include "base/arena.h"

enum {
    NGINX_BYTES_MAX = 4 << 20, /* of all files together */
    NGINX_FILES_MAX = 256,
    NGINX_DIRECTIVES_MAX = 100000,
    NGINX_WORDS_MAX = 1024, /* of one directive */
    NGINX_DEPTH_MAX = 32,   /* of blocks, and of includes */
};

struct nginx_directive {
    const char *name;
    const char *const *words; /* behind the name, without quotes */
    size_t word_count;
    const char *file;                     /* as it was opened */
    unsigned line;                        /* of the name, from 1 */
    const struct nginx_directive *parent; /* the root for those outside any block */
    struct nginx_directive *first, *next; /* first of the block; next of the same block */
};

struct nginx_tree {
    struct nginx_directive *root; /* without a name */
    const char *const *skipped;   /* include patterns that were not followed: outside the folder, or nothing there */
    size_t skipped_count;
};

/* Includes are followed within the folder of path (after links are resolved), wildcards in the last part only.
 * Everything lives in the arena. STATUS_INPUT: no nginx configuration (line and reason); STATUS_LIMIT, STATUS_MISSING,
 * STATUS_IO. */
MUST_USE enum status nginx_read(struct arena *arena, const char *path, struct nginx_tree *tree, struct fail *fail);
/* The same from memory, for tests: includes are refused as outside the folder. */
MUST_USE enum status nginx_parse(struct arena *arena, const char *bytes, size_t length, struct nginx_tree *tree,
                                 struct fail *fail);

/* First directive of that name in the block of here or, when it has none, of the nearest block around it that has: so
 * nginx hands settings down. NULL when there is none. */
const struct nginx_directive *nginx_find(const struct nginx_directive *here, const char *name);
/* The next one of the same name and block. */
const struct nginx_directive *nginx_again(const struct nginx_directive *found);
/* First of that name directly in the block. */
const struct nginx_directive *nginx_child(const struct nginx_directive *here, const char *name);
bool nginx_word(const struct nginx_directive *directive, const char *word); /* NULL: false */
/* The next directive of a walk through everything below top; begin with at = top. NULL at the end. */
const struct nginx_directive *nginx_walk(const struct nginx_directive *top, const struct nginx_directive *at);

#endif
