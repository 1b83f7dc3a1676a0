/* A request and its answer, free of any HTTP library: handlers are plain functions that tests call directly. */
#ifndef SURVEY_REQUEST_H
#define SURVEY_REQUEST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/asset.h"
#include "base/env.h"
#include "base/html.h"
#include "base/i18n.h"

enum method { METHOD_GET, METHOD_POST };

/* Bits; a page says which roles may see it. */
enum role {
    ROLE_PUBLIC = 0,
    ROLE_ADMIN = 1 << 0,
    ROLE_ANALYST = 1 << 1,
    ROLE_COUNCIL = 1 << 2, /* staff council (Personalrat) */
};

/* Which web face a route belongs to; bits. */
enum face { FACE_ISSUE = 1 << 0, FACE_COLLECT = 1 << 1, FACE_OFFICE = 1 << 2 };

enum { PATH_PART_MAX = 4, FIELD_MAX = 64 };

struct field { /* of a query, a posted form, or a cookie; decoded, UTF-8 */
    const char *name;
    const char *value;
};

struct upload {
    const char *field;
    const char *name; /* of the file, as the browser says; only for its ending and for messages */
    const char *bytes;
    size_t length;
};

struct request {
    struct arena *arena; /* freed when the answer is sent */
    enum method method;
    const char *path;
    const char *parts[PATH_PART_MAX]; /* what stood for each {} of the route */
    const char *body;
    size_t body_length;
    const struct field *fields; /* query and, for application/x-www-form-urlencoded or multipart, posted fields */
    size_t field_count;
    const struct upload *files; /* of a multipart body */
    size_t file_count;
    const struct language *language; /* from ?lang=, the cookie "language", Accept-Language; else German */
    const char *session;             /* value of the session cookie, NULL */
    const char *accept_encoding;
    const char *if_none_match;
    /* Filled by the office before the handler runs: */
    const char *user; /* login name, NULL when not signed in */
    unsigned roles;
    const char *csrf; /* token every form of this session must carry */
};

struct response {
    unsigned status;          /* 200, 303, … */
    const char *content_type; /* NULL: text/html; charset=utf-8 */
    struct html page;         /* body, unless asset or copy is set */
    const struct asset *asset;
    bool packed;             /* page holds gzip bytes; only for a request that accepts them */
    bool from_file;          /* body: this many bytes of an open file, closed when they are sent */
    int file;
    uint64_t file_length;
    const char *location;    /* 303 */
    const char *set_cookie;  /* whole value */
    const char *allow_origin;
    const char *download;    /* file name for Content-Disposition */
    const char *etag;        /* of a body other than an asset */
    bool framed;             /* may stand in a frame of this origin */
    const char *connect_to;  /* CSP connect-src beside 'self': the collector's origin */
    bool cache;              /* may be kept by the browser (with ETag); else no-store */
};

struct service;

/* Answers a request. A status other than STATUS_OK becomes an error page (or JSON for paths of the protocol). */
typedef enum status handler(struct service *service, const struct request *request, struct response *response,
                            struct fail *fail);

enum route_flags {
    ROUTE_CSRF = 1 << 0,   /* posted field "csrf" must match the session */
    ROUTE_JSON = 1 << 1,   /* errors as {"error":…,"message":…} */
    ROUTE_UPLOAD = 1 << 2, /* multipart body */
    ROUTE_UNLOCKED = 1 << 3, /* the handler locks the service itself where it needs the store (service_lock) */
};

struct route {
    enum method method;
    const char *path; /* "/w/{}/draw" */
    unsigned faces;
    unsigned roles; /* any of; ROLE_PUBLIC: everybody */
    unsigned flags;
    size_t body_max;
    handler *handler;
};

extern const struct route routes[];
extern const size_t route_count;

/* Value of a field, NULL when it is not there. */
const char *request_field(const struct request *request, const char *name);
const struct upload *request_upload(const struct request *request, const char *field);

#endif
