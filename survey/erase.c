/* Order of events: the protocol is written beside its place, then the files go, then the rows with the audit row in one
 * transaction, then the protocol gets its name. Whatever is interrupted is begun again from the first protocol, so that it
 * lists what was there at the beginning. */
#include "survey/erase.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "survey/minutes.h"
#include "survey/shred.h"

/* Everything in a wave's folder that could lead to a ballot, open one, or make one. */
static const char *const doomed[] = {
    "ballots.box",        "box.key",   "issuer.key", "receipt.key", "rehearsal-codes.txt", "rehearsal-passphrase.txt",
    "challenge.expected", "challenge", "rehearsed", "drawn.txt",
};
#define PENDING "deletion.pending"

static bool exists(const char *dir, const char *wave, const char *file)
{
    char path[WAVE_PATH_ROOM];
    wave_path(path, dir, wave, file);
    return access(path, F_OK) == 0;
}

static enum status check(const struct wave *wave, const struct manifest *manifest, const struct erase_order *order,
                         struct fail *fail)
{
    if (wave->state == WAVE_OPEN)
        return FAIL(fail, STATUS_CONFLICT, "the wave %s is open: close it before it is deleted", wave->name);
    if (!wave->rehearsal && strcmp(order->today, manifest->deletes) < 0)
        return FAIL(fail, STATUS_DENIED, "the wave %s may be deleted from %s on, when the objection period is over",
                    wave->name, manifest->deletes);
    if (!wave->rehearsal && wave->state != WAVE_COUNTED && !order->uncounted)
        return FAIL(fail, STATUS_DENIED,
                    "the wave %s was never counted: its ballots would be lost. Count it first, or add --yes", wave->name);
    return STATUS_OK;
}

static enum status begin(struct store *store, const char *dir, const struct wave *wave,
                         const struct manifest *manifest, const struct erase_order *order, struct fail *fail)
{
    char path[WAVE_PATH_ROOM];
    const char *files[COUNT(doomed)];
    uint64_t invited = 0;
    uint64_t drawn = 0;
    struct deletion deletion = { .wave = wave, .manifest = manifest, .day = order->today, .person = order->person,
                                 .files = files };
    for (size_t i = 0; i < COUNT(doomed); i++)
        if (exists(dir, wave->name, doomed[i]))
            files[deletion.file_count++] = doomed[i];
    enum status status = store == NULL ? STATUS_OK : store_turnout(store, wave->id, &invited, &drawn, fail);
    deletion.codes = invited;
    wave_path(path, dir, wave->name, PENDING);
    return status == STATUS_OK ? minutes_deletion(&deletion, path, fail) : status;
}

static enum status finish(const char *dir, const char *wave, struct fail *fail)
{
    char pending[WAVE_PATH_ROOM];
    char path[WAVE_PATH_ROOM];
    wave_path(pending, dir, wave, PENDING);
    wave_path(path, dir, wave, DELETION_PROTOCOL);
    return rename(pending, path) == 0 ? STATUS_OK : fail_errno(fail, "rename", path);
}

/* A collector knows its waves by their folders only. */
static enum status find(struct store *store, const char *dir, const char *name, const struct manifest *manifest,
                        struct wave *wave, struct fail *fail)
{
    if (store != NULL)
        return store_wave_find(store, name, wave, fail);
    *wave = (struct wave){ .state = exists(dir, name, "closed") ? WAVE_CLOSED : WAVE_OPEN };
    snprintf(wave->name, sizeof wave->name, "%s", manifest->wave);
    return STATUS_OK;
}

enum status wave_erase(struct store *store, const char *dir, const struct erase_order *order, struct fail *fail)
{
    char path[WAVE_PATH_ROOM];
    struct wave wave;
    struct manifest manifest;
    enum status status = wave_manifest(dir, order->wave, &manifest, fail);
    if (status == STATUS_OK)
        status = find(store, dir, order->wave, &manifest, &wave, fail);
    if (status != STATUS_OK)
        return status;
    bool resuming = exists(dir, wave.name, PENDING);
    if (!resuming && exists(dir, wave.name, DELETION_PROTOCOL))
        return STATUS_OK;
    if (!resuming)
        status = check(&wave, &manifest, order, fail);
    if (status == STATUS_OK && !resuming)
        status = begin(store, dir, &wave, &manifest, order, fail);
    for (size_t i = 0; i < COUNT(doomed) && status == STATUS_OK; i++) {
        wave_path(path, dir, wave.name, doomed[i]);
        status = shred(path, fail);
    }
    if (status == STATUS_OK && store != NULL)
        status = store_erase(store, &wave, order->today, order->person, fail);
    return status == STATUS_OK ? finish(dir, wave.name, fail) : status;
}
