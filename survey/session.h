/* Who is signed in at the office. Called by the server for every request of the office face, before the handler and
 * with the service locked; implemented beside the office's pages. */
#ifndef SURVEY_SESSION_H
#define SURVEY_SESSION_H

#include "survey/service.h"

#define SESSION_COOKIE "session" /* its value arrives as request->session */

/* Fills user, roles and csrf of a request whose session is alive; leaves them alone otherwise. */
void session_authenticate(struct service *service, struct request *request);
/* Whether the posted field "csrf" is the token of this session. */
bool session_csrf_ok(const struct request *request);

MUST_USE enum status office_open(struct service *service, struct fail *fail);
void office_close(struct service *service); /* accepts a service that never opened its office */

#endif
