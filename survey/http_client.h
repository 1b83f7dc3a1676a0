/* A small HTTP/1.1 client for simulate: plain http, one connection, Content-Length only, exact bytes. Not a browser. */
#ifndef SURVEY_HTTP_CLIENT_H
#define SURVEY_HTTP_CLIENT_H

#include <stdbool.h>

#include "base/buf.h"

struct http_client {
    char host[128];
    char port[8];
    int socket; /* -1 when not connected */
};

/* origin: "http://127.0.0.1:8700". STATUS_INPUT for anything else, https included. */
MUST_USE enum status http_client_init(struct http_client *client, const char *origin, struct fail *fail);
void http_client_close(struct http_client *client);

struct http_question {
    const char *path;
    const char *type; /* NULL: GET */
    const void *body;
    size_t length;
    bool last; /* Connection: close */
};
/* STATUS_IO when the server is not there or goes away; *status and answer are set on STATUS_OK. */
MUST_USE enum status http_ask(struct http_client *client, const struct http_question *question, unsigned *status,
                              struct buf *answer, struct fail *fail);

#endif
