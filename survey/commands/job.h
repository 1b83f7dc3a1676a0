/* Progress of a long job on the terminal, and how it learns that somebody pressed Ctrl-C: it stops by itself, so that no
 * half-written file stays behind. */
#ifndef SURVEY_COMMANDS_JOB_H
#define SURVEY_COMMANDS_JOB_H

#include <signal.h>

#include "base/i18n.h"
#include "base/progress.h"
#include "survey/steps.h"

struct job {
    struct steps steps; /* hand this on */
    const struct language *language;
    struct progress progress;
    const char *label; /* of the bar that is shown; NULL: none yet */
    sigset_t before;
};

/* From here on SIGINT and SIGTERM wait. */
void job_begin(struct job *job, const struct language *language);
/* Finishes the bar and lets a signal that waited end the program. */
void job_end(struct job *job);

#endif
