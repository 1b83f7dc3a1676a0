/* What several commands need: the instance, the wave, the passphrase. */
#include "survey/commands/commands.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum status command_passphrase(const struct arguments *arguments, char *passphrase, size_t room, struct fail *fail)
{
    const char *path = arguments->texts[OPT_passphrase_file];
    const char *given = getenv("QUERSCHNITT_PASSPHRASE");
    struct buf file;
    buf_init(&file, 4096);
    enum status status = STATUS_OK;
    if (path != NULL) {
        status = buf_read_file(&file, path, fail);
        given = file.bytes;
    }
    if (status == STATUS_OK && (given == NULL || *given == '\0'))
        status = FAIL(fail, STATUS_INPUT,
                      "no passphrase: name a file with --passphrase-file or set QUERSCHNITT_PASSPHRASE");
    if (status == STATUS_OK) {
        size_t length = strcspn(given, "\r\n");
        if (length >= room)
            status = FAIL(fail, STATUS_LIMIT, "the passphrase is longer than %zu bytes", room - 1);
        else
            snprintf(passphrase, room, "%.*s", (int)length, given);
    }
    if (file.bytes != NULL)
        sodium_memzero(file.bytes, file.length);
    buf_free(&file);
    return status;
}

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
