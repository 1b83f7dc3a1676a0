/* Looks at an instance, its machine and the nginx in front of it, and says what to mend. Changes nothing, asks nobody
 * on the network. One line a check in checks.def, one function check_NAME in one of the check_*.c. */
#ifndef SURVEY_DOCTOR_H
#define SURVEY_DOCTOR_H

#include "base/arena.h"

enum level { LEVEL_GOOD, LEVEL_LOOK, LEVEL_MUST };

struct finding {
    enum level level;
    const char *check; /* "swap": stays the same in every language */
    const char *title; /* N_() */
    const char *text;  /* what is the case and, unless LEVEL_GOOD, how to mend it; in the language of the findings */
};

enum { FINDING_MAX = 512 };

struct findings {
    const struct language *language;
    struct arena *arena;
    struct finding rows[FINDING_MAX]; /* in the order of checks.def */
    size_t count;
    const char *check, *title; /* of the check that runs */
    size_t dropped;            /* beyond FINDING_MAX */
};

enum { DOCTOR_NGINX_MAX = 4 };

struct doctor_options {
    const char *dir;                     /* instance, or the folder of a collector on its own */
    unsigned port;                       /* first of the three ports the proxy passes to */
    const char *nginx[DOCTOR_NGINX_MAX]; /* configuration files; none: /etc/nginx/nginx.conf when it is there */
    size_t nginx_count;
};

/* Texts live in findings->arena (the caller sets arena and language). STATUS_MISSING: dir is no instance. A check that
 * cannot look is a finding, not a failure. */
MUST_USE enum status doctor_run(const struct doctor_options *options, struct findings *findings, struct fail *fail);

#endif
