/* One running server: its instance, its faces, its keys. Shared by all handlers. Handlers run one at a time, with the
 * service locked, unless their route says ROUTE_UNLOCKED: those lock it only around their use of the store. */
#ifndef SURVEY_SERVICE_H
#define SURVEY_SERVICE_H

#include <pthread.h>

#include "survey/request.h"
#include "survey/store.h"

struct server;  /* one listening socket (server.h) */
struct issue;   /* invitations and blind signing (issue.h) */
struct collect; /* ballot boxes (collect.h) */
struct housekeeping; /* what happens every minute (housekeeping.h) */
struct wave_cache; /* forms as they were frozen (wave_cache.h) */
struct certificate; /* of the server itself (certificate.h) */
struct office;  /* sessions (session.h) and cached releases */

struct service {
    const char *dir; /* the instance */
    unsigned faces;  /* FACE_… bits served */
    char issue_origin[128], collect_origin[128], office_origin[128];
    const struct env *env;
    struct store *store;     /* NULL for a collector on its own: it knows no person */
    struct issue *issue;     /* NULL unless FACE_ISSUE */
    struct collect *collect; /* NULL unless FACE_COLLECT */
    struct office *office;   /* NULL unless FACE_OFFICE */
    struct housekeeping *housekeeping;
    struct wave_cache *waves; /* NULL: every page reads the wave's folder */
    struct server *servers[3]; /* issue, collect, office */
    struct certificate *certificate; /* NULL: plain HTTP, for nginx in front or a trial */
    pthread_mutex_t lock;      /* a zeroed one is unlocked */
};

void service_lock(struct service *service);
void service_unlock(struct service *service);

/* Ports of the faces (issue, office = first + 2, collect = first + 1 for `serve all`). */
struct service_options {
    const char *dir;
    unsigned faces;
    unsigned port; /* first port; 0 chooses a free one */
    const char *address; /* "127.0.0.1" */
    const char *certificate, *key; /* PEM files for TLS; NULL: none */
    const struct env *env; /* clock and randomness; NULL: the system's */
};

/* Opens store, keys and boxes of every open wave and starts listening; service_wait returns after SIGTERM or SIGINT. */
MUST_USE enum status service_start(const struct service_options *options, struct service **service, struct fail *fail);
void service_wait(struct service *service);
void service_stop(struct service *service); /* accepts NULL; finishes running requests */
unsigned service_port(const struct service *service, enum face face);

#endif
