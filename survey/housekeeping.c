/* A wave never reopens: what is closed stays closed whatever the clock says afterwards. The other way round a clock that
 * jumps ahead must not destroy a key at once: draws are refused from the first moment (issue.c), which ends when the clock
 * is put right; closing waits some rounds. */
#include "survey/housekeeping.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/day.h"
#include "base/env.h"
#include "survey/issue.h"
#include "survey/minutes.h"
#include "survey/tell.h"
#include "survey/wave_view.h"

enum { PAUSE = 60, MEMORY = 1 << 20 };

struct housekeeping {
    pthread_t thread;
    pthread_mutex_t lock; /* guards stopping */
    pthread_cond_t changed;
    bool running, stopping;
    int64_t last; /* the clock at the round before; 0 before the first */
    unsigned distrust;
    char told[FAIL_WHAT_MAX]; /* a sentence that stands every minute in the journal is read by nobody */
};

static bool exists(const char *dir, const char *wave, const char *file)
{
    char path[WAVE_PATH_ROOM];
    wave_path(path, dir, wave, file);
    return access(path, F_OK) == 0;
}

/* Who drew before midnight may finish and send; the browser itself may wait for manifest->delay minutes. */
static bool past(const struct manifest *manifest, int64_t now)
{
    char day[DAY_ROOM];
    env_local_day(now - HOUSE_GRACE - (int64_t)manifest->delay * 60, day);
    return wave_over(manifest->closes, day);
}

static enum status announce(struct store *store, const struct wave *wave, struct fail *fail)
{
    char name[64];
    char known[8] = "";
    snprintf(name, sizeof name, "deletion due %s", wave->name);
    if (store_fact(store, name, known, sizeof known, NULL) == STATUS_OK && known[0] != '\0')
        return STATUS_OK;
    enum status status = store_audit_add(store, "server", "deletion due", wave->name, fail);
    return status == STATUS_OK ? store_fact_set(store, name, "1", fail) : status;
}

static enum status close_one(struct store *store, const char *dir, const struct wave *wave, int64_t now,
                             struct fail *fail)
{
    char today[DAY_ROOM];
    struct manifest manifest;
    enum status status = wave_manifest(dir, wave->name, &manifest, fail);
    if (status != STATUS_OK)
        return status;
    env_local_day(now, today);
    if (wave->state == WAVE_OPEN && past(&manifest, now)) {
        status = wave_close(store, dir, wave->name, fail);
        return status == STATUS_OK ? store_audit_add(store, "server", "wave close", wave->name, fail) : status;
    }
    if (wave->state == WAVE_CLOSED && wave->erased[0] == '\0' && !exists(dir, wave->name, MINUTES_CLOSING))
        status = wave_close(store, dir, wave->name, fail);
    if (status == STATUS_OK && wave->state >= WAVE_CLOSED && wave->erased[0] == '\0' && !wave->rehearsal &&
        strcmp(manifest.deletes, today) <= 0)
        status = announce(store, wave, fail);
    return status;
}

enum status housekeeping_close(struct store *store, const char *dir, int64_t now, struct fail *fail)
{
    struct arena arena;
    const struct wave *waves = NULL;
    size_t count = 0;
    arena_init(&arena, MEMORY);
    enum status first = store_waves(store, &arena, &waves, &count, fail);
    for (size_t i = 0; i < count; i++) {
        if (waves[i].state != WAVE_OPEN && waves[i].state != WAVE_CLOSED && waves[i].state != WAVE_COUNTED)
            continue;
        enum status status = close_one(store, dir, &waves[i], now, fail);
        first = first == STATUS_OK ? status : first;
    }
    arena_free(&arena);
    return first;
}

/* A write sets the file's ctime, and no call can set it back: after the last ballot of a day it would say when that
 * came. Touching the box every minute, ballot or not, leaves nothing but the last minute. mtime stays at the day the box
 * was made (slotbox.c pins it); a time that is not a whole day is put back to one. */
static void touch_box(const char *path)
{
    struct stat facts;
    if (stat(path, &facts) != 0)
        return;
    const struct timespec day = { .tv_sec = facts.st_mtim.tv_sec - facts.st_mtim.tv_sec % DAY_SECONDS };
    const struct timespec times[2] = { day, day };
    (void)utimensat(AT_FDCWD, path, times, AT_SYMLINK_NOFOLLOW);
}

static enum status mark_closed(const char *dir, const char *wave, struct fail *fail)
{
    char path[WAVE_PATH_ROOM];
    struct buf marker;
    buf_init(&marker, 64);
    buf_add_string(&marker, "closed\n");
    wave_path(path, dir, wave, "closed");
    enum status status = buf_write_file(&marker, path, 0644, fail);
    buf_free(&marker);
    return status;
}

/* A collector on its own has no database: the marker is all it needs and all it can do. Boxes are touched after closing,
 * too: the last ballot may have come just before. */
static enum status tend_boxes(const struct service *service, int64_t now, bool closing, struct fail *fail)
{
    char path[WAVE_PATH_ROOM];
    snprintf(path, sizeof path, "%s/waves", service->dir);
    DIR *waves = opendir(path);
    enum status status = STATUS_OK;
    for (struct dirent *entry = waves == NULL ? NULL : readdir(waves); entry != NULL; entry = readdir(waves)) {
        struct manifest manifest;
        const char *name = entry->d_name;
        if (!wave_name_ok(name) || !exists(service->dir, name, "ballots.box"))
            continue;
        wave_path(path, service->dir, name, "ballots.box");
        touch_box(path);
        if (service->store != NULL || !closing || exists(service->dir, name, "closed") ||
            wave_manifest(service->dir, name, &manifest, NULL) != STATUS_OK || !past(&manifest, now))
            continue;
        enum status marked = mark_closed(service->dir, name, fail);
        status = status == STATUS_OK ? marked : status;
    }
    if (waves != NULL)
        closedir(waves);
    return status;
}

/* Failures are told on standard error, where the system's journal takes them: there is no person to tell. */
static void tell(struct housekeeping *house, const struct fail *fail)
{
    if (strcmp(house->told, fail->what) == 0)
        return;
    snprintf(house->told, sizeof house->told, "%s", fail->what);
    if (fail->what[0] != '\0')
        tell_operator(fail->what);
}

void housekeeping_round(struct service *service)
{
    struct housekeeping *house = service->housekeeping;
    struct fail fail = { .language = language_default };
    int64_t now = service->env->now(service->env->state);
    if (house->last != 0 && (now < house->last - HOUSE_JUMP || now > house->last + HOUSE_JUMP))
        house->distrust = HOUSE_DISTRUST;
    house->last = now;
    bool closing = house->distrust == 0;
    house->distrust -= closing ? 0 : 1;
    enum status status = STATUS_OK;
    if (service->faces & FACE_COLLECT)
        status = tend_boxes(service, now, closing, &fail);
    if ((service->faces & FACE_ISSUE) && service->store != NULL) {
        service_lock(service);
        if (closing)
            status = housekeeping_close(service->store, service->dir, now, &fail);
        issue_forget(service); /* also what was closed from the command line */
        service_unlock(service);
    }
    (void)status; /* the sentence says it */
    tell(house, &fail);
}

static void *keep_house(void *context)
{
    struct service *service = context;
    struct housekeeping *house = service->housekeeping;
    pthread_mutex_lock(&house->lock);
    while (!house->stopping) {
        struct timespec until = { 0 };
        (void)clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_sec += PAUSE;
        if (pthread_cond_timedwait(&house->changed, &house->lock, &until) != ETIMEDOUT)
            continue;
        pthread_mutex_unlock(&house->lock);
        housekeeping_round(service);
        pthread_mutex_lock(&house->lock);
    }
    pthread_mutex_unlock(&house->lock);
    return NULL;
}

enum status housekeeping_start(struct service *service, struct fail *fail)
{
    pthread_condattr_t steady;
    sigset_t all;
    sigset_t before;
    struct housekeeping *house = calloc(1, sizeof *house);
    if (house == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the server");
    service->housekeeping = house;
    pthread_mutex_init(&house->lock, NULL);
    pthread_condattr_init(&steady);
    pthread_condattr_setclock(&steady, CLOCK_MONOTONIC); /* a jumping clock neither wakes it nor lets it sleep */
    pthread_cond_init(&house->changed, &steady);
    pthread_condattr_destroy(&steady);
    housekeeping_round(service);
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before); /* inherited: signals go to service_wait */
    house->running = pthread_create(&house->thread, NULL, keep_house, service) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return house->running ? STATUS_OK : FAIL(fail, STATUS_MEMORY, "not enough memory for the server");
}

void housekeeping_stop(struct service *service)
{
    struct housekeeping *house = service->housekeeping;
    if (house == NULL)
        return;
    pthread_mutex_lock(&house->lock);
    house->stopping = true;
    pthread_cond_signal(&house->changed);
    pthread_mutex_unlock(&house->lock);
    if (house->running)
        pthread_join(house->thread, NULL);
    pthread_cond_destroy(&house->changed);
    pthread_mutex_destroy(&house->lock);
    free(house);
    service->housekeeping = NULL;
}
