/* What several commands need: the instance, the wave. */
#include "survey/commands/commands.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

enum status command_folder(const char *path, struct fail *fail)
{
    if (mkdir(path, 0700) == 0 || errno == EEXIST)
        return STATUS_OK;
    return fail_errno(fail, "mkdir", path);
}

enum status command_store(const struct arguments *arguments, struct store **store, struct fail *fail)
{
    const char *dir = arguments->texts[OPT_dir];
    char path[4096];
    struct stat facts;
    snprintf(path, sizeof path, "%s/querschnitt.sqlite", dir);
    if (stat(path, &facts) != 0)
        return FAIL(fail, STATUS_MISSING, "%s is no instance: make one with querschnitt init %s", dir, dir);
    return store_open(dir, STORE_WRITE, store, fail);
}

enum status command_find_wave(struct store *store, const char *given, enum wave_state least, bool rehearsal,
                         struct wave *wave, struct fail *fail)
{
    if (given != NULL)
        return store_wave_find(store, given, wave, fail);
    struct arena arena;
    arena_init(&arena, 1 << 20);
    const struct wave *waves = NULL;
    size_t count = 0;
    bool found = false;
    enum status status = store_waves(store, &arena, &waves, &count, fail);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        if (waves[i].rehearsal != rehearsal || waves[i].state < least)
            continue;
        *wave = waves[i];
        found = true;
    }
    arena_free(&arena);
    if (status == STATUS_OK && !found)
        status = FAIL(fail, STATUS_MISSING, "there is no such wave yet; querschnitt wave status lists them");
    return status;
}
