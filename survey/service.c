/* Puts the rooms of a running server together and takes them apart again: store, keys, boxes, faces. */
#include "survey/service.h"

#include <dirent.h>
#include <malloc.h>
#include <openssl/rand.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "survey/certificate.h"
#include "survey/collect.h"
#include "survey/housekeeping.h"
#include "survey/issue.h"
#include "survey/server.h"
#include "survey/session.h"
#include "survey/wave.h"
#include "survey/wave_cache.h"
#include "survey/wipe.h"

static const enum face faces[] = { FACE_ISSUE, FACE_COLLECT, FACE_OFFICE };

/* Keys and ballots in memory must not reach a disk by a core dump, nor a debugger of the same user; a hole in the program
 * must not give more rights than it has. Which system calls it may make at all is
 * left to systemd (packaging/systemd, SystemCallFilter): the list belongs to the libraries of the machine. */
static void harden(void)
{
    struct rlimit none = { 0, 0 };
    struct rlimit memory;
    (void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    (void)setrlimit(RLIMIT_CORE, &none);
    (void)prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    if (getrlimit(RLIMIT_MEMLOCK, &memory) == 0 && memory.rlim_cur < memory.rlim_max) { /* for sodium_mlock of keys */
        memory.rlim_cur = memory.rlim_max;
        (void)setrlimit(RLIMIT_MEMLOCK, &memory);
    }
    (void)mallopt(M_ARENA_MAX, 2); /* one thread a connection: keep the heap small */
    (void)signal(SIGPIPE, SIG_IGN);
    (void)signal(SIGXFSZ, SIG_IGN); /* a file size limit is then a write that fails, like a full disk */
    wipe_start();
}

/* A key that others of this machine may read is no secret: better no server than one whose users trust it. */
static enum status check_keys(const struct service *service, struct fail *fail)
{
    static const char *const keys[] = { "issuer.key", "receipt.key", "box.key" };
    char path[WAVE_PATH_ROOM];
    enum status status = STATUS_OK;
    snprintf(path, sizeof path, "%s/waves", service->dir);
    DIR *waves = opendir(path);
    for (struct dirent *entry = waves == NULL ? NULL : readdir(waves); entry != NULL && status == STATUS_OK;
         entry = readdir(waves)) {
        struct stat facts;
        for (size_t i = 0; i < COUNT(keys) && wave_name_ok(entry->d_name) && status == STATUS_OK; i++) {
            wave_path(path, service->dir, entry->d_name, keys[i]);
            if (stat(path, &facts) == 0 && (facts.st_mode & 077) != 0)
                status = FAIL(fail, STATUS_INPUT, "%s may be read by others than its owner: chmod 600 %s", path, path);
        }
    }
    if (waves != NULL)
        closedir(waves);
    return status;
}

static enum status listen_faces(struct service *service, const struct service_options *options, struct fail *fail)
{
    char *const origins[] = { service->issue_origin, service->collect_origin, service->office_origin };
    bool six = strchr(options->address, ':') != NULL;
    sigset_t ours;
    sigset_t before;
    sigemptyset(&ours);
    sigaddset(&ours, SIGTERM);
    sigaddset(&ours, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ours, &before); /* inherited by the servers' threads: only service_wait takes them */
    enum status status = STATUS_OK;
    unsigned offset = 0;
    bool all = service->faces == (FACE_ISSUE | FACE_COLLECT | FACE_OFFICE);
    for (size_t i = 0; i < COUNT(faces) && status == STATUS_OK; i++) {
        if ((service->faces & faces[i]) == 0)
            continue;
        unsigned port = options->port == 0 ? 0 : options->port + (all ? (unsigned)i : offset++);
        status = server_start(service, faces[i], options->address, port, service->certificate, &service->servers[i],
                              fail);
        if (status == STATUS_OK)
            snprintf(origins[i], sizeof service->issue_origin, six ? "%s://[%s]:%u" : "%s://%s:%u",
                     service->certificate == NULL ? "http" : "https", options->address,
                     server_port(service->servers[i]));
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return status;
}

static enum status read_certificate(struct service *service, const struct service_options *options, struct fail *fail)
{
    if (options->certificate == NULL && options->key == NULL)
        return STATUS_OK;
    if (options->certificate == NULL || options->key == NULL)
        return FAIL(fail, STATUS_INPUT, "--certificate and --key belong together: give both or none");
    service->certificate = calloc(1, sizeof *service->certificate);
    if (service->certificate == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the server");
    return certificate_read(options->certificate, options->key, (long)service->env->now(service->env->state),
                            service->certificate, fail);
}

enum status service_start(const struct service_options *options, struct service **started, struct fail *fail)
{
    struct service *service = calloc(1, sizeof *service);
    if (service == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the server");
    harden();
    /* OpenSSL keeps the second in which its generator was seeded: let that be the start, not somebody's ballot. */
    unsigned char first = 0;
    bool seeded = RAND_bytes(&first, 1) == 1 && RAND_priv_bytes(&first, 1) == 1;
    service->dir = strdup(options->dir);
    service->faces = options->faces;
    service->env = options->env == NULL ? &env_system : options->env;
    pthread_mutex_init(&service->lock, NULL);
    enum status status =
        service->dir == NULL ? FAIL(fail, STATUS_MEMORY, "not enough memory for the server") : STATUS_OK;
    if (status == STATUS_OK && !seeded)
        status = FAIL(fail, STATUS_CRYPTO, "the system gives no random bytes");
    if (status == STATUS_OK)
        status = read_certificate(service, options, fail);
    if (status == STATUS_OK)
        status = check_keys(service, fail);
    if (status == STATUS_OK && (options->faces & (FACE_ISSUE | FACE_OFFICE)))
        status = store_open(options->dir, STORE_WRITE, &service->store, fail);
    if (status == STATUS_OK)
        status = wave_cache_open(&service->waves, fail);
    if (status == STATUS_OK) /* first, so that nothing is opened that is over */
        status = housekeeping_start(service, fail);
    if (status == STATUS_OK && (options->faces & FACE_ISSUE))
        status = issue_open(service, fail);
    if (status == STATUS_OK && (options->faces & FACE_COLLECT))
        status = collect_open(service, fail);
    if (status == STATUS_OK && (options->faces & FACE_OFFICE))
        status = office_open(service, fail);
    if (status == STATUS_OK)
        status = listen_faces(service, options, fail);
    if (status != STATUS_OK) {
        service_stop(service);
        return status;
    }
    *started = service;
    return STATUS_OK;
}

void service_wait(struct service *service)
{
    (void)service;
    sigset_t ours;
    sigset_t before;
    int number = 0;
    sigemptyset(&ours);
    sigaddset(&ours, SIGTERM);
    sigaddset(&ours, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ours, &before);
    (void)sigwait(&ours, &number);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void service_stop(struct service *service)
{
    if (service == NULL)
        return;
    for (size_t i = 0; i < COUNT(service->servers); i++)
        server_stop(service->servers[i]);
    housekeeping_stop(service);
    office_close(service);
    collect_close(service);
    issue_close(service);
    wave_cache_close(service->waves);
    store_close(service->store);
    if (service->certificate != NULL)
        certificate_free(service->certificate);
    free(service->certificate);
    pthread_mutex_destroy(&service->lock);
    char *dir;
    memcpy(&dir, &service->dir, sizeof dir); /* service.h lends it as const */
    free(dir);
    free(service);
}

unsigned service_port(const struct service *service, enum face face)
{
    for (size_t i = 0; i < COUNT(faces); i++)
        if (faces[i] == face && service->servers[i] != NULL)
            return server_port(service->servers[i]);
    return 0;
}
