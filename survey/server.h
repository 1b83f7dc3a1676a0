/* One listening socket and the HTTP around the handlers: limits, headers, languages, forms, error pages, compression.
 * The only file that knows libmicrohttpd is server.c. Nothing of a request is ever logged. */
#ifndef SURVEY_SERVER_H
#define SURVEY_SERVER_H

#include "survey/service.h"

/* Starts to listen; port 0 takes a free one. The service must outlive the server. */
MUST_USE enum status server_start(struct service *service, enum face face, const char *address, unsigned port,
                                  struct server **server, struct fail *fail);
unsigned server_port(const struct server *server);
void server_stop(struct server *server); /* accepts NULL; finishes running requests */

#endif
