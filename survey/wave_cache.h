/* Manifest and form of each wave this process has shown, read from the wave's folder once, and the pages written from
 * them, compressed once: parsing, writing and compressing take longer than signing a ballot. Nothing of a person or of an
 * answer is in it: a page is the same for everybody.
 * Not responsible for the wave's state: that stands in the database and is asked for each time. */
#ifndef SURVEY_WAVE_CACHE_H
#define SURVEY_WAVE_CACHE_H

#include "base/buf.h"
#include "survey/wave.h"

enum { WAVE_CACHE_MAX = 16, WAVE_PAGES_MAX = 24, PAGE_KEY_ROOM = 256 };

struct wave_cache; /* any number of threads */

struct frozen { /* does not change once a wave is frozen */
    struct manifest manifest;
    const struct form *form; /* with the city's units */
};

MUST_USE enum status wave_cache_open(struct wave_cache **cache, struct fail *fail);
void wave_cache_close(struct wave_cache *cache); /* accepts NULL */

/* frozen lives as long as cache and arena do. A folder that was made anew under the same name is read anew. After
 * WAVE_CACHE_MAX of them (or with cache NULL) everything is read into the arena. Errors as of wave_manifest and
 * wave_form. */
MUST_USE enum status wave_cache_find(struct wave_cache *cache, struct arena *arena, const char *dir, const char *wave,
                                     const struct frozen **frozen, struct fail *fail);

/* The page of this name, appended to out; false when it is not kept. The name says everything the page depends on. */
bool wave_cache_page(struct wave_cache *cache, const char *name, struct buf *out);
/* Keeps a copy in the place of the oldest one; does nothing when memory is short. */
void wave_cache_keep_page(struct wave_cache *cache, const char *name, const struct buf *page);

#endif
