/* A wave's folder is bound by its manifest, so the manifest's file tells whether what was read still holds: one stat a
 * page instead of parsing a questionnaire. */
#include "survey/wave_cache.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FORM_ROOM = 32 << 20, PAGE_ROOM = 1 << 20 };

struct kept {
    struct arena arena;
    struct stat file; /* the manifest's, as it was read */
    struct frozen frozen;
};

struct kept_page {
    char name[PAGE_KEY_ROOM]; /* "": the place is free */
    struct buf bytes;
};

struct wave_cache {
    pthread_mutex_t lock;
    struct kept *kept[WAVE_CACHE_MAX]; /* never freed before the cache: others may be reading */
    size_t count;
    struct kept_page pages[WAVE_PAGES_MAX];
    size_t next_page;
};

enum status wave_cache_open(struct wave_cache **cache, struct fail *fail)
{
    struct wave_cache *fresh = calloc(1, sizeof *fresh);
    if (fresh == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the forms");
    pthread_mutex_init(&fresh->lock, NULL);
    *cache = fresh;
    return STATUS_OK;
}

void wave_cache_close(struct wave_cache *cache)
{
    if (cache == NULL)
        return;
    for (size_t i = 0; i < cache->count; i++) {
        arena_free(&cache->kept[i]->arena);
        free(cache->kept[i]);
    }
    for (size_t i = 0; i < WAVE_PAGES_MAX; i++)
        buf_free(&cache->pages[i].bytes);
    pthread_mutex_destroy(&cache->lock);
    free(cache);
}

static bool same_file(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_size == b->st_size &&
           a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec &&
           a->st_ctim.tv_sec == b->st_ctim.tv_sec && a->st_ctim.tv_nsec == b->st_ctim.tv_nsec;
}

static enum status read_wave(struct arena *arena, const char *dir, const char *wave, struct frozen *frozen,
                             struct fail *fail)
{
    enum status status = wave_manifest(dir, wave, &frozen->manifest, fail);
    return status == STATUS_OK ? wave_form(arena, dir, wave, &frozen->form, fail) : status;
}

/* Locked; there is room for one more. */
static enum status keep(struct wave_cache *cache, const char *dir, const char *wave, const struct stat *file,
                        const struct frozen **frozen, struct fail *fail)
{
    struct kept *kept = calloc(1, sizeof *kept);
    if (kept == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the form of the wave %s", wave);
    arena_init(&kept->arena, FORM_ROOM);
    kept->file = *file;
    enum status status = read_wave(&kept->arena, dir, wave, &kept->frozen, fail);
    if (status != STATUS_OK) {
        arena_free(&kept->arena);
        free(kept);
        return status;
    }
    cache->kept[cache->count++] = kept;
    *frozen = &kept->frozen;
    return STATUS_OK;
}

static enum status find_or_keep(struct wave_cache *cache, const char *dir, const char *wave, const struct stat *file,
                                const struct frozen **frozen, struct fail *fail)
{
    enum status status = STATUS_OK;
    *frozen = NULL;
    pthread_mutex_lock(&cache->lock);
    for (size_t i = 0; i < cache->count && *frozen == NULL; i++)
        if (strcmp(cache->kept[i]->frozen.manifest.wave, wave) == 0 && same_file(&cache->kept[i]->file, file))
            *frozen = &cache->kept[i]->frozen;
    if (*frozen == NULL && cache->count < WAVE_CACHE_MAX)
        status = keep(cache, dir, wave, file, frozen, fail);
    pthread_mutex_unlock(&cache->lock);
    return status;
}

enum status wave_cache_find(struct wave_cache *cache, struct arena *arena, const char *dir, const char *wave,
                            const struct frozen **frozen, struct fail *fail)
{
    char path[WAVE_PATH_ROOM];
    struct stat file;
    *frozen = NULL;
    if (!wave_name_ok(wave))
        return FAIL(fail, STATUS_MISSING, "there is no wave %s", wave);
    wave_path(path, dir, wave, "manifest");
    if (cache != NULL && stat(path, &file) == 0) {
        enum status status = find_or_keep(cache, dir, wave, &file, frozen, fail);
        if (status != STATUS_OK || *frozen != NULL)
            return status;
    }
    struct frozen *own = ARENA_NEW(arena, struct frozen, 1);
    if (own == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the form of the wave %s", wave);
    *frozen = own;
    return read_wave(arena, dir, wave, own, fail);
}

bool wave_cache_page(struct wave_cache *cache, const char *name, struct buf *out)
{
    bool found = false;
    pthread_mutex_lock(&cache->lock);
    for (size_t i = 0; i < WAVE_PAGES_MAX && !found; i++) {
        const struct kept_page *page = &cache->pages[i];
        found = page->name[0] != '\0' && strcmp(page->name, name) == 0;
        if (found)
            buf_add(out, page->bytes.bytes, page->bytes.length);
    }
    pthread_mutex_unlock(&cache->lock);
    return found && !out->failed;
}

void wave_cache_keep_page(struct wave_cache *cache, const char *name, const struct buf *page)
{
    if (strlen(name) >= PAGE_KEY_ROOM)
        return;
    pthread_mutex_lock(&cache->lock);
    struct kept_page *place = &cache->pages[cache->next_page];
    cache->next_page = (cache->next_page + 1) % WAVE_PAGES_MAX;
    buf_free(&place->bytes);
    buf_init(&place->bytes, PAGE_ROOM);
    buf_add(&place->bytes, page->bytes, page->length);
    snprintf(place->name, sizeof place->name, "%s", place->bytes.failed ? "" : name);
    pthread_mutex_unlock(&cache->lock);
}
