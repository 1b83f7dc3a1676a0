/* Between the parts of the web server; the only file that includes microhttpd.h. Only server*.c include it. */
#ifndef SURVEY_SERVER_PRIVATE_H
#define SURVEY_SERVER_PRIVATE_H

#include <microhttpd.h>

#include "survey/server.h"

struct server {
    struct service *service;
    enum face face;
    struct MHD_Daemon *daemon;
    unsigned port;
    bool tls;
    pthread_mutex_t lock;   /* guards compressed and running */
    struct buf *compressed; /* by asset; made with the first request */
    unsigned running;       /* requests begun and not yet answered */
};

/* One request while it is being received. */
struct exchange {
    struct server *server;
    bool uri_ok, started, too_large, bad_fields;
    struct arena arena;
    struct request request;
    const struct route *route;
    char parts[PATH_PART_MAX][PATH_PART_ROOM];
    struct buf body;
    size_t swallowed; /* bytes beyond the limit, read and dropped so that the answer can be sent */
    struct field fields[FIELD_MAX];
    struct upload files[FIELD_MAX];
    struct buf values[FIELD_MAX * 2]; /* posted values while they arrive: fields, then files */
};

/* --- server_receive.c --- */

/* First sight of the raw address: makes the exchange. NULL when memory is short: libmicrohttpd closes the connection.
 */
void *server_see_uri(void *context, const char *uri, struct MHD_Connection *connection);
void server_forget(void *context, struct MHD_Connection *connection, void **state,
                   enum MHD_RequestTerminationCode code);
enum MHD_Result server_take_argument(void *context, enum MHD_ValueKind kind, const char *name, const char *value);
void server_read_headers(struct exchange *exchange, struct MHD_Connection *connection);
void server_read_posted(struct exchange *exchange, struct MHD_Connection *connection);

/* --- server_answer.c --- */

/* Takes the page's bytes. hang_up: the connection ends with the answer. */
enum MHD_Result server_send_answer(struct exchange *exchange, struct MHD_Connection *connection,
                                   struct response *response, bool hang_up);
/* Errors before or around the handler, as JSON or page. */
enum MHD_Result server_send_error(struct exchange *exchange, struct MHD_Connection *connection, unsigned status,
                                  const char *sentence, bool hang_up);

#endif
