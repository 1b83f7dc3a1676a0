/* One listening socket and the HTTP around the handlers: limits, headers, languages, forms, error pages, compression.
 * Only server*.c know libmicrohttpd. Nothing of a request is ever logged. */
#ifndef SURVEY_SERVER_H
#define SURVEY_SERVER_H

#include "survey/service.h"

struct certificate; /* certificate.h */

/* Starts to listen; port 0 takes a free one. With a certificate it speaks TLS 1.3 only, without tickets. Service and certificate must outlive the server. */
MUST_USE enum status server_start(struct service *service, enum face face, const char *address, unsigned port,
                                  const struct certificate *certificate, struct server **server, struct fail *fail);
unsigned server_port(const struct server *server);
void server_stop(struct server *server); /* accepts NULL; finishes running requests */

#endif
