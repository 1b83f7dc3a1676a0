/* The places of an nginx configuration that pass requests on to this program. Between the check of the proxy's parts.
 */
#ifndef SURVEY_DOCTOR_PROXY_H
#define SURVEY_DOCTOR_PROXY_H

#include "survey/doctor/nginx.h"

enum site_role { SITE_ISSUE, SITE_COLLECT, SITE_OFFICE, SITE_ROLES };
enum { SITE_MAX = 64 };

struct site {
    enum site_role role;
    const struct nginx_directive *pass;   /* proxy_pass */
    const struct nginx_directive *server; /* block around it; the root when there is none */
    const struct nginx_tree *tree;
};

/* proxy_pass to first_port (issue), + 1 (collect), + 2 (office), straight or by an upstream. Returns how many. */
size_t proxy_sites(const struct nginx_tree *tree, unsigned first_port, struct site sites[], size_t room);

/* Whether two servers listen on a common port (80 where nothing is said). */
bool proxy_share_port(const struct nginx_directive *server, const struct nginx_directive *other);
/* "64k", "1m", "0"; fallback when there is no directive or it cannot be read. */
unsigned long long proxy_size(const struct nginx_directive *directive, unsigned long long fallback);
/* Whether a word holds a variable that tells a client's address, port, certificate, session or headers. */
bool proxy_tells_client(const char *word);

#endif
